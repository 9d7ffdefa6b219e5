"""An index compared by groups of articles, such as the values of a column of the user's own: they
take the place of sources, so that whatever is counted by source is counted by group."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from dashboard.errors import NewsprismError
from dashboard.index.counts.own_columns import OwnColumn, family_column, own_columns, write_where
from dashboard.index.index import Index, Source
from dashboard.wording import did_you_mean

_LONGEST = 24  # letters of a column's name before each of its values


class GroupedIndex(Index):
    """The same articles, slices and files. ``sources`` are the groups, ``source_of`` the group of
    each article, -1 for none. ``column``: whose values the groups are; "" for two sides that the
    reader chose. Sums by source are none of groups', so slices are counted one by one where some
    source is in several of them."""

    column = ""

    def __init__(self, index: Index, column: OwnColumn) -> None:
        name = column.name
        short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        groups = [(write_where([(name, value)]), f"{short}: {value}") for value in column.values]
        self._group(index, groups, column.codes.astype(np.int32) - 1, name)
        self.column = name

    def _group(
        self,
        index: Index,
        groups: Sequence[tuple[str, str]],
        group_of: NDArray[np.int32],
        what: str,
    ) -> None:
        """``groups``: id and name of each; ``group_of``: (n_articles,); ``what``: tells one
        grouping of the index from all others."""
        own = ("source_names", "source_ids")  # made anew when they are asked for
        self.__dict__.update({n: v for n, v in index.__dict__.items() if n not in own})
        self.index = index
        self.fingerprint = f"{index.fingerprint} by {what}"
        counts = np.bincount(group_of + 1, minlength=len(groups) + 1)[1:].tolist()
        self.sources = [
            Source(group_id, name, n, rank)
            for rank, ((group_id, name), n) in enumerate(zip(groups, counts, strict=True), 1)
        ]
        self._group_of = group_of
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


class SidedIndex(GroupedIndex):
    """The two sides of a comparison in the place of sources, by no column."""

    def __init__(
        self,
        index: Index,
        sides: Sequence[tuple[str, str]],
        side_of: NDArray[np.int32],
        what: str,
    ) -> None:
        self._group(index, sides, side_of, what)


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
        names = [found.name for found in own.values()]
        near = did_you_mean(column[:60], names) or f"; there are: {', '.join(names) or 'none'}"
        raise NoSuchColumn(f"no column “{column[:60]}” to compare by{near}")
    return GroupedIndex(index, own[column.casefold()])


@lru_cache(maxsize=4)
def by_family(index: Index) -> Index:
    """The index with families in the place of sources; as it is where none are known, or where it
    is compared by something else already."""
    if ungrouped(index) is not index or (column := family_column(index)) is None:
        return index
    return GroupedIndex(index, column)


def n_families(index: Index, articles: NDArray[np.int64] | NDArray[np.bool_]) -> int:
    """How many families the known sources of these articles (positions or a mask) are of."""
    known = index.source_of[articles] >= 0
    return int(np.count_nonzero(np.bincount(by_family(index).source_of[articles][known])))


def ungrouped(index: Index) -> Index:
    """The index by its sources."""
    return index.index if isinstance(index, GroupedIndex) else index


def grouped_by(index: Index) -> str:
    """The column whose values stand in the place of sources; "" where there is none."""
    return index.column if isinstance(index, GroupedIndex) else ""


def noun_of(index: Index) -> str:
    """What is compared, in words: sources, groups of articles, or two sides."""
    if ungrouped(index) is index:
        return "source"
    return "side" if isinstance(index, SidedIndex) else "group"
