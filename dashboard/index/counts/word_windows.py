"""The words around a keyword: those of a few places before and after each of its uses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.index.counts.postings import shapes_of, wanted_words
from dashboard.index.index import Index
from dashboard.text.hits import find_any, find_starts
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
    for segment in index.segments if wanted else ():
        arrays = segment.arrays
        ids, offsets = arrays["ids"], np.asarray(arrays["offsets"], dtype=np.int64)
        shapes = shapes_of(wanted, arrays["flags"])
        starts = find_any(wanted, ids, offsets, shapes)
        passage = np.searchsorted(offsets, starts, side="right") - 1
        kept = slices[arrays["passage_slice"][passage] + segment.first_slice]
        starts, passage = starts[kept], passage[kept]
        length_at = np.zeros(len(ids) + 1, dtype=np.int64)
        for each in wanted:
            at = find_starts(each, ids, offsets, shapes)
            length_at[at] = np.maximum(length_at[at], len(each))
        ends = starts + length_at[starts]
        first = np.maximum(starts - width, offsets[passage])
        last = np.minimum(ends + width, offsets[passage + 1])
        steps = np.zeros(len(ids) + 1, dtype=np.int64)
        np.add.at(steps, first, 1)
        np.add.at(steps, last, -1)
        near = np.cumsum(steps[:-1]) > 0
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            near[start:end] = False
        places = np.flatnonzero(near)
        of = np.searchsorted(offsets, places, side="right") - 1
        begins = arrays["article_passages"]
        article = np.searchsorted(begins, of, side="right") - 1
        found.append(
            (article + segment.first_article, of - begins[article], ids[places].astype(np.int64))
        )
    article, passage, word = (np.concatenate(column) for column in zip(*found, strict=True))
    return article, passage, word
