"""Coverage: which articles are here, from whom, of when, and what was set aside in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from dashboard.index.index import Index
from dashboard.index.storage.articles import field_rows
from dashboard.measures.periods import Periods, sort_cells
from dashboard.scope import Scope

ARTICLE_COLUMNS = [
    "article_id", "file", "row", "title", "source", "original_source", "date", "date_basis",
    "authors", "url", "n_words", "language",
]  # fmt: skip
SUMMARY_COLUMNS = [
    "n_articles", "n_words", "n_sources", "n_unknown", "n_undated", "n_days", "first_day",
    "last_day", "top_day", "n_top_day",
]  # fmt: skip
COVERAGE_COLUMNS = ["period", "source", "n_articles"]
LINE_COLUMNS = ["article_id", "file", "line", "label", "reason", "text"]
FIELD_COLUMNS = ["article_id", "field", "value", "basis", "line", "evidence"]


def articles(index: Index, scope: Scope, first: int = 0, most: int | None = None) -> pd.DataFrame:
    """``ARTICLE_COLUMNS``, one row an article, by date (undated last), then file and row; of them
    ``most`` from ``first`` on.

    date: ISO day, None where unknown or only bounded; date_basis says which. source: None where
    unknown. n_words: words of the text that is kept, title not counted. language:
    ISO 639-1 code, ``unknown`` where the text is too short or mixed to tell.
    """
    chosen = index.by_date[scope.article_mask(index)[index.by_date]]
    last = None if most is None else first + most
    return index.article_rows(chosen[first:last], ARTICLE_COLUMNS)


def summary(index: Index, scope: Scope) -> pd.DataFrame:
    """``SUMMARY_COLUMNS``, one row: how many articles there are, and what of them is known.

    n_sources: known sources; n_unknown: articles of unknown source; n_days: different days;
    first_day, last_day, top_day: ISO, None when all are undated; top_day is the day of most
    articles (of several the last), n_top_day how many they are.
    """
    mask = scope.article_mask(index)
    source, days = index.source_of[mask], index.days[mask]
    days, per_day = np.unique(days[~np.isnat(days)], return_counts=True)
    top = len(days) - 1 - int(np.argmax(per_day[::-1])) if len(days) else None
    row = {
        "n_articles": int(mask.sum()),
        "n_words": int(index.article_words[mask].sum()),
        "n_sources": len(np.unique(source[source >= 0])),
        "n_unknown": int((source < 0).sum()),
        "n_undated": int(mask.sum() - per_day.sum()),
        "n_days": len(days),
        "first_day": str(days[0]) if len(days) else None,
        "last_day": str(days[-1]) if len(days) else None,
        "top_day": str(days[top]) if top is not None else None,
        "n_top_day": int(per_day[top]) if top is not None else 0,
    }
    return pd.DataFrame([row] if row["n_articles"] else [], columns=SUMMARY_COLUMNS)


def coverage(index: Index, scope: Scope) -> pd.DataFrame:
    """``COVERAGE_COLUMNS``: articles per period and source; period None is undated, source None is
    unknown. Periods without an article have no row."""
    mask = scope.article_mask(index)
    periods = Periods.of(index, scope)
    n_sources = len(index.sources) + 1
    cell = periods.number[mask] * n_sources + index.source_of[mask] % n_sources
    counts = np.bincount(cell, minlength=len(periods.names) * n_sources)
    filled = np.flatnonzero(counts)
    names = np.asarray([*(s.name for s in index.sources), None], dtype=object)
    table = pd.DataFrame(
        {
            "period": periods.names[filled // n_sources],
            "source": names[filled % n_sources],
            "n_articles": counts[filled],
        },
        columns=COVERAGE_COLUMNS,
    )
    return sort_cells(table)


def lines(index: Index, scope: Scope) -> pd.DataFrame:
    """``LINE_COLUMNS``: every raw line of the articles in scope with its label and reason."""
    rows = [
        (article.article_id, article.file, line.number, line.label, line.reason, line.text)
        for article, position in _in_scope(index, scope)
        for line in index.record(position).lines
    ]
    return pd.DataFrame(rows, columns=LINE_COLUMNS)


def fields(index: Index, scope: Scope) -> pd.DataFrame:
    """``FIELD_COLUMNS``: what is known of each article, its basis and the evidence."""
    rows = [
        row
        for article, position in _in_scope(index, scope)
        for row in field_rows(article.article_id, index.record(position).fields)
    ]
    return pd.DataFrame(rows, columns=FIELD_COLUMNS).astype({"line": "Int64"})


def _in_scope(index: Index, scope: Scope) -> Iterator[tuple[Any, int]]:
    """Article id and file, and position, of the articles in scope, in order of file and row."""
    positions = np.flatnonzero(scope.article_mask(index))
    rows = index.article_rows(positions, ["file", "row", "article_id"])
    order = rows.sort_values(["file", "row", "article_id"], kind="stable").index
    return zip(rows.loc[order].itertuples(index=False), positions[order].tolist(), strict=True)
