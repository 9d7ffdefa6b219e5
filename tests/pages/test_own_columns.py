"""Pages of a corpus with columns of its own: what can be filtered and compared by."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.index.building.test_change import write_rows

HOSTILE = "<b>$5 ~:!</b> [x](javascript:x) :red[y]"
SIDES = ("izquierda", HOSTILE, "")


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Forty articles with a column of sides, another of numbers of their own."""
    place = tmp_path_factory.mktemp("columns")
    with write_rows(place / "rows.csv", range(40)).open(encoding="utf-8", newline="") as handle:
        header, *rows = csv.reader(handle)
    (place / "corpus").mkdir()
    with (place / "corpus" / "a.csv").open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle)
        out.writerow([*header, "lado", "cifra"])
        out.writerows([*row, SIDES[n % 3], n * 1.7] for n, row in enumerate(rows))
    return {"own": place / "corpus"}


def words(app: AppTest) -> str:
    blocks = (*app.title, *app.header, *app.markdown, *app.caption)
    return "\n".join(str(block.value) for block in blocks)


def test_columns_filter_compare_and_are_listed(open_page: Callable[..., AppTest]) -> None:
    app = open_page("corpus", "own")
    assert not app.exception
    assert "Columns of your own" in words(app)
    assert "cifra (numbers with more than 12 different values)" in words(app)
    app.multiselect(key="pick_where-lado").set_value(["izquierda"]).run()
    assert not app.exception
    assert app.text_input(key="where").value == "lado:izquierda"
    assert "izquierda" in words(app)  # what is in view, in words
    chip = next(b for b in app.button if b.key == "chip-where-lado:izquierda")
    chip.click().run()
    assert app.text_input(key="where").value == ""

    app.switch_page("dashboard/pages/sources.py").run()
    assert "Words each source uses" in words(app)
    app.selectbox(key="pick_compare").set_value("lado").run()
    assert not app.exception
    assert app.text_input(key="compare").value == "lado"
    assert "Words each group uses" in words(app)
    assert "articles without a value of lado" in words(app)
    assert "source" not in "\n".join(str(t.value) for t in (*app.title, *app.header))
    assert "<b>" not in words(app)


def test_trends_and_topics_compare_too(open_page: Callable[..., AppTest]) -> None:
    app = open_page("topics", "own", compare="lado")
    assert not app.exception
    assert "each group" in words(app)
    app = open_page("trends", "own", compare="lado")
    assert not app.exception
    assert "by group" in words(app)
    app.selectbox(key="pick_compare").set_value("").run()
    assert app.text_input(key="compare").value == ""
    assert "by source" in words(app)


def test_a_link_compares_and_what_it_can_not_have_is_said(
    open_page: Callable[..., AppTest],
) -> None:
    app = open_page("sources", "own", compare="lado", where="lado:izquierda~lado:")
    assert not app.exception
    assert "Words each group uses" in words(app)
    app = open_page("sources", "own", compare="bando", where="x:y")
    assert not app.exception
    assert "Words each source uses" in words(app)
    said = " ".join(i.value for i in app.info)
    assert "“compare” is unknown" in said
    assert "names 1 value of a column" in said
