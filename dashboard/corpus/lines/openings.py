"""How the lines begin that a pattern can match: most lines need no pattern put to them at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from re import _constants as op, _parser  # type: ignore[attr-defined]  # isort: skip

LENGTH = 3  # of the beginnings
# Some beginnings, each with whether anything may follow; the empty one says nothing.
_Heads = set[tuple[str, bool]]
_ANYTHING: _Heads = {("", True)}
_NOTHING: _Heads = {("", False)}
_MOST = 40  # characters of a class that are told apart


def openings(pattern: str) -> frozenset[str]:
    """Return the beginnings, in small letters, of all lines that a pattern can match.

    They have up to three characters; other digits than 0 to 9 are left out. A pattern that can
    begin with anything has the empty beginning.
    """
    heads = {head for head, _ in _of_all(_parser.parse(pattern, re.I))}
    return frozenset("" if "" in heads else head for head in heads)


def _of_all(items: Iterable[tuple[Any, Any]]) -> _Heads:
    heads = _NOTHING
    for kind, value in items:
        unfinished = [head for head, is_open in heads if not is_open]
        if not unfinished:
            break
        heads = {pair for pair in heads if pair[1]}
        following = _of_one(kind, value)
        for head in unfinished:
            for more, is_open in following:
                joined = (head + more)[:LENGTH]
                heads.add((joined, is_open or len(joined) == LENGTH))
    return heads


def _of_one(kind: Any, value: Any) -> _Heads:
    if kind is op.LITERAL:
        return {(chr(value).lower(), False)}
    if kind is op.IN:
        return _of_class(value)
    if kind is op.SUBPATTERN:
        return _of_all(value[-1])
    if kind is op.BRANCH:
        return {head for branch in value[1] for head in _of_all(branch)}
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        least, most, repeated = value
        heads = {(head, is_open or most > 1) for head, is_open in _of_all(repeated)}
        return heads if least else heads | _NOTHING
    # What stands for no character: a boundary, what must or must not be near.
    return _NOTHING if kind in (op.AT, op.ASSERT, op.ASSERT_NOT) else _ANYTHING


def _of_class(parts: Sequence[tuple[Any, Any]]) -> _Heads:
    heads: _Heads = set()
    for kind, value in parts:
        if kind is op.LITERAL:
            heads.add((chr(value).lower(), False))
        elif kind is op.RANGE and value[1] - value[0] < _MOST:
            heads |= {(chr(code).lower(), False) for code in range(value[0], value[1] + 1)}
        elif kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
            heads |= {(digit, False) for digit in "0123456789"}
        elif kind is op.CATEGORY and value is op.CATEGORY_SPACE:
            heads.add((" ", False))
        else:
            return _ANYTHING
    return heads
