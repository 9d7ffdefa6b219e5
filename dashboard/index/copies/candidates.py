"""Which pairs of articles are worth comparing: those whose samples share enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import is_in, run_starts
from dashboard.index.copies.grams import (
    FEW,
    LIMIT,
    RATE,
    Hashes,
    gram_counts,
    is_sampled,
    may_repeat,
    once_each,
    segment_grams,
)

_AT_ONCE = 1 << 22  # hashes that are sorted together
_LEAST = 0.06  # share of the shorter one's sample that makes a candidate
#: Articles that have a hash are paired with so many that follow them: text that thousands share
#: would make millions of pairs, and groups need only a chain.
_NEXT = 128

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True)
class Sampled:
    """A segment with its sample, and the number of its first article in the corpus."""

    counts: Mapping[str, NDArray[Any]]
    sample: Mapping[str, NDArray[Any]]
    first: int


def find_candidates(segments: Sequence[Sampled], n_grams: NDArray[np.int64]) -> Pairs:
    """Pairs of articles (a < b) of which the shorter one seems to share a tenth or so of its
    8-grams. ``n_grams``: (n_articles,). Holds some four million hashes at a time."""
    n = len(n_grams)
    parts = [(s.sample["hash"], s.sample["article"], s.first) for s in segments]
    parts.append((*_few_in_many(segments, n_grams), 0))
    total = sum(len(hashes) for hashes, *_ in parts)
    low_ones = sum(int(np.searchsorted(hashes, np.uint64(LIMIT))) for hashes, *_ in parts)
    keys, counts = np.zeros(0, np.int64), np.zeros(0, np.int64)
    # A sample has most of its hashes below LIMIT.
    for low, high in (
        *hash_ranges(low_ones, _AT_ONCE, last=LIMIT),
        *hash_ranges(total - low_ones, _AT_ONCE, first=LIMIT),
    ):
        cut = [_between(part, low, high) for part in parts]
        hashes = np.concatenate([np.zeros(0, np.uint64), *(hashes for hashes, _ in cut)])
        articles = np.concatenate([np.zeros(0, np.int64), *(own for _, own in cut)])
        again = may_repeat(hashes)
        found = [keys, *_pairs_in(*once_each(hashes[again], articles[again]), n)]
        weights = [counts, *(np.ones(len(each), np.int64) for each in found[1:])]
        keys, counts = _added(np.concatenate(found), np.concatenate(weights))
    a, b = np.divmod(keys, max(n, 1))
    shorter = np.minimum(n_grams[a], n_grams[b])
    expected = np.where(shorter < FEW, shorter, shorter / RATE)
    likely = counts >= _LEAST * expected
    return a[likely], b[likely]


def hash_ranges(
    n: int, at_once: int, first: int = 0, last: int = 1 << 64
) -> Iterator[tuple[int, int]]:
    """Ranges of the hashes from ``first`` to before ``last``, each by its lowest and its highest,
    that hold about ``at_once`` of ``n`` evenly spread ones."""
    pieces = max(-(-n // at_once), 1)
    edges = [first + (last - first) * i // pieces for i in range(pieces + 1)]
    return ((low, high - 1) for low, high in pairwise(edges))


def _between(
    part: tuple[Hashes, NDArray[Any], int], low: int, high: int
) -> tuple[Hashes, NDArray[np.int64]]:
    """Of a part (hashes in order, articles, the number of the first) what is in a range."""
    hashes, articles, first = part
    start = np.searchsorted(hashes, np.uint64(low))
    stop = np.searchsorted(hashes, np.uint64(high), side="right")
    return hashes[start:stop], articles[start:stop].astype(np.int64) + first


def _few_in_many(
    segments: Sequence[Sampled], n_grams: NDArray[np.int64]
) -> tuple[Hashes, NDArray[np.int64]]:
    """What longer articles have of the 8-grams of those that have few, beyond their own samples:
    one pass over all words, where there are both kinds."""
    few, many = (n_grams > 0) & (n_grams < FEW), n_grams >= FEW
    own = [s.sample["hash"][few[s.sample["article"].astype(np.int64) + s.first]] for s in segments]
    wanted = np.unique(np.concatenate([np.zeros(0, np.uint64), *own]))
    hashes: list[Hashes] = [np.zeros(0, np.uint64)]
    articles: list[NDArray[Any]] = [np.zeros(0, np.int64)]
    if len(wanted) and many.any():
        bits = min(max((32 * len(wanted)).bit_length(), 20), 30)
        there = np.zeros(1 << (bits - 3), dtype=np.uint8)  # a Bloom filter: 3 % too many
        np.bitwise_or.at(there, *_bit(wanted, bits))
        for segment in segments:
            n = len(gram_counts(segment.counts))
            found, of = segment_grams(segment.counts, many[segment.first : segment.first + n])
            at, bit = _bit(found, bits)
            kept = np.flatnonzero(((there[at] & bit) > 0) & ~is_sampled(found))
            kept = kept[is_in(found[kept], wanted)]
            hashes.append(found[kept])
            articles.append(of[kept].astype(np.int64) + segment.first)
    return once_each(np.concatenate(hashes), np.concatenate(articles))


def _bit(hashes: Hashes, bits: int) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Byte and bit of each hash in a table of 2^bits."""
    # Of the low bits: the sample is chosen by the high ones.
    number = hashes & np.uint64((1 << bits) - 1)
    bit = np.uint8(1) << (number & np.uint64(7)).astype(np.uint8)
    return (number >> np.uint64(3)).astype(np.int64), bit


def _pairs_in(hashes: Hashes, articles: NDArray[np.int64], n: int) -> Iterator[NDArray[np.int64]]:
    """``a * n + b`` of the articles that share a hash, of the nearest _NEXT in their order."""
    starts = run_starts(hashes)
    sizes = np.diff(starts, append=len(hashes))
    left = np.repeat(sizes - 1, sizes) - (np.arange(len(hashes)) - np.repeat(starts, sizes))
    at = np.flatnonzero(left > 0)  # how many follow in the same run
    for step in range(1, _NEXT + 1):
        at = at[left[at] >= step]
        if not len(at):
            return
        yield articles[at] * n + articles[at + step]


def _added(
    keys: NDArray[np.int64], counts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The different keys, ascending, and the sum of the counts of each."""
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    starts = run_starts(keys)
    return keys[starts], np.add.reduceat(counts, starts) if len(starts) else counts
