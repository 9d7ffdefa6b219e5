"""Tables beside the records of a JSON document ("includes.users"): an id in a record is a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_IDS = ("id", "id_str", "_id", "uid", "key", "@id")
_NAMES = (
    "name", "full_name", "fullName", "display_name", "displayName", "title", "label", "username",
    "screen_name", "login",
)  # fmt: skip
# "author_id", "authorId", "author_ids", "authorIDs": what is before it names the thing.
_REFERENCE = re.compile(r"(.{1,60}?)(?:_ids?|I[dD]s?|_refs?|_keys?)")
_PEOPLE = frozenset("author authors creator creators writer writers user users by from".split())
_TABLES_OF_PEOPLE = re.compile(r"user|author|people|person|profile|account|member|writer", re.I)
_MIN_SHARE = 0.9  # of the records that have a reference find theirs in the table


def side_tables(lists: Iterable[tuple[str, Sequence[Any]]]) -> dict[str, dict[str, str]]:
    """Return id → name for each list of objects that have both, by the name of the list."""
    tables: dict[str, dict[str, str]] = {}
    for where, rows in lists:
        for row in rows:
            if not isinstance(row, dict):
                continue
            row_id, name = _first(row, _IDS), _first(_values(row), _NAMES)
            if row_id and name:
                kind = row.get("type")  # JSON:API has one list for all kinds
                table = f"{where}.{kind}" if isinstance(kind, str) else where
                tables.setdefault(table, {})[row_id] = name
    return tables


def with_names(records: list[Any], tables: Mapping[str, Mapping[str, str]]) -> list[Any]:
    """Return the records with the names that their references have in ``tables``.

    "author_id" gives "author"; "author" itself, where it holds an id, is replaced. A reference is
    resolved where nearly all records find theirs in one table only, or in one of that name.
    """
    objects = [record for record in records if isinstance(record, dict)]
    if not tables or not objects:
        return records
    flat = {id(record): _references(record) for record in objects}
    fields = {field for references in flat.values() for field in references}
    chosen = {field: table for field in sorted(fields) if (table := _table(field, flat, tables))}
    if not chosen:
        return records
    return [
        _named(record, flat[id(record)], chosen) if isinstance(record, dict) else record
        for record in records
    ]


def _named(
    record: dict[str, Any],
    references: Mapping[str, list[str]],
    chosen: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    names = {
        field: "; ".join(chosen[field].get(one, one) for one in ids)
        for field, ids in references.items()
        if field in chosen
    }
    return {**record, **names} if names else record


def _references(record: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what may be ids of something else, by the name of the thing."""
    found: dict[str, list[str]] = {}
    relations = record.get("relationships")
    for key, value in (relations if isinstance(relations, dict) else {}).items():
        data = value.get("data") if isinstance(value, dict) else None
        linked = data if isinstance(data, list) else [data]
        if ids := [one for each in linked if isinstance(each, dict) if (one := _first(each, _IDS))]:
            found[key] = ids
    for key, value in _values(record).items():
        match = _REFERENCE.fullmatch(key)
        field = match[1] if match else key
        if match is None and key.casefold() not in _PEOPLE:
            continue
        if match is not None and record.get(field):
            continue  # it says so itself
        values = value if isinstance(value, list) else [value]
        if values and all(isinstance(one, str) and 0 < len(one) <= 60 for one in values):
            found.setdefault(field, list(values))
    return found


def _table(
    field: str,
    flat: Mapping[int, Mapping[str, Sequence[str]]],
    tables: Mapping[str, Mapping[str, str]],
) -> Mapping[str, str]:
    used = [ids for references in flat.values() if (ids := references.get(field))]
    fitting = {
        name: table
        for name, table in tables.items()
        if sum(all(one in table for one in ids) for ids in used) >= _MIN_SHARE * len(used)
    }
    stem = field.casefold().rstrip("s")
    alike = {name: t for name, t in fitting.items() if stem in name.casefold()}
    if not alike and stem in _PEOPLE:
        alike = {name: t for name, t in fitting.items() if _TABLES_OF_PEOPLE.search(name)}
    best = alike or fitting
    return next(iter(best.values())) if len(best) == 1 else {}


def _values(row: Mapping[str, Any]) -> Mapping[str, Any]:
    attributes = row.get("attributes")
    return {**row, **attributes} if isinstance(attributes, dict) else row


def _first(row: Mapping[str, Any], names: Iterable[str]) -> str:
    return next((v for name in names if isinstance(v := row.get(name), str) and v), "")
