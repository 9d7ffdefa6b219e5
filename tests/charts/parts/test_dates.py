from datetime import date

import pytest

from dashboard.charts.parts import dates


@pytest.mark.parametrize(
    ("text", "start", "label"),
    [
        ("2024-05-16", date(2024, 5, 16), "16 May<br>2024"),
        ("2024-W20", date(2024, 5, 13), "Week 20<br>2024"),
        ("2024-05", date(2024, 5, 1), "May<br>2024"),
        ("2024-Q2", date(2024, 4, 1), "Q2<br>2024"),
        ("2024", date(2024, 1, 1), "2024"),
    ],
)
def test_periods_of_every_kind(text: str, start: date, label: str) -> None:
    period = dates.parse_period(text)
    assert period is not None
    assert (period.start, period.label) == (start, label)


@pytest.mark.parametrize(
    "text", [None, "", "2024-13", "2024-W60", "2024-02-30", "0000", float("nan")]
)
def test_what_is_no_period(text: object) -> None:
    assert dates.parse_period(text) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2023-12-31", "2024-01-01"),
        ("2020-W53", "2021-W01"),
        ("2023-12", "2024-01"),
        ("2023-Q4", "2024-Q1"),
        ("2023", "2024"),
    ],
)
def test_neighbours_differ_by_one(first: str, second: str) -> None:
    before, after = dates.parse_period(first), dates.parse_period(second)
    assert before is not None
    assert after is not None
    assert after.ordinal - before.ordinal == 1


@pytest.mark.parametrize(
    "text", ["2023-10-23/..", "2024", "16 May 2024", None, 20240516, "20240516x."]
)
def test_what_is_no_day(text: object) -> None:
    assert dates.parse_day(text) is None


def test_no_tick_has_a_label_that_reads_as_a_period() -> None:
    days = [date(2023, 10, 23), date(2024, 5, 16), date(2024, 5, 17), date(2025, 11, 4)]
    axis = dates.tick_axis(days, [dates.day_tick(day) for day in days])
    assert axis["tickvals"] == [day.isoformat() for day in days]
    assert axis["ticktext"] == ["23 Oct<br>2023", "16 May<br>2024", "", "4 Nov<br>2025"]
    assert axis["ticks"] == "outside"


def test_the_ends_of_an_axis_are_named_first() -> None:
    days = [date(2024, 1, 1), date(2024, 4, 1), date(2024, 4, 20)]
    labels = [dates.day_tick(day) for day in days]
    assert dates.real_ticks(days, labels, width=160) == [labels[0], "", labels[2]]
    assert dates.real_ticks([], []) == []


def test_no_date_runs_into_the_lane_of_the_undated() -> None:
    dated, lane = dates.lanes(True, True)
    assert dated["domain"][1] < lane["domain"][0]
    assert dated["ticklabeloverflow"] == "hide past domain"
    # Its only label stays, though it is wider than a lane of a third of the page.
    assert lane["ticklabeloverflow"] == "allow"


def test_range_has_room_at_both_ends_even_for_one_day() -> None:
    low, high = dates.padded(date(2024, 5, 16), date(2024, 5, 16))
    assert low < "2024-05-16" < high
    assert dates.padded(date.min, date.max)[0] == "0001-01-01T00:00:00"


def test_a_label_is_left_out_only_where_it_would_touch() -> None:
    years = [date(year, 1, 1) for year in (2007, 2010, 2012, 2013, 2014)]
    labels = [str(day.year) for day in years]
    assert dates.real_ticks(years, labels, width=150) == ["2007", "2010", "2012", "", "2014"]
    assert dates.real_ticks(years, labels, width=900) == labels
