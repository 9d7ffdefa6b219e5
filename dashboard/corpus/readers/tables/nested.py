"""Nested values as columns: "source.name", "authors[].name"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from dashboard.corpus.own_columns import LISTED

_DEPTH = 6
_MAX_KEYS = 400
_SECONDS = frozenset({"seconds", "epochSecond"})
_PARTS = frozenset({"nanos", "nanoseconds", "nano"})
_RUN_TEXTS = ("text", "plain_text", "insert", "value", "content", "children", "data", "attrs")
# Where an editor's file has the paragraphs of a text, and what says of which kind each is.
_BLOCKS = frozenset({"blocks", "paragraphs", "body", "content", "sections", "elements", "document"})
_KINDS = ("type", "kind", "_type", "style", "nodeType", "role")
_RUNS_SEEN = 50
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?")


def flatten(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a record under dotted names, at most 400 and six levels deep.

    Values inside a list of objects come as a list under "authors[].name"; a list of plain
    values stays one. A text in several languages ({"en": …}) is its first.
    """
    flat: dict[str, Any] = {}
    for name, value in _walk(record, "", 0):
        if name in flat and "[]" in name:
            flat[name] = [*_listed(flat[name]), *_listed(value)]
        elif name not in flat:
            if len(flat) >= _MAX_KEYS:
                break
            flat[name] = value
    return flat


def _walk(value: Any, name: str, depth: int) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        if name and (_is_translated(value) or bare_value(value) is not value):
            yield name, as_text(value)
        elif depth < _DEPTH:
            for key, item in value.items():
                yield from _walk(item, f"{name}.{key}" if name else str(key), depth + 1)
    elif are_blocks(name, value):
        yield name, block_texts(value)
    elif isinstance(value, list) and are_runs(value):
        if name:
            yield name, as_text(value)
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value[:3]):
        if depth < _DEPTH:
            for item in value[:50]:
                if isinstance(item, Mapping):
                    yield from _walk(item, name + "[]", depth + 1)
    elif name:
        yield name, value


def bare_value(value: Mapping[str, Any]) -> Any:
    """Return the plain value that a database writes with its type, else ``value`` itself.

    MongoDB's {"$date": {"$numberLong": "1715"}}, Firestore's {"_seconds": 1715, "_nanoseconds": 0},
    protobuf's {"seconds": …, "nanos": …} and Java's {"epochSecond": …, "nano": …}.
    """
    names = [str(name) for name in value]
    if len(names) == 1 and names[0].startswith("$"):
        return next(iter(value.values()))
    seconds, rest = names[:1], names[1:]
    if seconds and seconds[0].strip("_") in _SECONDS and all(n.strip("_") in _PARTS for n in rest):
        return value[seconds[0]]
    return value


def _is_translated(value: Mapping[str, Any]) -> bool:
    """True for texts by language: {"en": …, "pt-BR": …}."""
    return (
        0 < len(value) <= 100
        and value.keys() != {"id"}
        and all(isinstance(key, str) and _LANGUAGE.fullmatch(key) for key in value)
        and all(text is None or isinstance(text, str) for text in value.values())
    )


def are_runs(value: Sequence[Any]) -> bool:
    """True for a text in pieces: strings with objects between them, which are its bold words and
    links, or objects whose texts go on from one to the next."""
    some = value[:_RUNS_SEEN]
    objects = sum(isinstance(item, Mapping) for item in some)
    if objects < len(some):
        return objects > 0 and all(isinstance(item, str | Mapping) for item in some)
    texts = [_run_text(item) for item in some]
    joints = [a[-1:].isspace() or b[:1].isspace() for a, b in pairwise(texts) if a and b]
    return bool(joints) and 2 * sum(joints) >= len(joints)


def are_blocks(name: str, value: Any) -> bool:
    """True for a text in paragraphs, as editors store it: [{"type": "paragraph", "data": …}, …]."""
    if name.rpartition(".")[2].casefold() not in _BLOCKS or not isinstance(value, list):
        return False
    some = value[:_RUNS_SEEN]
    kinds = [isinstance(item, Mapping) and any(key in item for key in _KINDS) for item in some]
    # An article in a list of articles has a kind too, but also a title or an address.
    named = any(isinstance(i, Mapping) and {"title", "headline", "url"} & i.keys() for i in some)
    return bool(some) and all(kinds) and not named and any(map(_run_text, some))


def block_texts(value: Sequence[Any]) -> list[str]:
    """The paragraphs of a text in blocks."""
    return [text for block in value if (text := _run_text(block).strip())]


def _run_text(run: Any) -> str:
    """The text of a piece, "" where it has none (a picture, a line break as an object)."""
    if isinstance(run, str):
        return run
    if isinstance(run, Mapping):
        found = next((run[key] for key in _RUN_TEXTS if run.get(key)), "")
        return _run_text(found)
    return "".join(_run_text(item) for item in run) if isinstance(run, list) else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def path_of(name: str) -> tuple[str, ...]:
    """Return the steps to a flattened name; "authors[].name" is ("authors[]", "name")."""
    return tuple(name.split("."))


def follow(record: Mapping[str, Any], name: str, path: tuple[str, ...]) -> Any:
    """Return the value under a flattened name, None where there is none."""
    if len(path) == 1 or name in record:
        found = record.get(name) if "[]" not in name or name in record else _step(record, path)
    else:
        found = _step(record, path)
    return block_texts(found or ()) if are_blocks(name, found) else found


def _step(value: Any, path: tuple[str, ...]) -> Any:
    for i, key in enumerate(path):
        if not isinstance(value, Mapping):
            return None
        if key in value:
            value = value[key]
        elif key.endswith("[]"):
            items = value.get(key.removesuffix("[]"))
            if not isinstance(items, list):
                return None
            found = [_step(item, path[i + 1 :]) for item in items[:500]]
            return [one for item in found for one in _listed(item) if one is not None]
        else:
            # A key may hold a point itself: "fields.body" within "result".
            rest = ".".join(path[i:])
            return value.get(rest)
    return value


def as_text(value: Any, joiner: str = "; ") -> str:
    """Return a value as the text of a cell: "" for none, dates as ISO, lists joined."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        # Midnight of a naive timestamp is how a day is stored.
        naive_day = value.tzinfo is None and value.time() == dt.time()
        return value.date().isoformat() if naive_day else value.isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        if value != value:
            return ""
        # Spreadsheets hold whole numbers as 45428.0.
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else str(value)
    if isinstance(value, list) and len(value) > 1 and are_runs(value):
        return "".join(_run_text(run) for run in value)
    if isinstance(value, list | tuple):
        return joiner.join(text for item in value if (text := as_text(item, joiner)))
    if isinstance(value, Mapping):
        bare = bare_value(value)
        if bare is not value:
            return as_text(bare, joiner)
        if not _is_translated(value):
            return ""
        return next((text for text in value.values() if text and text.strip()), "")
    return str(value)


def own_cell(value: Any) -> str:
    """A value of the user's own column as the text of a cell; ``LISTED`` for a list of several."""
    if isinstance(value, list | tuple):
        if len(value) > 1:
            return LISTED
        value = value[0] if value else None
    try:
        return LISTED if isinstance(value, Mapping) else as_text(value)
    except UnicodeDecodeError:
        return LISTED
