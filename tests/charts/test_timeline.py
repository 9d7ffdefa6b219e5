"""Entries over time: what the bars count, what is left out and said."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.timeline import timeline_periods

COLUMNS = ["period", "n_past", "n_plans", "n_alleged"]


def test_plans_stand_on_what_was_past() -> None:
    table = pd.DataFrame([("2019-05", 3, 0, 0), ("2019-06", 2, 4, 0)], columns=COLUMNS)
    past, ahead = timeline_periods(table, "light").data
    assert list(past.y) == [3, 2]
    assert list(ahead.y) == [4]
    assert [row[0] for row in past.customdata] == ["2019-05", "2019-06"]
    assert list(ahead.customdata[0]) == ["2019-06", "Jun 2019", 4, "ahead"]


def test_what_is_alleged_is_hatched_between_them() -> None:
    table = pd.DataFrame([("2019-05", 3, 1, 2), ("2019-06", 2, 4, 0)], columns=COLUMNS)
    past, alleged, ahead = timeline_periods(table, "light").data
    assert list(past.y) == [1, 2]
    assert list(alleged.y) == [2]
    assert list(ahead.y) == [1, 4]
    assert alleged.marker.pattern.shape == "/"
    assert past.marker.pattern.shape == ""
    assert list(alleged.customdata[0]) == ["2019-05", "May 2019", 2, "alleged"]


def test_a_chosen_period_stands_out() -> None:
    table = pd.DataFrame([("2018", 3, 0, 0), ("2019", 2, 1, 0)], columns=COLUMNS)
    past, _ = timeline_periods(table, "dark", "2019").data
    assert past.marker.opacity[0] < past.marker.opacity[1] == 1


def test_the_few_far_from_the_others_are_said_not_drawn() -> None:
    rows = [
        ("1776", 1, 0, 0),
        *((str(year), 50, 0, 0) for year in range(2005, 2020)),
        ("2517", 0, 1, 0),
    ]
    made = timeline_periods(pd.DataFrame(rows, columns=COLUMNS), "light")
    drawn = [row[0] for trace in made.data for row in trace.customdata]
    assert drawn == [str(year) for year in range(2005, 2020)]
    assert made.layout.annotations[0].text == "Not drawn: 1 before 2005 and 1 after 2019"


def test_nothing_to_draw() -> None:
    assert not timeline_periods(pd.DataFrame(columns=COLUMNS), "light").data
