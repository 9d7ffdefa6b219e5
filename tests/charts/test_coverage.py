from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.charts.coverage import coverage
from dashboard.charts.parts.theme import INK, SourceStyle
from tests.charts.conftest import id_of, with_ids

COLUMNS = ["article_id", "title", "source", "date", "date_basis"]


@pytest.fixture
def articles() -> pd.DataFrame:
    rows = pd.DataFrame(
        [
            ("a1", "One", "Alpha", "2023-10-23", "inferred"),
            ("b1", "<b>Two</b>", "Beta", "2024-05-16", "stated"),
            ("b2", "Three", "Beta", "2024-05-16", "given"),
            ("x1", "Four", None, "2025-11-04", "stated"),
            ("a2", "Five", "Alpha", None, "unknown"),
            ("b3", "Six", "Beta", "2023-10-23/..", "bounded"),
        ],
        columns=COLUMNS,
    )
    return with_ids(rows)


def test_each_article_is_one_mark_on_its_date(
    articles: pd.DataFrame, styles: dict[str, SourceStyle]
) -> None:
    fig = coverage(articles, styles, "light")
    dated = {
        row[0]: x
        for t in fig.data
        if t.xaxis != "x2"
        for x, row in zip(t.x, t.customdata, strict=True)
    }
    assert {key: x[:10] for key, x in dated.items()} == {
        "a1": "2023-10-23",
        "b1": "2024-05-16",
        "b2": "2024-05-16",
        "x1": "2025-11-04",
    }
    undated = [row[0] for t in fig.data if t.xaxis == "x2" for row in t.customdata]
    assert sorted(undated) == ["a2", "b3"]


def test_solid_is_stated_and_open_is_not(
    articles: pd.DataFrame, styles: dict[str, SourceStyle]
) -> None:
    fig = coverage(articles, styles, "dark")
    fills = {
        row[0]: fill
        for t in fig.data
        for fill, row in zip(t.marker.color, t.customdata, strict=True)
    }
    paper = INK["dark"].paper
    assert fills["b1"] == styles[id_of("Beta")].color("dark")
    assert [fills[key] for key in ("a1", "b2", "a2", "b3")] == [paper] * 4
    assert fig.data[0].marker.symbol == "circle"


def test_two_articles_of_one_day_do_not_cover_each_other(
    articles: pd.DataFrame, styles: dict[str, SourceStyle]
) -> None:
    beta = coverage(articles, styles, "light").data[1]
    assert abs(beta.y[0] - beta.y[1]) >= 13


def test_many_marks_are_stacked_upright_and_none_covers_another(
    styles: dict[str, SourceStyle],
) -> None:
    days = [date(2024, 1, 1 + i % 9) for i in range(90)] + [date(2024, 12, 1)]
    rows = [(f"{i}", "T", "Alpha", day.isoformat(), "stated") for i, day in enumerate(days)]
    (trace,) = coverage(with_ids(pd.DataFrame(rows, columns=COLUMNS)), styles, "light").data
    assert len(set(trace.x)) == 2  # nine days of a year are one column
    assert len(set(zip(trace.x, trace.y, strict=True))) == 91


def test_only_real_dates_are_ticks(articles: pd.DataFrame, styles: dict[str, SourceStyle]) -> None:
    fig = coverage(articles, styles, "light")
    assert list(fig.layout.xaxis.tickvals) == ["2023-10-23", "2024-05-16", "2025-11-04"]
    assert fig.layout.xaxis.ticktext[1] == "16 May<br>2024"


def test_titles_are_escaped_and_templates_constant(
    articles: pd.DataFrame, styles: dict[str, SourceStyle]
) -> None:
    fig = coverage(articles, styles, "light")
    titles = {row[0]: row[1] for t in fig.data for row in t.customdata}
    assert titles["b1"] == "&lt;b&gt;Two&lt;/b&gt;"
    assert len({t.hovertemplate for t in fig.data}) == 1


def test_one_article_and_none(articles: pd.DataFrame, styles: dict[str, SourceStyle]) -> None:
    assert len(coverage(articles.head(1), styles, "light").data) == 1
    assert len(coverage(articles.tail(1), styles, "light").data) == 1
    assert not coverage(articles.head(0), styles, "light").data
    assert not coverage(with_ids(pd.DataFrame(columns=COLUMNS)), styles, "light").data


def test_sources_without_a_number_share_the_last_row(styles: dict[str, SourceStyle]) -> None:
    rows = [(f"{i}", "T", f"Outlet {i}", "2024-05-16", "stated") for i in range(40)]
    drawn = {id_of(f"Outlet {i}"): SourceStyle(f"Outlet {i}", i) for i in range(1, 12)}
    fig = coverage(with_ids(pd.DataFrame(rows, columns=COLUMNS)), drawn, "light")
    labels = [a.text for a in fig.layout.annotations]
    assert labels[:11] == [f"Outlet {i}" for i in range(1, 12)]
    assert len(labels) == 12
    assert "Other sources (29)" in labels[-1]
    assert sum(len(t.x) for t in fig.data) == 40


def test_undated_articles_of_sources_without_a_dated_row_are_named(
    styles: dict[str, SourceStyle],
) -> None:
    rows = [("d", "T", "Alpha", "2024-05-16", "stated"), ("a", "T", "Alpha", None, "unknown")]
    rows += [(f"b{i}", "T", "Beta", None, "unknown") for i in range(20)]
    rows += [("o", "T", "Odd", None, "unknown"), ("n", "T", None, None, "unknown")]
    table = with_ids(pd.DataFrame(rows, columns=COLUMNS))
    fig = coverage(table, styles, "light")
    lane = [each for each in fig.layout.annotations if each.yref == "y2"]
    assert [each.text.partition("&nbsp;")[0] for each in lane] == [
        "<b>Undated</b>", "Alpha", "Beta", "id-odd", "Source unknown",
    ]  # fmt: skip
    assert "23 articles, 1 of unknown source" in lane[0].text
    tops = [each.y for each in lane]
    assert tops == sorted(set(tops))
    # Each mark stands below its source's name, and above the next one's.
    for trace in (t for t in fig.data if t.xaxis == "x2"):
        own = next(each for each in lane if each.text.startswith(trace.name))
        after = [y for y in tops if y > own.y]
        assert own.y < min(trace.y)
        assert max(trace.y) < min(after, default=999) - 13
    assert fig.layout.yaxis2.range[0] > max(max(t.y) for t in fig.data if t.xaxis == "x2")


def test_undated_articles_share_a_row_where_their_sources_are_named_above(
    articles: pd.DataFrame, styles: dict[str, SourceStyle]
) -> None:
    fig = coverage(articles, styles, "light")
    lane = [each.text for each in fig.layout.annotations if each.yref == "y2"]
    assert len(lane) == 1
    assert "2 articles" in lane[0]
