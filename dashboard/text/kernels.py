"""Compiled loops over text, for large corpora: the only module that imports numba.

numba is optional (``requirements-scale.txt``): without it, or with ``NEWSPRISM_ENGINE=numpy``,
callers take their numpy or Python path, which gives the same arrays. Import this module inside the
function that needs it: a small corpus should not wait a second for a compiler to load.

Kernels take arrays of fixed size and return to a driver that grows them: an array rebound inside a
hot loop makes the whole loop several times slower. Compiled code is kept in the app's cache folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from dashboard.places import cache_folder, setting

try:
    if setting("ENGINE") == "numpy" or sys.byteorder != "little":
        raise ImportError
    import numba
except ImportError:
    numba = None

# What a code point is to the token rule, one bit each; ``tokens`` builds the table from the rule.
VOWEL, DIGIT, INITIAL, WORD, APOSTROPHE, MARK, CLOSING, SPACE = (1 << i for i in range(8))
JOIN_SHIFT = 8  # the two bits above: 1 a space, 2 a hyphen
# One byte a token: two bits of ``joined``, then whether it opens a sentence or is in a headline.
OPENS = 4

F = TypeVar("F", bound=Callable[..., Any])
Array: TypeAlias = NDArray[Any]
Int: TypeAlias = int | np.int64
_ODD, _TOP = np.uint64(0x9E3779B97F4A7C15), np.uint64(1 << 63)


def available() -> bool:
    """Whether numba can be used: it is installed and was not switched off at the start."""
    return numba is not None


def engine() -> str:
    """ "numba", or "numpy" where numba is missing or ``NEWSPRISM_ENGINE`` is "numpy"."""
    return "numba" if available() and setting("ENGINE") != "numpy" else "numpy"


def _keep_compiled() -> bool:
    """Point numba to a folder for compiled code; False where there is none that is ours alone,
    as what lies there is run. ``NUMBA_CACHE_DIR``, numba's own setting, goes first."""
    if numba is None:
        return False
    if os.environ.get("NUMBA_CACHE_DIR"):
        return os.access(os.environ["NUMBA_CACHE_DIR"], os.W_OK)
    folder = cache_folder() / "numba"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        facts = [folder.stat(), folder.parent.stat()]
    except OSError:
        return False
    # A system without user ids keeps a user's folders to that user.
    ours = not hasattr(os, "getuid") or all(
        f.st_uid == os.getuid() and not f.st_mode & 0o022 for f in facts
    )
    if not ours or not os.access(folder, os.W_OK):
        return False
    numba.config.CACHE_DIR = str(folder)
    return True


_KEEP = _keep_compiled()


def compiled(function: F) -> F:
    """The function as machine code, without the interpreter's lock; as it is without numba."""
    if numba is None:
        return function
    code: F = numba.njit(nogil=True, cache=_KEEP)(function)
    return code


def _inlined(function: F) -> F:
    if numba is None:
        return function
    compiled: F = numba.njit(nogil=True, cache=_KEEP, forceinline=True)(function)
    return compiled


@_inlined
def _class_at(buffer: Array, p: Int, classes: Array) -> tuple[Int, int]:
    """Class and length in bytes of the UTF-8 character at ``p``."""
    b = np.int64(buffer[p])
    if b < 0x80:
        return np.int64(classes[b]), 1
    c = np.int64(buffer[p + 1]) & 0x3F
    if b < 0xE0:
        return np.int64(classes[(b & 0x1F) << 6 | c]), 2
    c = c << 6 | (np.int64(buffer[p + 2]) & 0x3F)
    if b < 0xF0:
        return np.int64(classes[(b & 0x0F) << 12 | c]), 3
    c = c << 6 | (np.int64(buffer[p + 3]) & 0x3F)
    return np.int64(classes[(b & 0x07) << 18 | c]), 4


@_inlined
def _is_elided(buffer: Array, start: Int, end: Int, elided: Array) -> bool:
    """Whether the letters from ``start`` to ``end`` are a word of ``ELIDED``; c'h is a letter."""
    if end - start > 8:
        return False
    key = np.uint64(0)
    for i in range(end - start):
        key |= np.uint64(buffer[start + i] | 0x20) << np.uint64(8 * i)
    at = np.searchsorted(elided, key)
    return bool(at < len(elided) and elided[at] == key)


@_inlined
def _token_end(buffer: Array, start: Int, first: Int, classes: Array, elided: Array) -> Int:
    """Where the token ends that starts at ``start``, a character of class ``first``: the branches
    of ``token_rule.TOKEN``, in their order."""
    p = start
    if first & DIGIT:
        grouped = False
        while True:
            kind, n = _class_at(buffer, p, classes)
            while kind & DIGIT:
                p += n
                kind, n = _class_at(buffer, p, classes)
            if buffer[p] != 46 and buffer[p] != 44:  # . ,
                break
            if not _class_at(buffer, p + 1, classes)[0] & DIGIT:
                break
            grouped = True
            p += 1
        if grouped:
            return p
    elif first & INITIAL:
        times = 0
        kind, n = _class_at(buffer, p, classes)
        while kind & INITIAL and buffer[p + n] == 46:
            p += n + 1
            times += 1
            kind, n = _class_at(buffer, p, classes)
        if times > 1:
            return p
    p = start
    parts = 0
    while True:
        kind, n = _class_at(buffer, p, classes)
        while kind & WORD:
            p += n
            kind, n = _class_at(buffer, p, classes)
        if not kind & APOSTROPHE:
            return p
        after = _class_at(buffer, p + n, classes)[0]
        if not after & WORD:
            return p
        is_ch = p - start == 1 and buffer[start] | 0x20 == 99 and buffer[p + n] | 0x20 == 104
        if after & VOWEL and not (parts or is_ch) and _is_elided(buffer, start, p, elided):
            return p + n
        parts += 1
        p += n


@compiled
def count_tokens_of(
    buffer: Array, bounds: Array, classes: Array, elided: Array, counts: Array
) -> None:
    for text in range(len(counts)):
        p, limit, count = bounds[text], bounds[text + 1] - 1, 0
        while p < limit:
            kind, n = _class_at(buffer, p, classes)
            if kind & WORD:
                p = _token_end(buffer, p, kind, classes, elided)
                count += 1
            else:
                p += n
        counts[text] = count


@_inlined
def _eight_bytes(words: Array, p: Int) -> Any:
    """The eight bytes from byte ``p`` on, little-endian."""
    word, shift = p >> 3, np.uint64(8 * (p & 7))
    return words[word] >> shift | words[word + 1] << np.uint64(1) << (np.uint64(63) - shift)


@_inlined
def _key(words: Array, start: Int, length: Int) -> Any:
    """A spelling of seven bytes or fewer is its own key; of a longer one a hash, top bit set."""
    if length < 8:
        return _eight_bytes(words, start) & ((np.uint64(1) << np.uint64(8 * length)) - np.uint64(1))
    key = np.uint64(length)
    for p in range(start, start + length - 7, 8):
        key = (key ^ _eight_bytes(words, p)) * _ODD
        key ^= key >> np.uint64(29)
    key = (key ^ _eight_bytes(words, start + length - 8)) * _ODD
    return (key ^ key >> np.uint64(29)) | _TOP


@_inlined
def _slot(key: Any, slots: Array) -> Int:
    key *= _ODD
    return np.int64(key >> np.uint64(32)) & (len(slots) // 2 - 1)


@compiled
def refill(slots: Array, old: Array) -> None:
    """Put what the table ``old`` holds into the larger, empty ``slots``."""
    for i in range(0, len(old), 2):
        if old[i]:
            slot = _slot(old[i], slots)
            while slots[2 * slot]:
                slot = (slot + 1) & (len(slots) // 2 - 1)
            slots[2 * slot], slots[2 * slot + 1] = old[i], old[i + 1]


@_inlined
def _number(
    buffer: Array, words: Array, start: Int, end: Int,
    slots: Array, at: Array, arena: Array, n_known: Int,
) -> Int:  # fmt: skip
    """Number of the spelling ``buffer[start:end]``, a new one as ``n_known``.

    ``slots`` is an open-addressing table of pairs: key (0: free) and number. Spelling ``i`` is
    ``arena[at[i]:at[i + 1] - 1]``, followed by a line feed.
    """
    length = end - start
    key = _key(words, start, length)
    slot = _slot(key, slots)
    while slots[2 * slot]:
        if slots[2 * slot] == key:
            known = np.int64(slots[2 * slot + 1])
            if not key & _TOP:
                return known
            begin = at[known]
            if at[known + 1] - begin - 1 == length:
                i = 0
                while i < length and arena[begin + i] == buffer[start + i]:
                    i += 1
                if i == length:
                    return known
        slot = (slot + 1) & (len(slots) // 2 - 1)
    slots[2 * slot], slots[2 * slot + 1] = key, np.uint64(n_known)
    begin = at[n_known]
    for i in range(length):
        arena[begin + i] = buffer[start + i]
    arena[begin + length] = 10
    at[n_known + 1] = begin + length + 1
    return n_known


@compiled
def segment(
    buffer: Array,
    words: Array,
    bounds: Array,
    n_bodies: Int,
    classes: Array,
    elided: Array,
    slots: Array,
    at: Array,
    arena: Array,
    raws: Array,
    flags: Array,
    ends: Array,
    state: Array,
) -> bool:
    """Read on until all texts are read (True) or an array is full (False); see
    ``token_reader.CompiledReader``.

    ``state`` is what the next call goes on from: text, position, end of the token before, tokens
    read, spellings known, first token of the line, whether the line's last mark closes it, whether
    the text has had no token yet.
    """
    text, p, end, n_tokens, n_known = state[0], state[1], state[2], state[3], state[4]
    line, closed, first = state[5], state[6], state[7]
    while text < len(ends):
        limit = bounds[text + 1] - 1
        n_gap = 0
        join: Int = 0
        mark: Int = 0
        while p < limit:
            kind, n = _class_at(buffer, p, classes)
            if not kind & WORD:
                n_gap += 1
                join = kind >> JOIN_SHIFT
                mark |= kind & MARK
                if not kind & SPACE:
                    closed = kind & CLOSING
                elif buffer[p] == 10:
                    if not closed:
                        for i in range(line, n_tokens):
                            flags[i] |= OPENS
                    line = n_tokens
                p += n
                continue
            stop = _token_end(buffer, p, kind, classes, elided)
            if (
                n_tokens == len(raws)
                or n_known == len(at) - 1
                or at[n_known] + stop - p >= len(arena)
            ):
                state[0], state[1], state[2] = text, end, end
                state[3], state[4], state[5] = n_tokens, n_known, line
                state[6], state[7] = closed, first
                return False
            known = _number(buffer, words, p, stop, slots, at, arena, n_known)
            n_known += known == n_known
            raws[n_tokens] = known
            if first:
                flags[n_tokens] = OPENS
            elif n_gap:
                flags[n_tokens] = (join if n_gap == 1 else 0) | (OPENS if mark else 0)
            else:
                flags[n_tokens] = 1
            n_tokens += 1
            first = 0
            closed = np.int64(buffer[stop - 1] == 46)
            p = end = stop
            n_gap, mark = 0, 0
        if not closed:
            for i in range(line, n_tokens):
                flags[i] |= OPENS
        ends[text] = n_tokens
        if text >= n_bodies:
            for i in range(ends[text - 1] if text else 0, n_tokens):
                flags[i] |= OPENS
        text += 1
        line, closed, first = n_tokens, 0, 1
        p = end = bounds[text]
    state[3], state[4] = n_tokens, n_known
    return True
