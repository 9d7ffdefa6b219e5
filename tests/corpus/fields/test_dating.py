"""Dates of texts: stated, inferred, bounded or unknown."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.corpus.article import UNKNOWN, Field
from dashboard.corpus.fields.dating import text_date
from dashboard.corpus.fields.fields import read_fields
from dashboard.corpus.lines.label import clean_lines
from dashboard.corpus.record import Record

PARAGRAPH = "The two leaders signed a statement in Beijing, and trade between them has grown."


def date_of(text: str, url: str = "") -> Field:
    return text_date(clean_lines(text.split("\n")), url, None)


def test_published_goes_before_updated() -> None:
    text = f"A headline of some words\nUpdated May 17, 2024\nPublished May 16, 2024\n{PARAGRAPH}"
    field = date_of(text)
    assert (field.value, field.basis, field.line) == ("2024-05-16", "stated", 3)


@pytest.mark.parametrize(
    "opening",
    ["BEIJING, May 16, 2024 (Reuters) - ", "BEIJING, 16 May 2024 — ", "Beijing, May 16, 2024: "],
)
def test_a_full_dateline_states_the_day(opening: str) -> None:
    field = date_of(f"A headline of some words\n\n{opening}{PARAGRAPH}")
    assert (field.value, field.basis) == ("2024-05-16", "stated")


def test_the_address_states_the_day() -> None:
    field = date_of(PARAGRAPH, "https://example.com/2024/05/16/xi-putin")
    assert (field.value, field.basis, field.evidence) == ("2024-05-16", "stated", "2024/05/16")
    assert date_of(PARAGRAPH, "https://example.com/a/20240516").basis == "unknown"


def test_a_day_is_inferred_from_two_clues_and_a_bound() -> None:
    text = (
        "A headline of some words\n\nThey met in Beijing on Thursday, May 16, officials said.\n\n"
        "It was their first meeting since October 2023, when they met at a summit."
    )
    field = date_of(text)
    assert (field.value, field.basis) == ("2024-05-16", "inferred")
    # The weekday fits no year near the bound: no guess.
    assert date_of(text.replace("Thursday", "Monday")).basis == "bounded"
    assert date_of(text.replace("October 2023", "October 2019")).basis == "bounded"
    assert date_of(text.replace("since October 2023", "in years")).basis == "unknown"


@pytest.mark.parametrize(
    "lead",
    [
        # The weekday is of another event than the day, or nothing has happened on it yet.
        "Ministers said on Sunday that talk of an early vote was idle. Most bet on 5 May.",
        "He told reporters on Thursday that the vote on 16 May will go ahead.",
        "The mayor denied rumours on Thursday. The bridge fell on 16 May, the harbour office said.",
        "The trial opened on May 16 in Lyon. Bakers in Turin said on Thursday that flour was dear.",
    ],
)
def test_no_day_is_inferred_from_clues_of_two_events(lead: str) -> None:
    text = f"A headline of some words\n\n{lead}\n\nIt was the first such case since October 2023."
    assert date_of(text).basis == "bounded"


def test_two_sentences_about_one_event_date_it() -> None:
    text = (
        "A headline of some words\n\nAna Moreno and Jon Berg shake hands in Lisbon on May 16.\n\n"
        "Harbour chief Ana Moreno met Jon Berg in Lisbon on Thursday and signed the papers.\n\n"
        "It was their first meeting since October 2023."
    )
    assert (date_of(text).value, date_of(text).basis) == ("2024-05-16", "inferred")


@pytest.mark.parametrize(
    "line",
    [
        "Update (4/19/19): An earlier version of this text gave another name.",
        "Editor’s note (April 19, 2019): This text has been corrected since.",
        "A crane in the harbour, April 19, 2019. (Agency photo) - Cranes were new then.",
    ],
)
def test_the_day_of_a_correction_or_a_picture_is_not_the_articles(line: str) -> None:
    assert date_of(f"A headline of some words\n\n{line}\n\n{PARAGRAPH}").basis != "stated"


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("It has grown since October 2023, the ministry said on its site.", "2023-10-01/.."),
        ("Trade reached its peak in September 2023 and has fallen again.", "2023-09-01/.."),
        ("Trade rose to $240 billion in 2023 after the invasion began.", "2023-01-01/.."),
        ("On May 16, 2024 the leaders met in the capital for two days.", "2024-05-16/.."),
        ("Sales peaked in May 2019, fell in June 2020 and rose in 2018.", "2020-06-01/.."),
    ],
)
def test_the_latest_past_mention_bounds_the_date(sentence: str, value: str) -> None:
    field = date_of(f"{PARAGRAPH}\n\n{sentence}")
    assert (field.value, field.basis) == (value, "bounded")


@pytest.mark.parametrize(
    "sentence",
    [
        "The plant will open in 2019 if all goes well with the builders.",
        "Emissions are to be halved by 2020, the government has promised.",
        "The bridge is expected in March 2020, officials told the reporters.",
        "This particular meeting was their 42nd to date, the paper said.",
        "He added that 90% of all payments are settled in yuan by now.",
        "It made the list of the 2020 best places, with 1995 others.",
        "Founded in 1850, the house has seen wars, the guide told us.",
    ],
)
def test_the_future_and_mere_numbers_bound_nothing(sentence: str) -> None:
    field = date_of(f"{PARAGRAPH}\n\n{sentence}")
    assert (field.value, field.basis) == (None, "unknown")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("16 May 1985", "not between 1990"),
        ("Published: May 16, 2087", "not between 1990"),
        ("05/06/2024", "two ways"),
    ],
)
def test_a_date_line_that_cannot_be_taken_says_so(line: str, reason: str) -> None:
    field = date_of(f"A headline of some words\n{line}\n{PARAGRAPH}")
    assert (field.value, field.basis, field.line) == (None, "unknown", 2)
    assert reason in field.evidence


def test_the_date_is_never_todays() -> None:
    field = date_of(f"A headline of some words\nToday\n2 hours ago\n{PARAGRAPH}")
    assert field.value is None
    tomorrow = dt.date.today() + dt.timedelta(days=1)
    later = tomorrow + dt.timedelta(days=1)
    assert date_of(f"{tomorrow}\n{PARAGRAPH}").value == tomorrow.isoformat()
    assert date_of(f"{later}\n{PARAGRAPH}").value is None


def test_a_message_only_suggests_when_its_text_was_written() -> None:
    text = f"From: a at example.org\nDate: Thu, 16 May 2024 09:15:00 +0000\n\n{PARAGRAPH}"
    field = date_of(text)
    assert (field.value, field.basis, field.line) == ("2024-05-16", "inferred", 2)


def test_a_chronologys_first_date_is_not_its_own() -> None:
    parts = "\n\n".join(f"May {day}, 2023\n\n{PARAGRAPH}" for day in (1, 2, 3))
    field = date_of(f"A timeline of the meetings\n\n{parts}")
    assert (field.value, field.basis) == ("2023-05-03/..", "bounded")


def test_the_month_in_the_address_bounds_a_text() -> None:
    field = date_of(PARAGRAPH, "https://a.com/2016/12/bridge.html")
    assert (field.value, field.basis) == ("2016-12-01/2016-12-31", "bounded")


def test_published_goes_before_updated_in_other_languages() -> None:
    text = f"Aktualisiert am 5. März 2021\nVeröffentlicht am 4. März 2021\n\n{PARAGRAPH}"
    assert date_of(text).value == "2021-03-04"


@pytest.mark.parametrize(
    ("text", "value", "basis"),
    [
        (PARAGRAPH, "2023-11-03", "inferred"),
        (f"Published May 16, 2024\n\n{PARAGRAPH}", "2024-05-16", "stated"),
        (f"{PARAGRAPH} It has grown since June 2024, they said.", "2024-06-01/..", "bounded"),
    ],
)
def test_a_files_name_suggests_the_day_where_the_text_allows_it(
    text: str, value: str, basis: str
) -> None:
    record = Record("le_quai_2023-11-03.txt", None, text)
    lines = clean_lines(text.split("\n"))
    date = read_fields(record, lines, UNKNOWN)["date"]
    assert (date.value, date.basis) == (value, basis)
