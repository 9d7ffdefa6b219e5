"""Counts of terms by groups of slices: what comparisons of sources and rising words rest on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.index.opened import Index


def term_counts(index: Index, group: NDArray[np.int64], n_groups: int) -> NDArray[np.int64]:
    """(n_groups, n_analysed) uses of each analysed term in each group of slices.

    ``group``: (n_slices,) group of each slice, -1 for those left out.
    """
    n_terms = len(index.lexicon.analysed)
    counts = np.zeros(n_groups * n_terms, dtype=np.int64)
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


def articles_of_term(index: Index, term: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Slices with a term, ascending, and the article of each."""
    slices = [
        segment.postings(term)[0].astype(np.int64) + segment.first_slice
        for segment in index.segments
    ]
    found = np.concatenate(slices) if slices else np.zeros(0, dtype=np.int64)
    return found, index.slice_article[found].astype(np.int64)
