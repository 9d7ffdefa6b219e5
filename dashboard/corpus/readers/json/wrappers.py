"""The articles within a JSON document, whatever an interface or a program wrapped around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dashboard.corpus.readers.tables.column_names import is_known
from dashboard.corpus.readers.tables.columns import guess_columns
from dashboard.corpus.readers.tables.nested import as_text, flatten

_DEPTH = 4


def records_in(value: Any) -> list[Any]:
    """Return the records of a document: itself when it is an article, else those in it, if any."""
    if not isinstance(value, dict):
        return [value]
    flat = flatten(value)
    if _is_article(flat, value):
        return [value]
    table = _as_table(value)
    if table:
        return table
    lists = sorted(_lists(value, 0), key=lambda found: (-_score(found), -len(found)))
    if lists:
        return [hit(record) for record in lists[0]]
    return [value] if any(is_known(name) for name in flat) else []


def _is_article(flat: Mapping[str, Any], value: Mapping[str, Any]) -> bool:
    columns = guess_columns(list(flat), [[as_text(item) for item in flat.values()]]).columns
    own = {field for field, column in columns.items() if "[]" not in column}
    text = columns.get("text", "")
    has_text = isinstance(flat.get(text), str) and "text" in own
    return (has_text and len(own) > 1) or (has_text and not list(_lists(value, 0)))


def _as_table(value: Mapping[str, Any]) -> list[Any]:
    """Return rows for what pandas writes: columns of cells, or names and rows apart."""
    names, rows = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(rows, list) and rows and isinstance(rows[0], list):
        names = [as_text(name) for name in names]
        return [dict(zip(names, row, strict=False)) for row in rows if isinstance(row, list)]
    if len(value) < 2 or not any(is_known(name) for name in value):
        return []
    if all(isinstance(column, list) for column in value.values()):
        columns = {name: column for name, column in value.items() if isinstance(column, list)}
        lengths = {len(column) for column in columns.values()}
        if len(lengths) == 1 and not any(isinstance(c[0], dict) for c in columns.values() if c):
            return [
                dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)
            ]
    if all(isinstance(column, dict) for column in value.values()):
        first = next(iter(value.values()))
        if (
            first
            and all(len(c) == len(first) for c in value.values())
            and all(k.isdigit() for k in first)
        ):
            return [{name: c.get(key) for name, c in value.items()} for key in first]
    return []


def _lists(value: Any, depth: int) -> Iterator[list[Any]]:
    """Yield the lists of objects within a document, and objects that are keyed by number."""
    if depth > _DEPTH or not isinstance(value, dict):
        return
    objects = [item for item in value.values() if isinstance(item, dict)]
    if len(objects) >= 2 and len(objects) == len(value) and objects[0].keys() & objects[1].keys():
        yield objects
    for item in value.values():
        if isinstance(item, list) and any(isinstance(one, dict) for one in item[:3]):
            yield item
        elif isinstance(item, dict):
            yield from _lists(item, depth + 1)


def _score(records: list[Any]) -> int:
    """Return how much like articles the records of a list are: the fields that they have."""
    flat = [flatten(hit(record)) for record in records[:5] if isinstance(record, dict)]
    names = list(dict.fromkeys(name for record in flat for name in record))
    rows = [[as_text(record.get(name)) for name in names] for record in flat]
    columns = guess_columns(names, rows).columns
    return len(columns) + 2 * len(columns.keys() & {"text", "title"})


def hit(record: Any) -> Any:
    """Return the document within a search engine's hit."""
    if isinstance(record, dict) and isinstance(record.get("_source"), dict):
        return {"_id": record.get("_id"), **record["_source"]}
    return record
