"""Dates of what lies behind a sentence: "the first visit since his election in March", "born in
1950", "a law of 1996". What it tells happened at another time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from dashboard.text.dates.grammar import Grammar, grammar_of
from dashboard.text.dates.words_before import BREAKS, WordsBefore, tokens_of, words_of

_WORD = re.compile(r"\s?([^\W\d_]+(?:[-’'][^\W\d_]+)*)")
#: Classes of words of which a sentence has one where a date hangs on something.
CUES = ("background", "sequel", "limit", "than", "of_birth")
_MARKS = ",;:("  # a phrase doesn't go over them
_TAIL = 180  # characters before a date that are read
_FARTHEST = 14  # tokens from a date to the word that it hangs on
#: As near to the news, what comes after something happens about when that does.
_NEAR_BY = frozenset({"day", "week", "weekend"})


def is_background(
    sentence: str,
    start: int,
    end: int,
    granularity: str,
    language: str = "en",
    *,
    has_cue: bool = True,
) -> bool:
    """Whether the date ``sentence[start:end]`` hangs on "since", "after", "before", "until" or
    "than" with what happened then, on "born", or belongs to a noun. "Since 2010" by itself is none:
    what is told began then. ``has_cue``: whether one of ``CUES`` stands in the sentence. False in a
    language without a grammar, or without words for it."""
    grammar = grammar_of(language)
    if grammar is None or "background" not in grammar.words:
        return False
    is_fine = granularity in _NEAR_BY
    if not is_fine and _is_of_a_noun(grammar, sentence, start, end):
        return True
    if not has_cue:
        return False
    if any(sentence.startswith(f", {word} ", end) for word in grammar.words["when"]):
        return False  # “… since his visit in October 2018, when he opened the bridge”
    ahead = sentence[max(0, start - _TAIL) : start]
    phrase = words_of(grammar, ahead[max(map(ahead.rfind, _MARKS)) + 1 :])
    if _cues(language).isdisjoint(phrase.small):
        return False
    return _is_of_a_birth(phrase) or _hangs(phrase, is_fine)


@cache
def _cues(language: str) -> frozenset[str]:
    grammar = grammar_of(language)
    if grammar is None:
        return frozenset()
    return frozenset().union(*(grammar.words.get(name, ()) for name in CUES))


def _is_content(phrase: WordsBefore, at: int) -> bool:
    """Whether the token there says what is dated, rather than leads over to the date."""
    leads = ("link", "part", "preposition")
    return phrase.small[at][0].isalnum() and not any(phrase.has(name, at) for name in leads)


def _hangs(phrase: WordsBefore, is_fine: bool) -> bool:
    """Whether a word of time leads over to the date, with what happened then between them."""
    last = len(phrase.tokens) - 1
    said = has_verb = False
    for at in range(last, max(last - _FARTHEST, -1), -1):
        token = phrase.small[at]
        if token in BREAKS:
            return False
        if phrase.has("future", at) and not phrase.has("limit", at):
            return False  # “since the seat will be empty in May” gives a reason
        if said and phrase.has("background", at):
            # “Has since said”; “the best month since 1987 in April”
            return not (phrase.has("perfect", at - 1) or phrase.small[at + 1][0].isdigit())
        if said and phrase.has("than", at):
            return not (phrase.has("no_base", at - 1) or _is_amount(phrase, at + 1))
        if said and (phrase.has("sequel", at) or phrase.has("limit", at)):
            if not phrase.has("end", at) and _is_length(phrase, at - 1):
                return True  # “two weeks after the vote on Friday”
            if is_fine or has_verb or _is_before_somebody(phrase, at):
                return False
            return _is_definite(phrase, range(at + 1, last + 1))
        if phrase.has("joining", at) and has_verb:
            return False  # “has slept since the race and left on Monday”
        has_verb |= phrase.is_verb(at)
        said = said or _is_content(phrase, at)
    return False


def _is_before_somebody(phrase: WordsBefore, at: int) -> bool:
    """ "Before the Senate in March" is a place; so is what has no preposition behind it: "before
    the panel last month"."""
    after = phrase.tokens[at + 1 : at + 3]
    is_name = any(token[:1].isupper() for token in after)
    is_loose = not phrase.has("preposition", len(phrase.small) - 1)
    return phrase.has("facing", at) and (is_name or is_loose)


def _is_length(phrase: WordsBefore, at: int) -> bool:
    """Whether a length of time ends there: "two weeks", "days", not "every day"."""
    counted = phrase.has("number", at - 1) or phrase.small[at].endswith("s")
    return phrase.has("unit", at) and counted


def _is_definite(phrase: WordsBefore, span: Iterable[int]) -> bool:
    """Whether it is something known: "his election", "the war", "Anna's death". "After a long
    illness in 2012" leaves the date to the sentence."""
    places = list(span)
    if phrase.has("definite", places[0]) or phrase.tokens[places[0]][:1].isupper():
        return True
    return any(phrase.small[at].endswith(("'s", "’s", "s'", "s’")) for at in places)


def _is_amount(phrase: WordsBefore, at: int) -> bool:
    """Whether a number follows "than": "more than 200 people died in"."""
    return not (at < len(phrase.small)) or (
        phrase.small[at].lstrip("$€£")[:1].isdigit()
        or phrase.has("number", at)
        or phrase.has("amount", at)
    )


def _is_of_a_birth(phrase: WordsBefore) -> bool:
    """ "Born in": what is told of whom came later. "She was born in" tells it."""
    at = len(phrase.small) - 1
    while at >= 0 and (phrase.has("preposition", at) or phrase.has("part", at)):
        at -= 1
    return phrase.has("of_birth", at) and not (at and phrase.is_verb(at - 1))


def _is_of_a_noun(grammar: Grammar, sentence: str, start: int, end: int) -> bool:
    """Whether a year stands between an article and its noun: "under a 1996 law". Not where the
    sentence tells what happened then: "in the 1976 ruling", "won the 2008 election"."""
    if sentence[end : end + 1] != " " or not sentence[end + 1 : end + 2].isalpha():
        return False
    follows = _WORD.match(sentence, end)
    if follows is None:
        return False
    words = grammar.words
    small = follows[1].casefold()
    if small in words["link"] or small in words["preposition"] or small in words["before_year"]:
        return False
    tokens = tokens_of(sentence[max(0, start - 60) : start])[-8:]
    if not tokens or grammar.kinds[follows[1]] in ("past", "present", "future", "to come"):
        return False
    own = tokens[-1].casefold()
    is_owned = own.endswith(("'s", "’s"))
    if not is_owned and own not in words["before_year_noun"] and own not in words["definite"]:
        return False
    before = tokens[:-1]
    if is_owned:  # of a name: “Obama’s 2008 election”
        while before and before[-1][:1].isupper():
            before.pop()
    if not before or before[-1].casefold() in words["setting"]:
        return False
    return grammar.kinds[before[-1]] != "past"
