"""Coverage: how many articles there are, from whom and from when."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.index.counts.grouped import grouped, n_families
from dashboard.index.index import Index
from dashboard.measures.articles import DATES_METHOD
from dashboard.measures.columns import BY, PERIOD, SOURCE, SOURCE_ID
from dashboard.measures.periods import Periods, sort_cells
from dashboard.measures.registry import table
from dashboard.scope import Scope


@table(
    "summary",
    row="the articles in scope as a whole; none where there is no article",
    columns={
        "n_articles": "articles",
        "n_words": "words of their texts",
        "n_sources": "known sources",
        "n_unknown": "articles of unknown source",
        "n_undated": "articles without a date",
        "n_days": "different days of publication",
        "first_day": "first of them (YYYY-MM-DD); null: all are undated",
        "last_day": "last of them (YYYY-MM-DD); null: all are undated",
        "top_day": "the day of most articles, of several the last; null: all are undated",
        "n_top_day": "articles of that day",
        "effective_sources": "how many independent sources the known ones amount to, by their "
        "families and the text that these share; null: the index doesn't know",
        "n_families": "families of the known sources: see `families`",
    },
    options=[BY],
)
def summary(index: Index, scope: Scope, by: str = "") -> pd.DataFrame:
    """How many articles are in scope and what is known of them: one row; none for an empty
    scope."""
    index = grouped(index, by)
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
        "effective_sources": scope.effective_sources(index),
        "n_families": n_families(index, mask),
    }
    return summary.frame([row] if row["n_articles"] else None)


@table(
    "coverage",
    row="a period and source with articles",
    columns={"period": PERIOD, "source": SOURCE, "n_articles": "articles", **SOURCE_ID},
    options=[BY],
    method=DATES_METHOD,
)
def coverage(index: Index, scope: Scope, by: str = "") -> pd.DataFrame:
    """Articles by period and source, in the order of both; a period without articles has no row."""
    index, mask = grouped(index, by), scope.article_mask(index)
    periods = Periods.of(index, scope)
    n_sources = len(index.sources) + 1
    cell = periods.number[mask] * n_sources + index.source_of[mask] % n_sources
    counts = np.bincount(cell, minlength=len(periods.names) * n_sources)
    filled = np.flatnonzero(counts)
    cells = coverage.frame(
        {
            "period": periods.names[filled // n_sources],
            "source": index.source_names[filled % n_sources],
            "n_articles": counts[filled],
            "source_id": index.source_ids[filled % n_sources],
        }
    )
    return sort_cells(cells)
