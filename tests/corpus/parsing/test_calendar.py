"""Names of months and weekdays, and the dates that are written with them."""

from __future__ import annotations

import datetime as dt

import pytest
from babel.dates import format_date

from benchmarks.calendar_words import FILE, LANGUAGES, calendar
from dashboard.corpus.parsing.calendar import day_number, key, month_numbers
from dashboard.corpus.parsing.dates import date_line, find_date
from dashboard.corpus.parsing.numerals import number
from dashboard.corpus.readers.tables.date_columns import Dates

DAYS = [dt.date(2023, month, 10 + month) for month in range(1, 13)]
# What the grammar doesn't read: "dhen Fhaoilleach", months whose first letter changes.
UNREAD = {"gd"}
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


# Figures of the languages' own scripts.
FIGURES = {
    "ar": "٠١٢٣٤٥٦٧٨٩", "ckb": "٠١٢٣٤٥٦٧٨٩", "fa": "۰۱۲۳۴۵۶۷۸۹", "ur": "۰۱۲۳۴۵۶۷۸۹",
    "ps": "۰۱۲۳۴۵۶۷۸۹", "hi": "०१२३४५६७८९", "mr": "०१२३४५६७८९", "ne": "०१२३४५६७८९",
    "bn": "০১২৩৪৫৬৭৮৯", "gu": "૦૧૨૩૪૫૬૭૮૯", "pa": "੦੧੨੩੪੫੬੭੮੯", "ta": "௦௧௨௩௪௫௬௭௮௯",
    "te": "౦౧౨౩౪౫౬౭౮౯", "my": "၀၁၂၃၄၅၆၇၈၉", "km": "០១២៣៤៥៦៧៨៩", "lo": "໐໑໒໓໔໕໖໗໘໙",
    "th": "๐๑๒๓๔๕๖๗๘๙", "ja": "０１２３４５６７８９", "zh": "０１２３４５６７８９",
}  # fmt: skip


@pytest.mark.parametrize("language", FIGURES)
def test_figures_of_other_scripts(language: str) -> None:
    figures = {ord(str(i)): figure for i, figure in enumerate(FIGURES[language])}
    for day in DAYS:
        written = format_date(day, "long", language).translate(figures)
        assert not any(char in "0123456789" for char in written)
        found = find_date(f"({written})")
        assert found is not None, written
        assert found.day == day, written
        assert Dates(lambda: "day").read(written, "", 1).value == day.isoformat(), written


@pytest.mark.parametrize(
    "written",
    [
        "二〇二三年十一月十六日", "二零二三年十一月十六日", "令和5年11月16日", "民國112年11月16日",
        "平成35年11月16日", "16 tháng mười một, 2023", "ngày 16 tháng Mười Một năm 2023",
        "16. XI. 2023", "16. xi. 2023", "2023ko azaroaren 16an", "2023.eko azaroaren 16a",
        "2023(e)ko azaroak 16", "2023 оны арван нэгдүгээр сарын 16", "16ê mijdara 2023an",
        "١٦ تشرين الثاني/نوفمبر ٢٠٢٣", "16 تشرين الثاني (نوفمبر) 2023", "2023-жыл, 16-ноябрь",
        "the 16th day of November 2023", "November the 16th, 2023", "16 พฤศจิกายน พ.ศ. 2566",
    ],
)  # fmt: skip
def test_forms_that_are_not_cldrs(written: str) -> None:
    day = "2023-11-16"
    found = find_date(written)
    assert found is not None
    assert str(found.day) == day
    assert Dates(lambda: "day").read(written, "", 1).value == day


def test_short_years_of_buddhists_and_marks_of_direction_in_a_column() -> None:
    assert Dates(lambda: "day").read("16 พ.ย. 66", "", 1).value == "2023-11-16"
    assert Dates(lambda: "day").read("03\u200f/01\u200f/2024", "", 1).value == "2024-01-03"


@pytest.mark.parametrize(
    ("written", "value"),
    [("二〇二四", 2024), ("十六", 16), ("二十", 20), ("三十一", 31), ("廿一", 21), ("一六", 16),
     ("元", 1), ("٢٠٢٤", 2024), ("16", 16)],
)  # fmt: skip
def test_numbers_that_are_no_figures(written: str, value: int) -> None:
    assert number(written) == value


@pytest.mark.parametrize(
    "text",
    [
        "24年5月16日", "Ten 16. V 2024", "He came 16 in 2024", "May the 16 of 2024", "112年後の話",
        "The band of 16 mark 2024 with a tour", "Sie sind 16 mit 2024 Punkten", "mars 2024",
        "16 Augustaner 2024", "Le 16 a 2024 voix", "第十一届全国人大", "1-0 (2024)",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_date(text: str) -> None:
    assert find_date(text) is None


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
