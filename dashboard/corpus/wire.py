"""What the reading process and its parent say to each other: parts of readings, as JSON.

No pickle: whoever takes over the reading process must not get to run code in its parent.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from typing import Any

from .article import UNKNOWN, Field
from .parts import Part
from .readers import Reading, Record, RefusedFile
from .report import Problem

_FRAME = 256 * 1024  # characters of text sent at a time, roughly


def frames(part: Part) -> Iterator[bytes]:
    """Yield a part as messages: the part without its records, lists of them, an empty list."""
    records = part.reading.records if part.reading else []
    if part.reading:
        part.reading.records = []
    yield dump(part)
    batch: list[Record] = []
    size = 0
    for record in records:
        batch.append(record)
        size += len(record.text) + 500
        if size > _FRAME:
            yield dump(batch)
            batch, size = [], 0
    if batch:
        yield dump(batch)
    yield dump([])


_CLASSES: dict[str, Any] = {kind.__name__: kind for kind in (Field, Part, Problem, Reading, Record)}
_NAMES = {
    name: tuple(field.name for field in dataclasses.fields(kind)) for name, kind in _CLASSES.items()
}


def dump(value: Any) -> bytes:
    """Return a value as the bytes of one message."""
    # ASCII: a lone surrogate must not stop a whole file.
    return json.dumps(_pack(value)).encode("ascii")


def load(data: bytes) -> Any:
    """Return the value that ``dump`` wrote."""
    return _unpack(json.loads(data))


def _pack(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if value is UNKNOWN:
        return {"unknown": 1}
    name = type(value).__name__
    if name in _CLASSES:
        return {name: [_pack(getattr(value, field)) for field in _NAMES[name]]}
    if isinstance(value, RefusedFile):
        refused = (value.reason, value.remedy, value.file_format, value.headers, value.previews)
        return {"refused": refused}
    if isinstance(value, bytes):
        return {"bytes": value.decode("latin-1")}
    if isinstance(value, Mapping):
        return {"mapping": [[_pack(key), _pack(item)] for key, item in value.items()]}
    if isinstance(value, tuple):
        return {"tuple": [_pack(item) for item in value]}
    if isinstance(value, list):
        return [_pack(item) for item in value]
    raise TypeError(f"{name} can't be sent")


def _unpack(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpack(item) for item in value]
    if not isinstance(value, dict):
        return value
    ((name, content),) = value.items()
    if name in _CLASSES:
        return _CLASSES[name](*map(_unpack, content))
    if name == "refused":
        return RefusedFile(*content)
    if name == "bytes":
        return content.encode("latin-1")
    if name == "mapping":
        return {_unpack(key): _unpack(item) for key, item in content}
    if name == "tuple":
        return tuple(map(_unpack, content))
    return UNKNOWN
