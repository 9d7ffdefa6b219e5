"""Passages: the paragraph-sized units of text that are counted, clustered and shown as evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dashboard.index.terms import count_words, tokenise

MIN_WORDS = 35
MAX_WORDS = 110
# A sentence ends at . ! ? or their CJK forms, with closing quotes, before white space.
_SENTENCE_END = re.compile(r"(?<=[.!?…][\"'”’)\]])\s+|(?<=[.!?…])\s+|(?<=[。！？])")


def split_sentences(text: str) -> list[str]:
    """Sentences of one paragraph; ``[]`` for blank text. Abbreviations may split early: harmless,
    as sentences are only the places where a long paragraph may be cut."""
    return [piece for piece in (s.strip() for s in _SENTENCE_END.split(text)) if piece]


def build_passages(paragraphs: Sequence[str]) -> list[str]:
    """Merge short paragraphs and cut long ones, so that passages hold about 35 to 110 words.

    Paragraphs within a passage stay apart by a newline. A run without sentence ends (a
    100,000-word line) is cut at spaces. No paragraph is lost; empty input gives ``[]``.
    """
    passages: list[str] = []
    held: list[str] = []
    n_held = 0
    for piece in _pieces(paragraphs):
        n_words = count_words(piece)
        if held and n_held + n_words > MAX_WORDS:
            passages.append("\n".join(held))
            held, n_held = [], 0
        held.append(piece)
        n_held += n_words
        if n_held >= MIN_WORDS:
            passages.append("\n".join(held))
            held, n_held = [], 0
    if held:
        rest = "\n".join(held)
        if passages and count_words(passages[-1]) + n_held <= MAX_WORDS:
            passages[-1] += "\n" + rest
        else:
            passages.append(rest)
    return passages


def _pieces(paragraphs: Sequence[str]) -> Iterator[str]:
    """Paragraphs of at most ``MAX_WORDS`` words, cut at sentence ends, else at spaces."""
    for paragraph in paragraphs:
        n_words = count_words(paragraph)
        if n_words <= MAX_WORDS:
            yield paragraph
            continue
        sentences = [p for s in split_sentences(paragraph) for p in _windows(s)]
        target = n_words / -(-n_words // MAX_WORDS)  # even parts read better than a short tail
        held: list[str] = []
        n_held = 0
        for sentence in sentences:
            n_sentence = count_words(sentence)
            if held and (n_held >= target or n_held + n_sentence > MAX_WORDS):
                yield " ".join(held)
                held, n_held = [], 0
            held.append(sentence)
            n_held += n_sentence
        if held:
            yield " ".join(held)


def _windows(sentence: str) -> Iterator[str]:
    """A sentence as it is, or windows of it when it alone is too long for a passage."""
    if count_words(sentence) <= MAX_WORDS:
        yield sentence
        return
    starts = [start for _, (start, _) in tokenise(sentence)][::MAX_WORDS]
    for start, end in pairwise([0, *starts[1:], len(sentence)]):
        yield sentence[start:end].strip()
