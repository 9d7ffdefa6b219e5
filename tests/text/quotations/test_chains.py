"""The same words in several articles, and the same people."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.text.quotations.chains import CONTAINED, LEAST_WORDS, chains_of, words_of
from dashboard.text.quotations.speakers.same_people import shared_names, short_forms


def test_trimmed_and_changed_words_are_one_chain() -> None:
    quotes = [
        "The river has taken everything we had, and it will come back",
        "Nothing of the kind was ever said in my presence by anybody",
        "the river has taken everything we had",
        "The river has taken everything we owned, and it will come back",
        "A wholly other thing that nobody else has ever said before",
    ]
    assert chains_of([words_of(quote) for quote in quotes]) == [0, -1, 0, 0, -1]
    assert chains_of([]) == []


def belong_together(one: list[str], other: list[str]) -> bool:
    """As ``chains_of`` says it, word by word."""
    runs, others = (
        {tuple(words[i : i + LEAST_WORDS]) for i in range(len(words) - LEAST_WORDS + 1)}
        for words in (one, other)
    )
    shared = sum((Counter(one) & Counter(other)).values())
    return bool(runs & others) and shared >= CONTAINED * min(len(one), len(other))


@given(st.lists(st.text("ab", min_size=0, max_size=9).map(list), max_size=8))
def test_chains_are_those_of_comparing_all_with_all(quotes: list[list[str]]) -> None:
    chain = list(range(len(quotes)))
    for one, other in combinations(range(len(quotes)), 2):
        if belong_together(quotes[one], quotes[other]):
            low, high = sorted((chain[one], chain[other]))
            chain = [low if each == high else each for each in chain]
    numbers: dict[int, int] = {}
    expected = [
        numbers.setdefault(each, len(numbers)) if chain.count(each) > 1 else -1 for each in chain
    ]
    assert chains_of(quotes) == expected


def test_hyphens_and_case_are_no_difference() -> None:
    assert words_of("No-Limits") == words_of("“no limits”") == ["no", "limits"]


def test_a_surname_is_the_one_full_name_that_it_nearly_always_is() -> None:
    uses = ["Marta Velde"] * 5 + ["Velde", "the Daily Post", "The Daily Post", "The Daily Post"]
    found = shared_names(uses)
    assert found["Velde"] == "Marta Velde"
    assert found["the Daily Post"] == "The Daily Post"


def test_a_surname_of_two_people_stays() -> None:
    uses = ["John Reed"] * 4 + ["Anna Reed"] * 4 + ["Reed", ""]
    found = shared_names(uses)
    assert found["Reed"] == "Reed"
    assert found[""] == ""


def test_a_common_word_that_begins_a_sentence_is_no_name() -> None:
    said = ["Critics", "critics", "Critics", "Others", "Brooks", "Mel Brooks"]
    shared = shared_names(said, {"Critics": "critics", "Others": "others"})
    assert shared == {
        "Critics": "critics", "critics": "critics", "Others": "others", "Brooks": "Brooks",
        "Mel Brooks": "Mel Brooks",
    }  # fmt: skip


def test_neither_an_acronym_nor_a_common_word_is_a_given_name() -> None:
    said = ["FBI Special Agent"] * 4 + ["FBI"] + ["Another Democrat"] * 4 + ["Another"]
    shared = shared_names(said, {"Another": "another"})
    assert (shared["FBI"], shared["Another"]) == ("FBI", "another")


FORMS = {"bernie": frozenset({"bernard"}), "bernard": frozenset({"bernie"}),
         "al": frozenset({"alan", "alfred"}), "alan": frozenset({"al"}),
         "alfred": frozenset({"al"})}  # fmt: skip


def test_a_short_form_is_the_same_person() -> None:
    names = ["Bernie Velde", "Bernie Velde", "Bernard Velde", "Bernard Ek", "", "the mayor"]
    found = short_forms(names, [0, 1, 2, 3, 4, 5], FORMS)
    assert found == {"Bernie Velde": "Bernie Velde", "Bernard Velde": "Bernie Velde"}


def test_two_in_one_article_are_two() -> None:
    assert short_forms(["Bernie Velde", "Bernard Velde"], [7, 7], FORMS) == {}


def test_a_short_form_of_two_names_is_neither() -> None:
    assert short_forms(["Al Roy", "Alan Roy", "Alfred Roy"], [0, 1, 2], FORMS) == {}
