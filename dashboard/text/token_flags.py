"""How a token is written: its bits in an index, and the weights that tell a name by its capitals.

A word that opens a sentence or stands in a headline has its capital from there, so such a use
counts for less: three tenths where the usual casing is sought, a hundredth where names are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.text.unicode_form import APOSTROPHES

_TWO_BITS = 0b11  # joined, then shape; initial is one bit


def shape_of(spelling: str) -> int:
    """0 for a spelling with a small letter at the beginning, or in a script that has no capitals, 1
    for a capital there, 2 for nothing but capitals (two or more); a possessive ’s aside."""
    letters = spelling.replace(".", "")
    if len(letters) > 2 and letters[-1] in "sS" and letters[-2] in APOSTROPHES:  # CNN's
        letters = letters[:-2]
    if len(letters) > 1 and letters.isupper():
        return 2
    return 1 if spelling[:1].isupper() else 0


def pack_flags(
    joined: NDArray[np.int8], shape: NDArray[np.int8], initial: NDArray[np.bool_]
) -> NDArray[np.int8]:
    """One number a token of ``joined``, ``shape`` and ``initial``: see ``TokenStream``."""
    return joined | shape << 2 | initial.astype(np.int8) << 4


def unpack_flags(
    flags: NDArray[np.int8],
) -> tuple[NDArray[np.int8], NDArray[np.int8], NDArray[np.bool_]]:
    """What :func:`pack_flags` packed."""
    return flags & _TWO_BITS, flags >> 2 & _TWO_BITS, (flags >> 4 & 1).astype(bool)


def casing_weight(uses: NDArray[np.int64], initial: NDArray[np.int64]) -> NDArray[np.int64]:
    """Tenths of a use, for choosing a word's casing; ``initial``: how many of ``uses`` are so."""
    return 10 * uses - 7 * initial


def capital_weight(uses: NDArray[np.int64], initial: NDArray[np.int64]) -> NDArray[np.int64]:
    """Hundredths of a use, for :func:`is_capitalised`: a word that never stands inside a sentence
    is judged by its other uses."""
    return 100 * uses - 99 * initial


def is_capitalised(capital: NDArray[np.int64], total: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Words with a capital in at least half of their uses, both by :func:`capital_weight`."""
    return (total > 0) & (2 * capital >= total)
