"""The layers of marks of an article, by the link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from dashboard.measures import TABLES
from dashboard.scope import Scope

Open = Callable[..., AppTest]


def text_of(app: AppTest) -> str:
    bodies = [element.proto.body for element in app.get("html")]
    return next(body for body in bodies if 'class="np-text"' in body)


def key_of(app: AppTest) -> str:
    return " ".join(e.proto.body for e in app.get("html") if 'class="np-m-key"' in e.proto.body)


def test_layers_are_switched_on_by_the_link_and_by_hand(open_page: Open, seeds_index: Any) -> None:
    article = TABLES["articles"](seeds_index, Scope())["article_id"].iloc[0]
    table = TABLES["marks"](seeds_index, Scope(), article=article)
    app = open_page("articles", article=article, q="CSIS", marks="nf")
    text, key = text_of(app), key_of(app)
    for layer, is_shown in (("names", True), ("figures", True), ("quotations", False)):
        n = int((table["layer"] == layer).sum())
        assert n > 0
        assert (f"np-m-{layer} np-m-first" in text) is is_shown
        assert (f"{layer}</mark> {n:,}<" in key) is is_shown
    assert "np-kw" not in text  # the search is switched off
    assert 'href="names?' in text
    assert app.button_group(key="pick_marks").value == ["figures", "names"]
    app.button_group(key="pick_marks").set_value(["query", "quotations"]).run()
    assert app.query_params["marks"] == "qs"
    assert 'href="voices?' in text_of(app)
    assert "np-kw" in text_of(app)
    app.button_group(key="pick_marks").set_value([]).run()
    assert "<mark" not in text_of(app)
    app.button_group(key="pick_marks").set_value(["query", "keywords"]).run()
    assert "marks" not in app.query_params
    assert key_of(app) == ""
