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


def test_each_source_s_rate_over_the_whole_time_is_said(open_page: Open, seeds_index: Any) -> None:
    app = open_page("trends", kw="trade", measure="per_10k", src="nikkei-asia")
    (row,) = [r for r in TABLES["uses"](seeds_index, Scope(), keywords=["trade"]).itertuples()
              if r.source_id == "nikkei-asia"]  # fmt: skip
    (said,) = [c.value for c in app.caption if c.value.startswith("In all, per 10,000")]
    assert f"Nikkei Asia\u2069 {row.per_10k:.0f} (too few articles)" in said
    counted = open_page("trends", kw="trade", measure="count", src="nikkei-asia")
    assert not [c.value for c in counted.caption if c.value.startswith("In all")]


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


def test_how_it_is_drawn_comes_from_the_link_and_goes_there(
    open_page: Open, seeds_index: Any
) -> None:
    app = open_page("trends", kw="sanctions", period="year", smooth="3", scale="log", lanes="1")
    assert "How it is drawn: by year, smoothed over 3 years, logarithmic scale" in [
        fold.label for fold in app.expander
    ]
    picked = {name: app.button_group(key=f"pick_{name}").value for name in ("period", "smooth")}
    assert picked == {"period": "year", "smooth": "3"}
    lanes = TABLES["lanes"](seeds_index, Scope(), width="year")
    said = " ".join(caption.value.replace("\\", "") for caption in app.caption)
    assert f"n = {lanes['n_articles'].sum()} article" in said
    assert "an article in each year" in said
    # Three dates are dots, which are neither smoothed nor scaled.
    assert "So few dates are neither smoothed nor scaled" in said
    app.button_group(key="pick_period").set_value("quarter").run()
    app.toggle(key="pick_lanes").set_value(False).run()
    assert app.query_params["period"] == "quarter"
    assert "lanes" not in app.query_params
    assert "an article in each" not in " ".join(caption.value for caption in app.caption)
    plain = open_page("trends", kw="sanctions", period="decade")
    assert sum("“period” is unknown" in info.value for info in plain.info) == 1


def test_a_keyword_without_a_use_says_why(open_page: Open) -> None:
    app = open_page("trends", kw="Mishustin", src="semafor")
    said = "1 article of the corpus uses it"
    assert any(said in caption.value for caption in app.caption)
    used = open_page("trends", kw="Mishustin")
    assert not any(said in caption.value for caption in used.caption)
    page = open_page("concordance", kw="sanctoins")
    assert any("Did you mean" in each.value for each in page.markdown)
