"""Counting copies once: every table is that of the articles that are left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from dashboard.index.building.build import build_index
from dashboard.index.building.change import delete_articles
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.scope import Scope
from tests.measures.events.test_copies import ids_of, write_copies

ONCE = Scope(copies_once=True)
SCOPES = [
    Scope(),
    Scope(sources=("herald", "post")),
    Scope(sources=("herald", "agency", "tribune")),
    Scope(date_from=date(2024, 3, 3)),
    Scope(undated=True),
    Scope(sources=("tribune", "post"), date_to=date(2024, 4, 1)),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("once")
    build_index([write_copies(folder / "rows.csv")], folder / "index")
    return open_index(folder / "index")


def titles(index: Index, scope: Scope) -> list[str]:
    return [t for t in TABLES["articles"](index, scope)["title"] if t.startswith("Wire")]


def test_the_earliest_in_scope_stays(index: Index) -> None:
    assert titles(index, Scope()) == [
        "Wire report", "Wire report, turned round", "Wire report, cut", "Wire report, undated",
    ]  # fmt: skip
    assert titles(index, ONCE) == ["Wire report"]
    assert titles(index, replace(ONCE, sources=("herald", "post"))) == ["Wire report, cut"]
    assert titles(index, replace(ONCE, sources=("post",))) == ["Wire report, undated"]
    assert titles(index, replace(ONCE, date_from=date(2024, 3, 3))) == ["Wire report, cut"]
    n_all, n_once = (int(s.article_mask(index).sum()) for s in (Scope(), ONCE))
    assert n_once == n_all - 3  # passages that are shared are no copies


def test_what_is_left_out_is_said(index: Index) -> None:
    assert ONCE.describe(index).endswith("3 copies left out")
    assert ONCE.describe(index).startswith("11 of 14 articles")
    assert replace(ONCE, sources=("tribune",)).describe(index).endswith("0 copies left out")
    assert "cop" not in Scope().describe(index)


@pytest.mark.parametrize("scope", SCOPES, ids=range(len(SCOPES)))
def test_every_table_is_that_of_an_index_without_the_copies(
    index: Index, scope: Scope, tmp_path: Path
) -> None:
    once = replace(scope, copies_once=True)
    left_out = scope.article_mask(index) & ~once.article_mask(index)
    out = tmp_path / "index"
    build_index([write_copies(tmp_path / "rows.csv")], out)
    gone = index.article_rows(np.flatnonzero(left_out), ["article_id"])["article_id"].tolist()
    if gone:
        delete_articles(out, gone)
    rest = open_index(out)
    assert int(scope.article_mask(rest).sum()) == int(once.article_mask(index).sum()) > 0
    # Of the other scopes that one could choose (see below), and of one article in the whole corpus.
    names = TABLES.keys() - {"facets", "marks", "near_articles"}
    assert len(names) > 15
    for name in names:
        counted, expected = TABLES[name](index, once), TABLES[name](rest, scope)
        assert_frame_equal(in_scope(counted), in_scope(expected), obj=name)


def in_scope(table: pd.DataFrame) -> pd.DataFrame:
    """Without the passages of a topic in the whole corpus, and what a story is in it: its name, and
    whether an article has others beside it."""
    own = ["size", "label", "basis"] if "story_id" in table else ["size"]
    return table.drop(columns=own, errors="ignore")


def test_a_choice_of_a_filter_shows_what_it_says(index: Index) -> None:
    facets = TABLES["facets"](index, ONCE)
    counts = {(row.filter, row.choice): row.n_articles for row in facets.itertuples()}
    for source in index.sources:
        shown = replace(ONCE, sources=(source.source_id,)).article_mask(index)
        assert counts["source", source.source_id] == shown.sum() > 0
    assert counts["dates", "undated"] == replace(ONCE, undated=True).article_mask(index).sum() == 1
    first, last = date(2024, 1, 1), date(2024, 3, 31)
    quarter = replace(ONCE, date_from=first, date_to=last).article_mask(index)
    assert counts["dates", "2024-Q1"] == quarter.sum() == 1
    topics = {t.topic_id for t in index.cut().topics}
    for topic in topics:
        assert counts["topic", topic] == replace(ONCE, topics=(topic,)).article_mask(index).sum()


def test_the_link_has_it(index: Index) -> None:
    assert ONCE.to_params()["copies"] == "once"
    assert Scope.from_params({"copies": "once"}, index) == (ONCE, [])
    scope, notices = Scope.from_params({"copies": "<b>twice"}, index)
    assert scope == Scope()
    assert len(notices) == 1
    assert "twice" not in notices[0]
    assert not ONCE.is_everything
    assert ids_of(index)["Wire report"]
