"""The page of a keyword in context."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest


def use_lines(app: AppTest) -> list[dict[str, Any]]:
    (drawn,) = [e.proto for e in app.get("bidi_component") if e.proto.id.endswith("-concordance")]
    lines: list[dict[str, Any]] = json.loads(drawn.json)["lines"]
    return lines


def test_the_uses_of_a_phrase_in_the_seeds(open_page: Callable[..., AppTest]) -> None:
    app = open_page("concordance", kw="no limits")
    assert not app.exception
    assert app.title[0].value.replace("\\", "") == "“no limits”: 3 uses in 3 articles of 3 sources"
    lines = use_lines(app)
    assert {line["hit"].replace("-", " ") for line in lines} == {"no limits"}
    assert [line["when"] for line in lines] == ["16 May 2024", "16 May 2024", "4 Nov 2025"]
    assert all("kw=no+limits" in line["href"] for line in lines)
    assert all(f"article={line['open'][0]}~{line['open'][1]}" in line["href"] for line in lines)


def test_the_order_and_the_word_near_it_are_in_the_link(open_page: Callable[..., AppTest]) -> None:
    app = open_page("concordance", kw="trade", sort="right1")
    words = [line["right"].casefold().split()[0].strip(",.;") for line in use_lines(app)]
    assert words == sorted(words)
    assert app.selectbox(key="pick_sort").value == "right1"
    near = open_page("concordance", kw="trade", near="sanctions")
    assert " near “sanctions”" in near.title[0].value.replace("\\", "")
    assert all("trade" in line["hit"].lower() for line in use_lines(near))
    near.button(key="pick_near").click().run()
    assert " near " not in near.title[0].value


def test_of_several_keywords_one_is_shown(open_page: Callable[..., AppTest]) -> None:
    app = open_page("concordance", kw="trade~no limits", nth="2")
    assert "no limits" in app.title[0].value.replace("\\", "")
    other = open_page("concordance", kw="trade~no limits", nth="7")
    assert "trade" in other.title[0].value


def test_a_keyword_that_is_not_used(open_page: Callable[..., AppTest]) -> None:
    app = open_page("concordance", kw="zeppelin")
    assert app.title[0].value.replace("\\", "") == "“zeppelin” is not used in these articles"
    assert not app.exception


def test_an_expression_is_counted_or_refused(open_page: Callable[..., AppTest]) -> None:
    app = open_page("concordance", kw="/sanction.*/")
    hits = {line["hit"].lower() for line in use_lines(app)}
    assert "sanctions" in hits
    assert all(hit.startswith("sanction") for hit in hits)
    refused = open_page("concordance", kw="/(sanction/")
    assert any("is not a regular expression" in each.value for each in refused.info)
    assert not refused.exception


def test_it_begins_with_what_is_searched_for(open_page: Callable[..., AppTest]) -> None:
    def keyword(**link: str) -> str:
        return str(open_page("concordance", **link).text_input(key="pick_use").value)

    suggested = keyword()
    assert keyword(q='"no limits"') == '"no limits"'
    assert keyword(q="Putin NEAR/5 Xi") == "Putin NEAR/5 Xi"
    assert keyword(q="trade", kw="Xi") == "Xi"
    # Two words, or a word of a headline, are no one thing to count.
    assert keyword(q="trade energy") == keyword(q="title:trade") == suggested
