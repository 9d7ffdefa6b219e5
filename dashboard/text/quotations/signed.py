"""Signed quotations: “…” — Ada Roy, mayor of Osterhaven; “…” Ada Roy, Osterhaven Post."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.text.quotations.sentences.clauses import DASHES, Token
from dashboard.text.quotations.sentences.lexicon import SpeechWords
from dashboard.text.quotations.speakers.names import is_person, split_titles
from dashboard.text.quotations.speakers.subjects import Phrase

_MOST_WORDS = 5  # of the paper that a name is followed by


def signature(tokens: Sequence[Token], first: int, words: SpeechWords) -> Phrase | None:
    """The full name that what was quoted is signed with, where ``tokens[first:]`` begin with one
    after a dash; or are nothing but a name, a comma and a paper."""
    dash = first < len(tokens) and tokens[first].text in DASHES
    first += dash
    if dash and first < len(tokens) and tokens[first].text[0].isdigit():
        ahead = range(first, min(first + 5, len(tokens)))  # “— 68-year-old Ada Roy”
        first = next((k for k in ahead if tokens[k].is_capital), first)
    end = first
    while end < len(tokens) and tokens[end].is_capital:
        end += 1
    _, parts = split_titles(" ".join(token.text for token in tokens[first:end]), words)
    if not is_person(parts, words):
        return None
    rest = tokens[end:]
    if dash:
        near = words["prepositions"]  # “— Ek of Ely”, “— Ek, speaking in Ely”
        goes_on = rest and rest[0].is_word and not rest[0].low.endswith("ing")
        goes_on = goes_on and rest[0].low not in near
        return None if goes_on else (first, end)
    paper = len(rest) > 1 and rest[0].text == "," and len(rest) <= _MOST_WORDS
    return (first, end) if paper and all(token.is_capital for token in rest[1:]) else None
