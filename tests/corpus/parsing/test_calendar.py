"""Names of months and weekdays, and the dates that are written with them."""

from __future__ import annotations

import datetime as dt

import pytest
from babel.dates import format_date

from benchmarks.calendar_words import FILE, LANGUAGES, calendar
from dashboard.corpus.parsing.calendar import day_number, key, month_numbers
from dashboard.corpus.parsing.dates import date_line, find_date
from dashboard.corpus.readers.tables.date_columns import Dates

DAYS = [dt.date(2023, month, 10 + month) for month in range(1, 13)]
# What the grammar doesn't read: months of two words, days and years with endings.
UNREAD = {"eu", "mn", "gd", "ku", "yi", "ga", "yo", "cy"}
READ = [language for language in LANGUAGES if language not in UNREAD]


def test_the_file_is_what_cldr_says() -> None:
    assert FILE.read_text(encoding="utf-8") == calendar()


@pytest.mark.parametrize("style", ["long", "full"])
@pytest.mark.parametrize("language", READ)
def test_a_date_is_read_in_running_text_and_in_a_column(language: str, style: str) -> None:
    for day in DAYS:
        if (language, style, day.month) == ("hr", "long", 10):
            continue  # listopada: November in Polish
        written = format_date(day, style, language)
        found = find_date(written)
        assert found is not None, written
        assert found.day == day, written
        assert Dates(lambda: "day").read(written, "", 1).value == day.isoformat(), written


COMMON = (
    "en fr de es pt it nl sv da nb fi pl cs sk hu ro hr sl bg sr ru uk el tr lt lv et ja ko zh th"
    " ar he fa hi id"
).split()


@pytest.mark.parametrize("language", COMMON)
def test_a_line_of_a_weekday_and_a_date_is_a_date_line(language: str) -> None:
    for day in DAYS:
        found = date_line(format_date(day, "full", language))
        assert found is not None
        assert found.day == day


def test_a_name_that_is_two_months_is_settled_by_the_weekday() -> None:
    for line, day in [
        ("subota, 14. listopada 2023.", "2023-10-14"),  # Croatian: October
        ("wtorek, 14 listopada 2023", "2023-11-14"),  # Polish: November
        ("14 listopada 2023", "2023-11-14"),
    ]:
        found = find_date(line)
        assert found is not None
        assert str(found.day) == day


@pytest.mark.parametrize(
    "line",
    [
        "Julkaistu 14. marraskuuta 2023 klo 9.15",
        "Közzétéve: 2023. november 14., kedd 9:15",
        "Публикувано на 14 ноември 2023 г.".replace(" на", ""),
        "Δημοσιεύθηκε: Τρίτη 14 Νοεμβρίου 2023, 09:15",
        "Objavljeno: utorak, 14. studenoga 2023. u 9:15",
        "Diterbitkan Selasa, 14 November 2023 pukul 09.15 WIB",
        "เผยแพร่ วันอังคารที่ 14 พฤศจิกายน 2566",
        "Avaldatud 14. novembril 2023",
    ],
)
def test_published_is_said_in_many_languages(line: str) -> None:
    found = date_line(line)
    assert found is not None
    assert found.day == dt.date(2023, 11, 14)


def test_spellings_of_a_name_have_one_key() -> None:
    assert key("KASIM") == key("kasım") == key("Kasim.")
    assert month_numbers("Aou\u0302t") == month_numbers("août") == (8,)
    assert month_numbers("בנובמבר") == (11,)
    assert month_numbers("word") == ()
    assert day_number("Çarşamba") == 2
    assert day_number("word") is None


def test_in_a_sentence_a_word_of_english_is_no_month() -> None:
    text = "The council let 15 out 2019 visitors said, and nobody in the old town complained of it."
    assert find_date(text) is None
    found = find_date("15 out 2019")
    assert found is not None
    assert found.day == dt.date(2019, 10, 15)
