"""Terms: the token rule, exact counts (scikit-learn is the oracle), phrases."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer

from dashboard.index.terms.fit_terms import count_terms
from dashboard.text.token_arrays import read_tokens
from dashboard.text.token_rule import count_words, tokenise

TEXTS = [
    "Xi Jinping met Putin. The Belt and Road Forum marked 10 years of the Belt and Road.",
    "The U.S. and the US agree: Putin's trade isn't “no-limits” trade.",
    "Putin and Xi met at the Great Hall of the People. Xi and Putin talked of 1,036 cars.",
    "A ceremony outside the Great Hall of the People; Xi Jinping stood beside Putin.",
]


def words(text):
    return [token for token, _ in tokenise(text)]


def oracle(texts):
    """Words and their counts by scikit-learn, to which texts without a word are an error."""
    vectorizer = CountVectorizer(analyzer=words)
    try:
        counts = vectorizer.fit_transform(texts).toarray()
    except ValueError:
        return [], np.zeros((len(texts), 0), dtype=int)
    return sorted(vectorizer.vocabulary_), counts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Putin’s no-limits", ["putin", "no", "limits"]),
        ("the U.S. and US told us", ["the", "US", "and", "US", "told", "us"]),
        ("don't 1,036 42nd", ["don't", "1,036", "42nd"]),
        ("snake_case e-mail", ["snake", "case", "e", "mail"]),
        ("Überraschung ŁÓDŹ", ["überraschung", "łódź"]),
        ("हिन्दी समाचार", ["हिन्दी", "समाचार"]),
        ("北京大学 News", ["北京", "大学", "news"]),
        ("", []),
        ("!!! — …", []),
    ],
)
def test_token_rule(text, expected):
    assert words(text) == expected


@given(st.text(max_size=200))
def test_spans_hold_their_tokens(text):
    for _, (start, end) in tokenise(text):
        assert 0 <= start < end <= len(text)
    assert count_words(text) == len(tokenise(text))


@given(st.lists(st.text(max_size=60), max_size=6))
def test_words_are_counted_as_count_vectorizer_does(texts):
    table = count_terms(read_tokens(texts), frozenset())
    n_words = len(read_tokens(texts).vocabulary)
    vocabulary, expected = oracle(texts)
    dense = np.zeros((len(texts), len(table)), dtype=int)
    rows = np.repeat(np.arange(len(texts)), np.diff(table.indptr))
    dense[rows, table.indices] = table.data
    assert table.term[:n_words] == vocabulary
    assert (dense[:, :n_words] == expected).all()


def test_phrases_read_like_names():
    table = count_terms(read_tokens(TEXTS), ENGLISH_STOP_WORDS)
    phrases = {
        t: s for t, s, k in zip(table.term, table.surface, table.tokens, strict=True) if len(k) > 1
    }
    assert phrases["great hall of the people"] == "Great Hall of the People"
    assert phrases["xi jinping"] == "Xi Jinping"
    assert "putin and xi" not in phrases  # two names side by side
    assert [p for p in phrases if p.startswith(("the ", "of "))] == []
    assert [p for p in phrases if p.endswith((" the", " of"))] == []


def test_parts_of_one_phrase_are_marked_inside():
    table = count_terms(read_tokens(TEXTS), ENGLISH_STOP_WORDS)
    inside = {t for t, i in zip(table.term, table.is_inside, strict=True) if i}
    assert {"jinping", "hall", "people"} <= inside
    assert "putin" not in inside


def test_the_country_is_no_pronoun():
    table = count_terms(read_tokens(["The US acts on US banks. They told us."]), ENGLISH_STOP_WORDS)
    stop = dict(zip(table.term, table.is_stop, strict=True))
    assert not stop["US"]
    assert stop["us"]


def test_take_keeps_the_counts_of_each_text():
    table = count_terms(read_tokens(TEXTS), ENGLISH_STOP_WORDS)
    turned = table.take(np.asarray([3, 1, 0, 2]))
    for new, old in enumerate([3, 1, 0, 2]):
        a = slice(turned.indptr[new], turned.indptr[new + 1])
        b = slice(table.indptr[old], table.indptr[old + 1])
        assert (turned.indices[a] == table.indices[b]).all()
        assert (turned.data[a] == table.data[b]).all()


def test_split_parts_bodies_from_headlines():
    bodies, titles = read_tokens(["one two", "three", "Two Words"], 2).split(2)
    assert [bodies.vocabulary[i] for i in bodies.ids] == ["one", "two", "three"]
    assert [titles.vocabulary[i] for i in titles.ids] == ["two", "words"]
    assert titles.initial.all()
