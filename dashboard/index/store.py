"""The index folder: immutable generations, checksummed, published by one atomic rename.

``DIR/CURRENT`` names the generation and the checksum of its manifest; the manifest names every
file with its own. A new generation is written beside the old one, so a reader sees old or new,
never half. Tables are Parquet, number arrays are npy (opened memory-mapped, read only); no pickle.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FORMAT = 2
CURRENT = "CURRENT"
MANIFEST = "manifest.json"


class IndexFolderError(ValueError):
    """The folder is no index, or a damaged or foreign one; the message says what to do."""


@dataclass(frozen=True)
class Source:
    """Who published. ``rank`` (1, 2, …) fixes colour and shape for the life of the corpus."""

    source_id: str
    name: str
    n_articles: int
    rank: int


@dataclass(frozen=True)
class Topic:
    """A theme found over passages; ``topic_id`` is the link token, ``label`` the name shown."""

    topic_id: str
    label: str
    reliability: float
    n_passages: int


def is_index(folder: Path) -> bool:
    """Whether ``folder`` was written by :func:`write_index`."""
    return (folder / CURRENT).is_file()


def check_target(folder: Path) -> None:
    """Raise :class:`IndexFolderError` where an index must not be written: over a file, or into a
    folder that holds something else."""
    if folder.exists() and not folder.is_dir():
        raise IndexFolderError(f"{folder} is a file; name a folder for the index.")
    # What a build left behind that was killed while it wrote is nobody's.
    others = [p for p in folder.iterdir() if not _is_ours(p)] if folder.is_dir() else []
    if others and not is_index(folder):
        raise IndexFolderError(
            f"{folder} is not empty and holds no index; name a new or empty folder."
        )


def _is_ours(path: Path) -> bool:
    return path.name.startswith((".draft-", f".{CURRENT}-", "gen-"))


def write_index(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    arrays: Mapping[str, NDArray[Any]],
    facts: Mapping[str, Any],
) -> None:
    """Write a generation beside the others and make it the current one; the one before is kept
    for readers that have it open, older ones go. Raises :class:`IndexFolderError` or OSError."""
    check_target(folder)
    folder.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(folder)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder))
    try:
        for name, table in tables.items():
            table.to_parquet(draft / f"{name}.parquet", index=False, write_page_checksum=True)
        for name, array in arrays.items():
            np.save(draft / f"{name}.npy", array, allow_pickle=False)
        files = {p.name: _sha256(p) for p in sorted(draft.iterdir())}
        manifest = json.dumps({"format": FORMAT, **facts, "files": files}, indent=1, sort_keys=True)
        (draft / MANIFEST).write_text(manifest, encoding="utf-8")
        for path in draft.iterdir():
            _sync(path)
        old = _generations(folder)
        name = _publish(draft, folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    pointer = folder / f".{CURRENT}-{os.getpid()}"
    pointer.write_text(f"{name} {hashlib.sha256(manifest.encode()).hexdigest()}\n")
    _sync(pointer)
    os.replace(pointer, folder / CURRENT)
    for gone in old[:-1]:
        shutil.rmtree(folder / gone, ignore_errors=True)


def open_index(folder: Path) -> Index:
    """Open the current generation, every file checked against its checksum.

    Raises :class:`IndexFolderError` when ``folder`` holds no index, one of another format version,
    or a damaged one.
    """
    if not is_index(folder):
        raise IndexFolderError(f"{folder} holds no index; make one with: build PATH --out {folder}")
    try:
        name, expected = (folder / CURRENT).read_text(encoding="utf-8").split()
        generation = folder / Path(name).name
        manifest_bytes = (generation / MANIFEST).read_bytes()
        sound = hashlib.sha256(manifest_bytes).hexdigest() == expected
        manifest = json.loads(manifest_bytes) if sound else {}
        if sound and manifest["format"] != FORMAT:
            raise IndexFolderError(
                f"{folder} was written in format {manifest['format']}, this version reads "
                f"{FORMAT}; build it again."
            )
        damaged = [n for n, h in manifest.get("files", {}).items() if _sha256(generation / n) != h]
    except (OSError, ValueError, KeyError) as error:
        if isinstance(error, IndexFolderError):
            raise
        raise IndexFolderError(f"{folder} is a damaged index ({error}); build it again.") from error
    if not sound or damaged:
        what = ", ".join(damaged) or MANIFEST
        raise IndexFolderError(f"{folder} is a damaged index (changed: {what}); build it again.")
    return Index(generation, manifest, expected)


def _remove_leftovers(folder: Path) -> None:
    """Drafts of builds that were killed an hour ago or more; a younger one may be at work."""
    for path in (*folder.glob(".draft-*"), *folder.glob(f".{CURRENT}-*")):
        if path.stat().st_mtime < time.time() - 3_600:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()


def _publish(draft: Path, folder: Path) -> str:
    """Rename ``draft`` to the next free generation; two builders at once get different ones."""
    number = 0
    while True:
        old = _generations(folder)
        number = max(number, int(old[-1].removeprefix("gen-")) if old else 0) + 1
        try:
            draft.rename(folder / f"gen-{number:06d}")
        except FileExistsError:
            continue
        except OSError as error:
            if error.errno != errno.ENOTEMPTY:
                raise
            continue
        return f"gen-{number:06d}"


def _generations(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.glob("gen-*") if p.is_dir())


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb") as handle:
        os.fsync(handle.fileno())


class Index:
    """Everything derived from a corpus, read only, safe to share between sessions.

    Tables (pandas, one row each): ``articles``, ``passages``, ``topics``, ``topic_terms``,
    ``terms``, ``lines``, ``fields``. Arrays over passages: ``article_of``, ``topic_of``
    (position in ``topics``, Other being the last), ``n_words``. Token stream of the passages:
    ``ids``, ``offsets``; of the titles, one text an article: ``title_ids``, ``title_offsets``.
    """

    def __init__(self, folder: Path, manifest: Mapping[str, Any], fingerprint: str) -> None:
        self.folder = folder
        #: Checksum of the manifest, and through it of every byte: the key of whatever is cached.
        self.fingerprint = fingerprint
        self.manifest = manifest
        self.corpus_id: str = manifest["corpus_id"]
        self.index_id: str = manifest["index_id"]
        self.report: dict[str, Any] = manifest["report"]
        self.keywords: list[str] = manifest["keywords"]
        self.sources = [Source(**s) for s in manifest["sources"]]
        self.topics = [Topic(**t) for t in manifest["topics"]]

    def _table(self, name: str) -> pd.DataFrame:
        table = pd.read_parquet(self.folder / f"{name}.parquet")
        texts = [c for c in table.columns if pd.api.types.is_string_dtype(table[c])]
        for column in texts:  # None, not NaN, is what "unknown" looks like in every layer
            table[column] = table[column].astype(object).where(table[column].notna(), None)
        return table

    def _array(self, name: str) -> NDArray[Any]:
        array: NDArray[Any] = np.load(
            self.folder / f"{name}.npy", mmap_mode="r", allow_pickle=False
        )
        return array

    articles = cached_property(lambda self: self._table("articles"))
    passages = cached_property(lambda self: self._table("passages"))
    topic_terms = cached_property(lambda self: self._table("topic_terms"))
    terms = cached_property(lambda self: self._table("terms"))
    lines = cached_property(lambda self: self._table("lines"))
    fields = cached_property(lambda self: self._table("fields"))
    article_of = cached_property(lambda self: self._array("article_of"))
    topic_of = cached_property(lambda self: self._array("topic_of"))
    n_words = cached_property(lambda self: self._array("n_words"))
    ids = cached_property(lambda self: self._array("ids"))
    offsets = cached_property(lambda self: self._array("offsets"))
    title_ids = cached_property(lambda self: self._array("title_ids"))
    title_offsets = cached_property(lambda self: self._array("title_offsets"))
    term_indptr = cached_property(lambda self: self._array("term_indptr"))
    term_indices = cached_property(lambda self: self._array("term_indices"))
    term_counts = cached_property(lambda self: self._array("term_counts"))

    @cached_property
    def vocabulary(self) -> list[str]:
        """Sorted words; position = id in the token streams."""
        return [str(w) for w in self._table("vocabulary")["word"]]

    @cached_property
    def positions(self) -> dict[str, int]:
        """Position in ``articles`` of each article id."""
        return {str(a): i for i, a in enumerate(self.articles["article_id"])}

    @cached_property
    def source_of(self) -> NDArray[np.int64]:
        """(n_articles,) position in ``sources``, -1 where the source is unknown."""
        position = {s.name: i for i, s in enumerate(self.sources)}
        names = self.articles["source"]
        return np.asarray([position.get(n, -1) if n else -1 for n in names], dtype=np.int64)

    @cached_property
    def days(self) -> NDArray[np.datetime64]:
        """(n_articles,) publication day, NaT where undated."""
        days: NDArray[np.datetime64] = self.articles["date"].to_numpy(dtype="datetime64[D]")
        return days

    @cached_property
    def date_range(self) -> tuple[date, date] | None:
        """First and last publication day; None when every article is undated."""
        days = self.days[~np.isnat(self.days)]
        return (days.min().item(), days.max().item()) if len(days) else None

    def source(self, source_id: str) -> Source:
        """The source of that id. Raises KeyError."""
        return {s.source_id: s for s in self.sources}[source_id]

    def topic(self, topic_id: str) -> Topic:
        """The topic of that id. Raises KeyError."""
        return {t.topic_id: t for t in self.topics}[topic_id]
