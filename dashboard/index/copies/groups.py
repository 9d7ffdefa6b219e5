"""Groups of what hangs together by pairs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def group(n: int, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int32]:
    """(n,) number of the connected component of each of ``n`` things under the pairs, by the first
    thing in it; -1 for one that is in no pair."""
    lowest = np.arange(n)
    while True:
        least = np.minimum(lowest[a], lowest[b])
        before = lowest.copy()
        np.minimum.at(lowest, lowest[a], least)
        np.minimum.at(lowest, lowest[b], least)
        lowest = lowest[lowest]
        if (lowest == before).all():
            break
    paired = np.zeros(n, dtype=bool)
    paired[a] = paired[b] = True
    groups = np.full(n, -1, dtype=np.int32)
    groups[paired] = np.unique(lowest[paired], return_inverse=True)[1]
    return groups
