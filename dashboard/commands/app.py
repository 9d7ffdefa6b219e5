"""``app``: open the dashboard, from any folder and in this process."""

from __future__ import annotations

import argparse
import os
import runpy
import sys

from dashboard.errors import UsageError
from dashboard.places import SITE, public_url


def add_app(app: argparse.ArgumentParser) -> None:
    app.add_argument("paths", nargs="*", metavar="PATH")
    app.add_argument(
        "--address",
        metavar="HOST",
        help="who may open it: localhost (this machine, the default) or 0.0.0.0 (the network)",
    )
    app.add_argument("--port", type=int, metavar="N", help="8501 unless you name another")
    app.set_defaults(run=_app)


def _app(args: argparse.Namespace) -> None:
    for path in args.paths:
        if not os.path.lexists(path):
            raise UsageError(f"{path}: no such file or folder")
    try:
        public_url()  # says now what would be wrong in every link
    except ValueError as error:
        raise UsageError(str(error)) from None
    address = args.address or os.environ.get("STREAMLIT_SERVER_ADDRESS") or "localhost"
    options = [f"--server.address={address}"]
    if args.port is not None:
        options.append(f"--server.port={args.port}")
    # The same on every system: Windows has no exec, and a child would outlive who started it.
    sys.argv = ["streamlit", "run", str(SITE / "app.py"), *options, "--", *args.paths]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
