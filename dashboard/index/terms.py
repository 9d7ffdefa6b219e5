"""Terms: exact counts of words, and of the phrases that read like names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dashboard.index.stream import TokenStream, read_tokens
from dashboard.index.tokens import CJK
from dashboard.index.words import DATE_WORDS, EDGE_WORDS, LINK_WORDS, NEWS_WORDS

__all__ = ["TermTable", "TokenStream", "count_matrix", "count_terms", "read_tokens"]

MAX_PHRASE = 5  # "Great Hall of the People"


@dataclass(frozen=True)
class TermTable:
    """Words and phrases, one row each, words first in vocabulary order.

    Columns (all of length n_terms): term (counted form, words apart by a space), surface (the
    text's own casing), doc_freq (passages), count, is_stop, is_name (capitalised in most
    uses), is_inside (at least three in four of its uses lie in one longer phrase), tokens (word
    ids).
    ``indptr, indices, data``: CSR counts, (n_passages, n_terms).
    """

    term: list[str]
    surface: list[str]
    tokens: list[tuple[int, ...]]
    doc_freq: NDArray[np.int64]
    count: NDArray[np.int64]
    is_stop: NDArray[np.bool_]
    is_name: NDArray[np.bool_]
    is_inside: NDArray[np.bool_]
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    data: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.term)

    def take(self, order: NDArray[np.int64]) -> TermTable:
        """The same terms, counted over the passages ``order``."""
        lengths = np.diff(self.indptr)[order]
        indptr = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        cells = np.repeat(self.indptr[order] - indptr[:-1], lengths) + np.arange(indptr[-1])
        return replace(self, indptr=indptr, indices=self.indices[cells], data=self.data[cells])


def count_matrix(
    rows: NDArray[np.int64], cols: NDArray[np.int64], n_rows: int, n_cols: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """CSR counts of (row, column) pairs: ``indptr`` (n_rows + 1,), sorted ``indices``, ``data``."""
    keys, data = np.unique(rows * np.int64(max(n_cols, 1)) + cols, return_counts=True)
    indptr = np.searchsorted(keys, np.arange(n_rows + 1, dtype=np.int64) * max(n_cols, 1))
    indices = (keys % max(n_cols, 1)).astype(np.int32)
    return indptr.astype(np.int64), indices, data.astype(np.int32)


def count_terms(
    stream: TokenStream, stop_words: frozenset[str], min_phrase_df: int = 2
) -> TermTable:
    """Exact counts of all words, and of phrases of 2 to 5 words that read like names.

    A phrase neither starts nor ends with a stop word, a verb or adjective of ``EDGE_WORDS``, a
    number or a date word, crosses no punctuation, and holds small words only between capitalised
    ones; it stands in at least ``min_phrase_df`` texts. Empty input gives an empty table.
    """
    n_texts, n_words = len(stream.offsets) - 1, len(stream.vocabulary)
    text = stream.text_of_token()
    capital = _capital_share(stream, n_words)
    stop = np.asarray(
        [
            w in stop_words or w in NEWS_WORDS or w in DATE_WORDS or len(w) < 2 or "'" in w
            for w in stream.vocabulary
        ],
        dtype=bool,
    )
    numeric = np.asarray([not any(c.isalpha() for c in w) for w in stream.vocabulary], dtype=bool)
    function = np.asarray([w in stop_words or len(w) < 2 for w in stream.vocabulary], dtype=bool)
    phrases = _find_phrases(stream, text, function | numeric, min_phrase_df)
    rows = [text] + [p.texts for p in phrases]
    cols = [stream.ids.astype(np.int64)] + [
        np.full(len(p.texts), n_words + i, dtype=np.int64) for i, p in enumerate(phrases)
    ]
    n_terms = n_words + len(phrases)
    indptr, indices, data = count_matrix(
        np.concatenate(rows).astype(np.int64), np.concatenate(cols), n_texts, n_terms
    )
    count = np.bincount(indices, data, n_terms).astype(np.int64)
    tokens = [(i,) for i in range(n_words)] + [p.tokens for p in phrases]
    return TermTable(
        term=[" ".join(stream.vocabulary[t] for t in ids) for ids in tokens],
        surface=list(stream.surfaces) + [p.surface for p in phrases],
        tokens=tokens,
        doc_freq=np.bincount(indices, minlength=n_terms).astype(np.int64),
        count=count,
        is_stop=np.concatenate([stop | numeric, np.zeros(len(phrases), bool)]),
        is_name=np.concatenate([capital >= 0.5, np.asarray([p.is_name for p in phrases], bool)]),
        is_inside=_inside(tokens, count),
        indptr=indptr,
        indices=indices,
        data=data,
    )


@dataclass(frozen=True)
class _Phrase:
    tokens: tuple[int, ...]
    texts: NDArray[np.int64]
    surface: str
    is_name: bool


def _capital_share(stream: TokenStream, n_words: int) -> NDArray[np.float64]:
    """Share of a word's uses inside sentences that are capitalised (all uses when it has none)."""
    weight = np.where(stream.initial, 0.01, 1.0)
    total = np.bincount(stream.ids, weight, n_words)
    capital = np.bincount(stream.ids, weight * (stream.shape > 0), n_words)
    return np.divide(capital, total, out=np.zeros(n_words), where=total > 0)


def _find_phrases(
    stream: TokenStream,
    text: NDArray[np.int64],
    barred: NDArray[np.bool_],
    min_df: int,
) -> list[_Phrase]:
    vocabulary, ids = stream.vocabulary, stream.ids.astype(np.int64)
    if len(ids) < 2:
        return []
    link = np.asarray([w in LINK_WORDS for w in vocabulary], dtype=bool)
    # A plain verb or adjective can't be an edge; capitalised ("White House", "Great Hall") it can.
    edge_word = np.asarray([_bad_edge(w) for w in vocabulary], dtype=bool)
    edge_bad = (edge_word[ids] & (stream.shape == 0)) | barred[ids]
    edge_bad |= link[ids] | np.asarray([w in DATE_WORDS for w in vocabulary], dtype=bool)[ids]
    inner_bad = barred[ids] & ~link[ids]
    cjk = np.asarray([CJK.match(w) is not None for w in vocabulary], dtype=bool)
    edge_bad |= cjk[ids]
    found: list[_Phrase] = []
    n_words = np.int64(len(vocabulary))
    starts = np.arange(len(ids) - 1)
    key = ids[:-1]
    for length in range(2, MAX_PHRASE + 1):
        starts = starts[starts + length - 1 < len(ids)]
        last = starts + length - 1
        # The chain so far is unbroken; extend it by one joined token.
        alive = (stream.joined[last] > 0) & (text[last] == text[starts])
        if length > 2:
            alive &= ~inner_bad[last - 1]
        starts, last = starts[alive], last[alive]
        if not len(starts):
            break
        raw_key = key[starts] * n_words + ids[last]
        _, inverse = np.unique(raw_key, return_inverse=True)
        key = np.full(len(ids), -1, dtype=np.int64)
        key[starts] = inverse
        usable = ~edge_bad[starts] & ~edge_bad[last]
        if length > 2:  # a small word only stands between capitalised ones
            links = np.zeros(len(starts), dtype=bool)
            for inner in range(1, length - 1):
                links |= link[ids[starts + inner]]
            usable &= ~links | ((stream.shape[starts] > 0) & (stream.shape[last] > 0))
        found += _group_phrases(stream, text, starts[usable], inverse[usable], length, min_df)
    named = [p for p in found if not _is_pair(p, stream)]
    return sorted(named, key=lambda p: [vocabulary[t] for t in p.tokens])


def _is_pair(phrase: _Phrase, stream: TokenStream) -> bool:
    """Two names side by side ("Putin and Xi"), each at home alone, rather than one ("Belt and
    Road")."""
    if not any(stream.vocabulary[t] in ("and", "y") for t in phrase.tokens):
        return False
    alone = stream.count()[[phrase.tokens[0], phrase.tokens[-1]]]
    return bool((alone > 2 * len(phrase.texts)).all())


def _bad_edge(word: str) -> bool:
    return word in EDGE_WORDS or word in NEWS_WORDS or word.endswith(("ly", "ed", "ing"))


def _group_phrases(
    stream: TokenStream,
    text: NDArray[np.int64],
    starts: NDArray[np.int64],
    groups: NDArray[np.int64],
    length: int,
    min_df: int,
) -> list[_Phrase]:
    """Occurrences of equal token runs, gathered; those in fewer than ``min_df`` texts left out."""
    order = np.lexsort((starts, groups))
    starts, groups = starts[order], groups[order]
    if not len(starts):
        return []
    bounds = np.flatnonzero(np.diff(groups)) + 1
    phrases = []
    for block in np.split(starts, bounds):
        texts = text[block]
        if len(block) < min_df or len(np.unique(texts)) < min_df:
            continue
        tokens = tuple(int(t) for t in stream.ids[block[0] : block[0] + length])
        inner = [t for t in tokens if stream.vocabulary[t] not in LINK_WORDS]
        shapes = np.stack([stream.shape[block + i] > 0 for i in range(length)])
        content = [i for i, t in enumerate(tokens) if t in inner]
        # The first word of a sentence and words of a headline have their capital for free.
        weight = np.where(stream.initial[block + length - 1], 0.1, 1.0)
        is_name = bool(np.average(shapes[content].all(axis=0), weights=weight) >= 0.5)
        surface = ""
        for i, token in enumerate(tokens):
            word = stream.surfaces[token]
            if is_name and i in content and word.islower():
                word = word.capitalize()
            hyphen = i and (stream.joined[block + i] == 2).mean() > 0.5
            surface += ("-" if hyphen else " ") + word
        surface = surface.strip()
        phrases.append(_Phrase(tokens, texts, surface, is_name))
    return phrases


def _inside(tokens: Sequence[tuple[int, ...]], count: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Terms that hardly occur outside one longer phrase: "Jinping" beside "Xi Jinping"."""
    position = {t: i for i, t in enumerate(tokens)}
    inside = np.zeros(len(tokens), dtype=bool)
    for i, phrase in enumerate(tokens):
        for length in range(1, len(phrase)):
            for start in range(len(phrase) - length + 1):
                part = position.get(phrase[start : start + length])
                if part is not None and count[i] >= 0.75 * count[part]:
                    inside[part] = True
    return inside
