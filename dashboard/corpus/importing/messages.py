"""What the reading process and its parent say to each other: parts of readings, as JSON.

A record is one line: JSON, a tab, and the text, which is most of it, as it is but for line ends.
No pickle: whoever takes over the reading process must not get to run code in its parent.
"""

from __future__ import annotations

import dataclasses
import json
import operator
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.corpus.article import UNKNOWN, Field
from dashboard.corpus.files.parts import Part
from dashboard.corpus.readers.registry import Reading, Record, RefusedFile
from dashboard.corpus.report import Problem

FRAME = 256 * 1024  # bytes of records sent at a time, roughly
_LINE_END = b"\xff"  # stands for one in a text: in UTF-8 this byte doesn't occur


def dump_record(record: Record) -> bytes:
    """Return a record as a line."""
    date = record.date_field
    fields = {name: pack_field(field) for name, field in record.fields.items()}
    head = [*_PLAIN(record), None if date is UNKNOWN else pack_field(date), fields]
    # As JSON a text takes ten times as long.
    text = record.text.encode("utf-8", "surrogatepass").replace(b"\n", _LINE_END)
    return b"%s\t%s\n" % (dump_line(head)[:-1], text)


def load_record(line: bytes) -> Record:
    """Return the record that ``dump_record`` wrote.

    Raises
    ------
    ValueError
        It is something else.
    """
    head, text = split_record(line)
    return record_of(load_line(head), text)


def split_record(line: bytes) -> tuple[bytes, bytes]:
    """Return the JSON of a line that ends in a text, and the text as it is written there."""
    head, tab, text = line.partition(b"\t")  # in JSON there is no tab
    if not tab:
        raise ValueError("the line holds no record")
    return head, text.removesuffix(b"\n")


def record_of(head: Sequence[Any], text: bytes) -> Record:
    """Return the record of a line from the two parts of it, the first one decoded."""
    *plain, date, fields = head
    made = dict(zip(_PLAIN_NAMES, plain, strict=True))
    made["date_field"] = UNKNOWN if date is None else Field(*date)
    made["fields"] = {name: Field(*field) for name, field in fields.items()}
    text = text.replace(_LINE_END, b"\n")
    return Record(text=text.decode("utf-8", "surrogatepass"), **made)


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
    field.name
    for field in dataclasses.fields(Record)
    if field.name not in ("text", "date_field", "fields")
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
