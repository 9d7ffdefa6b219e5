"""Phrases: how much of a sentence belongs to the one who is named in it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.text.quotations.sentences.clauses import Token
from dashboard.text.quotations.sentences.lexicon import SpeechWords
from dashboard.text.quotations.speakers.names import is_person
from dashboard.text.quotations.speakers.subjects import Phrase


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
