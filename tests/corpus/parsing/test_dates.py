"""The grammar of dates."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.corpus.parsing.dates import (
    date_line,
    find_date,
    is_moment,
    numeric_readings,
    wrong_weekday,
)

DAY = dt.date(2024, 5, 16)


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-16",
        "2024/5/16",
        "16 May 2024",
        "May 16, 2024",
        "May 16 2024",
        "May 16th, 2024",
        "Thu May 16 2024",
        "Thursday, May 16, 2024",
        "Thu, 16 May 2024 09:15:00 +0000",
        "Thu May 16 09:15:00 UTC 2024",
        "Published 16 May 2024",
        "Published: May 16, 2024 at 9:15 am EDT",
        "Thu 16 May 2024 09.15 BST",
        "May 16, 2024 1:01 PM GMT+8 Updated 2 hours ago",
        "Updated on May 16, 2024",
        "16/05/2024",
        "05/16/2024 10:30",
        "16. Mai 2024",
        "16 mai 2024 à 09h15".replace(" à", ""),
        "16 de mayo de 2024",
        "16 maggio 2024",
        "16 мая 2024, 07:30",
        "2024年5月16日",
        "2024-05-16T09:15:00Z",
        "(May 16, 2024)",
    ],
)
def test_a_line_that_is_a_date(text: str) -> None:
    found = date_line(text)
    assert found is not None
    assert found.day == DAY


@pytest.mark.parametrize("words", ["15 NİSAN 2021", "15 nisan 2021", "APRİL 15TH, 2021"])
def test_the_turkish_i_is_one_of_four(words: str) -> None:
    found = find_date(words)
    assert found is not None
    assert found.day == dt.date(2021, 4, 15)


@pytest.mark.parametrize(
    "text",
    [
        "This was their 42nd meeting",
        "90% of payments",
        "a 60% increase",
        "1,942 people",
        "may be 16 or 2024",
        "version 2.0.24",
        "May 16",
        "now",
        "today",
        "",
        "Room 1605, 2024 visitors",
    ],
)
def test_numbers_that_are_no_date(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(
    "text", ["On May 16, 2024 the leaders met", "May 16, 2024 was a good day", "Xi, May 16, 2024"]
)
def test_a_sentence_with_a_date_is_no_date_line(text: str) -> None:
    assert date_line(text) is None
    found = find_date(text)
    assert found is not None
    assert found.day == DAY


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("May 16, 1942", "between 1990 and tomorrow"),
        ("2087-01-01", "between 1990 and tomorrow"),
        ("31 February 2024", "real date"),
        ("05/06/2024", "two ways"),
    ],
)
def test_dates_that_are_not_taken(text: str, why: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found.day is None
    assert why in found.why


def test_both_readings_of_numbers() -> None:
    assert numeric_readings("5", "6", "2024") == [dt.date(2024, 6, 5), dt.date(2024, 5, 6)]
    assert numeric_readings("16", "5", "24") == [DAY]
    assert numeric_readings("5", "5", "2024") == [dt.date(2024, 5, 5)]
    assert numeric_readings("1", "13", "99") == [dt.date(1999, 1, 13)]
    assert numeric_readings("40", "50", "2024") == []


def test_a_weekday_that_does_not_fit() -> None:
    for text, wrong in [("Thu May 16 2024", ""), ("Friday, May 16, 2024", "Friday")]:
        found = find_date(text)
        assert found is not None
        assert wrong_weekday(text, found) == wrong


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Publié le 6 décembre 2022 à 07h45, mis à jour le 7 décembre 2022 à 09h10", "2022-12-06"),
        ("Stand: 23.11.2023, 16:05 Uhr", "2023-11-23"),
        ("22 novembre 2022 alle 10:41", "2022-11-22"),
        ("2021年3月5日 午後2時20分", "2021-03-05"),
        ("2024年05月16日 14:20 来源：新华社", "2024-05-16"),
        ("Aktualisiert am 5. März 2021", "2021-03-05"),
        ("Publicado el 5 de marzo de 2021 a las 14:20", "2021-03-05"),
        ("Publicado em 5 de março de 2021 às 14h20", "2021-03-05"),
        ("Pubblicato il 5 marzo 2021", "2021-03-05"),
        ("By the Books Desk | October 2, 2019", "2019-10-02"),
        ("05.03.2021", "2021-03-05"),
        ("5. 3. 2021", "2021-03-05"),
    ],
)
def test_date_lines_of_many_languages(text: str, day: str) -> None:
    found = date_line(text)
    assert found is not None
    assert str(found.day) == day


@pytest.mark.parametrize(
    "text", ["Salem, 5 March 2021", "Das Ende am 5. März 2021", "Villa il Palazzo 5 marzo 2021"]
)
def test_other_words_beside_a_date_make_it_no_date_line(text: str) -> None:
    assert date_line(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("16 MAY, 09:05", True), ("May 16, 2024", True), ("May 16 attack", False), ("May", False)],
)
def test_a_moment_is_a_date_or_a_time(text: str, expected: bool) -> None:
    assert is_moment(text) is expected
