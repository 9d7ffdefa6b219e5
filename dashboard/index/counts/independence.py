"""How many independent sources some articles amount to, by the text that these share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import run_starts
from dashboard.index.index import Index


def effective_sources(index: Index, mask: NDArray[np.bool_]) -> float:
    """n² / Σᵢⱼ R_ij over the ``n`` known sources of the articles in ``mask`` (n_articles,): the
    effective size of a sample whose units depend on each other (Kish 1965, Survey Sampling, 8.2).

    R_ij: of the smaller one of two sources the share of its words that stand in text shared with
    one article of the other, 0 to 1; R_ii = 1. So n where nothing is shared, 1 where all have the
    same text; 0 without a known source. Raises ``MissingLayer`` for an index without copies.
    """
    copies, of = index.layer("copies").joint, index.source_of
    words = np.bincount(
        of[mask] + 1, index.article_words[mask], minlength=len(index.sources) + 1
    )[1:]  # fmt: skip
    present = np.zeros(len(index.sources), dtype=bool)
    present[of[mask & (of >= 0)]] = True
    n = int(present.sum())
    a, b = copies["pair_a"], copies["pair_b"]
    chosen = mask[a] & mask[b] & (of[a] >= 0) & (of[b] >= 0) & (of[a] != of[b])
    a, b, shared = (each[chosen].astype(np.int64) for each in (a, b, copies["pair_words"]))
    if not len(a):
        return float(n)
    # Each article with each source that has some of its text: the most that one article has.
    article, other = np.concatenate([a, b]), of[np.concatenate([b, a])].astype(np.int64)
    shared = np.minimum(np.concatenate([shared, shared]), index.article_words[article])
    n_sources = len(index.sources)
    key = article * n_sources + other
    order = np.argsort(key, kind="stable")
    starts = run_starts(key[order])
    most = np.maximum.reduceat(shared[order], starts)
    own, other = of[article[order][starts]].astype(np.int64), other[order][starts]
    is_smaller = (words[own] < words[other]) | ((words[own] == words[other]) & (own < other))
    pairs, at = np.unique((own * n_sources + other)[is_smaller], return_inverse=True)
    total = np.bincount(at, most[is_smaller], minlength=len(pairs))
    share = np.minimum(total / np.maximum(words[pairs // n_sources], 1), 1)
    return float(n * n / (n + 2 * share.sum()))
