"""What a name may be: whole phrases, common in the topic, and no two that say the same."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from dashboard.index.fitting.naming_terms import is_cut_short, name_key, says_the_same
from dashboard.index.fitting.topic_names import _next_part
from dashboard.index.terms.fit_terms import count_terms
from dashboard.text.token_arrays import read_tokens


def table(texts):
    return count_terms(read_tokens(texts), ENGLISH_STOP_WORDS)


def test_a_phrase_that_mostly_goes_on_is_cut_short():
    ends = ["deal", "program", "talks"] * 3
    texts = [f"They met for the Iran nuclear {end} while the Senate race went by" for end in ends]
    texts += ["Aung San Kyi was there. The Senate race."] * 3
    terms = table(texts)
    found = dict(zip(terms.surface, is_cut_short(terms).tolist(), strict=True))
    assert found["Iran nuclear"]
    assert found["San Kyi"]
    for whole in ("Iran nuclear deal", "Aung San Kyi", "Senate race", "Iran", "nuclear"):
        assert not found[whole], whole


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("immigration reform", "illegal immigrants", True),
        ("coronavirus", "virus", True),
        ("Chinese exports", "China", True),
        ("repeal Obamacare", "health care bill", False),
        ("Hunter Biden", "Joe Biden campaign", True),
        ("trade deal", "tariffs", False),
    ],
)
def test_names_that_say_the_same(name: str, other: str, same: bool):
    assert says_the_same(name, other) == says_the_same(other, name) == same


def test_singular_and_plural_are_one_name():
    assert name_key("Illegal immigrants") == name_key("illegal immigrant")
    assert name_key("tax-exempt") == name_key("tax exempts")
    assert name_key("trade deal") != name_key("trade war")


def test_what_few_texts_hold_gives_way_to_what_more_hold():
    terms = table(["the budget deal and spending", "a budget deal on spending"] * 2)
    place = {surface: i for i, surface in enumerate(terms.surface)}
    usable = np.asarray([place[s] for s in ("budget deal", "budget", "spending")])

    def best(score, cover, is_merge=False):
        cells = list(np.argsort(score)[::-1])
        told = np.asarray(score), np.asarray(cover)
        return _next_part(terms, usable, *told, cells, [], is_merge)

    assert best([1.0, 0.9, 0.8], [0.2, 0.6, 0.5]) == "budget deal"
    assert best([1.0, 0.9, 0.8], [0.1, 0.6, 0.5]) == "budget"  # nor does the phrase replace it
    assert best([1.0, 0.6, 0.5], [0.1, 0.6, 0.5]) == "budget deal"  # nothing near it
    assert best([1.0, 0.9, 0.8], [0.1, 0.1, 0.1]) == "budget deal"  # nothing commoner
    assert best([0.8, 1.0, 0.7], [0.2, 0.6, 0.5]) == "budget deal"  # a phrase replaces its word …
    assert best([0.8, 1.0, 0.7], [0.2, 0.6, 0.5], True) == "budget"  # … but for one part of many
