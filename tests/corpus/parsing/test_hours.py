"""Hours in the words of dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.corpus.parsing.hours import hour_of


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("2024-01-03T14:33:00Z", 14),
        ("2024-01-04 08:05:10.123+02:00", 8),
        ("Mon, 06 May 2024 04:33:00 GMT", 4),
        ("Jan 6, 2024 11:22 PM ET", 23),
        ("Published 3 p.m. March 4, 2020", 15),
        ("12:30 AM May 5, 2020", 0),
        ("12/31/2019 12:05:00 PM", 12),
        ("05.06.2014 14.30 Uhr", 14),
        ("16 Uhr, 5. Juni 2014", 16),
        ("le 3 mai 2020 à 18h45", 18),
        ("2024年5月6日 14時30分", 14),
        ("2024年5月6日 下午3:15", 15),
        ("2024. 5. 6. 오전 11:15", 11),
        ("1704292380", 14),
        ("1704292380000", 14),
        ("2024-01-04T00:00:01", 0),
    ],
)
def test_hours_as_they_are_written(words: str, hour: int) -> None:
    assert hour_of(words) == hour


@pytest.mark.parametrize(
    "words",
    [
        "",
        "2024-01-05",
        "5 May 2020",
        "05.06.2014",
        "2024-01-04T00:00:00Z",  # a day, as a program writes it
        "2020-05-05 12:00 am",
        "1704240000",
        "2024-01-04+02:00",
        "UTC-05:00 2020-01-01",
        "2020-05-05 24:30",
        "13 pm, 5 May 2020",
        "5 May 2020 23:4",
        "at 14:30 " + "long ago " * 40,
    ],
)
def test_no_hour(words: str) -> None:
    assert hour_of(words) is None


@given(st.text(max_size=60))
def test_any_words_are_read(words: str) -> None:
    assert hour_of(words) in (None, *range(24))


@given(st.datetimes())
def test_any_time_in_iso_form(when) -> None:
    sharp = not (when.hour or when.minute or when.second)
    expected = None if sharp else when.hour
    assert hour_of(when.isoformat()) == expected
    assert hour_of(when.strftime("%d/%m/%Y %H:%M:%S")) == expected
