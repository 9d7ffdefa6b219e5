"""The command line: it only translates arguments.

Standard output is data; progress, notices and errors go to standard error. Exit code 0 on success,
2 with one clear line for a usage or input error, 1 where ``verify`` finds a difference.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from dashboard import __version__
from dashboard.arguments import Parser
from dashboard.errors import NewsprismError, is_memory

NO_MEMORY = (
    "this needs more memory than the process may have; read fewer articles at a time, or give it "
    "more memory. The index is as it was last written"
)
#: Command → what it is for, and what adds its arguments: loaded when the command is called.
COMMANDS = {
    "check": (
        "read articles and report what became of each",
        "dashboard.commands.check",
        "add_check",
    ),
    "build": ("read articles and write an index folder", "dashboard.commands.build", "add_build"),
    "info": ("show what an index holds", "dashboard.commands.info", "add_info"),
    "export": ("print the table behind a page, for any scope", "dashboard.export", "add_exporting"),
    "keyness": ("print words that lean to sides", "dashboard.export", "add_keyness"),
    "brief": (
        "print a digest of any scope, every sentence verbatim",
        "dashboard.export",
        "add_brief",
    ),
    "report": (
        "write a page of any scope, to be verified",
        "dashboard.reporting",
        "add_report",
    ),
    "verify": ("make the numbers of a report again", "dashboard.reporting", "add_verify"),
    "app": (
        "open the dashboard on files, folders or the seeds",
        "dashboard.commands.app",
        "add_app",
    ),
    "demo": (
        "open the dashboard on generated articles, to see what it can do",
        "dashboard.commands.demo",
        "add_demo",
    ),
    "completion": (
        "print what makes a shell complete commands, options and tables",
        "dashboard.commands.completion",
        "add_completion",
    ),
}


def run() -> int:
    """``main`` as a program of its own: a build in a child, unless somebody watches over it."""
    if sys.argv[1:2] != ["build"] or "--limits" in sys.argv:
        return main()
    from dashboard.commands.outlive import can_outlive, outlive

    return outlive(main) if can_outlive() else main()


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a pipe may know few letters: cp1252
            stream.reconfigure(errors="replace")
    try:
        parser = _parser()
        if "_ARGCOMPLETE" in os.environ:  # a shell asks what may follow
            import argcomplete

            argcomplete.autocomplete(parser)  # prints it, and ends
        args = parser.parse_args(argv)
        _say_wrong_settings()
        args.run(args)
    except NewsprismError as error:
        return _fail(str(error), error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        return _fail(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))
    except MemoryError:
        return _fail(NO_MEMORY)
    except ImportError as error:
        if not is_memory(error):
            raise
        return _fail(NO_MEMORY)
    except KeyboardInterrupt:
        return _fail("stopped; the index is as it was last written")
    return 0


def _say_wrong_settings() -> None:
    from dashboard.places import wrong_settings  # the help of all commands does without

    for said in wrong_settings():
        print(f"newsprism: {said}", file=sys.stderr)


def _fail(message: str, code: int = 2) -> int:
    print("newsprism: " + " ".join(message.split()), file=sys.stderr)
    return code


def _parser() -> Parser:
    called = "newsprism" if Path(sys.argv[0]).stem == "newsprism" else "python -m dashboard"
    parser = Parser(prog=called, description="Split one story into its sources.")
    parser.add_argument("--version", action="version", version=f"newsprism {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)
    asked = os.environ.get("COMP_LINE", "").split()[1:2] if "_ARGCOMPLETE" in os.environ else []
    for command, (purpose, module, name) in COMMANDS.items():
        own = commands.add_parser(command, help=purpose, fill=partial(_fill, module, name))
        if command in asked:  # argcomplete looks at arguments before they are parsed
            own.fill()
    return parser


def _fill(module: str, name: str, parser: argparse.ArgumentParser) -> None:
    add: Callable[[argparse.ArgumentParser], None] = getattr(importlib.import_module(module), name)
    add(parser)
