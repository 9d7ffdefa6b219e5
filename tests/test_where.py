"""Scopes by the user's own columns: masks, counts, links, the command line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.cli import main
from dashboard.index.building.build import build_index
from dashboard.index.counts.own_columns import own_columns, read_where, write_where
from dashboard.index.index import open_index
from dashboard.measures import TABLES
from dashboard.scope import Scope
from tests.index.layers.test_own_columns import write_articles

HOSTILE = "<b>~:!e|*x*</b> [a](javascript:x)"
SIDES = ("gauche", HOSTILE, "")
COLUMNS = {"côté": lambda n: SIDES[n % 3], "rank:~!": lambda n: "ab"[n % 2]}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    place = tmp_path_factory.mktemp("where")
    write_articles(place / "a.csv", range(30), COLUMNS)
    build_index([place / "a.csv"], place / "index")
    return open_index(place / "index")


texts = st.text(min_size=1).filter(lambda text: text.isprintable())


@given(st.lists(st.tuples(texts, st.text()), unique=True))
def test_a_link_holds_any_name_and_value(pairs):
    token = write_where(pairs)
    assert read_where(token) == pairs
    assert token.count("~") == max(len(pairs) - 1, 0)


@given(st.text())
def test_any_text_can_be_read_as_a_link(text):
    assert all(name for name, _ in read_where(text))


def test_values_of_one_column_add_up_and_columns_narrow(index):
    def found(*where):
        return int(Scope(where=where).article_mask(index).sum())

    assert found() == 30
    assert [found(("côté", value)) for value in SIDES] == [10, 10, 10]
    assert found(("côté", "gauche"), ("côté", "")) == 20
    assert found(("côté", "gauche"), ("rank:~!", "a")) == 5
    assert found(("côté", "droite")) == found(("nosuch", "gauche")) == 0


def test_a_scope_goes_through_its_link_and_names_itself(index):
    scope = Scope(where=(("côté", HOSTILE), ("rank:~!", "a"), ("côté", "")))
    assert Scope.from_params(scope.to_params(), index) == (scope, [])
    assert not scope.is_everything
    words = scope.describe(index)
    assert f"côté: {HOSTILE} or unknown" in words
    assert "rank:~!: a" in words


def test_what_a_link_names_and_the_corpus_lacks_is_left_out(index):
    scope, notices = Scope.from_params({"where": "côté:gauche~côté:droite~x:y"}, index)
    assert scope.where == (("côté", "gauche"),)
    assert notices == [
        "The link names 2 values of columns that this corpus does not have; "
        "only the others are applied."
    ]
    scope, notices = Scope.from_params({"where": "x:y"}, index)
    assert scope.is_everything
    assert len(notices) == 1
    assert "nothing is filtered by columns" in notices[0]


def test_an_index_without_columns_has_nothing_to_choose(seeds_index):
    assert own_columns(seeds_index) == {}
    assert Scope.from_params({"where": "bias:left"}, seeds_index)[0].is_everything
    assert not (TABLES["facets"](seeds_index, Scope())["filter"] == "where").any()
    assert TABLES["own_columns"](seeds_index, Scope()).empty
    assert not Scope(where=(("bias", "left"),)).article_mask(seeds_index).any()


@pytest.mark.parametrize("value", SIDES)
def test_a_value_counts_what_an_index_of_its_rows_alone_counts(index, value, tmp_path):
    rows = [n for n in range(30) if SIDES[n % 3] == value]
    write_articles(tmp_path / "a.csv", rows, COLUMNS)
    build_index([tmp_path / "a.csv"], tmp_path / "index")
    alone, scope = open_index(tmp_path / "index"), Scope(where=(("côté", value),))
    for name in ("summary", "coverage"):
        whole, part = TABLES[name](index, scope), TABLES[name](alone, Scope())
        assert len(part)
        assert json.loads(whole.to_json()) == json.loads(part.to_json())
    words = TABLES["trends"](index, scope, keywords=["hafen"])
    assert (
        words["n_articles"].sum()
        == TABLES["trends"](alone, Scope(), keywords=["hafen"])["n_articles"].sum()
    )


@pytest.mark.parametrize("once", [False, True])
def test_values_and_unknown_add_up_to_all(index, once):
    scope = Scope(query="hafen", copies_once=once)
    facets = TABLES["facets"](index, scope)
    counts = facets[facets["filter"] == "where"].set_index("choice")["n_articles"]
    for name, column in own_columns(index).items():
        values = [*column.values, *[""] * column.has_unknown]
        shown = [counts[write_where([(name, value)])] for value in values]
        for value, n in zip(values, shown, strict=True):
            only = Scope(query="hafen", copies_once=once, where=((name, value),))
            assert n == only.article_mask(index).sum()
        assert sum(shown) == scope.article_mask(index).sum()


def test_a_facet_counts_beside_the_other_columns(index):
    facets = TABLES["facets"](index, Scope(where=(("côté", "gauche"), ("rank:~!", "a"))))
    counts = facets[facets["filter"] == "where"].set_index("choice")["n_articles"]
    assert counts["côté:gauche"] == 5
    assert counts[write_where([("rank:~!", "b")])] == 5


def test_articles_carry_their_columns(index):
    rows = TABLES["articles"](index, Scope(where=(("côté", ""),)))
    assert rows["column: côté"].isna().all()
    assert set(rows["column: rank:~!"]) == {"a", "b"}
    values = TABLES["own_columns"](index, Scope(where=(("côté", HOSTILE),)))
    assert values[values["column"] == "côté"]["value"].tolist() == [HOSTILE]
    assert values[values["column"] == "rank:~!"]["n_articles"].tolist() == [5, 5]


def test_the_command_line_takes_a_value(index, capsys):
    folder = str(index.folder.parent)
    for said, n in (("côté=gauche", 10), ("CÔTÉ=GAUCHE", 10), ("côté=", 10), ("rank:~!=a", 15)):
        assert main(["export", folder, "summary", "--where", said, "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out)[0]["n_articles"] == n


@pytest.mark.parametrize(
    ("said", "expected"),
    [("côté=droite", "column 'côté' has"), ("droite", "there are the columns")],
)
def test_the_command_line_says_what_there_is(index, capsys, said, expected):
    assert main(["export", str(index.folder.parent), "summary", "--where", said]) == 2
    assert expected in capsys.readouterr().err
