"""Matrices: counts, against dense arrays."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import arrays as matrix
from dashboard.arrays import blocks, count_each, count_matrix, join_rows, runs, sort_stably


def dense(indptr, indices, data, n_cols):
    full = np.zeros((len(indptr) - 1, n_cols), dtype=int)
    for row in range(len(full)):
        cells = slice(indptr[row], indptr[row + 1])
        assert (np.diff(indices[cells]) > 0).all()
        full[row, indices[cells]] = data[cells]
    return full


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4)), max_size=60), st.booleans())
def test_cells_are_counted_and_joined(pairs: list[tuple[int, int]], in_order: bool) -> None:
    if in_order:
        pairs = sorted(pairs, key=lambda pair: pair[0])
    rows = np.asarray([r for r, _ in pairs], dtype=np.int32)
    cols = np.asarray([c for _, c in pairs], dtype=np.int32)
    expected = np.zeros((8, 5), dtype=int)
    np.add.at(expected, (rows, cols), 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matrix, "BLOCK", 7)
        found = count_matrix(rows, cols, 8, 5)
    assert [array.dtype for array in found] == [np.int64, np.int32, np.int32]
    assert (dense(*found, 5) == expected).all()
    joined = join_rows(found, (found[0], found[1] + np.int32(5), found[2]))
    assert [array.dtype for array in joined] == [np.int64, np.int32, np.int32]
    assert (dense(*joined, 10) == np.hstack([expected, expected])).all()


def test_nothing_gives_empty_rows() -> None:
    nothing = np.zeros(0, dtype=np.int32)
    indptr, indices, data = count_matrix(nothing, nothing, 3, 0)
    assert indptr.tolist() == [0, 0, 0, 0]
    assert len(indices) == len(data) == 0


def test_blocks_part_no_row() -> None:
    rows = np.asarray([0, 0, 0, 2, 3, 3, 3, 3, 5])
    assert [(b.start, b.stop) for b in blocks(rows, 2)] == [(0, 3), (3, 8), (8, 9)]
    assert list(blocks(rows[:0], 2)) == []


@pytest.mark.parametrize("large", [0, 1 << 61])  # the second leaves no room for positions
def test_sorting_keeps_equal_keys_in_order(large: int) -> None:
    keys, order = sort_stably(np.asarray([2, 1, 2, 1, 0]) + large)
    assert (keys - large).tolist() == [0, 1, 1, 2, 2]
    assert order.tolist() == [4, 1, 3, 0, 2]


@given(st.lists(st.integers(0, 9), max_size=20), st.integers(1, 12))
def test_runs_part_nothing_and_leave_nothing_out(sizes: list[int], size: int) -> None:
    found = list(runs(np.cumsum([0, *sizes]), size))
    assert [i for first, last in found for i in range(first, last)] == list(range(len(sizes)))
    several = [sum(sizes[first:last]) for first, last in found if last > first + 1]
    assert all(cells <= size for cells in several)
    # The first of the next block had no room left.
    with_next = [sum(sizes[first : last + 1]) for (first, last), _ in pairwise(found)]
    assert all(cells > size for cells in with_next)


@given(st.lists(st.integers(0, 5), max_size=30))
def test_each_is_counted_in_any_blocks(values: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matrix, "_COUNTED", 7)
        found = count_each(np.asarray(values, dtype=np.int32), 6)
    assert found.tolist() == [values.count(i) for i in range(6)]
