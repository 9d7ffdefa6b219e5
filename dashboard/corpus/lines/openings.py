"""Which patterns can match a line, by how it begins and what it holds: for most lines, none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from dashboard.corpus.article import Label
from dashboard.corpus.lines.patterns import RULES, Marks
from dashboard.corpus.lines.phrases import Verdict
from dashboard.text.lines import MAX_CHARS


class Rule(NamedTuple):
    """The number of a pattern in the order of all, the pattern for whole lines, and its verdict.

    A line that it matches holds one of ``marks``, in small letters, at its end if a line end is
    in the mark, and has at most ``longest`` characters; without any marks it may hold anything.
    """

    number: int
    pattern: re.Pattern[str]
    verdict: Verdict
    marks: tuple[str, ...]
    longest: int


def _rule(
    number: int,
    pattern: str,
    label: Label,
    reason: str,
    marks: Marks = (),
    longest: int = MAX_CHARS,
) -> Rule:
    return Rule(number, re.compile(pattern, re.I), Verdict(label, reason), marks, longest)


PATTERNS: tuple[Rule, ...] = tuple(_rule(number, *rule) for number, rule in enumerate(RULES))
_UNMARKED = tuple(rule for rule in PATTERNS if not rule.marks)
# A mark as ``ascii_lines`` has it, the mark itself where that lacks it, and its rule.
Mark = tuple[bytes, str, Rule]
MARKS: tuple[Mark, ...] = tuple(
    (mark.encode("ascii", "ignore"), "" if mark.isascii() else mark, rule)
    for rule in PATTERNS
    for mark in rule.marks
    if not mark.endswith("\n")
)
ENDS = {mark[:-1].encode(): rule for rule in PATTERNS for mark in rule.marks if mark.endswith("\n")}
_ENDS = tuple(ENDS)


def marks_in(text: str, ascii_text: bytes, marks: Iterable[Mark] = MARKS) -> list[Mark]:
    """Return the marks that are in ``text``, of which ``ascii_text`` is ``ascii_lines``."""
    return [mark for mark in marks if mark[0] in ascii_text and mark[1] in text]


def marked_rules(line: str, ascii_line: bytes, marks: Sequence[Mark]) -> set[Rule]:
    """Return the rules with a mark that can match a line, of the marks that its text has."""
    if not marks and not ascii_line.endswith(_ENDS):
        return set()
    size = len(line)
    rules = {
        rule
        for mark, sign, rule in marks
        if mark in ascii_line and size <= rule.longest and sign in line
    }
    if ascii_line.endswith(_ENDS):
        rules.update(rule for end, rule in ENDS.items() if ascii_line.endswith(end))
    return rules


@cache
def _beginnings(number: int) -> regex.Pattern[str]:
    return regex.compile(RULES[number][0], regex.I)


@lru_cache(maxsize=2**16)
def _by_head(head: str) -> tuple[Rule, ...]:
    shorter = next((length for length in (3, 1) if length < len(head)), 0)
    known = _by_head(head[:shorter]) if shorter else _UNMARKED
    return tuple(r for r in known if _beginnings(r.number).fullmatch(head, partial=True))


def unmarked_rules(text: str) -> Sequence[Rule]:
    """Return those without marks that can match a line that begins as ``text`` does."""
    return _by_head(text[:3]) and _by_head(text[:8])
