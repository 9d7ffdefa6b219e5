"""The tree as an index lists it: any number of topics, names that stay, ids kept by a refit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.building.change import add_articles, delete_articles, find_topics_anew
from dashboard.index.building.rename import rename_topic
from dashboard.index.fitting.match import carry_over
from dashboard.index.index import Index, open_index
from dashboard.index.storage.folder import IndexFolderError
from dashboard.index.topics.model import default_nodes
from dashboard.index.topics.model_file import read_model
from dashboard.index.topics.nodes import TopicNodes, list_topics
from dashboard.index.topics.tree import leaf_masks
from dashboard.measures import TABLES
from dashboard.scope import Scope
from tests.index.building.test_change import write_rows

# Leaves 0 to 4, of which 3 is a template's and 4 residual; (0 1), ((0 1) 2), then the groups.
PARENTS = np.asarray([5, 5, 6, 7, 8, 6, 7, 8, -1])
KIND = ["theme", "theme", "theme", "template", "residual", "theme", "theme", "theme", "theme"]


def nodes_of(kind: list[str] = KIND, n_default: int = 4) -> TopicNodes:
    ids = [f"n{i}" for i in range(len(PARENTS))]
    heights = np.asarray([0, 0, 0, 0, 0, 1.0, 2.0, 3.0, 4.0])
    return TopicNodes(ids, ids, kind, np.full(9, 0.5), PARENTS, heights, n_default)


def test_every_size_can_be_cut_and_other_is_not_one_of_them() -> None:
    nodes = nodes_of()
    assert (nodes.sizes, nodes.default_size) == (range(2, 5), 3)
    sizes = np.asarray([5, 9, 1, 2, 7, 3])
    for size in nodes.sizes:
        topics, of_leaf = list_topics(nodes, sizes, size)
        assert len(topics) == size + 1
        assert [t.topic_id for t in topics][-1] == "other"
        assert topics[-1].n_passages == 7 + 3  # of the residual leaf, and of none
        assert sum(t.n_passages for t in topics) == sizes.sum()
        assert of_leaf[4] == of_leaf[5] == size
        assert [sizes[:-1][of_leaf[:-1] == i].sum() for i in range(size)] == [
            t.n_passages for t in topics[:-1]
        ]
        kinds = [t.kind for t in topics[:-1]]
        themes = [t.n_passages for t in topics[:-1] if t.kind == "theme"]
        assert sorted(themes, reverse=True) == themes
        # What is one source's standing phrases comes after the themes, however large.
        assert kinds == ["theme"] * len(themes) + ["template"] * (len(kinds) - len(themes))
    coarse, fine = (list_topics(nodes, sizes, k)[0] for k in (2, 4))
    assert [(t.topic_id, t.parent, t.kind) for t in coarse[:2]] == [
        ("n6", "n7", "theme"), ("n3", "n7", "template")]  # fmt: skip
    assert {t.topic_id for t in fine[:-1]} == {"n0", "n1", "n2", "n3"}


@pytest.mark.parametrize("size", [1, 5, 0, -3])
def test_a_size_that_is_not_there_says_which_are(size: int) -> None:
    with pytest.raises(ValueError, match=f"2 to 4, not into {size}"):
        nodes_of().cut(size)


def test_a_topic_merges_with_its_sibling_where_a_cut_does_so() -> None:
    nodes = nodes_of()
    assert [nodes.sibling(i) for i in (0, 1, 2, 5)] == [1, 0, 5, 2]
    # Nothing is merged with the template, nor with what is left.
    assert [nodes.sibling(i) for i in (3, 4, 6, 7, 8)] == [None] * 5
    themes = nodes_of(["theme"] * 9)
    assert [themes.sibling(i) for i in (3, 6)] == [6, 3]
    assert [themes.sibling(i) for i in (4, 7)] == [None, None]  # two topics are the fewest


def test_without_leaves_there_is_only_other() -> None:
    empty = TopicNodes([], [], [], np.zeros(0), np.zeros(0, np.int64), np.zeros(0), 0)
    assert (empty.sizes, empty.default_size, len(empty.cut())) == (range(0), 0, 0)
    topics, of_leaf = list_topics(empty, np.asarray([4]))
    assert [(t.topic_id, t.n_passages) for t in topics] == [("other", 4)]
    assert of_leaf.tolist() == [0]
    for nodes in (empty, nodes_of(["residual"] * 9)):
        assert (nodes.sizes, nodes.default_size) == (range(0), 0)
        with pytest.raises(ValueError, match="there are no topics to cut into 2"):
            nodes.cut(2)


def test_the_default_is_a_size_that_can_be_chosen() -> None:
    kind = ["theme", "theme", *["residual"] * 3, "theme", *["residual"] * 2, "theme"]
    parents = np.asarray([5, 5, 6, 6, 7, 8, 7, 8, -1])  # (0 1), ((2 3) 4), all
    ids = [str(i) for i in range(9)]
    nodes = TopicNodes(ids, ids, kind, np.full(9, 0.5), parents, np.arange(9.0), 3)
    assert nodes.default_size in nodes.sizes
    assert (nodes.sizes, nodes.cut(1).tolist(), nodes.cut(2).tolist()) == (range(1, 3), [5], [0, 1])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of 140 articles on four themes; don't change it."""
    home = tmp_path_factory.mktemp("themes")
    build_index([write_rows(home / "a.csv", range(140))], home / "x")
    return home / "x"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    build_index([write_rows(tmp_path / "a.csv", range(24))], tmp_path / "x")
    return tmp_path / "x"


def test_a_cut_is_the_same_text_in_other_topics(folder: Path) -> None:
    index = open_index(folder)
    for size in index.nodes.sizes:
        cut = index.cut(size)
        themes = [t for t in cut.topics if t.topic_id != "other"]
        assert len(themes) == size
        scope = Scope(n_topics=size)
        table = TABLES["topics"](index, scope)
        assert table["share"].sum() == pytest.approx(1)
        assert table["n_words"].sum() == index.manifest["n_words"]
        assert set(table["size"]) == {t.n_passages for t in cut.topics}
        assert set(TABLES["article_topics"](index, scope)["topic_id"]) <= set(table["topic_id"])
    default = index.nodes.default_size
    assert index.cut(default) is index.cut()
    assert [index.cut(size).size for size in index.nodes.sizes] == [*index.nodes.sizes]
    with pytest.raises(ValueError, match="can be cut into"):
        index.cut(index.nodes.sizes[-1] + 1)


def test_a_topic_of_another_number_is_found_in_this_one(folder: Path) -> None:
    index = open_index(folder)
    fine, coarse = index.cut(index.nodes.sizes[-1]), index.cut(index.nodes.sizes[0])
    finest = fine.topics[0]
    (holder,) = coarse.holding(finest.topic_id)
    own = coarse.nodes.held[coarse.topic(holder).node]
    assert (own & fine.nodes.held[finest.node]).any()
    scope, notices = Scope.from_params({"topic": finest.topic_id}, index, coarse.size)
    assert scope.topics == (holder,)
    assert any("another number of topics" in notice for notice in notices)
    assert len(Scope.from_params({"topic": holder}, index, fine.size)[0].topics) >= 1
    assert coarse.holding("nothing-like-this") == []


def name_of(index: Index, topic_id: str) -> str:
    return next(t.label for t in index.cut().topics if t.topic_id == topic_id)


def test_a_name_stays_through_every_change(own: Path, tmp_path: Path) -> None:
    first, second = (t.topic_id for t in open_index(own).cut().topics[:2])
    found = name_of(open_index(own), first)
    rename_topic(own, first, "  Work  at the docks ")
    assert name_of(open_index(own), first) == "Work at the docks"
    add_articles([write_rows(tmp_path / "b.csv", range(24, 30))], own)
    assert name_of(open_index(own), first) == "Work at the docks"
    find_topics_anew(own)
    assert name_of(open_index(own), first) == "Work at the docks"
    some = open_index(own).article_rows([0])["article_id"].tolist()
    delete_articles(own, some)
    assert name_of(open_index(own), first) == "Work at the docks"
    build_index([tmp_path / "a.csv"], own)
    assert name_of(open_index(own), first) == "Work at the docks"
    with pytest.raises(IndexFolderError, match="Another topic is called"):
        rename_topic(own, second, "work at the DOCKS")
    rename_topic(own, first, "")
    assert name_of(open_index(own), first) == found


def test_a_name_that_cannot_be_given_says_why(own: Path, tmp_path: Path) -> None:
    for topic_id, name, why in (
        ("other", "Rest", "keeps its name"), ("no-such", "x", "has no topic no-such"),
        (open_index(own).cut().topics[0].topic_id, "x" * 61, "up to 60 letters"),
    ):  # fmt: skip
        with pytest.raises(IndexFolderError, match=why):
            rename_topic(own, topic_id, name)
    with pytest.raises(IndexFolderError, match="holds no index"):
        rename_topic(tmp_path / "nothing", "a", "b")
    assert not (tmp_path / "nothing").exists()


def test_no_two_topics_get_one_name(own: Path) -> None:
    first, second = (t.topic_id for t in open_index(own).cut().topics[:2])
    found = name_of(open_index(own), first)
    rename_topic(own, first, "Docks")
    rename_topic(own, second, found)
    for topic_id, name in ((first, ""), (first, found), (first, "OTHER")):
        with pytest.raises(IndexFolderError, match="Another topic is called"):
            rename_topic(own, topic_id, name)
    rename_topic(own, second, "")
    rename_topic(own, first, "")
    assert name_of(open_index(own), first) == found


def test_a_name_is_what_can_be_seen(own: Path) -> None:
    topic_id = open_index(own).cut().topics[0].topic_id
    found = name_of(open_index(own), topic_id)
    rename_topic(own, topic_id, "Do\u200bcks\udcff \u202e\n\x07 $5")
    assert name_of(open_index(own), topic_id) == "Docks $5"
    assert "Docks $5" in set(TABLES["topics"](open_index(own), Scope())["label"])
    assert rename_topic(own, topic_id, " \u200b\udcff") == found
    assert name_of(open_index(own), topic_id) == found


def test_a_refit_of_the_same_text_keeps_every_id(own: Path) -> None:
    before = open_index(own)
    find_topics_anew(own)
    after = open_index(own)
    assert [t.topic_id for t in after.cut().topics] == [t.topic_id for t in before.cut().topics]
    table = TABLES["topic_changes"](after, Scope())
    assert set(table["change"]) == {"same"}
    assert (table["old_id"] == table["new_id"]).all()
    assert table["similarity"].min() > 0.99


def test_ids_and_names_come_from_the_fit_before(own: Path) -> None:
    named = read_model(open_index(own).folder)
    n = len(named.node_ids)
    old = replace(
        named, node_ids=[f"old-{i}" for i in range(n)], labels=[[f"Old {i}"] for i in range(n)]
    )
    carried, rows = carry_over(old, named)
    assert carried.node_ids == old.node_ids
    assert {(r["change"], r["old_label"], r["new_label"]) for r in rows} == {
        ("same", label, label) for label in {r["old_label"] for r in rows}
    }
    # What is new gets an id that none of the old has.
    lost = replace(old, model=replace(old.model, components=old.model.components * 0))
    renamed = replace(named, node_ids=[f"old-{i}" for i in range(n)])
    fresh, rows = carry_over(lost, renamed)
    assert {r["change"] for r in rows} == {"appeared", "vanished"}
    assert len(set(fresh.node_ids)) == n


def test_what_is_other_neither_appears_nor_vanishes(own: Path) -> None:
    named = read_model(open_index(own).folder)
    first = int(default_nodes(named.model)[0])
    kind = ["residual" if v == first else k for v, k in enumerate(named.model.kind)]
    loose = replace(named, model=replace(named.model, kind=kind))
    own_id = named.node_ids[first]
    for old, new, told in ((named, loose, "vanished"), (loose, named, "appeared")):
        _, rows = carry_over(old, new)
        assert [r["change"] for r in rows if own_id in (r["old_id"], r["new_id"])] == [told]
    _, rows = carry_over(loose, loose)
    assert {r["change"] for r in rows} == {"same"}
    assert own_id not in {r["new_id"] for r in rows}


def test_a_name_that_stays_is_nobody_elses(own: Path) -> None:
    """The old name of a topic may be what the new fit calls another."""
    named = read_model(open_index(own).folder)
    held = leaf_masks(named.model.parents)
    topic, merge = next(
        (t, v)
        for t in default_nodes(named.model).tolist()
        for v in range(named.model.n_leaves, len(held))
        if not (held[t] & held[v]).any()
    )
    merged = [["Docks", "ships"] if v == merge else parts for v, parts in enumerate(named.labels)]
    fresh = replace(named, labels=merged)
    for said, left in ((["docks"], ["ships"]), (["Ships", "Docks"], [f"Theme {merge + 1}"])):
        before = [said if v == topic else parts for v, parts in enumerate(named.labels)]
        carried, _ = carry_over(replace(named, labels=before), fresh)
        assert (carried.labels[topic], carried.labels[merge]) == (said, left)


def test_drift_of_what_took_the_place_of_others(own: Path, tmp_path: Path) -> None:
    old = open_index(own)
    delete_articles(own, old.article_rows(range(10))["article_id"].tolist())
    add_articles([write_rows(tmp_path / "b.csv", range(30, 40))], own)
    index = open_index(own)
    assert index.n_articles == old.n_articles
    (row,) = TABLES["topic_drift"](index, Scope()).itertuples()
    assert (row.n_articles_fitted, row.n_articles_since) == (24, 10)
    fitted, added = (set(i.article_rows(range(24))["article_id"]) for i in (old, index))
    since = [index.position(i) for i in sorted(added - fitted)]
    words = index.article_words[since].sum()
    assert sum(index.manifest["fit"]["leaf_words_added"]) == words


def test_chance_alone_never_gives_more_than_one_bit(own: Path, tmp_path: Path) -> None:
    add_articles([write_rows(tmp_path / "b.csv", range(30, 31))], own)
    index = open_index(own)
    index.manifest["fit"]["n_articles"] = 1
    (row,) = TABLES["topic_drift"](index, Scope()).itertuples()
    assert 0 <= row.divergence <= row.expected == 1


def test_drift_is_told_of_what_came_since(own: Path, tmp_path: Path) -> None:
    assert TABLES["topic_drift"](open_index(own), Scope()).empty
    strange = tmp_path / "c.csv"
    write_rows(strange, range(0, 80, 4), seed=9)  # one theme of the four only
    add_articles([strange], own)
    (row,) = TABLES["topic_drift"](open_index(own), Scope()).itertuples()
    assert (row.n_articles_fitted, row.n_articles_since) == (24, 20)
    assert row.divergence > 2 * row.expected > 0
    # What is taken out, before or after, makes what came since no smaller.
    first = open_index(own).article_rows([0, 1, 2])["article_id"].tolist()
    delete_articles(own, first)
    (after,) = TABLES["topic_drift"](open_index(own), Scope()).itertuples()
    assert after == row
    add_articles([write_rows(tmp_path / "d.csv", range(40, 43))], own)
    (more,) = TABLES["topic_drift"](open_index(own), Scope()).itertuples()
    assert (more.n_articles_fitted, more.n_articles_since) == (24, 23)
    find_topics_anew(own)
    assert TABLES["topic_drift"](open_index(own), Scope()).empty
