"""Copies: pairs of articles that share text, and groups of those that are copies of one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from dashboard.index.copies.candidates import Sampled, find_candidates
from dashboard.index.copies.compare import compare
from dashboard.index.copies.grams import gram_counts, take_sample
from dashboard.index.copies.groups import group
from dashboard.index.layers.layer import Arrays, Layer, SegmentView

#: From the greatest containment down: the least of each kind. ``pair_kind`` is a position here.
KINDS = {"same article": 0.8, "shared copy": 0.5, "shares passages": 0.0}
LEAST_SHARE = 0.15  # of the shorter article’s words
LEAST_WORDS = 25  # fewer are a phrase or a quotation, unless they are half of an article
#: Of the longer one's words: what many short reports were put into is no copy of any of them.
LEAST_OF_LONGER = 0.1


class Copies(Layer):
    """Arrays of a segment: the sample of its 8-grams, ``hash`` ascending with the ``article`` that
    has it. Joint: ``pair_a`` < ``pair_b`` (n_pairs,) positions of articles that share at least a
    fifth of the shorter one's words, ``pair_containment`` (float32, see ``compare.Shared``),
    ``pair_words`` and ``pair_kind`` (in ``KINDS``); ``copy_group`` (n_articles,) int32, numbered in
    the order of articles, -1: no copies. A group hangs together by pairs that are the same article
    or shared copy. An addition compares what is new with all samples, and reads only candidates."""

    name: ClassVar[str] = "copies"
    version: ClassVar[int] = 1

    def extract(self, segment: SegmentView) -> Arrays:
        """One pass over the words."""
        hashes, articles = take_sample(segment.counts)
        return {"hash": hashes, "article": articles}

    def join(self, segments: Sequence[SegmentView]) -> Arrays:
        """Candidates by the samples, then all 8-grams of these."""
        sizes = [len(segment.articles) for segment in segments]
        n, first = sum(sizes), np.cumsum([0, *sizes])
        sampled = [
            Sampled(segment.counts, segment.layers[self.name], int(start))
            for segment, start in zip(segments, first, strict=False)
        ]
        n_grams = np.concatenate([np.zeros(0, np.int64), *(gram_counts(s.counts) for s in sampled)])
        pairs = find_candidates(sampled, n_grams)
        names = {"": 0}
        source_of = np.asarray(
            [
                names.setdefault(s, len(names))
                for v in segments
                for s in v.articles.column("source")
            ],
            dtype=np.int64,
        )
        shared = compare(sampled, pairs, source_of)
        kind = np.searchsorted(-np.asarray([*KINDS.values()]), -shared.containment)
        is_copy = kind < len(KINDS) - 1
        is_passage = shared.words >= np.maximum(LEAST_WORDS, LEAST_SHARE * shared.n_words)
        kept = is_copy | is_passage
        a, b = shared.a[kept], shared.b[kept]
        longer = np.maximum(n_grams[a], n_grams[b])
        tied = is_copy[kept] & (shared.words[kept] >= LEAST_OF_LONGER * longer)
        return {
            "pair_a": a.astype(np.int32),
            "pair_b": b.astype(np.int32),
            "pair_containment": shared.containment[kept].astype(np.float32),
            "pair_words": shared.words[kept].astype(np.int32),
            "pair_kind": kind[kept].astype(np.uint8),
            "copy_group": group(n, a[tied], b[tied]),
        }
