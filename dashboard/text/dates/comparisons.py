"""Dates that something is compared with: "than a year ago", "up 60% from the same period of 2019".
What is told happened later."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from dashboard.text.dates.grammar import grammar_of

_TOKEN = re.compile(r"[$€£]?\d[\d.,]*\d|[$€£]?\d|%|[^\W\d_]+(?:['’.-][^\W\d_]+)*|[^\w\s]")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_MOST = 9  # tokens between a word of comparison and its date
_CHANGE = 9  # tokens before that word that may say what changed
_TAIL = 160  # characters before a date that are read
Words = Mapping[str, frozenset[str]]


def is_base(sentence: str, start: int, end: int, language: str = "en") -> bool:
    """Whether the date ``sentence[start:end]`` is one that something is compared with: it comes
    after "than" or "compared with", in "the same period", after what changed and "from" or "since",
    or its level is named. False in a language without a grammar, or without words for it."""
    grammar = grammar_of(language)
    if grammar is None or "than" not in grammar.words:
        return False
    words = grammar.words
    ahead = sentence[max(0, start - _TAIL) : start].casefold()
    behind = sentence[end : end + 30].casefold()
    if not any(cue in ahead for cue in _cues(language)) and not any(
        word in behind for word in words["level"]
    ):
        return False
    after = _TOKEN.findall(behind)[:2]
    if any(
        word in words["level"] for word in after[:1] + after[1:] * (after[:1] in (["'"], ["’"]))
    ):
        return True
    if after[:1] == [","] and after[1:] and after[1] in words["when"]:
        return False
    tail = _TOKEN.findall(ahead)
    own = _TOKEN.findall(sentence[start:end].casefold())
    is_span = bool(own) and own[-1] in words["span_end"]
    has_number = has_end = False
    for n in range(1, min(_MOST, len(tail)) + 1):
        at = len(tail) - n
        word, pair = tail[at], " ".join(tail[at : at + 2])
        before = tail[at - 1] if at else ""
        is_time = word in words["same_time"]
        if is_time and not words["same"].isdisjoint(tail[max(0, at - 2) : at]):
            return True
        if word in words["than"]:
            is_hedge = n == 1 and is_span and before in words["hedge"]
            return not (has_number or is_hedge or before in words["no_base"])
        if pair in words["comparing"] or word in words["comparing"]:
            return True
        if word in words["from"]:
            if has_end:  # "from 45 million in 2005 to 42 million in 2013": the second is told
                return False
            is_former = is_span or not words["former"].isdisjoint(own)
            return at > 0 and (has_number or (is_former and _changed(tail[:at], words)))
        if word in words["since"]:
            return _changed(tail[:at], words) or _is_utmost(tail[:at], words)
        has_end |= word in words["to"]
        if _is_amount(word, words):
            has_number = True
        elif not (
            is_time
            or word in words["link"]
            or (word.isalpha() and at > 0 and _is_amount(before, words))  # "1,200 arrests"
        ):
            return False
    return False


@cache
def _cues(language: str) -> list[str]:
    """A word of every comparison that stands before a date."""
    grammar = grammar_of(language)
    words = grammar.words if grammar else {}
    named = {word for name in ("than", "from", "since", "same_time") for word in words[name]}
    return sorted(named | {word.partition(" ")[0] for word in words["comparing"]})


def _is_amount(word: str, words: Words) -> bool:
    """Whether it is a number that is no year, or "percent" behind one."""
    return word in words["share"] or (word[-1].isdigit() and not _YEAR.fullmatch(word))


def _changed(before: list[str], words: Words) -> bool:
    """Whether a number or a word of change stands in the clause."""
    for word in reversed(before[-_CHANGE:]):
        if word in (",", ";", ":", "—", "–", "(", "“"):
            return False
        if word in words["share"] or word in words["change"]:
            return True
    return False


def _is_utmost(before: list[str], words: Words) -> bool:
    """Whether something is the highest or the first."""
    return any(
        word in words["utmost"] or (word.endswith("est") and len(word) > 4)
        for word in before[-_CHANGE:]
    )
