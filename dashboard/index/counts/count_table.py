"""Counts of terms by group, added up from sums and from rows of slices."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import ranges, run_starts
from dashboard.index.counts.term_rows import TermRows, sum_runs
from dashboard.index.counts.topic_mix import is_compiled
from dashboard.index.index import Index
from dashboard.index.storage.sums import Sums


class CountTable:
    """``out``: (n_groups, n_analysed) uses of each analysed term, or (n_groups, n_columns) articles
    with each of the analysed terms in ``columns``."""

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
            from dashboard.index.counts.kernels.sums import add_cells, add_some_cells

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
                from dashboard.index.counts.kernels.sums import add_term_rows

                add_term_rows(indptr, terms, counts, rows, to[a:b], sign, self.out)
            else:
                from dashboard.index.counts.kernels.sums import add_article_counts

                add_article_counts(indptr, terms, *own, self.column, last, sign, self.out)

    def _add_rows(
        self,
        cells: tuple[NDArray[Any], ...],
        rows: NDArray[np.int64],
        group: NDArray[np.int64],
        article: NDArray[np.int32],
        sign: int,
    ) -> None:
        taken = TermRows(*cells).take(rows)
        if self.column is None:
            key = np.repeat(group, np.diff(taken.indptr)) * self.out.shape[1] + taken.terms
            weights = taken.counts
        else:
            first = run_starts(article)
            bounds = np.append(first, len(rows))
            by_article = sum_runs(taken, np.arange(len(rows)), bounds, self.n_terms, np.int32)
            column = self.column[by_article.indices]
            key = np.repeat(group[first], np.diff(by_article.indptr)) * self.out.shape[1] + column
            key, weights = key[column >= 0], None
        found = np.bincount(key, weights, self.out.size)
        self.out += (sign * found).reshape(self.out.shape).astype(self.out.dtype)


def _kind(index: Index) -> type[np.signedinteger[Any]]:
    """For numbers up to that of all words: half the memory is half the time."""
    return np.int32 if index.n_words < 1 << 31 else np.int64
