"""The articles within a JSON document, whatever an interface or a program wrapped around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.corpus.parsing.column_names import ALIASES, is_known, normal_name
from dashboard.corpus.readers.json.side_tables import side_tables, with_names
from dashboard.corpus.readers.tables.columns import guess_columns
from dashboard.corpus.readers.tables.nested import are_blocks, are_runs, as_text, flatten

_DEPTH = 4
# What the lines between the documents of a search engine's bulk file say.
_BULK = frozenset({"index", "create", "update", "delete"})
# Fields of a wrapper that hold for each article in it.
_INHERITED = ("source", "language")
_GROUP = "group"


@dataclass(frozen=True, slots=True)
class _Container:
    """Objects side by side: ``path`` of keys to where they are, ``keys`` where each has one of its
    own instead of a place in a list."""

    path: tuple[str, ...]
    keys: tuple[str, ...] | None
    records: list[Any]

    def is_text(self) -> bool:
        """True for a list of paragraphs: it bears a name of the text."""
        return bool(self.path) and normal_name(self.path[-1]) in ALIASES["text"]

    def holds(self, name: str) -> bool:
        """True for a flattened name of something in it."""
        inside = ".".join(self.path)
        if self.keys is None:
            return name.startswith(f"{inside}[]")
        return any(name.startswith(f"{inside}.{key}.".lstrip(".")) for key in self.keys)


def records_in(value: Any, left: list[str] | None = None, depth: int = 0) -> list[Any]:
    """Return the records of a document: itself when it is an article, else those in it, if any.

    Lists and objects of the same kind side by side ("2023": […], "2024": […]) are read one after
    the other. ``left`` gets, in words, what else looks like articles.
    """
    if not isinstance(value, dict):
        return [value]
    if (within := _alone_in(value)) is not None:
        return records_in(within, left, depth)
    containers = list(_containers(value, (), 0))
    flat = flatten(value)
    if table := _as_table(value):
        return table
    if _is_article(flat, containers):
        return [value]
    if not containers:
        return [value] if any(is_known(name) for name in flat) else []
    scores = [_score(container.records) for container in containers]
    best = max(range(len(containers)), key=lambda i: (scores[i], len(containers[i].records), -i))
    found: list[Any] = []
    for container in containers:
        if container is containers[best] or _is_sibling(container, containers[best]):
            records = list(_records_of(container, left, depth))
            found += _under_their_key(records, container, containers)
        elif left is not None and _are_articles(container.records):
            left.append(f"{len(container.records):,} under “{'.'.join(container.path)[:60]}”")
    if title := _feed_title(value):
        found = [{"publication": title, **r} if isinstance(r, dict) else r for r in found]
    beside = [c for c in containers if c is not containers[best]]
    return with_names(found, side_tables((".".join(c.path), c.records) for c in beside))


def hit(record: Any) -> Any:
    """Return the document within a search engine's hit."""
    if isinstance(record, dict) and isinstance(record.get("_source"), dict):
        return {"_id": record.get("_id"), **record["_source"]}
    return record


def is_bulk_action(record: Any) -> bool:
    """True for the line of a bulk file that says what to do with the document below it."""
    if not isinstance(record, dict) or len(record) != 1:
        return False
    (name, value), *_ = record.items()
    return name in _BULK and isinstance(value, dict) and all(k.startswith("_") for k in value)


def _alone_in(value: Mapping[str, Any]) -> Any:
    """Return the article that is all a document holds, under a key of its own."""
    if len(value) != 1:
        return None
    (key, inner), *_ = value.items()
    alone = isinstance(inner, dict) and key != "_source" and not is_known(key)
    return inner if alone and _is_article(flatten(inner), list(_containers(inner, (), 0))) else None


def _under_their_key(
    records: list[Any], container: _Container, containers: list[_Container]
) -> list[Any]:
    """Return records with the key that their list stands under, where each of several lists of
    articles has its own ("2024-05-16": […], "Harbour Post": […]): nothing else may say it."""
    beside = [c for c in containers if c.keys is None and c.path[:-1] == container.path[:-1]]
    if container.keys is not None or len(beside) < 2 or is_known(key := container.path[-1]):
        return records
    return [{_GROUP: key, **r} if isinstance(r, dict) else r for r in records]


def _feed_title(value: Mapping[str, Any]) -> str:
    """Return the title of a JSON Feed, which is its source."""
    is_feed = "jsonfeed.org" in str(value.get("version")) and isinstance(value.get("title"), str)
    return value["title"] if is_feed else ""


def _records_of(container: _Container, left: list[str] | None, depth: int) -> Iterator[Any]:
    """Yield the records of a container, of wrappers in it what they hold."""
    for record in map(hit, container.records):
        if not isinstance(record, dict) or depth >= _DEPTH:
            yield record
            continue
        inner = records_in(record, left, depth + 1)
        if not inner or inner[0] is record:
            yield record
            continue
        own = {
            name: text
            for name, text in record.items()
            if isinstance(text, str) and any(normal_name(name) in ALIASES[f] for f in _INHERITED)
        }
        for one in inner:
            yield {**own, **one} if isinstance(one, dict) else one


def _is_article(flat: Mapping[str, Any], containers: list[_Container]) -> bool:
    """True where a document has a text that is not that of something it contains."""
    own = {
        name: value for name, value in flat.items() if not any(c.holds(name) for c in containers)
    }
    columns = guess_columns(list(own), [[as_text(item) for item in own.values()]]).columns
    fields = {field for field, column in columns.items() if "[]" not in column}
    text = own.get(columns.get("text", ""))
    if "title" in fields and any(container.is_text() for container in containers):
        return True
    has_text = "text" in fields and isinstance(text, str)
    return has_text and (len(fields) > 1 or not containers)


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


def _containers(value: Any, path: tuple[str, ...], depth: int) -> Iterator[_Container]:
    """Yield the lists of objects within a document, and the objects that each have a key."""
    if depth > _DEPTH or not isinstance(value, dict):
        return
    keyed = _keyed(value)
    if keyed:
        yield _Container(path, tuple(keyed), list(keyed.values()))
    for key, item in value.items():
        if key in keyed:
            continue
        if isinstance(item, list) and any(isinstance(one, dict) for one in item[:3]):
            if are_runs(item) or are_blocks(key, item):  # a text in pieces
                continue
            yield _Container((*path, key), None, item)
        elif isinstance(item, dict):
            yield from _containers(item, (*path, key), depth + 1)


def _keyed(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the objects in ``value`` that are articles of one kind, each under a key of its own,
    those that are empty among them."""
    objects = {key: item for key, item in value.items() if isinstance(item, dict) and item}
    uses = Counter(name for item in objects.values() for name in item)
    common = {name for name, n in uses.items() if 2 * n >= len(objects) and n > 1}
    alike = {key: item for key, item in objects.items() if item.keys() & common}
    if len(alike) < 2 or not _are_articles(list(alike.values())):
        return {}
    # Among articles, what is null or empty is one that was lost.
    return {key: item for key, item in value.items() if key in alike or item is None or item == {}}


def _are_articles(records: list[Any]) -> bool:
    """True where most of the first records have a text, or a title and an address."""
    some = [hit(record) for record in records[:20] if isinstance(record, dict)]
    n = 0
    for record in some:
        flat = flatten(record)
        found = guess_columns(list(flat), [[as_text(item) for item in flat.values()]]).columns
        n += "text" in found or {"title", "url"} <= found.keys()
    return 0 < len(some) <= 2 * n


def _is_sibling(container: _Container, best: _Container) -> bool:
    """True for records of the same kind beside those of ``best``."""
    if container.path[:-1] != best.path[:-1] or (container.keys is None) != (best.keys is None):
        return False
    mine, other = (
        Counter(name for r in c.records[:20] if isinstance(r, dict) for name in r)
        for c in (container, best)
    )
    shared = mine.keys() & other.keys()
    return 2 * len(shared) >= max(len(mine), len(other)) and _are_articles(container.records)


def _score(records: list[Any]) -> int:
    """Return how much like articles the records of a list are: the fields that they have."""
    flat = [flatten(hit(record)) for record in records[:5] if isinstance(record, dict)]
    names = list(dict.fromkeys(name for record in flat for name in record))
    rows = [[as_text(record.get(name)) for name in names] for record in flat]
    columns = guess_columns(names, rows).columns
    # People have names, which could be titles; what has a text is an article.
    return len(columns) + 2 * ("title" in columns) + 4 * ("text" in columns)
