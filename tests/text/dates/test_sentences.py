"""Dates in sentences written for this test: every kind, and what only looks like one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.text.dates import grammar, tense
from dashboard.text.dates.find import Reader
from dashboard.text.dates.grammar import FOLDER, Kinds, grammar_of
from dashboard.text.dates.statements import content_words

MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")


def sentences(language: str) -> list[tuple[dt.date | None, str, list[tuple[str, str]]]]:
    """Article's day, sentence without the marks, what is a date in it with its value."""
    lines = (Path(__file__).parent / f"sentences_{language}.txt").read_text("utf-8").splitlines()
    found = []
    for line in lines:
        if line and not line.startswith("#"):
            day, _, text = line.partition(" ")
            anchor = None if day == "-" else dt.date.fromisoformat(day)
            found.append((anchor, MARK.sub(r"\1", text), MARK.findall(text)))
    return found


def read(anchor: dt.date | None, text: str, language: str) -> list[tuple[str, str]]:
    dates = Reader(anchor, language).read(text)
    return [(text[d.start : d.end], d.value.value) for d in dates]


@pytest.mark.parametrize(
    ("anchor", "text", "expected"), sentences("en"), ids=lambda v: v if isinstance(v, str) else ""
)
def test_english(anchor: dt.date | None, text: str, expected: list[tuple[str, str]]) -> None:
    assert read(anchor, text, "en") == expected


@pytest.mark.parametrize("language", [path.parent.name for path in FOLDER.glob("*/patterns.txt")])
def test_every_pattern_is_one(language: str) -> None:
    """They are compiled when they are first needed, which may be never."""
    patterns = grammar_of(language).by_start
    assert len(patterns._rules) > 20
    for start in patterns._rules:
        pattern, groups = patterns[start]
        assert {*groups} <= {*pattern.groupindex}
    assert patterns["no such word"] is patterns["#"]


# What a date begins and goes on with, in whatever order and script.
WORDS = """
- – / . , ; “ ’ ' ( s th the The in In last this May may mid Sept. Sun Tuesday week weeks year ago
two a first quarter Q3 19th century spring of early 5 16 1999 2024 20240 ٢ ١٩٩٩ 90s é İ 9/11
Christmas same later that day met will be to St. Day
""".split()
SPACES = ["\n", "\u00a0", "\x1c", *12 * [" "]]
PIECES = st.sampled_from([*WORDS, *SPACES, "\ud800", "half a", "is going"])
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@given(TEXTS)
def test_no_place_of_a_date_is_missed(text: str) -> None:
    english = grammar_of("en")

    def dates(places: Iterable[tuple[int, str]]) -> list[tuple[int, int]]:
        heads = [(at, head.partition(" ")[0].casefold().rstrip(".")) for at, head in places]
        found = [english.by_start[head][0].match(text, at) for at, head in heads]
        return [match.span() for match in found if match]

    every = english.places._starts.finditer(f" {text}")
    assert dates(english.places.of(text)) == dates((m.start(), m[1]) for m in every)


@given(TEXTS)
def test_a_verb_is_found_wherever_it_stands(text: str) -> None:
    english = grammar_of("en")
    for begin in range(0, len(text), 7):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(tense, "_BEGIN", begin)
            found = tense.has_verb(english, text)
            patched.setattr(tense, "_BEGIN", 0)
            assert tense.has_verb(english, text) == found


def test_a_word_is_the_same_verb_however_many_were_read_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(grammar, "_MOST_KINDS", 1)
    kinds = Kinds(grammar_of("en").words)
    words = ["house", "voted", "will", "voted", "be", "is", "Voted"]
    assert [kinds[word] for word in words] == ["", "past", "future", "past", "be", "to come", ""]
    assert len(kinds) == 1


@given(TEXTS)
def test_ascii_is_read_as_other_text_is(text: str) -> None:
    """What isn't ASCII takes another way; a sign of no meaning makes it so."""
    text = text.encode("ascii", "ignore").decode()
    assert content_words(text) == content_words(f"{text} †")
    assert tense._tokens(text) == tense._tokens(f"{text} †")


def test_passages_are_read_as_their_sentences_one_by_one() -> None:
    anchor = dt.date(2024, 5, 16)
    texts = [text for _, text, _ in sentences("en")]
    passages = [texts[i : i + 4] for i in range(0, len(texts), 4)]
    ends = [np.cumsum([len(text) + 1 for text in passage]).tolist() for passage in passages]
    spans = [
        [(end - 1 - len(text), end - 1) for text, end in zip(passage, own, strict=True)]
        for passage, own in zip(passages, ends, strict=True)
    ]
    whole, single = Reader(anchor), Reader(anchor)
    joined = ["", *map(" ".join, passages), "  "]
    found = {(p, s): dates for p, s, dates in whole.read_passages(joined, [[], *spans, []])}
    assert len(found) > 50
    for number, passage in enumerate(passages, 1):
        for place, text in enumerate(passage):
            assert found.get((number, place), []) == single.read(text), text
    assert not [*Reader(anchor).read_passages([], [])]
    assert not [*Reader(anchor, "xx").read_passages(joined, [[], *spans, []])]


def test_the_fixture_is_large_enough() -> None:
    assert sum(len(expected) for _, _, expected in sentences("en")) >= 120
