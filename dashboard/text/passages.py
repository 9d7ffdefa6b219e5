"""Passages: the paragraph-sized units of text that are counted, clustered and shown as evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from dashboard.text.token_rule import tokenise
from dashboard.text.tokenise import count_each

MIN_WORDS = 35
MAX_WORDS = 110
# A sentence ends at . ! ? or their CJK forms, with closing quotes, before white space.
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]?\s+|[。！？]")

Piece = tuple[str, int]  # text, words


def rough_sentences(text: str) -> list[str]:
    """Sentences of one paragraph; ``[]`` for blank text. Abbreviations may split early: harmless,
    as sentences are only the places where a long paragraph may be cut."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    pieces = (text[a:b].strip() for a, b in pairwise([0, *ends, len(text)]))
    return [piece for piece in pieces if piece]


def split_passages(
    paragraphs: Iterable[Sequence[str]],
) -> tuple[list[str], NDArray[np.int64]]:
    """Merge short paragraphs and cut long ones, so that passages hold about 35 to 110 words.

    ``paragraphs`` holds those of each article. Gives the passages in order, and (n_passages,) the
    position of each one's article. Paragraphs within a passage stay apart by a newline. A run
    without sentence ends (a 100,000-word line) is cut at spaces. No paragraph is lost; empty input
    gives no passages.
    """
    articles = list(paragraphs)
    flat = list(chain.from_iterable(articles))
    n_words = count_each(flat).tolist()
    parts = _cut_long([text for text, n in zip(flat, n_words, strict=True) if n > MAX_WORDS])
    passages: list[str] = []
    n_passages = []
    counted = zip(flat, n_words, strict=True)
    for article in articles:
        before = len(passages)
        pieces: list[Piece] = []
        for _ in article:
            piece = next(counted)
            if piece[1] > MAX_WORDS:
                pieces += next(parts)
            else:
                pieces.append(piece)
        _merge(pieces, passages)
        n_passages.append(len(passages) - before)
    return passages, np.repeat(np.arange(len(articles)), np.asarray(n_passages, dtype=np.int64))


def _merge(pieces: list[Piece], passages: list[str]) -> None:
    """Add the passages of one article; a short rest goes to the passage before it if it fits."""
    held: list[str] = []
    n_held = n_last = 0
    first = len(passages)
    for text, n_words in pieces:
        if held and n_held + n_words > MAX_WORDS:
            passages.append("\n".join(held))
            held, n_held, n_last = [], 0, n_held
        held.append(text)
        n_held += n_words
        if n_held >= MIN_WORDS:
            passages.append("\n".join(held))
            held, n_held, n_last = [], 0, n_held
    if held:
        rest = "\n".join(held)
        if len(passages) > first and n_last + n_held <= MAX_WORDS:
            passages[-1] += "\n" + rest
        else:
            passages.append(rest)


def _cut_long(paragraphs: Sequence[str]) -> Iterator[list[Piece]]:
    """Pieces of at most ``MAX_WORDS`` words of each paragraph, cut at sentence ends, else at
    spaces. Words are counted once: no token crosses an end of a sentence."""
    whole = [rough_sentences(text) for text in paragraphs]
    lengths = iter(count_each(list(chain.from_iterable(whole))).tolist())
    for sentences in whole:
        counted = [(sentence, next(lengths)) for sentence in sentences]
        yield _join_evenly(counted)


def _join_evenly(sentences: list[Piece]) -> list[Piece]:
    n_words = sum(n for _, n in sentences)
    target = n_words / -(-n_words // MAX_WORDS)  # even parts read better than a short tail
    pieces: list[Piece] = []
    held: list[str] = []
    n_held = 0
    for sentence, n_sentence in chain.from_iterable(_windows(*s) for s in sentences):
        if held and (n_held >= target or n_held + n_sentence > MAX_WORDS):
            pieces.append((" ".join(held), n_held))
            held, n_held = [], 0
        held.append(sentence)
        n_held += n_sentence
    pieces.append((" ".join(held), n_held))
    return pieces


def _windows(sentence: str, n_words: int) -> list[Piece]:
    """A sentence as it is, or windows of it when it alone is too long for a passage."""
    if n_words <= MAX_WORDS:
        return [(sentence, n_words)]
    starts = [start for _, (start, _) in tokenise(sentence)][::MAX_WORDS]
    windows = [sentence[a:b].strip() for a, b in pairwise([0, *starts[1:], len(sentence)])]
    return list(zip(windows, count_each(windows).tolist(), strict=True))
