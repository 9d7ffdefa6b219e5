"""Where a keyword stands in an index: exact, by posting lists; word order is checked in the token
streams of the articles that have all of its words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.index.container import ranges
from dashboard.index.opened import Index, Segment
from dashboard.index.query import Keyword, Pattern, find_any

_Ids = list[NDArray[np.int64]]  # for each token of a pattern, the words that it may be
_MOST_READ = 0.3  # a larger part of a segment is read whole: gathering its tokens costs more


def count_keyword(index: Index, keyword: Keyword) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Slices whose text has the keyword, ascending, and how often; each place counts once, for the
    longest alternative there. Nothing for an empty keyword."""
    wanted = _wanted(index, keyword)
    slices: list[NDArray[np.int64]] = []
    counts: list[NDArray[np.int64]] = []
    for segment in index.segments if wanted else ():
        if all(len(ids) == 1 for ids in wanted):
            rows, uses = _union(segment, np.unique(np.concatenate([ids[0] for ids in wanted])))
        else:
            rows, uses = np.unique(
                segment.arrays["passage_slice"][_passages(segment, wanted)],
                return_counts=True,
            )
        slices.append(rows.astype(np.int64) + segment.first_slice)
        counts.append(uses.astype(np.int64))
    if not slices:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate(slices), np.concatenate(counts)


def articles_with(index: Index, keyword: Keyword) -> NDArray[np.bool_]:
    """(n_articles,) whether a keyword stands in the text or title of each article."""
    mask = np.zeros(index.n_articles, dtype=bool)
    mask[index.slice_article[count_keyword(index, keyword)[0]]] = True
    wanted = _wanted(index, keyword)
    for segment in index.segments if wanted else ():
        offsets = segment.arrays["title_offsets"]
        starts = find_any(wanted, segment.arrays["title_ids"], offsets)
        mask[segment.first_article + np.searchsorted(offsets, starts, side="right") - 1] = True
    return mask


def word_counts(
    index: Index, word: str, prefix: bool = False
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Articles with one word (by the token rule) in text or title, ascending, and its uses;
    ``prefix``: of all words that begin so."""
    wanted = _wanted(index, (Pattern((word,), prefix),))
    articles: list[NDArray[np.int64]] = []
    counts: list[NDArray[np.int64]] = []
    for segment in index.segments if wanted else ():
        rows, uses = _union(segment, wanted[0][0])
        offsets = segment.arrays["title_offsets"]
        titles = np.flatnonzero(np.isin(segment.arrays["title_ids"], wanted[0][0]))
        local = np.concatenate(
            [segment.arrays["slice_article"][rows],
             np.searchsorted(offsets, titles, side="right") - 1]
        )  # fmt: skip
        found, at = np.unique(local, return_inverse=True)
        weights = np.concatenate([uses, np.ones(len(titles))])
        articles.append(found + segment.first_article)
        counts.append(np.bincount(at, weights, len(found)).astype(np.int64))
    if not articles:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate(articles).astype(np.int64), np.concatenate(counts)


def _wanted(index: Index, keyword: Keyword) -> list[_Ids]:
    """Of each alternative whose words all exist, the numbers that each word may have."""
    found = []
    for pattern in keyword:
        ids = [np.asarray([index.lexicon.find(t)]) for t in pattern.tokens]
        if pattern.prefix:
            ids[-1] = index.lexicon.find_prefix(pattern.tokens[-1])
        found.append([each[each >= 0] for each in ids])
    return [ids for ids in found if all(map(len, ids))]


def _union(
    segment: Segment, terms: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Slices with any of ``terms``, ascending, and the sum of their uses."""
    present = terms[np.isin(terms, segment.arrays["posting_terms"])] if len(terms) > 50 else terms
    lists = [segment.postings(int(term)) for term in present]
    if len(lists) == 1:
        slices, counts = lists[0][0].astype(np.int64), lists[0][1].astype(np.int64)
        if not len(slices) or (slices[1:] > slices[:-1]).all():
            return slices, counts
    if not lists:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    slices, at = np.unique(np.concatenate([s for s, _ in lists]), return_inverse=True)
    uses = np.bincount(at, np.concatenate([c for _, c in lists]), len(slices))
    return slices.astype(np.int64), uses.astype(np.int64)


def _passages(segment: Segment, wanted: list[_Ids]) -> NDArray[np.int64]:
    """The passage of each hit, in order of text."""
    arrays = segment.arrays
    slice_article = arrays["slice_article"]
    articles = np.zeros(len(arrays["article_passages"]) - 1, dtype=bool)
    for ids in wanted:
        with_all: NDArray[np.bool_] | None = None
        for terms in ids:
            mask = np.zeros(len(articles), dtype=bool)
            mask[slice_article[_union(segment, terms)[0]]] = True
            with_all = mask if with_all is None else with_all & mask
        if with_all is not None:
            articles |= with_all
    chosen = np.flatnonzero(articles)
    offsets, bounds = arrays["offsets"], arrays["article_passages"]
    if len(chosen) > _MOST_READ * len(articles):
        passages = np.arange(len(offsets) - 1)
        stream, starts_at = arrays["ids"], offsets
    else:
        passages = ranges(bounds[chosen], bounds[chosen + 1])
        stream = arrays["ids"][ranges(offsets[bounds[chosen]], offsets[bounds[chosen + 1]])]
        lengths = offsets[passages + 1] - offsets[passages]
        starts_at = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    starts = find_any(wanted, stream, starts_at)
    return passages[np.searchsorted(starts_at, starts, side="right") - 1]
