"""House templates: text that many articles carry which have nothing else in common."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import run_starts

LEAST = 4  # articles of one source; of several, on average
DOMINATED = 0.75  # share of the articles that one source has
EVERYWHERE = 12  # articles of whatever sources
OWN = 0.1  # share of an article that at most one other has: with less it is of a family of copies
_TOLERATED = 10  # one in so many may be one


def find_templates(
    grams: NDArray[Any], articles: NDArray[Any], source_of: NDArray[Any], own: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """(n_grams,) which 8-grams belong to a house template. ``grams`` (n,), ascending from 0, and
    ``articles`` (n,): who has them; of an article ``source_of`` (those of unknown source are taken
    for one) and ``own``, the share of its 8-grams that no more than one other has.

    A template is in at least LEAST articles of a source that has DOMINATED of all, in LEAST
    articles of each source on average, or in EVERYWHERE; and nearly all of these articles have text
    of their own beside it. Where one text was copied, cut or updated again and again, its original
    has none.
    """
    if not len(grams):
        return np.zeros(0, dtype=bool)
    of = source_of[articles]
    order = np.lexsort((of, grams))
    pairs = grams[order].astype(np.int64) * (int(of.max()) + 2) + of[order] + 1
    starts = run_starts(pairs)
    in_source = np.diff(starts, append=len(pairs))
    by_source = run_starts(grams[order][starts])  # where each gram begins among these
    n_sources = np.diff(by_source, append=len(starts))
    most = np.maximum.reduceat(in_source, by_source)
    begin = run_starts(grams)
    total = np.diff(begin, append=len(grams))
    copies = np.add.reduceat((own[articles] < OWN).astype(np.int64), begin)
    is_shared = (
        ((most >= LEAST) & (most >= DOMINATED * total))
        | (total >= LEAST * n_sources)
        | (total >= EVERYWHERE)
    )
    return is_shared & (copies <= total // _TOLERATED)
