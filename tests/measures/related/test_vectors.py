"""Vectors of words from their windows, against what is computed cell by cell."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from dashboard.measures.related.vectors import (
    CHANCE,
    LEAST_SIMILARITY,
    associations,
    neighbours,
    word_vectors,
)


def mixed(seed: int, n_words: int, n_kinds: int, places: int = 200) -> NDArray[np.float32]:
    """Halves of counts in which the words of one kind (word % n_kinds) keep the same company, a
    company of its own for each; with one kind all words keep the same."""
    rng = np.random.default_rng(seed)
    company = rng.dirichlet(np.full(n_words, 0.1), n_kinds)
    rows = [rng.multinomial(places, company[word % n_kinds], 2) for word in range(n_words)]
    return np.stack(rows, axis=1).astype(np.float32)


def test_an_association_is_what_the_formula_says() -> None:
    counts = np.random.default_rng(1).poisson(3.0, (12, 7)).astype(np.float32)
    counts[3] = 0
    total = float(counts.sum())
    smooth = [float(counts[:, c].sum()) ** 0.75 for c in range(7)]
    expected = np.zeros((12, 7))
    for w in range(12):
        for c in range(7):
            seen, by_chance = float(counts[w, c]), counts[w].sum() * counts[:, c].sum() / total
            if seen >= 2 and seen > by_chance + 1.5 * math.sqrt(by_chance):
                share = smooth[c] / sum(smooth)
                expected[w, c] = max(
                    0.0, math.log(seen / total / (counts[w].sum() / total * share))
                )
    assert (expected > 0).any()
    np.testing.assert_allclose(associations(counts), expected, rtol=1e-5)


def test_vectors_have_the_cosines_of_a_whole_decomposition() -> None:
    associated = associations(mixed(2, 300, 30)[0])
    left, values, _ = np.linalg.svd(associated.astype(float), full_matrices=False)
    exact = left[:, :100] * np.sqrt(values[:100])
    exact /= np.maximum(np.linalg.norm(exact, axis=1, keepdims=True), 1e-9)
    found = word_vectors(associated).astype(float)
    assert found.shape == exact.shape
    np.testing.assert_allclose(found @ found.T, exact @ exact.T, atol=0.05)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_words_of_one_company_are_found_and_no_others(seed: int) -> None:
    found = neighbours(mixed(seed, 400, 100))
    assert len(np.unique(found.word)) > 0.9 * 400
    assert (found.word % 100 == found.near % 100).mean() > 0.95
    assert (found.word != found.near).all()
    assert found.similarity.min() >= LEAST_SIMILARITY
    assert (np.diff(found.word) >= 0).all()
    same = np.diff(found.word) == 0
    assert (np.diff(found.similarity)[same] <= 0).all()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_words_with_nothing_in_common_have_no_neighbours(seed: int) -> None:
    rng = np.random.default_rng(seed)
    often = rng.pareto(1.0, 400) + 1  # a few words are everywhere, most are rare
    expected = np.outer(often, often) / often.sum()
    halves = rng.poisson(np.stack([expected, expected])).astype(np.float32)
    assert halves.sum() > 1_000
    found = neighbours(halves)
    assert len(np.unique(found.word)) <= CHANCE * 400


def test_it_is_the_same_every_time() -> None:
    first, again = neighbours(mixed(5, 200, 40)), neighbours(mixed(5, 200, 40))
    for one, other in zip(first, again, strict=True):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("n_words", [0, 1, 19])
def test_of_too_few_words_there_are_none(n_words: int) -> None:
    assert len(neighbours(np.ones((2, n_words, n_words), dtype=np.float32)).word) == 0


def test_words_without_company_have_none() -> None:
    assert len(neighbours(np.zeros((2, 50, 50), dtype=np.float32)).word) == 0
