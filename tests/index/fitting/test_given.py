"""Topics that the user gave: which article is on which, their words, no reliability."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from dashboard.corpus.readers.tables.assignments import Assignment, Assignments
from dashboard.errors import NewsprismError
from dashboard.index.building.build import build_index
from dashboard.index.building.change import add_articles, delete_articles, find_topics_anew
from dashboard.index.building.rename import rename_topic
from dashboard.index.counts.topic_mix import n_without_topic
from dashboard.index.fitting.given import (
    NO_SUCH_ARTICLE,
    SAID_BEFORE,
    SEVERAL_ARTICLES,
    WEAKER,
    match_articles,
)
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.scope import Scope
from tests.index.building.test_change import THEMES, write_rows

PLACES = [
    ("0a" * 8, "north/one.txt", None),
    ("0b" * 8, "south/one.txt", None),
    ("0c" * 8, "two.txt", None),
    ("0d" * 8, "table.csv", 1),
    ("0e" * 8, "table.csv", 2),
]


def said(*rows: tuple[str, str, float] | tuple[str, str, float, int]) -> Assignments:
    given = [Assignment(r[0], r[3] if len(r) > 3 else None, r[1], r[2]) for r in rows]
    return Assignments("topics.csv", "", len(given), given)


@pytest.mark.parametrize(
    ("row", "article"),
    [
        (("0c" * 8, "Fog", 1.0), 2), (("two.txt", "Fog", 1.0), 2), (("two", "Fog", 1.0), 2),
        (("./two.txt", "Fog", 1.0), 2), (("north\\one.txt", "Fog", 1.0), 0),
        (("table.csv", "Fog", 1.0, 2), 4), (("0d" * 8, "Fog", 1.0, 2), 3),
    ],
)  # fmt: skip
def test_an_article_is_named_by_id_file_or_row(row: tuple[str, str, float], article: int) -> None:
    topics, names = match_articles(said(row), PLACES)
    assert names == ["Fog"]
    numbers = np.asarray([int(place[0][:15], 16) for place in PLACES])
    assert topics.leaf_of(numbers).tolist() == [0 if i == article else -1 for i in range(5)]


def test_every_row_is_kept_or_counted() -> None:
    rows = said(
        ("two.txt", "Fog", 0.4),
        ("two.txt", "Harbour", 0.6),  # weighs more
        ("0c" * 8, "HARBOUR", 0.6),  # the same again
        ("two.txt", "Rain", 0.6),  # as much, and came later
        ("one.txt", "Fog", 1),  # two are called so
        ("table.csv", "Fog", 1),  # two rows
        ("three.txt", "Fog", 1),
        ("table.csv", "Fog", 1, 3),
        ("table.csv", "Fog", 1, 1),
    )
    topics, names = match_articles(rows, PLACES)
    assert names == ["Fog", "Harbour"]
    assert topics.facts["kept"] == 2
    assert topics.facts["set_aside"] == {
        SEVERAL_ARTICLES: 2, NO_SUCH_ARTICLE: 2, SAID_BEFORE: 1, WEAKER: 2,
    }  # fmt: skip


@pytest.mark.parametrize("rows", [[], [("elsewhere.txt", "Fog", 1.0)]])
def test_a_file_about_other_articles_is_refused(rows: Sequence[tuple[str, str, float]]) -> None:
    with pytest.raises(NewsprismError, match="gives an article of this corpus a topic"):
        match_articles(said(*rows), PLACES)


def write_topics(path: Path, numbers: range, corpus: str = "a.csv") -> Path:
    """Each made-up article is on the theme that it was made of; every tenth has none."""
    names = ("Alpha", "beta test", "Γάμμα", "<b>delta</b>")
    lines = [f"{corpus},{n + 1},{names[n % 4]}" for n in numbers if n % 10]
    path.write_text("\n".join(["file,row,topic", *lines]), encoding="utf-8")
    return path


@pytest.fixture(scope="module", params=[60, 160], ids=["passages", "articles"])
def given(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of few articles, whose passages would be fitted, and one of more."""
    home, n = tmp_path_factory.mktemp("given"), range(request.param)
    topics = write_topics(home / "topics.csv", n)
    build_index([write_rows(home / "a.csv", n)], home / "x", topics_from=topics)
    return open_index(home / "x")


def rows_by_topic(index: Index) -> dict[str, set[int]]:
    """The rows of the file whose articles are on each topic."""
    cut = index.cut()
    rows = index.article_rows(np.arange(index.n_articles), ["row"])["row"].to_numpy()
    found: dict[str, set[int]] = {}
    for article, topic in zip(index.slice_article, cut.slice_topic, strict=True):
        found.setdefault(cut.topics[topic].label, set()).add(int(rows[article]) - 1)
    return found


def test_articles_are_on_the_topics_that_the_file_says(given: Index) -> None:
    found, n = rows_by_topic(given), given.n_articles
    assert found == {
        **{
            name: {i for i in range(n) if i % 10 and i % 4 == k}
            for k, name in enumerate(("Alpha", "Beta test", "Γάμμα", "<b>delta</b>"))
        },
        "Other": {i for i in range(n) if not i % 10},
    }
    assert n_without_topic(given) == n // 10


def test_words_of_a_topic_are_its_own(given: Index) -> None:
    terms = TABLES["topic_terms"](given, Scope())
    for k, name in enumerate(("Alpha", "Beta test", "Γάμμα", "<b>delta</b>")):
        first = terms[terms["topic"] == name]["term"].head(3).tolist()
        assert len(first) == 3
        assert {word.lower() for word in first} <= {*THEMES[k].split()}, (name, first)


def test_no_reliability_is_shown(given: Index) -> None:
    topics, tree = TABLES["topics"](given, Scope()), TABLES["topic_tree"](given, Scope())
    for table in (topics, tree):
        assert table["reliability"].isna().all()
        assert set(table["reliability_word"]) == {"given"}
    assert topics["share"].notna().all()
    assert given.fit.reliability is None
    assert given.fit.beats_chance
    assert given.fit.given is not None
    assert given.fit.given["kept"] == given.n_articles * 9 // 10
    assert len(tree) == 7
    assert len(given.map_places[0]) == (given.n_articles if given.n_articles > 100 else 0)


def test_any_number_of_topics_is_a_merge(given: Index) -> None:
    assert list(given.nodes.sizes) == [2, 3, 4]
    labels = [topic.label for topic in given.cut(3).topics if topic.node >= 0]
    assert sum(" · " in label for label in labels) == 1


def test_the_same_file_gives_the_same_index_in_any_order(given: Index, tmp_path: Path) -> None:
    folder = given.folder.parent.parent
    lines = (folder / "topics.csv").read_text(encoding="utf-8").splitlines()
    turned = tmp_path / "topics.csv"
    turned.write_text("\n".join([lines[0], *reversed(lines[1:])]), encoding="utf-8")
    build_index([folder / "a.csv"], tmp_path / "x", topics_from=turned)
    again = open_index(tmp_path / "x")
    for table in ("topics", "topic_terms", "passages"):
        one, other = (TABLES[table](index, Scope()) for index in (given, again))
        assert one.equals(other), table


def test_they_stay_when_articles_come_and_go_and_go_with_a_refit(tmp_path: Path) -> None:
    out, topics = tmp_path / "x", write_topics(tmp_path / "topics.csv", range(60))
    build_index([write_rows(tmp_path / "a.csv", range(60))], out, topics_from=topics)
    assert rename_topic(out, "alpha", "First") == "First"
    add_articles([write_rows(tmp_path / "b.csv", range(60, 70))], out)
    index = open_index(out)
    assert n_without_topic(index) == 6 + 10
    assert TABLES["topic_drift"](index, Scope()).empty
    rows = index.article_rows(np.arange(70), ["article_id", "file", "row"])
    gone = rows[(rows["file"] == "a.csv") & (rows["row"] == 1)]["article_id"].iloc[0]
    delete_articles(out, [gone])
    assert n_without_topic(open_index(out)) == 5 + 10
    assert {"First", "Beta test"} <= set(rows_by_topic(open_index(out)))
    # Given again, for those that came too: a name that was chosen here stays.
    more = tmp_path / "more.csv"
    more.write_text(
        topics.read_text(encoding="utf-8") + "\nb.csv,1,Alpha\nb.csv,2,Omega", encoding="utf-8"
    )
    find_topics_anew(out, topics_from=more)
    index = open_index(out)
    assert n_without_topic(index) == 5 + 8
    assert {"First", "Omega"} <= set(rows_by_topic(index))
    assert TABLES["topic_changes"](index, Scope()).empty
    # Found ones have names and reliability of their own.
    find_topics_anew(out)
    index = open_index(out)
    assert index.fit.given is None
    assert index.fit.reliability is not None
    assert not {"First", "Omega", "Beta test"} & set(rows_by_topic(index))
    assert "topics_from" not in index.manifest["settings"]


def test_one_topic_and_words_that_no_topic_has(tmp_path: Path) -> None:
    for i, text in enumerate(["Fog at dawn.", "Rain at dusk.", "x"]):
        (tmp_path / f"{i}.txt").write_text(f"Title {i}\n\n{text}", encoding="utf-8")
    (tmp_path / "t.json").write_text('{"0": "Weather"}', encoding="utf-8")
    out = tmp_path / "index"
    build_index([tmp_path / f"{i}.txt" for i in range(3)], out, topics_from=tmp_path / "t.json")
    index = open_index(out)
    assert [t.label for t in index.cut().topics] == ["Weather", "Other"]
    assert TABLES["topics"](index, Scope())["share"].sum() == pytest.approx(1)
