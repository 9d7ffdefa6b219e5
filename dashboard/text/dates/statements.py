"""Statements: whole sentences that say something, by which a reader learns what happened."""

from __future__ import annotations

import re
import zlib

from dashboard.text.dates.grammar import grammar_of
from dashboard.text.dates.letters import LETTER, finder
from dashboard.text.dates.tense import has_verb

FEWEST_WORDS, MOST_WORDS = 6, 70
_WHOLE = re.compile(r"[“\"'‘(„«—–-]*\s*[A-Z\d\u00c0-\u00de].*[.!…][\"'”’»)\]]*\s*", re.DOTALL)
_WORDS = finder(LETTER + r"{4,}|\d[\d.,]*\d\d|\d+[.,]\d+")
FIGURE, NAME = 2**31, 2**30
_STEM = 6  # letters of a word that are compared: a plural or another tense is the same word


def is_statement(sentence: str, language: str = "en") -> bool:
    """Whether a sentence is one by itself: whole, with a finite verb, neither a question nor the
    caption of a picture. False in a language without a grammar of dates."""
    grammar = grammar_of(language)
    if grammar is None or _WHOLE.fullmatch(sentence) is None:
        return False
    if not FEWEST_WORDS <= sentence.count(" ") + 1 <= MOST_WORDS:
        return False
    is_caption = grammar.caption.search(sentence.encode("utf-8", "replace")) is not None
    return not is_caption and has_verb(grammar, sentence)


def content_words(sentence: str) -> list[int]:
    """The different words of four letters or more, and figures that say more than a count, as
    numbers in order: what two sentences about the same event share. Endings don't count. ``FIGURE``
    and above: a figure; else with ``NAME``: written with a capital."""
    return sorted(set(map(_NUMBERS.__getitem__, _WORDS(sentence))))


class _Numbers(dict[str, int]):
    """Word → number of its stem. Made once a word, up to a bound."""

    def __missing__(self, word: str) -> int:
        is_figure = word[0].isdigit()
        stem = word if is_figure else word[:_STEM].casefold()
        number = zlib.crc32(stem.encode("utf-8", "surrogatepass")) % NAME
        number += FIGURE if is_figure else NAME * word[0].isupper()
        if len(self) < _MOST_KEPT:
            self[word] = number
        return number


_MOST_KEPT = 200_000
_NUMBERS = _Numbers()
