"""The words of all articles as matrices, weighed by how rare they are in the corpus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import count_each, runs
from dashboard.index.stories.words import WordRows

_POWER = 0.8  # of the inverse document frequency
#: Words kept of an article: the strongest. Of many articles fewer, so that a million fit in memory.
MOST_WORDS, MOST_WORDS_OF_MANY, MANY = 160, 64, 60_000
_BUDGET = 20_000  # products an article, in looking for those like it; beyond, by rarer words only
_CHUNK = 4_000_000  # cells looked at together


def weigh(parts: Sequence[WordRows]) -> tuple[Any, Any]:
    """Two CSR matrices of all articles: rows of length one, weights times inverse document
    frequency; and of these words the names and numbers, with the same product as it is."""
    from scipy.sparse import csr_matrix

    n = sum(len(part.indptr) - 1 for part in parts)
    most = MOST_WORDS if n <= MANY else MOST_WORDS_OF_MANY
    stems, frequency = _stems(parts)
    idf = np.log((n + 1) / (frequency + 0.5)).clip(0)
    lengths = [np.zeros(0, np.int64), *(np.diff(part.indptr) for part in parts)]
    indptr = np.concatenate([[0], np.cumsum(np.minimum(np.concatenate(lengths), most))])
    # Filled part by part: of a million articles a second copy is half a gigabyte.
    features, data = np.empty(indptr[-1], np.int32), np.empty(indptr[-1], np.float32)
    named_lengths = [np.zeros(1, np.int64)]
    named: list[tuple[NDArray[np.int32], NDArray[np.float32]]] = []
    end = 0
    for part in parts:
        at = np.searchsorted(stems, part.feature).astype(np.int32)
        value = (part.weight * idf[at] ** _POWER).astype(np.float32)
        n_here = len(part.indptr) - 1
        row = np.repeat(np.arange(n_here), np.diff(part.indptr))
        kept = _strongest(row, part.indptr, value, most)
        row, value, at = row[kept], value[kept], at[kept]
        length = np.sqrt(np.bincount(row, value.astype(float) ** 2, n_here))
        start, end = end, end + len(kept)
        features[start:end] = at
        data[start:end] = value / np.maximum(length, 1e-9)[row]
        key = (part.weight[kept] * idf[at] * part.is_key[kept]).astype(np.float32)
        is_named = np.flatnonzero(key)
        named.append((at[is_named], key[is_named]))
        named_lengths.append(np.bincount(row[is_named], minlength=n_here))
    shape = n, len(stems)
    none = np.zeros(0, np.int32), np.zeros(0, np.float32)
    cols, keys = (np.concatenate(side) for side in zip(none, *named, strict=True))
    named_indptr = np.cumsum(np.concatenate(named_lengths))
    return (
        csr_matrix((data, features, indptr), shape=shape),
        csr_matrix((keys, cols, named_indptr), shape=shape),
    )


def _stems(parts: Sequence[WordRows]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The features that there are, ascending, and how many articles have each."""
    counted = [np.unique(part.feature, return_counts=True) for part in parts]
    stems = np.unique(np.concatenate([np.zeros(0, np.int32), *(own for own, _ in counted)]))
    frequency = np.zeros(len(stems), np.int64)
    for own, counts in counted:
        frequency[np.searchsorted(stems, own)] += counts
    return stems, frequency


def _strongest(
    row: NDArray[np.int64], indptr: NDArray[np.int64], value: NDArray[np.float32], most: int
) -> NDArray[np.int64]:
    """Ascending places of the ``most`` strongest values of each row."""
    # The whole part is the row, the rest how weak; features ascend, and ties keep their order.
    order = np.argsort(row + 0.9 * (1 - value / value.max(initial=1e-9)), kind="stable")
    rank = np.arange(len(order)) - indptr[row]  # rows keep their places in the order
    return np.sort(order[rank < most])


def within_budget(left: Any, right: Any) -> tuple[Any, Any, NDArray[np.int64], bool]:
    """What is multiplied to find which rows of ``left`` and ``right`` are alike: their cells of the
    words that both have, ``right`` turned over, without the words that are in most of ``right``
    where the products are too many. Then where the products of each row begin, and the end; and
    whether all words are there."""
    words, mine = np.unique(left.indices, return_inverse=True)
    frequency = count_each(right.indices, left.shape[1])[words]
    cost = np.bincount(mine, minlength=len(words)) * frequency
    kept = np.ones(len(words), bool)
    most = _BUDGET * left.shape[0]
    if cost.sum() > most:
        order = np.argsort(frequency, kind="stable")
        kept[order] = np.cumsum(cost[order]) <= most
    # Words of the matrix that aren't looked at are -1.
    place = np.full(left.shape[1], -1, np.int32)
    place[words[kept]] = np.arange(kept.sum())
    per_cell = np.concatenate([[0], np.cumsum(np.where(kept, frequency, 0)[mine])])
    n = int(kept.sum())
    by_word = _only(right, place, n).T.tocsr()
    return _only(left, place, n), by_word, per_cell[left.indptr], bool(kept.all())


def _only(matrix: Any, place: NDArray[np.int32], n: int) -> Any:
    """The rows with the ``n`` columns that have a ``place``."""
    from scipy.sparse import csr_matrix

    cols, data = [np.zeros(0, np.int32)], [np.zeros(0, np.float32)]
    lengths = [np.zeros(1, np.int64)]
    for first, last in runs(matrix.indptr, _CHUNK):
        own = slice(matrix.indptr[first], matrix.indptr[last])
        to = place[matrix.indices[own]]
        there = np.flatnonzero(to >= 0)
        cols.append(to[there])
        data.append(matrix.data[own][there])
        bounds = matrix.indptr[first : last + 1] - matrix.indptr[first]
        lengths.append(np.diff(np.searchsorted(there, bounds)))
    indptr = np.cumsum(np.concatenate(lengths))
    shape = matrix.shape[0], n
    return csr_matrix((np.concatenate(data), np.concatenate(cols), indptr), shape=shape)
