"""The tables of what rose, on a corpus with a planted rise, a new source and nothing else."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.measures.periods import period_days
from dashboard.measures.rises.bursts import standing_out
from dashboard.measures.rises.counts import count_periods
from dashboard.measures.rises.finding import rose
from dashboard.scope import Scope
from dashboard.text.query import UnreadableQuery
from dashboard.text.token_rule import tokenise

USUAL = "hafen kran werft segel anker boje leine ruder kiel mast deck tau".split()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """24 months of 20 articles; „Sturmflut“ in most of May to August 2021; a source that comes in
    2021 and always says „Blatt“."""
    folder = tmp_path_factory.mktemp("rises")
    random = np.random.default_rng(5)
    with (folder / "a.csv").open("w", newline="", encoding="utf-8") as handle:
        rows = csv.writer(handle)
        rows.writerow(["title", "text", "source", "date"])
        for month in range(24):
            for n in range(20):
                words = random.choice(USUAL, 30).tolist()
                source = ("Nord", "Süd")[n % 2]
                if month >= 12 and n % 4 == 0:
                    source = "Neu"
                    words.insert(random.integers(30), "Blatt")
                if (16 <= month < 20 and n % 3) or random.random() < 0.03:
                    words.insert(random.integers(30), "Sturmflut")
                text = " ".join(words) + f". Ende {month} {n}."
                title = f"{'Sturmflut an' if month == 17 else 'Lage an'} Tag {month} {n}"
                day = f"{2020 + month // 12}-{month % 12 + 1:02d}-{n + 1:02d}"
                rows.writerow([title, text, source, day])
    build_index([folder / "a.csv"], folder / "x", clean="never")
    return open_index(folder / "x")


def test_counts_are_those_of_the_texts(index: Index) -> None:
    of = count_periods(index, Scope())
    assert of.n_articles.sum() == index.n_articles - index.n_undated
    at = of.terms.index("Sturmflut")
    found: Counter[str] = Counter()
    for article in range(index.n_articles):
        words = {word for text in index.passages(article) for word, _ in tokenise(text)}
        week = index.days[article].item().isocalendar()
        found[f"{week.year}-W{week.week:02d}"] += "sturmflut" in words
    assert dict(zip(of.names, of.n_with[at].tolist(), strict=True)) == dict(found)
    asked = count_periods(index, Scope(), ("sturmflut", "anker NEAR/3 boje"))
    assert asked.n_with[0].tolist() == of.n_with[at].tolist()
    assert 0 < asked.n_with[1].sum() < of.n_articles.sum()


def test_a_planted_burst_stands_out_with_its_headlines(index: Index) -> None:
    table = TABLES["bursts"](index, Scope())
    row = table.iloc[0]
    assert (row["term"], row["flag"]) == ("Sturmflut", "")
    assert abs(period_days(row["first"])[0] - date(2021, 5, 1)) < timedelta(14)
    assert abs(period_days(row["last"])[1] - date(2021, 8, 20)) < timedelta(14)
    assert row["share"] > 0.5 > 0.1 > row["share_rest"]
    assert all(h.startswith("Sturmflut") for h in row["headlines"].split(" · "))
    assert [index.position(a) is not None for a in row["article_ids"].split()] == [True] * 3
    assert standing_out(table)["term"].tolist() == ["Sturmflut"]


def test_what_only_a_new_source_brings_is_marked(index: Index) -> None:
    for name in ("bursts", "changes"):
        table = TABLES[name](index, Scope())
        flags = dict(zip(table["term"], table["flag"], strict=True))
        assert flags["Blatt"] == "new source: Neu"
        assert flags["Sturmflut"] == ""
        assert set(flags) == {"Blatt", "Sturmflut"}


def test_changes_say_which_way(index: Index) -> None:
    table = TABLES["changes"](index, Scope(), keywords=["Sturmflut"])
    table = table.sort_values("period")
    assert table["direction"].tolist() == ["up", "down"]
    for period, day in zip(table["period"], (date(2021, 5, 1), date(2021, 9, 1)), strict=True):
        assert abs(period_days(period)[0] - day) < timedelta(21)
    up = table[table["direction"] == "up"].iloc[0]
    assert up["share"] > up["share_before"]
    assert (table["flag"] == "").all()


@pytest.mark.parametrize("name", ["bursts", "changes"])
def test_little_to_look_at(index: Index, seeds_index: Index, name: str) -> None:
    assert TABLES[name](seeds_index, Scope()).empty
    assert TABLES[name](index, Scope(query="nirgends")).empty
    assert TABLES[name](index, Scope(), keywords=["nirgends"]).empty
    assert standing_out(TABLES["bursts"](seeds_index, Scope())).empty
    with pytest.raises(UnreadableQuery):
        TABLES[name](index, Scope(), keywords=["(Sturm"])


def test_the_finding_names_what_rose(index: Index, seeds_index: Index) -> None:
    found = rose(standing_out(TABLES["bursts"](index, Scope())))
    assert found is not None
    assert found.title.startswith("“Sturmflut” rose most, ")
    assert rose(standing_out(TABLES["bursts"](seeds_index, Scope()))) is None


def test_the_house_style_of_the_sources_in_view_is_no_burst(tmp_path: Path) -> None:
    """„Rundbrief“ is in a line that Nord repeats from the second year on, and in what Süd writes
    all the time: it is house style of the one, not of both."""
    random = np.random.default_rng(8)
    with (tmp_path / "a.csv").open("w", newline="", encoding="utf-8") as handle:
        rows = csv.writer(handle)
        rows.writerow(["title", "text", "source", "date"])
        for month in range(24):
            for n in range(20):
                words = random.choice(USUAL, 40).tolist()
                source = ("Nord", "Süd")[n % 2]
                if source == "Süd":
                    words[5:5] = ["Rundbrief", "am", "Rundbrief"]
                text = " ".join(words) + f". Ende {month} {n}."
                if source == "Nord" and month >= 12:
                    text += "\n\nHier den Rundbrief bestellen"
                day = f"{2020 + month // 12}-{month % 12 + 1:02d}-{n + 1:02d}"
                rows.writerow([f"Lage an Tag {month} {n}", text, source, day])
    build_index([tmp_path / "a.csv"], tmp_path / "x", clean="never")
    index = open_index(tmp_path / "x")
    assert "Rundbrief" in count_periods(index, Scope()).terms
    ids = {source.name: source.source_id for source in index.sources}
    assert "Rundbrief" in count_periods(index, Scope(sources=(ids["Süd"],))).terms
    assert "Rundbrief" not in count_periods(index, Scope(sources=(ids["Nord"],))).terms


def test_the_finding_says_when_without_an_end_that_is_not_known(index: Index) -> None:
    table = standing_out(TABLES["bursts"](index, Scope())).head(1)
    found = rose(table)
    assert found is not None
    first, last = table["first"].item(), table["last"].item()
    spans = {True: " of the articles in ", False: " of the articles from "}
    assert spans[first == last] in found.standfirst
    assert "until" not in found.standfirst
    one = rose(table.assign(first="2021-06", last="2021-06"))
    assert one is not None
    assert "of the articles in Jun 2021 have it" in one.standfirst
    several = rose(table.assign(first="2021-06", last="2021-08"))
    assert several is not None
    assert "of the articles from Jun 2021 to Aug 2021 have it" in several.standfirst


def test_with_a_leading_term_left_out_the_next_of_its_articles_leads(index: Index) -> None:
    table = TABLES["bursts"](index, Scope()).head(1)
    under = [table.assign(term=term, lead="Sturmflut") for term in ("Deich", "Pegel")]
    every = pd.concat([table.assign(term="Sturmflut", lead=""), *under], ignore_index=True)
    assert standing_out(every)["term"].tolist() == ["Sturmflut"]
    assert standing_out(every.iloc[1:])["term"].tolist() == ["Deich"]
