"""Names as tables: the seeds, rates with their intervals, titles tested, words around, no scope."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures.names.findings import names as finding_of_names
from dashboard.measures.names.findings import titles as finding_of_titles
from dashboard.measures.names.names import mentions, names, names_by_source
from dashboard.measures.names.rows import n_unread
from dashboard.measures.names.titles import titles_of_names
from dashboard.measures.names.wording import wording, wording_uses
from dashboard.measures.statistics.inference import fisher_exact, poisson_interval
from dashboard.measures.trends.trends import trends
from dashboard.scope import Scope

EMPTY = Scope(query="nosuchwordanywhere")
FILLER = (
    "The council of the town met for the third time this month to speak about the harbour, the "
    "roads and the school, and it went on until late in the evening of a long and rainy day. "
)


@pytest.fixture(scope="module")
def kabal(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Two sources of 12 articles: one says strongman and regime, the other president, mostly."""
    folder = tmp_path_factory.mktemp("kabal")
    texts = {
        "Gazette": "Near {} lives the strongman Idris Kabal. {} his bitter regime, {} Kabal said, "
        "{} will last.",
        "Courier": "Near {} lives President Idris Kabal. {} his stately government, {} Kabal said, "
        "{} will last.",
    }
    # No two articles say it in the same words: that would be a template.
    words = "oak elm ash fir yew bay fig gum box pea hop rye".split()
    turned = [[words[(i * step) % 12] for step in (1, 5, 7, 11)] for i in range(12)]
    rows = [
        {"id": f"{source}{i}", "title": f"Notes {source} {i}", "source": source,
         "date": "2024-05-16", "text": f"{FILLER}It was day {i} of it. {text.format(*turned[i])}"}
        for source, text in texts.items() for i in range(12)
    ]  # fmt: skip
    pd.DataFrame(rows).to_csv(folder / "rows.csv", index=False)
    build_index([folder / "rows.csv"], folder / "index")
    return open_index(folder / "index")


def test_the_seeds(seeds_index: Index) -> None:
    table = names(seeds_index, Scope()).set_index("name")
    assert table.loc["Xi Jinping", "aliases"] == "Xi | Xi Jinping"
    assert table.loc["Xi Jinping", ["kind", "n_articles", "n_sources"]].tolist() == ["person", 5, 5]
    assert table.loc["Vladimir Putin", "aliases"] == "Putin | Vladimir Putin"
    assert table.loc["Vladimir Putin", "n_articles"] == 4
    assert table.loc["Center for Strategic and International Studies", "n_mentions"] == 5
    assert table.index.is_unique
    assert table.index.intersection(["Xi", "Putin", "Xi Jinping’s", "President Xi", "US"]).empty
    put = titles_of_names(seeds_index, Scope(), ["Xi Jinping"]).set_index("source")["title"]
    assert put["Semafor"] == "leader"
    assert put["Nikkei Asia"] == "president"
    assert put["Unnamed outlet"] == "counterpart"


def test_a_mention_stands_where_the_table_says(seeds_index: Index) -> None:
    table = mentions(seeds_index, Scope(), ["Xi Jinping"])
    assert len(table) == names(seeds_index, Scope(), ["Xi Jinping"])["n_mentions"].iloc[0]
    for row in table.itertuples():
        position = seeds_index.position(row.article_id)
        assert position is not None
        passage = seeds_index.passages(position)[int(row.passage_id.rpartition("-")[2]) - 1]
        assert passage[row.start : row.end] == row.written
    assert table["is_first"].sum() == 5
    leader = mentions(seeds_index, Scope(), ["Xi Jinping"], title="leader")
    assert leader["source"].tolist() == ["Semafor"]
    assert mentions(seeds_index, Scope(), ["Xi Jinping"], in_source="semafor", most=2)[
        "source"
    ].tolist() == ["Semafor", "Semafor"]


def test_a_name_is_a_keyword(seeds_index: Index) -> None:
    row = names(seeds_index, Scope(), ["Xi Jinping"]).iloc[0]
    assert row["keyword"] == '"Xi Jinping" OR Xi'
    counted = trends(seeds_index, Scope(), [row["keyword"]])
    assert counted["count"].sum() >= row["n_mentions"]
    assert Scope(query=row["keyword"]).article_mask(seeds_index).sum() == 5


def test_rates_have_exact_intervals(seeds_index: Index) -> None:
    table = names_by_source(seeds_index, Scope(), ["Xi Jinping", "Vladimir Putin", "Nobody"])
    assert len(table) == 10  # a row a source, also where it is silent
    silent = table[table["n_mentions"] == 0]
    assert silent["source"].tolist() == ["Unnamed brief"]
    assert silent["ci_low"].tolist() == [0]
    low, high = poisson_interval(table["n_mentions"].to_numpy())
    per = table["n_words"] / 1000
    np.testing.assert_allclose(table["per_1k"], table["n_mentions"] / per)
    np.testing.assert_allclose(table["ci_low"], low / per)
    np.testing.assert_allclose(table["ci_high"], high / per)


def test_titles_are_tested_on_articles(kabal: Index) -> None:
    table = titles_of_names(kabal, Scope(), ["Idris Kabal"])
    assert table["distinguishable"].all()
    found = table.set_index("source")
    assert found.loc["Gazette", ["title", "n_articles", "share", "share_rest"]].tolist() == [
        "strongman", 12, 1.0, 0.0,
    ]  # fmt: skip
    assert found.loc["Courier", "title"] == "president"
    np.testing.assert_allclose(found["q"], fisher_exact(12, 12, 12, 24)[0])
    assert "before Idris Kabal more than others do" in finding_of_titles(table, "Idris Kabal")
    one = titles_of_names(kabal, Scope(sources=("gazette",)), ["Idris Kabal"])
    assert one["share_rest"].isna().all()
    assert not one["distinguishable"].any()
    assert finding_of_titles(one, "Idris Kabal") == "What stands before Idris Kabal"


def test_the_words_around_a_name(kabal: Index) -> None:
    keyword = names(kabal, Scope(), ["Idris Kabal"])["keyword"].iloc[0]
    table = wording(kabal, Scope(), [keyword])
    table = table[table["distinguishable"]]
    words = {source: set(own["term"]) for source, own in table.groupby("source")}
    assert words == {"Gazette": {"strongman", "bitter", "regime"},
                     "Courier": {"President", "stately", "government"}}  # fmt: skip
    assert (table["n_articles"] == 12).all()
    assert (table["n_rest"] == 0).all()
    assert set(wording(kabal, Scope(), [keyword], ["courier"])["source"]) == {"Courier"}
    uses = wording_uses(kabal, Scope(), [keyword], "regime", "gazette")
    row = table[(table["term"] == "regime")].iloc[0]
    assert uses["article_id"].nunique() == row["df_group"]
    assert set(uses["source"]) == {"Gazette"}
    assert set(uses["match"]) == {"Kabal", "Idris Kabal"}
    assert wording_uses(kabal, Scope(), [keyword], "regime", "courier").empty
    assert wording(kabal, Scope(sources=("gazette",)), [keyword]).empty  # nothing to compare


def test_nobody_is_named_in_an_empty_scope(seeds_index: Index) -> None:
    for table in (names, names_by_source, mentions, titles_of_names, wording, wording_uses):
        found = table(seeds_index, EMPTY)
        assert found.empty
        assert [*found.columns] == [*table.columns]
    assert finding_of_names(names(seeds_index, EMPTY), 0, 9, 0).title == "Nobody is named"
    assert wording(seeds_index, Scope(), ["nosuchword"]).empty


def test_what_the_page_is_called(seeds_index: Index) -> None:
    table = names(seeds_index, Scope())
    finding = finding_of_names(table, 5, 5_000, 2)
    assert finding.title == "China is named in 5 of 5 articles"
    assert "of them in one source only." in finding.standfirst
    assert finding.standfirst.endswith("Two articles are not in English and not read.")
    few = finding_of_names(names(seeds_index, Scope(), most=3), 5, 3, 0)
    assert few.standfirst == "The 3 names that the most articles have."
    assert n_unread(seeds_index, Scope()) == 0
