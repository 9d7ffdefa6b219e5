"""Copies told apart: how many independent sources some articles amount to, and which article of
each group of copies counts."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import ranges, run_starts
from dashboard.index.counts.grouped import by_family, ungrouped
from dashboard.index.index import Index


def effective_sources(index: Index, articles: NDArray[np.int64]) -> float:
    """n² / Σᵢⱼ R_ij over the ``n`` families of the known sources of ``articles`` (positions), each
    source its own where none are known: the effective size of a sample whose units depend on each
    other (Kish 1965, Survey Sampling, 8.2).

    R_ij: of the smaller of two families, the share of its words that also stand in an article of
    the other, 0 to 1; R_ii = 1. So n where nothing is shared, 1 where all have the same text; 0
    without a known source. Raises ``MissingLayer`` for an index without copies.
    """
    articles, index = articles[index.source_of[articles] >= 0], by_family(index)
    sources, of = np.unique(index.source_of[articles], return_inverse=True)
    n = len(sources)
    words = np.bincount(of, index.article_words[articles], n).astype(np.int64)
    article, other, most = shared_words(index, articles)
    if not len(article):
        return float(n)
    own, other = (np.searchsorted(sources, each) for each in (index.source_of[article], other))
    is_smaller = (words[own] < words[other]) | ((words[own] == words[other]) & (own < other))
    both, at = np.unique((own * n + other)[is_smaller], return_inverse=True)
    total = np.bincount(at, most[is_smaller], minlength=len(both))
    share = np.minimum(total / np.maximum(words[both // n], 1), 1)
    return float(n * n / (n + 2 * share.sum()))


def shared_words(
    index: Index, articles: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Of each of ``articles`` with each other known source that has some of its text in one of
    them: the article, that source, and the most words that one of its articles has. Raises
    ``MissingLayer`` for an index without copies."""
    copies = index.layer("copies").joint
    articles = articles[index.source_of[articles] >= 0]
    order, first = _pairs_by_article(ungrouped(index))
    pairs = order[ranges(first[articles], first[articles + 1])]
    pairs = pairs[np.isin(copies["pair_b"][pairs], articles)]
    a, b = (copies[name][pairs].astype(np.int64) for name in ("pair_a", "pair_b"))
    apart = index.source_of[a] != index.source_of[b]
    a, b, shared = a[apart], b[apart], copies["pair_words"][pairs][apart].astype(np.int64)
    article, other = np.concatenate([a, b]), index.source_of[np.concatenate([b, a])]
    shared = np.minimum(np.concatenate([shared, shared]), index.article_words[article])
    if not len(article):
        return article, other.astype(np.int64), shared
    n = int(other.max()) + 1
    key = article * n + other
    by_key = np.argsort(key, kind="stable")
    starts = run_starts(key[by_key])
    most = np.maximum.reduceat(shared[by_key], starts)
    return key[by_key][starts] // n, key[by_key][starts] % n, most


@lru_cache(maxsize=4)
def _pairs_by_article(index: Index) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of copies in the order of their first article, and where those of each begin."""
    a = index.layer("copies").joint["pair_a"]
    order = np.argsort(a, kind="stable")
    return order, np.searchsorted(a[order], np.arange(index.n_articles + 1))


def first_copies(
    index: Index, mask: NDArray[np.bool_], kinds: NDArray[np.integer[Any]] | None = None
) -> NDArray[np.bool_]:
    """``mask`` with only the first article, by date, of each group of copies (in each kind)."""
    group_of = index.layer("copies").joint["copy_group"]
    in_order = index.by_date[(mask & (group_of >= 0))[index.by_date]]
    groups = group_of[in_order].astype(np.int64)
    if kinds is not None:
        lowest = int(kinds.min(initial=0))
        groups = groups * (int(kinds.max(initial=0)) - lowest + 1) + kinds[in_order] - lowest
    _, first = np.unique(groups, return_index=True)
    kept = mask & (group_of < 0)
    kept[in_order[first]] = True
    return kept
