"""What several tables have in common: the meaning of a column, an option."""

from __future__ import annotations

from dashboard.measures.periods import WIDTHS
from dashboard.measures.registry import Option

ARTICLE_ID = "id of the article"
PASSAGE_ID = "id of the passage: of its article, and its number there from 1"
SOURCE = "name of the source; null: unknown"
KNOWN_SOURCE = "name of the source; articles of unknown source are left out"
DATE = "day of publication (YYYY-MM-DD); null: undated"
PERIOD = "the period: `2024-05-16`, `2024-W20`, `2024-05`, `2024-Q2` or `2024`; null: undated"
TOPIC_ID = "id of the topic"
TOPIC = "label of the topic"
RELIABILITY_WORD = (
    "`stable`, `tentative`, `exploratory`, `mixed` or `template`: what to make of it; `given`: it "
    "comes from a file of the user's, so nothing was found that could be found again"
)
RELIABILITY = (
    "how well it is found again (0 to 1), the same in every scope; null: it was given, not found"
)
#: Words of reliability that need no reservation.
FIRM = ("stable", "given")
INTERVAL = {
    "ci_low": "lower end of the 95 % interval of the share (0 to 1)",
    "ci_high": "upper end of it (0 to 1)",
    "interval_unit": "what the interval is made of: `articles` or `passages`",
}
#: Last in its table: columns that were there before keep their places.
SOURCE_ID = {"source_id": "id of the source, for links and `--source`; null: unknown"}
KNOWN_SOURCE_ID = {"source_id": "id of the source, for links and `--source`"}

KEYWORDS = Option(
    "keywords",
    "--keyword",
    "K",
    "what is counted, once for each; several words are a phrase; without it the suggested ones, in "
    "`bursts` and `changes` all terms",
    many=True,
)
ARTICLE = Option(
    "article", "--article", "ID", "which article it is about; without it the first in scope"
)
WORD = Option("word", "--word", "WORD", "only where this word stands near it")
#: Of a table by source: a column of the user's own whose values take the place of sources.
BY = Option(
    "by",
    "--compare-by",
    "COLUMN",
    "a column of your own: its values, as `bias: left`, take the place of the sources",
)


def _read_width(word: str) -> str:
    if word not in WIDTHS:
        raise ValueError(f"“{word}” is not a period: {', '.join(WIDTHS)}")
    return word


#: Of a table over time: how long its periods are.
WIDTH = Option(
    "width",
    "--period",
    "WIDTH",
    "how long a period is: day, week, month, quarter or year; without it the shortest with enough "
    "articles",
    _read_width,
)
#: Of a table with rows for few of the sources: which, by id.
DRAWN = Option("drawn", many=True)
#: Of a table in order: how many rows are left out at the beginning, and how many follow.
FIRST, MOST = Option("first"), Option("most")
