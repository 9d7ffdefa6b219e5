"""Dealing within strata: both engines against each other, and against dealing in every way."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.corpus.importing import spool
from dashboard.index.building import build
from dashboard.index.building.build import build_index
from dashboard.index.counts import topic_mix
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.measures.keyness import covered, keyness, told
from dashboard.measures.keyness.compared import compared
from dashboard.measures.keyness.leaning import length_classes
from dashboard.measures.keyness.sides import two_sides
from dashboard.measures.keyness.strata import Strata, compiled_sums, numpy_sums
from dashboard.measures.keyness.uses import ArticleUses, article_uses
from dashboard.scope import Scope

VIEWS = ("", "story")
NUMBA = pytest.mark.needs("numba")


def drawn(
    seed: int, n: int, n_strata: int, n_terms: int, rate: float
) -> tuple[ArticleUses, Strata]:
    """Random articles in strata that have both sides, and uses of terms in them."""
    random = np.random.default_rng(seed)
    stratum = np.concatenate([np.repeat(np.arange(n_strata), 2), random.integers(0, n_strata, n)])
    is_own = np.concatenate([np.tile([True, False], n_strata), random.random(n) < 0.3])
    words = random.choice([80, 120, 120, 120, 400], len(stratum)).astype(np.int64)
    strata = Strata(np.arange(len(stratum)), words, stratum, is_own, "story")
    uses = random.poisson(rate * random.gamma(0.4, 1, (n_terms, len(stratum))))
    uses[:, 0] = np.maximum(uses[:, 0], 1)
    uses[-1, 1:] = 0  # a term that hardly any article has
    term, article = np.nonzero(uses)
    return ArticleUses(term, article, uses[term, article]), strata


def by_hand(entries: ArticleUses, strata: Strata, term: int) -> tuple[float, float, float]:
    """How far the source's sum is from its mean, and the second and third central moment, over all
    ways to deal the articles of each stratum."""
    score = np.zeros(len(strata.words))
    own = entries.term == term
    score[entries.article[own]] = np.log1p(entries.uses[own])
    for words in np.unique(strata.words):  # as few lengths as these are a class each
        same = strata.words == words
        score[same] -= score[same].mean()
    off, moments = 0.0, [0.0, 0.0]
    for one in np.unique(strata.stratum):
        inside = strata.stratum == one
        own_inside = strata.is_own[inside]
        sums = [
            math.fsum(each)
            for each in itertools.combinations(score[inside].tolist(), int(own_inside.sum()))
        ]
        mean = math.fsum(sums) / len(sums)
        off += score[inside][own_inside].sum() - mean
        for k in (2, 3):
            moments[k - 2] += math.fsum((each - mean) ** k for each in sums) / len(sums)
    return off, moments[0], moments[1]


def one_class_a_length(strata: Strata, monkeypatch: pytest.MonkeyPatch) -> None:
    classes = np.unique(strata.words, return_inverse=True)[1]
    monkeypatch.setattr("dashboard.measures.keyness.strata.length_classes", lambda _: classes)


@pytest.mark.parametrize("sums", [numpy_sums, pytest.param(compiled_sums, marks=NUMBA)])
def test_moments_are_those_of_every_way_to_deal(sums, monkeypatch: pytest.MonkeyPatch) -> None:
    entries, strata = drawn(3, 30, 5, 6, 1.5)
    one_class_a_length(strata, monkeypatch)
    moved = sums(entries, strata, 6)[2]
    for term in range(6):
        found = [each[term] for each in (moved.off, moved.variance, moved.third)]
        assert found == pytest.approx(by_hand(entries, strata, term), abs=1e-9, rel=1e-9)
    assert np.ptp(moved.third) > 1e-3


@NUMBA
@pytest.mark.parametrize(
    ("seed", "n", "n_strata", "rate"), [(0, 500, 60, 0.05), (1, 900, 7, 1.0), (2, 40, 90, 0.3)]
)
def test_the_compiled_loop_equals_numpy(seed: int, n: int, n_strata: int, rate: float) -> None:
    entries, strata = drawn(seed, n, n_strata, 12, rate)
    compiled, plain = (f(entries, strata, 12) for f in (compiled_sums, numpy_sums))
    pairs = [*zip(compiled[:2], plain[:2], strict=True), *zip(*(
        (each.off, each.variance, each.third) for each in (compiled[2], plain[2])
    ), strict=True)]  # fmt: skip
    for ours, theirs in pairs:
        assert np.isfinite(theirs).all()
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-11)


def test_a_class_of_length_without_articles_harms_nothing() -> None:
    entries, strata = drawn(5, 400, 20, 5, 0.5)
    assert (np.bincount(length_classes(strata.words)) == 0).any()
    delta, variance, moved = numpy_sums(entries, strata, 5)
    for each in (delta, variance, moved.off, moved.variance, moved.third):
        assert np.isfinite(each).all()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Four papers tell the same events, each in a way of its own; in several segments."""
    folder, random = tmp_path_factory.mktemp("told"), np.random.default_rng(4)
    words = [a + b + c for a in "ba ce di fo gu".split() for b in "mu ne pa".split() for c in "nrs"]
    rows = ["title,text,source,date,url"]
    for i in range(160):
        event, paper = i // 8, i % 4
        about = [f"{words[event]}{letter}" for letter in "aeiou"]
        n = int(random.integers(40, 200))
        text = [str(w) for w in random.choice([*words, *about * 4], n)]
        text[:: 9 + 3 * paper] = ["puerto"] * len(text[:: 9 + 3 * paper])
        if i % 23 == 0:
            text[1:13] = ["faro"] * 12  # more uses in an article than are counted one by one
        lines = [" ".join(text[k : k + 11]).capitalize() + "." for k in range(0, n, 11)]
        title = f"{about[0]} {about[1]} {about[2]}"
        rows.append(f"{title},{' '.join(lines)},Paper {paper},2024-01-{event + 1:02d},")
    (folder / "in.csv").write_text("\n".join(rows), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "BATCH_RECORDS", 24)
        patch.setattr(build, "BATCHES_A_SEGMENT", 1)
        build_index([Path(folder / "in.csv")], folder / "index", clean="never")
    found = open_index(folder / "index")
    assert len(found.segments) > 3
    return found


def tables(index: Index) -> list[pd.DataFrame]:
    """Both views of several scopes, nothing kept."""
    topic = index.cut().topics[0].topic_id
    ids = [source.source_id for source in index.sources]
    scopes = [Scope(), Scope(query="faro OR puerto"), Scope(topics=(topic,)),
              Scope(sources=(ids[0],))]  # fmt: skip
    found = []
    for within in VIEWS:
        for scope in scopes:
            keyness._kept.cache_clear()
            found.append(TABLES["keyness"](index, scope, within=within))
        sides = two_sides(index, Scope(), Scope(query="faro"))
        found.append(TABLES["keyness"](sides.index, sides.scope, within=within))
    return found


@NUMBA
def test_tables_are_the_same_with_numba_and_without(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = tables(index)
    assert [len(each) > 0 for each in plain].count(True) > 5
    monkeypatch.setattr(topic_mix, "COMPILED_FROM", 0)
    for ours, theirs in zip(tables(index), plain, strict=True):
        pd.testing.assert_frame_equal(ours, theirs, rtol=1e-9, atol=1e-11)


@NUMBA
def test_uses_are_the_same_with_numba_and_without(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms = index.lexicon.analysed.astype(np.int64)
    for scope in (Scope(), Scope(query="faro"), Scope(topics=(index.cut().topics[0].topic_id,))):
        slices = scope.slice_mask(index)
        plain = article_uses(index, terms, slices)
        assert len(plain.uses) > 100
        with monkeypatch.context() as patch:
            patch.setattr(topic_mix, "COMPILED_FROM", 0)
            for ours, theirs in zip(article_uses(index, terms, slices), plain, strict=True):
                assert (ours == theirs).all()


@pytest.mark.parametrize("view", [covered.covered, told.told])
def test_rows_of_a_source_do_not_depend_on_the_others_drawn(index: Index, view) -> None:
    of = compared(index, Scope(), None)
    alone = compared(index, Scope(), [index.sources[2].source_id])
    assert of is not None
    assert alone is not None
    among = list(view(of))[of.sources.tolist().index(2)]
    (own,) = view(alone)
    assert own is not None
    assert own.columns.tolist() == among.columns.tolist()
    np.testing.assert_allclose(own.p, among.p, rtol=1e-9)
    np.testing.assert_allclose(own.variance, among.variance, rtol=1e-9)
