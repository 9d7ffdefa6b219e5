"""Change points: from when on another share of articles has a term."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.index import Index
from dashboard.measures.columns import KEYWORDS
from dashboard.measures.registry import table
from dashboard.measures.rises.automaton import find_changes
from dashboard.measures.rises.bursts import MAX_Q, MOST_ROWS
from dashboard.measures.rises.counts import count_periods
from dashboard.measures.rises.telling import COLUMNS, Rise, told
from dashboard.measures.statistics.inference import benjamini_hochberg
from dashboard.scope import Scope

SCREENED = 2_000  # terms that vary most over the periods

METHOD = """
Where one share of articles per period stops fitting and another begins: the segmentation of the
periods with the best binomial likelihood at a penalty of 3 ln(periods) for each change, which is
the optimum that PELT finds (Killick, Fearnhead and Eckley 2012). A change is kept where Fisher's
exact test of the articles before and after, times the pairs of stretches that there could be,
passes a false discovery rate of 5 % over all terms in five articles or more. Of all terms the 2,000
that vary most are looked at; the others count as no evidence. House style and stop words are set
aside; headlines are not counted.
"""


@table(
    "changes",
    words="term",
    row="a change in the share of articles that have a term, the clearest first, up to 300",
    columns={
        "term": "the word, phrase or keyword",
        "period": "the first period of the new share, as in `trends`",
        "last": "the last period of the new share",
        "direction": "`up` or `down`",
        "share_before": "share of the articles of the stretch before that have it (0 to 1)",
        "share": "share of the articles from then on, up to the next change (0 to 1)",
        "weight": "how much better two shares fit than one (nats)",
        "q": "chance of such a change with dates dealt anew, adjusted (0 to 1)",
        **COLUMNS,
    },
    options=[KEYWORDS],
    method=METHOD,
)
def changes(index: Index, scope: Scope, keywords: Sequence[str] | None = None) -> pd.DataFrame:
    """Change points of all terms, or of ``keywords`` (as in ``trends``), over the dated articles in
    scope; headlines are those of the new stretch, of one without the term none. No rows with fewer
    than two periods. Raises ``UnreadableQuery``."""
    of = count_periods(index, scope, None if keywords is None else tuple(keywords))
    if len(of.names) < 2 or not len(of.terms):
        return changes.frame()
    total = of.n_with.sum(axis=1)
    expected = total[:, None] * of.n_articles / of.n_articles.sum()
    varies = ((of.n_with - expected) ** 2 / np.maximum(expected, 1e-12)).sum(axis=1)
    chosen = np.sort(np.argsort(-varies, kind="stable")[:SCREENED])
    found = find_changes(of.n_with[chosen], of.n_articles)
    q = benjamini_hochberg(found.p, max(len(of.terms), len(found.p), 1))
    kept = np.flatnonzero(q < MAX_Q)
    order = kept[
        np.lexsort((found.first[kept], found.series[kept], -np.round(found.weight[kept], 9)))
    ]
    order = order[:MOST_ROWS]
    series = chosen[found.series[order]]
    rises = [
        Rise(int(s), int(a), int(b), int(before), int(b))
        for s, a, b, before in zip(
            series, found.first[order], found.end[order], found.before[order], strict=True
        )
    ]
    sides = [_shares(of.n_with[r.term], of.n_articles, r) for r in rises]
    falls = [now < before for before, now in sides]
    return changes.frame(
        {
            "term": [of.terms[r.term] for r in rises],
            "period": [of.names[r.first] for r in rises],
            "last": [of.names[r.end - 1] for r in rises],
            "direction": ["down" if fall else "up" for fall in falls],
            "share_before": [before for before, _ in sides],
            "share": [now for _, now in sides],
            "weight": found.weight[order],
            "q": q[order],
            **told(of, rises, falls),
        }
    )


def _shares(
    n_with: NDArray[np.int64], n_articles: NDArray[np.int64], rise: Rise
) -> tuple[float, float]:
    stretches = slice(rise.from_first, rise.first), slice(rise.first, rise.end)
    then, now = (float(n_with[s].sum() / n_articles[s].sum()) for s in stretches)
    return then, now
