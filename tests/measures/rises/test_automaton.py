"""Bursts and change points: what the recursions find is what trying all ways finds."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.measures.rises import automaton
from dashboard.measures.rises.automaton import find_bursts, find_changes, sharpest
from dashboard.measures.statistics.inference import benjamini_hochberg

SERIES = st.lists(st.tuples(st.integers(1, 30), st.floats(0, 1)), min_size=2, max_size=8)


def gains(k: np.ndarray, n: np.ndarray) -> np.ndarray:
    low = min(max(k.sum() / n.sum(), 1e-12), 1 - 1e-9)
    high = 2 * low if 2 * low < 1 else (1 + low) / 2
    return k * math.log(high / low) + (n - k) * math.log((1 - high) / (1 - low))


@settings(max_examples=80)
@given(SERIES)
def test_the_automaton_takes_the_cheapest_way(series) -> None:
    n = np.asarray([each for each, _ in series])
    k = np.asarray([int(each * share) for each, share in series])
    gain, enter = gains(k, n), math.log(len(n))

    def worth(states: tuple[int, ...]) -> float:
        enters = sum(b > a for a, b in itertools.pairwise((0, *states)))
        return float(gain @ np.asarray(states)) - enter * enters

    found = find_bursts(k[None], n)
    states = np.zeros(len(n), dtype=int)
    for first, end in zip(found.first, found.end, strict=True):
        states[first:end] = 1
    best = max(map(worth, itertools.product((0, 1), repeat=len(n))))
    assert worth(tuple(states)) == pytest.approx(best, abs=1e-9)
    assert found.weight.sum() == pytest.approx(float(gain @ states), abs=1e-9)


def likelihood(k: int, n: int) -> float:
    return sum(x * math.log(x / n) for x in (k, n - k) if x)


@settings(max_examples=80)
@given(SERIES)
def test_the_segmentation_is_the_best_one(series) -> None:
    n = np.asarray([each for each, _ in series])
    k = np.asarray([int(each * share) for each, share in series])

    def cost(cuts: tuple[int, ...]) -> float:
        edges = [0, *cuts, len(n)]
        fit = sum(likelihood(int(k[a:b].sum()), int(n[a:b].sum()))
                  for a, b in itertools.pairwise(edges))  # fmt: skip
        return -2 * fit + 3 * math.log(len(n)) * len(cuts)

    every = [
        cuts for size in range(len(n)) for cuts in itertools.combinations(range(1, len(n)), size)
    ]
    found = find_changes(np.stack([k, k]), n)
    for series_at in (0, 1):
        own = tuple(found.first[found.series == series_at].tolist())
        assert cost(own) == pytest.approx(min(map(cost, every)), abs=1e-7)


def test_a_threefold_rise_is_found_where_it_is_and_nothing_on_shuffled_dates() -> None:
    random = np.random.default_rng(16)
    n = random.integers(60, 140, 48)
    usual = random.uniform(0.04, 0.2, 300)
    share = np.repeat(usual[:, None], len(n), axis=1)
    first = random.integers(4, 38, 30)
    for i, start in enumerate(first):
        share[i, start : start + 4 + i % 4] *= 3
    k = random.binomial(n[None], np.minimum(share, 0.9))
    for find in (find_bursts, find_changes):
        found = find(k, n)
        kept = np.flatnonzero(benjamini_hochberg(found.p, max(len(k), len(found.p))) < 0.05)
        planted = {
            (int(i), at) for i, start in enumerate(first) for at in range(start, start + 4 + i % 4)
        }
        if find is find_bursts:
            there = {(int(found.series[i]), at) for i in kept
                     for at in range(found.first[i], found.end[i])}  # fmt: skip
        else:
            there = {(int(found.series[i]), int(found.first[i])) for i in kept}
            edges = {(i, start) for i, start in enumerate(first.tolist())}
            near = {(i, at + d) for i, at in edges for d in (-1, 0, 1)}
            assert len({i for i, _ in there & near}) >= 0.9 * len(first)
            continue
        assert len(there & planted) >= 0.9 * len(planted)
        assert len(there & planted) >= 0.9 * len(there)
    usual_only = random.binomial(n[None], np.repeat(usual[:, None], len(n), axis=1))
    for find in (find_bursts, find_changes):
        found = find(usual_only, n)
        assert (benjamini_hochberg(found.p, max(len(k), len(found.p))) >= 0.05).all()


def test_the_sharpest_stretch_lies_in_the_burst() -> None:
    n = np.full(12, 50)
    k = np.asarray([1, 1, 2, 6, 8, 40, 7, 6, 1, 1, 2, 1])
    peak = sharpest(k, n, 3, 8)
    assert (peak.first, peak.end) == (5, 6)
    assert peak.score > sharpest(k, n, 3, 5).score


def test_nothing_to_look_at() -> None:
    for find in (find_bursts, find_changes):
        assert not len(find(np.zeros((0, 5), dtype=np.int64), np.full(5, 3)).p)
        assert not len(find(np.ones((2, 1), dtype=np.int64), np.full(1, 3)).p)


def test_many_series_are_found_in_parts_as_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(4)
    n = random.integers(20, 60, 24)
    k = random.binomial(n, 0.08, (50, 24))
    k[::7, 9:14] = random.binomial(n[9:14], 0.5, (8, 5))
    at_once = find_bursts(k, n)
    assert set(at_once.series) >= set(range(0, 50, 7))
    monkeypatch.setattr(automaton, "AT_ONCE", 9)
    for name, part, whole in zip(at_once._fields, find_bursts(k, n), at_once, strict=True):
        np.testing.assert_array_equal(part, whole, err_msg=name)
