"""Stop words: those that can't tell what a text is about."""

from __future__ import annotations

from collections.abc import Collection

from dashboard.text.prepare import is_lone_letter
from dashboard.text.word_lists import DATE_WORDS, NEWS_WORDS, is_contraction


def is_stop_word(word: str, small: Collection[str]) -> bool:
    """Whether a word can't tell what a text is about: a word of ``small`` (see ``small_words``), of
    news writing or of dates, a single letter, a contraction, a number."""
    return (
        word in small
        or word in NEWS_WORDS
        or word in DATE_WORDS
        or is_lone_letter(word)
        or is_contraction(word)
        or not any(c.isalpha() for c in word)
    )
