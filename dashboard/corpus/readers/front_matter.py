"""Front matter: what notes, clippings and static sites say of a text in a block above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.corpus.article import Field, known
from dashboard.corpus.own_columns import OwnColumns, own_columns
from dashboard.corpus.parsing.addresses import is_web_address, outlet_of
from dashboard.corpus.parsing.column_names import ALIASES, normal_name
from dashboard.corpus.parsing.dates import find_date, plausible

_FENCES = ("---", "+++")  # of YAML and of TOML
_MOST_LINES = 200
_PAIR = re.compile(r"(?P<name>[^\W\d][\w .-]{0,60}?)\s{0,20}(?:=|:(?=\s|$))\s{0,20}(?P<value>.*)")
_TABLE = re.compile(r"\[{1,2}[^\[\]]{1,100}\]{1,2}")  # heads a part of TOML
_ITEM = re.compile(r"\s{0,20}-\s+(?:name\s?:\s?)?(?P<value>.*)")
_WITHIN = re.compile(r"\s{1,20}(?P<value>\S.*)")
_LINK = re.compile(r"\[\[([^\[\]|]{1,200})(?:\|[^\[\]]{1,200})?\]\]")
_METHOD = "front matter"


@dataclass(slots=True)
class _Entry:
    line: int
    values: list[str]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a block of front matter says: ``fields`` and ``own_columns`` as in ``Record``;
    ``n_lines`` of the block, its fences among them."""

    fields: dict[str, Field]
    own_columns: OwnColumns
    n_lines: int


def read_front_matter(lines: Sequence[str]) -> FrontMatter | None:
    """Return what the block above a text says, None where there is no such block."""
    fence = lines[0].strip("\ufeff \t\r") if lines else ""
    if fence not in _FENCES:
        return None
    within = lines[1:_MOST_LINES]
    end = next((i for i, line in enumerate(within, 1) if line.strip() == fence), 0)
    entries = _entries(lines[1:end]) if end else None
    fields = _fields(entries) if entries else {}
    if not entries or not fields:
        return None
    used = {field.evidence for field in fields.values()}
    own = own_columns(
        (name, entry.values[0] if len(entry.values) == 1 else None)
        for name, entry in entries.items()
        if entry.values and _words(entry) not in used
    )
    return FrontMatter(fields, own, end + 1)


def _entries(lines: Sequence[str]) -> dict[str, _Entry] | None:
    """Return the values by name, None where a line isn't part of such a block."""
    entries: dict[str, _Entry] = {}
    entry: _Entry | None = None
    for number, line in enumerate(lines, 2):
        pair = _PAIR.fullmatch(line.rstrip())
        if not line.strip() or line.lstrip().startswith("#") or _TABLE.fullmatch(line.strip()):
            continue
        if pair:
            entry = entries.setdefault(pair["name"].strip(), _Entry(number, []))
            entry.values += _listed(pair["value"] or "")
        elif entry is not None and (inner := _ITEM.fullmatch(line) or _WITHIN.fullmatch(line)):
            entry.values += _listed(inner["value"])
        else:
            return None
    return entries


def _listed(value: str) -> list[str]:
    value = value.strip()
    if value in ("|", ">", "|-", ">-"):  # the text follows
        return []
    inner = value[1:-1] if value[:1] == "[" and value[-1:] == "]" and value[:2] != "[[" else None
    parts = inner.split(",") if inner is not None else [value]
    bare = [_LINK.sub(r"\1", part.strip().strip("\"'").strip()) for part in parts]
    return [part for part in bare if known(part)]


def _words(entry: _Entry) -> str:
    return "; ".join(entry.values)[:500]


def _fields(entries: dict[str, _Entry]) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for target in ("url", "source", "title", "authors", "date"):
        ranks = ALIASES[target]
        named = [n for n in entries if normal_name(n) in ranks and entries[n].values]
        for name in sorted(named, key=lambda name: ranks[normal_name(name)]):
            entry = entries[name]
            words = _words(entry)
            value = _value(target, entry.values)
            if target == "source" and is_web_address(words) and "/" in words:
                # A clipper's "source" is the page, which tells the outlet as well.
                fields.setdefault("url", Field(words, "stated", words, entry.line, _METHOD))
            if value:
                fields[target] = Field(value, "stated", words, entry.line, _METHOD)
                break
    return fields


def _value(target: str, values: list[str]) -> str:
    words = "; ".join(values) if target == "authors" else " ".join(values)
    if target == "url":
        return words if is_web_address(words) and " " not in words else ""
    if target == "source" and is_web_address(words) and "/" in words:
        return outlet_of(words)
    if target == "date":
        found = find_date(words)
        day = found.day if found else None
        return day.isoformat() if day and plausible(day) else ""
    return words[:500]
