"""Trends: how often keywords are used over time, by source, against what could have used them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.index.query import find_keyword, parse_keyword
from dashboard.index.store import Index
from dashboard.measures.periods import label_periods
from dashboard.scope import Scope

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
    mask = scope.passage_mask(index)
    articles = scope.article_mask(index)
    periods = label_periods(index, scope)
    names = np.asarray([s.name for s in index.sources] + [None], dtype=object)
    words = np.bincount(index.article_of[mask], index.n_words[mask], len(articles)).astype(int)
    cells = pd.DataFrame({"period": periods, "source": names[index.source_of], "n_words": words})[
        articles
    ]
    tables = []
    for keyword in wanted:
        starts = find_keyword(parse_keyword(keyword), index.vocabulary, index.ids, index.offsets)
        passage = np.searchsorted(index.offsets, starts, side="right") - 1
        hits = index.article_of[passage[mask[passage]]]
        uses = np.bincount(hits, minlength=len(articles))[articles]
        table = cells.assign(count=uses, n_with=(uses > 0).astype(int), n_articles=1)
        grouped = table.groupby(["period", "source"], dropna=False, sort=True)
        tables.append(grouped.sum().reset_index().assign(keyword=keyword))
    if not tables or not articles.any():
        return pd.DataFrame(columns=COLUMNS)
    result = pd.concat(tables, ignore_index=True)
    result["per_10k"] = np.where(
        result["n_words"] > 0, 1e4 * result["count"] / result["n_words"].clip(lower=1), 0.0
    )
    result["share"] = result["n_with"] / result["n_articles"]
    for column in ("period", "source"):
        result[column] = result[column].astype(object).where(result[column].notna(), None)
    return result[COLUMNS]
