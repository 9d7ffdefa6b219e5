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


def test_ticks_that_would_touch_share_one() -> None:
    days = [date(2023, 10, 23), date(2024, 5, 16), date(2024, 5, 17), date(2025, 11, 4)]
    places, labels = dates.real_ticks(days, [dates.day_tick(day) for day in days])
    assert labels == ["23 Oct<br>2023", "16–17 May<br>2024", "4 Nov<br>2025"]
    assert len(places) == 3


def test_range_has_room_at_both_ends_even_for_one_day() -> None:
    low, high = dates.padded(date(2024, 5, 16), date(2024, 5, 16))
    assert low < "2024-05-16" < high
    assert dates.padded(date.min, date.max)[0] == "0001-01-01T00:00:00"


def test_a_shared_label_takes_the_room_that_it_needs() -> None:
    years = [date(year, 1, 1) for year in (2007, 2010, 2012, 2013, 2014)]
    labels = [str(day.year) for day in years]
    # On 250 px "2012–2013" would touch "2014", though "2013" alone doesn't.
    assert dates.real_ticks(years, labels, width=250)[1] == ["2007", "2010", "2012–2014"]
    assert dates.real_ticks(years, labels, width=900)[1] == labels
