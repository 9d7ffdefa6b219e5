"""Trends of several keywords, all sources together: what can be compared in one chart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.index.index import Index
from dashboard.measures.columns import KEYWORDS, WIDTH
from dashboard.measures.registry import table
from dashboard.measures.statistics.inference import mcnemar
from dashboard.measures.statistics.rates import RATE_METHOD
from dashboard.measures.trends.trends import AMONG, METHOD, SMOOTH, counted, trends
from dashboard.scope import Scope

#: Its columns are those of ``trends`` without the source.
_COLUMNS = {
    name: meaning for name, meaning in trends.columns.items() if not name.startswith("source")
} | {
    "n_articles": "articles of the period, of all sources in scope",
    "p_first": "chance of a number of articles so far from that of the first keyword (McNemar’s "
    "test, cautious where articles use both), times the dated periods, at most 1; null: the first "
    "keyword, and the undated",
}


@table(
    "trends_together",
    row="a keyword and period with articles, all sources together",
    columns=_COLUMNS,
    options=[KEYWORDS, AMONG, WIDTH, SMOOTH],
    method="All sources in scope are counted together, so that a large one weighs more than a "
    "small one. Where it is said in how many periods more articles use one keyword than the "
    "other, only those count in which chance would hardly give so many more: **McNemar’s test** "
    "on articles, times the number of periods, at most 5 %.\n" + METHOD + RATE_METHOD,
)
def trends_together(
    index: Index,
    scope: Scope,
    keywords: Sequence[str] | None = None,
    among: str = "",
    width: str | None = None,
    smooth: int = 1,
) -> pd.DataFrame:
    """How often each of ``keywords`` is used by period, in the texts of all sources together, with
    intervals of their own; else as ``trends``. Each keyword has a row for the same periods. Raises
    ``UnreadableQuery``."""
    one = np.zeros(index.n_articles, dtype=np.int64)
    rows = counted(index, scope, keywords, among, width, smooth, one, 1)
    tables: list[pd.DataFrame] = []
    for _, cells in rows:
        own = trends_together.frame(cells | {"p_first": np.nan})
        if tables:
            n = own["period"].notna()
            p = np.minimum(mcnemar(tables[0]["n_with"], own["n_with"]) * n.sum(), 1)
            own["p_first"] = pd.Series(p).where(n)
        tables.append(own)
    if not tables:
        return trends_together.frame()
    # The first one has none, which pandas keeps as objects.
    return pd.concat(tables, ignore_index=True).astype({"p_first": float})
