"""The shape of a source's furniture: lines and templates that it repeats, short lines, credits.

What is worked out of each token, in eight bytes, is worked out of some articles at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import ranges, runs
from dashboard.index.furniture.templates import (
    AT_ONCE,
    LEAST_TEMPLATES,
    articles_with,
    codes_of,
    in_templates,
)
from dashboard.text.token_arrays import read_tokens
from dashboard.text.token_rule import tokenise

SHAPES = ("line", "template", "edge", "caption", "abbreviation")
ABBREVIATION = SHAPES.index("abbreviation") + 1  # as tokens are marked
LEAST_LINES = 3  # articles of a source that repeat it
SHORT = 10  # tokens of a line: a byline, a caption, a link
FIRST, LAST = 2, 3  # lines of an article, its edges
OPEN = 0.3  # share of a source's lines without a stop, from which on that says nothing
LONGEST_LINE = 80  # characters of a line that may be a template's beginning
TAIL, LONGEST_CREDIT = 4, 40  # tokens and characters of a credit after the last sentence
_STOPS = ".!?…:;,\"'”’»)]。！？"
_SENTENCE_ENDS = tuple(f"{stop}{quote} " for stop in ".!?…" for quote in ("", '"', "”", "’", "»"))


def shapes_of(
    ids: NDArray[Any],
    offsets: NDArray[np.int64],
    lines: Sequence[str],
    article: NDArray[np.int64],
    source: NDArray[np.int64],
) -> NDArray[np.int8]:
    """(n_tokens,) 0, or the place of its shape in ``SHAPES`` + 1. ``ids`` (n_tokens,), ``offsets``
    (n_lines + 1,); ``article`` (n_lines,) ascends; ``source`` (n_articles,)."""
    lengths = np.diff(offsets)
    random = np.random.default_rng(6).integers(1, 1 << 62, (2, 1 << 16)).astype(np.uint64)
    some = np.flatnonzero(lengths)
    found = np.zeros(len(ids), dtype=np.int8)
    short = lengths <= SHORT
    stopped = np.asarray([line.rstrip()[-1:] in _STOPS for line in lines], dtype=bool)
    of_line = source[article]
    n_of = np.bincount(of_line, minlength=int(source.max(initial=0)) + 1)
    open_share = np.bincount(of_line, ~stopped, len(n_of)) / np.maximum(n_of, 1)
    found[np.repeat(short & ~stopped & (open_share < OPEN)[of_line], lengths)] = 4
    first = np.searchsorted(article, article)
    last = np.searchsorted(article, article, side="right")
    place = np.arange(len(lines))
    edge = (
        short & ((place - first < FIRST) | (last - place <= LAST)) & (last - first > FIRST + LAST)
    )
    found[np.repeat(edge, lengths)] = 3
    in_bracket = np.asarray([_n_in_bracket(line) for line in lines], dtype=np.int64)
    found[ranges(offsets[1:] - np.minimum(in_bracket, lengths), offsets[1:])] = 4
    opening = _openings(ids, offsets, first, place, of_line)
    found[opening] = 3
    found[opening + 1] = 3
    found[in_templates(ids, _bounds(offsets, article, len(source)), source, random[1])] = 2
    for credit in _credits(ids, offsets, lines, of_line, article):
        found[credit] = 1
    repeated = np.zeros(len(lines), dtype=bool)
    hashes = _hashes(ids, offsets, random[0])
    n_with, _ = articles_with(hashes[some], of_line[some], article[some])
    repeated[some] = n_with >= LEAST_LINES
    found[np.repeat(repeated, lengths)] = 1
    return found


def _bounds(
    offsets: NDArray[np.int64], article: NDArray[np.int64], n_articles: int
) -> NDArray[np.int64]:
    """(n_articles + 1,) the first token of each article, and the end."""
    bounds: NDArray[np.int64] = offsets[np.searchsorted(article, np.arange(n_articles + 1))]
    return bounds


def _hashes(
    ids: NDArray[Any], offsets: NDArray[np.int64], random: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """(n_lines,) of each line, by its words and their places."""
    found = np.zeros(len(offsets) - 1, dtype=np.uint64)
    for first, last in runs(offsets, AT_ONCE):
        own = offsets[first : last + 1] - offsets[first]
        in_line = np.arange(own[-1]) - np.repeat(own[:-1], np.diff(own))
        codes = codes_of(ids[offsets[first] : offsets[last]])
        sums = np.zeros(len(codes) + 1, dtype=np.uint64)
        np.cumsum(codes * random[in_line & 0xFFFF], out=sums[1:])
        found[first:last] = sums[own[1:]] - sums[own[:-1]]
    return found


def _openings(
    ids: NDArray[Any],
    offsets: NDArray[np.int64],
    first: NDArray[np.int64],
    place: NDArray[np.int64],
    of_line: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The first tokens of articles that begin with the same two as others of their source do."""
    begins = np.flatnonzero((place == first) & (np.diff(offsets) > 1))
    at = offsets[begins]
    pair = codes_of(ids[at]) * np.uint64(3) + codes_of(ids[at + 1])
    n_with, _ = articles_with(pair, of_line[begins], begins)
    found: NDArray[np.int64] = at[n_with >= LEAST_TEMPLATES]
    return found


def _credits(
    ids: NDArray[Any],
    offsets: NDArray[np.int64],
    lines: Sequence[str],
    of_line: NDArray[np.int64],
    article: NDArray[np.int64],
) -> Iterator[NDArray[np.int64]]:
    """Places of tokens in what four articles of a source write after a line's last sentence, after
    a bar, or at the beginning of a line: “… in 2014. VPC”, “… on Friday. | AP Photos Budget talks”,
    “Skip Twitter post by @…”."""
    lengths = np.diff(offsets)
    is_open = np.asarray([_is_open(line) for line in lines], dtype=bool)
    every, is_open = np.arange(len(lines)), np.flatnonzero(is_open)
    after, n_after = _tails([_after_last_sentence(line) for line in lines])
    behind, n_behind = _tails([_after_bar(line) for line in lines])
    for line, n_tokens, begin, sizes in (
        (every, lengths, offsets[:-1], (4,)),
        (is_open, lengths[is_open], offsets[is_open], (3,)),
        (after, n_after, offsets[after + 1] - n_after, range(1, TAIL + 1)),
        (behind, n_behind, offsets[behind + 1] - n_behind, (1, 2)),
    ):
        for size in sizes:
            # A credit is all there is; after a bar a headline may follow.
            fits = n_tokens == size if line is after else n_tokens >= size
            # Where words are not parted by spaces, a piece may be cut into others than the line is.
            fits &= n_tokens <= lengths[line]
            at, of = begin[fits], line[fits]
            if not len(at):
                continue
            run = np.zeros(len(at), dtype=np.uint64)
            for k in range(size):
                run = run * np.uint64(3) + codes_of(ids[at + k])
            n_with, _ = articles_with(run, of_line[of], article[of])
            for k in range(size):
                yield at[n_with >= LEAST_TEMPLATES] + k


def _tails(pieces: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The lines that have one, and its length in tokens."""
    some = np.flatnonzero([bool(piece.strip()) for piece in pieces])
    stream = read_tokens([pieces[i] for i in some.tolist()])
    return some, np.diff(stream.offsets)


def _is_open(line: str) -> bool:
    return len(line) <= LONGEST_LINE and line.rstrip()[-1:] not in _STOPS


def _n_in_bracket(line: str) -> int:
    """Tokens of a photograph's credit, “(Jo Smith/Reuters)”, at the end of a line; 0 without."""
    inside = line.rpartition("(")[2] if line.rstrip()[-1:] == ")" else ""
    n_tokens = len(list(tokenise(inside))) if "/" in inside else 0
    return n_tokens if n_tokens <= SHORT else 0


def _after_bar(line: str) -> str:
    return line.rpartition("|")[2] if "|" in line else ""


def _after_last_sentence(line: str) -> str:
    """What follows the last full stop of a line that has none at its end, if it is short."""
    if line.rstrip()[-1:] in _STOPS:
        return ""
    end = max(line.rfind(stop) + len(stop) if stop in line else 0 for stop in _SENTENCE_ENDS)
    return line[end:] if end and len(line) - end <= LONGEST_CREDIT else ""
