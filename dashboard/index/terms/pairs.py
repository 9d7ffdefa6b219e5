"""Pairs of neighbours that are in several texts, numbered exactly and in bounded memory.

A pair is counted by ranges of its first part, each by one sort.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import run_starts, sort_stably

BLOCK = 1 << 20


def number_pairs(
    first: NDArray[Any], second: NDArray[Any], text: NDArray[Any], n_second: int, min_df: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Number the pairs that are in ``min_df`` texts or more.

    ``first``, ``second``, ``text``: (n,) of each occurrence, which a negative ``first`` leaves out;
    ``text`` ascends, ``second`` is below ``n_second``. Gives the keys ``first * n_second + second``
    of those pairs, ascending, and (n,) the position of each occurrence's key among them, -1 for a
    rarer pair.
    """
    numbers = np.full(len(text), -1, dtype=np.int32)
    found = [np.zeros(0, dtype=np.int64)]
    n_found = 0
    for at in _buckets(first):
        keys, order = sort_stably(first[at].astype(np.int64) * n_second + second[at])
        at = at[order]
        starts = run_starts(keys)
        new_text = np.diff(text[at], prepend=-1) != 0
        new_text[starts] = True
        frequent = np.add.reduceat(new_text, starts, dtype=np.int64) >= min_df
        of_run = np.where(frequent, n_found + np.cumsum(frequent) - 1, -1).astype(np.int32)
        numbers[at] = np.repeat(of_run, np.diff(starts, append=len(keys)))
        found.append(keys[starts[frequent]])
        n_found += len(found[-1])
    return np.concatenate(found), numbers


def _buckets(first: NDArray[Any]) -> Iterator[NDArray[np.int64]]:
    """Positions, ascending, of about ``BLOCK`` occurrences at a time: all those whose first part
    lies in one range, the lowest range first. So no bucket has to know of another."""
    counts = np.bincount(first + 1)
    counts[:1] = 0
    of_first = np.cumsum(counts) // BLOCK + 1
    of_first[:1] = 0
    bucket = of_first.astype(np.uint16)[first + 1]  # two bytes: sorted by radix
    order = np.argsort(bucket, kind="stable")
    ends = np.cumsum(np.bincount(bucket))
    yield from (at for at in np.split(order, ends)[1:] if len(at))
