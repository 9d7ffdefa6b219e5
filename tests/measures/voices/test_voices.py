"""Voices as tables: the seeds line by line, rates with their intervals, empty scopes."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.index.index import Index
from dashboard.measures.statistics.inference import poisson_interval
from dashboard.measures.voices.citations import citations
from dashboard.measures.voices.lineage import lineage
from dashboard.measures.voices.quotes import quotes
from dashboard.measures.voices.speakers import speakers
from dashboard.scope import Scope

EMPTY = Scope(query="nosuchwordanywhere")


@pytest.mark.parametrize(
    ("begins", "speaker", "channel"),
    [
        ("deepening strategic alignment", "The analysis", None),
        ("firm support for each other", "Xi Jinping", "a news conference"),
        ("become stronger over time", "Xi Jinping", None),
        ("conducive to peace", "Xi Jinping", None),
        ("political settlement", "Xi Jinping", "the news conference"),
        ("creation of closed", "Vladimir Putin", "Tass"),
        ("Relations between Russia", "Vladimir Putin", None),
        ("informal dinner", "Tass", None),
        ("Putin visiting the Harbin", "Mathieu Duchatel", "X"),
        ("another milestone", "Philipp Ivanov", None),
        ("even though Russia", "Shin Kawashima", None),
        ("is one of the main", "Vladimir Putin", None),
        ("Together we uphold", "Vladimir Putin", None),
        ("Never since the fall", "Alexander Gabuev", "The New York Times"),
        ("By promoting", "Paul Goble", None),
        ("struggle with the West", "The Economist", None),
        ("indirect support", "The Economist", None),
        ("higher-level", "Xi Jinping", "Chinese state media"),
    ],
)
def test_the_seeds_line_by_line(
    seeds_index: Index, begins: str, speaker: str, channel: str | None
) -> None:
    table = quotes(seeds_index, Scope())
    row = table[table["quote"].str.startswith(begins)].iloc[0]
    assert row["speaker"] == speaker
    assert (row["channel"] if isinstance(row["channel"], str) else None) == channel


def test_a_quote_stands_where_the_table_says(seeds_index: Index) -> None:
    table = quotes(seeds_index, Scope())
    assert len(table) > 40
    for row in table.itertuples():
        position = seeds_index.position(row.article_id)
        assert position is not None
        passage = seeds_index.passages(position)[int(row.passage_id.rpartition("-")[2]) - 1]
        assert passage[row.start : row.end] == row.quote
    assert len(quotes(seeds_index, Scope(), most=3)) == 3
    assert set(quotes(seeds_index, Scope(), speaker="Xi Jinping")["speaker"]) == {"Xi Jinping"}


def test_the_shared_quotation_lost_its_agency(seeds_index: Index) -> None:
    table = lineage(seeds_index, Scope())
    shared = table[table["quote"].str.startswith("despite some actions")]
    assert list(shared["source"]) == ["Nikkei Asia", "Semafor"]
    assert list(shared["channel"].notna()) == [True, False]
    assert shared["dropped"].iloc[1] == "Tass"
    assert shared["change"].iloc[1] == "same"
    assert not shared["other_speaker"].any()


def test_the_catchphrase_is_in_three(seeds_index: Index) -> None:
    table = lineage(seeds_index, Scope())
    uses = table[table["quote"].str.fullmatch("no.limits")]
    assert len(uses) == 3
    assert set(uses["what"]) == {"catchphrase"}
    assert uses["source"].nunique() == 3


def test_who_is_cited(seeds_index: Index) -> None:
    table = citations(seeds_index, Scope())
    tass = table[(table["source"] == "Nikkei Asia") & (table["cited"] == "Tass")].iloc[0]
    assert tass["kind"] == "agency"
    assert tass["count"] == 3
    assert tass["ci_low"] < tass["per_1k"] < tass["ci_high"]
    silent = table[table["kind"] == "nobody"]
    assert list(silent["source"]) == ["Unnamed outlet"]
    assert list(silent["per_1k"]) == [1.0]


def test_the_citations_of_one_are_those_that_are_counted(seeds_index: Index) -> None:
    table = citations(seeds_index, Scope()).dropna(subset=["cited"])
    for (source_id, cited), own in table.groupby(["source_id", "cited"]):
        rows = quotes(seeds_index, Scope(sources=(str(source_id),)), cited=str(cited))
        assert len(rows) == own["count"].sum()
    carried = quotes(seeds_index, Scope(), cited="Tass")
    assert set(carried["speaker"]) > {"Tass", "Vladimir Putin"}
    assert quotes(seeds_index, Scope(), cited="nobody of that name").empty


def test_speakers_by_source(seeds_index: Index) -> None:
    table = speakers(seeds_index, Scope())
    putin = table[table["speaker"] == "Vladimir Putin"]
    assert putin["n_sources"].iloc[0] == 3 == len(putin)
    assert putin["n_quotes"].sum() >= 7
    assert (table["n_articles"] > 0).all()


@pytest.mark.parametrize("measure", [quotes, speakers, lineage, citations], ids=lambda m: m.name)
def test_an_empty_scope_has_no_rows(seeds_index: Index, measure) -> None:  # type: ignore[no-untyped-def]
    assert measure(seeds_index, EMPTY).empty


def test_the_exact_poisson_interval() -> None:
    # Garwood 1936, table: 0: (0, 3.689), 1: (0.0253, 5.572), 10: (4.795, 18.390)
    low, high = poisson_interval([0, 1, 10])
    np.testing.assert_allclose(low, [0, 0.02532, 4.7954], atol=1e-3)
    np.testing.assert_allclose(high, [3.6889, 5.5716, 18.3904], atol=1e-3)
