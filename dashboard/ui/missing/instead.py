"""What stands in the place of a page that can't be drawn."""

from __future__ import annotations

from dashboard.index.layers.layer import MissingLayer
from dashboard.index.storage.container import DamagedFile
from dashboard.text.query import UnreadableQuery
from dashboard.ui import frame
from dashboard.ui.missing.layers import say_missing
from dashboard.ui.widgets import empty

#: What a page may meet while it is drawn.
REASONS = (UnreadableQuery, MissingLayer, DamagedFile)


def say(view: frame.View, error: Exception) -> None:
    """Say why, and what to do about it; ``error``: one of ``REASONS``."""
    if isinstance(error, MissingLayer):
        say_missing(view, error)
    elif isinstance(error, DamagedFile):
        frame.say_damaged(view, error)
    else:  # a keyword's expression stands for too many words
        empty("This can’t be counted", f"{error}.")
