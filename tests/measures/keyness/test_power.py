"""What a comparison could find, against drawing articles many times."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest

from dashboard.index.index import Index
from dashboard.measures import TABLES
from dashboard.measures.keyness.leaning import MAX_Q
from dashboard.measures.keyness.power import (
    RATES,
    SHAPE,
    TIMES,
    WORD,
    Units,
    articles_needed,
    chance_to_find,
)
from dashboard.scope import Scope

LENGTH, N_TESTS = 900.0, 2_000


def simulated(n_own: np.ndarray, n: np.ndarray) -> float:
    """How often the word is found in 400 draws of articles of such strata."""
    random, found, strata = np.random.default_rng(1), 0, np.repeat(np.arange(len(n)), n)
    is_own = np.concatenate([np.arange(b) < a for a, b in zip(n_own, n, strict=True)])
    mean = LENGTH * RATES[WORD] * np.where(is_own, TIMES, 1.0)
    least = -NormalDist().inv_cdf(MAX_Q / N_TESTS / 2)
    for _ in range(400):
        score = np.log1p(random.poisson(mean * random.gamma(SHAPE, 1 / SHAPE, len(mean))))
        score -= (np.bincount(strata, score) / n)[strata]
        squares = np.bincount(strata, score**2)
        variance = (n_own * (n - n_own) / (n * np.maximum(n - 1, 1)) * squares).sum()
        found += score[is_own].sum() > least * math.sqrt(variance)
    return found / 400


@pytest.mark.parametrize(
    ("n_own", "n"),
    [([150], [500]), ([300], [600]), ([1] * 150, [3] * 150), ([2, 1, 4] * 40, [4, 5, 6] * 40)],
)
def test_power_is_near_that_of_many_draws(n_own: list[int], n: list[int]) -> None:
    own, every = np.asarray(n_own), np.asarray(n)
    expected = chance_to_find(LENGTH, WORD, Units.of(own, every), N_TESTS)
    assert expected == pytest.approx(simulated(own, every), abs=0.1)
    assert 0.05 < expected < 0.999


def test_no_pairs_no_power() -> None:
    for n_own, n in (([0], [4]), ([4], [4]), ([], [])):
        units = Units.of(np.asarray(n_own), np.asarray(n))
        assert chance_to_find(LENGTH, WORD, units, N_TESTS) == 0
        assert articles_needed(LENGTH, WORD, units, N_TESTS) > 30


def test_as_many_articles_as_are_needed_find_half() -> None:
    for own, n in (([30], [90]), ([1, 2] * 20, [3, 4] * 20)):
        units = Units.of(np.asarray(own), np.asarray(n))
        needed = articles_needed(LENGTH, WORD, units, N_TESTS)
        assert needed is not None
        there = units.times(needed / units.n_own) if len(n) > 1 else Units.of(
            np.asarray([needed]), np.asarray([2 * needed])
        )  # fmt: skip
        assert chance_to_find(LENGTH, WORD, there, N_TESTS) == pytest.approx(0.5, abs=0.05)


def test_so_short_articles_find_nothing() -> None:
    units = Units.of(np.asarray([5]), np.asarray([10]))
    assert articles_needed(0.01, "phrase", units, N_TESTS) is None


@pytest.mark.parametrize("within", ["", "story"])
def test_five_articles_find_nothing_and_the_table_says_how_many_would(
    seeds_index: Index, within: str
) -> None:
    table = TABLES["power"](seeds_index, Scope(), within=within)
    assert table["kind"].tolist() == ["word", "phrase", "name"] * (len(table) // 3)
    assert len(table)
    assert (table["power"] < 0.05).all()
    assert (table.loc[table["kind"] == "word", "n_needed"] > 30).all()
