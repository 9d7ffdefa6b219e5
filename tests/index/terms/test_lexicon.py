"""The lexicon: numbers that stay, and words that are the same whoever summed them."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.index.building.lexicon_build import grown_lexicon, new_lexicon
from dashboard.index.terms.lexicon import NOT_ANALYSED, Lexicon, Words, merge_words, pack_lexicon

LETTERS = "ab\x7fé\u07ff\uffff😀\U0010ffff"
WORD = st.text(LETTERS, min_size=1, max_size=4) | st.sampled_from(["a\ud800", "\udfff"])
RUNS = st.lists(st.sets(WORD, max_size=6), max_size=4)


def words_of(uses: list[tuple[str, str]]) -> Words:
    """Words of (word, surface) pairs, one article each."""
    count = Counter(word for word, _ in uses)
    forms = {word: Counter(s for w, s in uses if w == word) for word in count}
    word = sorted(count)
    surface = [min(forms[w], key=lambda s: (-forms[w][s], s)) for w in word]
    n = np.asarray([count[w] for w in word], dtype=np.int64)
    capital = [100 * sum(m for s, m in forms[w].items() if s[:1].isupper()) for w in word]
    weight = [10 * forms[w][s] for w, s in zip(word, surface, strict=True)]
    return Words(word, surface, np.asarray(weight, dtype=np.int64),
                 np.asarray(capital, dtype=np.int64), 100 * n, n, n)  # fmt: skip


def lexicon_of(runs: list[list[str]]) -> Lexicon:
    """A lexicon of runs of words, with a phrase after the first."""
    terms, bounds, phrases = [], [], {}
    for number, run in enumerate(runs):
        bounds.append((len(terms), len(terms) + len(run)))
        terms += sorted(run)
        if number == 0 and len(run) > 1:
            phrases[len(terms)] = [0, 1]
            terms.append(f"{terms[0]} {terms[1]}")
    zeros = np.zeros(len(terms), dtype=np.int64)
    flags = zeros.astype(np.uint8)
    return Lexicon(pack_lexicon(terms, terms, flags, zeros, zeros, bounds, phrases, zeros[:0]))


@given(RUNS, WORD)
def test_words_and_prefixes_are_found_in_whatever_run(parts, wanted) -> None:
    runs: list[list[str]] = []
    for part in parts:
        runs.append(sorted(part - {word for run in runs for word in run}))
    lexicon = lexicon_of(runs)
    words = [word for run in runs for word in run]
    terms = list(lexicon.terms)
    for word in {*words, wanted, wanted[:1], ""}:
        assert lexicon.find(word) == (terms.index(word) if word in words else -1)
        found = lexicon.find_prefix(word)
        assert sorted(terms[i] for i in found) == sorted(w for w in words if w.startswith(word))
    asked = [*words, "nowhere", wanted]
    assert lexicon.numbers(asked).tolist() == [lexicon.find(word) for word in asked]


USES = st.lists(
    st.sampled_from([("us", "US"), ("us", "us"), ("a", "A"), ("a", "a"), ("b", "b")]), max_size=8
)


@given(st.lists(USES, max_size=5), st.randoms(use_true_random=False))
def test_words_are_the_same_in_whatever_order_parts_come(parts, random) -> None:
    merged = merge_words(map(words_of, parts))
    shuffled = parts.copy()
    random.shuffle(shuffled)
    other = merge_words(map(words_of, shuffled))
    assert (other.word, other.surface) == (merged.word, merged.surface)
    for name in ("weight", "capital", "total", "doc_freq", "count"):
        assert getattr(other, name).tolist() == getattr(merged, name).tolist(), name
    count = Counter(word for part in parts for word, _ in part)
    assert dict(zip(merged.word, merged.count.tolist(), strict=True)) == count
    assert merged.word == sorted(merged.word)


@given(st.lists(USES, min_size=1, max_size=4))
def test_a_grown_lexicon_keeps_its_numbers(parts) -> None:
    lexicon = Lexicon(new_lexicon(words_of(parts[0]), frozenset("b"), {}))
    for part in parts[1:]:
        words = words_of(part)
        arrays, numbers = grown_lexicon(lexicon, words, frozenset("b"), {})
        grown = Lexicon(arrays)
        assert list(grown.terms)[: len(lexicon)] == list(lexicon.terms)
        assert [grown.terms[n] for n in numbers] == words.word
        assert all(first < last for first, last in grown.runs.tolist()[1:])
        column = {n: c for c, n in enumerate(grown.analysed.tolist())}
        assert grown.analysis.tolist() == [column.get(n, NOT_ANALYSED) for n in range(len(grown))]
        lexicon = grown
    assert sorted(lexicon.terms) == sorted({w for part in parts for w, _ in part})


def test_words_of_additions_beyond_the_last_column_are_not_analysed(monkeypatch) -> None:
    monkeypatch.setattr("dashboard.index.building.lexicon_build.MOST_ANALYSED", 3)
    lexicon = lexicon_of([])
    words = words_of([(f"word{n}", f"word{n}") for n in range(5) for _ in range(n + 1)])
    arrays, _ = grown_lexicon(lexicon, words, frozenset(), {})
    grown = Lexicon(arrays)
    assert [grown.terms[n] for n in grown.analysed] == ["word2", "word3", "word4"]
    arrays, _ = grown_lexicon(grown, words_of([("more", "more")] * 9), frozenset(), {})
    assert len(Lexicon(arrays).analysed) == 3
