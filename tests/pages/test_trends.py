"""Trends: among which articles is counted, and then and now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from dashboard.measures import TABLES
from dashboard.scope import Scope

Open = Callable[..., AppTest]


def test_only_articles_with_another_keyword_count(open_page: Open, seeds_index: Any) -> None:
    app = open_page("trends", kw="sanctions", among="yuan")
    rows = TABLES["trends"](seeds_index, Scope(), keywords=["sanctions"], among="yuan")
    n = int(rows["n_articles"].sum())
    assert 0 < n < seeds_index.n_articles
    notes = " ".join(caption.value.replace("\\", "") for caption in app.caption)
    assert f"n = {n} article" in notes
    assert "with “yuan”" in notes
    assert app.text_input(key="pick_among").value == "yuan"
    refused = open_page("trends", kw="sanctions", among="(yuan")
    assert any("a bracket is opened" in info.value for info in refused.info)
    assert "with “" not in " ".join(caption.value for caption in refused.caption)


def test_then_and_now_open_from_the_link(open_page: Open, seeds_index: Any) -> None:
    shift = TABLES["word_shift"](seeds_index, Scope())
    since = shift["since"].iloc[0]
    app = open_page("trends", kw="sanctions", since=since)
    assert app.date_input(key="pick_since").value.isoformat() == since
    words = [frame.value["word"].tolist() for frame in app.dataframe if "word" in frame.value]
    assert words == [shift["word"].head(30).tolist()]
    wrong = open_page("trends", kw="sanctions", since="yesterday")
    assert any("is not a date" in info.value for info in wrong.info)
    assert not open_page("trends", kw="sanctions").date_input(key="pick_from").value
