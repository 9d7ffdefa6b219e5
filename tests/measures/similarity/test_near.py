"""Articles like one: as comparing all words with all articles finds them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.measures.similarity.near import LEAST, _Vectors
from dashboard.scope import Scope

SUBJECTS = {
    "brod": "piekarnia chleb mąka drożdże zakwas ciasto piekarz bochenek",
    "most": "most rzeka budowa przęsło inżynier stal filar wykonawca",
    "mecz": "mecz bramka trener stadion drużyna kibice sędzia napastnik",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("gazeta")
    rows = []
    for subject, words in SUBJECTS.items():
        every = words.split()
        for i in range(7):
            chosen = " ".join(every[i % 4 :] + every[: i % 3])
            rows.append((f"{subject}{i}", f"2019-0{1 + i}-1{i}", f"W mieście {chosen} numer {i}."))
    table = pd.DataFrame(rows, columns=["title", "date", "text"])
    table.to_csv(folder / "gazeta.csv", index=False)
    build_index([folder / "gazeta.csv"], folder / "index")
    return open_index(folder / "index")


def test_the_nearest_are_those_that_all_words_say(index: Index) -> None:
    vector = _Vectors(index)
    every = np.zeros((index.n_articles, len(vector.weight)))
    for position in range(index.n_articles):
        terms, values = vector.of(position)
        every[position, terms] = values
    rows = index.article_rows(range(index.n_articles), ["article_id"])
    for position, article in enumerate(rows["article_id"]):
        table = TABLES["near_articles"](index, Scope(), article=article)
        near = table[~table["same_story"].astype(bool)]
        story = set(table["other_id"]) - set(near["other_id"])
        cosine = {
            rows["article_id"][other]: float(every[position] @ every[other])
            for other in range(index.n_articles)
            if other != position and rows["article_id"][other] not in story
        }
        best = sorted((c for c in cosine.values() if c >= LEAST), reverse=True)[:10]
        assert near["cosine"].tolist() == pytest.approx(best)
        assert [cosine[other] for other in near["other_id"]] == pytest.approx(best)
        assert article not in table["other_id"].tolist()


def test_a_story_comes_first_whatever_the_scope(seeds_index: Any, index: Index) -> None:
    first = TABLES["articles"](index, Scope())["article_id"].iloc[0]
    everything = TABLES["near_articles"](index, Scope(), article=first)
    narrowed = TABLES["near_articles"](index, Scope(query="stadion"), article=first)
    pd.testing.assert_frame_equal(everything, narrowed)
    assert everything["same_story"].tolist() == sorted(everything["same_story"], reverse=True)
    assert len(TABLES["near_articles"](index, Scope(), article="none")) == 0
    assert len(TABLES["near_articles"](index, Scope(query="zeppelin"))) == 0
    assert TABLES["near_articles"](seeds_index, Scope())["rank"].tolist() == list(
        range(1, len(TABLES["near_articles"](seeds_index, Scope())) + 1)
    )


def test_an_index_without_stories_has_near_articles_too(index: Index, tmp_path: Path) -> None:
    source = index.folder.parent.parent / "gazeta.csv"
    build_index([source], tmp_path / "index", without=["stories"])
    bare = open_index(tmp_path / "index")
    table = TABLES["near_articles"](bare, Scope())
    assert len(table)
    assert not table["same_story"].any()
