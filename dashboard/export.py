"""The commands ``export``, a table, and ``brief``, a digest: of any scope, on standard output or in
a file."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from dashboard.arguments import say
from dashboard.errors import UsageError
from dashboard.formats.bundles import BUNDLES
from dashboard.formats.database import write_database
from dashboard.formats.tables import TABLE_FORMATS, render_table
from dashboard.index.index import open_index
from dashboard.measures import TABLES
from dashboard.measures.brief.document import BRIEF_FORMATS
from dashboard.measures.registry import Option, Table
from dashboard.measures.stop_list import hidden_words, without
from dashboard.scope_arguments import add_scope, scope_of, sides_of
from dashboard.wording import did_you_mean, join_words

BRIEF_TITLE = "Brief"


def add_exporting(export: argparse.ArgumentParser, table: str = "") -> None:
    """The options of ``export``; ``table``: the one that the command prints, "" for any."""
    export.add_argument("index", type=Path, metavar="DIR")
    if not table:
        # Argparse takes a table that may be left out for read as soon as the folder is.
        may_be_left_out = None if "_ARGCOMPLETE" in os.environ else "?"
        listed: Any = export.add_argument(
            "table", nargs=may_be_left_out, metavar="TABLE", help=", ".join([*TABLES, *BUNDLES])
        )
        listed.completer = lambda **_: [*TABLES, *BUNDLES]
    add_scope(export)
    for side, what in (("a", "one side"), ("b", "the other side; default: the rest of the scope")):
        export.add_argument(
            f"--{side}",
            metavar="SCOPE",
            help=f'{what} of a comparison, such as "source=CNN dates=2016" (tables that take '
            "--compare-by)",
        )
    for option, tables in _table_options().items():
        export.add_argument(
            option.flag,
            dest=option.name,
            action="append" if option.many else "store",
            metavar=option.metavar,
            help=f"{option.help} ({', '.join(tables)})",
        )
    export.add_argument(
        "--hide", default="", metavar="WORDS", help="of tables of words: leave these out, “a, b”"
    )
    export.add_argument("--format", choices=[*TABLE_FORMATS], help="of a table; csv without it")
    export.add_argument("--out", type=Path, metavar="FILE", help="instead of standard output")
    if not table:
        export.add_argument(
            "--sqlite", type=Path, metavar="FILE", help="all tables, in one database, without TABLE"
        )
    export.set_defaults(run=_export, **({"table": table, "sqlite": None} if table else {}))


def add_keyness(keyness: argparse.ArgumentParser) -> None:
    add_exporting(keyness, "keyness")


def add_brief(brief: argparse.ArgumentParser) -> None:
    brief.add_argument("index", type=Path, metavar="DIR")
    add_scope(brief)
    brief.add_argument("--format", choices=["md", "html", "json"], default="md")
    brief.add_argument("--out", type=Path, metavar="FILE", help="instead of standard output")
    brief.set_defaults(run=_brief)


def _table_options() -> dict[Option, list[str]]:
    """What some tables take beside the scope, each with the names of these tables."""
    found: dict[Option, list[str]] = {}
    for table in TABLES.values():
        for option in table.options:
            if option.flag:
                found.setdefault(option, []).append(table.name)
    return found


def _export(args: argparse.Namespace) -> None:
    if args.sqlite is not None or args.table in BUNDLES:
        _export_bundle(args)
        return
    if args.table not in TABLES:
        what = f"no table {args.table!r}" if args.table else "name a TABLE, or a file for --sqlite"
        near = did_you_mean(args.table or "", [*TABLES, *BUNDLES])
        raise UsageError(what + (near or f"; there are {', '.join([*TABLES, *BUNDLES])}"))
    table = TABLES[args.table]
    if args.hide and not table.words:
        names = [name for name, each in TABLES.items() if each.words]
        raise UsageError(f"--hide is an option of {join_words(names)}, not of {table.name}")
    options = _options_of(table, args)
    index = open_index(args.index)
    scope = scope_of(index, args)
    if args.a or args.b:
        index, scope = sides_of(index, scope, args, table)
    rows = without(table(index, scope, **options), table, hidden_words(args.hide))
    write(render_table(rows, args.format or "csv"), args.out)


def _export_bundle(args: argparse.Namespace) -> None:
    """A file of the whole scope."""
    said = [o.flag for o in _table_options() if getattr(args, o.name) is not None]
    said += [f"--{name}" for name in ("format", "a", "b", "hide") if getattr(args, name)]
    what = "--sqlite" if args.sqlite is not None else args.table
    if args.sqlite is not None and (args.table or args.out):
        raise UsageError("--sqlite takes all tables, and writes no other file: leave the rest out")
    if said:
        raise UsageError(f"{said[0]} is an option of tables, not of {what}")
    index = open_index(args.index)
    scope = scope_of(index, args)
    if args.sqlite is not None:
        write_database(index, scope, args.sqlite, say)
    else:
        write(BUNDLES[args.table].write(index, scope), args.out)


def _brief(args: argparse.Namespace) -> None:
    index = open_index(args.index)
    scope = scope_of(index, args)
    table, words = TABLES["brief"](index, scope), scope.describe(index)
    write(BRIEF_FORMATS[args.format](table, BRIEF_TITLE, words), args.out)


def _options_of(table: Table[...], args: argparse.Namespace) -> dict[str, Any]:
    """What the call says to ``table`` beside the scope."""
    said = {}
    for option, names in _table_options().items():
        value = getattr(args, option.name)
        if value is None:
            continue
        if option not in table.options:
            raise UsageError(
                f"{option.flag} is an option of {join_words(names)}, not of {table.name}"
            )
        try:
            said[option.name] = (
                [option.read(each) for each in value] if option.many else option.read(value)
            )
        except ValueError as error:
            raise UsageError(f"{option.flag} takes {error}, not {value!r}") from None
    return said


def write(data: str | bytes, out: Path | None) -> None:
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    if out is not None:
        out.write_bytes(raw)
    else:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
