"""Tables of stories: each article once, gaps only where there was a chance, what each adds."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.formats.tables import render_table
from dashboard.index.counts.story_labels import central, story_position
from dashboard.index.index import Index
from dashboard.measures import TABLES
from dashboard.measures.events.additions import marked, weighty
from dashboard.measures.events.stories import ABSENT, had_the_chance
from dashboard.scope import Scope


def the_story(index: Index) -> str:
    table = TABLES["story_list"](index, Scope())
    assert len(table) == 1
    return str(table["story_id"].iloc[0])


def test_the_seeds_are_three_stories(seeds_index: Index) -> None:
    table = TABLES["stories"](seeds_index, Scope())
    assert len(table) == seeds_index.n_articles == 5
    groups = table.groupby("story_id")["date"].agg(["size", "first"])
    assert sorted(groups["size"]) == [1, 1, 3]
    assert groups[groups["size"] == 3]["first"].tolist() == ["2024-05-16"]
    assert set(table["basis"]) <= {"same story", "perhaps", "alone"}
    label = table[table["story_id"] == the_story(seeds_index)]["label"].iloc[0]
    assert label in set(table["title"])


def test_a_story_selects_its_articles_everywhere(seeds_index: Index) -> None:
    story = the_story(seeds_index)
    scope = Scope(story=story)
    assert scope.article_mask(seeds_index).sum() == 3
    assert "in the story “" in scope.describe(seeds_index)
    again, notices = Scope.from_params(scope.to_params(), seeds_index)
    assert (again, notices) == (scope, [])
    assert set(TABLES["articles"](seeds_index, scope)["article_id"]) == set(
        TABLES["stories"](seeds_index, scope)["article_id"]
    )
    # As the same articles chosen by another filter: here they are all of one day.
    day = np.datetime64("2024-05-16").astype(object)
    by_day = Scope(date_from=day, date_to=day)
    for name in ("keyness", "source_topics", "topics", "trends", "passages"):
        assert render_table(TABLES[name](seeds_index, scope), "csv") == render_table(
            TABLES[name](seeds_index, by_day), "csv"
        )


def test_a_story_that_is_not_there(seeds_index: Index) -> None:
    scope, notices = Scope.from_params({"story": "nowhere"}, seeds_index)
    assert scope == Scope()
    assert len(notices) == 1
    assert "nowhere" not in notices[0]
    assert Scope(story="nowhere").article_mask(seeds_index).sum() == 0
    assert story_position(seeds_index, "") is None


def test_small_corpora_have_no_gaps(seeds_index: Index) -> None:
    table = TABLES["coverage_matrix"](seeds_index, Scope())
    assert len(table) == 3
    assert ABSENT not in set(table["state"])
    mask = np.ones(seeds_index.n_articles, dtype=bool)
    assert not had_the_chance(seeds_index, mask, np.arange(3)).any()


def test_what_each_article_adds(seeds_index: Index) -> None:
    story = the_story(seeds_index)
    table = TABLES["additions"](seeds_index, Scope(story=story))
    in_order = TABLES["articles"](seeds_index, Scope(story=story))["article_id"].tolist()
    assert len(table) > 0
    assert in_order[0] not in set(table["article_id"])
    for row in table.itertuples():
        position = seeds_index.position(row.article_id)
        number = int(row.passage_id.rpartition("-")[2])
        assert row.text in seeds_index.passages(position)[number - 1]
        assert row.n_new >= 3
    assert TABLES["additions"](seeds_index, Scope()).empty


@pytest.mark.parametrize(
    ("titles", "label"),
    [
        ([], None),
        (["Incendie à Lyon"], "Incendie à Lyon"),
        (["Ein Brand", "Brand in Köln: drei Tote", "Drei Tote bei Brand in Köln"],
         "Brand in Köln: drei Tote"),
    ],
    ids=["none", "one", "central"],
)  # fmt: skip
def test_the_label_is_a_headline(titles: list[str], label: str | None) -> None:
    assert central(titles) == label


def test_a_headline_under_a_label_is_taken_only_where_there_is_no_other() -> None:
    labelled = ["OPINION: Fire in the old port", "OPINION: Fire in the port"]
    assert central([*labelled, "Ships burn"]) == "Ships burn"
    assert central(labelled) in labelled
    named = ["NATO: talks on the port go on", "NATO: talks on the port", "Ships burn"]
    assert central(named) in named[:2]


def test_words_that_others_lack_are_marked() -> None:
    titles = ["Dam bursts above Tirana", "Dam near Tirana gives way", "Tirana dam breaks"]
    words = [weighty(title, "en") for title in titles]
    parts = marked(titles[0], words[1:])
    assert "".join(text for text, _ in parts) == titles[0]
    assert [text for text, is_own in parts if is_own] == ["bursts"]
