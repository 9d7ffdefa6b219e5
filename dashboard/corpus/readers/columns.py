"""Which column of a table is which field: guessed from names and values, changed by the user."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median_low

from ..article import tidy
from ..units import word_count
from .column_names import ALIASES, FIELDS, GKG, NEEDS_VALUES, bare_name, is_known, normal_name
from .record import RefusedFile
from .table_dates import looks_like_date

SAMPLE_ROWS = 200
_SHOWN = 3
_SHOWN_CHARS = 120
# A teaser of this length is an article's text; a column without a known name needs as much.
_TEASER_CHARS = 600
_TEXT_WORDS = 40
_LONGER = 1.5

_URL = re.compile(r"https?://\S{3,2000}|www\.[^\s/]{3,200}/\S{0,2000}", re.I)
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}", re.I)
_NUMBER = re.compile(r"[+-]?\d[\d., ]{0,40}")
_SENTENCE = re.compile("[.!?](?:[\\s\"'”’)]|$)|[。！？؟।]")
_GKG_ID = re.compile(r"\d{14}-T?\d{1,6}")
# Addresses of something else than the article.
_NOT_ARTICLE = re.compile(r"(?i)image|img|thumb|logo|icon|avatar|video|social|photo|mobile|media|file|path")
_MARKED_UP = frozenset("html raw original".split())


@dataclass(slots=True)
class ColumnMap:
    """The column of each field that has one, with up to three of its values.

    ``text`` may name several columns joined by "+", such as Factiva's lead and rest ("LP+TD").
    """

    columns: dict[str, str] = field(default_factory=dict)
    samples: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Stats:
    """What the values of a column look like; shares are of the cells that hold something."""

    name: str
    normal: str
    position: int
    values: list[str]
    n: int = 0
    chars: int = 0
    words: int = 0
    urls: float = 0.0
    dates: float = 0.0
    numbers: float = 0.0
    hosts: float = 0.0
    sentences: float = 0.0
    distinct: float = 0.0

    def __post_init__(self) -> None:
        self.values = [value for value in self.values if value.strip()]
        self.n = len(self.values)
        if not self.n:
            return
        cells = [value.strip()[:5000] for value in self.values]
        self.chars = median_low([len(value) for value in self.values])
        self.words = median_low([word_count(cell) for cell in cells])
        self.urls = sum(bool(_URL.fullmatch(cell)) for cell in cells) / self.n
        self.numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in cells) / self.n
        self.hosts = sum(bool(_HOST.fullmatch(cell)) for cell in cells) / self.n
        self.dates = sum(len(cell) <= 60 and looks_like_date(cell) for cell in cells) / self.n
        self.sentences = sum(bool(_SENTENCE.search(cell)) for cell in cells) / self.n
        self.distinct = len(set(cells)) / self.n


def parse_mapping(text: str) -> dict[str, str]:
    """Return what ``--map text=body,source=publication`` says: field → column.

    A column that holds a comma is put in quotes (``"date=Date, local"``); nothing after the
    equals sign means that no column is the field's.

    Raises
    ------
    ValueError
        A field that there isn't, or no equals sign; the message lists the fields.
    """
    fields = ", ".join(FIELDS)
    mapping: dict[str, str] = {}
    for part in next(csv.reader([text], skipinitialspace=True), []):
        name, sign, column = part.partition("=")
        name = name.strip().casefold()
        if not part.strip():
            continue
        if not sign:
            raise ValueError(f"“{part.strip()[:60]}” names no column: write field=column,… with {fields}")
        if name not in FIELDS:
            raise ValueError(f"no field is named “{name[:60]}”; the fields are: {fields}")
        mapping[name] = column.strip()
    return mapping


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
        What the user says: field → column, "" for none. It goes over the guess.

    Returns
    -------
    ColumnMap
        Fields without a column are left out.

    Raises
    ------
    RefusedFile
        The mapping names a column that there isn't.
    """
    stats: dict[str, _Stats] = {}
    for i, name in enumerate(names):
        if name and name not in stats:
            values = [row[i] for row in sample_rows if i < len(row)]
            stats[name] = _Stats(name, normal_name(name), i, values)
    chosen = _resolve(mapping or {}, names)
    taken = {part for column in chosen.values() for part in split_column(column, names)}
    for target in ("text", "url", "date", "title", "source", "authors", "language"):
        if target in chosen:
            continue
        free = [column for column in stats.values() if column.name not in taken]
        found = _text_columns(free) if target == "text" else _best(target, free)
        if found:
            chosen[target] = "+".join(found)
            taken.update(found)
    columns = {target: chosen[target] for target in FIELDS if chosen.get(target)}
    samples = {target: _shown(column, stats, names) for target, column in columns.items()}
    return ColumnMap(columns, samples)


def split_column(column: str, names: Sequence[str]) -> list[str]:
    """Return the columns that a mapped name means: itself, or those joined by "+" in it."""
    return [column] if column in names or "+" not in column else column.split("+")


def is_header(cells: Sequence[str]) -> bool:
    """True when a row names columns: it holds known names, or nothing that looks like data."""
    known = sum(is_known(cell) for cell in cells)
    data = any(
        len(cell) > 200 or _URL.fullmatch(cell.strip()) or _GKG_ID.fullmatch(cell.strip())
        or (len(cell) <= 40 and looks_like_date(cell.strip()))
        for cell in cells
    )  # fmt: skip
    if known:
        return not data or known >= 3
    return not data and not any(_NUMBER.fullmatch(cell.strip()) for cell in cells)


def names_without_header(first: Sequence[str]) -> list[str]:
    """Return names for a table that has none: the codebook's for GDELT's GKG, else numbers."""
    if len(first) in (len(GKG), len(GKG) - 1) and _GKG_ID.fullmatch(first[0].strip()):
        return list(GKG[: len(first)])
    return [f"column {i}" for i in range(1, len(first) + 1)]


def id_column(names: Sequence[str]) -> str:
    """Return the column that holds the articles' numbers, "" when there is none."""
    ranked = {rank: name for name in reversed(names)
              if (rank := _rank("id", normal_name(name))) is not None}  # fmt: skip
    return ranked[min(ranked)] if ranked else ""


def is_seen(column: str) -> bool:
    """True for a column that says when an article was seen or changed, not published."""
    return _rank("seen", normal_name(column)) is not None


def _resolve(mapping: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
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
                    f"there is no column “{part[:60]}” for {target}; {describe(names)}",
                    "correct the name of the column",
                )
            parts.append(found)
        chosen[target] = "+".join(parts)
    return chosen


def describe(names: Sequence[str]) -> str:
    """Return the columns as a message lists them."""
    shown = ", ".join(tidy(name)[:60] or "(no name)" for name in names[:30])[:400]
    more = f" and {len(names) - 30:,} more" if len(names) > 30 else ""
    return f"the columns are: {shown}{more}"


def _rank(target: str, normal: str) -> int | None:
    ranks = ALIASES[target]
    if normal in ranks:
        return ranks[normal]
    bare = bare_name(normal)
    return ranks[bare] + 1000 if bare in ranks else None


def _fits(target: str, column: _Stats) -> bool:
    if target == "url":
        return column.urls >= 0.5
    if target in ("date", "seen"):
        return column.dates >= 0.5
    if column.urls >= 0.5:
        return False
    if target in ("text", "teaser"):
        return column.dates < 0.8
    if column.numbers > 0.8:
        return False
    limit = {"title": 400, "source": 100, "authors": 300, "language": 24}[target]
    return column.chars <= limit


def _named(target: str, columns: Sequence[_Stats]) -> list[_Stats]:
    """Return the columns that bear a name of the field: fitting ones first, then by name."""
    found: list[tuple[int, int, int, _Stats]] = []
    for column in columns:
        rank = _rank(target, column.normal)
        if rank is None:
            continue
        fit = 1 if not column.n else 0 if _fits(target, column) else 2
        # A column of numbers that is named text is refused later, with the reason; a url or
        # author column of other things is none.
        usable = fit < 2 or target in ("text", "title", "date")
        if usable and (fit == 0 or column.normal not in NEEDS_VALUES):
            found.append((fit, rank, column.position, column))
    return [column for *_, column in sorted(found, key=lambda item: item[:3])]


def _best(target: str, columns: Sequence[_Stats]) -> list[str]:
    found = _named(target, columns)
    if target == "date" and (not found or not _fits("date", found[0])):
        found = [column for column in _named("seen", columns) if column.n] or found
    if not found:
        found = _by_values(target, columns)
    return [found[0].name] if found else []


def _by_values(target: str, columns: Sequence[_Stats]) -> list[_Stats]:
    """Return the columns whose values alone say that they are the field's."""
    if target == "url":
        return [c for c in columns if c.urls >= 0.8 and not _NOT_ARTICLE.search(c.name)]
    if target == "source":
        return [c for c in columns if c.hosts >= 0.9 and not _NOT_ARTICLE.search(c.name)]
    if target == "date":
        return [c for c in columns if c.dates >= 0.8 and c.numbers < 0.5]
    if target == "title":
        return [
            c for c in columns
            if c.n >= 5 and c.distinct >= 0.9 and 4 <= c.words <= 30 and c.chars <= 200
            and c.urls + c.dates + c.numbers + c.hosts == 0
            and not any(_rank(other, c.normal) is not None for other in ALIASES)
        ]  # fmt: skip
    return []


def _text_columns(columns: Sequence[_Stats]) -> list[str]:
    parts = {column.normal: column.name for column in columns if column.normal in ("lp", "td")}
    if len(parts) == 2:  # Factiva splits the text into its lead and the rest
        return [parts["lp"], parts["td"]]
    named = _named("text", columns)
    teasers = [column for column in _named("teaser", columns) if _fits("teaser", column)]
    best = named[0] if named else None
    # The same name may stand for a part of the text: the longer column has the whole.
    for other in [*named[1:], *teasers]:
        is_teaser = other in teasers
        if not (other.n and _fits("text", other)) or _MARKED_UP & set(other.normal.split()):
            continue
        if best is None or not best.n:
            better = not is_teaser or other.chars >= _TEASER_CHARS
        else:
            better = other.chars >= 200 and other.chars > _LONGER * best.chars
        if better:
            best = other
    if best is None:
        long = [
            c for c in columns
            if c.words >= _TEXT_WORDS and c.sentences >= 0.5 and c.urls < 0.5
            and (c.distinct >= 0.5 or c.n < 4)
            and not any(_rank(other, c.normal) is not None for other in ALIASES if other != "text")
        ]  # fmt: skip
        best = max(long, key=lambda c: (c.chars, -c.position), default=None)
    return [best.name] if best is not None else []


def _shown(column: str, stats: Mapping[str, _Stats], names: Sequence[str]) -> list[str]:
    shown: dict[str, None] = {}
    for part in split_column(column, names):
        for value in stats[part].values:
            value = tidy(value[: 4 * _SHOWN_CHARS])
            short = value if len(value) <= _SHOWN_CHARS else value[: _SHOWN_CHARS - 1] + "…"
            shown.setdefault(short)
            if len(shown) == _SHOWN:
                return list(shown)
    return list(shown)
