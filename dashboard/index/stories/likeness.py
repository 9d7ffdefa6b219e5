"""How likely two articles tell of one event: their words, against what others have in common.

The cosine of two articles says little by itself: articles about one long affair are all alike. So
it is compared with the upper tail of the article's cosines to the others, which falls off about
exponentially: from it follows how many articles as like as this one would be expected by chance
among those that are as near in time. A pair's score is minus the logarithm of that number, less a
penalty for days between. ``centre`` says which score is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import run_starts, runs
from dashboard.index.stories.weights import within_budget

_REFERENCES = 2_000  # articles that all are compared with, to know what is usual
_TAIL, _LEAST_TAIL, _OWN = 0.02, 20, 3  # share of the tail; its least size; its own story, left out
_SPREAD, _PRIOR = 0.03, 10  # of the tail where little is known, and for how many articles it counts
# Level, share and spread of a typical tail, which corpora of so few articles lean on.
_LEVEL, _SHARE, _TYPICAL, _FEW = 0.063, 0.1, 0.027, 20
_DAYS = 1.0  # days between articles for a factor e, beyond the first
FURTHEST = 14  # days between articles that are compared
_BY_TEXT = 5.0  # less for pairs without both dates, where most articles have one
_EASY = 0.1  # of the articles that need less than others to be like one
_PARTLY = 0.4  # of the cosine needed, where only rare words are counted
_BELOW = 0.6  # of the level: less like articles are not looked at
_LEAST = 0.0  # scores below, on one day, are nothing
_MOST_LIKE = 40  # found by rarer words, for each article
_CELLS, _ROWS = 4_000_000, 1_024  # of a block
_JUDGED = 250_000  # products that are judged together


@dataclass(frozen=True)
class Tails:
    """(n,) of each article: the cosine that the upper tail begins at, how fast it falls, and which
    share of the articles is in it."""

    level: NDArray[np.float32]
    spread: NDArray[np.float32]
    share: NDArray[np.float32]


class Pairs(NamedTuple):
    """Pairs of articles, ``a`` before ``b``, the score of each, and what it would be on one day."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    score: NDArray[np.float32]
    on_one_day: NDArray[np.float32]


def tails(matrix: Any, keys: NDArray[np.int64], rows: NDArray[np.int64]) -> Tails:
    """Those of the articles ``rows``, against the others. ``keys``: a number of each article that
    says nothing about it; the least ones are the references."""
    references = np.sort(np.argsort(keys, kind="stable")[:_REFERENCES])
    m = len(references)
    k = min(max(_LEAST_TAIL, int(_TAIL * m)), m - 1)
    level, spread = np.full(len(rows), _LEVEL), np.full(len(rows), _TYPICAL)
    if k < 1:
        return _as_tails(level, spread, np.full(len(rows), _SHARE))
    across = matrix[references].T.tocsr()
    own = min(_OWN, k - 1)
    size = max(16, _CELLS // m)
    for start in range(0, len(rows), size):
        block = rows[start : start + size]
        cosines = (matrix[block] @ across).toarray()
        at = np.searchsorted(references, block)
        is_reference = references[np.minimum(at, m - 1)] == block
        cosines[np.flatnonzero(is_reference), at[is_reference]] = -1  # itself
        top = -np.sort(np.partition(-cosines, k - 1, axis=1)[:, :k], axis=1)
        beyond = top[:, own:].mean(axis=1) - top[:, -1]
        level[start : start + size] = top[:, -1]
        spread[start : start + size] = (beyond * (k - own) + _SPREAD * _PRIOR) / (k - own + _PRIOR)
    known = m / (m + _FEW)
    return _as_tails(
        known * level.clip(0) + (1 - known) * _LEVEL,
        1 / (known / spread + (1 - known) / _TYPICAL),
        np.full(len(rows), np.exp(known * np.log(k / m) + (1 - known) * np.log(_SHARE))),
    )


def _as_tails(*arrays: NDArray[np.floating]) -> Tails:
    return Tails(*(array.astype(np.float32) for array in arrays))


class Likeness:
    """Judges pairs by words and days (NaT: undated)."""

    def __init__(self, matrix: Any, found: Tails, days: NDArray[np.datetime64]) -> None:
        self._matrix, self._tails = matrix, found
        self.is_dated = ~np.isnat(days)
        self.days = np.where(self.is_dated, days, days.dtype.type("1970-01-01")).astype(np.int64)
        self._sorted = np.sort(self.days[self.is_dated])
        own, self._day_of = np.unique(self.days, return_inverse=True)
        #: Articles at most 1, 2, … ``FURTHEST`` days from each day that there is.
        self._within = np.stack([
            np.searchsorted(self._sorted, own + apart, "right")
            - np.searchsorted(self._sorted, own - apart, "left")
            for apart in range(1, FURTHEST + 1)
        ])  # fmt: skip
        near = np.where(self.is_dated, self._within[0, self._day_of], len(days)) - 1
        #: (n,) the cosine that gives an article a score of 0 on one day.
        self._needed = found.level + found.spread * (
            np.log(found.share) + np.log(np.maximum(near, 1))
        )
        self._doubt = _BY_TEXT if 2 * len(self._sorted) >= len(days) else 0.0

    def days_between(
        self, a: NDArray[np.int64], b: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Of each pair, whether both have a date, and days between where they do."""
        return self.is_dated[a] & self.is_dated[b], np.abs(self.days[a] - self.days[b])

    def n_pairs(self, least: int, most: int) -> int:
        """Pairs of dated articles so many days apart."""
        days = self._sorted
        ends = np.searchsorted(days, days + most, "right")
        starts = np.searchsorted(days, days + least)
        pairs = int((ends - starts).sum())
        # Those of the same day are met from both sides, and each article meets itself.
        _, same = np.unique(days, return_counts=True)
        return pairs - (int((same * (same + 1) // 2).sum()) if least == 0 else 0)

    def judge(
        self, a: NDArray[np.int64], b: NDArray[np.int64], cosine: NDArray[np.floating]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The score of each pair, and what it would be if both were of one day."""
        dated, apart = self.days_between(a, b)
        by_text = ~dated
        near = np.minimum(apart, 1)
        scores = [
            (self._surprise(a, days, by_text, cosine) + self._surprise(b, days, by_text, cosine))
            / 2
            for days in (apart, near)
        ]
        scores[0] -= np.where(by_text, self._doubt, np.maximum(apart - 1, 0) / _DAYS)
        return scores[0].astype(np.float32), scores[1].astype(np.float32)

    def _surprise(
        self,
        x: NDArray[np.int64],
        apart: NDArray[np.int64],
        by_text: NDArray[np.bool_],
        cosine: NDArray[np.floating],
    ) -> NDArray[np.float64]:
        competing = self._within[apart.clip(1, FURTHEST) - 1, self._day_of[x]]
        competing = np.where(by_text, self._matrix.shape[0], competing) - 1
        tail = self._tails
        above = (cosine - tail.level[x]) / tail.spread[x]
        return np.asarray(above - np.log(tail.share[x]) - np.log(np.maximum(competing, 1)))

    def pairs(self, rows: NDArray[np.int64]) -> Pairs:
        """The pairs that ``rows`` (ascending) are in and that are worth looking at, each once:
        dated articles with those of the days around, undated ones with all."""
        found = [*self._dated_pairs(rows), *self._undated_pairs(rows)]
        if not found:
            none, nothing = np.zeros(0, np.int64), np.zeros(0, np.float32)
            return Pairs(none, none, nothing, nothing)
        a, b, *scores = (np.concatenate(parts) for parts in zip(*found, strict=True))
        a, b = np.minimum(a, b), np.maximum(a, b)
        _, first = np.unique(a * self._matrix.shape[0] + b, return_index=True)
        return Pairs(a[first], b[first], *(score[first] for score in scores))

    def _dated_pairs(self, rows: NDArray[np.int64]) -> Iterator[Pairs]:
        dated = np.flatnonzero(self.is_dated)
        dated = dated[np.argsort(self.days[dated], kind="stable")]
        todo = rows[self.is_dated[rows]]
        todo = todo[np.argsort(self.days[todo], kind="stable")]
        days = self.days[dated]
        start = 0
        while start < len(todo):
            first = int(self.days[todo[start]])
            low = int(np.searchsorted(days, first - FURTHEST))
            # As many as fit, of the days that follow.
            size = _ROWS
            while True:
                block = todo[start : start + size]
                high = int(np.searchsorted(days, self.days[block[-1]] + FURTHEST, "right"))
                if size <= 16 or len(block) * (high - low) <= _CELLS:
                    break
                size //= 2
            yield from self._like(block, dated[low:high])
            start += len(block)

    def _undated_pairs(self, rows: NDArray[np.int64]) -> Iterator[Pairs]:
        n = self._matrix.shape[0]
        is_undated = ~self.is_dated[rows]
        if is_undated.any():
            yield from self._like(rows[is_undated], None)
        others, undated = rows[~is_undated], np.flatnonzero(~self.is_dated)
        if len(rows) < n and len(others) and len(undated):  # else met from the undated side
            yield from self._like(others, undated)

    def _like(self, rows: NDArray[np.int64], cols: NDArray[np.int64] | None) -> Iterator[Pairs]:
        """The pairs worth looking at of ``rows`` with ``cols``, ``None``: with all. What is held of
        ``cols``, word by word, is made once, however many rows there are."""
        right = self._matrix if cols is None else self._matrix[cols]
        if cols is None:
            cols = np.arange(right.shape[0])
        left, by_word, bounds, all_words = within_budget(self._matrix[rows], right)
        # Most products are of articles that are not like at all: they are left out first.
        least = np.minimum(self._needed[rows], np.quantile(self._needed[cols], _EASY))
        least = (least * (1 if all_words else _PARTLY)).astype(np.float32)
        for first, last in runs(bounds, _CELLS):
            product = left[first:last] @ by_word
            for part in runs(product.indptr, _JUDGED):
                block = slice(first, last)
                yield self._judged(product, rows[block], cols, least[block], all_words, part)

    def _judged(
        self,
        product: Any,
        rows: NDArray[np.int64],
        cols: NDArray[np.int64],
        least: NDArray[np.float32],
        all_words: bool,
        part: tuple[int, int],
    ) -> Pairs:
        """The pairs worth looking at in some rows, ``part``, of the ``product`` of ``rows`` and
        ``cols``. A few rows at a time: each product becomes a pair of 100 bytes."""
        first, last = part
        lengths = np.diff(product.indptr[first : last + 1])
        own = slice(product.indptr[first], product.indptr[last])
        like = np.flatnonzero(product.data[own] >= np.repeat(least[first:last], lengths))
        at = np.repeat(np.arange(first, last, dtype=np.int32), lengths)[like]
        cosine, to = product.data[own][like], product.indices[own][like]
        a, b = rows[at], cols[to]
        dated, apart = self.days_between(a, b)
        comparable = (apart <= FURTHEST) | ~dated
        kept = (a != b) & comparable
        a, b, cosine, at = a[kept], b[kept], cosine[kept], at[kept]
        if not all_words:
            chosen = _most_like(at, cosine)
            a, b = a[chosen], b[chosen]
            cosine = _cosines(self._matrix, a, b)
        level = self._tails.level
        likely = cosine > _BELOW * np.minimum(level[a], level[b])
        a, b = a[likely], b[likely]
        score, on_one_day = self.judge(a, b, cosine[likely])
        good = on_one_day >= _LEAST
        return Pairs(a[good], b[good], score[good], on_one_day[good])


def _most_like(rows: NDArray[np.int32], cosine: NDArray[np.floating]) -> NDArray[np.int64]:
    """Places of the ``_MOST_LIKE`` greatest of each row; ``rows`` ascend."""
    bounds = [*run_starts(rows).tolist(), len(rows)]
    chosen = [np.zeros(0, np.int64)]
    for start, end in pairwise(bounds):
        part = np.arange(start, end)
        if len(part) > _MOST_LIKE:
            part = part[np.argpartition(-cosine[start:end], _MOST_LIKE)[:_MOST_LIKE]]
        chosen.append(part)
    return np.concatenate(chosen)


def _cosines(matrix: Any, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.float32]:
    """Of each pair, a block at a time."""
    found = [np.zeros(0, np.float32)]
    for start in range(0, len(a), 50_000):
        part = slice(start, start + 50_000)
        product = matrix[a[part]].multiply(matrix[b[part]])
        found.append(np.asarray(product.sum(axis=1), np.float32).ravel())
    return np.concatenate(found)
