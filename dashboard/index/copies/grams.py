"""Word 8-grams of a segment as 64-bit hashes, and the sample by which copies are looked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import run_starts, runs

Hashes = NDArray[np.uint64]

SIZE = 8  # words
RATE = 8  # one hash in so many is in the sample
#: Articles of fewer 8-grams have all of them in the sample: eight of a copied half are then
#: expected in any sample, and one at least comes in 995 cases of 1,000.
FEW = 80
LIMIT = (1 << 64) // RATE  # hashes of the sample are below it
_BLOCK = 1 << 17  # words that are read together, so few that a processor has them at hand
_PARTS, _MOST_BITS = 16, 22  # tables, and places in one


def hash_grams(ids: NDArray[Any]) -> Hashes:
    """(n - 7,) hash of each run of eight of the words ``ids`` (n,); of fewer none. Two runs of
    other words have the same hash once in 2^64 times."""
    found = _mixed(ids.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15))
    for step, factor in (1, 0x9E3779B97F4A7C15), (2, 0xC2B2AE3D27D4EB4F), (4, 0x165667B19E3779F9):
        if len(found) <= step:
            return found[:0]
        found = _mixed(found[:-step] * np.uint64(factor) + found[step:])
    return found


def _mixed(x: Hashes) -> Hashes:
    """SplitMix64 (Steele, Lea and Flood 2014), which spreads every bit over all."""
    for shift, factor in (30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB):
        x = x ^ (x >> np.uint64(shift))
        x *= np.uint64(factor)
    return x ^ (x >> np.uint64(31))


def article_bounds(counts: Mapping[str, NDArray[Any]]) -> NDArray[np.int64]:
    """(n_articles + 1,) the first token of each article of a segment, and the end."""
    bounds: NDArray[np.int64] = counts["offsets"][counts["article_passages"]]
    return bounds


def gram_counts(counts: Mapping[str, NDArray[Any]]) -> NDArray[np.int64]:
    """(n_articles,) 8-grams of each article of a segment, repeated ones too."""
    found: NDArray[np.int64] = np.maximum(np.diff(article_bounds(counts)) - (SIZE - 1), 0)
    return found


def segment_grams(
    counts: Mapping[str, NDArray[Any]], wanted: NDArray[np.bool_]
) -> tuple[Hashes, NDArray[np.int32]]:
    """Hash and article of every 8-gram of the articles ``wanted`` (n_articles,) of a segment, in
    the order of the text. Passages don't part them."""
    bounds, n = article_bounds(counts), gram_counts(counts)
    hashes: list[Hashes] = [np.zeros(0, np.uint64)]
    articles: list[NDArray[np.int32]] = [np.zeros(0, np.int32)]
    for first, last in runs(bounds, _BLOCK):
        own = np.arange(first, last, dtype=np.int32)
        if not wanted[first:last].any():
            continue
        begin, end = int(bounds[first]), int(bounds[last])
        found = hash_grams(counts["ids"][begin:end])
        sizes = np.diff(bounds[first : last + 1])
        inside = np.repeat(wanted[first:last], sizes)
        # Runs that begin with one of the last words of an article go over its end.
        over = bounds[first + 1 : last + 1, np.newaxis] - np.arange(1, SIZE)
        inside[over[over >= bounds[first:last, np.newaxis]] - begin] = False
        inside = inside[: len(found)]
        hashes.append(found[inside])
        articles.append(np.repeat(own, np.where(wanted[first:last], n[first:last], 0)))
    return np.concatenate(hashes), np.concatenate(articles)


def is_sampled(hashes: Hashes) -> NDArray[np.bool_]:
    """Which are in the sample of every article that has them."""
    return hashes < np.uint64(LIMIT)


def take_sample(counts: Mapping[str, NDArray[Any]]) -> tuple[Hashes, NDArray[np.int32]]:
    """The sample of a segment in the order of the hashes: each with its article, once for it."""
    n = gram_counts(counts)
    hashes, articles = segment_grams(counts, n > 0)
    kept = is_sampled(hashes) | (n[articles] < FEW)
    return once_each(hashes[kept], articles[kept])


def may_repeat(hashes: Hashes) -> NDArray[np.bool_]:
    """Which hashes are there more than once, and of the others some: counted in small tables, for a
    third of what sorting costs."""
    found = np.zeros(len(hashes), np.bool_)
    part = (hashes % np.uint64(_PARTS)).astype(np.uint8)
    size = 1 << min(max(len(hashes) // (_PARTS // 4), 1).bit_length(), _MOST_BITS)
    for number in range(_PARTS):
        at = np.flatnonzero(part == number)
        place = (hashes[at] // np.uint64(_PARTS) % np.uint64(size)).view(np.int64)
        found[at] = (np.bincount(place, minlength=size) > 1)[place]
    return found


def once_each(hashes: Hashes, articles: NDArray[Any]) -> tuple[Hashes, NDArray[Any]]:
    """The pairs in the order of hashes, then articles, each once."""
    order = np.argsort(hashes)  # not a stable sort, but several times as quick
    hashes, articles = hashes[order], articles[order]
    sizes = np.diff(run_starts(hashes), append=len(hashes))
    several = np.repeat(sizes > 1, sizes)
    # Within a run of one hash by article: sorted as one number each.
    span = int(articles.max(initial=0)) + 1
    run = np.repeat(np.arange(len(sizes)) * span, sizes)[several]
    articles[several] = np.sort(run + articles[several]) % span
    first = np.ones(len(hashes), dtype=bool)
    first[1:] = (hashes[1:] != hashes[:-1]) | (articles[1:] != articles[:-1])
    return hashes[first], articles[first]
