"""The reader's own stop list."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.index.index import Index
from dashboard.measures import TABLES
from dashboard.measures.stop_list import hidden_words, without
from dashboard.scope import Scope


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("photos, AP", ("photos", "ap")),
        ("Hide Caption; photos photos", ("hide", "caption", "photos")),
        ("  ,, ", ()),
        ("Überblick, 上海", hidden_words("überblick 上海")),
        (" ".join(f"w{i}" for i in range(99)), tuple(f"w{i}" for i in range(99))),
    ],
)
def test_a_list_is_read_as_words_are_counted(text: str, words: tuple[str, ...]) -> None:
    assert hidden_words(text) == words


def test_a_word_and_the_phrases_that_hold_it_are_not_listed() -> None:
    table = TABLES["keyness"]
    terms = ["Photos", "AP Photos", "photographs", "AP", None]
    rows = pd.DataFrame({"term": terms, "q": range(5)})
    kept = without(rows, table, ("photos",))
    assert kept["term"].tolist()[:2] == ["photographs", "AP"]
    assert kept["q"].tolist() == [2, 3, 4]
    assert without(rows, table, ()) is rows
    assert without(rows, TABLES["articles"], ("photos",)) is rows


@pytest.mark.parametrize("name", [name for name, each in TABLES.items() if each.words])
def test_every_table_of_words_can_do_without_one(seeds_index: Index, name: str) -> None:
    table = TABLES[name]
    takes = any(option.name == "keywords" for option in table.options)
    options = {"keywords": ["Putin"]} if takes and name not in ("bursts", "changes") else {}
    rows = table(seeds_index, Scope(), **options)
    named = rows[table.words].dropna().tolist()
    hidden = hidden_words(str(named[0]))[:1] if named else ("putin",)
    left = [each for each in named if not set(hidden) & set(hidden_words(str(each)))]
    kept = without(rows, table, hidden)
    assert kept[table.words].dropna().tolist() == left
    assert len(kept) == len(left) + rows[table.words].isna().sum()


def test_no_table_of_words_is_forgotten() -> None:
    listing = {name for name, table in TABLES.items() if table.words}
    named = {n for n, t in TABLES.items() if {"term", "related"} & set(t.columns)}
    assert named - listing == {"house_style"}  # of what is left out
