"""Which patterns can match a line, by how it begins and what it holds: for most lines, none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from dashboard.corpus.lines.patterns import RULES
from dashboard.corpus.lines.phrases import Verdict

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


class Rule(NamedTuple):
    """The number of a pattern in the order of all, the pattern for whole lines, and its verdict.

    A line that it matches begins with one of ``openings`` and holds one of ``marks``, each
    in small letters; without any marks it may hold anything.
    """

    number: int
    pattern: re.Pattern[str]
    verdict: Verdict
    openings: frozenset[str]
    marks: tuple[str, ...]


PATTERNS: tuple[Rule, ...] = tuple(
    Rule(
        number,
        re.compile(pattern, re.I),
        Verdict(label, reason),
        openings(pattern),
        marks[0] if marks else (),
    )
    for number, (pattern, label, reason, *marks) in enumerate(RULES)
)


_BY_OPENING: dict[str, set[int]] = {}
for _rule in PATTERNS:
    for _opening in () if _rule.marks else _rule.openings:
        _BY_OPENING.setdefault(_opening, set()).add(_rule.number)
MARKED = tuple(rule for rule in PATTERNS if rule.marks)


@cache
def unmarked_rules(head: str) -> tuple[Rule, ...]:
    """Return those without marks that can match a line with these first three letters."""
    fitting = (_BY_OPENING.get(head[:length], set()) for length in range(LENGTH + 1))
    return tuple(PATTERNS[number] for number in sorted(set().union(*fitting)))


def marked_rules(text: str) -> tuple[Rule, ...]:
    """Return those one of whose marks is in ``text``, in small letters."""
    return tuple(rule for rule in MARKED if any(map(text.__contains__, rule.marks)))
