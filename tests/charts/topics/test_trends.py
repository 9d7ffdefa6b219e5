from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.parts.theme import INK
from dashboard.charts.topics.trends import FEW, topic_trends

COLUMNS = [
    "period", "topic_id", "share", "n_words", "n_period_words", "n_articles", "ci_low", "ci_high",
]  # fmt: skip


def months(
    n: int, share: float = 0.2, n_articles: int = 9, skip: tuple[int, ...] = ()
) -> pd.DataFrame:
    rows = [
        (f"{2015 + m // 12}-{m % 12 + 1:02d}", topic, share, 20, 100, n_articles, 0.1, 0.3)
        for topic in ("belt-road", "energy")
        for m in range(n)
        if m not in skip
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def with_undated(table: pd.DataFrame) -> pd.DataFrame:
    row = pd.DataFrame([(None, "energy", 0.4, 4, 10, 2, 0.1, 0.8)], columns=COLUMNS)
    return pd.concat([table, row], ignore_index=True)


def test_one_panel_a_topic_each_on_its_own_scale(topics: pd.DataFrame) -> None:
    table = months(12)
    table.loc[table["topic_id"] == "energy", ["share", "ci_low", "ci_high"]] /= 10
    *_, marks = topic_trends(table, topics, "light").data
    first, second = marks.y[0], marks.y[12]
    assert set(marks.y[:12]) == {first}
    assert second - first == pytest.approx(106)
    assert [d[:2] for d in (marks.customdata[0], marks.customdata[12])] == [
        ["belt-road", "2015-01"],
        ["energy", "2015-01"],
    ]
    assert marks.customdata[0][4] == "20 % (10 to 30) of 9 articles"


def test_the_peak_is_named(topics: pd.DataFrame) -> None:
    table = months(12)
    table.loc[7, "share"] = 0.29
    table.loc[3, ["share", "n_articles"]] = 0.9, FEW - 1  # of too few articles to be one
    fig = topic_trends(table, topics.head(1), "light")
    label, peak = fig.layout.annotations
    assert label.text == "Belt and Road"
    assert (peak.text, peak.x) == ("29 %, Aug 2015", "2015-08-01")


def test_where_there_is_room_panels_stand_in_three_columns(topics: pd.DataFrame) -> None:
    table = pd.concat([months(12), months(12).assign(topic_id="chips")], ignore_index=True)
    fig = topic_trends(table, topics, "light")
    wide = fig.layout.meta["wide"]
    assert wide["layout"]["height"] < fig.layout.height / 2
    assert [t["xaxis"] for t in wide["data"] if "customdata" in t] == ["x", "x3", "x5"]
    cells = [row[:2] for t in wide["data"] if "customdata" in t for row in t["customdata"]]
    assert sorted(cells) == sorted(row[:2] for row in fig.data[-1].customdata)


def test_a_lone_early_period_does_not_stretch_the_axis(topics: pd.DataFrame) -> None:
    early = months(1, n_articles=1).assign(period="2009-06")
    fig = topic_trends(pd.concat([months(24), early], ignore_index=True), topics, "light")
    assert "2009-06" not in [row[1] for row in fig.data[-1].customdata]
    assert fig.layout.xaxis.range[0] > "2014"


def test_lines_join_neighbours_only(topics: pd.DataFrame) -> None:
    ribbon, lines, _ = topic_trends(months(12, skip=(4, 5)), topics.head(1), "light").data
    assert ribbon.x.count(None) == 2  # the interval breaks too
    assert lines.mode == "lines"
    assert lines.x.count(None) == 8  # 3 + 5 steps, none over the gap
    assert lines.connectgaps is False
    assert lines.hoverinfo == "skip"


def test_few_articles_are_open_and_pale_and_no_line_leads_to_them(topics: pd.DataFrame) -> None:
    table = months(12)
    table.loc[3, "n_articles"] = FEW - 1
    ribbon, lines, marks = topic_trends(table, topics.head(1), "dark").data
    assert lines.x.count(None) == 9
    assert "2015-04-01" not in ribbon.x
    assert marks.marker.color[3] == INK["dark"].paper
    assert set(marks.marker.color[:3]) == {INK["dark"].slate}


def test_what_rests_on_one_article_does_not_set_the_scale(topics: pd.DataFrame) -> None:
    table = months(12)
    table.loc[3, ["n_articles", "share"]] = 1, 1.0
    *_, marks = topic_trends(table, topics, "light").data
    assert marks.marker.symbol[3] == "triangle-up"
    assert marks.marker.symbol[4] == "circle"
    base = marks.y[4] + 64 * 0.2 / (0.3 * 1.25)
    assert marks.y[3] == pytest.approx(base - 64)  # at the panel's edge
    assert marks.customdata[3][4].startswith("100 %")


def test_few_periods_are_dots_at_real_dates(topics: pd.DataFrame) -> None:
    fig = topic_trends(months(3, n_articles=1), topics, "light")
    assert [trace.mode for trace in fig.data] == ["lines", "markers"]  # whiskers and dots
    assert fig.layout.xaxis.tickmode == "array"
    assert "rgba" in fig.data[0].line.color
    assert ",0.4)" in fig.data[0].line.color  # not paler: there are no others


def test_undated_stands_right_of_the_axis(topics: pd.DataFrame) -> None:
    *_, undated = topic_trends(with_undated(months(12)), topics, "light").data
    assert undated.xaxis == "x2"
    assert [d[:2] for d in undated.customdata] == [["energy", None]]
    fig = topic_trends(with_undated(months(0)), topics, "light")
    assert fig.layout.xaxis.visible is False
    assert list(fig.layout.xaxis2.domain) == pytest.approx([0, 1])


def test_one_period(topics: pd.DataFrame) -> None:
    fig = topic_trends(months(1), topics, "light")
    assert len(fig.layout.xaxis.range) == 2
    assert list(fig.layout.xaxis.tickvals) == ["2015-01-01"]


def test_a_panel_among_others_names_the_dates_that_it_has_room_for(topics: pd.DataFrame) -> None:
    days = ["2023-10-23", "2024-05-16", "2025-11-04"]
    rows = [
        (day, topic, 0.2, 20, 100, 9, 0.1, 0.3)
        for topic in ("belt-road", "energy", "chips")
        for day in days
    ]
    fig = topic_trends(pd.DataFrame(rows, columns=COLUMNS), topics, "light")
    named = ["23 Oct<br>2023", "16 May<br>2024", "4 Nov<br>2025"]
    assert list(fig.layout.xaxis.ticktext) == named
    assert list(fig.layout.meta["wide"]["layout"]["xaxis5"]["ticktext"]) == named
