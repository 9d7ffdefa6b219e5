"""Words to lines that don't run over the white between columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from dashboard.corpus.readers.pdf.words import (
    PrintedLine,
    PrintedWord,
    is_mostly_backward,
    joined,
    mirrored,
)

_WORD_GAP = 0.15  # of the height of the letters
_COLUMN_GAP = 1.5  # more is never between words of a line
_NARROWEST = 0.45  # white between columns, where it goes on over several rows
_FEWEST = 4  # rows with words on both sides
_ALIGNED = 2.0  # points
_MOST = 0.6  # of the rows begin on one line
_WIDTH = 4  # heights of letters
_Row = list[PrintedWord]
_White = tuple[float, float]
_Run = tuple[int, tuple[int, ...]]  # the row where it begins, where words begin right of it


def lines_of(words: Sequence[PrintedWord]) -> list[PrintedLine]:
    """Lines, from the top down; a row of words is as many as there are columns."""
    rows = _rows(words)
    cuts: list[list[float]] = [[] for _ in rows]
    backward = is_mostly_backward(word.line for word in words)
    # Lines begin at the right: seen from behind, at the left as others do.
    seen = [[_behind(word) for word in reversed(row)] for row in rows] if backward else rows
    for place, first, last in _gutters(seen):
        for i in range(first, last + 1):
            cuts[i].append(-place if backward else place)
    return [line for row, places in zip(rows, cuts, strict=True) for line in _cut(row, places)]


def _behind(word: PrintedWord) -> PrintedWord:
    return replace(word, line=mirrored(word.line))


def _rows(words: Sequence[PrintedWord]) -> list[_Row]:
    """Words on one height, from the left."""
    rows: list[_Row] = []
    for word in sorted(words, key=lambda word: -word.line.bottom):
        near = rows[-1][0].line if rows else None
        if near and near.bottom - word.line.bottom < 0.4 * min(near.size, word.line.size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.line.left) for row in rows]


def _gutters(rows: Sequence[_Row]) -> Iterator[tuple[float, int, int]]:
    """White that goes down over rows: its middle, the first row and the last."""
    open_: dict[_White, _Run] = {}
    for i, row in enumerate(rows):
        least = _NARROWEST * max(word.line.size for word in row)
        following: dict[_White, _Run] = {}
        taken: set[_White] = set()
        for white, is_between in _whites(row):
            begun = (round(white[1] / _ALIGNED),) if is_between else ()
            if is_between and white[1] - white[0] >= least:
                following.setdefault(white, (i, begun))
            for old, (first, lefts) in open_.items():
                both = max(old[0], white[0]), min(old[1], white[1])
                if both[1] - both[0] >= least:
                    taken.add(old)
                    known = following.get(both)
                    if known is None or (first, -len(lefts)) < (known[0], -len(known[1])):
                        following[both] = first, lefts + begun
        yield from _closed(rows, {w: run for w, run in open_.items() if w not in taken}, i - 1)
        open_ = following
    yield from _closed(rows, open_, len(rows) - 1)


def _closed(
    rows: Sequence[_Row], runs: Mapping[_White, _Run], last: int
) -> Iterator[tuple[float, int, int]]:
    """Of white that ends at a row, what is between columns: right of it lines begin on one line,
    where by chance they would not, and both sides are as wide as some words."""
    for white, (first, lefts) in runs.items():
        if len(lefts) < _FEWEST:
            continue
        counts = Counter(lefts)
        aligned = max(counts[left] + counts[left + 1] for left in counts)
        place = sum(white) / 2
        words = [word.line for row in rows[first : last + 1] for word in row]
        widths = [place - min(word.left for word in words), max(w.right for w in words) - place]
        size = max(word.size for word in words)
        if aligned >= _MOST * len(lefts) and min(widths) > _WIDTH * size:
            yield place, first, last


def _whites(row: _Row) -> Iterator[tuple[_White, bool]]:
    """The white between the words of a row, and that on both sides of it."""
    yield (float("-inf"), row[0].line.left), False
    reach = row[0].line.right
    for word in row[1:]:
        if word.line.left > reach:
            yield (reach, word.line.left), True
        reach = max(reach, word.line.right)
    yield (reach, float("inf")), False


def _cut(row: _Row, places: Sequence[float]) -> Iterator[PrintedLine]:
    part = [row[0]]
    for last, word in pairwise(row):
        gap, size = word.line.left - last.line.right, max(last.line.size, word.line.size)
        if gap > _COLUMN_GAP * size or any(
            last.line.right <= place <= word.line.left for place in places
        ):
            yield joined(part, _WORD_GAP)
            part = []
        part.append(word)
    yield joined(part, _WORD_GAP)
