"""Sums over slices: terms by group, articles with a term by group, topics by source.

Where the corpus is large and numba is installed, sums that the build made of neighbouring slices
(``blocks``) and of slices of one source and leaf (``cells``) stand for their slices wherever all of
them are in one group; the result is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.index.opened import Index

COMPILED_FROM = 5_000  # articles
_TERMS_AT_ONCE = 100  # their postings in one segment are gathered together


def term_counts(index: Index, group: NDArray[np.int64], n_groups: int) -> NDArray[np.int64]:
    """(n_groups, n_analysed) uses of each analysed term in each group of slices.

    ``group``: (n_slices,) group of each slice, -1 for those left out.
    """
    n_terms = len(index.lexicon.analysed)
    counts = np.zeros(n_groups * n_terms, dtype=np.int64)
    if _is_compiled(index):
        return _sum_compiled(index, group, counts.reshape(n_groups, n_terms))
    for segment in index.segments:
        indptr = segment.arrays["row_indptr"]
        own = group[segment.first_slice : segment.first_slice + len(indptr) - 1]
        if not (own >= 0).any():
            continue
        of_cell = np.repeat(own, np.diff(indptr))
        terms, uses = segment.arrays["row_terms"], segment.arrays["row_counts"]
        if (own < 0).any():
            chosen = of_cell >= 0
            of_cell, terms, uses = of_cell[chosen], terms[chosen], uses[chosen]
        counts += np.bincount(of_cell * n_terms + terms, uses, len(counts)).astype(np.int64)
    return counts.reshape(n_groups, n_terms)


def _is_compiled(index: Index) -> bool:
    if index.n_articles < COMPILED_FROM:
        return False
    from dashboard.index.kernels import engine

    return engine() == "numba"


def _sum_compiled(
    index: Index, group: NDArray[np.int64], counts: NDArray[np.int64]
) -> NDArray[np.int64]:
    from dashboard.index.sum_kernels import add_blocks, add_rows, groups_of

    for segment in index.segments:
        arrays = segment.arrays
        own = group[segment.first_slice : segment.first_slice + len(arrays["row_indptr"]) - 1]
        rows = (arrays["row_indptr"], arrays["row_terms"], arrays["row_counts"])
        if "cell_order" not in arrays:
            add_rows(*rows, own, counts)
            continue
        # Of the two, the one of fewer sums: cells where topics are chosen, blocks where none are.
        usable = []
        for name, order in (
            ("cell", arrays["cell_order"]), ("block", np.arange(len(own), dtype=np.int32)),
        ):  # fmt: skip
            bounds, indptr = arrays[f"{name}_bounds"], arrays[f"{name}_indptr"]
            group_of = np.empty(len(bounds) - 1, dtype=np.int64)
            if groups_of(order, bounds, own, group_of):
                usable.append((int(np.diff(indptr)[group_of >= 0].sum()), name, group_of))
        if usable:
            _, name, group_of = min(usable, key=lambda each: each[:2])
            sums = (arrays[f"{name}_indptr"], arrays[f"{name}_terms"], arrays[f"{name}_counts"])
            add_rows(*sums, group_of, counts)
        else:
            blocks = (arrays["block_indptr"], arrays["block_terms"], arrays["block_counts"])
            add_blocks(*rows, arrays["block_bounds"], *blocks, own, counts)
    return counts


def article_counts(
    index: Index, terms: NDArray[np.int64], group: NDArray[np.int64], n_groups: int
) -> NDArray[np.int64]:
    """(n_terms, n_groups) articles of each group with each term.

    ``group``: (n_slices,) -1 for those left out; the slices of an article that are not left out
    are all in one group.
    """
    counts = np.zeros((len(terms), n_groups), dtype=np.int64)
    if not len(terms):
        return counts
    compiled = _is_compiled(index)
    group = group.astype(np.int32)  # looked up at random: the smaller the quicker
    for segment in index.segments:
        arrays = segment.arrays
        found, starts, ends = segment.posted(terms)
        article = arrays["slice_article"]
        own = group[segment.first_slice : segment.first_slice + len(article)]
        if compiled:
            from dashboard.index.sum_kernels import count_articles

            count_articles(found, starts, ends, arrays["posting_slices"], article, own, counts)
            continue
        for i, start, end in zip(found.tolist(), starts.tolist(), ends.tolist(), strict=True):
            slices = arrays["posting_slices"][start:end]
            slices = slices[own[slices] >= 0]
            first = np.diff(article[slices], prepend=-1) > 0  # slices ascend, and so do articles
            counts[i] += np.bincount(own[slices[first]], minlength=n_groups)
    return counts


@dataclass(frozen=True)
class MixSums:
    """What shares of topics and their variance are made of; an article has ``words`` of a topic,
    and a length over all topics.

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


def mix_sums(index: Index, group: NDArray[np.integer[Any]], n_groups: int) -> MixSums:
    """Sums by ``group`` (n_articles,) of the articles, -1 for those left out."""
    n_topics = len(index.topics)
    if _is_compiled(index):
        from dashboard.index.sum_kernels import add_mixes

        by_group = np.zeros((4, n_groups))
        by_cell = np.zeros((4, n_groups, n_topics))
        add_mixes(
            index.slice_article, index.slice_topic, index.slice_words, index.slice_passages,
            index.slice_squares, group.astype(np.int32), by_group, by_cell,
        )  # fmt: skip
        return MixSums(*by_group, *by_cell)
    chosen = (group >= 0)[index.slice_article]
    # Leaves of one topic stand together in an article, whatever the cut of the tree.
    key = index.slice_article[chosen].astype(np.int64) * n_topics + index.slice_topic[chosen]
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


def warm_up(index: Index) -> None:
    """Compile the sums of a large index and keep their code: no visitor shall wait for it."""
    if index.n_articles < COMPILED_FROM:
        return
    group = np.zeros(len(index.slice_article), dtype=np.int64)
    term_counts(index, group, 1)
    group[::3] = -1
    term_counts(index, group, 1)
    article_counts(index, index.lexicon.analysed[:1], group, 1)
    mix_sums(index, np.zeros(index.n_articles, dtype=np.int32), 1)
