"""Average link on sparse pairs, all mutual nearest neighbours at once.

Average link is reducible: merging every pair of clusters that are each other's nearest gives what
merging one after the other gives (Murtagh 1983, doi 10.1093/comjnl/26.4.354), in few rounds of
array arithmetic. A pair that is not there counts as 0.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import run_starts

_NEVER = 1 << 40
_COPIES = 0.95


class Clusters:
    """Clusters of ``n`` articles. ``keys``: a number of each that breaks ties whatever the order of
    articles; ``days``: that of each, NaT undated, and ``furthest``: clusters with more days between
    them never merge, though an undated article is like both, but for copies of one text."""

    def __init__(
        self,
        keys: NDArray[np.int64],
        labels: NDArray[np.int64] | None = None,
        days: NDArray[np.datetime64] | None = None,
        furthest: int = 0,
    ) -> None:
        n = len(keys)
        self._furthest = furthest
        undated = np.ones(n, bool) if days is None else np.isnat(days)
        number = np.zeros(n, np.int64) if days is None else days.astype(np.int64)
        self._first = np.where(undated, _NEVER, number)
        self._last = np.where(undated, -_NEVER, number)
        #: (n,) an article of its cluster for each article: the one that stands for it.
        self.labels = np.arange(n) if labels is None else labels.copy()
        self._order = np.empty(n, np.int64)
        self._order[np.argsort(keys, kind="stable")] = np.arange(n)
        self._sizes = np.bincount(self.labels, minlength=n)
        self._spread(np.arange(n), self.labels)

    def _spread(self, gone: NDArray[np.int64], keep: NDArray[np.int64]) -> None:
        """The days of what is merged."""
        np.minimum.at(self._first, keep, self._first[gone])
        np.maximum.at(self._last, keep, self._last[gone])

    def link(
        self,
        a: NDArray[np.int64],
        b: NDArray[np.int64],
        likelihood: NDArray[np.floating],
        least: float,
        settled: NDArray[np.bool_] | None = None,
    ) -> None:
        """Merge clusters while two have at least ``least`` on average. ``settled``: (n,) articles
        whose clusters are never merged with each other."""
        n = len(self.labels)
        fixed = np.zeros(n, bool)
        if settled is not None:
            fixed[self.labels[settled]] = True
        a, b, total = _joined(self.labels[a], self.labels[b], likelihood.astype(float), n)
        while len(a):
            average = total / (self._sizes[a] * self._sizes[b])
            first, last = self._first, self._last
            apart = np.maximum(first[a], first[b]) - np.minimum(last[a], last[b])
            dated = (first[a] < _NEVER) & (first[b] < _NEVER)
            far = dated & (apart > self._furthest) & (average < _COPIES)
            good = np.flatnonzero((average >= least) & ~(fixed[a] & fixed[b]) & ~far)
            if not len(good):
                return
            ends = np.sort(np.stack([self._order[a[good]], self._order[b[good]]]), axis=0)
            ranked = good[np.lexsort((ends[1], ends[0], -average[good]))]
            rank = np.arange(len(ranked))
            best = np.full(n, len(a))
            np.minimum.at(best, a[ranked], rank)
            np.minimum.at(best, b[ranked], rank)
            mutual = ranked[(best[a[ranked]] == rank) & (best[b[ranked]] == rank)]
            keep, gone = a[mutual], b[mutual]
            swap = fixed[gone] | (~fixed[keep] & (self._order[gone] < self._order[keep]))
            keep, gone = np.where(swap, gone, keep), np.where(swap, keep, gone)
            to = np.arange(n)
            to[gone] = keep
            self._sizes[keep] += self._sizes[gone]
            self._spread(gone, keep)
            self.labels = to[self.labels]
            a, b, total = _joined(to[a], to[b], total, n)


def part_pairs(
    labels: NDArray[np.int64],
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    likelihood: NDArray[np.floating],
    least: float,
    settled: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Labels in which two articles alone, that are not ``settled``, belong together only where
    their likelihood is ``least`` or more: one pair is one witness, larger groups have several."""
    weak = (labels[a] == labels[b]) & (np.bincount(labels)[labels[a]] == 2) & (likelihood < least)
    found = labels.copy()
    for x, y in zip(a[weak], b[weak], strict=True):
        if not (settled[x] and settled[y]):
            found[x], found[y] = x, y
    return found


def _joined(
    a: NDArray[np.int64], b: NDArray[np.int64], total: NDArray[np.float64], n: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Each pair of different clusters once, with the sum over its articles."""
    key = np.minimum(a, b) * n + np.maximum(a, b)
    apart = a != b
    order = np.argsort(key[apart], kind="stable")
    key, total = key[apart][order], total[apart][order]
    starts = run_starts(key)
    if not len(starts):
        none = np.zeros(0, np.int64)
        return none, none, np.zeros(0)
    a, b = np.divmod(key[starts], n)
    return a, b, np.add.reduceat(total, starts)
