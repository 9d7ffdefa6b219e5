"""A scope on the command line: the options that select, and what they name in an index."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard.arguments import Parser, say
from dashboard.errors import UsageError
from dashboard.index.counts.own_columns import own_columns
from dashboard.index.counts.story_labels import story_position
from dashboard.index.index import Index
from dashboard.index.topics.cut import TopicCut
from dashboard.measures import TABLES
from dashboard.measures.columns import BY
from dashboard.measures.keyness.sides import two_sides
from dashboard.measures.periods import period_days
from dashboard.measures.registry import Table
from dashboard.scope import ONCE, UNKNOWN_SOURCE, Scope
from dashboard.text.query import BLANK, UnreadableQuery, parse_keyword, parse_query
from dashboard.text.unicode_form import normal_form
from dashboard.wording import did_you_mean, join_words

#: What a side of a comparison is made of.
SIDE_WORDS = ("source", "topic", "dates", "from", "to", "query", "where", "story", "copies")


def add_scope(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--source", action="append", default=[], metavar="S", help="name or id; _: unknown"
    )
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


def scope_of(index: Index, args: argparse.Namespace) -> Scope:
    """What the options of :func:`add_scope` select. Raises ``UsageError`` for what isn't there."""
    cut = cut_of(index, args.n_topics)
    _check_words(args)
    if args.undated and (args.date_from or args.date_to):
        raise UsageError("--undated goes without --from and --to")
    sources = {s.source_id: s.name for s in index.sources}
    if (index.source_of < 0).any():
        sources[UNKNOWN_SOURCE] = UNKNOWN_SOURCE
    return Scope(
        sources=_pick("source", args.source, sources),
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


def sides_of(
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
                f"{option}: dates={value} is not a period; write 2016, 2016-Q2 or 2016-05"
            ) from None
        said += [f"--from={first}", f"--to={last}"]
    try:
        return scope_of(index, parser.parse_args(said))
    except UsageError as error:
        raise UsageError(f"{option}: {error}") from None


def _check_words(args: argparse.Namespace) -> None:
    """Refuse words that can't be looked up, with the option that they came by."""
    for option, texts in (
        ("--query", [args.query]),
        ("--keyword", getattr(args, "keywords", None) or ()),
        ("--among", filter(None, [getattr(args, "among", None)])),
    ):
        for text in texts:
            try:
                found = parse_query(text) if option == "--query" else parse_keyword(text)
            except UnreadableQuery as error:
                raise UsageError(f"{option} {_shown(text)}: {error}") from None
            if found in ((), BLANK) and (text.strip() or option != "--query"):
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
            near = did_you_mean(value, [*known, *known.values()])
            some = ", ".join(list(known)[:20]) or "none"
            raise UsageError(f"no {what} {value!r} in this index{near or f'; there are: {some}'}")
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
