"""Counts of a segment by slice: which slices there are, the terms of each, and the slices of each
term (its postings)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import count_matrix, join_rows
from dashboard.index.segments.tokens import SegmentTokens, bounds
from dashboard.index.terms.lexicon import NOT_ANALYSED, Lexicon

_MOST_COUNTED = 0xFFFF  # in one cell of a count matrix; more stands in two cells
_MOST_SMALL = 1 << 16  # slices whose numbers fit in two bytes


def count_tokens(
    tokens: SegmentTokens,
    placed: tuple[NDArray[np.int64], NDArray[np.floating]],
    ranks: NDArray[np.int64],
    lexicon: Lexicon,
    phrases: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> dict[str, NDArray[Any]]:
    """The arrays of ``counts-NAME.bin``: see ``storage.segment.Segment``. ``placed``: the leaf
    of each passage and its nearness to it, see ``assign_topics``; ``ranks``: see ``leaf_ranks``;
    ``phrases``: from :func:`find_phrases`.

    A *slice* is the text of one article that belongs to one leaf topic; slices are in order of
    article and of the leaf's place in the tree.
    """
    ids, offsets, article_of = tokens.ids, tokens.offsets, tokens.article_of
    leaf, near = placed[0], placed[1].astype(np.float16)
    n_articles = tokens.n_articles
    lengths = np.diff(offsets)
    n_places = len(ranks) + 1
    place = np.append(ranks + 1, 0)  # of no leaf, which is -1, first
    leaf_at = np.argsort(place) % n_places
    leaf_at = np.where(leaf_at == len(ranks), -1, leaf_at)
    key = article_of * n_places + place[leaf]
    slices, passage_slice = np.unique(key, return_inverse=True)
    n_slices = len(slices)
    order = np.argsort(passage_slice, kind="stable")
    # Tokens in the order of their slices: counting them row by row then needs no large sort.
    starts = offsets[:-1][order]
    sorted_lengths = lengths[order]
    ends = np.cumsum(sorted_lengths)
    # In four bytes each: these are the largest arrays that a build holds.
    shift = (starts - (ends - sorted_lengths)).astype(np.int32)
    token_at = np.repeat(shift, sorted_lengths)
    token_at += np.arange(len(ids), dtype=np.int32)
    slice_of_token = np.repeat(passage_slice[order].astype(np.int32), sorted_lengths)
    at, phrase = phrases
    phrase_rows = passage_slice[np.searchsorted(offsets, at, side="right") - 1]
    indptr, indices, data = join_rows(
        count_matrix(slice_of_token, ids[token_at], n_slices, len(lexicon)),
        count_matrix(*_sorted_pairs(phrase_rows, phrase), n_slices, len(lexicon)),
    )
    del token_at, slice_of_token  # large
    posting_terms, posting_offsets, posting_slices, posting_counts = _postings(
        indptr, indices, data, n_slices
    )
    slice_article = (slices // n_places).astype(np.int32)
    slice_leaf = leaf_at[slices % n_places].astype(np.int16)
    row_indptr, row_terms, row_counts = _analysed(indptr, indices, data, lexicon)
    return {
        "ids": ids,
        "flags": tokens.flags,
        "offsets": offsets,
        "title_ids": tokens.title_ids,
        "title_offsets": tokens.title_offsets,
        "passage_slice": passage_slice.astype(np.int32),
        "passage_near": near,
        "article_passages": bounds(article_of, n_articles),
        "article_words": np.bincount(article_of, lengths, n_articles).astype(np.int32),
        "slice_article": slice_article,
        "slice_leaf": slice_leaf,
        "slice_words": np.bincount(passage_slice, lengths, n_slices).astype(np.int32),
        "slice_passages": np.bincount(passage_slice, minlength=n_slices).astype(np.int32),
        "slice_squares": np.bincount(passage_slice, lengths.astype(float) ** 2, n_slices),
        "slice_near": np.maximum.reduceat(near[order], _starts(passage_slice[order])),
        "row_indptr": row_indptr,
        "row_terms": row_terms,
        "row_counts": row_counts,
        "posting_terms": posting_terms,
        "posting_offsets": posting_offsets,
        "posting_slices": posting_slices,
        "posting_counts": posting_counts,
        "doc_freq": _doc_freq(posting_offsets, slice_article[posting_slices]),
        "count": np.add.reduceat(posting_counts, posting_offsets[:-1], dtype=np.int64)
        if len(posting_terms)
        else np.zeros(0, np.int64),
    }


def _starts(sorted_rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each row of ``sorted_rows`` begins."""
    return np.flatnonzero(np.diff(sorted_rows, prepend=-1))


def _sorted_pairs(
    rows: NDArray[np.int64], cols: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    order = np.argsort(rows, kind="stable")
    return rows[order], cols[order]


def _postings(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    data: NDArray[np.int32],
    n_slices: int,
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[Any], NDArray[np.uint16]]:
    """Terms present, and for each of them the slices it stands in, ascending, with its uses."""
    order = np.argsort(indices, kind="stable")
    slices = np.repeat(np.arange(n_slices, dtype=np.int32), np.diff(indptr))[order]
    terms, starts = np.unique(indices[order], return_index=True)
    counts = data[order]
    if len(counts) and counts.max() > _MOST_COUNTED:
        pieces = -(-counts // _MOST_COUNTED)
        parents = np.repeat(np.arange(len(counts)), pieces)
        number = np.arange(len(parents)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
        counts = np.minimum(counts[parents] - number * _MOST_COUNTED, _MOST_COUNTED)
        slices = slices[parents]
        starts = np.searchsorted(parents, starts)
    offsets = np.append(starts, len(slices)).astype(np.int64)
    if n_slices <= _MOST_SMALL:
        slices = slices.astype(np.uint16)
    return terms.astype(np.int32), offsets, slices, counts.astype(np.uint16)


def _analysed(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    data: NDArray[np.int32],
    lexicon: Lexicon,
) -> tuple[NDArray[np.int64], NDArray[np.uint16], NDArray[np.uint16]]:
    """The same counts, by slice, of the analysed terms only."""
    column = lexicon.analysis[indices]
    kept = column != NOT_ANALYSED
    before = np.concatenate([[0], np.cumsum(kept)]).astype(np.int64)
    column, counts, pointers = column[kept], data[kept], before[indptr]
    if len(counts) and counts.max() > _MOST_COUNTED:
        pieces = -(-counts // _MOST_COUNTED)
        parents = np.repeat(np.arange(len(counts)), pieces)
        number = np.arange(len(parents)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
        counts = np.minimum(counts[parents] - number * _MOST_COUNTED, _MOST_COUNTED)
        column, pointers = column[parents], np.searchsorted(parents, pointers)
    return pointers, column.astype(np.uint16), counts.astype(np.uint16)


def _doc_freq(offsets: NDArray[np.int64], articles: NDArray[np.int32]) -> NDArray[np.int64]:
    """(n_posted,) different articles in each posting list; slices ascend, so do articles."""
    if not len(articles):
        return np.zeros(len(offsets) - 1, dtype=np.int64)
    first = np.ones(len(articles), dtype=bool)
    first[1:] = articles[1:] != articles[:-1]
    first[offsets[:-1]] = True
    return np.add.reduceat(first, offsets[:-1], dtype=np.int64)
