"""Intervals of rates hold the rate as often as they say, with bursts and without."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.measures.statistics.rates import PER, Rates


def test_intervals_equal_a_slow_reading_of_the_formula() -> None:
    rng = np.random.default_rng(1)
    cell, words = rng.integers(-1, 4, 80), rng.integers(50, 900, 80)
    article = np.flatnonzero(rng.random(80) < 0.5)
    uses = rng.integers(1, 9, len(article))
    low, high = Rates(cell, words, 5).intervals(np.repeat(article, 2), np.repeat(uses, 2) / 2)
    y_of = np.zeros(80)
    y_of[article] = uses
    for number in range(4):
        y, w = y_of[cell == number], words[cell == number]
        n, rate = len(y), y.sum() / w.sum()
        wider = max(n / (n - 1) * ((y - rate * w) ** 2).sum() / y.sum(), 1)
        count = y.sum() / wider
        z = 1.959964
        z += (z**3 + z) / (4 * (n - 1)) if wider > 1 else 0
        half = z * np.sqrt(count + z**2 / 4)
        ends = [PER * wider * (count + z**2 / 2 + each) / w.sum() for each in (-half, half)]
        assert [low[number], high[number]] == pytest.approx(ends)
    assert np.isnan([low[4], high[4]]).all()  # an empty cell


@pytest.mark.parametrize("shape", [0.3, 50.0])
@pytest.mark.parametrize("n", [20, 200])
def test_the_interval_holds_the_rate(shape: float, n: int) -> None:
    rng, held, trials, rate = np.random.default_rng(n), 0, 600, 2e-3
    for _ in range(trials):
        words = rng.integers(200, 1200, n)
        uses = rng.poisson(rate * words * rng.gamma(shape, 1 / shape, n))
        at = np.flatnonzero(uses)
        (low,), (high,) = Rates(np.zeros(n, int), words, 1).intervals(at, uses[at])
        held += low <= PER * rate <= high
    assert 0.88 <= held / trials <= 0.995


def test_no_use_begins_at_nothing_and_few_articles_tell_nothing() -> None:
    none = np.zeros(0, int)
    (low,), (high,) = Rates(np.zeros(6, int), np.full(6, 100), 1).intervals(none, none)
    assert low == 0
    assert high == pytest.approx(PER * 1.959964**2 / 600)
    (low,), (high,) = Rates(np.zeros(4, int), np.full(4, 100), 1).intervals(none, none)
    assert np.isnan([low, high]).all()
