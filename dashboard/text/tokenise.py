"""Reading tokens: by Python for a few texts, by compiled kernels for many, with the same result."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dashboard.text.prepare import mask, prepare, separate
from dashboard.text.token_rule import (
    ELIDED,
    INITIAL,
    JOINS,
    LETTER,
    LINE_ENDS,
    SENTENCE_MARKS,
    TOKEN,
    VOWELS,
    count_words,
)
from dashboard.text.unicode_form import APOSTROPHES

COMPILED_FROM = 2_000_000  # characters; fewer are read sooner than a compiler is loaded
PART = 4_000_000  # characters read at a time
# In UTF-8 the first bytes of Thai, Lao, Burmese and Khmer (the last bit apart), and the least of
# East Asian ones.
_SOUTH_EAST_ASIAN, _FIRST_EAST_ASIAN = 0xE0, 0xE3
OPENS = 4  # beside the two bits of ``joined``: opens a sentence, or is in a headline


class TokenReader(Protocol):
    """Reads texts piece by piece; numbers spellings as they first appear."""

    def read(
        self, texts: Sequence[str], n_bodies: int
    ) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.int64]]:
        """Number of each token's spelling; its ``joined``, plus ``OPENS`` where a sentence opens;
        (n_texts,) the text ends. Texts from ``n_bodies`` on are headlines."""
        ...

    def spellings(self) -> list[str]:
        """Every spelling, in the order of its number."""
        ...


def engine_for(n_characters: int) -> str:
    """The engine for so much text: "numba", which is loaded then, or "numpy"."""
    if n_characters < COMPILED_FROM:
        return "numpy"
    from dashboard.text import kernels

    return kernels.engine()


def choose_reader(n_characters: int) -> TokenReader:
    """The reader for texts of which the first part has ``n_characters``."""
    return CompiledReader() if engine_for(n_characters) == "numba" else PythonReader()


def parts_of(texts: Iterable[str]) -> Iterator[list[str]]:
    """The texts in order, in lists of ``PART`` characters or one text more."""
    part: list[str] = []
    size = 0
    for text in texts:
        part.append(text)
        size += len(text)
        if size >= PART:
            yield part
            part, size = [], 0
    if part:
        yield part


def count_each(texts: Sequence[str]) -> NDArray[np.int64]:
    """(n_texts,) tokens of each text."""
    if sum(map(len, texts)) >= COMPILED_FROM:
        from dashboard.text import kernels

        if kernels.engine() == "numba":
            counts = np.zeros(len(texts), dtype=np.int64)
            done = 0
            for part in parts_of(texts):
                buffer, bounds = _encode(part)
                kernels.count_tokens_of(
                    buffer, bounds, class_table(), elided(), counts[done : done + len(part)]
                )
                done += len(part)
            return counts
    return np.fromiter(map(count_words, texts), dtype=np.int64, count=len(texts))


class PythonReader:
    """The reader for a few texts, and where there is no compiler."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def read(
        self, texts: Sequence[str], n_bodies: int
    ) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.int64]]:
        raws, flags, ends = array("i"), bytearray(), []
        known = self._known
        for number, text in enumerate(map(prepare, texts)):
            is_title = number >= n_bodies
            end, first, line_end, headline = 0, True, 0, is_title
            for match in TOKEN.finditer(text):
                raw, start = match.group(), match.start()
                gap = text[end:start]
                if not is_title and start >= line_end:
                    line_end = text.find("\n", start) + 1 or len(text) + 1
                    headline = not text[start:line_end].rstrip().endswith(LINE_ENDS)
                flag = 0 if first else JOINS.get(gap, 0)
                if first or headline or not SENTENCE_MARKS.isdisjoint(gap):
                    flag |= OPENS
                raws.append(known.setdefault(raw, len(known)))
                flags.append(flag)
                end, first = match.end(), False
            ends.append(len(raws))
        return (
            np.asarray(raws, dtype=np.int32),
            np.frombuffer(bytes(flags), dtype=np.uint8),
            np.asarray(ends, dtype=np.int64),
        )

    def spellings(self) -> list[str]:
        return list(self._known)


class CompiledReader:
    """The reader for many texts; the kernels say when an array is full, it grows them."""

    def __init__(self, n_spellings: int = 1 << 15) -> None:
        """``n_spellings``, a power of two, is how many there is room for at first."""
        self._classes = class_table()
        self._at = np.zeros(n_spellings + 1, dtype=np.int64)
        self._arena = np.zeros(8 * n_spellings, dtype=np.uint8)
        self._slots = np.zeros(4 * n_spellings, dtype=np.uint64)
        self._n_known = 0

    def read(
        self, texts: Sequence[str], n_bodies: int
    ) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.int64]]:
        from dashboard.text import kernels

        buffer, bounds = _encode(texts)
        words = buffer.view(np.uint64)
        raws = np.zeros(len(buffer) // 5 + 16, dtype=np.int32)
        flags = np.zeros(len(raws), dtype=np.uint8)
        ends = np.zeros(len(texts), dtype=np.int64)
        state = np.asarray([0, 0, 0, 0, self._n_known, 0, 0, 1], dtype=np.int64)
        while not kernels.segment(
            buffer, words, bounds, n_bodies, self._classes, elided(), self._slots, self._at,
            self._arena, raws, flags, ends, state,
        ):  # fmt: skip
            if state[3] == len(raws):
                raws, flags = _longer(raws, 2 * len(raws)), _longer(flags, 2 * len(raws))
            elif state[4] == len(self._at) - 1:
                self._at = _longer(self._at, 2 * len(self._at) - 1)
                slots = np.zeros(2 * len(self._slots), dtype=np.uint64)
                kernels.refill(slots, self._slots)
                self._slots = slots
            else:
                self._arena = _longer(self._arena, 2 * len(self._arena) + len(buffer))
        self._n_known = int(state[4])
        return raws[: state[3]], flags[: state[3]], ends

    def spellings(self) -> list[str]:
        text = self._arena[: self._at[self._n_known]].tobytes()
        return text.decode("utf-8", "surrogatepass").split("\n")[:-1]


def _longer(array: NDArray[Any], length: int) -> NDArray[Any]:
    grown = np.zeros(length, dtype=array.dtype)
    grown[: len(array)] = array
    return grown


def _encode(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The texts, prepared, as UTF-8, a NUL behind each so that no token runs on, and where each
    starts."""
    encoded = [mask(text).encode("utf-8", "surrogatepass") for text in texts]
    buffer, bounds = _joined(encoded)
    texts_with = _with_runs(buffer, bounds)
    for text in texts_with:
        parted, _ = separate(encoded[text].decode("utf-8", "surrogatepass"))
        encoded[text] = parted.encode("utf-8", "surrogatepass")
    return _joined(encoded) if texts_with else (buffer, bounds)


def _with_runs(buffer: NDArray[np.uint8], bounds: NDArray[np.int64]) -> list[int]:
    """The texts that may have words of a script without spaces, told by the first bytes of their
    characters: passes over all bytes that take no time, as most of the world writes spaces."""
    found = np.zeros(len(bounds) - 1, dtype=np.bool_)
    if buffer.max() >= _FIRST_EAST_ASIAN:
        found |= np.maximum.reduceat(buffer, bounds[:-1]) >= _FIRST_EAST_ASIAN
    leads = (buffer & 0xFE) == _SOUTH_EAST_ASIAN
    if leads.any():
        places = np.flatnonzero(leads)
        found[np.searchsorted(bounds, places, side="right") - 1] = True
    return np.flatnonzero(found).tolist()


def _joined(encoded: Sequence[bytes]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    bounds = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum([len(text) + 1 for text in encoded], out=bounds[1:])
    padding = b"\0" * (16 - int(bounds[-1]) % 8)
    return np.frombuffer(b"\0".join([*encoded, padding]), dtype=np.uint8), bounds


@cache
def elided() -> NDArray[np.uint64]:
    """Ascending, the words before an apostrophe that are words of their own, a letter a byte."""
    found = [int.from_bytes(word.encode(), "little") for word in ELIDED]
    return np.sort(np.asarray(found, dtype=np.uint64))


@cache
def class_table() -> NDArray[np.uint16]:
    """(0x110000,) what the token rule asks of each code point, for the kernels."""
    from dashboard.text import kernels

    every = "".join(map(chr, range(sys.maxunicode + 1)))
    classes = np.zeros(len(every), dtype=np.uint16)
    for bit, pattern in (
        (kernels.VOWEL, f"[{VOWELS}{VOWELS.upper()}]+"),
        (kernels.DIGIT, r"\d+"),
        (kernels.INITIAL, rf"{INITIAL}+"),
        (kernels.WORD, rf"{LETTER}+"),
        (kernels.SPACE, r"\s+"),
        (kernels.APOSTROPHE, f"[{APOSTROPHES}]"),
    ):
        for run in re.finditer(pattern, every):
            classes[run.start() : run.end()] |= bit
    for bit, marks in ((kernels.MARK, SENTENCE_MARKS), (kernels.CLOSING, LINE_ENDS)):
        for mark in marks:
            classes[ord(mark)] |= bit
    for mark, join in JOINS.items():
        if mark:
            classes[ord(mark)] |= join << kernels.JOIN_SHIFT
    return classes
