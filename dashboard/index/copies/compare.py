"""What two articles share, counted over all of their 8-grams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import is_in, ranges, run_starts
from dashboard.index.copies.candidates import Pairs, Sampled, hash_ranges
from dashboard.index.copies.grams import (
    SIZE,
    Hashes,
    article_bounds,
    gram_counts,
    hash_grams,
    may_repeat,
    once_each,
    segment_grams,
)
from dashboard.index.copies.templates import find_templates

_AT_ONCE = 1 << 24  # 8-grams that are looked at together
_PIECE = 1 << 20  # of them looked up together
#: Below that no run of copied sentences makes a fifth of the shorter article's words.
_LEAST = 0.05
#: Articles that text may be in and still be one's own: who carries a template may have been copied.
_WITH_ONE_COPY = 2


@dataclass(frozen=True)
class Shared:
    """Of pairs of articles a < b: ``containment``, the share of the shorter one's different 8-grams
    that the other one has too, house templates not counted as shared; ``words``, its words that
    stand in them; ``n_words``, all of its words."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    containment: NDArray[np.float64]
    words: NDArray[np.int64]
    n_words: NDArray[np.int64]


@dataclass(frozen=True)
class _Repeated:
    """8-grams that two articles or more have: ``hashes``, ascending, ``sizes``, how many articles
    have each, and ``articles``, who, one after the other."""

    hashes: Hashes
    sizes: NDArray[np.int32]
    articles: NDArray[np.int32]

    def kept(self, grams: NDArray[np.bool_]) -> _Repeated:
        """Some of the 8-grams."""
        rows = np.repeat(grams, self.sizes)
        return _Repeated(self.hashes[grams], self.sizes[grams], self.articles[rows])


def compare(segments: Sequence[Sampled], pairs: Pairs, source_of: NDArray[np.int64]) -> Shared:
    """What ``pairs`` share; those that share next to nothing are left out. ``source_of``: a number
    for the source of each article of the corpus. 8-grams are looked at in ranges of their hashes;
    of those that several articles have some ten bytes each are kept meanwhile."""
    chosen = np.unique(np.concatenate(pairs))
    a, b = (np.searchsorted(chosen, side) for side in pairs)
    distinct, by_range = _repeated(segments, chosen)
    several = np.zeros(len(chosen), np.int64)
    for found in by_range:
        more = found.kept(found.sizes > _WITH_ONE_COPY)
        several += np.bincount(more.articles, minlength=len(chosen))
    own = 1 - several / np.maximum(distinct, 1)
    swap = distinct[b] < distinct[a]
    short, long = np.where(swap, b, a), np.where(swap, a, b)
    shared, templates = np.zeros(len(a), np.int64), [np.zeros(0, np.uint64)]
    while by_range:
        found = by_range.pop(0)
        grams = np.repeat(np.arange(len(found.sizes)), found.sizes)
        of_house = find_templates(grams, found.articles, source_of[chosen], own)
        templates.append(found.hashes[of_house])
        shared += _in_both(found.kept(~of_house), short, long, len(chosen))
    containment = shared / np.maximum(distinct[short], 1)
    kept = np.flatnonzero(containment >= _LEAST)
    kept = kept[np.argsort(short[kept], kind="stable")]
    texts = _Texts(segments, np.concatenate(templates))
    words, n_words = np.zeros(len(kept), np.int64), np.zeros(len(kept), np.int64)
    for i, pair in enumerate(kept.tolist()):
        words[i], n_words[i] = texts.covered(int(chosen[short[pair]]), int(chosen[long[pair]]))
    back = np.argsort(kept)
    kept = kept[back]
    return Shared(pairs[0][kept], pairs[1][kept], containment[kept], words[back], n_words[back])


def _in_both(
    found: _Repeated, short: NDArray[np.int64], long: NDArray[np.int64], n_articles: int
) -> NDArray[np.int64]:
    """(n_pairs,) how many of the 8-grams both articles of each pair have."""
    n = len(found.hashes)
    order = np.argsort(found.articles, kind="stable")  # then by gram
    grams = np.repeat(np.arange(n), found.sizes)[order]
    table = found.articles[order].astype(np.int64) * n + grams
    first = np.searchsorted(table, np.arange(n_articles + 1) * n)
    shared = np.zeros(len(short), dtype=np.int64)
    for part in _pieces(first[short + 1] - first[short]):
        own = ranges(first[short[part]], first[short[part] + 1])
        sizes = first[short[part] + 1] - first[short[part]]
        of = np.repeat(np.arange(part.start, part.stop), sizes)
        found_there = is_in(long[of] * n + grams[own], table)
        shared += np.bincount(of[found_there], minlength=len(short))
    return shared


class _Texts:
    """The words of articles as runs of 8-grams, the last one read kept."""

    def __init__(self, segments: Sequence[Sampled], templates: Hashes) -> None:
        """``templates``: 8-grams that are no article's own."""
        self._segments, self._templates = segments, np.sort(templates)
        self._first = np.asarray([segment.first for segment in segments])
        self._bounds = [article_bounds(segment.counts) for segment in segments]
        self._article = -1
        self._found = np.zeros(0, np.uint64)

    def covered(self, article: int, other: int) -> tuple[int, int]:
        """Words of an article that stand in 8-grams of ``other``, and all of its words."""
        if article != self._article:
            self._article, self._found = article, self._grams(article)
        at_gram = is_in(self._found, np.sort(self._grams(other)))
        at_gram &= ~is_in(self._found, self._templates)
        n_words = len(self._found) + SIZE - 1
        edge = np.zeros(n_words + 1, dtype=np.int64)
        np.add.at(edge, np.flatnonzero(at_gram), 1)
        np.add.at(edge, np.flatnonzero(at_gram) + SIZE, -1)
        return int((np.cumsum(edge) > 0).sum()), n_words

    def _grams(self, article: int) -> Hashes:
        """The 8-grams of an article that has some, in the order of the text."""
        at = int(np.searchsorted(self._first, article, side="right")) - 1
        row = article - int(self._first[at])
        start, end = self._bounds[at][row : row + 2].tolist()
        return hash_grams(self._segments[at].counts["ids"][start:end])


def _repeated(
    segments: Sequence[Sampled], chosen: NDArray[np.int64]
) -> tuple[NDArray[np.int64], list[_Repeated]]:
    """How many different 8-grams each of the articles ``chosen`` has, which are numbered from 0,
    and the repeated ones in ranges of their hashes."""
    wanted = [
        np.isin(np.arange(s.first, s.first + len(gram_counts(s.counts))), chosen) for s in segments
    ]
    total = sum(
        int(gram_counts(s.counts)[own].sum()) for s, own in zip(segments, wanted, strict=True)
    )
    distinct, by_range = np.zeros(len(chosen), np.int64), []
    number = np.zeros(chosen.max(initial=-1) + 1, np.int32)
    number[chosen] = np.arange(len(chosen))
    for low, high in hash_ranges(total, _AT_ONCE):
        hashes, articles = [np.zeros(0, np.uint64)], [np.zeros(0, np.int32)]
        for segment, own in zip(segments, wanted, strict=True):
            found, of = segment_grams(segment.counts, own)
            here = (found >= np.uint64(low)) & (found <= np.uint64(high))
            hashes.append(found[here])
            articles.append(number[of[here] + segment.first])
        found, hashes = np.concatenate(hashes), []
        at, articles = np.concatenate(articles), []
        again = may_repeat(found)
        distinct += np.bincount(at[~again], minlength=len(chosen))
        found, at = once_each(found[again], at[again])
        distinct += np.bincount(at, minlength=len(chosen))
        starts = run_starts(found)
        sizes = np.diff(starts, append=len(found)).astype(np.int32)
        every = _Repeated(found[starts], sizes, at.astype(np.int32))
        by_range.append(every.kept(sizes > 1))
    return distinct, by_range


def _pieces(sizes: NDArray[np.int64]) -> list[slice]:
    """Runs of pairs whose sizes add up to about _PIECE."""
    ends = np.cumsum(sizes)
    cuts = [0]
    while cuts[-1] < len(sizes):
        before = int(ends[cuts[-1] - 1]) if cuts[-1] else 0
        stop = int(np.searchsorted(ends, before + _PIECE, side="right"))
        cuts.append(max(stop, cuts[-1] + 1))
    return [slice(start, stop) for start, stop in pairwise(cuts)]
