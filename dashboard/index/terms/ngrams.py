"""N-grams: runs of tokens that stand in several texts, exactly, in bounded memory.

A run stands in no more texts than its parts, so rare words are left out before pairs are counted,
rare pairs before triples. Pairs are counted by ranges of their first part, each by one sort.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import blocks, count_matrix, run_starts, sort_stably
from dashboard.text.token_arrays import read_tokens

BLOCK = 1 << 20


@dataclass(frozen=True)
class Ngrams:
    """vocabulary: n-grams in alphabetical order, tokens apart by a space; ``indptr, indices,
    data``: CSR counts, (n_texts, n_ngrams)."""

    vocabulary: list[str]
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    data: NDArray[np.int32]


def count_ngrams(
    texts: Iterable[str], ngram_range: tuple[int, int] = (1, 2), min_df: int = 5
) -> Ngrams:
    """Words (1, 1), words and pairs of neighbours (1, 2), or pairs (2, 2) that stand in at least
    ``min_df`` of the texts: what scikit-learn's ``CountVectorizer`` counts by the same token rule.

    Memory beyond the texts: some 40 bytes a token, the result included. Raises ``ValueError``
    for another range. Empty input gives an empty vocabulary.
    """
    if ngram_range not in ((1, 1), (1, 2), (2, 2)):
        raise ValueError(f"ngram_range is {ngram_range}; use (1, 1), (1, 2) or (2, 2)")
    stream = read_tokens(texts)
    text, n_texts = stream.text_of_token(), len(stream.offsets) - 1
    _, indices, _ = words = count_matrix(text, stream.ids, n_texts, len(stream.vocabulary))
    kept = np.bincount(indices, minlength=len(stream.vocabulary)) >= min_df
    names = [word for word, keep in zip(stream.vocabulary, kept, strict=True) if keep]
    number = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
    if ngram_range == (1, 1):
        return _drop_rare(words, number, names)
    ids = number[stream.ids]  # -1 for a rare word
    del stream, words, indices
    both = (ids[:-1] >= 0) & (ids[1:] >= 0) & (text[1:] == text[:-1])
    keys, pair = number_pairs(
        np.where(both, ids[:-1], np.int32(-1)), ids[1:], text[1:], len(names), min_df
    )
    pair = np.append(pair, np.full(min(len(ids), 1), -1, dtype=np.int32))  # no token after the last
    first, second = np.divmod(keys, max(len(names), 1))
    pairs = [f"{names[a]} {names[b]}" for a, b in zip(first.tolist(), second.tolist(), strict=True)]
    if ngram_range == (2, 2):
        with_pair = pair >= 0
        return Ngrams(pairs, *count_matrix(text[with_pair], pair[with_pair], n_texts, len(pairs)))
    # A space sorts before all that a token holds: "a" < "a b" < "a c" < "aa".
    of_word = np.arange(len(names)) + np.searchsorted(first, np.arange(len(names)))
    of_pair = np.arange(len(pairs)) + first + 1
    vocabulary = np.empty(len(names) + len(pairs), dtype=object)
    vocabulary[of_word], vocabulary[of_pair] = names, pairs
    return Ngrams(vocabulary.tolist(), *_count_both(text, ids, pair, of_word, of_pair, n_texts))


def number_pairs(
    first: NDArray[Any], second: NDArray[Any], text: NDArray[Any], n_second: int, min_df: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Number the pairs that stand in ``min_df`` texts or more.

    ``first``, ``second``, ``text``: (n,) of each occurrence, which a negative ``first`` leaves out;
    ``text`` ascends, ``second`` is below ``n_second``. Gives the keys ``first * n_second + second``
    of those pairs, ascending, and (n,) the position of each occurrence's key among them, -1 for a
    rarer pair.
    """
    numbers = np.full(len(text), -1, dtype=np.int32)
    found = [np.zeros(0, dtype=np.int64)]
    n_found = 0
    for at in _buckets(first):
        keys, order = sort_stably(first[at].astype(np.int64) * n_second + second[at])
        at = at[order]
        starts = run_starts(keys)
        new_text = np.diff(text[at], prepend=-1) != 0
        new_text[starts] = True
        frequent = np.add.reduceat(new_text, starts, dtype=np.int64) >= min_df
        of_run = np.where(frequent, n_found + np.cumsum(frequent) - 1, -1).astype(np.int32)
        numbers[at] = np.repeat(of_run, np.diff(starts, append=len(keys)))
        found.append(keys[starts[frequent]])
        n_found += len(found[-1])
    return np.concatenate(found), numbers


def _buckets(first: NDArray[Any]) -> Iterator[NDArray[np.int64]]:
    """Positions, ascending, of about ``BLOCK`` occurrences at a time: all those whose first part
    lies in one range, the lowest range first. So no bucket has to know of another."""
    counts = np.bincount(first + 1)
    counts[:1] = 0
    of_first = np.cumsum(counts) // BLOCK + 1
    of_first[:1] = 0
    bucket = of_first.astype(np.uint16)[first + 1]  # two bytes: sorted by radix
    order = np.argsort(bucket, kind="stable")
    ends = np.cumsum(np.bincount(bucket))
    yield from (at for at in np.split(order, ends)[1:] if len(at))


def _drop_rare(
    words: tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]],
    number: NDArray[np.int32],
    names: list[str],
) -> Ngrams:
    indptr, indices, data = words
    kept = number[indices] >= 0
    before = np.concatenate([[0], np.cumsum(kept)])
    return Ngrams(names, before[indptr], number[indices[kept]], data[kept])


def _count_both(
    text: NDArray[Any],
    ids: NDArray[np.int32],
    pair: NDArray[np.int32],
    of_word: NDArray[np.int64],
    of_pair: NDArray[np.int64],
    n_texts: int,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    n_cols = len(of_word) + len(of_pair)
    lengths = np.zeros(n_texts, dtype=np.int64)
    indices, data = [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=np.int32)]
    for part in blocks(text, BLOCK):
        cols = np.full((len(ids[part]), 2), -1, dtype=np.int32)
        for i, (numbers, column) in enumerate(((ids[part], of_word), (pair[part], of_pair))):
            known = numbers >= 0
            cols[known, i] = column[numbers[known]]
        used = cols.ravel() >= 0
        rows = np.repeat(text[part], 2)[used]
        start, stop = int(text[part.start]), int(text[part.stop - 1]) + 1
        indptr, *cells = count_matrix(rows - start, cols.ravel()[used], stop - start, n_cols)
        lengths[start:stop] = np.diff(indptr)
        indices.append(cells[0])
        data.append(cells[1])
    indptr = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return indptr, np.concatenate(indices), np.concatenate(data)
