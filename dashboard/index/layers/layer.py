"""What a layer is: arrays made of one segment at a time, and of all segments together."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from dashboard.index.storage.articles import ArticleStore
from dashboard.index.storage.container import Container
from dashboard.index.storage.folder import IndexFolderError
from dashboard.index.terms.lexicon import Lexicon

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class SegmentView:
    """What a layer may read of a segment: its articles with their passages, its counts by the
    numbers of ``lexicon``, and the arrays that the layers it needs (and, in ``join``, it itself)
    made of it. Words keep their numbers; phrases and flags are those of the last fit."""

    articles: ArticleStore
    counts: Container
    lexicon: Lexicon
    layers: Mapping[str, Container]

    def passages(self) -> Iterator[list[str]]:
        """The passages of each article, in the order of the segment."""
        return (self.articles.passages(row) for row in range(len(self.articles)))

    def sentences(self) -> Iterator[tuple[list[str], list[list[tuple[int, int]]]]]:
        """Of each article its passages, and start and end of the sentences of each passage; for a
        layer that needs ``sentences``."""
        arrays = self.layers["sentences"]
        first, start, end = (arrays[name].tolist() for name in ("first", "start", "end"))
        spans = list(zip(start, end, strict=True))
        passage = 0
        for passages in self.passages():
            bounds = first[passage : passage + len(passages) + 1]
            yield passages, [spans[a:b] for a, b in pairwise(bounds)]
            passage += len(passages)

    @property
    def article_passages(self) -> NDArray[np.int64]:
        """(n_articles + 1,) the first passage of each article in the segment, and the end."""
        first: NDArray[np.int64] = self.counts["article_passages"]
        return first


class MissingLayer(IndexFolderError):
    """The index has no such layer, or one of another version; the message says how to get it.
    ``layer``: its name; ``on_purpose``: it was left out; ``to_come``: the build that made the index
    goes on with it, or was cut off before. ``what`` names neither a folder nor a command."""

    layer = ""
    on_purpose = to_come = False

    @classmethod
    def of(cls, layer: str, out: Path, manifest: Mapping[str, Any]) -> Self:
        """The error about ``layer`` of the index in ``out``."""
        on_purpose = layer in manifest.get("left_out", ())
        to_come = layer in manifest.get("to_come", ())
        error = cls(
            f"this index was built without the layer “{layer}”"
            if on_purpose
            else f"this index has no layer “{layer}” yet"
            if to_come
            else f"this index lacks the layer “{layer}” in this version",
            str(out),
            f"add it, without reading the files again, with: build --out {out} --update",
        )
        error.layer, error.on_purpose, error.to_come = layer, on_purpose, to_come
        return error


class Layer(ABC):
    """One kind of evidence. Both methods are pure: the same segments give the same bytes, in
    whatever process and order.

    ``name``: a noun, the name of its files, ``NAME-000000.bin`` for each segment and ``NAME.bin``
    for what is joint. ``version``: raised whenever the arrays would differ; a build then makes this
    layer anew, and those that need it, and nothing else. ``needs``: names of layers that come
    earlier in the registry. ``reads_topics``: whether the counts by topic are read, which a refit
    changes; without it a refit leaves the layer as it is. ``slow``: of much text it is made after
    the index can be opened. ``whole``: what it has takes the opened index, and is made of it when
    all else is there (``building.publish``); it has joint arrays only.
    """

    name: ClassVar[str]
    version: ClassVar[int]
    needs: ClassVar[tuple[str, ...]] = ()
    reads_topics: ClassVar[bool] = False
    slow: ClassVar[bool] = False
    whole: ClassVar[bool] = False

    @abstractmethod
    def extract(self, segment: SegmentView) -> Arrays:
        """The arrays of one segment."""

    def join(self, segments: Sequence[SegmentView]) -> Arrays:
        """The arrays over all segments, in their order; none by default."""
        return {}

    def settle(
        self, segments: Sequence[SegmentView], settled: Arrays, needed: Mapping[str, Arrays]
    ) -> Arrays:
        """The same, where what was found before must stay: ``settled`` has the joint arrays of the
        generation before, if by this version, and what was settled by hand. ``needed``: the joint
        arrays of the layers in ``needs``. By default this is ``join``."""
        return self.join(segments)


@dataclass(frozen=True)
class LayerArrays:
    """A layer of an opened index: its arrays over all segments, and of each segment in order."""

    joint: Arrays
    segments: Sequence[Container]
