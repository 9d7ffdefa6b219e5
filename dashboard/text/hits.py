"""Where a keyword stands: in a token stream, and in a text that is being shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dashboard.text.queries.expressions import fits, is_expression
from dashboard.text.query import Keyword, Pattern
from dashboard.text.token_flags import shape_of
from dashboard.text.token_rule import Span, tokenise
from dashboard.text.unicode_form import APOSTROPHES, SILENT, normal_form

# What ``normal_form`` writes in another way letter by letter.
_PLAIN = str.maketrans({"ı": "i", "ς": "σ"} | dict.fromkeys(APOSTROPHES, "'"))


@dataclass(frozen=True)
class Wanted:
    """A pattern by numbers: for each place in the row, ``words``, the numbers it may have; the rest
    as in ``Pattern``."""

    words: Sequence[NDArray[np.int64]]
    shapes: tuple[int, ...] = ()
    near: Sequence[Wanted] = ()
    within: int = 0

    def __len__(self) -> int:
        return len(self.words)


def find_starts(
    wanted: Wanted,
    ids: NDArray[np.int32],
    offsets: NDArray[np.int64],
    shapes: NDArray[np.int8] | None = None,
) -> NDArray[np.int64]:
    """Sorted positions in ``ids`` where the words stand in a row, within one text each.

    ``offsets`` (n_texts + 1,) bounds the texts; ``shapes``: how each token is written; without it
    nothing is found that must be written in one way.
    """
    length = len(wanted)
    if len(ids) < length or not all(map(len, wanted.words)) or (wanted.shapes and shapes is None):
        return np.zeros(0, dtype=np.int64)
    starts = np.flatnonzero(_is_any(ids[: len(ids) - length + 1], wanted.words[0]))
    for i in range(1, length):
        starts = starts[_is_any(ids[starts + i], wanted.words[i])]
    if shapes is not None:
        for i, shape in enumerate(wanted.shapes):
            starts = starts[shapes[starts + i] == shape] if shape >= 0 else starts
    if not len(starts) or (length == 1 and not wanted.near):
        return starts
    text = np.searchsorted(offsets, starts, side="right")
    inside = starts + length <= offsets[text]
    starts, text = starts[inside], text[inside]
    if not wanted.near:
        return starts
    near = np.zeros(len(starts), dtype=bool)
    for other in wanted.near:
        places = find_starts(other, ids, offsets, shapes)
        near |= _has_near(starts, length, places, len(other), wanted.within, offsets, text)
    return starts[near]


def _has_near(
    starts: NDArray[np.int64],
    length: int,
    others: NDArray[np.int64],
    other_length: int,
    within: int,
    offsets: NDArray[np.int64],
    text: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Which stretches have another in their text, without overlap, that begins at most ``within``
    words after their last or ends at most so many before their first."""
    if not len(others):
        return np.zeros(len(starts), dtype=bool)
    behind = np.searchsorted(others, starts + length)
    found = others.take(behind, mode="clip")
    after = (behind < len(others)) & (found < offsets[text])
    after &= found - (starts + length) < within
    ahead = np.searchsorted(others, starts - other_length, side="right") - 1
    found = others.take(ahead, mode="clip")
    before = (ahead >= 0) & (found >= offsets[text - 1])
    before &= starts - (found + other_length) < within
    return np.asarray(after | before)


def _is_any(ids: NDArray[np.int32], numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
    if len(numbers) == 1:
        return np.asarray(ids == numbers[0])
    return np.isin(ids, numbers)


def find_any(
    alternatives: Sequence[Wanted],
    ids: NDArray[np.int32],
    offsets: NDArray[np.int64],
    shapes: NDArray[np.int8] | None = None,
) -> NDArray[np.int64]:
    """Sorted start positions of any of the alternatives (each as for :func:`find_starts`), each
    place once, the longest alternative first."""
    found = [find_starts(wanted, ids, offsets, shapes) for wanted in alternatives]
    if len(found) == 1:
        return found[0]
    starts = np.concatenate([np.zeros(0, np.int64), *found])
    lengths = np.repeat([len(wanted) for wanted in alternatives], [len(each) for each in found])
    order = np.lexsort((-lengths, starts))
    starts, lengths = starts[order], lengths[order]
    first = np.ones(len(starts), dtype=bool)
    first[1:] = starts[1:] > starts[:-1]
    starts, lengths = starts[first], lengths[first]
    if (starts[1:] >= starts[:-1] + lengths[:-1]).all():
        return starts
    kept, end = [], 0
    for start, length in zip(starts.tolist(), lengths.tolist(), strict=True):
        if start >= end:  # "Belt and Road OR Road" counts a place once
            kept.append(start)
            end = start + length
    return np.asarray(kept, dtype=np.int64)


def find_spans(keyword: Keyword, text: str) -> list[tuple[int, int]]:
    """Character spans of ``keyword`` in a text that is being shown, in order, not overlapping."""
    longest_first = sorted(keyword, key=lambda p: -len(p.tokens))
    exact = {p.tokens[0] for p in keyword if len(p.tokens) > 1 or not p.prefix}
    prefixes = tuple(p.tokens[0] for p in keyword if len(p.tokens) == 1 and p.prefix)
    expressions = [each for each in exact if is_expression(each)]
    spans: list[tuple[int, int]] = []
    for first, last in _stretches(keyword, text):
        part = text[first:last]
        tokens = tokenise(part)
        for i, (token, _) in enumerate(tokens):
            if (
                token not in exact
                and not (prefixes and token.startswith(prefixes))
                and not any(fits(each, token) for each in expressions)
            ):
                continue
            for pattern in longest_first:
                length = len(pattern.tokens)
                if _stands_at(pattern, i, tokens, part) and _is_near(pattern, i, tokens, part):
                    start, end = tokens[i][1][0] + first, tokens[i + length - 1][1][1] + first
                    if not spans or start >= spans[-1][1]:
                        spans.append((start, end))
                    break
    return spans


def _stands_at(pattern: Pattern, i: int, tokens: Sequence[tuple[str, Span]], text: str) -> bool:
    last = len(pattern.tokens) - 1
    return (
        0 <= i < len(tokens) - last
        and all(
            tokens[i + j][0] == wanted
            or (is_expression(wanted) and fits(wanted, tokens[i + j][0]))
            or (pattern.prefix and j == last and tokens[i + j][0].startswith(wanted))
            for j, wanted in enumerate(pattern.tokens)
        )
        and all(
            shape in (-1, shape_of(text[slice(*tokens[i + j][1])]))
            for j, shape in enumerate(pattern.shapes)
        )
    )


def _is_near(pattern: Pattern, i: int, tokens: Sequence[tuple[str, Span]], text: str) -> bool:
    """Whether one of the patterns that must be near is; True where none must."""
    end = i + len(pattern.tokens)
    return not pattern.near or any(
        _stands_at(other, at, tokens, text)
        for other in pattern.near
        for at in (
            *range(end, end + pattern.within),
            *range(i - len(other.tokens), i - len(other.tokens) - pattern.within, -1),
        )
    )


@cache
def _other_forms() -> re.Pattern[str]:
    """Characters that ``normal_form`` changes in yet another way: marks, ligatures, full width …"""
    every = (chr(c) for c in [*range(0x80, 0xD800), *range(0xF900, 0x10000)])
    other = "".join(
        c for c in every if c.isalnum() and normal_form(c) != c.lower().translate(_PLAIN)
    )
    return re.compile(rf"[{SILENT}\u0300-\u036f\U0001d400-\U0001d7ff{re.escape(other)}]")


def _stretches(keyword: Keyword, text: str) -> list[tuple[int, int]]:
    """Parts of a text, cut at spaces, which no token holds, that have all places of ``keyword``:
    cutting a text into tokens takes far longer than looking for a few letters. All of it for a
    phrase or words near others, or where the text writes letters in several ways."""
    lowered = text.lower().translate(_PLAIN)
    firsts = {p.tokens[0].lower() for p in keyword}
    if (
        any(len(p.tokens) > 1 or p.near or is_expression(p.tokens[0]) for p in keyword)
        or len(lowered) != len(text)
        or (not text.isascii() and _other_forms().search(text) is not None)
    ):
        return [(0, len(text))]
    found: list[tuple[int, int]] = []
    for word in firsts | {".".join(word) for word in firsts}:  # "U.S."
        at = lowered.find(word)
        while at >= 0:
            last = text.find(" ", at)
            last = len(text) if last < 0 else last
            found.append((text.rfind(" ", 0, at) + 1, last))
            at = lowered.find(word, last)
    return sorted(set(found))
