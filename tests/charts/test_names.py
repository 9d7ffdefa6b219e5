"""Names × sources: a bar for each, as long as its rate, with its count beside it."""

from __future__ import annotations

from dashboard.charts import voices
from dashboard.charts.parts.theme import SourceStyle
from dashboard.index.index import Index
from dashboard.measures.names.names import names_by_source
from dashboard.measures.names.titles import titles_of_names
from dashboard.scope import Scope


def styles_of(index: Index) -> dict[str, SourceStyle]:
    return {s.source_id: SourceStyle(s.name, s.rank) for s in index.sources}


def test_a_bar_selects_its_name_and_source(seeds_index: Index) -> None:
    rates = names_by_source(seeds_index, Scope(), ["Xi Jinping", "Vladimir Putin"])
    names = ["Xi Jinping", "Vladimir Putin"]
    figure = voices.names(rates, names, styles_of(seeds_index), "light")
    data = [row for trace in figure.data if trace.type == "bar" for row in trace.customdata]
    assert sorted({(row[0], row[1]) for row in data if row[0] == "semafor"}) == [
        ("semafor", "Vladimir Putin"), ("semafor", "Xi Jinping"),
    ]  # fmt: skip
    assert ("unnamed-brief", "Vladimir Putin") not in {(row[0], row[1]) for row in data}
    own = next(row for row in data if row[0] == "semafor" and row[1] == "Xi Jinping")
    assert "per 1,000 words, 95 % interval" in own[3]
    assert not voices.names(rates, [], {}, "light").data


def test_a_bar_of_titles_selects_a_title(seeds_index: Index) -> None:
    table = titles_of_names(seeds_index, Scope(), ["Xi Jinping"])
    figure = voices.titles(table, ["president", "leader"], styles_of(seeds_index), "dark")
    data = [row for trace in figure.data if trace.type == "bar" for row in trace.customdata]
    assert {row[1] for row in data} == {"president", "leader"}
    leader = next(row for row in data if row[1] == "leader")
    assert leader[3] == (
        "at first mention in 1 of 1 article; in the other sources, 0 %; could be chance"
    )
