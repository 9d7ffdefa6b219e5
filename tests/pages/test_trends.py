"""Trends: among which articles is counted, and then and now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.measures import TABLES
from dashboard.scope import Scope
from dashboard.ui import frame
from tests.drawn import figures, heads

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
    apart = open_page("trends", kw="Mishustin", among="Harbin")
    assert apart.title[0].value == "No article with “Harbin” uses “Mishustin”"
    assert any("Articles without “Harbin” use it" in caption.value for caption in apart.caption)
    nothing = open_page("trends", kw="Putin~Xi", among="qqqqzzzz")
    assert nothing.title[0].value == "No article in view uses “qqqqzzzz”"


def drawn(app: AppTest) -> list[str]:
    """The ids of the keyword's charts by source."""
    ids = [e.proto.id for e in app.get("bidi_component")]
    return [each for each in ids if each.endswith("-trends")]


@pytest.mark.parametrize("page", ["trends", "concordance"])
def test_what_may_have_been_meant_takes_the_place_of_the_keyword(
    open_page: Open, page: str
) -> None:
    app = open_page(page, kw="sanctoins")
    assert not drawn(app)
    (button,) = (b for b in app.button if str(b.key).startswith("meant-"))
    assert button.label == "sanctions (4)"
    button.click().run()
    assert app.query_params["kw"] in ("sanctions", ["sanctions"])
    assert len(drawn(app)) == (page == "trends")
    slips = open_page("trends", kw="trade~Blet and Raod")
    next(b for b in slips.button if b.label.startswith("belt and road")).click().run()
    assert slips.query_params["kw"] in ("trade~belt and road", ["trade~belt and road"])


def test_several_keywords_are_one_chart_and_one_of_them_in_detail(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, object]] = []
    measure = frame.View.measure

    def watched(view: frame.View, name: str, **options: Any) -> pd.DataFrame:
        asked.append((name, options.get("keywords")))
        return measure(view, name, **options)

    monkeypatch.setattr(frame.View, "measure", watched)
    app = open_page("trends", kw="sanctions~trade", nth="2")
    assert [head["key"] for head in heads(app)] == ["together", "trends"]
    together, by_source = figures(app)
    assert together["layout"]["meta"]["keys"] == ["nth", "period"]
    assert by_source["layout"]["meta"]["keyword"] == "trade"
    assert app.button_group(key="pick_nth").value == "2"
    assert ("trends_together", ["sanctions", "trade"]) in asked
    # What is not shown is not counted.
    by_keyword = {str(k) for name, k in asked if name != "trends_together" and k}
    assert by_keyword == {"['trade']"}
    app.button_group(key="pick_nth").set_value("1").run()
    assert "nth" not in app.query_params
    assert figures(app)[1]["layout"]["meta"]["keyword"] == "sanctions"
    one = open_page("trends", kw="trade")
    assert [head["key"] for head in heads(one)] == ["trends"]
    wrong = open_page("trends", kw="sanctions~trade", nth="3")
    assert any("“nth” is unknown" in info.value for info in wrong.info)
    assert wrong.button_group(key="pick_nth").value == "1"


def test_more_keywords_than_can_be_told_apart_are_said(open_page: Open) -> None:
    seven = ["sanctions", "trade", "yuan", "China", "Putin", "Xi", "Russia"]
    app = open_page("trends", kw="~".join(seven))
    said = "The first 4 keywords are drawn"
    assert sum(said in info.value for info in app.info) == 1
    assert app.button_group(key="pick_nth").options == seven[:4]
    assert app.text_input(key="pick_kw").value == "sanctions, trade, yuan, China"
    four = open_page("trends", kw="~".join(seven[:4]))
    assert not [info for info in four.info if said in info.value]
    app.text_input(key="pick_kw").set_value(", ".join(seven)).run()
    assert sum(said in info.value for info in app.info) == 1
    offered = [k for k in four.button_group(key="pick_suggested").options if k not in seven]
    picked = [*four.button_group(key="pick_suggested").value, offered[0]]
    four.button_group(key="pick_suggested").set_value(picked).run()
    assert any("“sanctions” made room" in info.value for info in four.info)


def test_where_two_counts_of_articles_meet_why_they_differ_is_said(
    open_page: Open, seeds_index: Any
) -> None:
    """Charts count texts; a search looks into headlines too."""

    def told(app: AppTest) -> list[str]:
        said = [c.value.replace("\\", "") for c in app.caption]
        return [each for each in said if "only in the headline" in each]

    def differ(keyword: str) -> int:
        used = TABLES["trends"](seeds_index, Scope(), keywords=[keyword])["n_with"].sum()
        return int(Scope(query=keyword).article_mask(seeds_index).sum() - used)

    assert (differ("war"), differ("trade")) == (1, 0)
    (said,) = told(open_page("trends", kw="war"))
    assert said == (
        "1 of the 4 articles below has it only in the headline, which is not counted above"
    )
    assert not told(open_page("trends", kw="trade"))
