"""Sums over a whole index: how often each analysed term is used, by source, leaf and time.

A *row* is one source, row 0 all of them; the largest sources have one. Days are cut into 64 *short
times* of about equally many articles, four of which are a *long* one. Of a row there are sums by
leaf (the last: of no topic) and long time, by leaf, by long time, by short time, and of all. They
replace the slices they are made of wherever all of these are asked for; what is left is read slice
by slice, and the answer is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

N_LONG, SHORT_IN_LONG = 16, 4
N_SHORT = N_LONG * SHORT_IN_LONG
ALL = 0  # the row of all sources
MOSTLY = 0.5  # of a time, from which on its sum is taken, and the rest taken off
SUMMED_FROM = 5_000  # articles of a corpus that has sums
MARKED_FROM = 2_000  # slices of a source that has a row

Days = tuple[np.datetime64 | None, np.datetime64 | None]


@dataclass(frozen=True)
class Layout:
    """The order of the cells of a row. ``n_leaves``: with no leaf, the last."""

    n_leaves: int

    def by_leaf_and_time(
        self, leaves: NDArray[np.int64], times: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Cells of these leaves and long times."""
        cells: NDArray[np.int64] = (leaves[:, None] * N_LONG + times).ravel()
        return cells

    def by_leaf(self, leaves: NDArray[np.int64]) -> NDArray[np.int64]:
        """Cells of these leaves, over all time."""
        return self.n_leaves * N_LONG + leaves

    @property
    def no_leaf(self) -> int:
        """The first cell of all leaves together: long times, short times, all."""
        return self.n_leaves * (N_LONG + 1)


@dataclass(frozen=True)
class Cover:
    """Which sums make up a selection of leaves and days. ``cells``: of each row that has them;
    ``rows``: which have; ``times``: (N_SHORT + 1,) short times, the last undated, that the cells
    hold; ``beyond``: those of them that are not wholly selected."""

    cells: NDArray[np.int64]
    rows: NDArray[np.bool_]
    times: NDArray[np.bool_]
    beyond: NDArray[np.bool_]


class Sums:
    """The sums of an index. ``time_of``: (n_articles,) short time of each article, ``N_SHORT`` for
    an undated one; ``row_of_source``: (n_sources + 1,) -1 for none, the last source unknown."""

    def __init__(self, containers: Mapping[str, Mapping[str, NDArray[Any]]]) -> None:
        head = containers["sums"]
        self._containers = containers
        self._file_of_row = head["file_of_row"]
        self._first_day, self._last_day = head["first_day"], head["last_day"]
        self.row_of_source: NDArray[np.int32] = head["row_of_source"]
        self.by_leaf_and_time: NDArray[np.bool_] = head["by_leaf_and_time"]
        self.time_of: NDArray[np.uint8] = head["time_of"]
        self.layout = Layout(int(head["n_leaves"][0]))

    def row(self, row: int, name: str) -> NDArray[Any]:
        """``indptr``, ``terms``, ``uses`` or (of the last of the cells only) ``articles``."""
        return self._containers[f"sums-{self._file_of_row[row]:03d}"][f"{row}.{name}"]

    def cover(self, leaves: NDArray[np.bool_] | None, days: Days) -> Cover:
        """The cells of whole leaves, and of times of which more is selected than not. ``leaves``:
        (n_leaves,), None for all."""
        layout, rows = self.layout, np.ones(len(self.by_leaf_and_time), dtype=bool)
        chosen = None if leaves is None else np.flatnonzero(leaves)
        if days == (None, None):
            whole = np.asarray([layout.no_leaf + N_LONG + N_SHORT])
            cells = whole if chosen is None else layout.by_leaf(chosen)
            every = np.ones(N_SHORT + 1, dtype=bool)
            return Cover(cells, rows, every, ~every)
        first, last = self._first_day, self._last_day
        if chosen is None:
            share = _share(first, last, days)
            long = (share >= MOSTLY).reshape(N_LONG, SHORT_IN_LONG).all(axis=1)
            short = (share >= MOSTLY) & ~np.repeat(long, SHORT_IN_LONG)
            places = np.concatenate([np.flatnonzero(long), N_LONG + np.flatnonzero(short)])
            cells = layout.no_leaf + places
        else:
            first, last = (
                first.reshape(N_LONG, -1).min(axis=1),
                last.reshape(N_LONG, -1).max(axis=1),
            )
            of_long = _share(first, last, days)
            cells = layout.by_leaf_and_time(chosen, np.flatnonzero(of_long >= MOSTLY))
            share, rows = np.repeat(of_long, SHORT_IN_LONG), self.by_leaf_and_time
        share = np.append(share, 0)
        return Cover(cells, rows, share >= MOSTLY, (share >= MOSTLY) & (share < 1))


def _share(
    first: NDArray[np.datetime64], last: NDArray[np.datetime64], days: Days
) -> NDArray[np.float64]:
    """What part of the days from ``first`` to ``last`` is in ``days``; 1 where there are none."""
    start = first if days[0] is None else np.maximum(first, days[0])
    end = last if days[1] is None else np.minimum(last, days[1])
    n_days = (last - first).astype(np.int64) + 1
    within = np.maximum((end - start).astype(np.int64) + 1, 0)
    return np.where(n_days > 0, within / np.maximum(n_days, 1), 1.0)
