"""Pairs of figures, and the groups that they make."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class FigurePairs:
    """Figures of one kind and unit, of two sources, the earlier first, with the words that both
    have around them."""

    a: Ints
    b: Ints
    shared: Ints
    near: Ints  # of them next to both

    def where(self, chosen: Flags) -> FigurePairs:
        """Those that are chosen."""
        return FigurePairs(self.a[chosen], self.b[chosen], self.shared[chosen], self.near[chosen])


def unite(group: Ints, pairs: FigurePairs) -> None:
    """Put the two of each pair in one group: ``group`` leads to the first of each."""
    for a, b in zip(pairs.a.tolist(), pairs.b.tolist(), strict=True):
        x, y = _root(group, a), _root(group, b)
        group[max(x, y)] = min(x, y)


def _root(group: Ints, i: int) -> int:
    while group[i] != i:
        group[i] = group[group[i]]
        i = int(group[i])
    return i


def roots(group: Ints) -> Ints:
    """The first of each group, for every figure."""
    while not np.array_equal(group, group[group]):
        group = group[group]
    return group
