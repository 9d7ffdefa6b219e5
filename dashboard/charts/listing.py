"""The marks of a figure, one after the other: for those who can't point at them."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_FIELD = re.compile(r"%\{(customdata|hovertext)(?:\[(\d+)\])?(?::([^}]*))?\}")
_EXTRA = re.compile(r"<extra>.*?</extra>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Mark:
    """``keys``: what it selects, by the names that ``layout.clickable`` gives; ``words``: what its
    hover box says, on one line, untrusted."""

    keys: Mapping[str, Any]
    words: str


def marks_of(figure: Mapping[str, Any]) -> list[Mark]:
    """The marks of a figure (as ``to_plotly_json`` gives it) that can be followed, in the order in
    which they are drawn, of several for the same thing the one that says most; none in a figure
    that is not ``layout.clickable``."""
    names: Sequence[str] = figure["layout"].get("meta", {}).get("keys", ())
    found: dict[tuple[Any, ...], str] = {}
    for trace in figure["data"] if names else ():
        template, boxes = trace.get("hovertemplate"), trace.get("hovertext")
        data = trace.get("customdata")
        if template is None or data is None or trace["type"] == "heatmap":
            continue
        texts = [boxes] * len(data) if isinstance(boxes, str) or boxes is None else boxes
        for cells, box in zip(data, texts, strict=True):
            # Gaps of a line hold nothing.
            if any(cell is not None for cell in cells):
                key = tuple(cells[: len(names)])
                found[key] = max(found.get(key, ""), _words(template, cells, box), key=len)
    return [Mark(dict(zip(names, key, strict=True)), words) for key, words in found.items()]


def _words(template: str, cells: Sequence[Any], box: object) -> str:
    def filled(field: re.Match[str]) -> str:
        name, position, form = field.groups()
        value = box if name == "hovertext" else cells[int(position)]
        return format(value, form) if form else str(value)

    lines = [_FIELD.sub(filled, line) for line in _EXTRA.sub("", template).split("<br>")]
    plain = [html.unescape(_TAG.sub(" ", line)) for line in lines]
    return " · ".join(" ".join(line.split()) for line in plain if line.strip())
