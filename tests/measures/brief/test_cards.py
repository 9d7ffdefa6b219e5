"""Findings: robust only when they hold whichever unit is left out."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.measures.statistics.inference import normal_p
from dashboard.scope import Scope
from tests.index.building.test_change import write_rows


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    home = tmp_path_factory.mktemp("cards")
    build_index([write_rows(home / "a.csv", range(160))], home / "x")
    return open_index(home / "x")


def test_robust_ones_come_first_and_others_say_why_not(index: Index, seeds_index: Index) -> None:
    for each in (index, seeds_index):
        rows = TABLES["findings"](each, Scope())
        assert len(rows)
        assert rows["rank"].tolist() == list(range(1, len(rows) + 1))
        assert (~rows["robust"]).is_monotonic_increasing
        assert (rows["robust"] == rows["caution"].isna()).all()
        assert set(rows["table"]) <= set(TABLES)


def test_on_five_articles_no_topic_is_robust(seeds_index: Index) -> None:
    rows = TABLES["findings"](seeds_index, Scope())
    topics = rows[rows["kind"] == "topic"]
    assert len(topics)
    assert not topics["robust"].any()


def test_the_range_is_what_leaving_out_one_article_gives(index: Index) -> None:
    rows = TABLES["findings"](index, Scope())
    topics = rows[rows["kind"] == "topic"]
    assert len(topics)
    for row in topics.itertuples():
        ids = TABLES["articles"](index, Scope(sources=(row.source_id,)))["article_id"]
        passages = TABLES["passages"](index, Scope(sources=(row.source_id,)))
        shares = []
        for left_out in ids:
            rest = passages[passages["article_id"] != left_out]
            on = rest[rest["topic_id"] == row.topic_id]["n_words"].sum()
            shares.append(on / rest["n_words"].sum())
        assert row.low == pytest.approx(min(shares))
        assert row.high == pytest.approx(max(shares))


def test_numbers_in_a_sentence_are_those_of_its_table(index: Index) -> None:
    mixes = TABLES["source_topics"](index, Scope()).set_index(["source_id", "topic_id"])
    rows = TABLES["findings"](index, Scope())
    topics = rows[rows["kind"] == "topic"]
    assert len(topics)
    for row in topics.itertuples():
        own = mixes.loc[(row.source_id, row.topic_id)]
        said = [int(n) for n in re.findall(r"(\d+)\u00a0%", row.finding)]
        assert said[:2] == [round(100 * own["share"]), round(100 * own["share_rest"])]


def test_an_empty_scope_has_no_findings(index: Index) -> None:
    assert TABLES["findings"](index, Scope(query="nosuchword")).empty


def test_normal_p_is_two_sided() -> None:
    assert normal_p(np.asarray([0, 1.959964, -1.959964])) == pytest.approx(
        [1, 0.05, 0.05], abs=1e-6
    )
    assert normal_p(np.zeros((2, 3))).shape == (2, 3)
    assert normal_p([]).size == 0


def test_the_words_of_a_source_alone_in_view_are_held_against_all_others(tmp_path: Path) -> None:
    dice = np.random.default_rng(5)
    names = np.array(
        [f"{a}{b}ing" for a in "bcdfghlmnprst" for b in ("ar", "el", "im", "or", "ub")]
    )

    def sentence(more: str) -> str:
        return f"The {' '.join(dice.choice(names, 9))} {more} {' '.join(dice.choice(names, 6))}."

    rows = [
        {"source": source, "title": sentence("of"), "text": " ".join(map(sentence, words))}
        for source, words in (("Herald", ("and", "regatta", "of")), ("Post", ("and", "with", "of")))
        for _ in range(40)
    ]
    rows.append({"source": "Post", "title": sentence("of"), "text": sentence("regatta")})
    pd.DataFrame(rows).to_csv(tmp_path / "a.csv")
    build_index([tmp_path / "a.csv"], tmp_path / "x")
    index = open_index(tmp_path / "x")
    found = TABLES["findings"](index, Scope(sources=("herald",)))
    [row] = found[(found["kind"] == "word") & (found["keyword"] == "regatta")].itertuples()
    assert "times as often as Post" in row.finding
    # Leaving out one article changes little of how often it is used more.
    assert row.low > row.effect / 3
    assert row.caution is None
