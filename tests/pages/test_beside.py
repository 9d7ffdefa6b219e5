"""Two articles side by side: listed where text is shared, drawn as text, in the link."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.scope import Scope
from tests.measures.events.test_copies import ids_of, sentences
from tests.pages.conftest import list_rows

Open = Callable[..., AppTest]
HARM = "<img src=x onerror=alert(1)> **bold** :red[x] <script>alert(2)</script>"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    home = tmp_path_factory.mktemp("beside")
    (home / "texts").mkdir()
    wire = sentences("wire", 12)
    for name, parts in {
        "First report": [*wire[:6], *wire[6:]],
        "Second report": [f"{HARM} {sentences('own', 1)[0]}", *wire],
        "Of something else": sentences("else", 12),
    }.items():
        text = "\n\n".join([name, *parts])
        (home / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    build_index([home / "texts"], home / "index")
    return open_index(home / "index")


@pytest.fixture
def corpora(index: Index) -> dict[str, Path]:
    return {"copies": index.folder.parent}


def test_an_open_article_lists_what_shares_text_with_it(index: Index, open_page: Open) -> None:
    ids = ids_of(index)
    one, other = ids["First report"], ids["Second report"]
    app = open_page("articles", "copies", article=one)
    assert not app.exception
    (row,) = list_rows(app, f"beside-{one}")
    assert row["open"] == [other]
    assert f"article={one}&beside={other}" in row["href"]
    assert row["by"]["facts"][1].startswith("same article, ")
    assert row["by"]["facts"][2] == "168 words shared"
    alone = open_page("articles", "copies", article=ids["Of something else"])
    assert not [e for e in alone.caption if "Shares text" in e.value]
    assert [e for e in app.caption if "Shares text" in e.value]


def test_both_are_drawn_as_text_with_what_they_share(index: Index, open_page: Open) -> None:
    ids = ids_of(index)
    app = open_page("articles", "copies", article=ids["First report"], beside=ids["Second report"])
    assert not app.exception
    assert app.title[0].value == "168 words in both articles"
    (grid,) = [e.proto.body for e in app.get("html") if 'class="np-text np-beside"' in e.proto.body]
    assert grid.count("np-both") == 24
    assert grid.count("only here") == 1
    assert "&lt;img src=x onerror=alert(1)&gt; **bold**" in grid
    assert "<img" not in grid
    assert "<script" not in grid
    # The shared paragraphs stand in one row: cells come in pairs.
    cells = grid.split("<div")[2:]
    assert len(cells) == 26


def test_three_stand_side_by_side_by_the_link_and_by_hand(index: Index, open_page: Open) -> None:
    ids = ids_of(index)
    one, other, third = (ids[n] for n in ("First report", "Second report", "Of something else"))
    app = open_page("articles", "copies", article=one, beside=f"{other}~{third}~nosuch")
    assert not app.exception
    assert app.title[0].value == "168 words of the first are in another"
    assert "isn’t in this corpus" in app.info[0].value
    (grid,) = [e.proto.body for e in app.get("html") if 'np-beside-3"' in e.proto.body]
    assert grid.count('<sup class="np-in">2</sup>') == 12  # in the first
    assert grid.count('<sup class="np-in">1</sup>') == 12  # in the second
    # The third, which shares nothing, is one cell: no paragraph of it waits for the others' end.
    assert grid.count("only here") == 2
    assert "<img" not in grid
    assert [each.value for each in app.subheader] == [
        "1\\. First report", "2\\. Second report", "3\\. Of something else"
    ]  # fmt: skip
    app.multiselect(key="pick_beside").set_value([other]).run()
    assert app.query_params["beside"] == other
    assert app.title[0].value == "168 words in both articles"


def test_articles_of_a_list_are_read_side_by_side(index: Index, open_page: Open) -> None:
    ids = ids_of(index)
    app = open_page("articles", "copies")
    chosen = [ids["Of something else"], ids["First report"]]
    labels = [link.proto.label for link in app.get("page_link")]
    assert "Read them side by side →" not in labels
    app.multiselect(key="choose_beside").set_value(chosen).run()
    (link,) = [e.proto for e in app.get("page_link") if "side by side" in e.proto.label]
    assert f"article={chosen[0]}" in link.query_string
    assert f"beside={chosen[1]}" in link.query_string


def test_two_that_share_nothing_say_so(index: Index, open_page: Open) -> None:
    ids = ids_of(index)
    app = open_page(
        "articles", "copies", article=ids["First report"], beside=ids["Of something else"]
    )
    assert app.title[0].value == "No run of eight words is in both articles"


@pytest.mark.parametrize("beside", ["nosuch", "itself"])
def test_what_cant_stand_beside_is_said(index: Index, open_page: Open, beside: str) -> None:
    one = ids_of(index)["First report"]
    app = open_page("articles", "copies", article=one, beside=one if beside == "itself" else beside)
    assert not app.exception
    assert app.title[0].value == "First report"
    assert "isn’t in this corpus" in app.info[0].value


def test_closing_leaves_the_article_open(index: Index, open_page: Open) -> None:
    ids = ids_of(index)
    one, other = ids["First report"], ids["Second report"]
    app = open_page("articles", "copies", article=one, beside=other)
    app.button[[b.label for b in app.button].index("← This article alone")].click().run()
    assert app.query_params["article"] == one
    assert "beside" not in app.query_params
    assert app.title[0].value == "First report"


def test_the_switch_is_there_and_counts_copies_once(index: Index, open_page: Open) -> None:
    app = open_page("articles", "copies")
    assert app.title[0].value == "3 articles"
    app.toggle(key="pick_copies").set_value(True).run()
    assert app.title[0].value == "2 of 3 articles"
    assert "1 copy left out" in app.caption[0].value
    assert app.query_params["copies"] == "once"
    app.button(key="chip-copies").click().run()
    assert app.title[0].value == "3 articles"


def test_without_copies_there_is_no_switch(open_page: Open, corpora: dict[str, Path]) -> None:
    corpora["seeds"] = Path(__file__).resolve().parents[2] / "seeds"
    app = open_page("articles", "seeds")
    assert not app.exception
    assert "pick_copies" not in [toggle.key for toggle in app.toggle]


def test_pairs_that_share_text_are_listed(index: Index, open_page: Open) -> None:
    fold = "1 pair of articles that share text"
    assert len(TABLES["copies"](index, Scope())) == 1
    for filters in ({}, {"copies": "once"}):
        app = open_page("articles", "copies", **filters)
        assert fold in [each.label for each in app.expander]
    other = open_page("articles", "copies", q="title:else")
    assert not [each for each in other.expander if each.label.endswith("share text")]
