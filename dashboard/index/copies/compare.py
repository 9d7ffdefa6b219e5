"""What two articles share, counted over all of their 8-grams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import ranges, run_starts
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
    """The 8-grams that two articles or more have: ``hashes`` in their order, and who has them:
    ``grams`` (their positions) and ``articles``. ``distinct``: (n,) different 8-grams of each
    article, repeated or not."""

    hashes: Hashes
    grams: NDArray[np.int64]
    articles: NDArray[np.int64]
    distinct: NDArray[np.int64]

    def without_templates(self, source_of: NDArray[Any]) -> _Repeated:
        several = np.bincount(self.grams, minlength=len(self.hashes)) > _WITH_ONE_COPY
        shared = np.bincount(self.articles[several[self.grams]], minlength=len(self.distinct))
        own = 1 - shared / np.maximum(self.distinct, 1)
        kept = ~find_templates(self.grams, self.articles, source_of, own)[self.grams]
        return _Repeated(self.hashes, self.grams[kept], self.articles[kept], self.distinct)


def compare(segments: Sequence[Sampled], pairs: Pairs, source_of: NDArray[np.int64]) -> Shared:
    """What ``pairs`` share; those that share next to nothing are left out. ``source_of``: a number
    for the source of each article of the corpus."""
    chosen = np.unique(np.concatenate(pairs))
    a, b = (np.searchsorted(chosen, side) for side in pairs)
    found = _repeated(segments, chosen).without_templates(source_of[chosen])
    n, distinct = len(found.hashes), found.distinct
    swap = distinct[b] < distinct[a]
    short, long = np.where(swap, b, a), np.where(swap, a, b)
    order = np.argsort(found.articles, kind="stable")  # then by gram
    table = found.articles[order] * n + found.grams[order]
    first = np.searchsorted(table, np.arange(len(chosen) + 1) * n)
    shared = np.zeros(len(a), dtype=np.int64)
    for part in _pieces(first[short + 1] - first[short]):
        own = ranges(first[short[part]], first[short[part] + 1])
        sizes = first[short[part] + 1] - first[short[part]]
        of = np.repeat(np.arange(part.start, part.stop), sizes)
        shared += np.bincount(
            of[_is_in(long[of] * n + table[own] % max(n, 1), table)], minlength=len(a)
        )
    containment = shared / np.maximum(distinct[short], 1)
    kept = np.flatnonzero(containment >= _LEAST)
    kept = kept[np.argsort(short[kept], kind="stable")]
    texts = _Texts(segments, found.hashes)
    words, n_words = np.zeros(len(kept), np.int64), np.zeros(len(kept), np.int64)
    for i, pair in enumerate(kept.tolist()):
        own, other = (
            table[first[each] : first[each + 1]] % n for each in (short[pair], long[pair])
        )
        words[i], n_words[i] = texts.covered(int(chosen[short[pair]]), own[_is_in(own, other)])
    back = np.argsort(kept)
    kept = kept[back]
    return Shared(pairs[0][kept], pairs[1][kept], containment[kept], words[back], n_words[back])


class _Texts:
    """The words of articles as runs of 8-grams, the last one read kept."""

    def __init__(self, segments: Sequence[Sampled], hashes: Hashes) -> None:
        self._segments, self._hashes = segments, hashes
        self._first = np.asarray([segment.first for segment in segments])
        self._bounds = [article_bounds(segment.counts) for segment in segments]
        self._article = -1
        self._found = np.zeros(0, np.uint64)
        self._n_words = 0

    def covered(self, article: int, grams: NDArray[np.int64]) -> tuple[int, int]:
        """Words of an article that stand in one of ``grams`` (ascending), and all of its words."""
        if article != self._article:
            at = int(np.searchsorted(self._first, article, side="right")) - 1
            row = article - int(self._first[at])
            start, end = self._bounds[at][row : row + 2].tolist()
            found = hash_grams(self._segments[at].counts["ids"][start:end])
            self._article, self._n_words, self._found = article, end - start, found
        edge = np.zeros(self._n_words + 1, dtype=np.int64)
        at_gram = np.flatnonzero(_is_in(self._found, self._hashes[grams]))
        np.add.at(edge, at_gram, 1)
        np.add.at(edge, at_gram + SIZE, -1)
        return int((np.cumsum(edge) > 0).sum()), self._n_words


def _repeated(segments: Sequence[Sampled], chosen: NDArray[np.int64]) -> _Repeated:
    """The repeated 8-grams of the articles ``chosen``, which are numbered from 0."""
    wanted = [
        np.isin(np.arange(s.first, s.first + len(gram_counts(s.counts))), chosen) for s in segments
    ]
    total = sum(
        int(gram_counts(s.counts)[own].sum()) for s, own in zip(segments, wanted, strict=True)
    )
    hashes: list[Hashes] = [np.zeros(0, np.uint64)]
    grams: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    articles: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    distinct, before = np.zeros(len(chosen), np.int64), 0
    number = np.zeros(chosen.max(initial=-1) + 1, np.int32)
    number[chosen] = np.arange(len(chosen))
    for low, high in hash_ranges(total, _AT_ONCE):
        parts = [(np.zeros(0, np.uint64), np.zeros(0, np.int32))]
        for segment, own in zip(segments, wanted, strict=True):
            found, of = segment_grams(segment.counts, own)
            here = (found >= np.uint64(low)) & (found <= np.uint64(high))
            parts.append((found[here], number[of[here] + segment.first]))
        found, at = (np.concatenate(side) for side in zip(*parts, strict=True))
        again = may_repeat(found)
        distinct += np.bincount(at[~again], minlength=len(chosen))
        found, at = once_each(found[again], at[again])
        distinct += np.bincount(at, minlength=len(chosen))
        starts = run_starts(found)
        sizes = np.diff(starts, append=len(found))
        several = sizes > 1
        hashes.append(found[starts[several]])
        grams.append(before + np.repeat(np.arange(several.sum()), sizes[several]))
        articles.append(at[np.repeat(several, sizes)].astype(np.int64))
        before += int(several.sum())
    return _Repeated(
        np.concatenate(hashes), np.concatenate(grams), np.concatenate(articles), distinct
    )


def _is_in(values: NDArray[Any], ascending: NDArray[Any]) -> NDArray[np.bool_]:
    if not len(ascending):
        return np.zeros(len(values), dtype=bool)
    found: NDArray[np.bool_] = (
        ascending.take(np.searchsorted(ascending, values), mode="clip") == values
    )
    return found


def _pieces(sizes: NDArray[np.int64]) -> list[slice]:
    """Runs of pairs whose sizes add up to about _PIECE."""
    ends = np.cumsum(sizes)
    cuts = [0]
    while cuts[-1] < len(sizes):
        before = int(ends[cuts[-1] - 1]) if cuts[-1] else 0
        stop = int(np.searchsorted(ends, before + _PIECE, side="right"))
        cuts.append(max(stop, cuts[-1] + 1))
    return [slice(start, stop) for start, stop in pairwise(cuts)]
