"""The graph of like texts: brute force is the oracle; planted groups are found."""

import numpy as np
import pytest

from dashboard.index.fitting import graph as leiden


def groups(n=300, k=6, noise=0.15):
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(k, 20))
    points = centres[np.arange(n) % k] + noise * rng.normal(size=(n, 20))
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)


def brute(points, m):
    similar = points @ points.T
    np.fill_diagonal(similar, -2)
    return [set(row) for row in np.argsort(-similar, axis=1)[:, :m]]


def test_neighbours_are_the_nearest():
    found = leiden.nearest_neighbours(groups(), 10, 0)
    assert [set(row) for row in found] == brute(groups(), 10)


def test_neighbours_by_cells_are_nearly_the_nearest(monkeypatch: pytest.MonkeyPatch):
    points = groups(4000, 40, noise=0.6)
    monkeypatch.setattr(leiden, "EXACT_LIMIT", 1_000)
    found = leiden.nearest_neighbours(points, 15, 0)
    right = [len(set(row) & want) for row, want in zip(found, brute(points, 15), strict=True)]
    assert np.mean(right) > 0.97 * 15
    assert not any(i in row for i, row in enumerate(found))


def test_links_weigh_shared_neighbours():
    neighbours = np.asarray([[1, 2], [0, 2], [0, 1], [0, 1]])
    links, weights = leiden.shared_neighbour_links(neighbours)
    found = dict(zip(map(tuple, links.tolist()), weights, strict=True))
    # {0,1,2} for the first three, {3,0,1} for the last
    assert found == {(0, 1): 1.0, (0, 2): 1.0, (1, 2): 1.0, (0, 3): 0.5, (1, 3): 0.5}


def test_planted_groups_are_found_again_and_alike():
    first, second = (leiden.communities(groups(), 10, 1.0, 9, 0) for _ in range(2))
    assert (first == second).all()
    assert (first == np.arange(300) % 6).all()  # numbered in order of appearance


def test_the_generator_of_others_is_left_alone():
    import random

    random.seed(5)
    expected = random.random()
    random.seed(5)
    leiden.communities(groups(), 10, 1.0, 1, 0)
    assert random.random() == expected
