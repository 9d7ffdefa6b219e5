"""Letters with their places to words, those of Arabic and Hebrew from right to left."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

LINE_ENDS = frozenset("\r\n")
_JUMP = 1.0  # of the height of the letters: after more the writing goes on elsewhere
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_FORWARD = re.compile(r"[^\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]{2,}")
_SHAPES = re.compile(r"[\ufb00-\ufdff\ufe70-\ufeff]+")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line: its place in points, from the left and from the foot of the page; ``bottom`` is what
    its letters stand on, ``size`` their height."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word, and its number: one more than that of the word before it where a space is between
    them, two more where the writing jumped."""

    line: PrintedLine
    number: int


def is_backward(text: str) -> bool:
    """Whether a text has letters that are read from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def is_mostly_backward(lines: Iterable[PrintedLine]) -> bool:
    """Whether at least half of the lines (or words) have letters that are read from right to
    left; False of none."""
    found = [is_backward(line.text) for line in lines]
    return 2 * sum(found) >= len(found) > 0


def mirrored(line: PrintedLine) -> PrintedLine:
    """The line on a page seen from behind: what is read from right to left begins at the left."""
    return replace(line, left=-line.right, right=-line.left)


def around(text: str, parts: Sequence[PrintedLine], size: float) -> PrintedLine:
    """A line of this text over the places of its parts, of which there is one at least."""
    return PrintedLine(
        text,
        min(part.left for part in parts),
        max(part.right for part in parts),
        median(part.bottom for part in parts),
        max(part.top for part in parts),
        size,
    )


def words_of(letters: Sequence[PrintedLine]) -> list[PrintedWord]:
    """Words in the order in which the file writes them. A letter of size 0 has no place."""
    words: list[PrintedWord] = []
    letters_of: list[PrintedLine] = []
    number = 0

    def end(step: int) -> None:
        nonlocal number
        if letters_of:
            words.append(
                PrintedWord(
                    around(_text(letters_of), letters_of, max(x.size for x in letters_of)), number
                )
            )
            letters_of.clear()
            number += step

    for letter in letters:
        if letter.text in LINE_ENDS:
            end(2)
        elif not letter.size or letter.text.isspace():
            end(1)
        else:
            if letters_of and _jumps(letters_of[-1], letter):
                end(2)
            letters_of.append(letter)
    end(1)
    return words


def _jumps(last: PrintedLine, letter: PrintedLine) -> bool:
    size = max(last.size, letter.size)
    apart = max(letter.left - last.right, last.left - letter.right)
    return abs(letter.bottom - last.bottom) > 0.4 * size or apart > _JUMP * size


def _text(letters: Sequence[PrintedLine]) -> str:
    text = "".join(letter.text for letter in letters)
    if is_backward(text):
        # By their places: files write such words forwards or backwards.
        ordered = sorted(letters, key=lambda letter: -(letter.left + letter.right))
        text = "".join(letter.text for letter in ordered)
        text = _FORWARD.sub(lambda match: match[0][::-1], text)
    return _SHAPES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def joined(words: Sequence[PrintedWord], gap: float) -> PrintedLine:
    """Words beside each other to a line; ``gap``: how far apart those are, in heights of letters,
    that a space is between."""
    ordered = sorted(words, key=lambda word: word.line.left)
    backward = is_mostly_backward(word.line for word in ordered)
    if backward:
        ordered = _backward(ordered)
    text = ordered[0].line.text
    for last, word in pairwise(ordered):
        a, b = last.line, word.line
        apart = max(b.left - a.right, a.left - b.right)
        spaced = abs(word.number - last.number) == 1 or apart > gap * max(a.size, b.size)
        text += (" " if spaced else "") + b.text
    lines = [word.line for word in ordered]
    sizes = [line.size for line in lines]
    # Boxes of Arabic letters may be those of their shapes, lower than the type.
    return around(text, lines, max(sizes) if backward else median(sizes))


def _backward(words: Sequence[PrintedWord]) -> list[PrintedWord]:
    """From right to left, but words of other scripts among them from left to right."""
    found: list[PrintedWord] = []
    forward: list[PrintedWord] = []
    for word in reversed(words):
        if is_backward(word.line.text):
            found += reversed(forward)
            forward = []
            found.append(word)
        else:
            forward.append(word)
    return found + forward[::-1]
