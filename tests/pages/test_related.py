"""Related words beside a keyword: offered, added by a click, never counted without one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.index.layers.test_related import write_rows
from tests.pages.conftest import ROOT

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("related")
    write_rows(folder, 0, 60)
    return {"boats": folder, "seeds": ROOT / "seeds"}


@pytest.mark.parametrize("page", ["trends", "concordance"])
def test_a_click_adds_a_related_word(open_page: Open, page: str) -> None:
    app = open_page(page, "boats", kw="barca")
    assert not app.exception
    row = app.button_group(key="pick_related")
    assert row.label == "Related in this corpus to “barca”"
    assert "found in 60 articles" in row.help
    assert row.value == []
    assert "goleta" in row.options
    row.set_value(["goleta"]).run()
    assert not app.exception
    assert app.query_params["kw"] == "barca~goleta"
    assert app.button_group(key="pick_related").value == ["goleta"]
    app.button_group(key="pick_related").set_value([]).run()
    assert app.query_params["kw"] == "barca"


@pytest.mark.parametrize("page", ["trends", "concordance"])
def test_five_articles_have_none_and_the_page_says_why(open_page: Open, page: str) -> None:
    app = open_page(page, kw="sanctions")
    said = " ".join(caption.value.replace("\\", "") for caption in app.caption)
    assert "Related in this corpus: none shown; a word has to be in 20 articles" in said
    assert not [each for each in app.button_group if "related" in str(each.key)]
