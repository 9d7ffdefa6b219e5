"""``python -m dashboard``: the command line."""

import sys

from dashboard.cli import run

sys.exit(run())
