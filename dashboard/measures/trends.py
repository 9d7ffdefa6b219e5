"""Trends: how often keywords are used over time, by source, against what could have used them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.index.counts.postings import count_keyword
from dashboard.index.index import Index
from dashboard.measures.periods import Periods, sort_cells
from dashboard.scope import Scope
from dashboard.text.query import parse_keyword

COLUMNS = [
    "period", "source", "keyword", "count", "n_articles", "per_10k", "n_with", "share", "n_words",
]  # fmt: skip


def trends(index: Index, scope: Scope, keywords: Sequence[str] | None = None) -> pd.DataFrame:
    """``COLUMNS``: one row for each keyword, period and source that has articles in scope.

    period: ``2024-05-16``, ``2024-W20``, ``2024-05``, ``2024-Q2`` or ``2024``, None for undated
    articles; a period without articles has no row (a gap is no zero). source: None where unknown.
    count: uses in the text; n_words: words of that text; per_10k = 10,000 count / n_words.
    n_with: articles whose text uses it; n_articles: all in the cell; share = n_with / n_articles.
    A topic filter counts the passages of those topics only. Without ``keywords``: the suggested.
    """
    wanted = list(dict.fromkeys(index.keywords if keywords is None else keywords))
    mask, articles = scope.slice_mask(index), scope.article_mask(index)
    periods = Periods.of(index, scope)
    n_sources = len(index.sources) + 1
    names = np.asarray([*(s.name for s in index.sources), None], dtype=object)
    cell = periods.number * n_sources + index.source_of % n_sources
    n_cells = len(periods.names) * n_sources
    n_articles = np.bincount(cell[articles], minlength=n_cells)
    if scope.topics:
        words, of = index.slice_words[mask], cell[index.slice_article[mask]]
    else:  # articles have all their slices, and are fewer
        words, of = index.article_words[articles], cell[articles]
    n_words = np.bincount(of, words, n_cells).astype(np.int64)
    filled = np.flatnonzero(n_articles)
    tables = []
    for keyword in wanted:
        slices, uses = count_keyword(index, parse_keyword(keyword))
        chosen = mask[slices]
        article = index.slice_article[slices[chosen]]
        count = np.bincount(cell[article], uses[chosen], n_cells).astype(np.int64)
        first = np.diff(article, prepend=-1) > 0  # slices ascend, and so do their articles
        n_with = np.bincount(cell[article[first]], minlength=n_cells)
        table = pd.DataFrame(
            {
                "period": periods.names[filled // n_sources],
                "source": names[filled % n_sources],
                "keyword": keyword,
                "count": count[filled],
                "n_articles": n_articles[filled],
                "per_10k": 1e4 * count[filled] / np.maximum(n_words[filled], 1),
                "n_with": n_with[filled],
                "share": n_with[filled] / n_articles[filled],
                "n_words": n_words[filled],
            }
        )
        tables.append(sort_cells(table))
    if not tables or not len(filled):
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(tables, ignore_index=True)[COLUMNS]
