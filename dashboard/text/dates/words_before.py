"""The words before a date, and what class each is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from dashboard.text.dates.grammar import Grammar, grammar_of
from dashboard.text.dates.statements import content_words

_TOKEN = re.compile(r"[$€£]?\d[\d.,]*\d|[$€£]?\d|[^\W\d_]+(?:['’.-][^\W\d_]+)*|[^\w\s]")
#: At these a phrase is over.
BREAKS = frozenset(',;:()[]“”"—–!?…')


class WordsBefore(NamedTuple):
    """What stands before a date: ``tokens`` as written and in ``small`` letters."""

    grammar: Grammar
    tokens: Sequence[str]
    small: Sequence[str]

    def has(self, name: str, at: int) -> bool:
        """Whether the token there is in a class."""
        return 0 <= at < len(self.small) and self.small[at] in self.grammar.words.get(name, ())

    def is_verb(self, at: int) -> bool:
        """Whether it is a finite verb that tells what is or was."""
        return self.grammar.kinds_alone[self.tokens[at]] in ("past", "present")

    def is_past(self, at: int) -> bool:
        """Whether it tells of what was."""
        return self.grammar.kinds_alone[self.tokens[at]] == "past"


def tokens_of(text: str) -> list[str]:
    """Words, numbers and marks."""
    return _TOKEN.findall(text)


def words_of(grammar: Grammar, text: str) -> WordsBefore:
    """The words of a text."""
    tokens = tokens_of(text)
    return WordsBefore(grammar, tokens, [token.casefold() for token in tokens])


@cache
def cue_numbers(language: str, *names: str) -> frozenset[int]:
    """The words of these classes as ``content_words`` numbers them: for a quick look at a sentence,
    since most have none."""
    grammar = grammar_of(language)
    words = grammar.words if grammar else {}
    cues = {word for name in names for word in words.get(name, ())}
    return frozenset(n for cue in cues for form in (cue, cue.title()) for n in content_words(form))
