"""How often single articles use some of the terms."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import ranges
from dashboard.index.index import Index


class ArticleUses(NamedTuple):
    """Entry by entry: the ``term`` (its place among those asked for), the ``article`` and its
    ``uses``, 1 or more; terms ascend, and so do the articles of each segment."""

    term: NDArray[np.int64]
    article: NDArray[np.int64]
    uses: NDArray[np.int64]


def article_uses(index: Index, terms: NDArray[np.int64], slices: NDArray[np.bool_]) -> ArticleUses:
    """The uses of ``terms`` (lexicon numbers) in each article, of its text in ``slices``
    (n_slices,)."""
    parts: list[tuple[NDArray[Any], ...]] = []
    for segment in index.segments:
        arrays = segment.arrays
        of_slice = arrays["slice_article"]
        own = slices[segment.first_slice : segment.first_slice + len(of_slice)]
        if not own.any():
            continue
        found, starts, ends = segment.posted(terms)
        at = ranges(starts, ends)
        term = np.repeat(found, ends - starts)
        place = arrays["posting_slices"][at]
        kept = own[place]
        term, place = term[kept], place[kept]
        article = of_slice[place]
        uses = arrays["posting_counts"][at[kept]].astype(np.int64)
        if not len(uses):
            continue
        first = np.ones(len(uses), dtype=bool)
        first[1:] = (np.diff(article) != 0) | (np.diff(term) != 0)
        begin = np.flatnonzero(first)
        parts.append(
            (
                term[begin],
                article[begin].astype(np.int64) + segment.first_article,
                np.add.reduceat(uses, begin),
            )
        )
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return ArticleUses(none, none, none)
    term, article, uses = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = np.argsort(term, kind="stable")
    return ArticleUses(term[order], article[order], uses[order])
