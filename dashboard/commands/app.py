"""``app``: open the dashboard, from any folder and in this process."""

from __future__ import annotations

import argparse
import os
import runpy
import socket
import sys
from collections.abc import Sequence

from dashboard.errors import UsageError
from dashboard.places import SITE


def add_app(app: argparse.ArgumentParser) -> None:
    app.add_argument("paths", nargs="*", metavar="PATH")
    add_listening(app)
    app.set_defaults(run=_app)


def add_listening(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--address",
        metavar="HOST",
        help="who may open it: localhost (this machine, the default) or 0.0.0.0 (the network)",
    )
    parser.add_argument("--port", type=int, metavar="N", help="8501 unless you name another")


def _app(args: argparse.Namespace) -> None:
    for path in args.paths:
        if not os.path.lexists(path):
            raise UsageError(f"{path}: no such file or folder")
    serve(args.paths, server_options(args))


def server_options(args: argparse.Namespace) -> list[str]:
    """Options of Streamlit's server; ``args``: see :func:`add_listening`. Raises ``UsageError`` for
    a port or address where it can't listen."""
    address = args.address or os.environ.get("STREAMLIT_SERVER_ADDRESS") or "localhost"
    _refuse_address(address)
    options = [f"--server.address={address}"]
    port = os.environ.get("STREAMLIT_SERVER_PORT", "") if args.port is None else str(args.port)
    if port and not (port.isdecimal() and 0 < int(port[:9]) < 2**16):
        raise UsageError(f"the port is {port[:80]!r}; name a number from 1 to 65535")
    if args.port is not None:
        options.append(f"--server.port={args.port}")
    return options


def serve(paths: Sequence[str], options: Sequence[str]) -> None:
    """Become the server of the dashboard on these paths."""
    # The same on every system: Windows has no exec, and a child would outlive who started it.
    sys.argv = ["streamlit", "run", str(SITE / "app.py"), *options, "--", *paths]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


def _refuse_address(address: str) -> None:
    """Raise ``UsageError`` where this machine can't listen at ``address``."""
    try:
        for family, kind, *_, place in socket.getaddrinfo(address, 0, type=socket.SOCK_STREAM):
            with socket.socket(family, kind) as probe:
                probe.bind(place)
            return
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or "no such host"
        raise UsageError(
            f"the dashboard can't listen at {address[:80]!r}: {why}",
            remedy="--address takes localhost, 0.0.0.0 or an address of this machine",
        ) from None
