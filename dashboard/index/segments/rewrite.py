"""Segments made of others: small ones merged, articles taken out; no file is read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import ranges
from dashboard.index.segments.count_slices import count_tokens
from dashboard.index.segments.tokens import SegmentTokens
from dashboard.index.storage.articles import take_articles
from dashboard.index.storage.container import Container, write_container
from dashboard.index.terms.lexicon import Lexicon
from dashboard.index.terms.match_phrases import match_phrases
from dashboard.index.topics.tree import leaf_ranks


@dataclass(frozen=True)
class Kept:
    """Articles of a segment that stay: its files, and the rows in their order."""

    articles: Path
    counts: Path
    rows: NDArray[np.int64]


def rewrite_segment(parts: Sequence[Kept], folder: Path, name: str) -> str:
    """Write ``articles-NAME.bin`` and, last, ``counts-NAME.bin`` with the articles of ``parts``, in
    that order, by the ``lexicon.bin`` and ``topics.bin`` of ``folder``: how small segments become
    one, and how articles are taken out. A stage like those of ``stages``; returns ``name``."""
    lexicon = Lexicon(Container(folder / "lexicon.bin"))
    ranks = leaf_ranks(Container(folder / "topics.bin")["parents"])
    stores = [Container(part.articles) for part in parts]
    write_container(
        folder / f"articles-{name}.bin",
        take_articles(stores, [part.rows for part in parts]),
    )
    tokens, leaves, near = [], [], []
    for part in parts:
        counts = Container(part.counts)
        first = counts["article_passages"]
        passages = ranges(first[part.rows], first[part.rows + 1])
        tokens.append(_take_tokens(counts, passages, part.rows))
        leaves.append(counts["slice_leaf"][counts["passage_slice"][passages]])
        near.append(counts["passage_near"][passages])
    joined = SegmentTokens(
        np.concatenate([t.ids for t in tokens]),
        np.concatenate([t.flags for t in tokens]),
        _joined_offsets([t.offsets for t in tokens]),
        np.concatenate(
            [t.article_of + before for t, before in zip(tokens, _before(tokens), strict=True)]
        ),
        np.concatenate([t.title_ids for t in tokens]),
        _joined_offsets([t.title_offsets for t in tokens]),
    )
    phrases = match_phrases(joined.ids, joined.offsets, lexicon)
    placed = np.concatenate(leaves).astype(np.int64), np.concatenate(near)
    arrays = count_tokens(joined, placed, ranks, lexicon, phrases)
    write_container(folder / f"counts-{name}.bin", arrays)
    return name


def _before(tokens: Sequence[SegmentTokens]) -> list[int]:
    return [0, *accumulate(t.n_articles for t in tokens)][:-1]


def _joined_offsets(offsets: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    lengths = [np.diff(each) for each in offsets]
    return np.concatenate([[0], np.cumsum(np.concatenate(lengths))]).astype(np.int64)


def _take_tokens(
    counts: Container, passages: NDArray[np.int64], rows: NDArray[np.int64]
) -> SegmentTokens:
    offsets, titles = counts["offsets"], counts["title_offsets"]
    at = ranges(offsets[passages], offsets[passages + 1])
    title_at = ranges(titles[rows], titles[rows + 1])
    n_passages = np.diff(counts["article_passages"])[rows]
    return SegmentTokens(
        counts["ids"][at],
        counts["flags"][at],
        np.concatenate([[0], np.cumsum(offsets[passages + 1] - offsets[passages])]),
        np.repeat(np.arange(len(rows)), n_passages),
        counts["title_ids"][title_at],
        np.concatenate([[0], np.cumsum(titles[rows + 1] - titles[rows])]),
    )
