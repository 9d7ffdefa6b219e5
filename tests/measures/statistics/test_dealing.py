"""Dealing articles anew, against every way to deal a few."""

from __future__ import annotations

import math
from itertools import combinations, product

import numpy as np
import pytest

from dashboard.measures.statistics.dealing import chance, dealt, log_ways, worth_testing


def sums_of(strata: list[list[float]], sizes: list[int]) -> list[float]:
    """The sum of one side in every way to deal ``sizes`` of the scores of each stratum."""
    ways = [
        [sum(scores[i] for i in own) for own in combinations(range(len(scores)), n)]
        for scores, n in zip(strata, sizes, strict=True)
    ]
    return [sum(each) for each in product(*ways)]


def powers(strata: list[list[float]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    one, two, three = ([sum(x**k for x in s) for s in strata] for k in (1, 2, 3))
    return np.asarray(one), np.asarray(two), np.asarray(three)


@pytest.mark.parametrize(
    ("strata", "sizes"),
    [
        ([[0, 0, 1.1, 0.7, 0, 2.2, 0, 0.7]], [3]),
        ([[0, 1.0, 0.3], [0.2, 0.9, 0, 0, 1.4]], [1, 3]),
        ([[2.0, 0.1], [0.5], [1, 0, 0, 3.0]], [1, 1, 1]),
    ],
)
def test_moments_are_those_of_all_deals(strata: list[list[float]], sizes: list[int]) -> None:
    every = np.asarray(sums_of(strata, sizes))
    own = np.asarray([sum(scores[:n]) for scores, n in zip(strata, sizes, strict=True)])
    n = np.asarray([len(scores) for scores in strata])
    found = dealt(own, np.asarray(sizes), n, powers(strata))
    assert found.off == pytest.approx(own.sum() - every.mean(), abs=1e-9)
    assert found.variance == pytest.approx(every.var(), abs=1e-9)
    assert found.third == pytest.approx(((every - every.mean()) ** 3).mean(), abs=1e-9)
    assert log_ways(np.asarray(sizes), n) == pytest.approx(math.log(len(every)))


def test_chance_is_near_that_of_all_deals() -> None:
    random = np.random.default_rng(3)
    scores = np.round(np.log1p(random.poisson(random.gamma(0.4, 2.0, 16))), 3).tolist()
    every = np.asarray(sums_of([scores], [5]))
    n_own, n = np.asarray([5]), np.asarray([16])
    checked = 0
    for own in np.quantile(every, [0.98, 0.995, 0.999]):
        exact = float((every > own + 1e-9).mean() + (every >= own - 1e-9).mean()) / 2
        moved = dealt(np.asarray([own]), n_own, n, powers([scores]))
        found = float(chance(moved, log_ways(n_own, n)))
        assert exact / 2 < found / 2 < exact * 2
        checked += 1
    assert checked == 3


def test_chance_is_never_less_than_one_way_in_all() -> None:
    scores = [[5.0, 0, 0, 0, 0]]
    moved = dealt(np.asarray([5.0]), np.asarray([1]), np.asarray([5]), powers(scores))
    assert chance(moved, log_ways(np.asarray([1]), np.asarray([5]))) >= 0.4 * (1 - 1e-12)
    still = dealt(np.asarray([2.0]), np.asarray([1]), np.asarray([3]), powers([[2.0, 2.0, 2.0]]))
    assert chance(still, 0.0) == 1.0


def test_what_could_never_be_found_is_not_tested() -> None:
    doc_freq = np.asarray([1] * 50 + [2] * 30 + [5] * 20 + [9, 12])
    least, n_tests = worth_testing(doc_freq, 10, 20, 0.05)
    passing = [
        d
        for d in range(1, 13)
        if math.comb(20 - d, max(10 - d, 0)) / math.comb(20, 10) * max((doc_freq >= d).sum(), 1)
        <= 0.025
        and d <= 10
    ]
    assert (least, n_tests) == (passing[0], (doc_freq >= passing[0]).sum())
    assert worth_testing(np.minimum(doc_freq, 3), 1, 3, 0.05) == (4, 0)
