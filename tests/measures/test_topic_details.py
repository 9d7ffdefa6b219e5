"""Topics in detail, against plain sums and brute force over the text."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.counts.topic_mix import MixSums
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.measures.sources import _adjusted, source_topics
from dashboard.measures.statistics.mixes import surprise
from dashboard.scope import Scope
from tests.index.building.test_change import write_rows


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """160 articles on four themes, of three sources, over a year, some undated."""
    home = tmp_path_factory.mktemp("details")
    build_index([write_rows(home / "a.csv", range(160))], home / "x")
    return open_index(home / "x")


def some_scopes(index: Index) -> list[Scope]:
    source, topic = index.sources[1].source_id, index.cut().topics[0].topic_id
    return [Scope(), Scope(sources=(source,)), Scope(topics=(topic,)), Scope(query="harbour")]


def test_shares_over_time_are_shares_of_each_period(index: Index) -> None:
    for scope in some_scopes(index):
        table = TABLES["topic_trends"](index, scope)
        passages = TABLES["passages"](index, scope)
        articles = TABLES["articles"](index, scope).set_index("article_id")
        month = articles["date"].str[:7]
        assert table["n_words"].sum() == passages["n_words"].sum()
        if not scope.topics:
            sums = table.groupby("period", dropna=False)["share"].sum()
            assert np.allclose(sums, 1)
        one = table[table["period"] == "2024-03"].set_index("topic_id")
        here = passages[passages["article_id"].map(month) == "2024-03"]
        words = here.groupby("topic_id")["n_words"].sum()
        assert one["n_words"][one["n_words"] > 0].to_dict() == words.to_dict()
        assert table["period"].isna().any() == articles["date"].isna().any()
        assert (table["ci_low"] <= table["share"] + 1e-9).all()
        assert (table["share"] <= table["ci_high"] + 1e-9).all()


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_passages_come_in_pieces(index: Index, size: int) -> None:
    for scope in some_scopes(index):
        every = TABLES["passages"](index, scope)
        starts = range(0, len(every) + size, size)
        pieces = [TABLES["passages"](index, scope, first=start, most=size) for start in starts]
        assert [len(piece) <= size for piece in pieces] == [True] * len(pieces)
        assert len(pieces[-1]) == 0
        pd.testing.assert_frame_equal(pd.concat(pieces[:-1], ignore_index=True), every)


def test_the_tree_holds_all_text_at_every_level(index: Index) -> None:
    for scope in (Scope(), Scope(sources=(index.sources[0].source_id,))):
        tree = TABLES["topic_tree"](index, scope).set_index("node_id")
        total = TABLES["topics"](index, scope.without_topics())
        assert tree["is_topic"].sum() == (total["topic_id"] != "other").sum()
        topics = total.set_index("topic_id")
        for node_id, row in tree[tree["is_topic"]].iterrows():
            assert row["n_passages"] == topics.loc[node_id, "n_passages"]
            assert row["share"] == pytest.approx(topics.loc[node_id, "share"])
        parts = tree.groupby("parent")["n_passages"].sum()
        for parent, n in parts.items():
            assert tree.loc[parent, "n_passages"] == n
        place = {node_id: i for i, node_id in enumerate(tree.index)}
        assert all(place[p] > place[i] for i, p in tree["parent"].dropna().items())
        leaves = tree[tree["height"] == 0]
        assert sorted(leaves["order"]) == list(range(len(leaves)))


def test_exemplars_are_the_nearest_passages_of_the_largest_parts(index: Index) -> None:
    near, leaf = {}, {}
    for segment in index.segments:
        arrays, first_slice = segment.arrays, segment.first_slice
        article = arrays["slice_article"][arrays["passage_slice"]]
        for i, row in enumerate(article.tolist()):
            article_id = segment.articles.column("article_id")[row]
            passage_id = f"{article_id}-{i - int(arrays['article_passages'][row]) + 1:03d}"
            near[passage_id] = float(arrays["passage_near"][i])
            leaf[passage_id] = int(index.slice_leaf[first_slice + arrays["passage_slice"][i]])
    several = 0
    for scope in (*some_scopes(index), Scope(n_topics=2)):
        table = TABLES["exemplars"](index, scope)
        passages = TABLES["passages"](index, scope)
        passages["near"] = passages["passage_id"].map(near)
        passages["leaf"] = passages["passage_id"].map(leaf)
        text = passages.set_index("passage_id")["text"]
        for topic_id, rows in table.groupby("topic_id"):
            own = passages[passages["topic_id"] == topic_id]
            assert rows["article_id"].is_unique
            assert len(rows) == min(5, own["article_id"].nunique())
            assert (text[rows["passage_id"]].to_numpy() == rows["text"]).all()
            assert np.allclose(1 - rows["distance"], rows["passage_id"].map(near), atol=1e-3)
            words = own.groupby("leaf")["n_words"].sum()
            several += len(words) > 1
            for part, chosen in rows.groupby(rows["passage_id"].map(leaf)):
                best = own[own["leaf"] == part].groupby("article_id")["near"].max()
                if len(words) == 1:
                    expected = best.sort_values(ascending=False).head(len(chosen))
                    assert np.allclose(1 - chosen["distance"], expected, atol=1e-3)
            first = leaf[rows["passage_id"].iloc[0]]
            assert words[first] == words.max()
            nearest = own[own["leaf"] == first]["near"].max()
            assert 1 - rows["distance"].iloc[0] == pytest.approx(nearest, abs=1e-3)
    assert several


def test_relevance_moves_from_lift_to_frequency(index: Index) -> None:
    topic = Scope(topics=(index.cut().topics[0].topic_id,))
    by_lift, by_use = (TABLES["topic_terms"](index, topic, relevance=r) for r in (0.0, 1.0))
    assert by_lift["lift"].is_monotonic_decreasing
    assert by_use["weight"].is_monotonic_decreasing
    plain = TABLES["topic_terms"](index, topic)
    expected = 0.6 * np.log(plain["weight"]) + 0.4 * np.log(plain["lift"])
    assert np.allclose(plain["relevance"], expected)
    with pytest.raises(ValueError, match="not between 0 and 1"):
        TABLES["topic_terms"](index, topic, relevance=1.2)


def test_a_topic_is_most_like_those_of_its_words(index: Index) -> None:
    table = TABLES["similar_topics"](index, Scope(n_topics=index.nodes.sizes[-1]))
    assert (table["topic_id"] != table["similar_id"]).all()
    for _, rows in table.groupby("topic_id"):
        assert rows["cosine"].is_monotonic_decreasing
        assert rows["rank"].tolist() == list(range(1, len(rows) + 1))
    both = table.set_index(["topic_id", "similar_id"])["cosine"].to_dict()
    assert all(both.get((b, a), c) == pytest.approx(c) for (a, b), c in both.items())


def test_the_map_has_every_article_that_was_read_once(index: Index) -> None:
    table = TABLES["topic_map"](index, Scope())
    assert sorted(table["article_id"]) == sorted(TABLES["articles"](index, Scope())["article_id"])
    shares = TABLES["article_topics"](index, Scope())
    largest = shares.groupby("article_id")["share"].max()
    assert np.allclose(table.set_index("article_id")["share"].sort_index(), largest.sort_index())
    near, far = [], []
    points = table[["x", "y"]].to_numpy()
    for i in range(0, len(table), 7):
        distance = np.linalg.norm(points - points[i], axis=1)
        same = (table["topic_id"] == table["topic_id"][i]).to_numpy()
        near.append(distance[same].mean())
        far.append(distance[~same].mean())
    assert np.mean(near) < 0.7 * np.mean(far)
    source = index.sources[1]
    own = TABLES["topic_map"](index, Scope(sources=(source.source_id,)))
    assert len(own) == source.n_articles
    assert own.merge(table).shape == own.shape


def sums_of(words: np.ndarray, source: np.ndarray) -> MixSums:
    """``words``: (n_articles, n_topics)."""
    n = source.max() + 1

    def by_source(values: np.ndarray) -> np.ndarray:
        return np.stack([values[source == s].sum(axis=0) for s in range(n)]).astype(float)

    length = words.sum(axis=1)
    return MixSums(
        by_source(np.ones(len(source))), by_source(length), by_source(length**2),
        by_source(length**2), by_source(words), by_source(words**2),
        by_source(words * length[:, None]), by_source(words > 0),
    )  # fmt: skip


def test_residuals_are_those_of_the_shares_of_articles() -> None:
    """One topic an article, all of one length: articles are then the units themselves."""
    rng = np.random.default_rng(1)
    topic, source = rng.integers(0, 3, 400), rng.integers(0, 4, 400)
    words = np.zeros((400, 3))
    words[np.arange(400), topic] = 50
    found = surprise(sums_of(words, source), np.arange(4), np.arange(3))
    counts = pd.crosstab(source, topic).to_numpy().astype(float)
    n = counts.sum(1, keepdims=True)

    def angle(of: np.ndarray, n: np.ndarray) -> np.ndarray:
        return 2 * np.arcsin(np.sqrt((of + 3 / 8) / (n + 3 / 4)))

    apart = angle(counts, n) - angle(counts.sum(0) - counts, 400 - n)
    error = np.sqrt(1 / (n + 0.5) + 1 / (400.5 - n))
    assert np.allclose(found.residual, apart / error)
    observed, expected = counts, np.outer(counts.sum(1), counts.sum(0)) / 400
    spread = np.outer(1 - counts.sum(1) / 400, 1 - counts.sum(0) / 400)
    adjusted = (observed - expected) / np.sqrt(expected * spread)  # Haberman 1973
    assert np.allclose(found.residual, adjusted, atol=0.1)  # many articles on each topic


def test_of_many_small_sources_dealt_at_random_hardly_any_leans() -> None:
    """Sources of 5 to 40 articles, topics from 2 % to 30 %: the corpus of 200 small outlets."""
    rng = np.random.default_rng(3)
    source = rng.permutation(np.repeat(np.arange(100), rng.integers(5, 41, 100)))
    shares = np.asarray([0.3, 0.2, 0.15, 0.1, 0.1, 0.05, 0.03, 0.03, 0.02, 0.02])
    lengths = rng.integers(200, 2000, len(source))
    with_any = 0
    for _ in range(40):
        topic = rng.choice(len(shares), len(source), p=shares)
        words = np.zeros((len(source), len(shares)))
        words[np.arange(len(source)), topic] = lengths
        found = surprise(sums_of(words, source), np.arange(100), np.arange(len(shares)))
        with_any += bool((_adjusted(found.residual) <= 0.05).any())
    assert with_any <= 4  # 5 % of 40 is 2


def test_residuals_of_shuffled_topics_are_small_and_few_articles_have_none() -> None:
    rng = np.random.default_rng(2)
    source = np.repeat(np.arange(4), [300, 300, 300, 4])
    words = rng.multinomial(80, [0.7, 0.2, 0.1], len(source)) * rng.integers(1, 5, (len(source), 1))
    found = surprise(sums_of(words, source), np.arange(4), np.arange(3))
    assert np.isnan(found.residual[3]).all()
    assert np.abs(found.residual[:3]).max() < 3
    assert np.allclose(found.share_rest.sum(axis=1), 1)


def test_q_of_residuals_is_adjusted_over_all_that_are_known() -> None:
    residual = np.asarray([3.5, -0.2, np.nan, 2.0, -4.0])
    p = np.asarray([math.erfc(abs(z) / math.sqrt(2)) for z in (4.0, 3.5, 2.0, 0.2)])
    stepped = np.minimum.accumulate((p * 4 / np.arange(1, 5))[::-1])[::-1]
    found = _adjusted(residual)
    assert found[[4, 0, 3, 1]] == pytest.approx(stepped)
    assert np.isnan(found[2])
    assert _adjusted(np.zeros(0)).tolist() == []
    assert _adjusted(residual[:4].reshape(2, 2)).shape == (2, 2)


def test_a_filter_for_topics_changes_no_q(index: Index) -> None:
    whole = source_topics(index, Scope())
    one = source_topics(index, Scope(topics=(str(whole["topic_id"].iloc[0]),)))
    same = whole[whole["topic_id"] == one["topic_id"].iloc[0]].reset_index(drop=True)
    assert len(one) == len(same)
    pd.testing.assert_frame_equal(
        one[["source", "residual", "q"]], same[["source", "residual", "q"]]
    )
