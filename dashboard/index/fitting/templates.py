"""What does not count as a theme: house templates and residual topics.

A template is one source's furniture: nearly all its texts come from one source and share wording
that is rare elsewhere. A residual topic is what no theme took: its typical words rarely share a
text.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from dashboard.index.terms.fit_terms import TermTable
from dashboard.index.topics.model import RESIDUAL, TEMPLATE, THEME

ONE_SOURCE = 0.8  # share of a leaf's units, and of a house term's
COMMON = 0.25  # share of the leaf's units that hold a house term
VERBATIM = 0.6  # the same, of a line that recurs unchanged
MIN_TERMS, MIN_VERBATIM = 4, 1
MIN_UNITS = 5
LOOSE = 0.5  # of the median coherence; below it, a leaf is residual


def kinds_of_leaves(
    coherence: NDArray[np.float64],
    part: NDArray[np.int64],
    terms: TermTable,
    order: NDArray[np.int64],
    source_of: NDArray[np.int64] | None,
) -> list[str]:
    """Kind of each leaf. coherence: (n_leaves,) of its words; part: leaf of each fitted unit;
    order: row of ``terms`` of each fitted unit; source_of: its source, -1 unknown; without
    it, or with a single source, no template can be told from a theme."""
    kinds = [THEME] * len(coherence)
    loose = coherence < LOOSE * np.median(coherence)
    for leaf in np.flatnonzero(loose).tolist():
        kinds[leaf] = RESIDUAL
    if source_of is None:
        return kinds
    for leaf in range(len(coherence)):
        members = np.flatnonzero((part == leaf) & (source_of >= 0))
        if len(members) < MIN_UNITS:
            continue
        top = int(np.bincount(source_of[members]).argmax())
        of_source = np.flatnonzero(source_of == top)
        share = np.count_nonzero(source_of[members] == top) / np.count_nonzero(part == leaf)
        if share < ONE_SOURCE or 2 * len(of_source) > len(part):
            continue
        if _has_house_terms(terms, order[members], order[of_source]):
            kinds[leaf] = TEMPLATE
    return kinds


def _has_house_terms(
    terms: TermTable, members: NDArray[np.int64], of_source: NDArray[np.int64]
) -> bool:
    in_leaf, in_source = _unit_freq(terms, members), _unit_freq(terms, of_source)
    house = (in_source >= ONE_SOURCE * terms.unit_freq) & (terms.unit_freq >= MIN_UNITS)
    house &= ~terms.is_stop
    often = np.count_nonzero(house & (in_leaf >= COMMON * len(members)))
    always = np.count_nonzero(house & (in_leaf >= VERBATIM * len(members)))
    return bool(often >= MIN_TERMS and always >= MIN_VERBATIM)


def _unit_freq(terms: TermTable, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """(n_terms,) units among ``rows`` that hold each term."""
    shape = (len(terms.indptr) - 1, len(terms))
    counts = sp.csr_matrix((terms.data, terms.indices, terms.indptr), shape=shape)
    return np.bincount(counts[rows].indices, minlength=len(terms))
