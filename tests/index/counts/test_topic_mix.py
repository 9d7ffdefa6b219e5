"""Sums over slices: both engines, with and without the sums of the build, against plain loops."""

from __future__ import annotations

import csv
import functools
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from dashboard.corpus.importing import spool
from dashboard.index.building import build, sums_build
from dashboard.index.building.build import build_index
from dashboard.index.building.change import add_articles, delete_articles
from dashboard.index.counts import term_counts as term_counts_module
from dashboard.index.counts import term_rows, topic_mix
from dashboard.index.counts.term_counts import (
    Selection,
    _by_postings,
    _group_of_slices,
    article_counts,
    term_counts,
)
from dashboard.index.index import Index, open_index
from dashboard.index.storage.container import Container
from dashboard.index.storage.sums import N_LONG, N_SHORT
from tests.index.building.test_change import write_rows

ENGINES = ["numpy", "numba"]


@pytest.fixture(scope="module", autouse=True)
def _summed():
    """Small corpora have sums too: in several parts, files and segments."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"SUMMED_FROM": 1, "MARKED_FROM": 4, "_PER_SUM": 0, "_AT_ONCE": 300,
                            "_PER_FILE": 2_000}.items():  # fmt: skip
            patch.setattr(sums_build, name, value)
        patch.setattr(spool, "BATCH_RECORDS", 24)
        patch.setattr(build, "BATCHES_A_SEGMENT", 1)
        patch.setattr(topic_mix, "COMPILED_FROM", 0)
        yield


def rows_of(folder: Path, numbers: range) -> Path:
    """Articles of seven papers, one of them small, and some of unknown source."""
    path = write_rows(folder / f"rows-{numbers.start}.csv", numbers)
    with path.open(newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    for n, row in zip(numbers, rows, strict=True):
        row["source"] = "" if n % 11 == 0 else "Tiny" if n % 53 == 0 else f"Paper {n * n % 6}"
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("summed")
    build_index([rows_of(folder, range(160))], folder / "index")
    return folder


@pytest.fixture(scope="module")
def index(folder: Path) -> Index:
    return open_index(folder / "index")


@pytest.fixture(params=["numpy", pytest.param("numba", marks=pytest.mark.needs("numba"))])
def engine(request: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("NEWSPRISM_ENGINE", "numpy" if request.param == "numpy" else "")
    return str(request.param)


@pytest.fixture(scope="module")
def changed(folder: Path) -> Index:
    """With articles that came later, and without some that were there."""
    out = folder / "changed"
    build_index([rows_of(folder, range(80))], out)
    add_articles([rows_of(folder, range(80, 130))], out)
    ids = open_index(out).article_rows(np.arange(40, 70), ["article_id"])["article_id"]
    delete_articles(out, ids.tolist())
    return open_index(out)


def selections(index: Index) -> list[tuple[Selection, np.ndarray]]:
    """Random leaves, days and groups of sources."""
    random = np.random.default_rng(0)
    n_sources, n_leaves = len(index.sources), len(index.leaf_passages)
    days = np.unique(index.days[~np.isnat(index.days)])
    found = []
    for number in range(40):
        group_of = random.integers(-1, 3, n_sources + 1)
        if number % 3 == 0:  # one large rest
            group_of = np.where(np.arange(n_sources + 1) == number % n_sources, 0, 2)
        group_of[-1] = random.integers(-1, 3)
        leaves = random.random(n_leaves) < 0.5 if number % 2 else None
        first, last = None, None
        mask = np.ones(index.n_articles, dtype=bool)
        if number % 4 > 1:
            first, last = np.sort(random.choice(days, 2))
            first, last = (None, last) if number % 8 == 2 else (first, last)
            mask = ~np.isnat(index.days) & (index.days <= last)
            mask &= index.days >= (days[0] if first is None else first)
        by_query = number % 10 == 9
        if by_query:
            mask &= random.random(index.n_articles) < 0.5
        found.append((Selection(mask, leaves, None if by_query else (first, last)), group_of))
    return found


def by_loops(
    index: Index, selection: Selection, group_of: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Uses (3 groups, terms), and articles (terms, 3 groups)."""
    n_terms = len(index.lexicon.analysed)
    uses, articles = [[0] * n_terms for _ in range(3)], defaultdict(set)
    for segment in index.segments:
        indptr, terms, counted = (
            segment.arrays[f"row_{n}"].tolist() for n in ("indptr", "terms", "counts")
        )
        for row in range(len(indptr) - 1):
            one = segment.first_slice + row
            article = int(index.slice_article[one])
            group = int(group_of[index.source_of[article]])
            on = selection.leaves is None or selection.leaves[index.slice_leaf[one]]
            if group < 0 or not on or not selection.articles[article]:
                continue
            for cell in range(indptr[row], indptr[row + 1]):
                uses[group][terms[cell]] += counted[cell]
                articles[terms[cell], group].add(article)
    with_term = np.asarray([[len(articles[t, g]) for g in range(3)] for t in range(n_terms)])
    return np.asarray(uses, dtype=np.int64), with_term


@functools.cache
def expected(folder: Path) -> list[tuple[np.ndarray, np.ndarray]]:
    """``by_loops`` of each selection: the same for both engines."""
    index = open_index(folder)
    return [by_loops(index, *chosen) for chosen in selections(index)]


def assert_right(index: Index) -> None:
    assert index.sums is not None
    columns = np.arange(0, len(index.lexicon.analysed), 2)
    used = set()
    looped = expected(index.folder.parent)
    for (selection, group_of), (uses, articles) in zip(selections(index), looped, strict=True):
        assert np.array_equal(term_counts(index, selection, group_of, 3), uses)
        found = article_counts(index, selection, group_of, 3, columns)
        assert np.array_equal(found, articles[columns])
        of_slice = _group_of_slices(index, selection, group_of, 3)
        terms = index.lexicon.analysed[columns]
        assert np.array_equal(_by_postings(index, terms, of_slice, 3), articles[columns])
        if selection.days is not None:
            cover = index.sums.cover(selection.leaves, selection.days)
            used |= {bool(cover.times.any()), bool(cover.beyond.any()) + 2}
    assert {True, 2, 3} <= used, "sums of all sorts are in use"


def test_counts_of_any_selection(index: Index, engine: str) -> None:
    assert (index.sums.row_of_source >= 0).sum() > 2
    assert (index.sums.row_of_source < 0).any()
    assert len(index.segments) > 3
    assert_right(index)


def test_counts_where_one_group_has_nearly_all(index: Index, engine: str) -> None:
    random, n_sources = np.random.default_rng(2), len(index.sources)
    columns = np.arange(0, len(index.lexicon.analysed), 3)
    is_last = np.arange(n_sources + 1) == n_sources - 1
    for missing in (0.0, 0.1, 0.3):
        selection = Selection(random.random(index.n_articles) >= missing)
        for group_of in (np.ones(n_sources + 1, int), np.where(is_last, 0, 2), is_last * -2 + 1):
            nearly = term_counts_module._nearly_all(index, selection, group_of, 3)
            assert nearly is not None
            uses, articles = by_loops(index, selection, group_of)
            assert np.array_equal(term_counts(index, selection, group_of, 3), uses)
            found = article_counts(index, selection, group_of, 3, columns)
            assert np.array_equal(found, articles[columns])


def test_counts_after_additions_and_deletions(changed: Index, engine: str) -> None:
    assert changed.n_articles == 100
    assert_right(changed)


@pytest.mark.needs("numba")
def test_sums_are_the_same_by_either_engine(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = (len(index.sources), len(index.leaf_passages) - 1, len(index.lexicon.analysed))
    arrays = [segment.arrays for segment in index.segments]
    made = {}
    for engine in ENGINES:
        monkeypatch.setattr(term_rows, "engine_for", lambda n, engine=engine: engine)
        (tmp_path / engine).mkdir()
        files = sums_build.write_sums(tmp_path / engine, arrays, index._joint, *sizes)
        made[engine] = {name: path.read_bytes() for name, path in files.items()}
    assert len(made["numpy"]) > 3
    assert made["numpy"] == made["numba"]
    kept = {p.name: p.read_bytes() for p in index.folder.glob("sums*.bin")}
    assert kept == made["numpy"]


def test_times_are_of_whole_days_and_about_equal(index: Index) -> None:
    time_of, days = index.sums.time_of, index.days
    assert ((time_of == N_SHORT) == np.isnat(days)).all()
    dated = np.argsort(days[time_of < N_SHORT], kind="stable")
    assert (np.diff(time_of[time_of < N_SHORT][dated].astype(int)) >= 0).all()
    for day in np.unique(days[~np.isnat(days)]):
        assert len(np.unique(time_of[days == day])) == 1
    assert np.bincount(time_of[time_of < N_SHORT] // (N_SHORT // N_LONG)).max() < 30


def test_small_corpora_have_no_sums(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sums_build, "SUMMED_FROM", 5_000)
    build_index([rows_of(tmp_path, range(30))], tmp_path / "index")
    small = open_index(tmp_path / "index")
    assert small.sums is None
    selection, group_of = selections(small)[1]
    uses, articles = by_loops(small, selection, group_of)
    assert np.array_equal(term_counts(small, selection, group_of, 3), uses)
    columns = np.arange(len(uses[0]))
    assert np.array_equal(article_counts(small, selection, group_of, 3, columns), articles)


def test_a_damaged_sum_is_not_served(folder: Path, index: Index) -> None:
    path = sorted(index.folder.glob("sums-*.bin"))[0]
    data = bytearray(path.read_bytes())
    data[-1000] ^= 1
    copy = folder / "damaged.bin"
    copy.write_bytes(data)
    container = Container(copy)
    with pytest.raises(ValueError, match="was changed"):
        container.check()


def test_source_sums(index: Index, engine: str) -> None:
    for mask in (np.arange(len(index.slice_article)) % 3 > 0, index.slice_article < 0):
        found = topic_mix.source_sums(index, mask)
        expected = np.zeros((2, len(index.sources) + 1), dtype=np.int64)
        for article in np.unique(index.slice_article[mask]):
            own = mask & (index.slice_article == article)
            expected[0, index.source_of[article]] += 1
            expected[1, index.source_of[article]] += index.slice_words[own].sum()
        assert np.array_equal(found, expected)


def test_mix_sums(index: Index, engine: str) -> None:
    mask = np.arange(index.n_articles) % 3 > 0
    group = np.where(mask, index.source_of, -1)
    found = topic_mix.mix_sums(index, index.cut(), group, len(index.sources))
    shape = len(index.sources), len(index.cut().topics)
    sums = {name: np.zeros(shape) for name in ("words", "squares", "products", "passages")}
    lengths = np.bincount(index.slice_article, index.slice_words)
    for article in np.flatnonzero(mask & (index.source_of >= 0)):
        own = index.slice_article == article
        source = index.source_of[article]
        for topic in range(shape[1]):
            chosen = own & (index.cut().slice_topic == topic)
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


def test_other_may_stand_in_several_places_of_an_article(engine: str) -> None:
    """What has no leaf comes first, the leaves of no theme where the tree has them."""
    index: Any = SimpleNamespace(
        n_articles=2,
        slice_article=np.asarray([0, 0, 0, 1, 1], dtype=np.int32),
        slice_words=np.asarray([10, 20, 30, 5, 7], dtype=np.int32),
        slice_passages=np.asarray([1, 2, 3, 1, 1], dtype=np.int32),
        slice_squares=np.asarray([100.0, 200.0, 300.0, 25.0, 49.0]),
    )
    cut: Any = SimpleNamespace(
        topics=["a", "b", "other"], slice_topic=np.asarray([2, 0, 2, 1, 2], dtype=np.int16)
    )
    found = topic_mix.mix_sums(index, cut, np.zeros(2, dtype=np.int32), 1)
    assert found.topic_words.tolist() == [[20, 5, 47]]
    assert found.squares.tolist() == [[400, 25, 40**2 + 7**2]]
    assert found.products.tolist() == [[20 * 60, 5 * 12, 40 * 60 + 7 * 12]]
    assert found.n_passages.tolist() == [[2, 1, 5]]
    assert (found.passage_squares, found.n_articles) == (674, 2)
