"""Prominence, against plain sums over the passages."""

from __future__ import annotations

import math

import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.measures.brief.prominence import DECAY
from dashboard.scope import Scope
from tests.index.building.test_change import write_rows


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    home = tmp_path_factory.mktemp("prominence")
    build_index([write_rows(home / "a.csv", range(160))], home / "x")
    return open_index(home / "x")


def test_against_the_passages(index: Index, seeds_index: Index) -> None:
    for each in (index, seeds_index):
        rows = TABLES["prominence"](each, Scope())
        assert len(rows)
        passages = TABLES["passages"](each, Scope()).dropna(subset=["source_id"])
        passages = passages.assign(rank=passages["passage_id"].str[-3:].astype(int) - 1)
        passages["last"] = passages.groupby("article_id")["rank"].transform("max")
        passages["weighted"] = passages["n_words"] * (-passages["rank"] / DECAY).map(math.exp)
        for row in rows.itertuples():
            own = passages[passages["source_id"] == row.source_id]
            on = own[own["topic_id"] == row.topic_id]
            assert row.share == pytest.approx(on["n_words"].sum() / own["n_words"].sum())
            top = on["weighted"].sum() / own["weighted"].sum()
            assert row.share_at_top == pytest.approx(top)
            first = on[on["last"] > 0].groupby("article_id").first()
            assert row.n_articles == len(first)
            if len(first):
                assert row.place == pytest.approx((first["rank"] / first["last"]).mean())


def test_a_topic_is_buried_only_where_two_others_have_it_first(seeds_index: Index) -> None:
    rows = TABLES["prominence"](seeds_index, Scope())
    assert (rows["standing"] == "first").any()
    for row in rows[rows["standing"] == "buried"].itertuples():
        same = rows[(rows["topic_id"] == row.topic_id) & (rows["standing"] == "first")]
        assert len(same) >= 2
    assert TABLES["prominence"](seeds_index, Scope(query="nosuchword")).empty
