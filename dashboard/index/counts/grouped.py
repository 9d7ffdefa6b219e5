"""An index compared by a column of the user's own: its values take the place of sources, so that
whatever is counted by source is counted by group."""

from __future__ import annotations

from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from dashboard.errors import NewsprismError
from dashboard.index.counts.own_columns import OwnColumn, own_columns, write_where
from dashboard.index.index import Index, Source

_LONGEST = 24  # letters of a column's name before each of its values


class GroupedIndex(Index):
    """The same articles, slices and files. ``sources`` are the values of ``column``, the one of
    most articles first, ``source_of`` the value of each article, -1 for none. Sums by source are
    none of groups', so slices are counted one by one where some source is in several of them."""

    def __init__(self, index: Index, column: OwnColumn) -> None:
        own = ("source_names", "source_ids")  # made anew when they are asked for
        self.__dict__.update({n: v for n, v in index.__dict__.items() if n not in own})
        self.index = index
        self.column = column.name
        self.fingerprint = f"{index.fingerprint} by {column.name}"
        counts = np.bincount(column.codes, minlength=len(column.values) + 1)[1:].tolist()
        name = column.name
        short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        self.sources = [
            Source(write_where([(name, value)]), f"{short}: {value}", n, rank)
            for rank, (value, n) in enumerate(zip(column.values, counts, strict=True), 1)
        ]
        self._group_of = column.codes.astype(np.int32) - 1
        self.__dict__["sums"] = None

    source_of = property(lambda self: self._group_of)

    @cached_property
    def group_of_source(self) -> NDArray[np.int64] | None:
        """(n_sources + 1,) the group of each source of ``index``, then of the articles without one;
        -1 for none. None where the articles of some source are in several."""
        n_groups, n_sources = len(self.sources) + 1, len(self.index.sources) + 1
        source = self.index.source_of.astype(np.int64) % n_sources
        cells = np.flatnonzero(
            np.bincount(source * n_groups + self._group_of % n_groups,
                        minlength=n_sources * n_groups)
        )  # fmt: skip
        if len(cells) > len(np.unique(cells // n_groups)):
            return None
        found = np.full(n_sources, -1)
        found[cells // n_groups] = cells % n_groups
        return np.where(found == n_groups - 1, -1, found)


class NoSuchColumn(NewsprismError):
    """The index has no such column; the message names those that it has."""


# So few that an index that was replaced is soon let go.
@lru_cache(maxsize=8)
def grouped(index: Index, column: str) -> Index:
    """The index compared by a column of the user's own, in any case; by its sources without one.
    Raises :class:`NoSuchColumn`."""
    if not column:
        return index
    own = {name.casefold(): found for name, found in own_columns(index).items()}
    if column.casefold() not in own:
        some = ", ".join(found.name for found in own.values()) or "none"
        raise NoSuchColumn(f"no column “{column[:60]}” to compare by; there are: {some}")
    return GroupedIndex(index, own[column.casefold()])


def ungrouped(index: Index) -> Index:
    """The index by its sources."""
    return index.index if isinstance(index, GroupedIndex) else index


def grouped_by(index: Index) -> str:
    """The column whose values stand in the place of sources; "" where sources do."""
    return index.column if isinstance(index, GroupedIndex) else ""
