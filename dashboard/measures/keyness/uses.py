"""How often single articles use some of the terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import ranges
from dashboard.index.counts.topic_mix import is_compiled
from dashboard.index.index import Index
from dashboard.index.storage.segment import Segment


class ArticleUses(NamedTuple):
    """Entry by entry: the ``term`` (its place among those asked for), the ``article`` and its
    ``uses``, 1 or more; terms ascend, and so do the articles of each term."""

    term: NDArray[np.int64]
    article: NDArray[np.int64]
    uses: NDArray[np.int64]


class Posted(NamedTuple):
    """A segment that has some of the terms: ``lists``, which of them, and the first and last + 1 of
    the postings of each; ``own``: where its slices are among all."""

    segment: Segment
    own: slice
    lists: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    @property
    def n_articles(self) -> int:
        """Articles of the segment."""
        return len(self.segment.arrays["article_passages"]) - 1

    @property
    def postings(self) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """The slice of each posting, its uses, and the article of each slice, in the segment."""
        arrays = self.segment.arrays
        return arrays["posting_slices"], arrays["posting_counts"], arrays["slice_article"]


def posted(index: Index, terms: NDArray[np.int64], slices: NDArray[np.bool_]) -> Iterator[Posted]:
    """The segments with text in ``slices`` (n_slices,) and some of ``terms`` (lexicon numbers)."""
    for segment in index.segments:
        end = segment.first_slice + len(segment.arrays["slice_article"])
        own = slice(segment.first_slice, end)
        if slices[own].any():
            found = segment.posted(terms)
            if len(found[0]):
                yield Posted(segment, own, *found)


def article_uses(index: Index, terms: NDArray[np.int64], slices: NDArray[np.bool_]) -> ArticleUses:
    """The uses of ``terms`` (lexicon numbers) in each article, of its text in ``slices``
    (n_slices,)."""
    if is_compiled(index):
        return _gathered(index, terms, slices)
    parts: list[tuple[NDArray[Any], ...]] = []
    for each in posted(index, terms, slices):
        of_posting, counts, of_slice = each.postings
        at = ranges(each.starts, each.ends)
        term = np.repeat(each.lists, each.ends - each.starts)
        place = of_posting[at]
        kept = slices[each.own][place]
        term, place = term[kept], place[kept]
        article = of_slice[place]
        uses = counts[at[kept]].astype(np.int64)
        if not len(uses):
            continue
        first = np.ones(len(uses), dtype=bool)
        first[1:] = (np.diff(article) != 0) | (np.diff(term) != 0)
        begin = np.flatnonzero(first)
        parts.append(
            (
                term[begin],
                article[begin].astype(np.int64) + each.segment.first_article,
                np.add.reduceat(uses, begin),
            )
        )
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return ArticleUses(none, none, none)
    term, article, uses = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = np.argsort(term, kind="stable")
    return ArticleUses(term[order], article[order], uses[order])


def _gathered(index: Index, terms: NDArray[np.int64], slices: NDArray[np.bool_]) -> ArticleUses:
    from dashboard.index.counts.kernels.uses import count_uses, gather_uses

    segments = list(posted(index, terms, slices))
    counts = np.zeros(len(terms), dtype=np.int64)
    for each in segments:
        slices_of, _, article_of = each.postings
        lists = (each.lists, each.starts, each.ends)
        count_uses(*lists, slices_of, article_of, slices[each.own], counts)
    article, uses = np.empty((2, int(counts.sum())), dtype=np.int64)
    place = np.cumsum(counts) - counts
    for each in segments:
        (slices_of, uses_of, article_of), first = each.postings, each.segment.first_article
        gather_uses(
            each.lists, each.starts, each.ends, slices_of, uses_of, article_of, slices[each.own],
            first, place, article, uses,
        )  # fmt: skip
    return ArticleUses(np.repeat(np.arange(len(terms)), counts), article, uses)
