"""``demo``: open the dashboard on articles that show what it can do, generated and not news."""

from __future__ import annotations

import argparse

from dashboard.arguments import say
from dashboard.commands.app import add_listening, serve, server_options
from dashboard.places import DEMO


def add_demo(demo: argparse.ArgumentParser) -> None:
    add_listening(demo)
    demo.set_defaults(run=_demo)


def _demo(args: argparse.Namespace) -> None:
    options = server_options(args)
    say("the demo: articles, outlets, people and events are generated, not news")
    serve([str(DEMO)], options)
