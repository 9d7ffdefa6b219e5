"""Collocates: the words that stand near a keyword."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.grouped import ungrouped
from dashboard.index.index import Index
from dashboard.index.terms.lexicon import SELF, STOP
from dashboard.measures.columns import KEYWORDS
from dashboard.measures.concordance.uses import WIDTH, nearby, uses_by_date
from dashboard.measures.keyness.uses import article_uses
from dashboard.measures.registry import table
from dashboard.measures.statistics.inference import benjamini_hochberg, normal_p
from dashboard.scope import Scope

LEAST_ARTICLES = 2  # that have the word near the keyword
_MOST = 100

METHOD = f"""
The words up to {WIDTH} words before or after a use of the keyword, in the same passage. Their order
is by **log-Dice** = 14 + log₂(2 n / (uses of the keyword + uses of the word)), where n is how often
the word stands near it (Rychlý 2008): 14 where neither is ever without the other, one less for half
of that; it doesn’t depend on how large the corpus is. **Log-likelihood** (Dunning 1993) takes
articles as units, as words of one article say much the same: do articles in view that have the
keyword have the word more often than the others? Below 0: less often. What could be chance (q of
5 % or more; Benjamini and Hochberg, over all words, listed or not) comes last. Words that fewer
than {LEAST_ARTICLES} articles have near the keyword, stop words and names of outlets are left out.
"""


@table(
    "collocates",
    words="word",
    row=f"a word near a keyword, what is beyond chance first, then by log-Dice, up to {_MOST}",
    columns={
        "keyword": "the keyword, as it was asked for",
        "word": f"a word that stands within {WIDTH} words of it, in at least {LEAST_ARTICLES} "
        "articles",
        "n_near": "places where it does",
        "n_near_articles": "articles in which it does",
        "n_uses": "uses of the word in the text in scope",
        "n_both": "articles in scope that have both, near or not",
        "n_with": "articles in scope that have the word",
        "log_dice": "log-Dice, at most 14",
        "log_likelihood": "G² of the articles that have both, below 0: fewer than expected",
        "q": "chance of as much where the two have nothing to do with each other, adjusted",
    },
    options=[KEYWORDS],
    method=METHOD,
)
def collocates(index: Index, scope: Scope, keywords: Sequence[str] | None = None) -> pd.DataFrame:
    """The words near ``keywords`` (without it the suggested ones). No rows for one that isn't used.
    Raises ``UnreadableQuery``."""
    index = ungrouped(index)
    parts = [
        found
        for text in dict.fromkeys(index.keywords if keywords is None else keywords)
        if len(found := _near(index, scope, text))
    ]
    return collocates.frame(pd.concat(parts, ignore_index=True) if parts else None)


def _near(index: Index, scope: Scope, keyword: str) -> pd.DataFrame:
    article, word = nearby(index, scope, keyword)
    words, at = np.unique(word, return_inverse=True)
    n_near = np.bincount(at, minlength=len(words))
    pairs = np.unique(at * index.n_articles + article)
    in_articles = np.bincount(pairs // index.n_articles, minlength=len(words))
    kept = (in_articles >= LEAST_ARTICLES) & (index.lexicon.flags[words] & (STOP | SELF) == 0)
    words, n_near, in_articles = words[kept], n_near[kept], in_articles[kept]
    hits = uses_by_date(index, scope, keyword).article
    has = np.zeros(index.n_articles, dtype=bool)
    has[hits] = True
    found = article_uses(index, words, scope.slice_mask(index))
    n_uses = np.bincount(found.term, found.uses, len(words)).astype(np.int64)
    n_with = np.bincount(found.term, minlength=len(words))
    n_both = np.bincount(found.term[has[found.article]], minlength=len(words))
    g = log_likelihood(n_both, int(has.sum()), n_with, int(scope.article_mask(index).sum()))
    q = benjamini_hochberg(normal_p(np.sqrt(np.abs(g))), len(words))
    dice = 14 + np.log2(2 * n_near / np.maximum(len(hits) + n_uses, 1))
    chance = (q >= 0.05) | (g < 0)
    surfaces = np.asarray(index.lexicon.surfaces.take(words), dtype=object)
    order = np.lexsort((surfaces.astype(str), -dice, chance))[:_MOST]
    columns = {
        "word": surfaces, "n_near": n_near, "n_near_articles": in_articles, "n_uses": n_uses,
        "n_both": n_both, "n_with": n_with, "log_dice": dice, "log_likelihood": g, "q": q,
    }  # fmt: skip
    return pd.DataFrame({name: values[order] for name, values in columns.items()}).assign(
        keyword=keyword
    )[[*collocates.columns]]


def log_likelihood(
    both: NDArray[np.int64], n_first: int, n_second: NDArray[np.int64], n: int
) -> NDArray[np.float64]:
    """G² (Dunning 1993) of 2 x 2 tables: of ``n`` articles ``n_first`` have the one, ``n_second``
    the other and ``both`` both; below 0 where fewer have both than expected. 0 for ``n`` 0."""
    cells = [both, n_first - both, n_second - both, n - n_first - n_second + both]
    rows, columns = [n_first, n_first, n - n_first, n - n_first], [
        n_second, n - n_second, n_second, n - n_second,
    ]  # fmt: skip
    total = np.zeros(len(both))
    for seen, row, column in zip(cells, rows, columns, strict=True):
        expected = row * np.asarray(column, dtype=float) / max(n, 1)
        ratio = np.divide(seen, expected, out=np.ones(len(both)), where=(seen > 0) & (expected > 0))
        total += 2 * seen * np.log(ratio)
    return np.where(both * n < n_first * n_second, -1.0, 1.0) * np.maximum(total, 0.0)
