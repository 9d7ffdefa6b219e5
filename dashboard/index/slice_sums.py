"""Sums of slices that the build makes, so that comparisons of a large corpus read few cells."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.index.token_reader import COMPILED_FROM, engine_for

SUMMED_FROM = 2_000  # slices of a segment
BLOCK = 512  # slices


def sum_slices(
    rows: tuple[NDArray[np.int64], NDArray[np.uint16], NDArray[np.uint16]],
    source: NDArray[np.int64],
    leaf: NDArray[np.int16],
    n_terms: int,
) -> dict[str, NDArray[Any]]:
    """Sums that answer most questions without the slices themselves: of ``blocks`` of up to 512
    neighbours of one source, and of ``cells``, the slices of one source and leaf. Only where there
    are many slices, and numba: see ``counts``."""
    n = len(source)
    if n < SUMMED_FROM or not n_terms or engine_for(COMPILED_FROM) != "numba":
        return {}
    from dashboard.index.sum_kernels import sum_rows

    first = np.flatnonzero(np.diff(source, prepend=source[0] - 1))
    place = np.arange(n) - np.repeat(first, np.diff(np.append(first, n)))
    block_bounds = np.append(np.flatnonzero(place % BLOCK == 0), n)
    key = source * (int(leaf.max()) + 2) + leaf + 1
    cell_order = np.argsort(key, kind="stable")
    cell_bounds = np.append(np.flatnonzero(np.diff(key[cell_order], prepend=-1)), n)
    made: dict[str, NDArray[Any]] = {"block_bounds": block_bounds, "cell_bounds": cell_bounds,
                                     "cell_order": cell_order.astype(np.int32)}  # fmt: skip
    for name, order, bounds_ in (
        ("block", np.arange(n, dtype=np.int32), block_bounds),
        ("cell", made["cell_order"], cell_bounds),
    ):
        sums = np.zeros(n_terms, dtype=np.int64)
        indptr = np.zeros(len(bounds_), dtype=np.int64)
        terms = np.empty(len(rows[1]), dtype=np.uint16)
        counts = np.empty(len(rows[1]), dtype=np.uint32)
        sum_rows(*rows, order, bounds_, sums, indptr, terms, counts)
        made |= {f"{name}_indptr": indptr, f"{name}_terms": terms[: indptr[-1]],
                 f"{name}_counts": counts[: indptr[-1]]}  # fmt: skip
    return made
