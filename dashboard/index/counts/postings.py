"""Where an index has a keyword: exactly, by posting lists; word order is checked in the token
streams of the articles that have all of its words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.arrays import ranges, stretches
from dashboard.index.index import Index
from dashboard.index.layers.by_hand import notes_in
from dashboard.index.storage.segment import Segment
from dashboard.text.hits import Wanted, find_any, find_spans
from dashboard.text.queries.expressions import is_expression
from dashboard.text.query import Keyword, Pattern, parse_query
from dashboard.text.token_flags import unpack_flags

_MOST_READ = 0.3  # a larger part of a segment is read whole: gathering its tokens costs more
_DENSE = 1 / 16  # of a segment's slices: where more are joined, counting beats sorting


def count_keyword(index: Index, keyword: Keyword) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Slices whose text has the keyword, ascending, and how often; each place counts once, for the
    longest alternative there. Nothing for an empty keyword."""
    wanted = wanted_words(index, keyword)
    is_plain = not any(each.shapes or each.near for each in wanted)
    if is_plain and len(wanted) == 1 and all(len(ids) == 1 for ids in wanted[0].words):
        # A phrase of the lexicon was counted by the build.
        phrase = index.lexicon.find_phrase([int(ids[0]) for ids in wanted[0].words])
        wanted = [Wanted([np.asarray([phrase])])] if phrase >= 0 else wanted
    slices: list[NDArray[np.int64]] = []
    counts: list[NDArray[np.int64]] = []
    for segment in index.segments if wanted else ():
        if is_plain and all(len(each) == 1 for each in wanted):
            terms = np.unique(np.concatenate([each.words[0] for each in wanted]))
            rows, uses = _union(segment, terms)
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


def articles_with(index: Index, keyword: Keyword, field: str = "") -> NDArray[np.bool_]:
    """(n_articles,) whether the text or title of each article has a keyword; the text
    alone, where it must be written in one way. With a ``field`` (of ``Query``) that alone."""
    if field in ("source", "author"):
        names, number = _names(index, field)
        return np.asarray([*(bool(find_spans(keyword, name)) for name in names), False])[number]
    mask = np.zeros(index.n_articles, dtype=bool)
    if field == "label":
        labelled = (n for n in notes_in(index.manifest) if find_spans(keyword, n.label))
        places = (index.position(note.article_id) for note in labelled)
        mask[[place for place in places if place is not None]] = True
        return mask
    if not field:
        mask[index.slice_article[count_keyword(index, keyword)[0]]] = True
    mask[_in_titles(index, keyword)] = True
    return mask


@lru_cache(maxsize=16)  # who counts the words of a query has just asked for the articles
def _in_titles(index: Index, keyword: Keyword) -> NDArray[np.int64]:
    """The article of each hit in a title, ascending; none where it must be written in one way: of
    titles no index knows the capitals, which say little there. Read-only."""
    wanted = wanted_words(index, keyword)
    found = [np.zeros(0, dtype=np.int64)]
    for segment in index.segments if wanted else ():
        offsets = segment.arrays["title_offsets"]
        starts = find_any(wanted, segment.arrays["title_ids"], offsets)
        if len(starts):
            rows = np.searchsorted(offsets, starts, side="right") - 1
            found.append(segment.first_article + rows)
    articles = np.concatenate(found)
    articles.flags.writeable = False
    return articles


@lru_cache(maxsize=4)
def _names(index: Index, field: str) -> tuple[list[str], NDArray[np.int64]]:
    """The different names of sources or authors, and (n_articles,) which each article has, -1 for
    none."""
    if field == "source":
        return [source.name for source in index.sources], np.asarray(index.source_of, np.int64)
    authors = index.article_rows(np.arange(index.n_articles), ["authors"])["authors"]
    number, names = pd.factorize(authors)
    return [str(name) for name in names], number


def word_counts(
    index: Index, word: str, prefix: bool = False
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Articles with one word (by the token rule) in text or title, ascending, and its uses;
    ``prefix``: of all words that begin with it."""
    keyword = (Pattern((word,), prefix),)
    wanted = wanted_words(index, keyword)
    titles = _in_titles(index, keyword)
    articles, counts = [titles], [np.ones(len(titles), np.int64)]
    for segment in index.segments if wanted else ():
        rows, uses = _union(segment, wanted[0].words[0])
        articles.append(segment.arrays["slice_article"][rows] + np.int64(segment.first_article))
        counts.append(uses)
    every, uses = np.concatenate(articles), np.concatenate(counts)
    sums = np.bincount(every, uses, index.n_articles)
    found = np.flatnonzero(sums)
    return found, sums[found].astype(np.int64)


def wanted_words(index: Index, keyword: Keyword) -> list[Wanted]:
    """Of each alternative whose words all exist, the numbers that each word may have."""
    found = []
    for pattern in keyword:
        ids = [
            index.lexicon.find_matching(t)
            if is_expression(t)
            else np.asarray([index.lexicon.find(t)])
            for t in pattern.tokens
        ]
        if pattern.prefix:
            ids[-1] = index.lexicon.find_prefix(pattern.tokens[-1])
        ids = [each[each >= 0] for each in ids]
        near = wanted_words(index, pattern.near)
        if all(map(len, ids)) and (near or not pattern.near):
            found.append(Wanted(ids, pattern.shapes, near, pattern.within))
    return found


def read_tokens(
    segment: Segment, wanted: Sequence[Wanted], passages: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int8] | None]:
    """The tokens of some passages, where each begins and the last ends, and how each token is
    written: that alone where it matters to one of ``wanted``."""
    offsets = segment.arrays["offsets"]
    first, end = (np.asarray(offsets[at], dtype=np.int64) for at in (passages, passages + 1))
    bounds = np.concatenate([[0], np.cumsum(end - first)]).astype(np.int64)
    ids, shapes = stretches(segment.arrays["ids"], first, end), None
    if any(each.shapes or any(other.shapes for other in each.near) for each in wanted):
        shapes = unpack_flags(stretches(segment.arrays["flags"], first, end))[1]
    return ids, bounds, shapes


def _union(
    segment: Segment, terms: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Slices with any of ``terms``, ascending, and the sum of their uses."""
    _, starts, ends = segment.posted(terms)
    parts = list(zip(starts.tolist(), ends.tolist(), strict=True))
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    every, uses = (
        np.concatenate([segment.arrays[name][start:end] for start, end in parts])
        for name in ("posting_slices", "posting_counts")
    )
    if (every[1:] > every[:-1]).all():
        return every.astype(np.int64), uses.astype(np.int64)
    n_slices = len(segment.arrays["slice_article"])
    if len(every) > _DENSE * n_slices:
        sums = np.bincount(every, uses, n_slices).astype(np.int64)
        slices = np.flatnonzero(sums > 0)
        return slices, sums[slices]
    slices, at = np.unique(every, return_inverse=True)
    return slices.astype(np.int64), np.bincount(at, uses, len(slices)).astype(np.int64)


def _passages(segment: Segment, wanted: list[Wanted]) -> NDArray[np.int64]:
    """The passage of each hit, in order of text."""
    arrays = segment.arrays
    # What stands in one passage stands in one slice, and a slice in one article.
    slices = _slices_with(segment, wanted)
    articles = np.unique(arrays["slice_article"][slices])
    firsts = arrays["article_passages"]
    passages = ranges(firsts[articles], firsts[articles + 1])
    passages = passages[slices[arrays["passage_slice"][passages]]]
    n_passages = len(arrays["offsets"]) - 1
    if len(passages) > _MOST_READ * n_passages:
        passages = np.arange(n_passages)
    ids, bounds, shapes = read_tokens(segment, wanted, passages)
    starts = find_any(wanted, ids, bounds, shapes)
    return passages[np.searchsorted(bounds, starts, side="right") - 1]


def _slices_with(segment: Segment, wanted: Sequence[Wanted]) -> NDArray[np.bool_]:
    """(n_slices,) which have all words of one of ``wanted``, and of what must be near it."""
    slices = np.zeros(len(segment.arrays["slice_article"]), dtype=bool)
    for each in wanted:
        with_all = _slices_with(segment, each.near) if each.near else np.ones_like(slices)
        for terms in each.words:
            mask = np.zeros_like(slices)
            mask[_union(segment, terms)[0]] = True
            with_all &= mask
        slices |= with_all
    return slices


@lru_cache(maxsize=8)  # the other filters change more often
def articles_found(index: Index, query: str) -> NDArray[np.bool_]:
    """(n_articles,) which articles a query selects; read-only."""
    mask = parse_query(query).mask(index.n_articles, partial(articles_with, index))
    mask.flags.writeable = False
    return mask
