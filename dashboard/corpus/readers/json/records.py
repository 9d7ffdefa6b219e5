"""JSON and JSON Lines: lists of articles, bare or wrapped, with values nested in others."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice
from typing import IO, Any

from dashboard.corpus.decoding.window import Window, source_of
from dashboard.corpus.parsing.column_names import is_known
from dashboard.corpus.readers.json.items import (
    TOO_DEEP,
    Decoder,
    Item,
    array_items,
    find_array,
    is_json_lines,
    line_items,
    skip_space,
)
from dashboard.corpus.readers.json.wrappers import hit, is_bulk_action, records_in
from dashboard.corpus.readers.tables.cells import Cells
from dashboard.corpus.readers.tables.columns import (
    SAMPLE_ROWS,
    describe,
    guess_columns,
    id_column,
    named_columns,
)
from dashboard.corpus.readers.tables.mapping import OWN, ColumnMap, split_column
from dashboard.corpus.readers.tables.nested import as_text, flatten, follow, own_cell, path_of
from dashboard.corpus.readers.tables.rows import Row, add_rows, check_columns, joined
from dashboard.corpus.record import Reading, RefusedFile, Sink
from dashboard.corpus.report import Problem

# A single object is decoded as a whole; of a larger one only the first list is read.
_LARGEST_OBJECT = 200 * 1024 * 1024
_MAX_FIELDS = 1_000
_MAX_KINDS = 1_000  # of records, by their keys
_OPENING = re.compile(
    r"[\s\ufeff\x1e]{0,999}(?:\[\s{0,999}){0,3}"
    r'(?:\{\s{0,999}(?:"[^"\n]{0,300}"\s{0,99}:|\}))'
)
_NAMES = (".json", ".jsonl", ".ndjson", ".jl", ".jsonlines", ".geojson")
_AGAIN = "export it again as JSON or JSON Lines"


def looks_like_json(head: bytes, name: str) -> bool:
    """True when the first bytes of a file are those of JSON, whatever its ``name``."""
    text = _text_of(head)
    if _OPENING.match(text):
        return True
    return name.lower().endswith(_NAMES) and text.lstrip("\ufeff \t\r\n")[:1] in ("[", "{")


def _text_of(head: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, "replace")
    return head[:4096].decode("utf-8", "replace")


def read_json(
    data: bytes | IO[bytes],
    file: str,
    mapping: Mapping[str, str] | None = None,
    sink: Sink | None = None,
) -> Reading:
    """Read a JSON or JSON Lines file; arguments and result as for ``table.read_csv``.

    Records are the elements of an array, of the array that a wrapper holds ("articles", "data",
    "response.docs"), the lines of JSON Lines, or the one object of the file.

    Raises
    ------
    RefusedFile
        Empty, binary, not JSON, nested too deeply, without articles, or with a mapping to a name
        that doesn't exist.
    """
    reading = Reading("json", sink=sink)
    try:
        return _read(data, file, mapping, reading)
    except RefusedFile as error:
        error.file_format = error.file_format or reading.format
        raise


def _read(
    data: bytes | IO[bytes], file: str, mapping: Mapping[str, str] | None, reading: Reading
) -> Reading:
    source = source_of(data)
    reading.encoding = source.encoding
    reading.problems.extend(source.problems)
    window = source.open()
    if not window.text.strip("\ufeff \t\r\n\0"):
        raise RefusedFile("the file is empty: there are no records", "export it again")
    items = _items(window, reading)
    sample = list(islice(items, SAMPLE_ROWS))
    flat = [flatten(item.value) for item in sample if isinstance(item.value, dict)]
    if not flat:
        _refuse(sample, reading)
    names = list(dict.fromkeys(name for record in flat for name in record))[:_MAX_FIELDS]
    sample_rows = [[as_text(record.get(name)) for name in names] for record in flat]
    columns = guess_columns(names, sample_rows, mapping)
    check_columns(columns, names, reading.format)
    number_column = id_column([name for name in names if "." not in name])
    unread = [chain(sample, items)]

    def rows(reading: Reading, cells: Cells) -> Iterator[Row]:
        again = unread.pop() if unread else _items(source.open(), Reading(reading.format))
        return _rows(again, columns, names, number_column, reading, cells)

    add_rows(rows, columns, file, reading, escaped=source.escaped, id_name=number_column)
    return reading


def _refuse(sample: list[Item], reading: Reading) -> None:
    broken = next((item.broken for item in sample if item.broken), "")
    if broken:
        raise RefusedFile(f"no record can be read: {broken}", _AGAIN)
    raise RefusedFile("there are no articles in the file", _AGAIN)


def _items(window: Window, reading: Reading) -> Iterator[Item]:
    decoder = Decoder()
    text = window.text
    start = skip_space(text, 0 if text[:1] != "\ufeff" else 1)
    if text[start : start + 1] == "[":
        yield from _unwrapped(array_items(window, start + 1, decoder), reading)
    elif is_json_lines(window, decoder):
        reading.format = "jsonl"
        yield from _unwrapped(line_items(window, decoder), reading)
    else:
        yield from _document(window, start, decoder, reading)


def _document(window: Window, start: int, decoder: Decoder, reading: Reading) -> Iterator[Item]:
    """Yield the records of a file that holds one object, or several one after the other."""
    if window.size > _LARGEST_OBJECT:
        yield from _first_list(window, start, decoder, reading)
        return
    while window.grow(math.inf):
        pass
    text = window.text
    try:
        value, end = decoder.decode(text, start)
    except RecursionError:
        raise RefusedFile(
            f"the file is {TOO_DEEP}", "export it again as a list of records"
        ) from None
    except json.JSONDecodeError as error:
        within = find_array(text) if text[start : start + 1] == "{" else -1
        if within < 0:
            where = f"line {error.lineno}: {error.msg}"
            raise RefusedFile(f"this is not valid JSON ({where})", _AGAIN) from error
        # The wrapper is broken or cut off: its records are read one by one.
        reading.problems.append(
            Problem(None, None, f"the file is damaged or cut off ({error.msg})")
        )
        yield from array_items(window, within, decoder)
        return
    doubles = decoder.doubles
    rest = skip_space(text, end)
    if rest < len(text):  # objects one after the other, without line ends that part them
        yield Item(1, hit(value), doubles=doubles)
        for item in array_items(Window(text + "]"), rest, decoder):
            yield replace(item, number=item.number + 1, value=hit(item.value))
        return
    left: list[str] = []
    records = records_in(value, left)
    _say_left(left, reading)
    if not records and isinstance(value, dict) and value:
        raise RefusedFile(
            f"no list of articles was found; {describe(list(value))}",
            "export the articles as a list",
        )
    for number, record in enumerate(records, 1):
        yield Item(number, record, doubles=doubles if number == 1 else [])


def _first_list(window: Window, start: int, decoder: Decoder, reading: Reading) -> Iterator[Item]:
    """Yield the first list of objects in a document that is too large to be decoded at once."""
    within = find_array(window.text) if window.text[start : start + 1] == "{" else -1
    if within < 0:
        limit = _LARGEST_OBJECT // 1024**2
        raise RefusedFile(f"one object of more than {limit} MB, and no list in it", _AGAIN)
    reason = "the file is one large object: only the first list of records in it was read"
    reading.problems.append(Problem(None, None, reason))
    yield from array_items(window, within, decoder)


def _unwrapped(items: Iterator[Item], reading: Reading) -> Iterator[Item]:
    """Yield items; where they are wrappers themselves (pages of an API), what they hold."""
    found = (
        replace(item, value=hit(item.value)) for item in items if not is_bulk_action(item.value)
    )
    first = next(found, None)
    if first is None:
        return
    if names := _header(first.value):
        for item in found:
            cells = item.value
            yield replace(item, number=item.number - 1, value=dict(zip(names, cells, strict=False))
                          if isinstance(cells, list) else cells)  # fmt: skip
        return
    inner = records_in(first.value) if isinstance(first.value, dict) else []
    is_wrapper = bool(inner) and inner[0] is not first.value
    number = 0
    left: list[str] = []
    for item in chain([first], found):
        held = [item.value]
        if is_wrapper and isinstance(item.value, dict):
            held = records_in(item.value, left) or held
        for record in held:
            number += 1
            yield replace(item, number=number, value=record)
    _say_left(left, reading)


def _header(value: Any) -> list[str]:
    """Return the names in the first of a list of lists, as spreadsheets' interfaces write it."""
    if not isinstance(value, list) or len(value) < 2:
        return []
    named = sum(isinstance(name, str) and is_known(name) for name in value)
    return [as_text(name) for name in value] if 2 * named >= len(value) else []


def _say_left(left: list[str], reading: Reading) -> None:
    """Note lists of articles that were found beside those that are read."""
    if left:
        shown = ", ".join(left[:5]) + ", …" * (len(left) > 5)
        reason = f"more articles are in the file and were not read: {shown}"
        reading.problems.append(Problem(None, None, reason, "export them to a file of their own"))


def _add_own(
    record: dict[str, Any], found: dict[str, str], own: dict[frozenset[str], dict[str, str]]
) -> None:
    """Add the fields of a record that has them under names which none of the first records has."""
    keys = frozenset(record)
    if keys not in own:
        if len(own) >= _MAX_KINDS:
            return
        flat = flatten(record)
        own[keys] = named_columns(list(flat), [as_text(value) for value in flat.values()])
    for field, name in own[keys].items():
        if not found.get(field, "").strip():
            joiner = "\n\n" if field == "text" else "; "
            found[field] = as_text(follow(record, name, path_of(name)), joiner)


def _rows(
    items: Iterator[Item],
    columns: ColumnMap,
    names: list[str],
    number_column: str,
    reading: Reading,
    cells: Cells,
) -> Iterator[Row]:
    wanted = {
        field: [(part, path_of(part)) for part in split_column(column, names)]
        for field, column in columns.cells.items()
    }
    if number_column:
        wanted["id"] = [(number_column, path_of(number_column))]
    seen: set[str] = set()
    known = {name.partition(".")[0].removesuffix("[]") for name in names}
    own: dict[frozenset[str], dict[str, str]] = {}  # by the keys of records unlike the first ones
    for item in items:
        number, record = item.number, item.value
        if item.broken or not isinstance(record, dict):
            reason = item.broken or "this is not an object with named values"
            reading.note(Problem(number, None, reason, "export the record again"))
            yield number, None
            continue
        cells.where = f"line {item.line}: " if item.line else ""
        if len(seen) <= _MAX_FIELDS:
            seen.update(islice(record, _MAX_FIELDS))
        for key in item.doubles:
            reason = f"duplicate key “{key[:60]}”: the last of its values is read"
            cells.note("keys", number, key[:60], reason, "export the record again")
        found: dict[str, str] = {}
        for field, parts in wanted.items():
            joiner = "\n\n" if field.startswith("text") else "; "
            if field.startswith(OWN):
                found[field] = own_cell(follow(record, *parts[0]))
                continue
            values = [as_text(follow(record, name, path), joiner) for name, path in parts]
            found[field] = values[0] if len(values) == 1 else joined(values, field)
        if not record.keys() <= known:
            _add_own(record, found, own)
        yield number, found
    cells.where = ""
    if len(seen) > _MAX_FIELDS:
        reason = f"too many fields (more than {_MAX_FIELDS:,} names): those not mapped are ignored"
        reading.problems.append(Problem(None, None, reason))
