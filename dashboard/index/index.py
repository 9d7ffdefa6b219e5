"""An opened index: memory-mapped arrays over articles and slices, read only, shared by sessions.

A *slice* is the text of one article that belongs to one leaf topic: whatever is asked of sources,
topics and dates is a sum over slices. Articles and slices are numbered through all segments.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.layers.layer import LayerArrays, MissingLayer
from dashboard.index.layers.registry import current_versions
from dashboard.index.storage.articles import COLUMNS, ArticleStore, Record
from dashboard.index.storage.container import Container
from dashboard.index.storage.cube import Sums
from dashboard.index.storage.folder import open_generation
from dashboard.index.terms.lexicon import Lexicon
from dashboard.index.topics.model import TopicModel
from dashboard.index.topics.model_file import read_model
from dashboard.index.topics.nodes import Topic, TopicNodes, list_topics, read_nodes

T = TypeVar("T")


@dataclass(frozen=True)
class Source:
    """Who published. ``rank`` (1, 2, …) fixes colour and shape for the life of the corpus."""

    source_id: str
    name: str
    n_articles: int
    rank: int


@dataclass(frozen=True)
class Segment:
    """One segment's counts, ``arrays``, and where its articles and slices begin in the index.

    Arrays: tokens ``ids`` (lexicon numbers) with passage ``offsets``; ``passage_slice`` and
    ``passage_near`` (cosine to the centre of its leaf); ``article_passages`` (n_articles + 1,);
    ``title_ids``, ``title_offsets``; counts by slice of the analysed terms (CSR ``row_indptr``,
    ``row_terms``, ``row_counts``); for each of ``posting_terms`` the slices it stands in
    (``posting_offsets``, ``posting_slices``, ``posting_counts``), ``doc_freq`` (articles) and
    ``count``.
    """

    arrays: Container
    articles: ArticleStore
    first_article: int
    first_slice: int

    def posted(
        self, terms: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Which of ``terms`` stand in this segment, as positions in it, and the first and last + 1
        of each one's postings."""
        posted, offsets = self.arrays["posting_terms"], self.arrays["posting_offsets"]
        # Of the same type, or the larger array would be converted.
        at = np.searchsorted(posted, terms.astype(posted.dtype))
        found = np.flatnonzero(posted.take(at, mode="clip") == terms) if len(posted) else at[:0]
        return found, offsets[at[found]], offsets[at[found] + 1]


def open_index(folder: Path) -> Index:
    """Open the current generation of ``folder``. Raises ``IndexFolderError``; an array whose bytes
    were changed raises ``DamagedFile`` when it is first used."""
    return Index(*open_generation(folder))


class _shared(Generic[T]):
    """As ``cached_property``, but kept for all cuts of an index together."""

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self._compute, self._name = compute, compute.__name__
        self.__doc__ = compute.__doc__

    def __get__(self, index: Index, _: type[Index] | None = None) -> T:
        kept = index._kept
        if self._name not in kept:
            kept[self._name] = self._compute(index)
        value: T = kept[self._name]
        return value


class Index:
    """Everything derived from a corpus.

    Over articles: ``source_of`` (position in ``sources``, -1 unknown), ``days`` (NaT undated),
    ``article_words``, ``by_date`` (articles in order of date, file and row, undated last). Over
    slices: ``slice_article``, ``slice_leaf`` (-1: no topic), ``slice_words``, ``slice_passages``,
    ``slice_squares`` (sum of squared lengths of its passages), ``slice_near`` (float16, the largest
    cosine of one of its passages to the centre of the leaf).

    ``topics`` are a cut of the tree in ``nodes``; :meth:`cut` gives another.
    """

    def __init__(
        self,
        folder: Path,
        manifest: Mapping[str, Any],
        containers: Mapping[str, Container],
        fingerprint: str,
    ) -> None:
        self.folder = folder
        #: Checksum of the manifest, and through it of every byte, and the number of topics where
        #: it isn't the default: the key of whatever is cached.
        self.fingerprint = self.manifest_checksum = fingerprint
        self.manifest = manifest
        self.corpus_id: str = manifest["corpus_id"]
        self.index_id: str = manifest["index_id"]
        self.keywords: list[str] = manifest["keywords"]
        self.sources = [Source(**s) for s in manifest["sources"]]
        self.n_articles: int = manifest["n_articles"]
        self.lexicon = Lexicon(containers["lexicon"])
        self._joint = containers["joint"]
        self.segment_names: list[str] = manifest["segments"]
        self._containers = containers
        self._size: int | None = None
        self._kept: dict[str, Any] = {}

    def cut(self, size: int) -> Index:
        """This index with ``size`` topics, Other apart; it shares everything else. ``ValueError``
        for a size that is not in ``nodes.sizes``."""
        if size == self.nodes.default_size:
            size_wanted, fingerprint = None, self.manifest_checksum
        else:
            self.nodes.cut(size)
            size_wanted, fingerprint = size, f"{self.manifest_checksum}-{size}"
        other = copy.copy(self)  # with the same ``_kept``
        for name in ("_listed", "slice_topic"):
            other.__dict__.pop(name, None)
        other._size, other.fingerprint = size_wanted, fingerprint
        return other

    @_shared
    def nodes(self) -> TopicNodes:
        """The merge tree of topics, from the finest to all in one."""
        names = self.manifest["topic_names"]
        return read_nodes(self.folder, self._containers["topics"], names)

    @cached_property
    def _listed(self) -> tuple[list[Topic], NDArray[np.int64]]:
        sizes = np.asarray(self.manifest["leaf_passages"], dtype=np.int64)
        return list_topics(self.nodes, sizes, self._size)

    @property
    def topics(self) -> list[Topic]:
        """The topics of this cut, largest first, Other last."""
        return self._listed[0]

    @property
    def topic_of_leaf(self) -> NDArray[np.int64]:
        """(n_leaves + 1,) position in ``topics``; the last: of no leaf, which is leaf -1."""
        return self._listed[1]

    @_shared
    def topic_model(self) -> TopicModel:
        """What the fit found: for the words of topics."""
        return read_model(self.folder).model

    @_shared
    def map_places(self) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """(n_placed,) the articles that the fit placed on a map, and (n_placed, 2) where."""
        topics = self._containers["topics"]
        numbers, places = self._joint["id_numbers"], topics["positions"]
        at = np.searchsorted(numbers, topics["placed"])
        there = np.append(numbers, -1)[at] == topics["placed"]  # others were taken out
        return self._joint["id_order"][at[there]], places[there]

    @_shared
    def segments(self) -> list[Segment]:
        """In the order of their articles."""
        found = []
        articles, slices = self._joint["first_article"], self._joint["first_slice"]
        for i, name in enumerate(self.segment_names):
            store = ArticleStore(self._containers[f"articles-{name}"])
            counts = self._containers[f"counts-{name}"]
            found.append(Segment(counts, store, int(articles[i]), int(slices[i])))
        return found

    source_of = property(lambda self: self._joint["source_of"])
    days = property(lambda self: self._joint["days"])
    article_words = property(lambda self: self._joint["article_words"])
    by_date = property(lambda self: self._joint["by_date"])
    slice_article = property(lambda self: self._joint["slice_article"])
    slice_leaf = property(lambda self: self._joint["slice_leaf"])
    slice_words = property(lambda self: self._joint["slice_words"])
    slice_passages = property(lambda self: self._joint["slice_passages"])
    slice_squares = property(lambda self: self._joint["slice_squares"])
    slice_near = property(lambda self: self._joint["slice_near"])

    @_shared
    def report(self) -> dict[str, Any]:
        """The import report, as ``Report.to_dict`` gives it."""
        report: dict[str, Any] = json.loads((self.folder / "report.json").read_bytes())
        return report

    @_shared
    def own_names(self) -> dict[str, float]:
        """Names of outlets and authors, and in how many texts each may stand by itself."""
        names: dict[str, float] = json.loads((self.folder / "names.json").read_bytes())
        return names

    @cached_property
    def slice_topic(self) -> NDArray[np.int16]:
        """(n_slices,) position in ``topics``."""
        # Short numbers: there may be millions, for each cut in use.
        topic: NDArray[np.int16] = self.topic_of_leaf.astype(np.int16)[self.slice_leaf]
        return topic

    @_shared
    def article_slices(self) -> NDArray[np.int64]:
        """(n_articles + 1,) first slice of each article, and the end."""
        lengths = np.bincount(self.slice_article, minlength=self.n_articles)
        return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)

    @_shared
    def cells_per_slice(self) -> float:
        """Different analysed terms of a slice, on average."""
        n_cells = sum(segment.arrays["row_indptr"][-1] for segment in self.segments)
        return float(n_cells / max(len(self.slice_article), 1))

    @_shared
    def sums(self) -> Sums | None:
        """Sums of terms, where the corpus is large enough to have them."""
        return Sums(self._containers) if "sums" in self._containers else None

    @_shared
    def title_words(self) -> NDArray[np.int64]:
        """(n_articles,) words of each title."""
        lengths = [np.diff(segment.arrays["title_offsets"]) for segment in self.segments]
        return np.concatenate([np.zeros(0, np.int64), *lengths])

    @_shared
    def days_present(self) -> tuple[NDArray[np.datetime64], NDArray[np.int64]]:
        """The publication days there are, ascending, and the articles of each."""
        days, counts = np.unique(self.days[~np.isnat(self.days)], return_counts=True)
        return days, counts.astype(np.int64)

    @_shared
    def day_number(self) -> NDArray[np.int64]:
        """(n_articles,) position in ``days_present``; its length for undated articles."""
        days, _ = self.days_present
        found: NDArray[np.int64] = np.searchsorted(days, self.days)  # NaT sorts last
        return found

    @_shared
    def date_range(self) -> tuple[date, date] | None:
        """First and last publication day; None when every article is undated."""
        first, last = self.manifest["first_day"], self.manifest["last_day"]
        return (date.fromisoformat(first), date.fromisoformat(last)) if first else None

    @property
    def layer_versions(self) -> Mapping[str, str]:
        """Of each layer that the index has, the version it was made by."""
        versions: Mapping[str, str] = self.manifest.get("layers", {})
        return versions

    def layer(self, name: str) -> LayerArrays:
        """The arrays of a layer. Raises ``MissingLayer`` where the index was built without it, or
        by another version of it."""
        if self.layer_versions.get(name) != current_versions()[name]:
            raise MissingLayer(
                f"{self.folder.parent} has no {name} of this version; find them, without reading "
                f"the files again, with: build --out {self.folder.parent} --update"
            )
        segments = [self._containers[f"{name}-{segment}"] for segment in self.segment_names]
        return LayerArrays(self._containers.get(name, {}), segments)

    def check(self) -> None:
        """Verify every byte now. Raises ``DamagedFile``."""
        for container in self._containers.values():
            container.check()

    def source(self, source_id: str) -> Source:
        """The source of that id. Raises KeyError."""
        return {s.source_id: s for s in self.sources}[source_id]

    def topic(self, topic_id: str) -> Topic:
        """The topic of that id. Raises KeyError."""
        return {t.topic_id: t for t in self.topics}[topic_id]

    def topics_of_node(self, node_id: str) -> list[str]:
        """The topics of this cut that hold text of a node of the tree, by id; none for an id that
        isn't there."""
        if node_id not in self.nodes.node_ids:
            return []
        leaves = self.nodes.held[self.nodes.node_ids.index(node_id)]
        touched = set(self._listed[1][:-1][leaves].tolist())
        return [t.topic_id for i, t in enumerate(self.topics) if i in touched]

    def segment_number(self, article: int) -> int:
        """The position in ``segments`` of the one that holds an article."""
        return int(np.searchsorted(self._joint["first_article"], article, side="right")) - 1

    def segment_of(self, article: int) -> Segment:
        """The segment that holds an article."""
        return self.segments[self.segment_number(article)]

    def position(self, article_id: str) -> int | None:
        """The position of an article, None for one that is not there."""
        # Sorted prefixes of the ids, as numbers, point to it.
        wanted = id_number(article_id)
        numbers, order = self._joint["id_numbers"], self._joint["id_order"]
        i = int(np.searchsorted(numbers, wanted))
        while i < len(numbers) and numbers[i] == wanted:
            position = int(order[i])
            segment = self.segment_of(position)
            if (
                segment.articles.column("article_id")[position - segment.first_article]
                == article_id
            ):
                return position
            i += 1
        return None

    def article_rows(
        self,
        positions: NDArray[np.int64] | Sequence[int],
        columns: Sequence[str] = (*COLUMNS, "row"),
    ) -> pd.DataFrame:
        """Columns of these articles, in the order given; None is unknown. ``columns`` may hold
        ``COLUMNS`` of the article store, ``row``, ``date`` (ISO) and ``n_words``."""
        positions = np.asarray(positions, dtype=np.int64)
        bases = self._joint["first_article"]
        of = np.searchsorted(bases, positions, side="right") - 1
        order = np.argsort(of, kind="stable")
        bounds = np.searchsorted(of[order], np.arange(len(self.segments) + 1))
        values: dict[str, Any] = {
            name: np.full(len(positions), None, dtype=object)
            for name in columns
            if name not in ("date", "n_words")
        }
        for segment, start, end in zip(self.segments, bounds, bounds[1:], strict=False):
            chosen = order[start:end]
            for name in values:
                if len(chosen):
                    rows = positions[chosen] - segment.first_article
                    values[name][chosen] = segment.articles.values(name, rows)
        if "date" in columns:
            days = self.days[positions]
            text = np.datetime_as_string(days).astype(object)
            values["date"] = np.where(np.isnat(days), None, text)
        if "n_words" in columns:
            values["n_words"] = self.article_words[positions].astype(np.int64)
        if "row" in values:
            values["row"] = pd.array(values["row"], dtype="Int64")
        return pd.DataFrame({name: pd.Series(values[name], dtype=_dtype(name)) for name in columns})

    def record(self, position: int) -> Record:
        """Lines, fields and passages of one article."""
        segment = self.segment_of(position)
        return segment.articles.record(position - segment.first_article)

    def passages(self, position: int) -> list[str]:
        """The passages of one article."""
        segment = self.segment_of(position)
        return segment.articles.passages(position - segment.first_article)

    def passage_topics(self, position: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Topic (position in ``topics``) and length in words of each passage of an article."""
        segment = self.segment_of(position)
        arrays, row = segment.arrays, position - segment.first_article
        first, last = arrays["article_passages"][row : row + 2].tolist()
        slices = arrays["passage_slice"][first:last] + segment.first_slice
        return self.slice_topic[slices], np.diff(arrays["offsets"][first : last + 1])


def _dtype(name: str) -> Any:
    return {"row": "Int64", "n_words": "int64"}.get(name, object)


def id_number(article_id: str) -> int:
    """The first 15 hexadecimal digits of an article id as a number (ids of one corpus that share
    them are told apart by reading both)."""
    try:
        return int(article_id[:15], 16)
    except ValueError:
        return -1
