"""Tests by dealing articles anew: how often chance alone, which gives each article to one side or
the other, would lean as far. The units are articles, never words. Arrays of any shape; where
articles are dealt within strata, the last axis is that of strata."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_SYMMETRIC = 1e-3  # less skew than this is none
MOST_ARTICLES_ASKED = 60  # a word in so many is never too rare to be found


@dataclass(frozen=True)
class Dealt:
    """A sum of scores of one side: how far it is from what dealing gives on average, and the
    second and third central moment of dealing."""

    off: Floats
    variance: Floats
    third: Floats


def dealt(
    own: Floats, n_own: NDArray[Any], n: NDArray[Any], sums: tuple[Floats, Floats, Floats]
) -> Dealt:
    """``own``: sum of the scores of the ``n_own`` articles of one side, of the ``n`` of both in
    each stratum; ``sums``: of all n scores, of their squares and cubes. Moments of a sum of a
    sample without replacement (Cochran 1977, ch. 2; the third: Sukhatme 1938), over all strata."""
    n_own, n = np.asarray(n_own, float), np.asarray(n, float)
    size = np.maximum(n, 1)
    first, second, third = sums
    mean = first / size
    squares = np.maximum(second - n * mean**2, 0.0)
    cubes = third - 3 * mean * second + 2 * n * mean**3
    by_two, by_three = factors(n_own, n)
    return Dealt(
        (own - n_own * mean).sum(axis=-1),
        (by_two * squares).sum(axis=-1),
        (by_three * cubes).sum(axis=-1),
    )


def factors(n_own: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Of each stratum what its sums of squares and of cubes, about their mean, are multiplied by:
    see :func:`dealt`."""
    n_rest = n - n_own
    by_two = n_own * n_rest / (np.maximum(n, 1) * np.maximum(n - 1, 1))
    by_three = by_two * (n_rest - n_own) / np.maximum(n - 2, 1)
    return by_two, np.where(n > 2, by_three, 0.0)


def chance(of: Dealt, log_ways: float) -> Floats:
    """Twice the probability that dealing leans as far to the one side, or farther (it may lean to
    either): the tail of the gamma distribution with the same three moments (Pearson type III;
    Mielke & Berry 2007). Never below one in the number of ways to deal, of which ``log_ways`` is
    the logarithm; 1 where nothing varies."""
    from scipy.special import gammaincc, ndtr

    varies = of.variance > 1e-12
    spread = np.sqrt(np.where(varies, of.variance, 1.0))
    z, skew = of.off / spread, of.third / spread**3
    bent = np.abs(skew) > _SYMMETRIC
    size = np.where(bent, np.abs(skew), 1.0)
    shape, place = 4 / size**2, np.where(skew > 0, z, -z)
    upper = gammaincc(shape, np.maximum((place + 2 / size) * 2 / size, 0.0))
    p = np.where(bent, np.where(skew > 0, upper, 1 - upper), ndtr(-z))
    least = math.exp(-log_ways) if log_ways < 700 else 0.0
    found: Floats = np.where(varies, np.minimum(2 * np.maximum(p, least), 1.0), 1.0)
    return found


def log_ways(n_own: NDArray[Any], n: NDArray[Any]) -> float:
    """Logarithm of the number of ways to deal ``n`` articles, ``n_own`` to the one side, in each
    stratum."""
    from scipy.special import gammaln

    a, b = np.asarray(n_own, float), np.asarray(n, float)
    return float(np.sum(gammaln(b + 1) - gammaln(a + 1) - gammaln(b - a + 1)))


def worth_testing(doc_freq: NDArray[np.int64], n_own: int, n: int, max_q: float) -> tuple[int, int]:
    """The least number of articles that a term must be in to be found at ``max_q``, if its articles
    were all of one side, and how many terms are in so many (Tarone 1990). That depends on the two
    sides together only, so terms that are in fewer need no test (Bourgon, Gentleman & Huber 2010).
    Where no term can be found: one article more than there are, and 0."""
    counts = np.bincount(np.minimum(doc_freq, MOST_ARTICLES_ASKED), minlength=2)
    at_least = counts[::-1].cumsum()[::-1]
    for least in range(1, min(len(at_least), n + 1)):
        inside = min(least, n_own)
        # All of n_own's articles have it, or all of those that have it are n_own's.
        log_p = (
            _log_choose(least, inside)
            + _log_choose(n - least, n_own - inside)
            - _log_choose(n, n_own)
        )
        n_tests = int(at_least[least])
        if n_tests and log_p <= math.log(max_q / n_tests / 2):
            return least, n_tests
    # Of a side that has most articles a word must be in many to be found.
    most = MOST_ARTICLES_ASKED
    return (most, int(at_least[most])) if len(at_least) > most and most <= n else (n + 1, 0)


def _log_choose(top: int, bottom: int) -> float:
    if not 0 <= bottom <= top:
        return -math.inf
    return math.lgamma(top + 1) - math.lgamma(bottom + 1) - math.lgamma(top - bottom + 1)
