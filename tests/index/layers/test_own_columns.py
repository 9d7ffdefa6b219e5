"""Own columns in an index: which suit, and that they stay with their articles."""

import csv
import random

import numpy as np
import pytest

from dashboard.corpus.importing import spool
from dashboard.index.building import build
from dashboard.index.building.build import build_index
from dashboard.index.building.change import add_articles, delete_articles, update_layers
from dashboard.index.counts.own_columns import not_kept, own_columns
from dashboard.index.index import open_index
from dashboard.index.layers import registry
from dashboard.index.layers.own_columns import OwnColumns
from dashboard.index.storage.articles import ArticleStore, take_articles
from dashboard.index.storage.container import Container

WORDS = "hafen feuer rat wahl preis streik schule fluss brücke zug markt abend stadt".split()
LAGER = ("links", "rechts", "mitte", "")


@pytest.fixture(autouse=True)
def _small_segments(monkeypatch):
    monkeypatch.setattr(spool, "BATCH_RECORDS", 8)
    monkeypatch.setattr(build, "BATCHES_A_SEGMENT", 1)


def write_articles(path, numbers, columns):
    """A table of made-up articles; ``columns``: name → what makes the cell of a number."""
    with path.open("w", newline="", encoding="utf-8") as handle:
        rows = csv.writer(handle)
        rows.writerow(["title", "text", "source", "date", *columns])
        for n in numbers:
            text = " ".join(random.Random(n).choices(WORDS, k=60))
            day = f"2024-0{1 + n % 9}-11"
            own = [make(n) for make in columns.values()]
            rows.writerow([f"Bericht {n}", f"{text} {n}.", f"Blatt {n % 3}", day, *own])
    return path


def by_title(index, name):
    """The value of a column by the title of the article."""
    column = own_columns(index)[name]
    titles = index.article_rows(np.arange(index.n_articles), ["title"])["title"]
    values = [("", *column.values)[code] for code in column.codes]
    return dict(zip(titles, values, strict=True))


def expected(numbers, make):
    return {f"Bericht {n}": make(n) for n in numbers}


def lager(n):
    return LAGER[n % 4]


def test_which_columns_suit_and_why_others_do_not(tmp_path):
    columns = {
        "lager": lager, "topic": lambda n: f"T{n % 2}", "source_id": lambda n: f"x{n % 3}",
        "an": lambda n: n % 2, "wahr": lambda n: n % 3 == 0, "gleich": lambda n: "eins",
        "klicks": lambda n: 3 * (n % 20), "tag": lambda n: f"2024-01-0{1 + n % 5}T08:00",
        "viele": lambda n: f"v{n % 23}", "liste": lambda n: "[1, 2]",
    }  # fmt: skip
    write_articles(tmp_path / "a.csv", range(40), columns)
    build_index([tmp_path / "a.csv"], tmp_path / "index")
    index = open_index(tmp_path / "index")
    kept = own_columns(index)
    assert {name: len(column.values) for name, column in kept.items()} == {
        "topic": 2, "source_id": 3, "an": 2, "wahr": 2, "lager": 3,
    }  # fmt: skip
    assert not_kept(index) == {
        "gleich": "the same in every article that has it",
        "klicks": "numbers with more than 12 different values",
        "viele": "hardly two articles share a value",
        "liste": "long texts or lists",
    }
    assert index.report["files"][0]["unused"] == {"tag": "dates"}
    assert by_title(index, "lager") == expected(range(40), lager)
    assert kept["lager"].has_unknown
    assert not kept["topic"].has_unknown
    assert kept["lager"].codes.dtype == np.uint8


def test_only_so_many_columns_and_values_are_kept(tmp_path):
    columns = {f"c{i}": lambda n, i=i: "" if n < i else "ab"[n % 2] for i in range(14)}
    columns["namen"] = lambda n: f"n{n // 2 % 210}"
    write_articles(tmp_path / "a.csv", range(840), columns)
    build_index([tmp_path / "a.csv"], tmp_path / "index")
    index = open_index(tmp_path / "index")
    assert list(own_columns(index)) == [f"c{i}" for i in range(12)]
    no_room = "there is room for 12, and others are known of more articles"
    assert not_kept(index) == {
        "namen": "more than 200 different values", "c12": no_room, "c13": no_room,
    }  # fmt: skip


def test_they_stay_with_their_articles_when_some_come_and_go(tmp_path):
    out = tmp_path / "index"
    build_index([write_articles(tmp_path / "a.csv", range(20), {"lager": lager})], out)
    write_articles(
        tmp_path / "b.csv",
        range(20, 40),
        {"lager": lager, "land": lambda n: "AT CH".split()[n % 2]},
    )
    add_articles([tmp_path / "b.csv"], out)
    index = open_index(out)
    assert by_title(index, "lager") == expected(range(40), lager)
    assert by_title(index, "land") == {
        **expected(range(20), lambda n: ""),
        **expected(range(20, 40), lambda n: "AT CH".split()[n % 2]),
    }
    rows = index.article_rows(np.arange(40), ["article_id", "title"])
    gone = [f"Bericht {n}" for n in (1, 6, 13, 27, 30)]
    delete_articles(out, list(rows["article_id"][rows["title"].isin(gone)]))
    index = open_index(out)
    assert index.n_articles == 35
    assert by_title(index, "lager") == expected(
        (n for n in range(40) if f"Bericht {n}" not in gone), lager
    )


def test_names_in_another_case_are_one_column(tmp_path):
    write_articles(tmp_path / "a.csv", range(12), {"Lager": lager})
    write_articles(tmp_path / "b.csv", range(12, 24), {"LAGER": lager})
    build_index([tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path / "index")
    index = open_index(tmp_path / "index")
    assert len(own_columns(index)) == 1
    assert by_title(index, *own_columns(index)) == expected(range(24), lager)


def test_additions_give_what_one_build_gives(tmp_path):
    columns = {"lager": lager, "land": lambda n: ("AT", "CH", "DE")[n % 3]}
    write_articles(tmp_path / "a.csv", range(15), columns)
    write_articles(tmp_path / "b.csv", range(15, 32), columns)
    build_index([tmp_path / "a.csv"], tmp_path / "added")
    add_articles([tmp_path / "b.csv"], tmp_path / "added")
    build_index([tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path / "once")
    added, once = open_index(tmp_path / "added"), open_index(tmp_path / "once")
    assert list(own_columns(added)) == list(own_columns(once))
    for name, column in own_columns(once).items():
        assert own_columns(added)[name].values == column.values
        assert by_title(added, name) == by_title(once, name)


def test_an_index_built_before_opens_and_has_none(tmp_path, monkeypatch):
    out = tmp_path / "index"
    with monkeypatch.context() as older:
        layers = tuple(layer for layer in registry.LAYERS if not isinstance(layer, OwnColumns))
        older.setattr(registry, "LAYERS", layers)
        build_index([write_articles(tmp_path / "a.csv", range(12), {"lager": lager})], out)
        assert own_columns(open_index(out)) == not_kept(open_index(out)) == {}
    assert own_columns(open_index(out)) == {}
    update_layers(out)
    assert by_title(open_index(out), "lager") == expected(range(12), lager)


def test_stores_written_before_join_those_with_columns(tmp_path):
    build_index([write_articles(tmp_path / "a.csv", range(6), {"lager": lager})], tmp_path / "i")
    index = open_index(tmp_path / "i")
    store = dict(Container(index.folder / f"articles-{index.segment_names[0]}.bin"))
    before = {name: array for name, array in store.items() if not name.startswith("own_columns")}
    everything = np.arange(6)
    for stores in ([before, store], [store, before]):
        joined = ArticleStore(take_articles(stores, [everything, everything]))
        assert len(list(joined.own_columns)) == 12
        own = list(joined.own_columns)[6 if stores[0] is before else 0 :][:6]
        assert own == list(ArticleStore(store).own_columns)
        assert sum(map(bool, joined.own_columns)) == sum(map(bool, own))
