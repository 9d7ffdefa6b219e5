"""Which sources the charts of a page tell apart, and how each looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dashboard.charts.parts.theme import MOST_SOURCES, SourceStyle, numbered
from dashboard.index.counts.grouped import grouped_by, noun_of
from dashboard.index.counts.own_columns import write_where
from dashboard.index.index import Index
from dashboard.scope import UNKNOWN_SOURCE, Scope

#: The largest sources that are drawn where none is chosen and they are too many for all.
LARGEST = 6


@dataclass(frozen=True)
class Drawn:
    """The sources that every chart of a page tells apart: those that are chosen, else the largest
    in scope; where they are many one part of them."""

    index: Index
    scope: Scope
    part: int = 1

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of those that the scope chooses: of sources, or of the groups compared."""
        if column := grouped_by(self.index):
            pairs = [(name, value) for name, value in self.scope.where if name == column and value]
            return tuple(write_where([pair]) for pair in pairs)
        if noun_of(self.index) == "side":  # A first
            return tuple(self.index.source_ids[:-1])
        return tuple(s for s in self.scope.sources if s != UNKNOWN_SOURCE)

    @cached_property
    def every(self) -> tuple[str, ...]:
        """Ids in all parts: in the order in which they were chosen, else by their articles."""
        if self.chosen:
            return self.chosen
        sources, of = self.index.sources, self.index.source_of[self.scope.article_mask(self.index)]
        counts = np.bincount(of + 1, minlength=len(sources) + 1)[1:]
        order = sorted(np.flatnonzero(counts), key=lambda i: (-counts[i], sources[i].rank))
        return tuple(sources[i].source_id for i in order)

    @property
    def size(self) -> int:
        """How many a part has."""
        few = not self.chosen and len(self.every) > MOST_SOURCES
        return LARGEST if few else MOST_SOURCES

    @property
    def n_parts(self) -> int:
        """In how many parts they are drawn."""
        return max(-(-len(self.every) // self.size), 1)

    @property
    def number(self) -> int:
        """Of the part that is drawn, from 1."""
        return min(self.part, self.n_parts)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Those of the part that is drawn."""
        first = (self.number - 1) * self.size
        return self.every[first : first + self.size]

    @cached_property
    def styles(self) -> Mapping[str, SourceStyle]:
        """How every source of the corpus looks, by id; those that are drawn have numbers."""
        # The largest have their own everywhere; the first numbers are easiest to tell apart.
        usual = {s.source_id: (s.rank - 1) % LARGEST + 1 for s in self.index.sources}
        numbers = numbered(self.ids, usual)
        places = {source_id: i for i, source_id in enumerate(self.ids, 1)}
        return {
            s.source_id: SourceStyle(
                s.name, numbers.get(s.source_id, 0), places.get(s.source_id, 0)
            )
            for s in self.index.sources
        }
