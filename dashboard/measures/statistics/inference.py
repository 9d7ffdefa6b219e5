"""Intervals and tests: how far a share, a count or a difference can be trusted. All take arrays of
one shape (or numbers) and answer for each element."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

PRIOR_WORDS = 500  # weight of the prior, in words of the pooled text (Monroe et al. 2008)
Ints = NDArray[np.int64]
_BLOCK = 16  # terms of a sum that are made at once
_NEGLIGIBLE = 1e-17  # of a sum: its last bit is 1e-16


def wilson_interval(
    share: ArrayLike, n: ArrayLike, z: float = 1.959964
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """95 % score interval of a share (Wilson 1927); (0, 1) for n = 0."""
    p, n = np.broadcast_arrays(np.asarray(share, float), np.asarray(n, float))
    known = n > 0
    n = np.where(known, n, 1.0)
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # The bounds hold the share itself, also where rounding would put 0 outside by 1e-17.
    low = np.minimum(p, np.maximum(0.0, centre - half))
    high = np.maximum(p, np.minimum(1.0, centre + half))
    return np.where(known, low, 0.0), np.where(known, high, 1.0)


def effective_number(
    n: ArrayLike, share: ArrayLike, total: ArrayLike, spread: ArrayLike, squares: ArrayLike
) -> NDArray[np.float64]:
    """The number of independent units that would make a share as sure as ``n`` units of many words
    each do, for :func:`wilson_interval`: words of one article are not independent.

    ``total`` and ``squares``: sums over the units of their words, and of these squared, above 0;
    ``share``: the part of ``total`` that is counted; ``spread``: the sum over the units of
    (counted - share x words) squared. By the linearised variance of a ratio (Cochran 1977, ch. 6),
    or, where every unit has the same share, by Kish's (sum w)^2 / sum w^2 of their words w.
    """
    share, total, n = np.asarray(share, float), np.asarray(total, float), np.asarray(n, float)
    variance = n / np.maximum(n - 1, 1) * np.asarray(spread, float) / total**2
    varies = variance > 1e-12
    found: NDArray[np.float64] = np.where(
        varies,
        share * (1 - share) / np.where(varies, variance, 1.0),
        total**2 / np.asarray(squares, float),
    )
    return found


def log_odds(
    y_own: NDArray[Any], y_rest: NDArray[Any], n_own: float, n_rest: float
) -> NDArray[np.float64]:
    """Log-odds ratio of terms with counts ``y_own`` of ``n_own`` words against ``y_rest`` of
    ``n_rest``; the prior is ``PRIOR_WORDS`` of the pooled text. Every term occurs somewhere."""
    prior = PRIOR_WORDS * (y_own + y_rest) / (n_own + n_rest)
    own, rest = y_own + prior, y_rest + prior
    found: NDArray[np.float64] = np.log(own / (n_own + PRIOR_WORDS - own)) - np.log(
        rest / (n_rest + PRIOR_WORDS - rest)
    )
    return found


def fisher_exact(
    k: ArrayLike, n: ArrayLike, n_with: ArrayLike, n_all: ArrayLike
) -> NDArray[np.float64]:
    """Probability that ``k`` or more of ``n`` articles have a term when ``n_with`` of ``n_all`` do
    and articles are dealt at random: one-sided exact test (Fisher 1935)."""
    ints = (np.asarray(each, dtype=np.int64) for each in (k, n, n_with, n_all))
    return _tails(*(each.ravel() for each in np.broadcast_arrays(*ints)))


def mcnemar(n_first: ArrayLike, n_second: ArrayLike) -> NDArray[np.float64]:
    """Probability that the numbers of articles with each of two terms differ by so much where both
    are as often used: McNemar's test (1947) with the correction of Edwards (1948). Articles that
    have both count on either side, which makes it cautious."""
    first, second = np.broadcast_arrays(np.asarray(n_first, float), np.asarray(n_second, float))
    apart = np.maximum(np.abs(first - second) - 1, 0) / np.sqrt(2 * np.maximum(first + second, 1))
    return np.asarray([math.erfc(each) for each in apart.ravel().tolist()]).reshape(apart.shape)


def _tails(k: Ints, n: Ints, n_with: Ints, n_all: Ints) -> NDArray[np.float64]:
    k = np.maximum(k, np.maximum(n + n_with - n_all, 0))
    # Terms fall on both sides of the mode, and so are summed away from it: upwards, and what lies
    # below it as articles without the term.
    mode = np.maximum(k, (n + 1) * (n_with + 1) // (n_all + 2))
    tail = _falling_sum(mode, np.minimum(n, n_with), n, n_with, n_all)
    below = np.flatnonzero(k < mode)
    if len(below):
        k, mode, n, n_with, n_all = (each[below] for each in (k, mode, n, n_with, n_all))
        tail[below] += _falling_sum(n - mode + 1, n - k, n, n_all - n_with, n_all)
    return np.minimum(1.0, tail)


def _falling_sum(
    first: Ints, last: Ints, n: Ints, n_with: Ints, n_all: Ints
) -> NDArray[np.float64]:
    """Hypergeometric probabilities of ``first`` to ``last``, ``first`` not below the mode, each
    from the one before; terms too small to change the sum are left out."""
    sums = np.zeros(len(first))
    at = np.flatnonzero(first <= last)
    i, last, n, n_with, n_all = (each[at] for each in (first, last, n, n_with, n_all))
    term = np.exp(
        _log_choose(n_with, i) + _log_choose(n_all - n_with, n - i) - _log_choose(n_all, n)
    )
    sums[at] = term
    while len(at):
        steps = i[:, None] + np.arange(_BLOCK)
        top = (n_with[:, None] - steps) * (n[:, None] - steps)
        under = (steps + 1) * ((n_all - n_with - n)[:, None] + steps + 1)
        ratio = np.where(steps < last[:, None], top / under, 0.0)
        terms = term[:, None] * np.cumprod(ratio, axis=1)
        sums[at] += terms.sum(axis=1)
        term, i = terms[:, -1], i + _BLOCK
        kept = (i < last) & (term > _NEGLIGIBLE * sums[at])
        at, i, term, last, n, n_with, n_all = (
            each[kept] for each in (at, i, term, last, n, n_with, n_all)
        )
    return sums


def _log_choose(top: Ints, bottom: Ints) -> NDArray[np.float64]:
    whole, one, other = (_log_factorials(each) for each in (top, bottom, top - bottom))
    logs: NDArray[np.float64] = whole - one - other
    return logs


def _log_factorials(numbers: Ints) -> NDArray[np.float64]:
    different, at = np.unique(numbers, return_inverse=True)
    return np.asarray([math.lgamma(n) for n in (different + 1).tolist()])[at]


def normal_p(z: ArrayLike) -> NDArray[np.float64]:
    """Two-sided p of standard normal ``z``: erfc(|z| / √2)."""
    flat = np.abs(np.asarray(z, dtype=np.float64)).ravel() / math.sqrt(2)
    return np.asarray([math.erfc(each) for each in flat.tolist()]).reshape(np.shape(z))


def benjamini_hochberg(p: NDArray[np.float64], n_tests: int) -> NDArray[np.float64]:
    """Adjusted p; of ``n_tests`` those not in ``p`` count as no evidence at all."""
    order = np.argsort(p, kind="stable")
    ranked = p[order] * n_tests / np.arange(1, len(p) + 1)
    q = np.empty_like(p)
    q[order] = np.minimum(1.0, np.minimum.accumulate(ranked[::-1])[::-1])
    return q


def poisson_interval(count: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Exact 95 % interval of the expected number behind a Poisson count (Garwood 1936); from 0 for
    a count of 0. By bisection on the cumulative distribution, to ten digits."""
    k = np.asarray(count, dtype=np.int64)
    values, back = np.unique(k, return_inverse=True)
    ends = [_poisson_ends(int(value)) for value in values]
    found = np.asarray(ends, dtype=np.float64).reshape(-1, 2)[back].reshape((*k.shape, 2))
    return found[..., 0], found[..., 1]


def _poisson_ends(k: int) -> tuple[float, float]:
    low = 0.0 if not k else _bisected(lambda mean: _poisson_below(k - 1, mean), 0.975, k)
    return low, _bisected(lambda mean: _poisson_below(k, mean), 0.025, k)


def _bisected(falling: Callable[[float], float], level: float, k: int) -> float:
    a, b = 0.0, k + 6 * math.sqrt(k + 4) + 6
    for _ in range(60):
        middle = (a + b) / 2
        if falling(middle) > level:
            a = middle
        else:
            b = middle
    return b


def _poisson_below(k: int, mean: float) -> float:
    """The chance of at most ``k`` where ``mean`` are expected."""
    if not mean:
        return 1.0
    logs = np.arange(k + 1) * math.log(mean) - mean - _log_factorials(np.arange(k + 1))
    return float(np.exp(logs).sum())
