"""Spellings of outlets: what is one name, what may be one outlet, and what stays two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.corpus.parsing.outlets import merge_proposals, outlet_key, outlet_name, spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ο Φάρος", "Ο ΦΆΡΟΣ"),
        ("Süddeutsche Zeitung", "SÜDDEUTSCHE ZEITUNG"),
        ("La Nación", "la nación."),
        ("Le Monde", "Le  Monde"),
        ("lemonde.fr", "https://www.lemonde.fr/"),
        ("lemonde.fr", "Le Monde"),
        ("hafenbote.example", "http://m.hafenbote.example"),
        ("hafenbote.example", "WWW.Hafenbote.example"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert outlet_key(one) == outlet_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Guardian", "Guardian"),
        ("ABC News", "ABC News (Australia)"),
        ("a.blogs.example", "b.blogs.example"),
        ("Порт", "Порто"),
        ("!!!", "???"),
    ],
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert outlet_key(one) != outlet_key(other)


def test_an_address_gives_the_name_of_its_publisher() -> None:
    assert outlet_name("https://www.lemonde.fr/") == "Le Monde"
    assert outlet_name("www.hafenbote.example") == "hafenbote.example"
    assert outlet_name("Salon.com") == "Salon.com"
    assert outlet_name("AC/DC Fanzine") == "AC/DC Fanzine"


def test_most_records_say_how_a_name_is_spelled() -> None:
    assert spellings({"EL FARO": 2, "El Faro": 2, "el faro": 1, "Otro": 9}) == {
        "EL FARO": "El Faro",
        "el faro": "El Faro",
    }
    assert spellings({"El Faro": 1, "El faro": 3}) == {"El Faro": "El faro"}
    assert spellings({}) == {}


@given(st.dictionaries(st.text(max_size=12), st.integers(1, 9), max_size=8))
def test_spellings_lead_to_names_that_stay(counts: dict[str, int]) -> None:
    chosen = spellings(counts)
    assert not chosen.keys() & set(chosen.values())
    assert set(chosen.values()) <= counts.keys()
    assert len({outlet_key(name) for name in counts}) == len(counts) - len(chosen)


def test_what_may_be_one_outlet_is_proposed() -> None:
    names = ["CNN", "Le Phare", "CNN (Web News)", "lephare.example", "NRK (Radio)", "NRK [TV]",
             "The Faro", "Faro", "Solo (Web)"]  # fmt: skip
    assert merge_proposals(names) == [
        ("CNN (Web News)", "CNN"),
        ("lephare.example", "Le Phare"),
        ("NRK (Radio)", "NRK"),
        ("NRK [TV]", "NRK"),
        ("Faro", "The Faro"),
    ]
    assert merge_proposals([]) == []
