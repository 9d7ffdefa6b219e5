"""Buttons before captions: what begins lines of several articles and runs into what they say.

“Facebook Twitter Pinterest Ada Roy in her garden”, “CLOSE President Roy speaks”: the words stand
before a caption as they stand before the next, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dashboard.index.furniture.templates import LEAST_TEMPLATES, articles_with, codes_of
from dashboard.text.token_arrays import TokenStream

LONGEST = 3  # tokens; of four, any that several articles begin lines with are furniture
HARDLY_ELSEWHERE = 0.9  # share of a run's uses in its source that begin a line
MOSTLY_ANEW = 0.75  # share of them before a capital or a number, with only a space between
_CAPITALS = 2


def leads(
    stream: TokenStream, of_line: NDArray[np.int64], article: NDArray[np.int64]
) -> Iterator[NDArray[np.int64]]:
    """Places of tokens in one to three capitalised words that lines of four articles of a source
    begin with, before four different words that begin anew, and that stand hardly anywhere else in
    it. ``of_line`` (n_lines,) is the source, ``article`` (n_lines,) the article of each line.

    A word by itself has to be in capitals, and what is in capitals is only compared with what is:
    “close” in a sentence is another word than a button. What isn't is compared in any casing, so
    that “Former President Roy” at a line's beginning is none, with “the former president” inside
    others."""
    ids = stream.ids
    if not len(ids):
        return
    is_number = np.asarray([word[:1].isdigit() for word in stream.vocabulary], dtype=bool)
    # Twice the word, and one more where it is in capitals.
    written = ids.astype(np.int64) * 2 + (stream.shape == _CAPITALS)
    lengths = np.diff(stream.offsets)
    for size in range(1, LONGEST + 1):
        lines = np.flatnonzero(lengths > size)
        at = stream.offsets[lines]
        least = _CAPITALS if size == 1 else 1
        fits = stream.shape[at] >= least
        for k in range(1, size):
            fits &= (stream.shape[at + k] > 0) & (stream.joined[at + k] == 1)
        after = at + size
        anew = (stream.shape[after] > 0) | is_number[ids[after]]
        # Two words in capitals are a heading: “NO ANSWERS”.
        anew &= (stream.shape[after] < _CAPITALS) | (stream.shape[after - 1] < _CAPITALS)
        fits &= (stream.joined[after] == 1) & anew
        lines, at = lines[fits], at[fits]
        run = _runs(written, at, size)
        n_with, _ = articles_with(run, of_line[lines], article[lines])
        some = n_with >= LEAST_TEMPLATES
        for first in _kept(stream, written, of_line, at[some], lines[some], size):
            for k in range(size):
                yield first + k


def _kept(
    stream: TokenStream,
    written: NDArray[np.int64],
    of_line: NDArray[np.int64],
    at: NDArray[np.int64],
    lines: NDArray[np.int64],
    size: int,
) -> Iterator[NDArray[np.int64]]:
    """The first tokens, at the beginning of lines, of each run of those ``at`` the beginnings of
    ``lines`` that stands hardly anywhere else and before different words."""
    if not len(at):
        return
    begins = np.zeros(2 * len(stream.vocabulary), dtype=bool)
    begins[written[at]] = True
    every = np.flatnonzero(begins[written[: len(written) - size]])
    alike = np.unique(_runs(written, at, size))
    run = _runs(written, every, size)
    every = every[alike[np.searchsorted(alike, run).clip(max=len(alike) - 1)] == run]
    line = np.searchsorted(stream.offsets, every, side="right") - 1
    inside = every + size <= stream.offsets[line + 1]
    every, line = every[inside], line[inside]
    spread = codes_of(np.arange(int(of_line.max()) + 1))
    anew = _runs(written, at, size) ^ spread[of_line[lines]]
    found = _runs(written, every, size) ^ spread[of_line[line]]
    kinds, number = np.unique(anew, return_inverse=True)
    place = np.searchsorted(kinds, found).clip(max=len(kinds) - 1)
    there = kinds[place] == found
    every, line, place = every[there], line[there], place[there]
    first = every == stream.offsets[line]
    n_all = np.bincount(place, minlength=len(kinds))
    n_first = np.bincount(place, first, len(kinds))
    n_anew = np.bincount(number, minlength=len(kinds))
    pairs = np.unique(number * len(stream.vocabulary) + stream.ids[at + size])
    n_next = np.bincount(pairs // len(stream.vocabulary), minlength=len(kinds))
    kept = (n_first >= HARDLY_ELSEWHERE * n_all) & (n_anew >= MOSTLY_ANEW * n_first)
    kept &= n_next >= LEAST_TEMPLATES
    yield every[first & kept[place]]


def _runs(written: NDArray[np.int64], at: NDArray[np.int64], size: int) -> NDArray[np.uint64]:
    """A number for the words that stand ``at`` places, as they are written."""
    run = np.zeros(len(at), dtype=np.uint64)
    for k in range(size):
        run = run * np.uint64(3) + codes_of(written[at + k])
    return run
