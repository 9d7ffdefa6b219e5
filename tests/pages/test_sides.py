"""Two scopes compared on Sources, in the place of every source with the rest."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.drawn import heads
from tests.index.building.test_change import write_rows
from tests.pages.conftest import ROOT

HOSTILE = "<b>$5</b> %{x} :red[y]"


@pytest.fixture
def corpora(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Forty-five articles of three sources, one of them of a name that would do harm."""
    place = tmp_path_factory.mktemp("sides")
    with write_rows(place / "rows.csv", range(45)).open(encoding="utf-8", newline="") as handle:
        header, *rows = csv.reader(handle)
    (place / "corpus").mkdir()
    names = dict(zip(sorted({row[2] for row in rows}), (HOSTILE, "Süd", "Öst"), strict=True))
    with (place / "corpus" / "a.csv").open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle)
        out.writerow(header)
        out.writerows([*row[:2], names[row[2]], *row[3:]] for row in rows)
    return {"own": place / "corpus", "seeds": ROOT / "seeds"}


def words(app: AppTest) -> str:
    blocks = (*app.title, *app.header, *app.markdown, *app.caption, *app.warning)
    markdown = "\n".join(str(block.value) for block in blocks)
    assert "<b>" not in markdown
    return markdown.replace("\\", "")


def test_a_newcomer_sees_every_source_and_can_choose_two_sides(
    open_page: Callable[..., AppTest],
) -> None:
    app = open_page("sources", "own")
    assert not app.exception
    assert "Words each source uses" in words(app)
    assert app.button(key="sides-a").disabled
    app.multiselect(key="pick_a_sources").set_value(["sud"]).run()
    assert not app.exception
    assert app.query_params["a"] == "src~sud"
    assert "Words of Süd, against the rest" in words(app)
    app.multiselect(key="pick_b_sources").set_value(["ost"]).run()
    assert "Words of Süd, against Öst" in words(app)
    assert "against Öst" in words(app)
    assert "Left out: 15 articles on neither" in words(app)
    app.button(key="sides-swap").click().run()
    assert not app.exception
    assert "Words of Öst, against Süd" in words(app)
    app.text_input(key="pick_a_q").set_value("qqq").run()
    assert "has no article in view" in words(app)
    assert "Words each source uses" in words(app)
    app.button(key="sides-none").click().run()
    assert "a" not in app.query_params
    assert "Words each source uses" in words(app)


def test_what_is_shown_becomes_a_side(open_page: Callable[..., AppTest]) -> None:
    app = open_page("sources", "own", src="sud")
    app.button(key="sides-a").click().run()
    assert not app.exception
    assert app.query_params["a"] == "src~sud"
    assert app.text_input(key="src").value == ""
    assert "Words of Süd, against the rest" in words(app)


def test_a_link_compares_and_what_it_can_not_have_is_said(
    open_page: Callable[..., AppTest],
) -> None:
    hostile = "b-5-b-x-red-y"
    app = open_page("sources", "own")
    ids = app.multiselect(key="pick_a_sources").options
    assert len(ids) == 3
    app.query_params["a"] = "src~ost"
    app.query_params["b"] = f"src~{hostile}"
    app.run()
    assert not app.exception
    assert "Words of Öst, against" in words(app)
    assert f"against {HOSTILE[:12]}" in words(app)
    app.query_params["a"] = "src~nobody"
    app.run()
    assert not app.exception
    assert "The link’s A names what this corpus does not have" in app.info[0].value
    assert "Words each source uses" in words(app)


def test_how_alike_sources_are(open_page: Callable[..., AppTest]) -> None:
    app = open_page("sources", "own")
    app.query_params["alike"] = "topics"
    app.run()
    assert not app.exception
    assert "most alike in their topics" in words(app)
    assert "The nearest to each source" in words(app)
    app.button_group(key="pick_alike").set_value("stories").run()
    assert not app.exception
    assert app.query_params["alike"] == "stories"
    assert "stories" in words(app)


def test_one_article_each_is_not_distinguishable(open_page: Callable[..., AppTest]) -> None:
    app = open_page("sources", "seeds")
    app.query_params["alike"] = "topics"
    app.run()
    assert not app.exception
    assert "It takes five articles of a source" in words(app)


def test_what_articles_are_like_is_shown_when_it_is_opened(
    open_page: Callable[..., AppTest],
) -> None:
    app = open_page("sources", "own")
    assert not app.dataframe
    app.session_state["np-profile"] = True
    app.run()
    assert not app.exception
    shown = app.dataframe[0].value
    assert shown["Articles"].tolist() == ["15", "15", "15"]
    assert HOSTILE in shown["Source"].tolist()


def test_the_words_of_two_are_drawn_by_frequency(open_page: Callable[..., AppTest]) -> None:
    def keys(**link: str) -> set[str]:
        return {head["key"] for head in heads(open_page("sources", "seeds", **link))}

    two = "semafor~nikkei-asia"
    assert "word_plot" in keys(src=two, words="plot")
    assert not [key for key in keys(src=two, words="plot") if key.startswith("keyness-")]
    assert "word_plot" not in keys(src=two)
    assert "word_plot" not in keys(words="plot")  # of five there is no such plot
