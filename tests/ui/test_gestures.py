from __future__ import annotations

import math

import pandas as pd
import pytest

from dashboard.charts.concordance.dispersion import dispersion
from dashboard.charts.counts import counts
from dashboard.charts.keyness import keyness
from dashboard.charts.parts.theme import SourceStyle
from dashboard.charts.sources import source_topics as mixes_chart
from dashboard.charts.sources import topic_intervals
from dashboard.charts.topics.map import topic_map
from dashboard.charts.topics.tree import tree
from dashboard.charts.trends.together import together
from dashboard.charts.trends.trends import trends as trends_chart
from dashboard.ui import state
from dashboard.ui.gestures import Mark, follow, marks_of

Styles = dict[str, SourceStyle]


@pytest.fixture
def styles() -> Styles:
    return {"alpha": SourceStyle("Alpha", 1)}


def test_a_mark_says_what_it_selects_and_what_its_box_says(styles: Styles) -> None:
    columns = ["source_id", "topic_id", "share", "n_words"]
    mixes = pd.DataFrame([("alpha", "oil", 0.004, 1234), ("alpha", "chips", 0.996, 9)])
    topics = pd.DataFrame([("oil", "Energy <b>& oil</b>"), ("chips", "Chips")])
    topics = topics.set_axis(["topic_id", "label"], axis=1).assign(reliability_word="stable")
    figure = mixes_chart(mixes.set_axis(columns, axis=1), topics, styles, "light")
    assert marks_of(figure.to_plotly_json()) == [
        Mark({"src": "alpha", "topic": "oil"}, "Energy <b>& oil</b> · Alpha: <1 % (1,234 words)"),
        Mark({"src": "alpha", "topic": "chips"}, "Chips · Alpha: 100 % (9 words)"),
    ]


def test_gaps_are_no_marks_and_one_thing_is_listed_once(styles: Styles) -> None:
    rows = [(f"2015-{m:02d}", "alpha", 3, 4, 4000) for m in range(1, 13) if m != 6]
    columns = ["period", "source_id", "count", "n_articles", "n_words"]
    table = pd.DataFrame(rows, columns=columns).assign(keyword="grève", per_10k=7.5)
    figure = trends_chart(table, "grève", styles, "dark")
    assert sum(len(trace.customdata) for trace in figure.data) == 23  # bars, line and its gap
    marks = marks_of(figure.to_plotly_json())
    assert [mark.keys["period"] for mark in marks] == [row[0] for row in rows]
    assert marks[0].words == "Alpha · Jan 2015: 7.5 per 10,000 words · 3 in 4,000 words"


def test_numbers_are_written_as_in_the_box() -> None:
    table = pd.DataFrame({"period": ["2019-Q1"], "n_articles": [12345]})
    (mark,) = marks_of(counts(table, "light").to_plotly_json())
    assert mark == Mark({"period": "2019-Q1"}, "Q1 2019 · 12,345 articles")


def test_a_word_is_listed_with_its_source(styles: Styles) -> None:
    columns = ["source_id", "term", "log_odds", "ci_low", "ci_high", "n_group", "n_rest",
               "df_group", "df_rest", "distinguishable"]  # fmt: skip
    rows = [("alpha", "oil", math.log(3), 0.0, math.log(4), 9, 2, 4, 2, True)]
    panel = keyness(
        pd.DataFrame(rows, columns=columns), styles, "light", against={"alpha": "Beta & Co"}
    )["alpha"]
    (mark,) = marks_of(panel.to_plotly_json())
    assert mark.words == (
        "oil · 3.0× as often (1.0 to 4.0×) · Alpha: 9 times in 4 articles · "
        "Beta & Co: 2 times in 2 articles"
    )


def test_an_interval_is_listed_with_its_topic(styles: Styles) -> None:
    mixes = pd.DataFrame({"source_id": ["alpha"], "topic_id": ["oil"], "share": [0.2]})
    topics = pd.DataFrame({"topic_id": ["oil"], "label": ["Oil <i>"], "reliability_word": "stable"})
    figure = topic_intervals(mixes.assign(ci_low=0.1, ci_high=0.3), topics, styles, "light")
    (mark,) = marks_of(figure.to_plotly_json())
    assert mark.words == "Oil <i> · Alpha: 20 % (10 to 30)"


def test_articles_are_listed_with_their_headlines(styles: Styles) -> None:
    topics = pd.DataFrame({"topic_id": ["oil"], "label": ["Oil"]})
    placed = pd.DataFrame({"article_id": ["a"], "x": 0.0, "y": 1.0, "topic_id": "oil", "share": 1})
    figure = topic_map(placed.assign(title="Rates <b>up</b>"), topics, "light")
    (mark,) = marks_of(figure.to_plotly_json())
    assert mark == Mark({"article": "a"}, "Rates <b>up</b> · Oil · 100 % of the article")
    uses = pd.DataFrame({"article_id": ["a"], "source_id": "alpha", "date": "2024-05-16"})
    uses = uses.assign(source="Alpha", period="2024-05", place=0.25, title="Rates & more")
    (mark,) = marks_of(dispersion(uses, styles, "dark").to_plotly_json())
    assert mark.words == "Rates & more · Alpha · 16 May 2024 · 25% into the article"


def test_a_figure_that_cannot_be_clicked_has_none() -> None:
    empty = tree(pd.DataFrame(columns=["node_id", "parent", "is_topic", "order"]), "light")
    assert marks_of(empty.to_plotly_json()) == []


@pytest.mark.parametrize(
    ("mark", "page", "link", "expected"),
    [
        ({"src": "lado:sur"}, "sources", {}, {"where": "lado:sur"}),
        ({"src": "lado:sur", "topic": "oil"}, "topics", {}, {"where": "lado:sur", "topic": "oil"}),
        ({"src": "lado:sur"}, "trends", {"where": "a:b~lado:norte"}, {"where": "a:b~lado:sur"}),
        ({"src": "lado:sur"}, "trends", {"where": "a:b~lado:sur"}, {"where": "a:b"}),
        ({"src": "lado:sur"}, "trends", {"where": "lado:sur"}, {"where": ""}),
        ({"src": None}, "trends", {"compare": "lado"}, {"where": "lado:"}),
        ({"src": None}, "overview", {"compare": "lado"}, {"src": "_"}),
        ({"src": "alpha"}, "trends", {"compare": "lado"}, {"src": "alpha"}),
    ],
)
def test_a_mark_of_a_group_filters_by_its_column(
    monkeypatch: pytest.MonkeyPatch,
    mark: dict[str, str | None],
    page: str,
    link: dict[str, str],
    expected: dict[str, str],
) -> None:
    changed: dict[str, object] = {}
    monkeypatch.setattr(state, "option", lambda name, default="": link.get(name, default))
    monkeypatch.setattr(state, "page_here", lambda: page)
    monkeypatch.setattr(state, "set_scope", lambda **changes: changed.update(changes))
    follow(mark)
    assert changed == expected


def test_keywords_drawn_together_are_listed_before_the_articles_of_the_periods() -> None:
    rows = [(f"2015-{m:02d}", k, 3, 4, 4000) for k in ("grève", "oil") for m in range(1, 13)]
    columns = ["period", "keyword", "count", "n_articles", "n_words"]
    table = pd.DataFrame(rows, columns=columns).assign(per_10k=7.5, n_with=2)
    marks = marks_of(together(table, ["grève", "oil"], "light").to_plotly_json())
    assert [mark.keys["nth"] for mark in marks] == ["1"] * 12 + ["2"] * 12 + [None] * 12
    assert marks[0].words == "grève · Jan 2015: 7.5 per 10,000 words · 3 in 4,000 words"
    assert marks[24].words == "All in view · Jan 2015: 4 articles"


@pytest.mark.parametrize(("nth", "wanted"), [("1", ""), ("3", "3"), (None, "2")])
def test_a_mark_of_several_keywords_filters_to_its_period_and_shows_its_keyword(
    monkeypatch: pytest.MonkeyPatch, nth: str | None, wanted: str
) -> None:
    """... and once more takes both back; a bar of articles leaves the keyword that is shown."""
    link = {"nth": "2"}
    monkeypatch.setattr(state, "option", lambda name, usual="": link.get(name) or usual)
    monkeypatch.setattr(state, "set_option", link.__setitem__)
    monkeypatch.setattr(state, "set_scope", lambda **changes: link.update(changes))
    mark = {"nth": nth, "period": "2020-Q2"}
    follow(mark)
    assert link == {"nth": wanted, "from": "2020-04-01", "to": "2020-06-30"}
    follow(mark)
    assert link == {"nth": "2" if nth is None else "", "from": "", "to": ""}
