"""Counts as sparse matrices (CSR: ``indptr, indices, data``), by sorting in blocks.

Sorting packed 64-bit keys, a cache-sized block at a time, is as quick as counting in a compiled
loop (numpy sorts with vector instructions), so there is one way for both engines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]
BLOCK = 1 << 18
_COUNTED = 1 << 20


def centred_sums(
    places: NDArray[np.int64], values: NDArray[Any], window: int
) -> NDArray[np.float64]:
    """Of each row of ``values`` (n, …) the sum of those at most ``window // 2`` places away, itself
    included: centred, and shorter at both ends. ``places``: (n,), ascending."""
    half = window // 2
    first = np.searchsorted(places, places - half)
    end = np.searchsorted(places, places + half, side="right")
    sums = np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0)])
    found: NDArray[np.float64] = sums[end] - sums[first]
    return found


def blocks(rows: NDArray[Any], size: int) -> Iterator[slice]:
    """Slices of about ``size`` of the ascending ``rows`` that part no row."""
    start = 0
    while start < len(rows):
        last = min(start + size, len(rows)) - 1
        stop = int(np.searchsorted(rows, rows[last], side="right"))
        yield slice(start, stop)
        start = stop


def runs(bounds: NDArray[np.int64], size: int) -> Iterator[tuple[int, int]]:
    """First and last + 1 of consecutive things of about ``size`` cells together; ``bounds``: (n +
    1,) the first cell of each, and the end. One that is larger comes alone."""
    first = 0
    while first < len(bounds) - 1:
        last = int(np.searchsorted(bounds, bounds[first] + size, side="right")) - 1
        last = min(max(last, first + 1), len(bounds) - 1)
        yield first, last
        first = last


def count_each(values: NDArray[np.integer[Any]], n: int) -> NDArray[np.int64]:
    """(n,) how often each of 0 … n - 1 is among ``values``: as ``bincount``, which first copies
    small integers into eight bytes each, but a block at a time."""
    found = np.zeros(n, dtype=np.int64)
    for start in range(0, len(values), _COUNTED):
        found += np.bincount(values[start : start + _COUNTED], minlength=n)
    return found


def count_matrix(rows: NDArray[Any], cols: NDArray[Any], n_rows: int, n_cols: int) -> Matrix:
    """CSR counts of (row, column) pairs: ``indptr`` (n_rows + 1,), ascending ``indices``, ``data``.

    ``rows`` and ``cols`` are integers; ascending rows are counted without a copy.
    """
    if (rows[1:] < rows[:-1]).any():
        order = np.argsort(rows, kind="stable")
        rows, cols = rows[order], cols[order]
    lengths = np.zeros(n_rows, dtype=np.int64)
    indices: list[NDArray[np.int32]] = [np.zeros(0, dtype=np.int32)]
    data: list[NDArray[np.int32]] = [np.zeros(0, dtype=np.int32)]
    for part in blocks(rows, BLOCK):
        first = int(rows[part.start])
        keys = (rows[part] - rows[part.start]).astype(np.int64) * n_cols + cols[part]
        keys.sort()
        starts = run_starts(keys)
        row, col = np.divmod(keys[starts], n_cols)
        in_row = np.bincount(row)
        lengths[first : first + len(in_row)] = in_row
        indices.append(col.astype(np.int32))
        data.append(np.diff(starts, append=len(keys)).astype(np.int32))
    indptr = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return indptr, np.concatenate(indices), np.concatenate(data)


def join_rows(left: Matrix, right: Matrix) -> Matrix:
    """The cells of both, row by row, those of ``right`` after those of ``left``; both have the same
    rows, and columns of one numbering."""
    indptr = left[0] + right[0]
    indices = np.empty(indptr[-1], dtype=np.int32)
    data = np.empty(indptr[-1], dtype=np.int32)
    for (own, cols, values), before in ((left, right[0][:-1]), (right, left[0][1:])):
        # What stands before a row: the other's earlier rows, and for the right one the row itself.
        to = np.repeat(before, np.diff(own))
        to += np.arange(len(cols))
        indices[to], data[to] = cols, values
    return indptr, indices, data


def run_starts(ascending: NDArray[Any]) -> NDArray[np.int64]:
    """Where each run of equal values begins."""
    if not len(ascending):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.concatenate([[True], ascending[1:] != ascending[:-1]]))


def sort_stably(keys: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The keys (not negative) in ascending order, and the position each one had."""
    bits = len(keys).bit_length()
    if not len(keys) or int(keys.max()).bit_length() + bits > 63:
        order = np.argsort(keys, kind="stable")
        return keys[order].astype(np.int64), order
    packed = keys.astype(np.int64) << bits | np.arange(len(keys))  # several times as quick
    packed.sort()
    return packed >> bits, packed & ((1 << bits) - 1)


def ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """The integers of [start, end) for each pair, one range after the other."""
    lengths = ends - starts
    total = np.cumsum(lengths)
    return np.repeat(starts - (total - lengths), lengths) + np.arange(
        total[-1] if len(total) else 0
    )


def stretches(
    values: NDArray[Any], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[Any]:
    """The values of [start, end) for each pair, one stretch after the other: copied by stretch,
    several times as quick as by position. One stretch is a view."""
    if not len(starts):
        return values[:0]
    begins = np.flatnonzero(np.concatenate([[True], starts[1:] != ends[:-1]]))
    last = np.append(begins[1:], len(starts)) - 1
    pairs = zip(starts[begins].tolist(), ends[last].tolist(), strict=True)
    parts = [values[start:end] for start, end in pairs]
    return np.concatenate(parts) if len(parts) > 1 else parts[0]


def is_in(values: NDArray[Any], ascending: NDArray[Any]) -> NDArray[np.bool_]:
    """Which of the values are among those in ascending order: quicker than ``np.isin``."""
    if not len(ascending):
        return np.zeros(len(values), dtype=bool)
    found: NDArray[np.bool_] = (
        ascending.take(np.searchsorted(ascending, values), mode="clip") == values
    )
    return found
