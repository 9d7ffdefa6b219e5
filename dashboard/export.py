"""The commands ``export``, a table, and ``brief``, a digest: of any scope, on standard output or in
a file."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.arguments import Parser
from dashboard.errors import UsageError
from dashboard.formats.bundles import BUNDLES
from dashboard.formats.database import write_database
from dashboard.formats.tables import TABLE_FORMATS, render_table
from dashboard.index.counts.own_columns import own_columns
from dashboard.index.counts.story_labels import story_position
from dashboard.index.index import Index, open_index
from dashboard.index.topics.cut import TopicCut
from dashboard.measures import TABLES
from dashboard.measures.brief.document import BRIEF_FORMATS
from dashboard.measures.columns import BY
from dashboard.measures.keyness.sides import two_sides
from dashboard.measures.periods import period_days
from dashboard.measures.registry import Option, Table
from dashboard.scope import ONCE, UNKNOWN_SOURCE, Scope
from dashboard.text.query import BLANK, UnreadableQuery, parse_keyword, parse_query
from dashboard.text.unicode_form import normal_form
from dashboard.wording import join_words

BRIEF_TITLE = "Brief"
#: What a side of a comparison is made of.
SIDE_WORDS = ("source", "topic", "dates", "from", "to", "query", "where", "story", "copies")


def add_exporting(export: argparse.ArgumentParser, table: str = "") -> None:
    """The options of ``export``; ``table``: the one that the command prints, "" for any."""
    export.add_argument("index", type=Path, metavar="DIR")
    if not table:
        export.add_argument(
            "table", nargs="?", metavar="TABLE", help=", ".join([*TABLES, *BUNDLES])
        )
        export.add_argument("--sqlite", type=Path, metavar="FILE", help="all tables, a database")
    add_scope(export)
    for side, what in (("a", "one side"), ("b", "the other side, else the rest of the scope")):
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
    export.add_argument("--format", choices=[*TABLE_FORMATS], help="of a table; csv without it")
    export.add_argument("--out", type=Path, metavar="FILE", help="instead of standard output")
    export.set_defaults(run=_export, **({"table": table, "sqlite": None} if table else {}))


def add_brief(brief: argparse.ArgumentParser) -> None:
    brief.add_argument("index", type=Path, metavar="DIR")
    add_scope(brief)
    brief.add_argument("--format", choices=["md", "html", "json"], default="md")
    brief.add_argument("--out", type=Path, metavar="FILE", help="instead of standard output")
    brief.set_defaults(run=_brief)


def add_scope(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", action="append", default=[], metavar="S", help="name or id")
    parser.add_argument("--topic", action="append", default=[], metavar="T", help="id or label")
    parser.add_argument("--from", dest="date_from", metavar="D", help="YYYY-MM-DD, included")
    parser.add_argument("--to", dest="date_to", metavar="D", help="YYYY-MM-DD, included")
    parser.add_argument("--undated", action="store_true", help="only articles without a date")
    parser.add_argument(
        "--query",
        default="",
        metavar="Q",
        help='words an article must contain; AND, OR, NOT, -word, brackets, "a phrase", prefix*',
    )
    parser.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="COLUMN=VALUE",
        help="a value of one of your own columns; nothing after the equals sign: none known",
    )
    parser.add_argument("--story", default="", metavar="ID", help="id of a story")
    parser.add_argument(
        "--copies", choices=[ONCE], help="count one article of each group of copies, the earliest"
    )
    add_cut(parser)


def _table_options() -> dict[Option, list[str]]:
    """What some tables take beside the scope, each with the names of these tables."""
    found: dict[Option, list[str]] = {}
    for table in TABLES.values():
        for option in table.options:
            if option.flag:
                found.setdefault(option, []).append(table.name)
    return found


class _Renamed(argparse.Action):
    """An option by the name that it had before: it works, and says what it is called now."""

    def __call__(self, parser: Any, args: Any, values: Any, option: str | None = None) -> None:
        say(f"{option} is now --{self.dest.replace('_', '-')}; {option} still works")
        setattr(args, self.dest, values)


def add_cut(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--n-topics", type=int, metavar="K", help="cut the tree of topics into that many"
    )
    parser.add_argument(
        "--topics", dest="n_topics", type=int, action=_Renamed, help=argparse.SUPPRESS
    )


def cut_of(index: Index, n_topics: int | None) -> TopicCut:
    try:
        return index.cut(n_topics)
    except ValueError as error:
        raise UsageError(f"--n-topics: {error}") from None


def _export(args: argparse.Namespace) -> None:
    if args.sqlite is not None or args.table in BUNDLES:
        _export_bundle(args)
        return
    if args.table not in TABLES:
        what = f"no table {args.table!r}" if args.table else "name a TABLE, or a file for --sqlite"
        raise UsageError(f"{what}; there are {', '.join([*TABLES, *BUNDLES])}")
    table = TABLES[args.table]
    options = _options_of(table, args)
    index = open_index(args.index)
    scope = scope_of(index, args)
    if args.a or args.b:
        index, scope = _sides_of(index, scope, args, table)
    write(render_table(table(index, scope, **options), args.format or "csv"), args.out)


def _export_bundle(args: argparse.Namespace) -> None:
    """A file of the whole scope."""
    said = [o.flag for o in _table_options() if getattr(args, o.name) is not None]
    said += [f"--{name}" for name in ("format", "a", "b") if getattr(args, name)]
    if said:
        raise UsageError(f"{said[0]} is an option of tables, not of {args.table or '--sqlite'}")
    if args.sqlite is not None and (args.table or args.out):
        raise UsageError("--sqlite takes all tables, and writes no other file: leave the rest out")
    index = open_index(args.index)
    scope = scope_of(index, args)
    if args.sqlite is None:
        write(BUNDLES[args.table].write(index, scope), args.out)
    else:
        write_database(index, scope, args.sqlite, say)


def _sides_of(
    index: Index, scope: Scope, args: argparse.Namespace, table: Table[...]
) -> tuple[Index, Scope]:
    """The two sides of ``--a`` and ``--b`` in the place of sources."""
    if BY not in table.options:
        names = [name for name, each in TABLES.items() if BY in each.options]
        raise UsageError(f"--a and --b are options of {join_words(names)}, not of {table.name}")
    if not args.a:
        raise UsageError("--b is compared with --a: name both, or --a alone")
    if args.by:
        raise UsageError("--compare-by and --a compare different things; name one of them")
    a, b = (_side_of(index, text, name, scope) for text, name in ((args.a, "--a"), (args.b, "--b")))
    assert a is not None
    sides = two_sides(index, scope, a, b)
    first, second = sides.names
    say(f"{first}, against {second}. {sides.left_out}".rstrip())
    return sides.index, sides.scope


def _side_of(index: Index, text: str | None, option: str, scope: Scope) -> Scope | None:
    """A scope in one argument: the options that select, each as ``name=value``."""
    if not text:
        return None
    parser = Parser(prog=option, add_help=False)
    said = [f"--n-topics={scope.n_topics}"] * (scope.n_topics is not None)
    add_scope(parser)
    try:
        words = shlex.split(text)
    except ValueError:
        raise UsageError(f"{option}: a quotation mark is never closed in {_shown(text)}") from None
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or name not in SIDE_WORDS:
            raise UsageError(
                f"{option}: {_shown(word)} is not {join_words(SIDE_WORDS, 'or')} with = and a "
                "value; quote what has spaces: \"source='Fox News' dates=2016\""
            )
        if name != "dates":
            said.append(f"--{name}={value}")
            continue
        try:
            first, last = period_days(value)
        except ValueError:
            raise UsageError(
                f"{option}: dates={value} is no period; write 2016, 2016-Q2 or 2016-05"
            ) from None
        said += [f"--from={first}", f"--to={last}"]
    try:
        return scope_of(index, parser.parse_args(said))
    except UsageError as error:
        raise UsageError(f"{option}: {error}") from None


def scope_of(index: Index, args: argparse.Namespace) -> Scope:
    """What the options of :func:`add_scope` select. Raises ``UsageError`` for what isn't there."""
    cut = cut_of(index, args.n_topics)
    _check_words(args)
    if args.undated and (args.date_from or args.date_to):
        raise UsageError("--undated goes without --from and --to")
    unknown = {UNKNOWN_SOURCE: UNKNOWN_SOURCE} if (index.source_of < 0).any() else {}
    return Scope(
        sources=_pick(
            "source", args.source, {s.source_id: s.name for s in index.sources} | unknown
        ),
        topics=_pick("topic", args.topic, {t.topic_id: t.label for t in cut.topics}),
        date_from=_day("--from", args.date_from),
        date_to=_day("--to", args.date_to),
        query=args.query,
        n_topics=args.n_topics,
        undated=args.undated,
        copies_once=args.copies == ONCE,
        story=_story(index, args.story),
        where=tuple(_value(index, said) for said in args.where),
    )


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


def _check_words(args: argparse.Namespace) -> None:
    """Refuse words that can't be looked up, with the option that they came by."""
    for option, texts in (
        ("--query", [args.query]),
        ("--keyword", getattr(args, "keywords", None) or ()),
    ):
        for text in texts:
            try:
                found = parse_query(text) if option == "--query" else parse_keyword(text)
            except UnreadableQuery as error:
                raise UsageError(f"{option} {_shown(text)}: {error}") from None
            if found in ((), BLANK) and (text.strip() or option == "--keyword"):
                raise UsageError(f"{option} {_shown(text)} contains no word to look up")


def _shown(text: str) -> str:
    return repr(text if len(text) <= 80 else f"{text[:79]}…")


def _alike(name: str) -> str:
    """A name in the form in which names are compared."""
    return " ".join(map(normal_form, name.split()))


def _pick(what: str, wanted: Sequence[str], known: dict[str, str]) -> tuple[str, ...]:
    """Ids for names or ids, in the index's order: the exact name first, then the id, then the name
    in any case. An unknown or ambiguous one is a usage error."""
    chosen = set()
    for value in wanted:
        alike = [i for i, name in known.items() if _alike(name) == _alike(value)]
        exact = [i for i, name in known.items() if name == value]
        found = exact or ([value] if value in known else alike)
        if not found:
            some = ", ".join(list(known)[:20]) or "none"
            raise UsageError(f"no {what} {value!r} in this index; there are: {some}")
        if len(found) > 1:
            raise UsageError(f"{what} {value!r} could be {' or '.join(found)}; name one by its id")
        chosen.add(found[0])
    return tuple(i for i in known if i in chosen)


def _story(index: Index, story: str) -> str:
    if story and story_position(index, story) is None:
        raise UsageError(f"no story {story!r} in this index; the table story_list has their ids")
    return story


def _value(index: Index, said: str) -> tuple[str, str]:
    """The column and value of COLUMN=VALUE; names in any case. Raises ``UsageError`` for what isn't
    there."""
    own = own_columns(index)
    alike = {_alike(f"{name}={value}"): (name, value) for name, column in own.items()
             for value in ("", *reversed(column.values))}  # fmt: skip
    exact = [(n, v) for n, v in alike.values() if f"{n}={v}" == said]
    if not exact and _alike(said) not in alike:
        name = next((name for name in own if _alike(said).startswith(_alike(f"{name}="))), None)
        some = own[name].values[:20] if name else list(own)
        what = f"column {name!r} has" if name else "there are the columns"
        raise UsageError(f"no {_shown(said)} in this index; {what} {join_words(some) or 'none'}")
    return exact[0] if exact else alike[_alike(said)]


def _day(option: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{option} {text!r} is not a date; write YYYY-MM-DD") from None


def write(data: str | bytes, out: Path | None) -> None:
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    if out is not None:
        out.write_bytes(raw)
    else:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()


def say(stage: str) -> None:
    print(stage, file=sys.stderr, flush=True)
