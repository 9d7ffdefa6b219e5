"""Topics that the user gave, in the place of fitted ones: which article is on which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.index.topics.model import OTHER


@dataclass(frozen=True, eq=False)
class GivenTopics:
    """``numbers``: (n,) ids of articles (see ``id_number``), ascending, and the ``leaf`` (n,) of
    each. ``facts`` for the manifest: the ``file``, its ``digest`` and ``n_rows``, how many of these
    were ``kept``, and how many ``set_aside`` for which reason."""

    numbers: NDArray[np.int64]
    leaf: NDArray[np.int64]
    facts: Mapping[str, Any]

    def leaf_of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """(n,) leaf of each of these articles, ``OTHER`` for those that the file doesn't name."""
        if not len(self.numbers):
            return np.full(len(numbers), OTHER, dtype=np.int64)
        at = np.searchsorted(self.numbers, numbers).clip(max=len(self.numbers) - 1)
        return np.where(self.numbers[at] == numbers, self.leaf[at], OTHER)
