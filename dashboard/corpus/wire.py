"""What the reading process and its parent say to each other: parts of readings, as JSON.

No pickle: whoever takes over the reading process must not get to run code in its parent.
"""

from __future__ import annotations

import dataclasses
import json
import operator
from collections.abc import Mapping
from typing import Any

from .article import UNKNOWN, Field
from .parts import Part
from .readers import Reading, Record, RefusedFile
from .report import Problem

FRAME = 256 * 1024  # bytes of records sent at a time, roughly


def pack_record(record: Record) -> list[Any]:
    """Return a record as plain JSON data."""
    # As _pack does, but there are millions of them.
    date = record.date_field
    return [
        *_PLAIN(record),
        None if date is UNKNOWN else pack_field(date),
        {name: pack_field(field) for name, field in record.fields.items()},
    ]


def load_record(values: list[Any]) -> Record:
    """Return the record that ``pack_record`` packed."""
    *plain, date, fields = values
    made = dict(zip(_PLAIN_NAMES, plain, strict=True))
    made["date_field"] = UNKNOWN if date is None else Field(*date)
    made["fields"] = {name: Field(*field) for name, field in fields.items()}
    return Record(**made)


def pack_field(field: Field) -> list[Any]:
    """Return a field's values in their order."""
    return [field.value, field.basis, field.evidence, field.line, field.method]


def dump_line(value: Any) -> bytes:
    """Return plain JSON data as a line."""
    # A lone surrogate must not stop a whole file.
    return _encode(value).encode("utf-8", "surrogatepass") + b"\n"


def load_line(line: bytes) -> Any:
    """Return what ``dump_line`` wrote."""
    return json.loads(line.decode("utf-8", "surrogatepass"))


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_PLAIN_NAMES = tuple(
    field.name for field in dataclasses.fields(Record) if field.name not in ("date_field", "fields")
)
_PLAIN = operator.attrgetter(*_PLAIN_NAMES)
_CLASSES: dict[str, Any] = {kind.__name__: kind for kind in (Field, Part, Problem, Reading, Record)}
_NAMES = {
    name: tuple(field.name for field in dataclasses.fields(kind) if field.name != "sink")
    for name, kind in _CLASSES.items()
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
