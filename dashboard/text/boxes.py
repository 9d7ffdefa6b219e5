"""Boxes of links that a page’s text was saved with, in the middle of its sentences.

“Rep. Ada Roy Ada Mary RoyTen towns to watch Mayors defend the budget MORE (D-Ohio) said”: the
headlines of a box under a name run on from it without a space, and “MORE” ends them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_MARK = "MORE"
_END = re.compile(rf"\b{_MARK}\b")
# A headline may begin with a number: “Roy2024 in pictures”.
_GLUED = re.compile(r"(?<![\w@])[^\W\d_a-z][^\W\d_]*[a-z][A-Z\d]\w*")
_INNER = re.compile(r"(?<=[a-z])(?=[A-Z\d])")
_LONGEST = 900  # characters of a box
_NAME = 60  # characters before in which the name stands by itself


def find_boxes(text: str) -> list[tuple[int, int]]:
    """Where each box that ends in the text begins, behind the name it is under, and ends."""
    return _found(text)[0] if _MARK in text else []


def without_boxes(passages: Sequence[str]) -> Sequence[str]:
    """The passages with spaces for the boxes, so that every place stays as it is. A box may run on
    into the next passage."""
    if not any(_MARK in passage for passage in passages):
        return passages
    found: list[str] = []
    rest = 0  # of a box that the passage before opened
    for number, passage in enumerate(passages):
        text = _blank(passage, 0, rest)
        boxes, opened = _found(text, rest)
        rest = 0
        for start, end in boxes:
            text = _blank(text, start, end)
        if opened is not None and number + 1 < len(passages):
            after = _END.search(passages[number + 1], 0, _LONGEST)
            rest = after.end() if after else 0
            text = _blank(text, opened, len(text)) if rest else text
        found.append(text)
    return found


def _found(text: str, at: int = 0) -> tuple[list[tuple[int, int]], int | None]:
    """The boxes from ``at`` on, and where one begins that may go on behind the text."""
    boxes: list[tuple[int, int]] = []
    while (start := _opening(text, at)) is not None:
        end = _END.search(text, start, start + _LONGEST)
        if end is None:
            return boxes, start if len(text) - start < _LONGEST else None
        at = end.end()
        boxes.append((start, at))
    return boxes, None


def _opening(text: str, at: int) -> int | None:
    """Where the next box begins: after a name that stands again, with a headline glued to it."""
    for glued in _GLUED.finditer(text, at):
        for inner in _INNER.finditer(text, glued.start(), glued.end()):
            name = text[glued.start() : inner.start()]
            low = max(at, glued.start() - _NAME)
            before = text.rfind(f"{name} ", low, glued.start())
            if len(name) > 2 and before >= 0 and (not before or not text[before - 1].isalnum()):
                return before + len(name)
    return None


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
