"""Terms by group of sources: uses, and articles, in whatever is selected of an index.

Where the corpus is large, the sums that the build made (``sums``) stand for the slices wherever all
of a cell are asked for; a text query, or a small corpus, is counted slice by slice. The result is
the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.index.container import ranges
from dashboard.index.counts import is_compiled, mix_sums, source_sums
from dashboard.index.opened import Index
from dashboard.index.sums import ALL, Days, Sums

_CELL_TO_POSTING = 2.5  # how long it takes to read a cell of a row, by that of a posting
_GROUP_BITS = 8  # of what is looked up for a posting; the other 24 are its article in the segment


@dataclass(frozen=True)
class Selection:
    """What of an index is asked for: the text on ``leaves`` (n_leaves + 1,; the last: none; None:
    all) in ``articles`` (n_articles,). ``days``: the first and last of them where days are all that
    articles are selected by, sources apart; None where something else is."""

    articles: NDArray[np.bool_]
    leaves: NDArray[np.bool_] | None = None
    days: Days | None = None


def term_counts(
    index: Index, selection: Selection, group_of: NDArray[np.int64], n_groups: int
) -> NDArray[np.int64]:
    """(n_groups, n_analysed) uses of each analysed term in each group of sources.

    ``group_of``: (n_sources + 1,) group of each source, then of the unknown; -1 is left out.
    Sources out of ``selection`` are left out.
    """
    return _counts(index, selection, group_of, n_groups, None)


def article_counts(
    index: Index,
    selection: Selection,
    group_of: NDArray[np.int64],
    n_groups: int,
    columns: NDArray[np.int64],
) -> NDArray[np.int64]:
    """(n_columns, n_groups) articles of each group that use each of these analysed terms in what is
    selected of them."""
    if _sums(index, selection, columns) is None:
        terms = index.lexicon.analysed[columns]
        of_slice = _group_of_slices(index, selection, group_of, n_groups)
        n_postings = int(index.lexicon.doc_freq[terms].sum())  # about: an article has few slices
        n_cells = np.count_nonzero(of_slice) * index.cells_per_slice
        if n_cells * _CELL_TO_POSTING > n_postings:
            return _by_postings(index, terms, of_slice, n_groups)
    return _counts(index, selection, group_of, n_groups, columns).T


def _sums(index: Index, selection: Selection, columns: NDArray[np.int64] | None) -> Sums | None:
    """The sums that answer; of articles none do where one may be in several cells."""
    if selection.days is None or (columns is not None and selection.leaves is not None):
        return None
    return index.sums


def _counts(
    index: Index,
    selection: Selection,
    group_of: NDArray[np.int64],
    n_groups: int,
    columns: NDArray[np.int64] | None,
) -> NDArray[np.int64]:
    """Uses, or of some ``columns`` the articles."""
    table = _Table(index, n_groups + 1, columns)
    leaves, days = selection.leaves, selection.days
    sums = _sums(index, selection, columns)
    if sums is None or days is None:
        table.add_slices(np.flatnonzero(selection.articles), group_of, leaves)
        return table.out[:-1]
    cover = sums.cover(leaves, days)
    has_row = (sums.row_of_source >= 0) & cover.rows[sums.row_of_source]
    rest = _largest_left(index, group_of, n_groups)
    to = group_of.copy()
    if rest >= 0:
        to[to < 0] = n_groups
        to[to == rest] = -1
    for source in np.flatnonzero(has_row & (to >= 0)).tolist():
        table.add_cells(sums, int(sums.row_of_source[source]), cover.cells, to[source])
    alone = np.where(has_row, -1, to)
    if (alone[_articles_by_source(index) > 0] >= 0).any():
        within = cover.times[sums.time_of] & (alone >= 0)[index.source_of]
        table.add_slices(np.flatnonzero(within), alone, leaves)
    if rest >= 0:  # what the others leave of all
        others = table.out.sum(axis=0, dtype=table.out.dtype)
        table.add_cells(sums, ALL, cover.cells, rest)
        table.out[rest] -= others
    if cover.beyond.any():
        beyond = np.flatnonzero(cover.beyond[sums.time_of])
        table.add_slices(beyond[~_within(index.days[beyond], days)], group_of, leaves, -1)
    if not cover.times.all():
        left = selection.articles & ~cover.times[sums.time_of]
        table.add_slices(np.flatnonzero(left), group_of, leaves)
    return table.out[:-1]


def _within(day: NDArray[np.datetime64], days: Days) -> NDArray[np.bool_]:
    first, last = days
    within = np.ones(len(day), dtype=bool)
    if first is not None:
        within &= day >= first
    if last is not None:
        within &= day <= last
    return within


class _Table:
    """Counts that are being added up: ``out``, (n_groups, n_columns)."""

    def __init__(self, index: Index, n_groups: int, columns: NDArray[np.int64] | None) -> None:
        self.index = index
        self.n_terms = len(index.lexicon.analysed)
        self.compiled = is_compiled(index)
        self.columns, self.column = columns, None
        if columns is not None:
            self.column = np.full(self.n_terms, -1, dtype=np.int32)
            self.column[columns] = np.arange(len(columns))
        n_columns = self.n_terms if columns is None else len(columns)
        self.out = np.zeros((n_groups, n_columns), dtype=_kind(index))

    def add_cells(self, sums: Sums, row: int, cells: NDArray[np.int64], group: int) -> None:
        """Add sums to a group."""
        indptr, terms = sums.row(row, "indptr"), sums.row(row, "terms")
        counts = sums.row(row, "uses" if self.column is None else "articles")
        starts, ends, out = indptr[cells], indptr[cells + 1], self.out[group]
        if self.column is not None:  # there are sums of articles of all leaves together only
            before = indptr[sums.layout.no_leaf]
            starts, ends, terms = starts - before, ends - before, terms[before:]
        if self.compiled:
            from dashboard.index.sum_kernels import add_cells, add_some_cells

            if self.column is None:
                add_cells(terms, counts, starts, ends, out)
            else:
                add_some_cells(terms, counts, starts, ends, self.column, out)
            return
        at = ranges(starts, ends)
        found = np.bincount(terms[at], counts[at], self.n_terms).astype(out.dtype)
        out += found if self.columns is None else found[self.columns]

    def add_slices(
        self,
        articles: NDArray[np.int64],
        group_of: NDArray[np.int64],
        leaves: NDArray[np.bool_] | None,
        sign: int = 1,
    ) -> None:
        """Add, slice by slice, what ``articles``, which ascend, have on ``leaves``, to the group of
        their source; -1: take it off."""
        index = self.index
        group = group_of[index.source_of[articles]]
        articles, group = articles[group >= 0], group[group >= 0]
        first, end = index.article_slices[articles], index.article_slices[articles + 1]
        slices, to = ranges(first, end), np.repeat(group, end - first)
        if leaves is not None:
            on = leaves[index.slice_leaf[slices]]
            slices, to = slices[on], to[on]
        article = index.slice_article[slices]
        last = np.full(self.out.shape[1], -1, dtype=np.int32)
        ends = np.searchsorted(slices, [s.first_slice for s in index.segments[1:]])
        bounds = [0, *ends.tolist(), len(slices)]
        for segment, a, b in zip(index.segments, bounds, bounds[1:], strict=False):
            if a == b:
                continue
            arrays, rows = segment.arrays, slices[a:b] - segment.first_slice
            indptr, terms, counts = (arrays[f"row_{n}"] for n in ("indptr", "terms", "counts"))
            own = (rows, to[a:b], article[a:b])
            if not self.compiled:
                self._add_rows((indptr, terms, counts), *own, sign)
            elif self.column is None:
                from dashboard.index.sum_kernels import add_rows

                add_rows(indptr, terms, counts, rows, to[a:b], sign, self.out)
            else:
                from dashboard.index.sum_kernels import add_articles

                add_articles(indptr, terms, *own, self.column, last, sign, self.out)

    def _add_rows(
        self,
        cells: tuple[NDArray[Any], ...],
        rows: NDArray[np.int64],
        group: NDArray[np.int64],
        article: NDArray[np.int32],
        sign: int,
    ) -> None:
        indptr, terms, counts = cells
        lengths = indptr[rows + 1] - indptr[rows]
        at = ranges(indptr[rows], indptr[rows + 1])
        column = terms[at] if self.column is None else self.column[terms[at]]
        key = np.repeat(group, lengths) * self.out.shape[1] + column
        if self.column is None:
            weights = counts[at]
        else:
            of = np.repeat(article, lengths).astype(np.int64) * self.n_terms + column
            _, first = np.unique(np.where(column < 0, -1, of), return_index=True)
            first = first[column[first] >= 0]
            key, weights = key[first], None
        found = np.bincount(key, weights, self.out.size)
        self.out += (sign * found).reshape(self.out.shape).astype(self.out.dtype)


def _largest_left(index: Index, group_of: NDArray[np.int64], n_groups: int) -> int:
    """The group that is quicker counted as what the others leave of all; -1 for none."""
    n_articles = _articles_by_source(index)
    sizes = np.bincount(group_of + 1, n_articles, n_groups + 1)
    left_out, sizes = sizes[0], sizes[1:]
    sources = np.bincount(group_of + 1, minlength=n_groups + 1)[1:]
    # Of one source it is as quick by itself.
    largest = int(np.argmax(np.where(sources > 1, sizes, 0)))
    return largest if sources[largest] > 1 and sizes[largest] > left_out else -1


def _kind(index: Index) -> type[np.signedinteger[Any]]:
    """For numbers up to that of all words: half the memory is half the time."""
    return np.int32 if index.manifest["n_words"] < 1 << 31 else np.int64


def _articles_by_source(index: Index) -> NDArray[np.int64]:
    known = np.asarray([s.n_articles for s in index.sources], dtype=np.int64)
    return np.append(known, index.n_articles - known.sum())


def _group_of_slices(
    index: Index, selection: Selection, group_of: NDArray[np.int64], n_groups: int
) -> NDArray[Any]:
    """(n_slices,) group of each slice that is selected plus one, 0 for the others; small numbers,
    as they are looked up at random."""
    kind = np.uint8 if n_groups < 1 << _GROUP_BITS else np.uint32
    of_article = (group_of + 1).astype(kind)[index.source_of] * selection.articles
    if selection.leaves is None:
        of_slice: NDArray[Any] = of_article[index.slice_article]
        return of_slice
    return select_slices(index, of_article, selection.leaves)[0]


def select_slices(
    index: Index, of_article: NDArray[Any], leaves: NDArray[np.bool_]
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Of slices on ``leaves`` what their article has in ``of_article`` (unsigned, or bool), of
    others zero; and the articles that then have something."""
    article, leaf = index.slice_article, index.slice_leaf
    if is_compiled(index):
        from dashboard.index import sum_kernels

        of_slice = np.empty(len(article), dtype=of_article.dtype)
        found = np.zeros(len(of_article), dtype=of_article.dtype)
        sum_kernels.select_slices(article, leaf, of_article, leaves, of_slice, found)
        return of_slice, found > 0
    of_slice = of_article[article] * leaves[leaf]
    has = np.zeros(len(of_article), dtype=bool)
    has[article[of_slice > 0]] = True
    return of_slice, has


def _by_postings(
    index: Index, terms: NDArray[np.int64], group: NDArray[Any], n_groups: int
) -> NDArray[np.int64]:
    """``group``: see ``_group_of_slices``."""
    counts = np.zeros((len(terms), n_groups + 1), dtype=np.int64)
    compiled = is_compiled(index)
    shift = 8 * group.dtype.itemsize
    for segment in index.segments:
        arrays = segment.arrays
        article = arrays["slice_article"]
        own = group[segment.first_slice : segment.first_slice + len(article)]
        if not own.any():
            continue
        found, starts, ends = segment.posted(terms)
        if compiled:
            from dashboard.index.sum_kernels import count_articles

            kind = np.uint32 if shift == _GROUP_BITS else np.uint64
            room = np.empty(len(own), kind), np.empty((ends - starts).max(initial=0), kind)
            slices = arrays["posting_slices"]
            count_articles(found, starts, ends, slices, article, own, shift, *room, counts)
            continue
        for i, start, end in zip(found.tolist(), starts.tolist(), ends.tolist(), strict=True):
            slices = arrays["posting_slices"][start:end]
            slices = slices[own[slices] > 0]
            first = np.diff(article[slices], prepend=-1) > 0  # slices ascend, and so do articles
            counts[i] += np.bincount(own[slices[first]], minlength=n_groups + 1)
    return counts[:, 1:]


def warm_up(index: Index) -> None:
    """Compile the sums of a large index and keep their code: no visitor shall wait for it."""
    if not is_compiled(index):
        return
    few = np.arange(index.n_articles) < 1
    groups = np.zeros(len(index.sources) + 1, dtype=np.int64)
    for selection in (Selection(few), Selection(few, days=(None, None))):
        term_counts(index, selection, groups, 1)
        article_counts(index, selection, groups, 1, np.arange(1))
    leaves = np.ones(len(index.topic_of_leaf), dtype=bool)
    of_slice = _group_of_slices(index, Selection(few, leaves), groups, 1)
    _by_postings(index, index.lexicon.analysed[:1], of_slice, 1)
    mix_sums(index, np.where(few, 0, -1), 1)
    source_sums(index, few[index.slice_article])
