"""Figures are found with their unit, and numbers that are none are left alone, in sentences that
were written for this."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.text.dates.find import Reader
from dashboard.text.figures.find import Figure, find_figures
from dashboard.text.figures.surroundings import ABOUT, AT_LEAST, AT_MOST, RECORD, Dated

HERE = Path(__file__).parent


def cases(language: str) -> list[tuple[str, str, str]]:
    lines = (HERE / f"figures_{language}.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" | ") for line in lines if not line.startswith("#")]
    return [(language, sentence, wanted.strip()) for sentence, wanted in pairs]


def found_in(text: str, language: str = "en") -> list[Figure]:
    return find_figures(text, [(0, len(text))], language)


def one(text: str) -> tuple[str, Figure]:
    figures = found_in(text)
    assert len(figures) == 1, figures
    return text[figures[0].start : figures[0].end], figures[0]


CASES = cases("en") + cases("de")


def test_there_are_enough_sentences() -> None:
    assert len(cases("en")) >= 120
    assert len(cases("de")) >= 20
    assert sum(wanted == "-" for _, _, wanted in CASES) > 60


@pytest.mark.parametrize(("language", "sentence", "wanted"), CASES)
def test_a_sentence_has_its_figures(language: str, sentence: str, wanted: str) -> None:
    figures = found_in(sentence, language)
    said = [sentence[f.start : f.end] for f in figures]
    expected = [] if wanted == "-" else wanted.split("; ")
    assert said == [part.partition(" = ")[0] for part in expected]
    for figure, part in zip(figures, expected, strict=True):
        value, kind, *unit = part.partition(" = ")[2].split(" ")
        assert figure.low == pytest.approx(float(value), rel=1e-4)
        assert (figure.kind, figure.unit) == (kind, " ".join(unit).strip())


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Exports rose to $240 billion.", "up to"),
        ("Turnout fell by 12 percent.", "down by"),
        ("There was a 60% increase.", "up by"),
        ("Output is 8 percent lower.", "down by"),
        ("Prices surged from $90 per share.", "up from"),
        ("Costs grew 4 percent.", "up"),
        ("They sold 12 boats.", ""),
        ("There are 30 seats up for grabs.", ""),
    ],
)
def test_the_direction_of_a_number(text: str, direction: str) -> None:
    assert one(text)[1].direction == direction


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        ("About 40 people came.", ABOUT),
        ("More than 40 people came.", AT_LEAST),
        ("Fewer than 40 people came.", AT_MOST),
        ("A record 40 people came.", RECORD),
        ("Trade rose to a record $240 billion.", RECORD),
        ("As many as 40 people came.", AT_MOST),
        ("There were 40 people.", 0),
    ],
)
def test_what_qualifies_a_number(text: str, bits: int) -> None:
    assert one(text)[1].qualifier == bits


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Bilateral trade rose to $240 billion.", "Bilateral trade"),
        ("Some 90% of all bilateral payments are in yuan.", "bilateral payments"),
        ("They hired 40 experienced teachers.", "experienced teachers"),
        ("The $20 million project failed.", "project failed"),
    ],
)
def test_what_a_number_is_of(text: str, about: str) -> None:
    figure = one(text)[1]
    assert text[slice(*figure.about)] == about


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("According to the Port Office, 40 ships are waiting.", "the Port Office"),
        ("Ana Silva said 40 ships are waiting.", "Ana Silva"),
        ("There are 40 ships.", ""),
    ],
)
def test_who_states_a_number(text: str, speaker: str) -> None:
    assert text[slice(*one(text)[1].said)] == speaker


def test_a_range_has_two_values_of_one_scale() -> None:
    text, figure = one("It may bring $2-3bn.")
    assert (text, figure.low, figure.high) == ("$2-3bn", 2e9, 3e9)


def test_the_step_is_the_last_digit_that_says_something() -> None:
    steps = [one(f"They lost {n} boats.")[1].step for n in ("240,000", "238,412", "2.4 million")]
    assert steps == [10_000, 1, 100_000]


def test_a_number_goes_with_the_date_near_it_and_a_date_is_no_number() -> None:
    text = "Trade rose to $240 billion in 2023, and 40 ships were built in 2019."
    dates = [Dated(30, 34, 19_358, 19_722), Dated(text.index("2019"), len(text) - 1, 1, 2)]
    money, ships = find_figures(text, [(0, len(text))], "en", dates)
    assert (money.first_day, money.last_day) == (19_358, 19_722)
    assert ships.first_day == 1
    later = "They came back two weeks on."
    assert len(found_in(later)) == 1
    assert find_figures(later, [(0, len(later))], "en", [Dated(15, 27, 1, 1)]) == []


def test_dates_of_the_timeline_fit() -> None:
    text = "Trade rose to $240 billion in 2023."
    [found] = Reader(None, "en").read(text)
    assert text[found.start : found.end] == "2023"


def test_other_languages_and_hostile_text_give_nothing() -> None:
    assert found_in("Les exportations ont atteint 240 milliards.", "fr") == []
    assert found_in("12 people", "../en") == []
    assert found_in("") == []
    for text in ("1" * 5000, "1,1" * 3000, "$" * 3000, "one two " * 1000, "İ 5 % ½½½", "-" * 4000):
        assert isinstance(found_in(text), list)
