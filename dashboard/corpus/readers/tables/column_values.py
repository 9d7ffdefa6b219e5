"""What the values of a column look like, and which field they can be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median_low

from dashboard.corpus.readers.tables.date_columns import looks_like_date
from dashboard.text.lines import word_count

URL = re.compile(r"https?://\S{3,2000}|www\.[^\s/]{3,200}/\S{0,2000}", re.I)
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}", re.I)
NUMBER = re.compile(r"[+-]?\d[\d., ]{0,40}")
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
