"""Sentences: where each one begins and ends in its passage."""

from __future__ import annotations

from array import array
from itertools import chain
from typing import ClassVar

import numpy as np

from dashboard.index.layers.layer import Arrays, Layer, SegmentView
from dashboard.text.sentences import sentence_spans


class Sentences(Layer):
    """Arrays of a segment: ``first`` (n_passages + 1,) the first sentence of each passage, and the
    end; ``start`` and ``end`` (n_sentences,) in characters of the passage, see ``sentence_spans``.
    Languages decide about abbreviations; an unknown one is read by the English lists."""

    name: ClassVar[str] = "sentences"
    version: ClassVar[int] = 2

    def extract(self, segment: SegmentView) -> Arrays:
        """One pass over the passages."""
        languages = list(segment.articles.column("language"))
        counts, places = array("q"), array("i")
        for language, passages in zip(languages, segment.passages(), strict=True):
            code = _code(language)
            for text in passages:
                spans = sentence_spans(text, code)
                counts.append(len(spans))
                places.extend(chain.from_iterable(spans))
        start, end = np.asarray(places).astype(np.int32).reshape(-1, 2).T
        first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return {"first": first, "start": np.ascontiguousarray(start),
                "end": np.ascontiguousarray(end)}  # fmt: skip


def _code(language: str) -> str:
    return "en" if language in ("", "unknown") else language
