"""Rows of counts by term, and sums of them; the same with numba and without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import ranges
from dashboard.text.tokenise import COMPILED_FROM, engine_for


class TermRows(NamedTuple):
    """A CSR matrix of terms."""

    indptr: NDArray[np.int64]
    terms: NDArray[np.uint16]
    counts: NDArray[Any]

    @classmethod
    def of(cls, segment: Mapping[str, NDArray[Any]]) -> TermRows:
        """Those of a segment's slices."""
        return cls(segment["row_indptr"], segment["row_terms"], segment["row_counts"])

    def take(self, chosen: NDArray[np.int64]) -> TermRows:
        """These rows, in this order."""
        starts, ends = self.indptr[chosen], self.indptr[chosen + 1]
        at = ranges(starts, ends)
        indptr = np.concatenate([[0], np.cumsum(ends - starts)]).astype(np.int64)
        return TermRows(indptr, self.terms[at], self.counts[at])

    def keep(self, mask: NDArray[np.bool_]) -> TermRows:
        """The rows in ``mask``; of a large matrix, less memory than to take them."""
        lengths = np.diff(self.indptr)
        cells = np.repeat(mask, lengths)
        indptr = np.concatenate([[0], np.cumsum(lengths[mask])]).astype(np.int64)
        return TermRows(indptr, self.terms[cells], self.counts[cells])

    def ones(self) -> TermRows:
        """The same terms, each once."""
        return TermRows(self.indptr, self.terms, np.ones_like(self.counts))


def stack(parts: Sequence[TermRows]) -> TermRows:
    """The rows of each part, one part after the other."""
    lengths = np.concatenate([np.diff(part.indptr) for part in parts])
    indptr = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    terms = np.concatenate([part.terms for part in parts])
    return TermRows(indptr, terms, np.concatenate([part.counts for part in parts]))


def to_rows(table: NDArray[Any]) -> TermRows:
    """A full table (n_rows, n_terms)."""
    cells = [np.flatnonzero(row) for row in table]
    return TermRows(
        np.concatenate([[0], np.cumsum([len(each) for each in cells])]).astype(np.int64),
        np.concatenate(cells).astype(np.uint16),
        np.concatenate([row[each] for row, each in zip(table, cells, strict=True)]),
    )


def sum_runs(
    rows: TermRows,
    order: NDArray[np.int64],
    bounds: NDArray[np.int64],
    n_terms: int,
    dtype: type[np.integer[Any]],
) -> Any:
    """Sums of rows ``order[bounds[i]:bounds[i + 1]]`` for each i, as a ``csr_matrix`` whose terms
    are in no order."""
    from scipy.sparse import csr_matrix

    ones = np.ones(len(order), dtype)
    of_run = csr_matrix((ones, order, bounds), shape=(len(bounds) - 1, len(order)))
    matrix = csr_matrix(
        (rows.counts.astype(dtype), rows.terms.astype(np.int32), rows.indptr),
        shape=(len(order), n_terms),
    )
    return of_run @ matrix


@dataclass(frozen=True)
class Adder:
    """Sums rows of ``n_terms`` terms into numbers of ``dtype``."""

    n_terms: int
    dtype: type[np.unsignedinteger[Any]]

    def sums(self, rows: TermRows, key: NDArray[np.int64], n_keys: int) -> TermRows:
        """Of the rows of each key, terms ascending."""
        order = np.argsort(key, kind="stable")
        bounds = np.searchsorted(key[order], np.arange(n_keys + 1))
        if engine_for(COMPILED_FROM) != "numba":
            return self._by_product(rows, order, bounds)
        from dashboard.index.counts.kernels.sums import sum_rows

        made = TermRows(
            np.zeros(n_keys + 1, np.int64),
            np.empty(len(rows.terms), np.uint16),
            np.empty(len(rows.terms), self.dtype),
        )
        sums = np.zeros(self.n_terms, self.dtype)
        marks = np.zeros(self.n_terms // 64 + 1, np.uint64)
        sum_rows(*rows, order, bounds, sums, marks, *made)
        n = int(made.indptr[-1])
        return TermRows(made.indptr, made.terms[:n].copy(), made.counts[:n].copy())

    def _by_product(
        self, rows: TermRows, order: NDArray[np.int64], bounds: NDArray[np.int64]
    ) -> TermRows:
        found = sum_runs(rows, order, bounds, self.n_terms, self.dtype)
        found.sort_indices()
        return TermRows(found.indptr.astype(np.int64), found.indices.astype(np.uint16), found.data)

    def add(self, rows: TermRows, key: NDArray[np.int64], table: NDArray[Any]) -> None:
        """Add each row to that of its key in ``table`` (n_keys, n_terms); -1 for none."""
        chosen = np.flatnonzero(key >= 0)
        if engine_for(COMPILED_FROM) == "numba":
            from dashboard.index.counts.kernels.sums import add_term_rows

            add_term_rows(*rows, chosen, key[chosen], 1, table)
            return
        taken = rows.take(chosen)
        at = np.repeat(key[chosen], np.diff(taken.indptr)) * self.n_terms + taken.terms
        np.add.at(table.reshape(-1), at, taken.counts.astype(self.dtype))
