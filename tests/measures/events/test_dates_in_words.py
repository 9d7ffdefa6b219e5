"""Dates as a reader says them."""

from __future__ import annotations

import pytest

from dashboard.measures.events.dates_in_words import in_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2024-05-16", "16 May 2024"),
        ("2024-05", "May 2024"),
        ("2024", "2024"),
        ("0987", "987"),
        ("199", "1990s"),
        ("18", "19th century"),
        ("20", "21st century"),
        ("2019-SU", "Summer 2019"),
        ("2019-H1", "First half of 2019"),
        ("2019-Q3", "Third quarter of 2019"),
        ("2024-W20", "Week of 13 May 2024"),
        ("2024-W20-WE", "Weekend to 19 May 2024"),
        ("2024-05-16/2024-05-19", "16 May 2024 – 19 May 2024"),
        ("2015/2018", "2015 – 2018"),
    ],
)
def test_in_words(value: str, words: str) -> None:
    assert in_words(value) == words


@pytest.mark.parametrize("value", ["", "2024-13", "2024-05-32", "soon"])
def test_what_is_no_date(value: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (what the calendar says differs)
        in_words(value)
