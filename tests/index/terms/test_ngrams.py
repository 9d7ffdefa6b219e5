"""N-grams: scikit-learn's CountVectorizer with our token rule is the oracle."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from dashboard import arrays
from dashboard.index.terms import ngrams
from dashboard.index.terms.ngrams import count_ngrams, number_pairs
from dashboard.text import tokenise as token_reader
from dashboard.text.token_rule import tokenise

WORDS = st.sampled_from(
    ["a", "A", "b", "aa", "a's", "don't", "U.S.", "1,5", "北京大", "é", ".", "\n"]
)
TEXTS = st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=8)


def grams(text: str, ngram_range: tuple[int, int]) -> list[str]:
    words = [word for word, _ in tokenise(text)]
    return [
        " ".join(words[i : i + length])
        for length in range(ngram_range[0], ngram_range[1] + 1)
        for i in range(len(words) - length + 1)
    ]


@pytest.mark.parametrize(
    "engine", ["numpy", pytest.param("numba", marks=pytest.mark.needs("numba"))]
)
@pytest.mark.parametrize("ngram_range", [(1, 1), (1, 2), (2, 2)])
@given(texts=TEXTS, min_df=st.integers(1, 3))
def test_no_cell_differs_from_count_vectorizer(
    engine: str, ngram_range: tuple[int, int], texts: list[str], min_df: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSPRISM_ENGINE", engine)
        patch.setattr(token_reader, "COMPILED_FROM", 0)
        for module in (arrays, ngrams):
            patch.setattr(module, "BLOCK", 5)
        found = count_ngrams(texts, ngram_range, min_df)
    oracle = CountVectorizer(analyzer=lambda text: grams(text, ngram_range), min_df=1)
    try:
        full = oracle.fit_transform(texts).toarray()
    except ValueError:  # empty vocabulary
        full = np.zeros((len(texts), 0), dtype=int)
        oracle.vocabulary_ = {}
    kept = (full > 0).sum(axis=0) >= min_df
    names = np.asarray(sorted(oracle.vocabulary_), dtype=object)
    assert found.vocabulary == names[kept].tolist()
    dense = np.zeros((len(texts), len(found.vocabulary)), dtype=int)
    dense[np.repeat(np.arange(len(texts)), np.diff(found.indptr)), found.indices] = found.data
    assert (dense == full[:, kept]).all()


def test_other_ranges_are_refused() -> None:
    with pytest.raises(ValueError, match="ngram_range is"):
        count_ngrams(["a b c"], (1, 3))


def test_pairs_are_numbered_where_they_are_frequent(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = np.asarray([0, 1, 0, 0, 1, 2]), np.asarray([1, 1, 1, 1, 0, 2])
    text = np.asarray([0, 0, 1, 1, 3, 4])
    for size in (1, 100):
        monkeypatch.setattr(ngrams, "BLOCK", size)
        keys, numbers = number_pairs(first, second, text, 3, 2)
        assert keys.tolist() == [1]
        assert numbers.tolist() == [0, -1, 0, 0, -1, -1]
        assert number_pairs(first, second, text, 3, 1)[0].tolist() == [1, 3, 4, 8]
    keys, numbers = number_pairs(np.asarray([-1, 1, 0, -1, 1, -1]), second, text, 3, 1)
    assert keys.tolist() == [1, 3, 4]
    assert numbers.tolist() == [-1, 2, 0, -1, 1, -1]
    assert number_pairs(first[:0], second[:0], text[:0], 3, 2)[0].tolist() == []
