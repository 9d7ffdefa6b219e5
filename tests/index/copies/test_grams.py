"""8-grams: of articles, never across two; the sample has all of a short article."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.index.copies import grams
from dashboard.index.copies.grams import (
    FEW,
    gram_counts,
    hash_grams,
    may_repeat,
    once_each,
    segment_grams,
    take_sample,
)


def counts_of(*articles: list[int]) -> dict[str, np.ndarray]:
    """Articles of two passages each."""
    halves = [half for words in articles for half in (words[: len(words) // 2],
                                                      words[len(words) // 2 :])]  # fmt: skip
    return {
        "ids": np.asarray([word for half in halves for word in half], dtype=np.int32),
        "offsets": np.cumsum([0, *map(len, halves)]),
        "article_passages": np.arange(0, len(halves) + 1, 2),
    }


def test_equal_runs_have_equal_hashes_wherever_they_stand() -> None:
    words = np.arange(30)
    found = hash_grams(words)
    assert len(found) == len(set(found.tolist())) == 23
    assert (hash_grams(words[5:20]) == found[5:13]).all()
    assert hash_grams(words[::-1])[0] not in found
    assert len(hash_grams(words[:7])) == len(hash_grams(words[:0])) == 0


def test_passages_dont_part_runs_and_articles_do() -> None:
    counts = counts_of(list(range(20)), [1, 2, 3], [], list(range(100, 111)))
    assert gram_counts(counts).tolist() == [13, 0, 0, 4]
    hashes, articles = segment_grams(counts, np.ones(4, dtype=bool))
    assert articles.tolist() == [0] * 13 + [3] * 4
    assert (hashes[:13] == hash_grams(np.arange(20))).all()
    only, of = segment_grams(counts, np.asarray([False, True, True, True]))
    assert (only == hashes[13:]).all()
    assert set(of.tolist()) == {3}


def test_blocks_of_articles_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = counts_of(*[list(range(n, n + 25)) for n in range(12)])
    whole = segment_grams(counts, np.ones(12, dtype=bool))
    monkeypatch.setattr(grams, "_BLOCK", 40)
    parts = segment_grams(counts, np.ones(12, dtype=bool))
    assert (whole[0] == parts[0]).all()
    assert (whole[1] == parts[1]).all()


ARTICLES = st.lists(st.lists(st.integers(0, 3), max_size=24), max_size=8)


@given(ARTICLES, st.lists(st.booleans(), min_size=8, max_size=8))
def test_runs_of_a_segment_are_those_of_its_articles(articles, wanted) -> None:
    wanted = np.asarray(wanted[: len(articles)], dtype=bool)
    hashes, of = segment_grams(counts_of(*articles), wanted)
    alone = [(i, gram) for i, words in enumerate(articles) if wanted[i]
             for gram in hash_grams(np.asarray(words, dtype=np.int32)).tolist()]  # fmt: skip
    assert list(zip(of.tolist(), hashes.tolist(), strict=True)) == alone


@given(st.lists(st.integers(0, (1 << 64) - 1) | st.integers(0, 40)), st.data())
def test_pairs_come_once_and_what_repeats_is_never_passed_by(values, data) -> None:
    hashes = np.asarray(values, dtype=np.uint64)
    own = st.lists(st.integers(0, 3), min_size=len(values), max_size=len(values))
    articles = np.asarray(data.draw(own), dtype=np.int32)
    pairs = [side.tolist() for side in once_each(hashes, articles)]
    assert list(zip(*pairs, strict=True)) == sorted(
        set(zip(values, articles.tolist(), strict=True))
    )
    again = may_repeat(hashes)
    assert all(again[i] for i, value in enumerate(values) if values.count(value) > 1)


def test_few_are_said_to_repeat_that_do_not() -> None:
    hashes = np.random.default_rng(1).integers(0, 1 << 63, 100_000, dtype=np.uint64)
    assert 0 < may_repeat(hashes).mean() < 0.4
    assert not len(may_repeat(hashes[:0]))


def test_a_sample_has_all_of_a_short_article_and_an_eighth_of_a_long_one() -> None:
    rng = np.random.default_rng(1)
    texts = [rng.integers(0, 9_000, FEW).tolist(), rng.integers(0, 9_000, 20_000).tolist()]
    hashes, articles = take_sample(counts_of(*texts))
    n_short, n_long = np.bincount(articles)
    assert n_short == FEW - 7
    assert 2_300 < n_long < 2_700
    assert (np.diff(hashes.astype(float)) >= 0).all()


def test_a_run_that_an_article_repeats_is_in_the_sample_once() -> None:
    hashes, _ = take_sample(counts_of(list(range(10)) * 3))
    assert len(set(hashes.tolist())) == len(hashes) == 10
