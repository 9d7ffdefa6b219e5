"""Terms: exact counts of words, and of the phrases that read like names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import count_matrix, join_rows
from dashboard.index.terms.find_phrases import find_phrases
from dashboard.index.terms.stop_words import is_stop_word
from dashboard.text.prepare import is_lone_letter
from dashboard.text.token_arrays import TokenStream, read_tokens
from dashboard.text.token_flags import capital_weight, is_capitalised

__all__ = [
    "TermTable",
    "TokenStream",
    "count_matrix",
    "count_terms",
    "read_tokens",
]


@dataclass(frozen=True)
class TermTable:
    """Words and phrases, one row each, words first in vocabulary order.

    Columns (all of length n_terms): term (counted form, words apart by a space), surface (the
    text's own casing), unit_freq (units with the term: passages where a fit reads these, else whole
    articles), count, is_stop, is_name (capitalised in most uses), is_inside (at least three in four
    of its uses are in one longer phrase), tokens (word ids).
    ``indptr, indices, data``: CSR counts, (n_units, n_terms).
    """

    term: list[str]
    surface: list[str]
    tokens: list[tuple[int, ...]]
    unit_freq: NDArray[np.int64]
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
        """The same terms, counted over the units ``order``."""
        lengths = np.diff(self.indptr)[order]
        indptr = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        cells = np.repeat(self.indptr[order] - indptr[:-1], lengths) + np.arange(indptr[-1])
        return replace(self, indptr=indptr, indices=self.indices[cells], data=self.data[cells])


def count_terms(
    stream: TokenStream, stop_words: frozenset[str], min_phrase_df: int = 2
) -> TermTable:
    """Exact counts of all words, and of the phrases that read like names (see ``find_phrases``) and
    are in at least ``min_phrase_df`` texts. Empty input gives an empty table."""
    vocabulary, n_texts = stream.vocabulary, len(stream.offsets) - 1
    n_words = len(vocabulary)
    function = np.asarray([w in stop_words or is_lone_letter(w) for w in vocabulary], dtype=bool)
    numeric = np.asarray([not any(map(str.isalpha, w)) for w in vocabulary], dtype=bool)
    stop = np.asarray([is_stop_word(w, stop_words) for w in vocabulary], dtype=bool)
    phrases = find_phrases(stream, function | numeric, min_phrase_df)
    n_terms = n_words + len(phrases)
    of_phrase = np.repeat(
        np.arange(n_words, n_terms, dtype=np.int32), [len(p.texts) for p in phrases]
    )
    texts = np.concatenate([np.zeros(0, np.int32), *(p.texts for p in phrases)])
    indptr, indices, data = join_rows(
        count_matrix(stream.text_of_token(), stream.ids, n_texts, n_terms),
        count_matrix(texts, of_phrase, n_texts, n_terms),
    )
    count = np.bincount(indices, data, n_terms).astype(np.int64)
    tokens = [*((i,) for i in range(n_words)), *(p.tokens for p in phrases)]
    return TermTable(
        term=[*vocabulary, *(" ".join([vocabulary[t] for t in p.tokens]) for p in phrases)],
        surface=[*stream.surfaces, *(p.surface for p in phrases)],
        tokens=tokens,
        unit_freq=np.bincount(indices, minlength=n_terms),
        count=count,
        is_stop=np.concatenate([stop, np.zeros(len(phrases), bool)]),
        is_name=np.concatenate([_is_name(stream), np.asarray([p.is_name for p in phrases], bool)]),
        is_inside=_inside(tokens, count),
        indptr=indptr,
        indices=indices,
        data=data,
    )


def _is_name(stream: TokenStream) -> NDArray[np.bool_]:
    """(n_words,) whether a word is written as a name: see ``is_capitalised``."""
    n_words = len(stream.vocabulary)
    total, capital = (
        capital_weight(
            np.bincount(stream.ids[uses], minlength=n_words),
            np.bincount(stream.ids[uses & stream.initial], minlength=n_words),
        )
        for uses in (np.ones(len(stream.ids), dtype=bool), stream.shape > 0)
    )
    return is_capitalised(capital, total)


def _inside(tokens: Sequence[tuple[int, ...]], count: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Terms that hardly occur outside one longer phrase: "Jinping" beside "Xi Jinping"."""
    phrases = [(i, ids) for i, ids in enumerate(tokens) if len(ids) > 1]
    position = {ids: i for i, ids in phrases}
    uses = count.tolist()
    inside = np.zeros(len(tokens), dtype=bool)
    for i, phrase in phrases:
        parts = list(phrase)  # a word's id is its row
        for length in range(2, len(phrase)):
            for start in range(len(phrase) - length + 1):
                part = position.get(phrase[start : start + length])
                if part is not None:
                    parts.append(part)
        for part in parts:
            if uses[i] >= 0.75 * uses[part]:
                inside[part] = True
    return inside
