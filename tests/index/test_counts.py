"""Sums over slices: both engines, with and without the sums of the build, against plain loops."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard.index import counts, kernels, slice_sums
from dashboard.index.build import build_index
from dashboard.index.opened import Index, open_index


@pytest.fixture(scope="module")
def index(seeds_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The seeds, with sums of cells and of small blocks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slice_sums, "SUMMED_FROM", 0)
        patch.setattr(slice_sums, "BLOCK", 3)
        folder = tmp_path_factory.mktemp("summed") / "index"
        build_index([seeds_dir], folder)
    return open_index(folder)


@pytest.fixture(params=["numpy", "numba"])
def engine(request: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "numba" and not kernels.available():
        pytest.skip("numba is not installed")
    monkeypatch.setattr(counts, "COMPILED_FROM", 0)
    monkeypatch.setenv(kernels.SETTING, "numpy" if request.param == "numpy" else "")
    return str(request.param)


def groupings(index: Index) -> dict[str, np.ndarray]:
    """(n_slices,) groups: uniform by source, by source and topic, and by article."""
    source = index.source_of[index.slice_article].astype(np.int64)
    even = index.slice_article % 2 == 0
    return {
        "all": source,
        "of some topics": np.where(index.slice_topic % 2 == 0, source, -1),
        "of some articles": np.where(even, source, -1),
        "of most slices": np.where(np.arange(len(source)) % 7 > 0, 0, -1),
        "none": np.full(len(source), -1),
    }


@pytest.mark.parametrize("name", ["all", "of some topics", "of some articles", "of most slices",
                                  "none"])  # fmt: skip
def test_term_counts(index: Index, engine: str, name: str) -> None:
    group = groupings(index)[name]
    expected = np.zeros((len(index.sources), len(index.lexicon.analysed)), dtype=np.int64)
    for segment in index.segments:
        arrays = segment.arrays
        assert "cell_order" in arrays or not kernels.available()
        for row in range(len(arrays["row_indptr"]) - 1):
            to = group[segment.first_slice + row]
            cells = slice(*arrays["row_indptr"][row : row + 2])
            if to >= 0:
                np.add.at(expected[to], arrays["row_terms"][cells], arrays["row_counts"][cells])
    found = counts.term_counts(index, group, len(index.sources))
    assert np.array_equal(found, expected)


@pytest.mark.parametrize("name", ["all", "of some topics", "of some articles", "none"])
def test_article_counts(index: Index, engine: str, name: str) -> None:
    group = groupings(index)[name]
    terms = np.arange(0, len(index.lexicon), 3)
    articles = defaultdict(set)
    for segment in index.segments:
        arrays = segment.arrays
        lists = zip(arrays["posting_offsets"], arrays["posting_offsets"][1:], strict=False)
        for term, (start, end) in zip(arrays["posting_terms"].tolist(), lists, strict=True):
            for one in arrays["posting_slices"][start:end] + segment.first_slice:
                articles[term, int(group[one])].add(int(index.slice_article[one]))
    found = counts.article_counts(index, terms, group, len(index.sources))
    expected = [[len(articles[t, g]) for g in range(len(index.sources))] for t in terms.tolist()]
    assert found.tolist() == expected


def test_article_counts_of_unknown_and_no_terms(index: Index, engine: str) -> None:
    group = groupings(index)["all"]
    beyond = np.asarray([len(index.lexicon) + 5])
    assert counts.article_counts(index, beyond, group, 9).tolist() == [[0] * 9]
    assert counts.article_counts(index, beyond[:0], group, 9).shape == (0, 9)


def test_mix_sums(index: Index, engine: str) -> None:
    mask = np.arange(index.n_articles) % 3 > 0
    group = np.where(mask, index.source_of, -1)
    found = counts.mix_sums(index, group, len(index.sources))
    shape = len(index.sources), len(index.topics)
    sums = {name: np.zeros(shape) for name in ("words", "squares", "products", "passages")}
    lengths = np.bincount(index.slice_article, index.slice_words)
    for article in np.flatnonzero(mask & (index.source_of >= 0)):
        own = index.slice_article == article
        source = index.source_of[article]
        for topic in range(shape[1]):
            chosen = own & (index.slice_topic == topic)
            words = index.slice_words[chosen].sum()
            sums["words"][source, topic] += words
            sums["squares"][source, topic] += words**2
            sums["products"][source, topic] += words * lengths[article]
            sums["passages"][source, topic] += index.slice_passages[chosen].sum()
    assert np.array_equal(found.topic_words, sums["words"])
    assert np.array_equal(found.squares, sums["squares"])
    assert np.array_equal(found.products, sums["products"])
    assert np.array_equal(found.n_passages, sums["passages"])
    known = mask & (index.source_of >= 0)
    source = index.source_of[known]
    assert np.array_equal(found.n_articles, np.bincount(source, minlength=shape[0]))
    assert np.array_equal(found.words, np.bincount(source, lengths[known], shape[0]))
    assert np.array_equal(found.length_squares, np.bincount(source, lengths[known] ** 2, shape[0]))
    of = index.source_of[index.slice_article]
    chosen = known[index.slice_article]
    squares = np.bincount(of[chosen], index.slice_squares[chosen], shape[0])
    assert np.array_equal(found.passage_squares, squares)
