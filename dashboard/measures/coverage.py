"""Coverage: which articles are here, from whom, of when, and what was set aside in them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.index.store import Index
from dashboard.measures.periods import label_periods
from dashboard.scope import Scope

ARTICLE_COLUMNS = [
    "article_id", "file", "row", "title", "source", "original_source", "date", "date_basis",
    "authors", "url", "n_words", "language",
]  # fmt: skip
COVERAGE_COLUMNS = ["period", "source", "n_articles"]
LINE_COLUMNS = ["article_id", "file", "line", "label", "reason", "text"]
FIELD_COLUMNS = ["article_id", "field", "value", "basis", "line", "evidence"]


def articles(index: Index, scope: Scope) -> pd.DataFrame:
    """``ARTICLE_COLUMNS``, one row an article, by date (undated last), then file and row.

    date: ISO day, None where unknown or only bounded; date_basis says which. source: None where
    unknown. n_words: words of the text that is kept, title not counted. language:
    ISO 639-1 code, ``unknown`` where the text is too short or mixed to tell.
    """
    table: pd.DataFrame = index.articles[scope.article_mask(index)]
    table = table.sort_values(["date", "file", "row"], na_position="last", kind="stable")
    return table[ARTICLE_COLUMNS].reset_index(drop=True)


def coverage(index: Index, scope: Scope) -> pd.DataFrame:
    """``COVERAGE_COLUMNS``: articles per period and source; period None is undated, source None is
    unknown. Periods without an article have no row."""
    mask = scope.article_mask(index)
    periods = label_periods(index, scope)[mask]
    names = np.asarray([s.name for s in index.sources] + [None], dtype=object)
    table = pd.DataFrame({"period": periods, "source": names[index.source_of[mask]]})
    grouped = table.groupby(["period", "source"], dropna=False, sort=True).size()
    counts = grouped.rename("n_articles").reset_index()
    for column in ("period", "source"):
        counts[column] = counts[column].astype(object).where(counts[column].notna(), None)
    return counts[COVERAGE_COLUMNS]


def lines(index: Index, scope: Scope) -> pd.DataFrame:
    """``LINE_COLUMNS``: every raw line of the articles in scope with its label and reason."""
    return _of_articles(index.lines, index, scope)[LINE_COLUMNS]


def fields(index: Index, scope: Scope) -> pd.DataFrame:
    """``FIELD_COLUMNS``: what is known of each article, its basis and the evidence."""
    return _of_articles(index.fields, index, scope)[FIELD_COLUMNS]


def _of_articles(table: pd.DataFrame, index: Index, scope: Scope) -> pd.DataFrame:
    ids = index.articles["article_id"][scope.article_mask(index)]
    return table[table["article_id"].isin(ids)].reset_index(drop=True)
