"""How alike sources are, against other ways to compute it."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.measures.similarity.likeness import Vectors, likeness
from dashboard.measures.similarity.similarity import leaf_order, places
from dashboard.scope import Scope

WORDS = [a + b + c for a in "be ci do fu ga he ji".split() for b in "ma no pe ri".split()
         for c in "kmrst"]  # fmt: skip


def drawn(random: np.random.Generator, means: np.ndarray, n_of: list[int]) -> Vectors:
    """Articles of groups as vectors with much noise around a mean of each group."""
    group = np.repeat(np.arange(len(n_of)), n_of)
    table = means[group] + random.normal(0, 1.5, (len(group), means.shape[1]))
    article, column = np.indices(table.shape)
    return Vectors(article.ravel(), column.ravel(), table.ravel(), table.shape[1], group)


def test_equal_to_all_pairs_of_articles() -> None:
    random = np.random.default_rng(2)
    of = drawn(random, np.abs(random.normal(1, 0.5, (3, 12))), [9, 30, 41])
    found = likeness(of, 3)
    table = of.value.reshape(-1, of.n_columns)
    own = []
    for g in range(3):
        rows = table[of.group == g]
        products = rows @ rows.T
        own.append(products[~np.eye(len(rows), dtype=bool)].mean())
        halves = []
        for _ in range(4_000):
            order = random.permutation(len(rows))
            first, second = rows[order[: len(rows) // 2]], rows[order[len(rows) // 2 :]]
            a, b = first.mean(axis=0), second.mean(axis=0)
            halves.append(a @ b / np.sqrt((a @ a) * (b @ b)))
        assert found.observed[g, g] == pytest.approx(np.mean(halves), abs=0.03)
    for g, h in ((0, 1), (0, 2), (1, 2)):
        across = (table[of.group == g] @ table[of.group == h].T).mean()
        assert found.similarity[g, h] == pytest.approx(across / np.sqrt(own[g] * own[h]), abs=1e-9)
        a, b = (table[of.group == k].mean(axis=0) for k in (g, h))
        assert found.observed[g, h] == pytest.approx(a @ b / np.sqrt((a @ a) * (b @ b)), abs=1e-9)
        ratio = found.observed[g, h] / found.ceiling[g, h]
        assert ratio == pytest.approx(found.similarity[g, h], abs=1e-9)


def test_intervals_hold_what_is_so_and_alike_is_seldom_called_different() -> None:
    random = np.random.default_rng(4)
    means = np.abs(random.normal(1, 0.6, (2, 12)))
    means = np.stack([means[0], means[0], means[1]])
    truth = means @ means.T / np.outer(*[np.sqrt((means**2).sum(axis=1))] * 2)
    held = wrong = 0
    for _ in range(200):
        found = likeness(drawn(random, means, [25, 60, 120]), 3)
        held += int(found.low[0, 2] <= truth[0, 2] <= found.high[0, 2])
        wrong += int(found.high[0, 1] < 1)
    assert held >= 180
    assert wrong <= 14


def test_few_articles_tell_nothing() -> None:
    random = np.random.default_rng(5)
    found = likeness(drawn(random, np.ones((3, 8)), [4, 40, 1]), 3)
    assert np.isfinite(found.similarity).sum() == 1
    assert found.similarity[1, 1] == 1
    assert np.isnan(found.low).all()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Seven sources of 12 articles: those with an even number share their words, as do the odd."""
    place, random = tmp_path_factory.mktemp("alike"), np.random.default_rng(6)
    with (place / "a.csv").open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle)
        out.writerow(["title", "text", "source", "date"])
        for i in range(84):
            source = i % 7
            some = WORDS[:90] if source % 2 else WORDS[50:]
            text = [str(w) for w in random.choice(some, 200)]
            body = " ".join(
                " ".join(text[k : k + 10]).capitalize() + "." for k in range(0, 200, 10)
            )
            out.writerow([f"N{i}", body, f"Kanal {source}", f"2022-05-{i % 28 + 1:02d}"])
    build_index([place / "a.csv"], place / "index", clean="never")
    return open_index(place / "index")


def test_sources_of_one_kind_stand_together(index: Index) -> None:
    table = TABLES["similarity"](index, Scope())
    assert len(table) == 28
    order = table[table["source"] == table["other"]]["source"].tolist()
    kinds = [int(name[-1]) % 2 for name in order]
    assert len(order) == 7
    assert np.abs(np.diff(kinds)).sum() == 1
    pairs = table[table["source"] != table["other"]]
    same = pairs["source"].str[-1].astype(int) % 2 == pairs["other"].str[-1].astype(int) % 2
    assert pairs[same]["similarity"].min() > 0.9 > pairs[~same]["similarity"].max()
    assert pairs[~same]["distinguishable"].all()
    assert pairs[same]["distinguishable"].mean() < 0.4


def test_a_map_has_the_distances_of_the_table(index: Index) -> None:
    found = places(TABLES["similarity"](index, Scope()))
    assert len(found) == 7
    odd = found["source"].str[-1].astype(int) % 2 == 1
    assert (found.loc[odd, "x"].max() < found.loc[~odd, "x"].min()) != (
        found.loc[~odd, "x"].max() < found.loc[odd, "x"].min()
    )
    assert 0.5 < found["kept"].iloc[0] <= 1
    assert places(TABLES["similarity"].frame()).empty


def test_an_order_of_likeness() -> None:
    near = np.array([0.0, 5, 1, 6, 2, 7])
    order = leaf_order(1 - np.abs(near[:, None] - near) / 10)
    assert sorted(near[order].tolist()) in (near[order].tolist(), near[order][::-1].tolist())
    assert leaf_order(np.full((2, 2), np.nan)).tolist() == [0, 1]


def test_shared_text_and_stories(tmp_path: Path) -> None:
    """Half of the words of Beta's only article are Alpha's; Gamma has nothing of theirs."""
    random = np.random.default_rng(7)

    def sentences(n: int) -> list[str]:
        return [" ".join(map(str, random.choice(WORDS, 12))).capitalize() + "." for _ in range(n)]

    shared, alpha, beta, gamma = (sentences(n) for n in (20, 30, 20, 40))
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle)
        out.writerow(["title", "text", "source", "date"])
        for name, body in (("Alpha", shared + alpha), ("Beta", shared + beta), ("Gamma", gamma)):
            out.writerow([f"Af {name}", " ".join(body), name, "2022-05-01"])
    build_index([tmp_path / "a.csv"], tmp_path / "index", clean="never")
    index = open_index(tmp_path / "index")
    table = TABLES["similarity"](index, Scope(), alike="text")
    found = {frozenset(pair): s for *pair, s in
             table[["source", "other", "similarity"]].itertuples(index=False)}  # fmt: skip
    assert found[frozenset({"Alpha", "Beta"})] == pytest.approx(0.5, abs=0.05)
    assert found[frozenset({"Alpha", "Gamma"})] == found[frozenset({"Beta", "Gamma"})] == 0
    assert found[frozenset({"Alpha"})] == 1
    stories = TABLES["similarity"](index, Scope(), alike="stories")
    assert len(stories) == 6
    assert TABLES["similarity"](index, Scope())["similarity"].isna().all()
    assert TABLES["similarity"](index, Scope(sources=("nobody",))).empty


def test_two_sources_alone_have_no_more_stories_in_common(tmp_path: Path) -> None:
    """Beta tells two stories, one with Alpha and one with Gamma; with Gamma out of view it still
    tells two."""
    random = np.random.default_rng(11)
    told = {"ab": ("Alpha", "Beta"), "ac": ("Alpha", "Gamma"), "ac2": ("Alpha", "Gamma"),
            "bc": ("Beta", "Gamma"), "a": ("Alpha",)}  # fmt: skip
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle)
        out.writerow(["title", "text", "source", "date"])
        for day, (name, tellers) in enumerate(told.items(), 1):
            body = " ".join(
                " ".join(map(str, random.choice(WORDS, 12))).capitalize() + "." for _ in range(25)
            )
            for source in tellers:  # one text in several papers is one story
                out.writerow([f"Af {name} {source}", body, source, f"2022-{day:02d}-01"])
    build_index([tmp_path / "a.csv"], tmp_path / "index", clean="never")
    index = open_index(tmp_path / "index")

    def of_both(scope: Scope) -> float:
        table = TABLES["similarity"](index, scope, alike="stories")
        both = [
            {one, two} == {"Alpha", "Beta"}
            for one, two in zip(table["source"], table["other"], strict=True)
        ]
        return float(table.loc[both, "similarity"].item())

    assert of_both(Scope()) == 0.5
    assert of_both(Scope(sources=("alpha", "beta"))) == 0.5
