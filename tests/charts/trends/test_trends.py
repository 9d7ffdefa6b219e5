from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from dashboard.charts.parts.theme import ALL_SOURCES, INK, SourceStyle
from dashboard.charts.trends.lines import MAX_MARKS
from dashboard.charts.trends.points import points_of, smoothed
from dashboard.charts.trends.trends import trends as trends_chart
from dashboard.measures import TABLES
from dashboard.scope import Scope
from tests.charts.conftest import id_of, with_ids

Styles = dict[str, SourceStyle]


def months(n: int, sources: list[str | None], skip: set[int] = frozenset()) -> pd.DataFrame:  # type: ignore[assignment]
    rows = [
        (f"{2015 + m // 12}-{m % 12 + 1:02d}", source, m, 4, 2, 4000)
        for source in sources
        for m in range(n)
        if m not in skip
    ]
    table = pd.DataFrame(
        rows, columns=["period", "source", "count", "n_articles", "n_with", "n_words"]
    )
    return with_ids(table).assign(
        keyword="trade", per_10k=1e4 * table["count"] / table["n_words"], share=0.5
    )


def test_few_dates_are_dots_without_a_line(trends: pd.DataFrame, styles: Styles) -> None:
    fig = trends_chart(trends, "no limits", styles, "light", "count")
    assert {t.mode for t in fig.data} == {"markers+text"}
    alpha, beta, unknown = fig.data
    assert (list(alpha.x), list(beta.x)) == (["2024-05-16"], ["2024-05-16", "2025-11-04"])
    assert list(fig.layout.xaxis.tickvals) == ["2024-05-16", "2025-11-04"]
    assert unknown.xaxis == "x2"  # undated: right of the axis


def test_solid_is_used_with_its_number_open_is_not(trends: pd.DataFrame, styles: Styles) -> None:
    beta = trends_chart(trends, "no limits", styles, "dark", "per_10k").data[1]
    assert list(beta.marker.color) == [INK["dark"].paper, styles[id_of("Beta")].color("dark")]
    assert beta.text[0] == ""
    assert "50.0" in beta.text[1]


@pytest.mark.parametrize(
    ("measure", "denominator"), [("count", "1 in 1,000 words"), ("share", "1 of 3 articles")]
)
def test_denominator_stands_in_the_row_label(
    trends: pd.DataFrame, styles: Styles, measure: str, denominator: str
) -> None:
    fig = trends_chart(trends, "no limits", styles, "light", measure)  # type: ignore[arg-type]
    assert denominator in fig.layout.annotations[1].text


def test_what_is_too_early_to_be_drawn_counts_in_the_label(styles: Styles) -> None:
    table = months(40, ["Alpha"])
    lone = table.iloc[[0]].assign(period="1990-01", count=7, n_words=1234, n_articles=1)
    fig = trends_chart(pd.concat([lone, table]), "trade", styles, "light", "count")
    labels = [str(annotation.text) for annotation in fig.layout.annotations]
    assert any(f"{sum(range(40)) + 7} in 161,234 words" in label for label in labels)
    assert "1990-01" not in {row[1] for trace in fig.data for row in trace.customdata or ()}


def test_clicks_carry_source_and_period_as_in_the_table(
    trends: pd.DataFrame, styles: Styles
) -> None:
    fig = trends_chart(trends, "no limits", styles, "light")
    assert [tuple(row[:2]) for t in fig.data for row in t.customdata] == [
        (id_of("Alpha"), "2024-05-16"),
        (id_of("Beta"), "2024-05-16"),
        (id_of("Beta"), "2025-11-04"),
        (None, None),
    ]


def test_gaps_stay_gaps_and_zeros_stay_zeros(styles: Styles) -> None:
    fig = trends_chart(months(12, ["Alpha"], {4, 5}), "trade", styles, "light", "count")
    strip, line = fig.data
    assert list(line.y) == [0, 1, 2, 3, None, 6, 7, 8, 9, 10, 11]
    assert line.connectgaps is False
    assert list(strip.y) == [strip.y[0]] * 10
    assert strip.y[0] < 0
    assert strip.customdata[0][3] == "4 articles"


def test_a_source_that_came_late_or_left_says_so(styles: Styles) -> None:
    whole, part = months(12, ["Alpha"]), months(12, ["Beta"])
    order = sorted(part["period"].dropna().unique())
    for kept, on_a_phone, said in (
        (order[5:], "words, from Jun", "no articles before Jun"),
        (order[:5], "words, to May", "no articles after May"),
        (order[4:8], "words, from May", "articles from May"),
    ):
        table = pd.concat([whole, part[part["period"].isin(kept)]])
        fig = trends_chart(table, "trade", styles, "light")
        assert on_a_phone in " ".join(label.text for label in fig.layout.annotations)
        wide = " ".join(label["text"] for label in fig.layout.meta["wide"]["layout"]["annotations"])
        # How often stays said.
        assert f"words<br>{said}" in wide


def test_smoothing_breaks_at_gaps_and_says_its_window(styles: Styles) -> None:
    table = months(12, ["Alpha"], {4, 5})
    fig = trends_chart(table.assign(window=3), "trade", styles, "light", "count")
    strip, line = fig.data
    assert list(line.y) == [0.5, 1, 2, 2.5, None, 6.5, 7, 8, 9, 10, 10.5]
    assert line.customdata[1][4:] == ["1", "3 in 12,000 words, 3 periods around it"]
    assert strip.customdata[0][3] == "4 articles"  # as many as there are


def test_smoothed_lines_are_what_the_table_has(seeds_index: Any) -> None:
    options = {"keywords": ["sanctions"], "width": "month", "smooth": 3}
    table = TABLES["trends"](seeds_index, Scope(), **options)
    names = {i: SourceStyle(str(i), n) for n, i in enumerate(table["source_id"].unique(), 1) if i}
    points = points_of(table, "per_10k")
    assert len(names) > 1
    for source, rows in table.dropna(subset=["period", "source_id"]).groupby("source_id"):
        own = [p for p in points if p.whose == source and p.period]
        values = [p.value for p in smoothed(own, "per_10k", 3)]
        assert values == pytest.approx(rows["smooth_per_10k"].tolist())


def test_zeros_of_a_logarithmic_scale_are_hollow_and_below_it(styles: Styles) -> None:
    table = months(12, ["Alpha"])
    fig = trends_chart(table, "trade", styles, "light", "count", "log")
    _, line, zeros = fig.data
    assert list(zeros.customdata[0][:2]) == [id_of("Alpha"), "2015-01"]
    assert (list(zeros.y), zeros.marker.symbol) == ([0], "circle-open")
    assert list(line.y) == sorted(line.y)
    # From 1 to 10 as far as from 10 to 100 would be.
    steps = [b - a for a, b in ((line.y[0], line.y[1]), (line.y[1], line.y[3]))]
    assert steps[0] == pytest.approx(steps[1])  # 1, 2, 4
    ticks = dict(zip(fig.layout.yaxis.ticktext, fig.layout.yaxis.tickvals, strict=True))
    assert ticks["0"] == 0 < ticks["1"] == line.y[0]


def test_without_zeros_a_logarithmic_scale_is_a_line(styles: Styles) -> None:
    table = months(12, ["Alpha"])
    fig = trends_chart(table[table["count"] > 0], "trade", styles, "light", "count", "log")
    assert [trace.type for trace in fig.data] == ["bar", "scatter"]
    never = table.assign(count=0, per_10k=0.0)
    fig = trends_chart(never, "trade", styles, "light", "count", "log")
    assert set(fig.data[1].y) == {0}


def test_shares_are_drawn_in_percent(styles: Styles) -> None:
    line = trends_chart(months(12, ["Alpha"]), "trade", styles, "light", "share").data[1]
    assert set(line.y) == {50}


def test_one_small_multiple_per_source_on_one_scale(styles: Styles) -> None:
    fig = trends_chart(months(12, ["Alpha", "Beta", None]), "trade", styles, "light")
    lines = [t for t in fig.data if t.type == "scatter"]
    assert [t.yaxis for t in lines] == ["y", "y2", "y3"]
    ranges = {fig.layout[axis].range for axis in ("yaxis", "yaxis2", "yaxis3")}
    assert len(ranges) == 1
    assert [t.line.color for t in lines][:2] == [
        styles[id_of(n)].color("light") for n in ("Alpha", "Beta")
    ]


def test_sources_without_a_number_are_added_up_in_the_last_row() -> None:
    names: list[str | None] = [f"Outlet {i}" for i in range(10)]
    many = {id_of(name): SourceStyle(name, i) for i, name in enumerate(names[:5], 1) if name}
    fig = trends_chart(months(12, names), "trade", many, "light", "per_10k")
    last = fig.data[-1]
    assert last.name == "Other sources (5)"
    assert last.y[3] == pytest.approx(1e4 * 15 / 20000)
    assert last.customdata[3][0] == ""  # no single source to filter by
    assert len([t for t in fig.data if t.type == "scatter"]) == 6


def test_a_dozen_sources_have_a_line_each() -> None:
    names: list[str | None] = [f"Outlet {i}" for i in range(12)]
    drawn = {id_of(name): SourceStyle(name, i) for i, name in enumerate(names, 1) if name}
    fig = trends_chart(months(12, names), "trade", drawn, "light")
    lines = [t for t in fig.data if t.type == "scatter"]
    assert [t.name for t in lines] == names
    assert len({(t.line.color, t.marker.symbol) for t in lines}) == 12


def test_all_sources_together_have_no_hue(styles: Styles) -> None:
    table = months(12, [ALL_SOURCES]).assign(source_id=ALL_SOURCES)
    line = trends_chart(table, "trade", styles, "light").data[1]
    assert line.line.color == INK["light"].slate


def test_never_more_than_the_marks_a_page_can_carry(styles: Styles) -> None:
    days = pd.date_range("2010-01-01", periods=MAX_MARKS).strftime("%Y-%m-%d")
    table = pd.DataFrame(
        {"period": days, "source_id": id_of("Alpha"), "keyword": "trade", "count": 1}
    )
    fig = trends_chart(table.assign(n_articles=1, per_10k=2.0), "trade", styles, "light")
    assert [t.mode for t in fig.data] == ["lines"]


def test_optional_columns_may_be_missing(trends: pd.DataFrame, styles: Styles) -> None:
    bare = trends.drop(columns=["n_with", "n_words", "share"])
    fig = trends_chart(bare, "no limits", styles, "light")
    assert "2 in 1 article" in fig.layout.annotations[0].text
    assert len(trends_chart(bare, "no limits", styles, "light", "share").data) == 3


def test_hostile_names_are_escaped(trends: pd.DataFrame, styles: Styles) -> None:
    name = "<img src=x>"
    hostile = {"x": SourceStyle(name, 1)}
    fig = trends_chart(trends.assign(source_id="x"), "no limits", hostile, "light")
    assert "<img" not in fig.layout.annotations[0].text
    assert fig.data[0].customdata[0][2] == "&lt;img src=x&gt;"


def test_only_undated_and_nothing(trends: pd.DataFrame, styles: Styles) -> None:
    assert len(trends_chart(trends.tail(1), "no limits", styles, "light").data) == 1
    assert not trends_chart(trends, "something else", styles, "light").data
    assert not trends_chart(trends.head(0), "no limits", styles, "light").data


def test_intervals_are_shaded_along_the_line_and_break_with_it(styles: Styles) -> None:
    periods = [f"20{year}-{month:02d}" for year in (20, 21) for month in range(1, 13) if month != 4]
    table = with_ids(
        pd.DataFrame(
            {"period": periods, "source": "Alpha", "keyword": "oil", "count": 4, "n_articles": 9,
             "per_10k": 2.0, "n_with": 3, "share": 1 / 3, "n_words": 20_000,
             "rate_low": [1.0] * 21 + [None], "rate_high": [5.0] * 21 + [None],
             "ci_low": 0.1, "ci_high": 0.6}
        )
    )  # fmt: skip
    made = trends_chart(table, "oil", styles, "light")
    (area,) = (trace for trace in made.data if trace["type"] == "scatter" and trace.fill)
    assert [x is None for x in area.x].count(True) == 3  # two gaps
    assert {y for y in area.y if y is not None} == {
        1.0,
        1.2 * 2.0,
    }
    (line,) = (trace for trace in made.data if trace["type"] == "scatter" and not trace.fill)
    assert line.customdata[0][4] == "2.0 per 10,000 words (1.0 to 5.0)"
    counted = trends_chart(table, "oil", styles, "light", "count")
    assert not [trace for trace in counted.data if trace["type"] == "scatter" and trace.fill]
    shared = trends_chart(table, "oil", styles, "light", "share")
    (area,) = (trace for trace in shared.data if trace["type"] == "scatter" and trace.fill)
    assert min(y for y in area.y if y is not None) == pytest.approx(10)


def test_a_period_by_itself_has_its_interval_too(styles: Styles) -> None:
    table = months(18, ["Alpha"], {8, 10}).assign(rate_low=1.0, rate_high=9.0)
    made = trends_chart(table, "trade", styles, "light")
    (area,) = (trace for trace in made.data if trace["type"] == "scatter" and trace.fill)
    around = [x for x in area.x if x is not None and "2015-09" < x < "2015-11"]
    assert len(around) == 4  # October's column
    assert min(around) < "2015-10-01" < max(around)


def test_who_has_undated_articles_has_no_dated_ones_later(styles: Styles) -> None:
    whole, part = months(12, ["Alpha"]), months(5, ["Beta"])
    undated = part.head(1).assign(period=None)
    made = trends_chart(pd.concat([whole, part, undated]), "trade", styles, "light")
    said = " ".join(label["text"] for label in made.layout.meta["wide"]["layout"]["annotations"])
    assert "no dated articles after May" in said
