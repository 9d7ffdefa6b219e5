"""How sources tell it: each one's articles against those of others about the same stories, so that
what was covered cancels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import ranges, run_starts
from dashboard.index.counts.grouped import ungrouped
from dashboard.index.counts.term_rows import TermRows, sum_runs
from dashboard.index.counts.topic_mix import is_compiled
from dashboard.index.index import Index
from dashboard.measures.keyness.compared import Compared
from dashboard.measures.keyness.leaning import MAX_Q, Leaning, screened
from dashboard.measures.keyness.strata import Strata, compiled_sums, numpy_sums
from dashboard.measures.keyness.uses import ArticleUses, article_uses
from dashboard.measures.statistics.dealing import chance, log_ways, worth_testing

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
STORY, STORY_OR_TOPIC = "story", "story or topic"
ENOUGH = 100  # articles of a source in stories that it shares; with fewer, topics help out


def told(of: Compared) -> Iterator[Leaning | None]:
    """One for each of the sources compared, within its ``strata``; None where it has none. Raises
    ``MissingLayer`` for an index without stories."""
    counts = StrataCounts(of, of.words_of_articles()[0])
    for strata in strata_of_each(of):
        yield None if strata is None else _leaning(counts, strata)


def strata_of_each(of: Compared) -> Iterator[Strata | None]:
    """One for each of the sources compared: its articles and others in the same strata, which are
    stories. Where fewer than ``ENOUGH`` of its articles are in a story that others tell too, the
    rest of its articles are compared with the others on their main topic. None where it shares
    neither. Raises ``MissingLayer`` for an index without stories."""
    index = of.index
    articles, words = of.words_of_articles()
    story = index.layer("stories").joint["story_of"][articles].astype(np.int64)
    topic = int(story.max(initial=-1)) + 2 + _main_leaf(ungrouped(index))[articles]
    for source in of.sources.tolist():
        is_own = index.source_of[articles] == source
        shared, kind = _has_both(story, is_own), STORY
        label = story
        if (shared & is_own).sum() < ENOUGH:
            kind, label = STORY_OR_TOPIC, np.where(shared, story, topic)
            shared = _has_both(label, is_own)
        if not shared.any():
            yield None
            continue
        _, stratum = np.unique(label[shared], return_inverse=True)
        yield Strata(articles[shared], words[shared], stratum, is_own[shared], kind)


def _has_both(label: Ints, is_own: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether each article's stratum has articles of both sides."""
    n = int(label.max(initial=-1)) + 1
    own = np.bincount(label[is_own], minlength=n)
    both = (own > 0) & (np.bincount(label, minlength=n) > own)
    found: NDArray[np.bool_] = both[label]
    return found


# So few that an index that was replaced is soon let go.
@lru_cache(maxsize=4)
def _main_leaf(index: Index) -> NDArray[np.int32]:
    """(n_articles,) the leaf of the topic tree that most of each article's words are on; -1 for
    none."""
    order = np.lexsort((index.slice_words, index.slice_article))
    article = index.slice_article[order]
    last = np.flatnonzero(np.diff(article, append=index.n_articles + 1))
    leaf = np.full(index.n_articles, -1, dtype=np.int32)
    leaf[article[last]] = index.slice_leaf[order[last]]
    return leaf


def _leaning(of_articles: StrataCounts, strata: Strata) -> Leaning:
    """One source against the others."""
    of, n_own, n = of_articles.of, int(strata.n_own.sum()), len(strata.words)
    index, (counts, doc_freq) = of.index, of_articles.within(strata)
    words = np.bincount(~strata.is_own, strata.words, 2).astype(np.int64)
    candidates = of.candidates & (counts.sum(axis=0) >= 2)
    columns = screened(counts, words, 0, candidates)
    mask = np.zeros(index.n_articles, dtype=bool)
    mask[strata.articles] = True
    found = article_uses(
        index, index.lexicon.analysed[columns], of.slices & mask[index.slice_article]
    )
    place = np.searchsorted(strata.articles, found.article)
    entries, n_terms = ArticleUses(found.term, place, found.uses), len(columns)
    own = strata.is_own[place]
    df_own, df_rest = (np.bincount(found.term[each], minlength=n_terms) for each in (own, ~own))
    least, n_tests = worth_testing(doc_freq[candidates], n_own, n, MAX_Q)
    sums = compiled_sums if is_compiled(index) else numpy_sums
    delta, variance, moved = sums(entries, strata, n_terms)
    return Leaning(
        columns=columns,
        own=counts[0, columns].astype(np.int64),
        rest=counts[1, columns].astype(np.int64),
        df_own=df_own,
        df_rest=df_rest,
        log_odds=delta,
        variance=variance,
        p=chance(moved, log_ways(strata.n_own, strata.n)),
        words=(int(words[0]), int(words[1])),
        articles=(n_own, n - n_own),
        least=least,
        n_tests=n_tests,
        stratum=strata.kind,
    )


@dataclass(frozen=True)
class StrataCounts:
    """Counts of parts of the ``articles`` that are read."""

    of: Compared
    articles: Ints

    def within(self, strata: Strata) -> tuple[Ints, Ints]:
        """(2, n_analysed) uses of each term by the source and by the others, and (n_analysed,)
        articles of both."""
        own = strata.is_own
        if 2 * len(strata.articles) <= len(self.articles):
            table = self._table(strata.articles, np.where(own, 0, 1))
            return table[:2], table[2]
        # Nearly all are in strata: what few are in none is taken off the sum of all.
        left = np.setdiff1d(self.articles, strata.articles, assume_unique=True)
        every, others = self._whole, self._table(left, np.zeros(len(left), dtype=np.int64))
        uses = self._table(strata.articles[own], np.zeros(int(own.sum()), dtype=np.int64))[0]
        return np.stack([uses, every[0] - others[0] - uses]), every[2] - others[2]

    @cached_property
    def _whole(self) -> Ints:
        return self._table(self.articles, np.zeros(len(self.articles), dtype=np.int64))

    def _table(self, articles: Ints, side: Ints) -> Ints:
        """(3, n_analysed) uses on side 0 and on side 1, and articles of both, in one passage over
        the counts of all slices."""
        index = self.of.index
        first, end = (index.article_slices[articles + i] for i in (0, 1))
        slices, side = ranges(first, end), np.repeat(side, end - first)
        read = self.of.slices[slices]
        slices, side = slices[read], side[read]
        add = _add_compiled if is_compiled(index) else _add
        # Half the memory is half the time.
        kind = np.int32 if index.n_words < 1 << 31 else np.int64
        table = np.zeros((len(index.lexicon.analysed), 4), dtype=kind)
        table[:, 3] = -1
        bounds = np.searchsorted(slices, [s.first_slice for s in index.segments[1:]])
        for segment, rows, sides in zip(
            index.segments, np.split(slices, bounds), np.split(side, bounds), strict=True
        ):
            if len(rows):
                cells, own = TermRows.of(segment.arrays), index.slice_article[rows]
                add(cells, rows - segment.first_slice, sides, own, table)
        return table[:, :3].T.astype(np.int64)


def _add_compiled(
    cells: TermRows, rows: Ints, side: Ints, article: NDArray[np.int32], table: NDArray[Any]
) -> None:
    """Add ``rows`` of ``cells`` to the columns of ``table``: see ``add_sides``."""
    from dashboard.index.counts.kernels.uses import add_sides

    add_sides(*cells, rows, side, article, table)


def _add(
    cells: TermRows, rows: Ints, side: Ints, article: NDArray[np.int32], table: NDArray[Any]
) -> None:
    """The same in numpy; the last column is as it was."""
    first, n_terms = run_starts(article), len(table)
    bounds = np.append(first, len(rows))
    found = sum_runs(cells.take(rows), np.arange(len(rows)), bounds, n_terms, np.int32)
    at = np.repeat(side[first], np.diff(found.indptr)) * n_terms + found.indices
    uses = np.bincount(at, found.data, 2 * n_terms).reshape(2, n_terms)
    table[:, :2] += uses.T.astype(table.dtype)
    table[:, 2] += np.bincount(found.indices, minlength=n_terms).astype(table.dtype)
