"""The articles of one segment: columns to list them by, and a compressed record of each to read.

A record (lines, fields, passages) is compressed by itself, so that a hundred articles from
anywhere are read in milliseconds, and carries a checksum of its own.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.corpus.article import FIELD_NAMES, Article, Field, Line
from dashboard.corpus.own_columns import without_many
from dashboard.corpus.parsing.hours import hour_of
from dashboard.index.storage.container import (
    Container,
    DamagedFile,
    Strings,
    pack_strings,
    with_prefix,
)

#: Text columns; a field that is unknown is stored as ``_NONE`` and read as None.
COLUMNS = (
    "article_id", "file", "title", "source", "original_source", "date_basis", "authors", "url",
    "language",
)  # fmt: skip
_NONE = "\0"
OWN = "own_columns"  # each article's own columns as JSON, "" without any; not in older stores
HOUR = "hour"  # of publication, -1 for unknown; not in older stores either
_PARAGRAPH_BREAK = "\x1e"  # white space to ``tidy``, so in no paragraph
_CODEC = "lz4_raw"


@dataclass(frozen=True)
class StoredArticle:
    """All that is known of one article: as it was read, and cut into passages."""

    lines: list[Line]
    fields: dict[str, Field]
    passages: list[str]


def pack_articles(
    articles: Sequence[Article], passages: Sequence[Sequence[str]]
) -> dict[str, NDArray[Any]]:
    """The arrays of an :class:`ArticleStore`."""
    frames = [_pack(a, p) for a, p in zip(articles, passages, strict=True)]
    packed = [pa.compress(frame, codec=_CODEC, asbytes=True) for frame in frames]
    offsets = np.cumsum([0, *map(len, packed)]).astype(np.int64)
    days = [
        a.fields["date"].value
        if a.fields["date"].basis not in ("bounded", "unknown") and a.fields["date"].value
        else "NaT"
        for a in articles
    ]
    columns: dict[str, list[str]] = {
        "article_id": [a.article_id for a in articles],
        "file": [a.file for a in articles],
        "date_basis": [a.fields["date"].basis for a in articles],
        "language": [a.language for a in articles],
        **{
            name: [_NONE if a.fields[name].value is None else a.fields[name].value or ""
                   for a in articles]
            for name in ("title", "source", "original_source", "authors", "url")
        },
    }  # fmt: skip
    return {
        **{k: v for c in COLUMNS for k, v in with_prefix(c, pack_strings(columns[c])).items()},
        "row": np.asarray([-1 if a.row is None else a.row for a in articles], dtype=np.int64),
        "day": np.asarray(days, dtype="datetime64[D]"),
        HOUR: np.asarray([_hour(a.fields["date"]) for a in articles], dtype=np.int8),
        **with_prefix(OWN, pack_strings(_own_texts(articles))),
        "digest": np.asarray([_digest(a) for a in articles], dtype="S16"),
        "merge_key": np.asarray([a.merge_key for a in articles], dtype="S32"),
        "frames": np.frombuffer(b"".join(packed), np.uint8),
        "frame_offsets": offsets,
        "frame_sizes": np.asarray([len(f) for f in frames], dtype=np.int64),
        "frame_crcs": np.asarray([zlib.crc32(p) for p in packed], dtype=np.uint32),
    }


def _hour(date: Field) -> int:
    hour = hour_of(date.evidence) if date.basis in ("given", "stated") and date.value else None
    return -1 if hour is None else hour


def _digest(article: Article) -> str:
    """What of an article an index depends on."""
    fields = [article.fields[name].value or "" for name in FIELD_NAMES]
    kept = [line.number for line in article.lines if line.label == "keep"]
    own = [dict(article.own_columns)] * bool(article.own_columns)
    value = json.dumps([article.article_id, article.language, fields, kept, *own])
    return hashlib.sha256(value.encode()).hexdigest()[:16]


def _own_texts(articles: Sequence[Article]) -> list[str]:
    own = without_many([article.own_columns for article in articles])
    return [json.dumps(each, ensure_ascii=False) if each else "" for each in own]


def _pack(article: Article, passages: Sequence[str]) -> bytes:
    """Head (JSON), text of the lines, passages; the long texts are not quoted into JSON."""
    lines = article.lines
    # Texts of one article are of few kinds: runs of lines with one label and reason.
    runs = [
        [len(list(group)), *key]
        for key, group in groupby(lines, key=lambda line: (line.label, line.reason))
    ]
    numbered = all(line.number == i for i, line in enumerate(lines, 1))
    text = "\n".join(line.text for line in lines).encode("utf-8", "surrogatepass")
    head = {
        "runs": runs,
        "numbers": None if numbered else [line.number for line in lines],
        "lengths": None if not any("\n" in line.text for line in lines)
        else [len(line.text) for line in lines],
        "fields": {
            name: [f.value, f.basis, f.evidence, f.line, f.method]
            for name, f in article.fields.items()
        },
        "text": len(text),  # the last one: see ``_passages``
    }  # fmt: skip
    raw = json.dumps(head, separators=(",", ":")).encode()
    body = _PARAGRAPH_BREAK.join(passages).encode("utf-8", "surrogatepass")
    return len(raw).to_bytes(4, "little") + raw + text + body


def _unpack(frame: bytes) -> StoredArticle:
    size = int.from_bytes(frame[:4], "little")
    head = json.loads(frame[4 : 4 + size])
    text_end = 4 + size + head["text"]
    text = frame[4 + size : text_end].decode("utf-8", "surrogatepass")
    if head["lengths"] is None:
        texts = text.split("\n")
    else:
        starts = np.cumsum([0, *(n + 1 for n in head["lengths"])]).tolist()
        texts = [text[s : s + n] for s, n in zip(starts, head["lengths"], strict=False)]
    labels = [run[1:] for run in head["runs"] for _ in range(run[0])]
    numbers = head["numbers"] or range(1, len(labels) + 1)
    return StoredArticle(
        [Line(n, t, *label) for n, t, label in zip(numbers, texts, labels, strict=False)],
        {name: Field(*values) for name, values in head["fields"].items()},
        _split(frame[text_end:]),
    )


def _passages(frame: bytes) -> list[str]:
    """Read without the head, which takes longer than the rest: its last number alone counts."""
    end = 4 + int.from_bytes(frame[:4], "little")
    length = frame[frame.rindex(b":", 0, end) + 1 : end - 1]
    return _split(frame[end + int(length) :])


def _split(body: bytes) -> list[str]:
    text = body.decode("utf-8", "surrogatepass")
    return text.split(_PARAGRAPH_BREAK) if text else []


class ArticleStore:
    """Reads what :func:`pack_articles` packed; positions are those of the articles packed."""

    def __init__(self, arrays: Container) -> None:
        self._arrays = arrays

    def __len__(self) -> int:
        return len(self._arrays["row"])

    @property
    def digests(self) -> list[bytes]:
        """What of each article an index depends on, as a hash."""
        return list(self._arrays["digest"].tolist())

    @property
    def merge_keys(self) -> list[bytes]:
        """(n,) keys by which a record is recognised as the same article."""
        return list(self._arrays["merge_key"].tolist())

    @property
    def days(self) -> NDArray[np.datetime64]:
        """(n,) publication day, NaT where undated."""
        days: NDArray[np.datetime64] = self._arrays["day"]
        return days

    @property
    def hours(self) -> NDArray[np.int8]:
        """(n,) hour of publication as its date says it, in whatever time zone; -1 where it says
        none, and in a store that was written before hours were kept."""
        hours: NDArray[np.int8] = _complete(self._arrays)[HOUR]
        return hours

    def column(self, name: str) -> Strings:
        """A text column as stored; unknown fields read as NUL: see :meth:`values`."""
        return Strings.of(self._arrays, name)

    @property
    def own_columns(self) -> Iterator[dict[str, str | None]]:
        """The user's own columns of each article, as ``without_many`` left them."""
        texts = Strings.of(_complete(self._arrays), OWN)
        return (json.loads(text) if text else {} for text in texts)

    def values(self, name: str, rows: NDArray[np.int64]) -> list[Any]:
        """One of ``COLUMNS``, or ``row``, at these positions; None where unknown."""
        if name == "row":
            found = self._arrays["row"][rows].tolist()
            return [None if value < 0 else value for value in found]
        offsets = self._arrays[f"{name}.offsets"]
        if len(rows) > len(self) // 4:  # many: decoded in one go
            data = self._arrays[f"{name}.bytes"]
            try:
                column = pa.LargeStringArray.from_buffers(
                    len(self), pa.py_buffer(offsets), pa.py_buffer(data)
                )
                texts = column.take(pa.array(rows)).to_pylist()
            except UnicodeDecodeError:  # lone surrogates
                texts = [self.column(name)[i] for i in rows.tolist()]
        else:
            column = self.column(name)
            texts = [column[i] for i in rows.tolist()]
        return [None if text == _NONE else text for text in texts]

    def record(self, position: int) -> StoredArticle:
        """One article. Raises :class:`DamagedFile`."""
        return _unpack(self._frame(position))

    def passages(self, position: int) -> list[str]:
        """The passages of one article, without the rest. Raises :class:`DamagedFile`."""
        return _passages(self._frame(position))

    def _frame(self, position: int) -> bytes:
        start, end = self._arrays["frame_offsets"][position : position + 2].tolist()
        packed = bytes(self._arrays.unchecked("frames")[start:end])
        if zlib.crc32(packed) != int(self._arrays["frame_crcs"][position]):
            raise DamagedFile(f"{self._arrays.path.name}: article {position} was changed")
        size = int(self._arrays["frame_sizes"][position])
        frame: bytes = pa.decompress(packed, decompressed_size=size, codec=_CODEC, asbytes=True)
        return frame


def field_rows(article_id: str, fields: Mapping[str, Field]) -> list[tuple[Any, ...]]:
    """(article_id, field, value, basis, line, evidence) of each field, in their order."""
    return [
        (article_id, name, f.value, f.basis, f.line, f.evidence)
        for name, f in ((n, fields[n]) for n in FIELD_NAMES)
    ]


def take_articles(
    stores: Sequence[Mapping[str, NDArray[Any]]], rows: Sequence[NDArray[np.int64]]
) -> dict[str, NDArray[Any]]:
    """The arrays of a store of these rows of ``stores``, one store after the other; records are
    copied as they are."""
    stores = [_complete(store) for store in stores]
    taken: dict[str, NDArray[Any]] = {}
    for name in stores[0]:
        if name.endswith(".offsets") or name == "frame_offsets":
            continue
        pairs = list(zip(stores, rows, strict=True))
        run = "frame_offsets" if name == "frames" else name.removesuffix("bytes") + "offsets"
        if name != "frames" and not name.endswith(".bytes"):
            taken[name] = np.concatenate([store[name][own] for store, own in pairs])
            continue
        parts: list[memoryview] = []
        for store, own in pairs:
            data, offsets = store[name].data, store[run]
            starts, ends = offsets[own].tolist(), offsets[own + 1].tolist()
            parts += [data[start:end] for start, end in zip(starts, ends, strict=True)]
        taken[name] = np.frombuffer(b"".join(parts), np.uint8)
        taken[run] = np.cumsum([0, *map(len, parts)]).astype(np.int64)
    return taken


def _complete(store: Mapping[str, NDArray[Any]]) -> Mapping[str, NDArray[Any]]:
    """A store with what older ones don't have: no columns of the user's own, no hours."""
    none: dict[str, NDArray[Any]] = {}
    if f"{OWN}.offsets" not in store:
        none |= with_prefix(OWN, pack_strings([""] * len(store["row"])))
    if HOUR not in store:
        none[HOUR] = np.full(len(store["row"]), -1, dtype=np.int8)
    return ChainMap(dict(store), none) if none else store


def id_number(article_id: str) -> int:
    """The first 15 hexadecimal digits of an article id as a number (ids of one corpus that share
    them are told apart by reading both)."""
    try:
        return int(article_id[:15], 16)
    except ValueError:
        return -1
