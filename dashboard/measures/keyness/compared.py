"""Which sources are compared, on which articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dashboard.index.counts.term_counts import Selection
from dashboard.index.counts.topic_mix import source_sums
from dashboard.index.index import Index
from dashboard.index.terms.lexicon import INSIDE, SELF, STOP
from dashboard.scope import Scope
from dashboard.wording import number

MOST_SOURCES = 20  # compared at once; those with the most words in scope


@dataclass(frozen=True)
class Compared:
    """``scope``: of both sides. ``sources``: positions of those that are compared with all others
    in it, ``present`` of all known ones. ``slices``: which are read."""

    index: Index
    scope: Scope
    sources: NDArray[np.int64]
    present: NDArray[np.int64]

    @cached_property
    def selection(self) -> Selection:
        """The text that is compared."""
        return self.scope.selection(self.index)

    @cached_property
    def slices(self) -> NDArray[np.bool_]:
        """(n_slices,) what is read of articles of known sources."""
        known = (self.index.source_of >= 0)[self.index.slice_article]
        read: NDArray[np.bool_] = self.scope.slice_mask(self.index) & known
        return read

    @cached_property
    def groups(self) -> NDArray[np.int64]:
        """(n_sources + 1,) place of each source in ``sources``, after them that of all others; -1:
        not compared."""
        found = np.full(len(self.index.sources) + 1, -1)
        found[self.present] = len(self.sources)
        found[self.sources] = np.arange(len(self.sources))
        return found

    @cached_property
    def candidates(self) -> NDArray[np.bool_]:
        """(n_analysed,) terms that are compared: no stop words, names of outlets or bylines, or
        words that only occur inside a longer phrase."""
        flags = self.index.lexicon.flags[self.index.lexicon.analysed]
        shown: NDArray[np.bool_] = flags & (STOP | INSIDE | SELF) == 0
        return shown

    def reference(self, source: int) -> str:
        """What a source is compared with, in words: the one other by its name, or the others."""
        others = self.present[self.present != source]
        if len(others) == 1:
            return str(self.index.source_names[others[0]])
        return f"the {number(len(others))} others"

    def words_of_articles(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The articles that are read, ascending, and the words that are read of each."""
        return self._words_of_articles

    @cached_property
    def _words_of_articles(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        read = self.slices
        words = np.bincount(
            self.index.slice_article[read], self.index.slice_words[read], self.index.n_articles
        ).astype(np.int64)
        articles = np.flatnonzero(words)
        return articles, words[articles]


def compared(index: Index, scope: Scope, drawn: Sequence[str] | None) -> Compared | None:
    """Those of the ``drawn`` sources (ids; without it the 20 with the most words) that are in
    scope; a single one in scope against all others under the same dates, topics and query. None
    where there are not two."""
    n_of_source, words_of = source_sums(index, scope.slice_mask(index))
    present = wanted = np.flatnonzero(n_of_source[:-1])
    if len(wanted) < 2:
        scope = scope.over_all_sources(index)
        n_of_source, words_of = source_sums(index, scope.slice_mask(index))
        present = np.flatnonzero(n_of_source[:-1])
    wanted = wanted[np.isin(wanted, present)]
    if drawn is not None:
        wanted = wanted[np.isin(index.source_ids[wanted], list(drawn))]
    largest = np.argsort(-words_of[wanted], kind="stable")[:MOST_SOURCES]
    if len(present) < 2 or not len(largest):
        return None
    return Compared(index, scope, np.sort(wanted[largest]), present)
