"""The calendar of Iran, against days that are known."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.corpus.parsing.dates import date_line, find_date
from dashboard.corpus.parsing.solar_hijri import solar_day
from dashboard.corpus.readers.tables.date_columns import looks_like_date, typed_day


@pytest.mark.parametrize(
    ("day", "ours"),
    [
        ((1369, 1, 1), dt.date(1990, 3, 21)), ((1399, 12, 30), dt.date(2021, 3, 20)),
        ((1400, 1, 1), dt.date(2021, 3, 21)), ((1402, 12, 29), dt.date(2024, 3, 19)),
        ((1403, 2, 25), dt.date(2024, 5, 14)), ((1403, 12, 30), dt.date(2025, 3, 20)),
        ((1404, 7, 1), dt.date(2025, 9, 23)),
        ((1402, 12, 30), None), ((1403, 13, 1), None), ((1403, 7, 31), None), ((1300, 1, 1), None),
    ],
)  # fmt: skip
def test_days_are_ours(day: tuple[int, int, int], ours: dt.date | None) -> None:
    assert solar_day(*day) == ours


@pytest.mark.parametrize(
    "text", ["سه‌شنبه ۲۵ اردیبهشت ۱۴۰۳", "۱۴۰۳/۰۲/۲۵", "۲۵ ارديبهشت ۱۴۰۳ - ۱۸:۰۵"]
)
def test_a_line_is_read_by_its_month_or_by_its_figures(text: str) -> None:
    found = date_line(text)
    assert found is not None
    assert found.day == dt.date(2024, 5, 14)


def test_a_column_is_read_where_its_figures_are_persian() -> None:
    assert typed_day("۱۴۰۳-۰۲-۲۵", lambda: "unclear") == ("2024-05-14", "")
    assert looks_like_date("۱۴۰۳/۰۲/۲۵") is True


def test_a_day_of_the_middle_ages_stays_one() -> None:
    found = find_date("The charter of 1403/02/25 was lost.")
    assert found is not None
    assert found.day is None
