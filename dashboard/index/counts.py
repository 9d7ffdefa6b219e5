"""Counts of terms by groups of slices: what comparisons of sources and rising words rest on.

Where the corpus is large and numba is installed, sums that the build made of neighbouring slices
(``blocks``) and of slices of one source and leaf (``cells``) stand for their slices wherever all of
them are in one group; the result is the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.index.container import ranges
from dashboard.index.opened import Index

COMPILED_FROM = 5_000  # articles
_TERMS_AT_ONCE = 100  # their postings in one segment are gathered together


def term_counts(index: Index, group: NDArray[np.int64], n_groups: int) -> NDArray[np.int64]:
    """(n_groups, n_analysed) uses of each analysed term in each group of slices.

    ``group``: (n_slices,) group of each slice, -1 for those left out.
    """
    n_terms = len(index.lexicon.analysed)
    counts = np.zeros(n_groups * n_terms, dtype=np.int64)
    if index.n_articles >= COMPILED_FROM and _is_compiled():
        return _sum_compiled(index, group, counts.reshape(n_groups, n_terms))
    for segment in index.segments:
        indptr = segment.arrays["row_indptr"]
        own = group[segment.first_slice : segment.first_slice + len(indptr) - 1]
        if not (own >= 0).any():
            continue
        of_cell = np.repeat(own, np.diff(indptr))
        terms, uses = segment.arrays["row_terms"], segment.arrays["row_counts"]
        if (own < 0).any():
            chosen = of_cell >= 0
            of_cell, terms, uses = of_cell[chosen], terms[chosen], uses[chosen]
        counts += np.bincount(of_cell * n_terms + terms, uses, len(counts)).astype(np.int64)
    return counts.reshape(n_groups, n_terms)


def _is_compiled() -> bool:
    from dashboard.index.kernels import engine

    return engine() == "numba"


def _sum_compiled(
    index: Index, group: NDArray[np.int64], counts: NDArray[np.int64]
) -> NDArray[np.int64]:
    from dashboard.index.sum_kernels import add_blocks, add_rows, groups_of

    for segment in index.segments:
        arrays = segment.arrays
        own = group[segment.first_slice : segment.first_slice + len(arrays["row_indptr"]) - 1]
        rows = (arrays["row_indptr"], arrays["row_terms"], arrays["row_counts"])
        if "cell_order" not in arrays:
            add_rows(*rows, own, counts)
            continue
        of_cell = np.empty(len(arrays["cell_bounds"]) - 1, dtype=np.int64)
        if groups_of(arrays["cell_order"], arrays["cell_bounds"], own, of_cell):
            cells = (arrays["cell_indptr"], arrays["cell_terms"], arrays["cell_counts"])
            add_rows(*cells, of_cell, counts)
        else:
            blocks = (arrays["block_indptr"], arrays["block_terms"], arrays["block_counts"])
            add_blocks(*rows, arrays["block_bounds"], *blocks, own, counts)
    return counts


def articles_of_terms(
    index: Index, terms: NDArray[np.int64], group: NDArray[np.int64], n_groups: int
) -> NDArray[np.int64]:
    """(n_terms, n_groups) different articles of each group with each of ``terms`` (numbers of the
    lexicon). ``group``: (n_slices,) as for :func:`term_counts`, the same for all of an article's
    slices that are not left out."""
    counts = np.zeros(len(terms) * n_groups, dtype=np.int64)
    for segment in index.segments:
        known, of_slice = segment.arrays["posting_terms"], segment.arrays["slice_article"]
        own = group[segment.first_slice : segment.first_slice + len(of_slice)]
        at = np.searchsorted(known, terms)
        there = np.flatnonzero(at < len(known))
        there = there[known[at[there]] == terms[there]]
        for few in np.split(there, range(_TERMS_AT_ONCE, len(there), _TERMS_AT_ONCE)):
            starts, ends = (segment.arrays["posting_offsets"][at[few] + i] for i in (0, 1))
            slices = segment.arrays["posting_slices"][ranges(starts, ends)]
            term = np.repeat(few, ends - starts)
            in_scope = own[slices] >= 0
            if not in_scope.all():
                slices, term = slices[in_scope], term[in_scope]
            # Slices of a posting ascend, and so do their articles.
            key = term * len(of_slice) + of_slice[slices]
            first = np.flatnonzero(np.diff(key, prepend=-1))
            cell = term[first] * n_groups + own[slices[first]]
            counts += np.bincount(cell, minlength=len(counts))
    return counts.reshape(len(terms), n_groups)
