"""Who wrote it: names, and what looks like one."""

from __future__ import annotations

import pytest

from dashboard.corpus.parsing import bylines

BYLINES = {
    "By Jane Doe": ["Jane Doe"],
    "BY JANE DOE AND JOHN ROE": ["Jane Doe", "John Roe"],
    "By Jane Doe, John Roe and Ann Poe": ["Jane Doe", "John Roe", "Ann Poe"],
    "By Kevin Liptak and Tom LoBianco, CNN": ["Kevin Liptak", "Tom LoBianco"],
    "By Anthony Zurcher, senior North America reporter, BBC News": ["Anthony Zurcher"],
    "By Jane Doe, New York": ["Jane Doe"],
    "By Jane Doe Staff Writer": ["Jane Doe"],
    "By Jane Doe | May 16, 2024": ["Jane Doe"],
    "By Jane Sunderland, Published Thursday, May 16, 2024": ["Jane Sunderland"],
    "By Jane Doe in Beijing and John Roe in Moscow": ["Jane Doe", "John Roe"],
    "By Ursula von der Leyen": ["Ursula von der Leyen"],
    "By J.K. Rowling": ["J.K. Rowling"],
    "Author: Jane Doe": ["Jane Doe"],
    "Written by Madison J. Gray": ["Madison J. Gray"],
    "Par Jean Dupont": ["Jean Dupont"],
    "By Reuters Staff": ["Reuters"],
    "By The Associated Press": ["AP"],
}


@pytest.mark.parametrize("text", BYLINES)
def test_names_in_a_byline(text: str) -> None:
    assert bylines.names_in_byline(text) == BYLINES[text]


@pytest.mark.parametrize(
    "text",
    [
        "By Monday, the river had risen.",
        "By design, the vote was slow",
        "By the Numbers",
        "By Land and Sea",
        "By all means",
        "Jane Doe",
        "The analysis, co-authored by Bonny Lin and Brian Hart, was published",
        "At Ground Zero, September 11, 2001.",
        "",
    ],
)
def test_what_is_no_byline(text: str) -> None:
    assert not bylines.is_byline(text)


def test_names_next_to_a_date() -> None:
    assert bylines.name_with_date("Chris Davies - Nov 19, 2019, 10:31 pm CST") == "Chris Davies"
    assert bylines.names_alone("Amy Hawkins in Beijing and Pjotr Sauer") == [
        "Amy Hawkins",
        "Pjotr Sauer",
    ]
    assert bylines.is_office("China correspondent, BBC News")


def test_an_agencys_reporters() -> None:
    text = "Reporting by Dmitry Antonov and Ann Poe in Moscow; Editing by Guy Roe"
    assert bylines.reporting_credit(text) == ["Dmitry Antonov", "Ann Poe"]
    assert bylines.reporting_credit("Additional reporting by Kenji Kawase in Hong Kong.") == []


def test_agencies() -> None:
    assert bylines.agency("(Reuters)") == "Reuters"
    assert bylines.agency("Example Times") == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ian Sample Science editor", "Ian Sample"),
        ("Ada Byron", "Ada Byron"),
        ("Ada Byron, Jo Doe", "Ada Byron, Jo Doe"),
        ("Science editor", "Science editor"),
    ],
)
def test_a_name_without_its_office(text: str, name: str) -> None:
    assert bylines.without_role(text) == name
