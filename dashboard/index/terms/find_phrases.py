"""Phrases: runs of 2 to 5 tokens that read like names and are in several texts.

A phrase neither starts nor ends with a small word, a verb or adjective of ``EDGE_WORDS``, a number
or a date word, crosses no punctuation, and holds small words only between capitalised ones. A
small word before a hyphen belongs to what follows: "same-sex marriage", not "sex marriage"; so do
capitalised particles of names: "El Salvador".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import run_starts, sort_stably
from dashboard.index.terms.pairs import number_pairs
from dashboard.text.prepare import is_unspaced
from dashboard.text.token_arrays import TokenStream
from dashboard.text.unicode_form import APOSTROPHES
from dashboard.text.word_lists import DATE_WORDS, EDGE_WORDS, LINK_WORDS, NEWS_WORDS, PARTICLES

MAX_PHRASE = 5  # "Great Hall of the People"


@dataclass(frozen=True)
class Phrase:
    """tokens: word ids; texts: (n_uses,) ascending, the text of each use; surface: as written;
    is_name: capitalised in most uses."""

    tokens: tuple[int, ...]
    texts: NDArray[np.int32]
    surface: str
    is_name: bool


@dataclass(frozen=True)
class _Rule:
    """What a token can be in a phrase, (n_tokens,) each; ``link``: (n_words,)."""

    first: NDArray[np.bool_]
    last: NDArray[np.bool_]
    inner: NDArray[np.bool_]
    link: NDArray[np.bool_]


def find_phrases(stream: TokenStream, barred: NDArray[np.bool_], min_df: int) -> list[Phrase]:
    """Phrases in at least ``min_df`` texts, ordered by their words; ``barred``: (n_words,) small
    words and numbers, which neither begin nor end a phrase.

    A phrase is grown token by token, and only from starts whose run so far is itself in ``min_df``
    texts.
    """
    ids, n_words = stream.ids, len(stream.vocabulary)
    text, rule = stream.text_of_token(), _rule(stream, barred)
    capital = stream.shape > 0
    # A token that is joined to the one before stands in the same text; none follows the last.
    follows = np.append((stream.joined > 0) & (rule.last | rule.inner), False)
    starts = np.flatnonzero(rule.first & follows[1:])
    group: NDArray[Any] = ids[starts]
    holds_link = np.zeros(len(starts), dtype=bool)
    found: list[Phrase] = []
    for length in range(2, MAX_PHRASE + 1):
        last = starts + length - 1
        _, group = number_pairs(group, ids[last], text[starts], n_words, min_df)
        kept = group >= 0
        starts, last, group, holds_link = starts[kept], last[kept], group[kept], holds_link[kept]
        usable = rule.last[last] & (~holds_link | (capital[starts] & capital[last]))
        found += _describe(stream, text, rule.link, starts[usable], group[usable], length, min_df)
        grows = rule.inner[last] & follows[last + 1]
        starts, group = starts[grows], group[grows]
        holds_link = holds_link[grows] | rule.link[ids[last[grows]]]
    named = _leave_out_pairs(found, stream)
    return sorted(named, key=lambda phrase: phrase.tokens)


def _rule(stream: TokenStream, barred: NDArray[np.bool_]) -> _Rule:
    vocabulary, ids = stream.vocabulary, stream.ids
    link = np.asarray([w in LINK_WORDS for w in vocabulary], dtype=bool)
    # Between words of a script without spaces nothing tells a name from a sentence.
    never = np.asarray([w in DATE_WORDS or is_unspaced(w) for w in vocabulary], dtype=bool)
    # A plain verb or adjective can't be an edge; capitalised ("White House", "Great Hall") it can.
    plain = np.asarray([_bad_edge(w) for w in vocabulary], dtype=bool)
    small = (barred | link) & ~never & np.asarray([w[0].isalpha() for w in vocabulary], dtype=bool)
    last = ~(never | barred | link)[ids] & ~(plain[ids] & (stream.shape == 0))
    tied = np.append(stream.joined == 2, False)  # by a hyphen to the token before
    cut_off = tied[:-1] & np.append(False, (barred | link)[ids[:-1]])
    particle = np.asarray([w in PARTICLES for w in vocabulary], dtype=bool)
    opens_name = particle[ids] & (stream.shape == 1) & ~stream.initial
    first = (last & ~cut_off) | (small[ids] & tied[1:]) | opens_name
    return _Rule(first, last, (~barred | link)[ids], link)


def _bad_edge(word: str) -> bool:
    return word in EDGE_WORDS or word in NEWS_WORDS or word.endswith(("ly", "ed", "ing"))


def _describe(
    stream: TokenStream,
    text: NDArray[np.int32],
    link: NDArray[np.bool_],
    starts: NDArray[np.int64],
    group: NDArray[Any],
    length: int,
    min_df: int,
) -> list[Phrase]:
    """Equal runs gathered into phrases; those in fewer than ``min_df`` texts left out."""
    if not len(starts):
        return []
    group, order = sort_stably(group)
    starts = starts[order]
    first = run_starts(group)
    new_text = np.diff(text[starts], prepend=-1) != 0
    new_text[first] = True
    often = np.add.reduceat(new_text, first, dtype=np.int64) >= min_df
    kept = np.repeat(often, np.diff(first, append=len(group)))
    starts, group = starts[kept], group[kept]
    first = run_starts(group)
    if not len(first):
        return []
    uses = np.diff(first, append=len(group))
    capitals = np.ones(len(starts), dtype=bool)
    hyphens = []
    for i in range(length):
        capitals &= (stream.shape[starts + i] > 0) | link[stream.ids[starts + i]]
        n_hyphens = np.add.reduceat(stream.joined[starts + i] == 2, first, dtype=np.int64)
        hyphens.append((2 * n_hyphens > uses).tolist())
    # The first word of a sentence and words of a headline have their capital for free: a tenth.
    weight = np.where(stream.initial[starts + length - 1], 1, 10)
    is_name = 2 * np.add.reduceat(weight * capitals, first) >= np.add.reduceat(weight, first)
    tokens = [stream.ids[starts[first] + i].tolist() for i in range(length)]
    texts, ends = text[starts], np.append(first[1:], len(starts)).tolist()
    phrases = []
    rows = zip(zip(*tokens, strict=True), zip(*hyphens, strict=True), is_name.tolist(), strict=True)
    for row, (ids, hyphen, named) in enumerate(rows):
        words = [stream.surfaces[token] for token in ids]
        if named:
            words = [
                word.capitalize() if word.islower() and not link[token] else word
                for word, token in zip(words, ids, strict=True)
            ]
        surface = words[0]
        for word, joined in zip(words[1:], hyphen[1:], strict=True):
            surface += ("" if surface[-1] in APOSTROPHES else "-" if joined else " ") + word
        uses_of = texts[ends[row - 1] if row else 0 : ends[row]]
        phrases.append(Phrase(ids, uses_of, surface, named))
    return phrases


def _leave_out_pairs(phrases: Sequence[Phrase], stream: TokenStream) -> list[Phrase]:
    """Without pairs of names ("Putin and Xi") that mostly occur apart, unlike one name ("Belt and
    Road")."""
    both = {i for i, word in enumerate(stream.vocabulary) if word in ("and", "y")}
    count = stream.count()
    return [
        phrase
        for phrase in phrases
        if both.isdisjoint(phrase.tokens)
        or min(count[phrase.tokens[0]], count[phrase.tokens[-1]]) <= 2 * len(phrase.texts)
    ]
