"""Phrases: how much of a sentence belongs to the one who is named in it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.text.quotations.sentences.clauses import Token
from dashboard.text.quotations.sentences.lexicon import SpeechWords
from dashboard.text.quotations.speakers.names import People, Place, is_person
from dashboard.text.quotations.speakers.noun_phrases import Phrase


def whole(
    tokens: Sequence[Token],
    core: Sequence[Token],
    head: int | None,
    name: str,
    written: str,
    words: SpeechWords,
) -> str:
    """A name with “of …” where that belongs to it: the Ministry of Defence."""
    if head and tokens[head].low in ("of", "for") and core[0].low in ("the", "a"):
        return written
    if head and tokens[head].low == "of" and head + 1 < len(tokens) and tokens[head + 1].is_capital:
        after = [token.low for token in tokens[head + 1 :]]
        alone = words["of_bodies"].isdisjoint(after) and words["and"].isdisjoint(after)
        return name if alone and is_person(name.split(), words) else written  # “Ada Roy of Ohio”
    return name


def written_of(tokens: Sequence[Token]) -> str:
    """Tokens as a text."""
    return " ".join(token.text for token in tokens)


def with_name(tokens: Sequence[Token], phrase: Phrase) -> int:
    """Where a phrase ends with the name in apposition to a description, if one follows."""
    a, b = phrase
    if tokens[b - 1].is_capital or b + 1 >= len(tokens) or tokens[b].text != ",":
        return b
    end = b + 1
    while end < len(tokens) and tokens[end].is_capital and not tokens[end].is_possessive:
        end += 1
    closed = end == len(tokens) or not tokens[end].is_word
    return end if b + 3 <= end <= b + 5 and closed and b - a <= 6 else b


def described_as(
    core: Sequence[Token],
    tokens: Sequence[Token],
    written: str,
    place: Place,
    people: People,
    words: SpeechWords,
) -> str:
    """Whom “the paper”, “the mayor” or “the Ohio Republican” means; ``written`` where the text does
    not tell. ``core``: the phrase up to its first preposition."""
    last = core[-1].low
    definite = core[0].low in words["the"]
    entire = len(core) == len(tokens)  # not “the site of the ministry”
    if last in words["the_outlet"] and definite and len(core) <= 2 and entire:
        outlet = people.outlet_before(place)
        fits = last not in words["the_agency"] or outlet.casefold() in words.agencies
        return outlet if outlet and fits else written
    if definite or core[0].is_capital:
        lows = [t.low for t in core]
        rest = lows[1:] if definite else lows
        alone = rest[-1] if rest and last not in words["parties"] else ""
        for described in (" ".join(rest), " ".join(rest[-2:]), alone):
            if described and (name := people.titled_before(described, place)):
                return name
    return written
