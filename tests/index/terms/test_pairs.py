"""N-grams: scikit-learn's CountVectorizer with our token rule is the oracle."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.index.terms import pairs
from dashboard.index.terms.pairs import number_pairs


def test_pairs_are_numbered_where_they_are_frequent(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = np.asarray([0, 1, 0, 0, 1, 2]), np.asarray([1, 1, 1, 1, 0, 2])
    text = np.asarray([0, 0, 1, 1, 3, 4])
    for size in (1, 100):
        monkeypatch.setattr(pairs, "BLOCK", size)
        keys, numbers = number_pairs(first, second, text, 3, 2)
        assert keys.tolist() == [1]
        assert numbers.tolist() == [0, -1, 0, 0, -1, -1]
        assert number_pairs(first, second, text, 3, 1)[0].tolist() == [1, 3, 4, 8]
    keys, numbers = number_pairs(np.asarray([-1, 1, 0, -1, 1, -1]), second, text, 3, 1)
    assert keys.tolist() == [1, 3, 4]
    assert numbers.tolist() == [-1, 2, 0, -1, 1, -1]
    assert number_pairs(first[:0], second[:0], text[:0], 3, 2)[0].tolist() == []
