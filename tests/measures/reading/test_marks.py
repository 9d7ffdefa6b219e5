"""Marks of an article: each at its place in the text, as the page it leads to has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.cli import main
from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.index.layers.registry import left_out
from dashboard.measures import TABLES
from dashboard.measures.voices.rows import SAID
from dashboard.scope import Scope

SHARED = "the old ferry across the grey bay will stop running before the first winter storms"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("ferry")
    rows = [
        ("Bay Herald", "2023-04-02", "Ferry stops",
         f"Mayor Ana Duarte said on Monday that {SHARED}. \"We have 4,200 passengers a day,\" "
         "Duarte said. The town of Port Elgin waits."),
        ("Coast Post", "2023-04-03", "No ferry", f"It is certain: {SHARED}. Nobody knows why."),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["source", "date", "title", "text"])
    table.to_csv(folder / "ferry.csv", index=False)
    build_index([folder / "ferry.csv"], folder / "index")
    return open_index(folder / "index")


def marks(index: Any, scope: Scope = Scope(), **options: Any) -> pd.DataFrame:  # noqa: B008
    return TABLES["marks"](index, scope, **options)


def test_each_layer_marks_its_own(index: Index) -> None:
    table = marks(index, Scope(query="ferry"), keywords=["pass*"])
    found = {layer: rows["text"].tolist() for layer, rows in table.groupby("layer")}
    assert found["query"] == ["ferry"]
    assert found["keywords"] == ["passengers"]
    assert found["copies"] == [SHARED]
    assert any("4,200" in text for text in found["figures"])
    by_name = table[table["layer"] == "names"]
    assert "Ana Duarte" in by_name["key"].tolist()
    said = table[table["layer"] == "quotations"]
    assert set(said["what"]) == {"Ana Duarte"}
    copies = table[table["layer"] == "copies"].iloc[0]
    assert copies["what"] == "Coast Post"
    assert index.position(copies["key"]) is not None


def test_places_are_those_of_the_text(seeds_index: Any) -> None:
    passages = TABLES["passages"](seeds_index, Scope()).set_index("passage_id")["text"]
    seen: set[str] = set()
    for article in TABLES["articles"](seeds_index, Scope())["article_id"]:
        table = marks(seeds_index, Scope(query="sanctions"), article=article)
        assert set(table["article_id"]) == {article}
        for row in table.itertuples():
            assert passages[row.passage_id][row.start : row.end] == row.text
        order = list(zip(table["passage_id"], table["start"], strict=True))
        assert order == sorted(order)
        seen |= set(table["layer"])
    assert {"query", "topic", "quotations", "figures", "names"} <= seen


def test_topic_words_are_those_of_the_topic_of_the_passage(seeds_index: Any) -> None:
    table = marks(seeds_index)
    topics = table[table["layer"] == "topic"]
    passages = TABLES["passages"](seeds_index, Scope()).set_index("passage_id")["topic_id"]
    assert len(topics)
    assert topics["key"].tolist() == passages[topics["passage_id"]].tolist()


def test_speakers_and_names_are_as_on_their_pages(seeds_index: Any) -> None:
    quotes = TABLES["quotes"](seeds_index, Scope())
    quotes = quotes[quotes["kind"].isin(SAID)]
    names = set(TABLES["names"](seeds_index, Scope(), names=None)["name"])
    every = pd.concat(
        marks(seeds_index, article=a)
        for a in TABLES["articles"](seeds_index, Scope())["article_id"]
    )
    said = every[every["layer"] == "quotations"]
    assert set(quotes["speaker"].dropna()) - {""} <= set(said["key"])
    assert names <= set(every[every["layer"] == "names"]["key"])


def test_an_index_without_layers_and_an_article_that_is_not_there(
    index: Index, tmp_path: Path, capfdbinary: Any
) -> None:
    (tmp_path / "a.txt").write_text("Anna Weber sagte, 300 Euro seien genug.", encoding="utf-8")
    without = left_out(["voices", "figures", "names", "copies"])
    build_index([tmp_path / "a.txt"], tmp_path / "index", without=without)
    bare = open_index(tmp_path / "index")
    assert marks(bare, Scope(query="Euro"))["layer"].tolist() == ["query"]
    assert len(marks(index, article="no-such")) == 0
    assert len(marks(index, Scope(query="zeppelin"))) == 0
    article = TABLES["articles"](index, Scope())["article_id"].iloc[1]
    assert main(["export", str(index.folder.parent), "marks", "--article", article]) == 0
    lines = capfdbinary.readouterr().out.decode().splitlines()
    assert any(",copies," in line for line in lines)
