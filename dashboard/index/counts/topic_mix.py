"""Sums over slices: topics and words by source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.index.index import Index
from dashboard.index.topics.cut import TopicCut

COMPILED_FROM = 5_000  # articles


def is_compiled(index: Index) -> bool:
    """Whether the corpus is large, and numba there."""
    if index.n_articles < COMPILED_FROM:
        return False
    from dashboard.text.kernels import engine

    return engine() == "numba"


@dataclass(frozen=True)
class MixSums:
    """The sums behind shares of topics and their variance; an article has ``words`` of a topic, and
    a length over all topics.

    By group: ``n_articles``, ``words``, ``length_squares``, ``passage_squares`` (squared lengths
    of passages). By group and topic: ``topic_words``, ``squares`` of an article's words,
    ``products`` of its words and length, ``n_passages``. All float64 and whole.
    """

    n_articles: NDArray[np.float64]
    words: NDArray[np.float64]
    length_squares: NDArray[np.float64]
    passage_squares: NDArray[np.float64]
    topic_words: NDArray[np.float64]
    squares: NDArray[np.float64]
    products: NDArray[np.float64]
    n_passages: NDArray[np.float64]


def mix_sums(
    index: Index, cut: TopicCut, group: NDArray[np.integer[Any]], n_groups: int
) -> MixSums:
    """Sums by ``group`` (n_articles,) of the articles, -1 for those left out, and by the topics of
    ``cut``."""
    n_topics = len(cut.topics)
    if is_compiled(index):
        from dashboard.index.counts.kernels.sums import add_mixes

        by_group = np.zeros((4, n_groups))
        by_cell = np.zeros((4, n_groups, n_topics))
        add_mixes(
            index.slice_article, cut.slice_topic, index.slice_words, index.slice_passages,
            index.slice_squares, group.astype(np.int32), by_group, by_cell,
        )  # fmt: skip
        return MixSums(*by_group, *by_cell)
    chosen = np.flatnonzero((group >= 0)[index.slice_article])
    key = index.slice_article[chosen].astype(np.int64) * n_topics + cut.slice_topic[chosen]
    # Leaves of one topic stand together in an article, whatever the cut of the tree, but Other.
    order = np.argsort(key, kind="stable")
    chosen, key = chosen[order], key[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))

    def per_run(values: NDArray[Any]) -> NDArray[np.float64]:
        return np.add.reduceat(values[chosen], first, dtype=float) if len(first) else np.zeros(0)

    words = per_run(index.slice_words)
    article, topic = key[first] // max(n_topics, 1), key[first] % max(n_topics, 1)
    own = group[article].astype(np.int64)
    lengths = np.bincount(article, words)  # in scope are all topics of an article
    read = np.flatnonzero(np.bincount(article))

    def by_group_of(values: NDArray[Any]) -> NDArray[np.float64]:
        return np.bincount(group[read], values, n_groups).astype(float)

    def by_cell_of(values: NDArray[Any]) -> NDArray[np.float64]:
        sums = np.bincount(own * n_topics + topic, values, n_groups * n_topics)
        return sums.reshape(n_groups, n_topics).astype(float)

    return MixSums(
        by_group_of(np.ones(len(read))),
        by_group_of(lengths[read]),
        by_group_of(lengths[read] ** 2),
        np.bincount(own, per_run(index.slice_squares), n_groups).astype(float),
        by_cell_of(words),
        by_cell_of(words**2),
        by_cell_of(words * lengths[article]),
        by_cell_of(per_run(index.slice_passages)),
    )


def source_sums(index: Index, slices: NDArray[np.bool_]) -> NDArray[np.int64]:
    """(2, n_sources + 1) distinct articles and words of ``slices`` (n_slices,) by source, the last
    unknown."""
    n_sources = len(index.sources) + 1
    sums = np.zeros((2, n_sources), dtype=np.int64)
    if is_compiled(index):
        from dashboard.index.counts.kernels.sums import sum_sources

        sum_sources(index.slice_article, index.slice_words, slices, index.source_of, sums)
        return sums
    article = index.slice_article[slices]
    source = index.source_of[article] % n_sources
    first = np.diff(article, prepend=-1) > 0
    for i, weights in enumerate((first, index.slice_words[slices])):
        sums[i] = np.bincount(source, weights, n_sources)
    return sums


def select_slices(
    index: Index, of_article: NDArray[Any], leaves: NDArray[np.bool_]
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """For slices on ``leaves`` the value of their article in ``of_article`` (unsigned, or bool),
    for others zero; and the articles that have one above zero."""
    article, leaf = index.slice_article, index.slice_leaf
    if is_compiled(index):
        from dashboard.index.counts.kernels.sums import mark_slices

        of_slice = np.empty(len(article), dtype=of_article.dtype)
        found = np.zeros(len(of_article), dtype=of_article.dtype)
        mark_slices(article, leaf, of_article, leaves, of_slice, found)
        return of_slice, found > 0
    of_slice = of_article[article] * leaves[leaf]
    has = np.zeros(len(of_article), dtype=bool)
    has[article[of_slice > 0]] = True
    return of_slice, has


def n_without_topic(index: Index) -> int:
    """Articles with text that no topic has: of given topics those that the file doesn't name."""
    return len(np.unique(index.slice_article[index.slice_leaf < 0]))
