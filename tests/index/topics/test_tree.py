"""The merge tree: scipy's Ward is the oracle; cuts nest; what is no theme stays apart."""

import numpy as np
import pytest
from scipy.cluster.hierarchy import cut_tree as scipy_cut
from scipy.cluster.hierarchy import ward

from dashboard.index.topics.tree import cut, leaf_masks, nodes_at, ward_tree

ALONE = np.zeros(12, dtype=np.int64)


def points(n=12):
    return np.random.default_rng(3).normal(size=(n, 4)).astype(np.float32)


def same_parts(a, b):
    return len(set(zip(a, b, strict=True))) == len(set(a)) == len(set(b))


def test_cuts_are_those_of_scipy_for_leaves_of_one_size():
    parents, heights = ward_tree(points(), np.ones(12, dtype=np.int64), ALONE)
    expected = ward(points().astype(float))
    for k in range(1, 13):
        assert same_parts(cut(parents, k), scipy_cut(expected, k).ravel())
    assert np.allclose(np.sqrt(2 * heights[12:]), expected[:, 2])


def test_cuts_nest_and_have_their_number():
    parents, heights = ward_tree(points(), np.arange(1, 13), ALONE)
    held = leaf_masks(parents)
    for k in range(1, 13):
        nodes = nodes_at(parents, k)
        assert len(nodes) == k
        assert (held[nodes].sum(axis=0) == 1).all()
        assert (held[nodes[cut(parents, k)], np.arange(12)]).all()
    assert (np.diff(heights[12:]) >= 0).all()
    for k in range(2, 13):
        finer, broader = cut(parents, k), cut(parents, k - 1)
        assert len(set(zip(finer, broader, strict=True))) == k


def test_a_cut_that_does_not_exist_says_so():
    parents, _ = ward_tree(points(), np.ones(12, dtype=np.int64), ALONE)
    for k in (0, 13):
        with pytest.raises(ValueError, match="12 topics are the finest"):
            nodes_at(parents, k)


def test_leaves_of_one_group_join_before_those_of_two():
    near = np.asarray([[0.0], [0.01], [5.0], [9.0]], dtype=np.float32)
    parents, _ = ward_tree(near, np.full(4, 100), np.asarray([0, 1, 0, 0]))
    assert cut(parents, 2).tolist() == [1, 0, 1, 1]


def test_one_leaf_and_none():
    parents, heights = ward_tree(points(1), np.ones(1, dtype=np.int64), ALONE[:1])
    assert (parents.tolist(), heights.tolist(), cut(parents, 1).tolist()) == ([-1], [0.0], [0])
    assert len(ward_tree(points(0), ALONE[:0], ALONE[:0])[0]) == 0
