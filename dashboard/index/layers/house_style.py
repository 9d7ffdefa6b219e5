"""House style: words that stand in the furniture of a source's articles, told by their shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from dashboard.index.layers.layer import Arrays, Layer, SegmentView
from dashboard.text.token_arrays import read_tokens

SHAPES = ("line", "template", "edge", "caption")
LEAST_LINES, LEAST_TEMPLATES = 3, 4  # articles of a source that repeat it
GRAM = 6  # tokens of a template
DOMINATED = 0.75  # share of the articles with a template that one source has
SHORT = 10  # tokens of a line: a byline, a caption, a link
FIRST, LAST = 2, 3  # lines of an article, its edges
OPEN = 0.3  # share of a source's lines without a stop, from which on that says nothing
_STOPS = ".!?…:;,\"'”’»)]。！？"


class HouseStyle(Layer):
    """Arrays of a segment, an entry for each word of a source that stands in furniture there:
    ``row`` (an article of the source), ``term``, ``uses`` in its articles, and (n_entries, 4)
    ``styled``, how many of these are in each of ``SHAPES``: a line that three of its articles have;
    six tokens that four have, and hardly another source; a short line at the beginning or the end;
    a short line without a stop, where most lines have one. A use counts for the first of them."""

    name: ClassVar[str] = "house_style"
    version: ClassVar[int] = 1

    def extract(self, segment: SegmentView) -> Arrays:
        """One pass over the lines."""
        lines: list[str] = []
        sizes: list[int] = []
        for passages in segment.passages():
            own = [line for passage in passages for line in passage.split("\n") if line.strip()]
            lines += own
            sizes.append(len(own))
        names: dict[str | None, int] = {}
        source = np.asarray(
            [names.setdefault(s, len(names)) for s in segment.articles.column("source")],
            dtype=np.int64,
        )
        stream = read_tokens(lines, len(lines))
        article = np.repeat(np.arange(len(sizes)), sizes)
        shape = _shapes(stream.ids, stream.offsets, lines, article, source)
        numbers = segment.lexicon.numbers(stream.vocabulary)
        article_of = np.repeat(article, np.diff(stream.offsets))
        rows = np.unique(source, return_index=True)[1]
        return _entries(numbers[stream.ids], source[article_of], shape, rows)


def _entries(
    term: NDArray[np.int64], source: NDArray[np.int64], shape: NDArray[np.int8], rows: Any
) -> Arrays:
    """The uses of each source and term that has some in furniture."""
    known = term >= 0
    key = source[known] * (int(term.max(initial=0)) + 1) + term[known]
    keys, at = np.unique(key, return_inverse=True)
    n = len(SHAPES) + 1
    cells = np.bincount(at * n + shape[known], minlength=len(keys) * n).reshape(-1, n)
    kept = cells[:, 1:].any(axis=1)
    n_terms = int(term.max(initial=0)) + 1
    return {
        "row": np.asarray(rows, dtype=np.int32)[keys[kept] // n_terms],
        "term": (keys[kept] % n_terms).astype(np.int32),
        "uses": cells[kept].sum(axis=1).astype(np.int32),
        "styled": cells[kept, 1:].astype(np.int32),
    }


def _shapes(
    ids: NDArray[Any],
    offsets: NDArray[np.int64],
    lines: Sequence[str],
    article: NDArray[np.int64],
    source: NDArray[np.int64],
) -> NDArray[np.int8]:
    """(n_tokens,) 0, or the place of its shape in ``SHAPES`` + 1."""
    lengths = np.diff(offsets)
    in_line = np.arange(len(ids)) - np.repeat(offsets[:-1], lengths)
    random = np.random.default_rng(6).integers(1, 1 << 62, (2, 1 << 16)).astype(np.uint64)
    codes = (ids.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    sums = np.zeros(len(ids) + 1, dtype=np.uint64)
    np.cumsum(codes * random[0][in_line & 0xFFFF], out=sums[1:])
    hashes = sums[offsets[1:]] - sums[offsets[:-1]]
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
    opening = _openings(codes, offsets, first, place, of_line)
    found[opening] = 3
    found[opening + 1] = 3
    token_article = np.repeat(article, lengths)
    found[_in_templates(codes, random[1], token_article, source)] = 2
    repeated = np.zeros(len(lines), dtype=bool)
    n_with, _ = _articles_with(hashes[some], of_line[some], article[some])
    repeated[some] = n_with >= LEAST_LINES
    found[np.repeat(repeated, lengths)] = 1
    return found


def _openings(
    codes: NDArray[np.uint64],
    offsets: NDArray[np.int64],
    first: NDArray[np.int64],
    place: NDArray[np.int64],
    of_line: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The first tokens of articles that begin with the same two as others of their source do."""
    begins = np.flatnonzero((place == first) & (np.diff(offsets) > 1))
    at = offsets[begins]
    pair = codes[at] * np.uint64(3) + codes[at + 1]
    n_with, _ = _articles_with(pair, of_line[begins], begins)
    found: NDArray[np.int64] = at[n_with >= LEAST_TEMPLATES]
    return found


def _in_templates(
    codes: NDArray[np.uint64],
    random: NDArray[np.uint64],
    article: NDArray[np.int64],
    source: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Which tokens stand in six that four articles of one source have, and hardly others."""
    n = len(codes) - GRAM + 1
    inside = np.zeros(len(codes), dtype=bool)
    if n <= 0:
        return inside
    grams = np.zeros(n, dtype=np.uint64)
    for k in range(GRAM):
        grams += codes[k : k + n] * random[k]
    starts = np.flatnonzero(article[:n] == article[GRAM - 1 :])
    in_order = np.sort(grams[starts])
    often = np.unique(
        in_order[LEAST_TEMPLATES - 1 :][
            in_order[LEAST_TEMPLATES - 1 :] == in_order[: 1 - LEAST_TEMPLATES]
        ]
    )
    if not len(often):
        return inside
    at = np.searchsorted(often, grams[starts]).clip(max=len(often) - 1)
    starts = starts[often[at] == grams[starts]]
    own, every = _articles_with(grams[starts], source[article[starts]], article[starts])
    repeated = starts[(own >= LEAST_TEMPLATES) & (own >= DOMINATED * every)]
    for k in range(GRAM):
        inside[repeated + k] = True
    return inside


def _articles_with(
    what: NDArray[np.uint64], source: NDArray[np.int64], article: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of each entry, in how many articles of its source, and of all, the same is."""
    _, number = np.unique(what, return_inverse=True)
    n_articles = int(article.max(initial=0)) + 1
    pairs = np.unique(number * n_articles + article)
    gram, with_it = pairs // n_articles, pairs % n_articles
    of_article = np.zeros(n_articles, dtype=np.int64)
    of_article[article] = source
    n_sources = int(source.max(initial=0)) + 1
    keys, counts = np.unique(gram * n_sources + of_article[with_it], return_counts=True)
    own = counts[np.searchsorted(keys, number * n_sources + source)]
    return own, np.bincount(gram)[number]
