"""An opened index: memory-mapped arrays over articles and slices, read only, shared by sessions.

A *slice* is the text of one article that belongs to one leaf topic: whatever is asked of sources,
topics and dates is a sum over slices. Articles and slices are numbered through all segments.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.layers.layer import LayerArrays, MissingLayer
from dashboard.index.layers.registry import current_versions, layer_named
from dashboard.index.storage.articles import COLUMNS, ArticleStore, StoredArticle, id_number
from dashboard.index.storage.container import Container
from dashboard.index.storage.folder import open_generation
from dashboard.index.storage.manifest import FitFacts, MadeFacts
from dashboard.index.storage.segment import Segment
from dashboard.index.storage.sums import Sums
from dashboard.index.terms.lexicon import Lexicon
from dashboard.index.topics.cut import TopicCut
from dashboard.index.topics.model import TopicModel
from dashboard.index.topics.model_file import read_model
from dashboard.index.topics.nodes import TopicNodes, read_nodes


@dataclass(frozen=True)
class Source:
    """A source. ``rank`` (1, 2, …) fixes its colour and shape for the life of the corpus."""

    source_id: str
    name: str
    n_articles: int
    rank: int


def open_index(folder: Path) -> Index:
    """Open the current generation of ``folder``. Raises ``IndexFolderError``; an array whose bytes
    were changed raises ``DamagedFile`` when it is first used."""
    return Index(*open_generation(folder))


class Index:
    """Everything derived from a corpus.

    Over articles: ``source_of`` (position in ``sources``, -1 unknown), ``days`` (NaT undated),
    ``article_words``, ``by_date`` (articles in order of date, file and row, undated last),
    ``by_id`` (articles in order of their ids). Over slices: ``slice_article``, ``slice_leaf`` (-1:
    no topic), ``slice_words``, ``slice_passages``, ``slice_squares`` (sum of squared lengths of its
    passages), ``slice_near`` (float16, the largest cosine of a passage to the leaf's centre).
    Topics are a cut of the tree in ``nodes``: :meth:`cut`.
    """

    def __init__(
        self,
        folder: Path,
        manifest: Mapping[str, Any],
        containers: Mapping[str, Container],
        fingerprint: str,
    ) -> None:
        self.folder = folder
        #: Checksum of the manifest, and through it of every byte: the key of whatever is cached.
        self.fingerprint = fingerprint
        #: As it was written. Above ``index`` the properties say what is in it.
        self.manifest = manifest
        self.corpus_id: str = manifest["corpus_id"]
        self.index_id: str = manifest["index_id"]
        self.keywords: list[str] = manifest["keywords"]
        self.sources = [Source(**s) for s in manifest["sources"]]
        self.format: int = manifest["format"]
        self.n_articles: int = manifest["n_articles"]
        self.n_passages: int = manifest["n_passages"]
        self.n_words: int = manifest["n_words"]
        self.n_undated: int = manifest["n_undated"]
        self.lexicon = Lexicon(containers["lexicon"])
        self._joint = containers["joint"]
        self.segment_names: list[str] = manifest["segments"]
        self._containers = containers

    def cut(self, size: int | None = None) -> TopicCut:
        """The topics, ``size`` of them, Other apart; without one the default number. ``ValueError``
        for a size that is not in ``nodes.sizes``."""
        return _cut(self, None if size == self.nodes.default_size else size)

    @cached_property
    def made(self) -> MadeFacts:
        """How the last build or change went."""
        return MadeFacts.of(self.manifest["made"])

    @cached_property
    def fit(self) -> FitFacts:
        """How the topics were found."""
        return FitFacts.of(self.manifest["fit"])

    @cached_property
    def leaf_passages(self) -> NDArray[np.int64]:
        """(n_leaves + 1,) passages of each leaf of the tree, then of none."""
        return np.asarray(self.manifest["leaf_passages"], dtype=np.int64)

    @property
    def topic_changes(self) -> Sequence[Mapping[str, Any]]:
        """What the last fit made of the topics before, by column of the table
        ``topic_changes``."""
        changes: Sequence[Mapping[str, Any]] = self.manifest["topic_changes"]
        return changes

    @cached_property
    def nodes(self) -> TopicNodes:
        """The merge tree of topics, from the finest to all in one."""
        names = self.manifest["topic_names"]
        return read_nodes(self.folder, self._containers["topics"], names)

    @cached_property
    def topic_model(self) -> TopicModel:
        """What the fit found: for the words of topics."""
        return read_model(self.folder).model

    @cached_property
    def map_places(self) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """(n_placed,) the articles that the fit placed on a map, and (n_placed, 2) where."""
        topics = self._containers["topics"]
        numbers, places = self._joint["id_numbers"], topics["positions"]
        at = np.searchsorted(numbers, topics["placed"])
        there = np.append(numbers, -1)[at] == topics["placed"]  # others were taken out
        return self._joint["id_order"][at[there]], places[there]

    @cached_property
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
    by_id = property(lambda self: self._joint["id_order"])
    slice_article = property(lambda self: self._joint["slice_article"])
    slice_leaf = property(lambda self: self._joint["slice_leaf"])
    slice_words = property(lambda self: self._joint["slice_words"])
    slice_passages = property(lambda self: self._joint["slice_passages"])
    slice_squares = property(lambda self: self._joint["slice_squares"])
    slice_near = property(lambda self: self._joint["slice_near"])

    @cached_property
    def source_names(self) -> NDArray[np.object_]:
        """(n_sources + 1,) name of each source; the last, None, is the unknown one, source -1."""
        return np.asarray([*(s.name for s in self.sources), None], dtype=object)

    @cached_property
    def source_ids(self) -> NDArray[np.object_]:
        """(n_sources + 1,) id of each source; the last, None, is the unknown one, source -1."""
        return np.asarray([*(s.source_id for s in self.sources), None], dtype=object)

    @cached_property
    def report(self) -> dict[str, Any]:
        """The import report, as ``Report.to_dict`` gives it."""
        report: dict[str, Any] = json.loads((self.folder / "report.json").read_bytes())
        return report

    @cached_property
    def own_names(self) -> dict[str, float]:
        """Names of outlets and authors, and in how many texts each may stand by itself."""
        names: dict[str, float] = json.loads((self.folder / "names.json").read_bytes())
        return names

    @cached_property
    def article_slices(self) -> NDArray[np.int64]:
        """(n_articles + 1,) first slice of each article, and the end."""
        lengths = np.bincount(self.slice_article, minlength=self.n_articles)
        return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)

    @cached_property
    def cells_per_slice(self) -> float:
        """Different analysed terms of a slice, on average."""
        n_cells = sum(segment.arrays["row_indptr"][-1] for segment in self.segments)
        return float(n_cells / max(len(self.slice_article), 1))

    @cached_property
    def sums(self) -> Sums | None:
        """Sums of terms, where the corpus is large enough to have them."""
        return Sums(self._containers) if "sums" in self._containers else None

    @cached_property
    def title_words(self) -> NDArray[np.int64]:
        """(n_articles,) words of each title."""
        lengths = [np.diff(segment.arrays["title_offsets"]) for segment in self.segments]
        return np.concatenate([np.zeros(0, np.int64), *lengths])

    @cached_property
    def days_present(self) -> tuple[NDArray[np.datetime64], NDArray[np.int64]]:
        """The publication days there are, ascending, and the articles of each."""
        days, counts = np.unique(self.days[~np.isnat(self.days)], return_counts=True)
        return days, counts.astype(np.int64)

    @cached_property
    def day_number(self) -> NDArray[np.int64]:
        """(n_articles,) position in ``days_present``; its length for undated articles."""
        days, _ = self.days_present
        return np.asarray(np.searchsorted(days, self.days), np.int64)  # NaT sorts last

    @cached_property
    def date_range(self) -> tuple[date, date] | None:
        """First and last publication day; None when every article is undated."""
        first, last = self.manifest["first_day"], self.manifest["last_day"]
        return (date.fromisoformat(first), date.fromisoformat(last)) if first else None

    @property
    def layer_versions(self) -> Mapping[str, str]:
        """Of each layer that the index has, the version it was made by."""
        return dict(self.manifest.get("layers", {}))

    @property
    def left_out(self) -> Sequence[str]:
        """Layers that the index was built without, on purpose."""
        return list(self.manifest.get("left_out", ()))

    @property
    def story_names(self) -> Mapping[str, str]:
        """Names that users gave to stories, by id of the story."""
        return dict(self.manifest.get("stories", {}).get("names", {}))

    def layer(self, name: str) -> LayerArrays:
        """The arrays of a layer. Raises ``MissingLayer`` without it, or with another version."""
        if self.layer_versions.get(name) != current_versions()[name]:
            raise MissingLayer.of(name, self.folder.parent, self.manifest)
        names = () if layer_named(name).whole else self.segment_names
        segments = [self._containers[f"{name}-{segment}"] for segment in names]
        return LayerArrays(self._containers.get(name, {}), segments)

    def check(self) -> None:
        """Verify every byte now. Raises ``DamagedFile``."""
        for container in self._containers.values():
            container.check()

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
        ``COLUMNS`` of the article store, ``row``, ``date`` (ISO), ``n_words``, ``source_id``."""
        positions = np.asarray(positions, dtype=np.int64)
        bases = self._joint["first_article"]
        of = np.searchsorted(bases, positions, side="right") - 1
        order = np.argsort(of, kind="stable")
        bounds = np.searchsorted(of[order], np.arange(len(self.segments) + 1))
        values: dict[str, Any] = {
            name: np.full(len(positions), None, dtype=object)
            for name in columns
            if name not in ("date", "n_words", "source_id")
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
        if "source_id" in columns:
            values["source_id"] = self.source_ids[self.source_of[positions]]
        if "row" in values:
            values["row"] = pd.array(values["row"], dtype="Int64")
        return pd.DataFrame({name: pd.Series(values[name], dtype=_dtype(name)) for name in columns})

    def record(self, position: int) -> StoredArticle:
        """Lines, fields and passages of one article."""
        segment = self.segment_of(position)
        return segment.articles.record(position - segment.first_article)

    def passages(self, position: int) -> list[str]:
        """The passages of one article."""
        segment = self.segment_of(position)
        return segment.articles.passages(position - segment.first_article)

    def passage_slices(self, position: int) -> NDArray[np.int64]:
        """The slice of each passage of an article."""
        segment, chosen = self._passages_of(position)
        slices: NDArray[np.int64] = segment.arrays["passage_slice"][chosen] + segment.first_slice
        return slices

    def passage_words(self, position: int) -> NDArray[np.int64]:
        """The words of each passage of an article."""
        segment, chosen = self._passages_of(position)
        return np.diff(segment.arrays["offsets"][chosen.start : chosen.stop + 1])

    def passage_near(self, position: int) -> NDArray[np.float16]:
        """Cosine of each passage of an article to the centre of its leaf."""
        segment, chosen = self._passages_of(position)
        near: NDArray[np.float16] = segment.arrays["passage_near"][chosen]
        return near

    def _passages_of(self, position: int) -> tuple[Segment, slice]:
        segment = self.segment_of(position)
        row = position - segment.first_article
        return segment, slice(*segment.arrays["article_passages"][row : row + 2].tolist())


# So few that an index that was replaced is soon let go.
@lru_cache(maxsize=16)
def _cut(index: Index, size: int | None) -> TopicCut:
    return TopicCut.of(index.nodes, index.leaf_passages, index.slice_leaf, size)


def _dtype(name: str) -> Any:
    return {"row": "Int64", "n_words": "int64"}.get(name, object)
