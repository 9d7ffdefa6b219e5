"""What the values of a column look like, and which field they can be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from dashboard.corpus.parsing.column_names import ALIASES, rank_of
from dashboard.corpus.parsing.outlets import names_an_outlet
from dashboard.corpus.readers.tables.date_columns import looks_like_date
from dashboard.text.lines import word_count

URL = re.compile(r"https?://\S{3,2000}|www\.[^\s/]{3,200}/\S{0,2000}", re.I)
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}", re.I)
NUMBER = re.compile(r"[+-]?\d[\d., ]{0,40}")
# Addresses of something else than the article.
_NOT_ARTICLE = re.compile(
    r"image|img|thumb|logo|icon|avatar|video|social|photo|mobile|media|file|path", re.I
)
_LONGEST_NAME, _MOST_WORDS = 60, 8  # of an outlet
_FILLED = 0.8  # of the rows, where a column may name the source
_REPEATED = 0.5  # distinct values ÷ values, at most
_SURE = 0.8  # of the values name an outlet: then they needn't repeat
_ASKED = 5  # columns, at most
_SENTENCE = re.compile("[.!?](?:[\\s\"'”’)]|$)|[。！？؟।]")


@dataclass(slots=True)
class Stats:
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
        self.urls = sum(bool(URL.fullmatch(cell)) for cell in cells) / self.n
        self.numbers = sum(bool(NUMBER.fullmatch(cell)) for cell in cells) / self.n
        self.hosts = sum(bool(_HOST.fullmatch(cell)) for cell in cells) / self.n
        self.dates = sum(len(cell) <= 60 and looks_like_date(cell) for cell in cells) / self.n
        self.sentences = sum(bool(_SENTENCE.search(cell)) for cell in cells) / self.n
        self.distinct = len(set(cells)) / self.n


def fits(target: str, column: Stats) -> bool:
    """True when the values of a column can be those of a field."""
    if target == "url":
        return column.urls >= 0.5
    if target in ("date", "seen"):
        return column.dates >= 0.5
    if column.urls >= 0.5:
        return False
    if target in ("text", "teaser"):
        return column.dates < 0.8
    if column.numbers > 0.8 or (target != "title" and column.dates >= 0.5):
        return False
    limit = {"title": 400, "source": 100, "authors": 300, "language": 24}[target]
    return column.chars <= limit


def by_values(target: str, columns: Sequence[Stats]) -> list[Stats]:
    """The columns whose values alone say that they are the field's."""
    if target == "url":
        return [c for c in columns if c.urls >= 0.8 and not _NOT_ARTICLE.search(c.name)]
    if target == "source":
        hosts = [c for c in columns if c.hosts >= 0.9 and not _NOT_ARTICLE.search(c.name)]
        return hosts or _of_outlets(columns)
    if target == "date":
        return [c for c in columns if c.dates >= 0.8 and c.numbers < 0.5]
    if target == "title":
        return [
            c for c in columns
            if c.n >= 5 and c.distinct >= 0.9 and 4 <= c.words <= 30 and c.chars <= 200
            and c.urls + c.dates + c.numbers + c.hosts == 0 and not _has_a_name(c)
        ]  # fmt: skip
    return []


def may_be_source(columns: Sequence[Stats], n_rows: int) -> list[str]:
    """The columns that may say who published, for a person to choose: short texts that repeat, in
    most of the rows. Those whose values are names of outlets come first."""
    found = [
        column
        for column in columns
        if _is_label(column)
        and column.n >= max(4, _FILLED * n_rows)
        and 1 < len(set(column.values)) <= _REPEATED * column.n
    ]
    found.sort(key=_outlets, reverse=True)
    return [column.name for column in found][:_ASKED]


def _of_outlets(columns: Sequence[Stats]) -> list[Stats]:
    """The one column of names of outlets. Sections, countries and leanings repeat as well: where
    values don't tell, or two columns do, a person has to."""
    found = [
        column
        for column in columns
        if column.n >= 3
        and _is_label(column)
        and _outlets(column) >= (0.5 if column.distinct <= _REPEATED else _SURE)
    ]
    return found if len(found) == 1 else []


def _is_label(column: Stats) -> bool:
    """True for short texts under a name that no field has."""
    return (
        column.chars <= _LONGEST_NAME
        and column.words <= _MOST_WORDS
        and max(column.urls, column.dates, column.numbers, column.hosts) < 0.1
        and not _has_a_name(column)
    )


def _has_a_name(column: Stats) -> bool:
    return any(rank_of(other, column.normal) is not None for other in ALIASES)


def _outlets(column: Stats) -> float:
    """Which share of the different values name an outlet."""
    different = {value.strip() for value in column.values}
    return sum(map(names_an_outlet, different)) / max(len(different), 1)
