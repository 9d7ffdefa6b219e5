from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.charts.counts import counts, parts
from dashboard.charts.parts.theme import INK, OTHER_COLOR, SourceStyle
from dashboard.ui.gestures import Mark, marks_of
from tests.charts.conftest import id_of, with_ids

Styles = dict[str, SourceStyle]


def test_many_articles_become_counts_that_add_up() -> None:
    rows = [("2019-Q1", "Alpha", 300), ("2019-Q1", None, 10), ("2019-Q3", "Alpha", 5)]
    table = pd.DataFrame([*rows, (None, "Beta", 7)], columns=["period", "source", "n_articles"])
    made = counts(table, "light")
    (bars,) = made.data
    assert list(bars.y) == [310, 5]
    assert bars.customdata[0][0] == "2019-Q1"
    assert made.layout.annotations[0].text == "Not drawn: 7 undated"


def test_a_part_of_a_period_is_hatched_and_lone_early_articles_are_said() -> None:
    rows = [(f"201{5 + i // 4}-Q{i % 4 + 1}", "Alpha", 300) for i in range(10)]
    rows += [("2007-Q2", "Alpha", 1)]
    table = pd.DataFrame(rows, columns=["period", "source", "n_articles"])
    made = counts(table, "light", date(2017, 4, 9))
    (bars,) = made.data
    assert len(bars.x) == 10
    assert bars.marker.pattern.shape[-2:] == ("", "/")
    assert bars.customdata[-1][1] == "Q2 2017 so far"
    assert made.layout.annotations[0].text == "Not drawn: 1 before Q1 2015"
    whole = counts(table, "light", date(2017, 6, 29)).data[0]
    assert set(whole.marker.pattern.shape) == {""}


def test_undated_articles_are_said_not_drawn() -> None:
    table = pd.DataFrame([(None, "Alpha", 301)], columns=["period", "source", "n_articles"])
    made = counts(table, "dark")
    assert not made.data
    assert "301" in made.layout.annotations[0].text


def test_bars_are_made_of_the_sources_that_are_told_apart(styles: Styles) -> None:
    rows = [("2019-Q1", "Alpha", 300), ("2019-Q1", "Beta", 1), ("2019-Q1", "<i>Odd", 10)]
    rows += [("2019-Q2", None, 5), ("2019-Q2", "Beta", 20), (None, "Alpha", 7)]
    table = with_ids(pd.DataFrame(rows, columns=["period", "source", "n_articles"]))
    made = counts(table, "light", styles=styles)
    assert [trace.name for trace in made.data] == ["Alpha", "Beta", "Other sources"]
    assert [list(trace.y) for trace in made.data] == [[300, 0], [1, 20], [10, 5]]
    assert made.layout.barmode == "stack"
    assert made.data[1].marker.color == styles[id_of("Beta")].color("light")
    assert made.data[2].marker.color == OTHER_COLOR["light"]
    # Whatever part is clicked or pointed at, it is the whole period.
    boxes = {tuple(trace.customdata[0]) for trace in made.data}
    assert boxes == {
        ("2019-Q1", "Q1 2019", "311 articles:<br>Alpha 300,<br>Other sources 10,<br>Beta 1")
    }


def test_a_period_is_listed_once_with_all_its_sources(styles: Styles) -> None:
    rows = [("2019-Q1", "Alpha", 300), ("2019-Q1", "Beta", 1)]
    table = with_ids(pd.DataFrame(rows, columns=["period", "source", "n_articles"]))
    (mark,) = marks_of(counts(table, "light", styles=styles).to_plotly_json())
    assert mark == Mark({"period": "2019-Q1"}, "Q1 2019 · 301 articles: Alpha 300, Beta 1")


def test_sources_of_one_name_are_counted_apart(styles: Styles) -> None:
    rows = [("2019", "Alpha", 30), ("2019", "Beta", 4)]
    table = with_ids(pd.DataFrame(rows, columns=["period", "source", "n_articles"]))
    same = {key: SourceStyle("Same", style.rank) for key, style in styles.items()}
    assert [list(trace.y) for trace in counts(table, "dark", styles=same).data] == [[30], [4]]


def test_one_source_alone_has_no_parts(styles: Styles) -> None:
    rows = [("2019", "Alpha", 30), (None, "Beta", 4)]
    table = with_ids(pd.DataFrame(rows, columns=["period", "source", "n_articles"]))
    assert len(parts(table, styles)) == 1
    (bars,) = counts(table, "dark", styles=styles).data
    assert bars.marker.color == INK["dark"].slate
    unknown = table.assign(source_id=[id_of("Alpha"), None], period="2019")
    assert [style.name for style in parts(unknown, styles)] == ["Alpha", "Source unknown"]
