"""Word lists: text files beside this one, ``NAME_LANGUAGE.txt``, each with what it is for.

Those that are named here tell what never names a topic; they are English. The small words of
other languages come from stopwordsiso (``index.terms.small_words``).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

# "don't", "we'll", "o'clock"; and "l'", "dell'", which the token rule parts from what follows.
_CONTRACTION = re.compile(r".*n't|.*'(?:ll|re|ve|d|m|em|all|cause|clock|am|s|t|hui)?|'.*")


def _lines(file: str) -> list[str]:
    path = Path(__file__).parent / f"{file}.txt"
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@cache
def word_list(name: str, language: str) -> frozenset[str]:
    """The words of ``NAME_LANGUAGE.txt``, case folded; none where there is no such file. Words are
    separated by white space, and a line that begins with ``#`` is a comment."""
    words = (word for line in _lines(f"{name}_{language}") for word in line.split())
    return frozenset(word.casefold() for word in words)


def is_contraction(word: str) -> bool:
    """True for a small word that an apostrophe shortens, which "o'brien" isn't."""
    return "'" in word and _CONTRACTION.fullmatch(word) is not None


NEWS_WORDS = word_list("news_words", "en")
DATE_WORDS = word_list("date_words", "en")
EDGE_WORDS = word_list("edge_words", "en")
TITLE_WORDS = word_list("title_words", "en")
FURNITURE = word_list("furniture", "en")
NEEDS_COMPANY = word_list("needs_company", "en")
PREFIXES = word_list("prefixes", "en")
NOUNS_LIKE_ADJECTIVES = word_list("nouns_like_adjectives", "en")
LINK_WORDS = word_list("link_words", "en")
PARTICLES = word_list("particles", "en")
ADJECTIVE_ENDINGS = tuple(word_list("adjective_endings", "en"))
#: Adjective or people → place.
DEMONYMS = dict(pair.split() for pair in _lines("demonyms_en"))
