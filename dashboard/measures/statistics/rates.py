"""Rates per 10,000 words, and how far they can be trusted."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAST_ARTICLES = 5  # fewer can't tell how much articles differ
PER = 1e4  # words
_Z = 1.959964
RATE_METHOD = """
The 95 % interval of a **rate** takes articles as units: Rao's score interval of a count, widened by
how much more articles differ in it than chance would have them (quasi-Poisson, with the linearised
variance of a ratio over articles: Cochran 1977, ch. 6; quantiles of Student's t). Fewer than
five articles have none.
"""
_Ends = tuple[NDArray[np.float64], NDArray[np.float64]]


class Rates:
    """Rates of keywords in ``n_cells`` cells. ``cell``, ``words``: (n,) of each article; cell -1:
    it is in none."""

    def __init__(self, cell: NDArray[Any], words: NDArray[Any], n_cells: int) -> None:
        self._cell, self._words, self._n_cells = cell, words, n_cells
        here = np.flatnonzero(cell >= 0)
        of, own = cell[here], words[here].astype(float)
        self._n = np.bincount(of, minlength=n_cells)
        self._size, self._squares = (np.bincount(of, each, n_cells) for each in (own, own * own))

    def intervals(self, article: NDArray[Any], uses: NDArray[Any]) -> _Ends:
        """95 % intervals of uses per 10,000 words of each cell; see ``RATE_METHOD``.

        ``article``: those with a use, several times where ``uses`` are parted. NaN where
        a cell has fewer than ``LEAST_ARTICLES`` or no words; a cell without a use begins at 0.
        """
        article, place = np.unique(article, return_inverse=True)
        y = np.bincount(place, uses, len(article)).astype(float)
        cell, w = self._cell[article], self._words[article].astype(float)
        y, w, cell = y[cell >= 0], w[cell >= 0], cell[cell >= 0]
        total, squares, products = (
            np.bincount(cell, each, self._n_cells) for each in (y, y * y, y * w)
        )
        known = (self._n >= LEAST_ARTICLES) & (self._size > 0)
        size = np.where(known, self._size, 1)
        rate = total / size
        spread = squares - 2 * rate * products + rate**2 * self._squares
        variance = self._n / np.maximum(self._n - 1, 1) * spread  # of the count
        wider = np.maximum(variance / np.where(total > 0, total, 1), 1.0)
        count = total / wider
        # Student's t: how much articles differ is itself only known of n.
        z = _Z + (_Z**3 + _Z) / (4 * np.maximum(self._n - 1, 1)) * (wider > 1)
        half = z * np.sqrt(count + z**2 / 4)
        low, high = (
            np.where(known, PER * wider * np.maximum(count + z**2 / 2 + each, 0) / size, np.nan)
            for each in (-half, half)
        )
        return low, high
