"""Statements: sentences that can stand alone, datelines and captions told by their shape."""

import pytest

from dashboard.text.statements import (
    dateline_end,
    is_author_note,
    is_caption,
    is_statement,
    is_whole,
)
from dashboard.text.token_rule import count_words


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("OSLO -- The minister resigned.", "The minister resigned."),
        ("NAIROBI, Kenya: Rain fell.", "Rain fell."),
        ("LISBON (Reuters) - Banks closed.", "Banks closed."),
        ("ROMA, 3 marzo (ANSA) – Il governo cade.", "Il governo cade."),
        ("ДОНЕЦК — Шахта закрыта.", "Шахта закрыта."),
        ("(CNN) The storm passed.", "The storm passed."),
        ("SÃO PAULO, March 2 (AP) — Prices rose.", "Prices rose."),
        ("NATO leaders met in Vilnius.", "NATO leaders met in Vilnius."),
        ("A year on - and nothing changed.", "A year on - and nothing changed."),
        ("Berlin: Das Parlament tagt.", "Berlin: Das Parlament tagt."),
        ("(More on this later.)", "(More on this later.)"),
    ],
)
def test_a_dateline_is_cut(text: str, left: str) -> None:
    assert text[dateline_end(text) :] == left


GOOD = [
    "The port of Rotterdam closed two of its terminals after the strike began on Monday.",
    "“We will not pay,” the mayor of Ghent told reporters outside the town hall.",
    "Despite the ban, four trawlers were seen fishing near the reef last week.",
    "Die Bahn hat am Montag angekündigt, zwölf Strecken im Norden stillzulegen.",
    "El gobierno anunció el lunes que cerrará doce líneas de tren en el norte.",
]
BAD = [
    "He said the port would stay closed until the talks with the union had ended.",
    "However, the port authority said that two of its terminals would close on Monday.",
    "For example, the port closed two of its terminals after the strike began on Monday.",
    "Two terminals closed after the strike",
    "and the mayor of Ghent said that the town would not pay for the new bridge.",
    "“We will not pay for the new bridge until the work on the old one is done.”",
    "“We will not pay for the new bridge, the mayor of Ghent said on Monday evening.",
    "The mayor (who took office in May said that the town would not pay for a bridge.",
    "SIGN UP FOR THE MORNING BRIEFING AND READ THE NEWS OF THE DAY WITH YOUR COFFEE.",
    "Will the port of Rotterdam close two of its terminals after the strike on Monday?",
    "The port closed.",
    "The port of Rotterdam closed two of its terminals after the strike began and …",
]


@pytest.mark.parametrize("text", GOOD)
def test_a_statement_stands_alone(text: str) -> None:
    language = "de" if text.startswith("Die ") else "es" if text.startswith("El ") else "en"
    assert is_statement(text, count_words(text), language)


@pytest.mark.parametrize("text", BAD)
def test_what_leans_on_others_is_no_statement(text: str) -> None:
    assert not is_statement(text, count_words(text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Außerdem will die Bahn im nächsten Jahr zwölf weitere Strecken stilllegen.", "de"),
        ("Por ejemplo, el gobierno cerrará en enero doce líneas de tren en el norte.", "es"),
        ("Ils ont annoncé lundi la fermeture de douze lignes dans le nord du pays.", "fr"),
    ],
)
def test_openers_are_those_of_the_language(text: str, language: str) -> None:
    assert not is_statement(text, count_words(text), language)
    assert is_statement(text, count_words(text), "pl")  # no list: by shape alone


@pytest.mark.parametrize(
    ("follows", "caption"),
    [
        (" (Handout via AFP)", True),
        (" REUTERS/Ana Silva", True),
        (" Getty Images", True),
        (" The talks go on.", False),
        ("", False),
        (" ”", False),
    ],
)
def test_a_credit_makes_a_caption(follows: str, caption: bool) -> None:
    text = "Dock workers wave flags outside the port of Rotterdam on a cold Monday morning."
    assert is_caption(follows) is caption
    assert is_statement(text, count_words(text), "en", follows) is not caption


def test_headings_are_not_whole() -> None:
    assert is_whole("What did the mayor of Ghent say?", 7)
    assert not is_whole("Economic cooperation and its challenges today", 6)
    assert not is_whole("It closed.", 2)


BODY = [
    "The valley woke to snow on Monday, and the buses stayed in their sheds.",
    "Nobody in the upper village had seen so much of it before Christmas.",
    "A plough that was borrowed from the next town slid into the river.",
    "The council met by telephone and closed the schools for two days.",
    "Farmers carried hay to the high barns on their backs, as in old times.",
    "By evening the wind had dropped, and the lights came on again.",
]
NOTES = [
    "Ada Quill is a columnist for the Harbour Post.",
    "— Jonas van der Meer is the author of “Cold Roads” and a fellow of the Snow Institute.",
    "Lena Ort, 41, is Radio Nord's senior weather editor and host of a podcast.",
    "Ruth P. Sand teaches geography at the University of Altdorf.",
    "Ivo Brandt is editor of the Valley Times.",
]


@pytest.mark.parametrize("note", NOTES)
def test_a_note_on_the_author_is_told_at_both_ends(note: str) -> None:
    assert is_author_note(note, [note, *BODY], "")
    assert is_author_note(note, [*BODY, note], "")
    assert is_author_note("He lives in Oslo.", [*BODY, f"{note} He lives in Oslo."], "")
    assert not is_author_note(note, [*BODY[:5], note, *BODY, *BODY], "")
    assert not is_author_note(note, [*BODY, note], "", "xx")


@pytest.mark.parametrize("note", NOTES)
def test_who_is_named_elsewhere_is_news_unless_the_article_is_theirs(note: str) -> None:
    name = note.removeprefix("— ").split(",")[0].split(" is ")[0].split(" teaches ")[0]
    told = f"Rescuers found {name} in a barn."
    assert not is_author_note(note, [note, told, *BODY], "")
    assert is_author_note(note, [note, told, *BODY], f"By {name}")
    assert is_author_note(note, [f"{name}: Snow again", note, *BODY], "")


@pytest.mark.parametrize(
    "text",
    [
        "Ada Quill is considering a bid for the harbour.",
        "Ada Quill was found in a barn on Monday.",
        "Heavy snow is the reason, the council said.",
        "The Harbour Post is a newspaper of the coast.",
    ],
)
def test_what_happens_to_somebody_is_no_note(text: str) -> None:
    assert not is_author_note(text, [text, *BODY], "")


def test_a_note_of_the_editors_in_brackets_is_no_statement() -> None:
    text = "(Note: An earlier version of this story misstated the day of the council's vote.)"
    assert not is_statement(text, count_words(text))
