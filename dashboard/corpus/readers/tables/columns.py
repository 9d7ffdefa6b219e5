"""Which column of a table is which field: guessed from names and values, changed by the user."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dashboard.corpus.article import tidy
from dashboard.corpus.own_columns import LONGEST_LABEL, MOST_READ, NO_LABELS, column_name
from dashboard.corpus.parsing.calendar import month_numbers
from dashboard.corpus.parsing.column_names import (
    ALIASES,
    DAYS,
    FIELDS,
    MONTHS,
    NEEDS_VALUES,
    YEARS,
    bare_date_name,
    normal_name,
    rank_of,
)
from dashboard.corpus.readers.tables.column_values import Stats, by_values, fits, may_be_source
from dashboard.corpus.readers.tables.mapping import ORDER, ColumnMap, split_column
from dashboard.corpus.record import RefusedFile
from dashboard.corpus.report import NO_COLUMN
from dashboard.wording import join_words

SAMPLE_ROWS = 200
_SHOWN = 3
_PREVIEWED = 100  # columns; wider tables have the names of the others only
_SHOWN_CHARS = 120
# A teaser of this length is an article's text; a column without a known name needs as much.
_TEASER_CHARS = 600
_TEXT_WORDS = 40
_RIVAL_WORDS = 12  # with fewer it is a title or a label
_LONGER = 1.5

_PLAIN_NUMBER = re.compile(r"\d{1,4}(?:\.0)?")
_MONTHS_OF_YEAR = 12
_NUMBERS = "the articles' numbers"
_MANY = 100  # values that tell whether articles share them
_MARKED_UP = frozenset("html raw original".split())


def guess_columns(
    names: Sequence[str],
    sample_rows: Sequence[Sequence[str]],
    mapping: Mapping[str, str] | None = None,
) -> ColumnMap:
    """Return which column holds which field.

    Parameters
    ----------
    names : sequence of str
        The columns as the table names them; nested ones as "source.name", "authors[].name".
    sample_rows : sequence of sequence of str
        Some rows, their cells in the order of ``names``; may be empty.
    mapping : mapping of str to str, optional
        What the user says: field → column, "" for none. It overrides the guess.

    Returns
    -------
    ColumnMap
        Fields without a column are left out.

    Raises
    ------
    RefusedFile
        The mapping names a column that doesn't exist.
    """
    stats: dict[str, Stats] = {}
    for i, name in enumerate(names):
        if name and name not in stats:
            values = [row[i] for row in sample_rows if i < len(row)]
            stats[name] = Stats(name, normal_name(name), i, values)
    previews = {name: _shown(name, stats, names) for name in list(stats)[:_PREVIEWED]}
    said = dict(mapping or {})
    order = said.pop(ORDER, "")
    chosen = _resolve(said, names, previews)
    taken = {part for column in chosen.values() for part in split_column(column, names)}
    for target in ("text", "url", "date", "title", "source", "authors", "language"):
        if target in chosen:
            continue
        free = [column for column in stats.values() if column.name not in taken]
        found = _text_columns(free) if target == "text" else _best(target, free)
        if target == "date":
            found = _date_parts(free, found)
        if found:
            chosen[target] = "+".join(found)
            taken.update(found)
    columns = {target: chosen[target] for target in FIELDS if chosen.get(target)}
    free = [column for column in stats.values() if column.name not in taken]
    others = {target: _further(target, free) for target in columns if target not in said}
    samples = {target: _shown(column, stats, names) for target, column in columns.items()}
    others = {target: found for target, found in others.items() if found}
    choice = "" if "text" in said else _choice(columns.get("text", ""), stats, free)
    own, unused = _own_columns(free, id_column(names))
    return ColumnMap(
        columns, order, samples, list(names), previews, others, choice, own, unused,
        [each for each in columns if each not in said and not _is_named(each, columns, names)],
        [] if "source" in {**columns, **said} else may_be_source(free, len(sample_rows)),
    )  # fmt: skip


def _is_named(target: str, columns: Mapping[str, str], names: Sequence[str]) -> bool:
    """True where the field's column, or one of several, bears a name of it or of its parts."""
    parts = {"date": ("date", "seen"), "text": ("text", "teaser")}.get(target, (target,))
    normals = [normal_name(part) for part in split_column(columns[target], names)]
    if target == "date" and {*map(bare_date_name, normals)} & (YEARS | MONTHS | DAYS):
        return True
    return any(rank_of(part, normal) is not None for part in parts for normal in normals)


def _own_columns(free: Sequence[Stats], number: str) -> tuple[list[str], dict[str, str]]:
    """The columns that are kept as the user's own, and why the others are not."""
    why = {
        column.name: _NUMBERS
        if column.name == number and column.distinct > 0.5
        else _no_labels(column)
        for column in free
    }
    own = [name for name, reason in why.items() if not reason]
    why |= dict.fromkeys(own[MOST_READ:], f"beyond the first {MOST_READ} columns")
    return own[:MOST_READ], {name: reason for name, reason in why.items() if reason}


def _no_labels(column: Stats) -> str:
    """Why the values of a column can't sort articles into groups; "" where they may."""
    if not column_name(column.name):
        return "a name of more than 60 letters"
    if column.urls >= 0.5:
        return "web addresses"
    if column.dates >= 0.8 and (column.numbers < 0.5 or is_seen(column.name)):
        return "dates"
    if column.chars > LONGEST_LABEL:
        return NO_LABELS
    if column.n >= _MANY and column.distinct >= 0.95:
        return "hardly two articles share a value"
    return ""


def _choice(text: str, stats: Mapping[str, Stats], free: Sequence[Stats]) -> str:
    named = {c.name: c for c in (*_named("text", free), *_named("teaser", free))}
    rivals = [
        column
        for column in named.values()
        if column.n and column.words >= _RIVAL_WORDS and fits("text", column)
    ]
    if text not in stats or not rivals:
        return ""
    long = f"{stats[text].chars:,} characters in the median"
    left = join_words([f"{tidy(c.name)[:60]} ({c.chars:,})" for c in rivals[:5]])
    return f"the text is read from {tidy(text)[:60]} ({long}) and not from {left}"


def named_columns(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return the column of each field as the names of a single record say it."""
    stats = [
        Stats(name, normal_name(name), i, [cell])
        for i, (name, cell) in enumerate(zip(names, cells, strict=True))
    ]
    found = {target: _further(target, stats) for target in FIELDS}
    return {target: columns[0] for target, columns in found.items() if columns}


def _further(target: str, columns: Sequence[Stats]) -> list[str]:
    """Return the columns that bear a name of the field and don't hold something else, marked-up
    ones last: a record may have its text in no other."""
    found = [c for c in _named(target, columns) if not c.n or fits(target, c)]
    found.sort(key=lambda column: bool(_MARKED_UP & set(column.normal.split())))
    return [column.name for column in found]


def id_column(names: Sequence[str]) -> str:
    """Return the column that holds the articles' numbers, "" when there is none."""
    ranked = {rank: name for name in reversed(names)
              if (rank := rank_of("id", normal_name(name))) is not None}  # fmt: skip
    return ranked[min(ranked)] if ranked else ""


def is_seen(column: str) -> bool:
    """True for a column that says when an article was seen or changed, not published."""
    return rank_of("seen", normal_name(column)) is not None


def _resolve(
    mapping: Mapping[str, str], names: Sequence[str], previews: Mapping[str, list[str]]
) -> dict[str, str]:
    by_normal = {normal_name(name): name for name in reversed(names)}
    chosen: dict[str, str] = {}
    for target, column in mapping.items():
        if target not in FIELDS:
            raise RefusedFile(f"no field is named “{target}”", f"use {', '.join(FIELDS)}")
        parts = []
        for part in split_column(column, names) if column else []:
            found = part if part in names else by_normal.get(normal_name(part))
            if found is None:
                raise RefusedFile(
                    f"{NO_COLUMN} “{part[:60]}” for {target}; {describe(names)}",
                    "correct the name of the column",
                    headers=names,
                    previews=previews,
                )
            parts.append(found)
        chosen[target] = "+".join(parts)
    return chosen


def describe(names: Sequence[str]) -> str:
    """Return the columns as a message lists them."""
    shown = ", ".join(tidy(name)[:60] or "(no name)" for name in names[:30])[:400]
    more = f" and {len(names) - 30:,} more" if len(names) > 30 else ""
    return f"the columns are: {shown}{more}"


def _named(target: str, columns: Sequence[Stats]) -> list[Stats]:
    """Return the columns that bear a name of the field: fitting ones first, then by name."""
    found: list[tuple[int, int, int, Stats]] = []
    for column in columns:
        rank = rank_of(target, column.normal)
        if rank is None:
            continue
        fit = 1 if not column.n else 0 if fits(target, column) else 2
        # A column of numbers that is named text is refused later, with the reason; a url or
        # author column of other things is none.
        usable = fit < 2 or target in ("text", "title", "date")
        if usable and (fit == 0 or column.normal not in NEEDS_VALUES):
            found.append((fit, rank, column.position, column))
    return [column for *_, column in sorted(found, key=lambda item: item[:3])]


def _best(target: str, columns: Sequence[Stats]) -> list[str]:
    found = _named(target, columns)
    if target == "date" and (not found or not fits("date", found[0])):
        found = [column for column in _named("seen", columns) if column.n] or found
    if not found:
        found = by_values(target, columns)
    return [found[0].name] if found else []


def _date_parts(columns: Sequence[Stats], best: list[str]) -> list[str]:
    """Return the columns of year, month and day where they stand apart, else ``best``.

    A column that holds whole days goes before them.
    """
    parts = []
    for names, limit in ((YEARS, 3000), (MONTHS, 12), (DAYS, 31)):
        fitting = [c for c in columns if names & {c.normal, bare_date_name(c.normal)}]
        found = next((c.name for c in fitting if _is_part(c, limit)), None)
        if found is None:
            break
        parts.append(found)
    return parts if len(parts) > 1 and (not best or best[0] in parts) else best


def _is_part(column: Stats, limit: int) -> bool:
    """True for a column of numbers up to ``limit``, or of the names of months."""
    numbers = [int(float(v)) for v in column.values if _PLAIN_NUMBER.fullmatch(v.strip())]
    named = sum(bool(month_numbers(value.strip())) for value in column.values)
    if limit == _MONTHS_OF_YEAR and named > len(column.values) / 2:
        return True
    return len(numbers) > len(column.values) / 2 and all(0 < n <= limit for n in numbers)


def _text_columns(columns: Sequence[Stats]) -> list[str]:
    parts = {column.normal: column.name for column in columns if column.normal in ("lp", "td")}
    if len(parts) == 2:  # Factiva splits the text into its lead and the rest
        return [parts["lp"], parts["td"]]
    named = _named("text", columns)
    teasers = [column for column in _named("teaser", columns) if fits("teaser", column)]
    best = named[0] if named else None
    # The same name may stand for a part of the text: the longer column has the whole.
    for other in [*named[1:], *teasers]:
        is_teaser = other in teasers
        if not (other.n and fits("text", other)) or _MARKED_UP & set(other.normal.split()):
            continue
        if best is None or not best.n:
            better = not is_teaser or other.chars >= _TEASER_CHARS
        else:
            better = other.chars >= 200 and other.chars > _LONGER * best.chars
            better &= not (is_teaser and best.words >= _TEXT_WORDS)
        if better:
            best = other
    if best is None:
        long = [
            c for c in columns
            if c.words >= _TEXT_WORDS and c.sentences >= 0.5 and c.urls < 0.5
            and (c.distinct >= 0.5 or c.n < 4)
            and all(rank_of(other, c.normal) is None for other in ALIASES if other != "text")
        ]  # fmt: skip
        best = max(long, key=lambda c: (c.chars, -c.position), default=None)
    return [best.name] if best is not None else []


def _shown(column: str, stats: Mapping[str, Stats], names: Sequence[str]) -> list[str]:
    shown: dict[str, None] = {}
    for part in split_column(column, names):
        for value in stats[part].values:
            value = tidy(value[: 4 * _SHOWN_CHARS])
            short = value if len(value) <= _SHOWN_CHARS else value[: _SHOWN_CHARS - 1] + "…"
            shown.setdefault(short)
            if len(shown) == _SHOWN:
                return list(shown)
    return list(shown)
