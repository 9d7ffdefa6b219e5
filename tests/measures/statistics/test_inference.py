"""Intervals and tests, against sums of whole numbers."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.measures.statistics.inference import (
    effective_number,
    fisher_exact,
    log_odds,
    mcnemar,
    wilson_interval,
)


def tail_by_counting(k: int, n: int, n_with: int, n_all: int) -> Fraction:
    ways = sum(
        math.comb(n_with, i) * math.comb(n_all - n_with, n - i)
        for i in range(max(k, 0), min(n, n_with) + 1)
    )
    return Fraction(ways, math.comb(n_all, n))


@st.composite
def deals(draw: st.DrawFn) -> tuple[int, int, int, int]:
    n_all = draw(st.integers(1, 400))
    n, n_with = draw(st.integers(0, n_all)), draw(st.integers(0, n_all))
    return draw(st.integers(0, min(n, n_with))), n, n_with, n_all


@given(st.lists(deals(), min_size=1, max_size=8))
def test_fisher_exact_is_the_sum_of_its_terms(cases: list[tuple[int, int, int, int]]) -> None:
    found = fisher_exact(*np.asarray(cases).T)
    for p, case in zip(found.tolist(), cases, strict=True):
        assert p == pytest.approx(float(tail_by_counting(*case)), rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("k", [0, 150, 200, 201, 250, 400, 800])
def test_fisher_exact_of_many_articles(k: int) -> None:
    # Mean 200; sums of up to 800 terms that are cut where they no longer matter.
    exact = float(tail_by_counting(k, 1_000, 800, 4_000))
    found = fisher_exact(k, 1_000, 800, 4_000)[0]
    assert found == pytest.approx(exact, rel=1e-8, abs=1e-300)


def test_fisher_exact_of_impossible_counts() -> None:
    assert fisher_exact([4, 3], [3, 3], [3, 3], [8, 3]).tolist() == [0.0, 1.0]


def test_wilson_interval_of_arrays() -> None:
    low, high = wilson_interval([0.0, 0.5, 1.0], [10, 0, 10])
    assert low[0] == 0.0
    assert high[2] == 1.0
    assert (low[1], high[1]) == (0.0, 1.0)
    assert low[2] == pytest.approx(1 - high[0])


def effective_number_of(counted: list[int], words: list[int]) -> float:
    own, of = np.asarray(counted, float), np.asarray(words, float)
    share = own.sum() / of.sum()
    spread = ((own - share * of) ** 2).sum()
    return float(effective_number(len(words), share, of.sum(), spread, (of**2).sum()))


def test_units_that_agree_count_by_their_lengths() -> None:
    assert effective_number_of([10, 10, 10, 10], [40, 40, 40, 40]) == pytest.approx(4)
    # One long unit and ten short ones: Kish's (sum w)^2 / sum w^2.
    assert effective_number_of([50] + [1] * 10, [100] + [2] * 10) == pytest.approx(
        120**2 / (100**2 + 10 * 4)
    )


def test_units_of_one_kind_each_are_as_many_as_they_are() -> None:
    # The words of each unit are all counted, or none: the share is that of n - 1 independent units.
    assert effective_number_of([9] * 6 + [0] * 14, [9] * 20) == pytest.approx(19)


def test_the_more_units_differ_the_fewer_they_count_for() -> None:
    spread_out = effective_number_of([1, 7, 4, 4, 8, 0], [10] * 6)
    apart = effective_number_of([9, 0, 9, 0, 6, 0], [10] * 6)
    assert 5 < apart < spread_out < 60
    assert spread_out == pytest.approx(0.24 / (6 / 5 * 50 / 60**2))


def test_what_a_source_uses_more_than_all_leans_to_it() -> None:
    random = np.random.default_rng(0)
    own, rest = random.integers(1, 50, 2_000), random.integers(0, 500, 2_000)
    delta = log_odds(own, rest, 900.0, 9_100.0)
    assert ((delta > 1e-9) <= (own > 0.09 * (own + rest) * (1 - 1e-9))).all()
    assert ((delta < -1e-9) <= (own < 0.09 * (own + rest) * (1 + 1e-9))).all()


@given(st.integers(0, 60), st.integers(0, 60))
def test_two_terms_differ_no_sooner_than_a_sign_test_says(one: int, other: int) -> None:
    found = float(mcnemar(one, other))
    assert found == float(mcnemar(other, one))
    assert (found == 1) == (abs(one - other) <= 1)
    n = one + other
    tail = sum(Fraction(math.comb(n, k), 2**n) for k in range(max(one, other), n + 1))
    assert (found < 0.05) <= (2 * tail < 0.06)  # near the threshold they are as good as the same
