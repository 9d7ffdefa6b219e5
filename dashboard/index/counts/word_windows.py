"""Uses of a keyword, and the words of a few places before and after each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import ranges
from dashboard.index.counts.postings import count_keyword, read_tokens, wanted_words
from dashboard.index.index import Index
from dashboard.index.storage.segment import Segment
from dashboard.text.hits import Wanted, find_any, find_starts
from dashboard.text.query import Keyword


def words_around(
    index: Index, keyword: Keyword, slices: NDArray[np.bool_], width: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Article, passage (its number in the article) and lexicon number of each word that stands up
    to ``width`` words before or after a use of the keyword, in the same passage; each place once,
    and without the keyword itself. ``slices`` (n_slices,): where it is looked for. Empty arrays for
    a keyword that isn't used."""
    wanted = wanted_words(index, keyword)
    empty = np.zeros(0, dtype=np.int64)
    found: list[tuple[NDArray[np.int64], ...]] = [(empty, empty, empty)]
    for segment, passages in _passages_with(index, keyword, slices):
        ids, bounds, shapes = read_tokens(segment, wanted, passages)
        starts = find_any(wanted, ids, bounds, shapes)
        ends = starts + _lengths_at(starts, wanted, ids, bounds, shapes)
        at = np.searchsorted(bounds, starts, side="right") - 1
        steps = np.zeros(len(ids) + 1, dtype=np.int64)
        np.add.at(steps, np.maximum(starts - width, bounds[at]), 1)
        np.add.at(steps, np.minimum(ends + width, bounds[at + 1]), -1)
        near = np.cumsum(steps[:-1]) > 0
        near[ranges(starts, ends)] = False
        places = np.flatnonzero(near)
        of = passages[np.searchsorted(bounds, places, side="right") - 1]
        begins = segment.arrays["article_passages"]
        article = np.searchsorted(begins, of, side="right") - 1
        found.append(
            (article + segment.first_article, of - begins[article], ids[places].astype(np.int64))
        )
    article, passage, word = (np.concatenate(column) for column in zip(*found, strict=True))
    return article, passage, word


@dataclass(frozen=True)
class Hits:
    """Uses of a keyword in text, in the order of articles and text: ``article``, ``passage`` (its
    number in the article, from 0), ``token`` (place of its first word in the passage), ``before``
    and ``length`` (words of the article before it, and in it); all (n,). ``near``: (n, 6) lexicon
    numbers of the third to the first word before it, then of the first to the third behind, -1
    where the passage has none."""

    article: NDArray[np.int64]
    passage: NDArray[np.int64]
    token: NDArray[np.int64]
    before: NDArray[np.int64]
    length: NDArray[np.int64]
    near: NDArray[np.int64]

    def take(self, rows: NDArray[np.integer[Any]] | NDArray[np.bool_]) -> Hits:
        """Some of them, in the order given."""
        return Hits(*(getattr(self, each.name)[rows] for each in fields(self)))


NEIGHBOURS = 3  # on each side


def keyword_hits(index: Index, keyword: Keyword, slices: NDArray[np.bool_]) -> Hits:
    """Where a keyword stands in the text of ``slices`` (n_slices,); in titles it isn't looked for.
    None for a keyword that isn't used."""
    wanted = wanted_words(index, keyword)
    none = np.zeros(0, dtype=np.int64)
    found = [Hits(none, none, none, none, none, np.zeros((0, 2 * NEIGHBOURS), np.int64))]
    for segment, passages in _passages_with(index, keyword, slices):
        found.append(_hits_in(segment, wanted, passages))
    return Hits(*(np.concatenate([getattr(part, each.name) for part in found])
                  for each in fields(Hits)))  # fmt: skip


def _passages_with(
    index: Index, keyword: Keyword, slices: NDArray[np.bool_]
) -> Iterator[tuple[Segment, NDArray[np.int64]]]:
    """Segment by segment the passages of those of ``slices`` that have the keyword."""
    with_hit = count_keyword(index, keyword)[0]
    in_slice = np.zeros(len(index.slice_article), dtype=bool)
    in_slice[with_hit[slices[with_hit]]] = True
    for segment in index.segments if len(with_hit) else ():
        own = in_slice[segment.first_slice :][: len(segment.arrays["slice_article"])]
        passages = np.flatnonzero(own[segment.arrays["passage_slice"]])
        if len(passages):
            yield segment, passages


def _lengths_at(
    starts: NDArray[np.int64],
    wanted: list[Wanted],
    ids: NDArray[np.int32],
    bounds: NDArray[np.int64],
    shapes: NDArray[np.int8] | None,
) -> NDArray[np.int64]:
    """How many words the longest alternative at each start has."""
    lengths = np.zeros(len(starts), dtype=np.int64)
    for each in wanted:
        fits = np.isin(starts, find_starts(each, ids, bounds, shapes), assume_unique=True)
        lengths[fits] = np.maximum(lengths[fits], len(each))
    return lengths


def _hits_in(segment: Segment, wanted: list[Wanted], passages: NDArray[np.int64]) -> Hits:
    """The hits in some passages of a segment."""
    arrays = segment.arrays
    offsets = arrays["offsets"]
    ids, bounds, shapes = read_tokens(segment, wanted, passages)
    starts = find_any(wanted, ids, bounds, shapes)
    lengths = _lengths_at(starts, wanted, ids, bounds, shapes)
    at = np.searchsorted(bounds, starts, side="right") - 1
    near = np.full((len(starts), 2 * NEIGHBOURS), -1, dtype=np.int64)
    for i in range(NEIGHBOURS):
        before, behind = starts - NEIGHBOURS + i, starts + lengths + i
        there = before >= bounds[at]
        near[there, i] = ids[before[there]]
        there = behind < bounds[at + 1]
        near[there, NEIGHBOURS + i] = ids[behind[there]]
    begins = np.asarray(arrays["article_passages"], dtype=np.int64)
    article = np.searchsorted(begins, passages[at], side="right") - 1
    token = starts - bounds[at]
    return Hits(
        article + segment.first_article,
        passages[at] - begins[article],
        token,
        offsets[passages[at]] + token - offsets[begins[article]],
        lengths,
        near,
    )
