"""Several keywords in one chart."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts.parts.theme import INK, MOST_KEYWORDS, KeywordStyle, Mode
from dashboard.charts.trends.together import MOST_BANDS, _apart, together


def months(n: int = 12, skip: frozenset[int] = frozenset(), **peaks: int) -> pd.DataFrame:
    """A keyword for each of ``peaks``, used once in every month and ten times in that one."""
    rows = [
        (f"{2015 + m // 12}-{m % 12 + 1:02d}", keyword, 10 if m == at else 1, 20, 10, 4000)
        for keyword, at in peaks.items()
        for m in range(n)
        if m not in skip
    ]
    columns = ["period", "keyword", "count", "n_articles", "n_with", "n_words"]
    table = pd.DataFrame(rows, columns=columns)
    rate = 1e4 * table["count"] / table["n_words"]
    return table.assign(
        per_10k=rate, share=0.5, rate_low=0.5 * rate, rate_high=2 * rate, ci_low=0.3, ci_high=0.7
    )


def lines_of(fig: go.Figure) -> list[Any]:
    return [trace for trace in fig.data if trace.type == "scatter" and "lines+" in trace.mode]


def texts(layout: Any) -> str:
    found = layout["annotations"]
    return " ".join(str(each["text"]) for each in found)


def test_each_keyword_is_a_line_with_its_name() -> None:
    fig = together(months(oil=2, gas=8), ["gas", "oil"], "light", "count")
    gas, oil = lines_of(fig)
    assert [gas.name, oil.name] == ["gas", "oil"]
    assert list(oil.y) == [1, 1, 10, *[1] * 9]
    for layout in (fig.layout, fig.layout.meta["wide"]["layout"]):
        assert "<b>gas</b>" in texts(layout)
        assert "in 120 articles" in texts(layout)
        assert "10, Sep 2015 (n = 20)" in texts(layout)


def test_a_mark_says_which_keyword_and_period_it_counts() -> None:
    fig = together(months(oil=2, gas=8), ["oil", "gas"], "light", "share")
    assert fig.layout.meta["keys"] == ["nth", "period"]
    assert [trace.customdata[3][:2] for trace in lines_of(fig)] == [
        ["1", "2015-04"],
        ["2", "2015-04"],
    ]
    assert "10 of 20 articles" in lines_of(fig)[0].customdata[3]
    bars = next(trace for trace in fig.data if trace.type == "bar")
    assert bars.customdata[3][:2] == [None, "2015-04"]  # of no keyword


def test_a_gap_stays_a_gap_and_the_undated_stand_beside() -> None:
    table = months(skip=frozenset({4, 5}), oil=2, gas=8)
    undated = table.drop_duplicates("keyword").assign(period=None)
    fig = together(pd.concat([table, undated]), ["oil", "gas"], "dark", "count")
    assert list(lines_of(fig)[0].y)[4] is None
    beside = [trace for trace in fig.data if trace.xaxis == "x2"]
    assert [trace.customdata[0][:2] for trace in beside] == [["1", None], ["2", None]]
    assert beside[0].x != beside[1].x


@pytest.mark.parametrize("measure", ["per_10k", "share", "count"])
def test_bands_are_of_rates_and_shares_of_few_keywords(measure: str) -> None:
    def bands(**peaks: int) -> int:
        fig = together(months(**peaks), [*peaks], "light", measure)  # type: ignore[arg-type]
        return sum(trace.type == "scatter" and trace.fill == "toself" for trace in fig.data)

    assert bands(oil=2, gas=8) == (0 if measure == "count" else MOST_BANDS)
    assert bands(oil=2, gas=8, coal=5) == 0


def test_few_dates_are_rows_of_marks() -> None:
    fig = together(months(3, oil=1, gas=2), ["oil", "gas"], "light", "count")
    assert [trace.mode for trace in fig.data] == ["markers+text"] * 2
    assert fig.data[1].customdata[2][:2] == ["2", "2015-03"]
    assert fig.layout.meta["keys"] == ["nth", "period"]


def test_smoothed_and_logarithmic_lines_are_those_of_single_charts() -> None:
    smooth = together(months(oil=2, gas=8).assign(window=3), ["oil", "gas"], "light", "count")
    assert list(lines_of(smooth)[0].y)[:3] == [1, 4, 4]
    assert "4, Feb 2015 (n = 60)" in texts(smooth.layout)
    log = together(months(oil=2, gas=8), ["oil", "gas"], "light", "count", "log")
    assert "0" in log.layout.yaxis.ticktext


def test_labels_of_peaks_cover_neither_lines_nor_each_other() -> None:
    """The lower peak lies under the flank of the higher one: its label would stand in it."""
    table = months(24, oil=12, gas=12)
    lower = (table["keyword"] == "gas") & (table["count"] == 10)
    table.loc[lower, "count"] = table.loc[lower, "per_10k"] = 9
    fig = together(table, ["oil", "gas"], "light", "count")
    assert "10, Jan 2016" in texts(fig.layout)
    assert "9, Jan 2016" not in texts(fig.layout)
    assert "<b>gas</b>" in texts(fig.layout)  # named all the same


def test_names_at_the_ends_keep_their_distance() -> None:
    assert _apart([10, 200], 36, 250) == [18, 200]
    assert _apart([100, 100], 36, 250) == [82, 118]
    assert _apart([0, 0, 0, 240], 36, 250) == [18, 54, 90, 232]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_keywords_differ_without_hue(mode: Mode) -> None:
    styles = [KeywordStyle("x", n) for n in range(1, MOST_KEYWORDS + 1)]
    assert len({(style.color(mode), style.dash) for style in styles}) == MOST_KEYWORDS
    assert len({(style.color(mode), style.symbol) for style in styles}) == MOST_KEYWORDS
    assert {style.color(mode) for style in styles} == {INK[mode].ink, INK[mode].slate}


def test_what_a_keyword_holds_is_text() -> None:
    hostile = "<b>x</b>%{y}"
    fig = together(months(oil=2, gas=8).replace("oil", hostile), [hostile, "gas"], "light")
    line = lines_of(fig)[0]
    assert line.name == "&lt;b&gt;x&lt;/b&gt;%{y}"
    assert "%{y}" not in line.hovertemplate
    assert "<b>x" not in texts(fig.layout)


def test_nothing_is_drawn_of_nothing() -> None:
    assert not together(months(oil=2).iloc[:0], ["oil", "gas"], "light").data
