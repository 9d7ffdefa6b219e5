"""House style: words that stand in the furniture of a source's articles, told by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from dashboard.index.layers.layer import Arrays, Layer, SegmentView
from dashboard.text.token_arrays import TokenStream, read_tokens
from dashboard.text.token_rule import tokenise

SHAPES = ("line", "template", "edge", "caption")
LEAST_LINES, LEAST_TEMPLATES = 3, 4  # articles of a source that repeat it
GRAM = 6  # tokens of a template
DOMINATED = 0.75  # share of the articles with a template that one source has
SHORT = 10  # tokens of a line: a byline, a caption, a link
FIRST, LAST = 2, 3  # lines of an article, its edges
OPEN = 0.3  # share of a source's lines without a stop, from which on that says nothing
LONGEST_LINE = 80  # characters of a line that may be a template's beginning
TAIL, LONGEST_CREDIT = 4, 40  # tokens and characters of a credit after the last sentence
NEAR = 4  # tokens on either side of a source's own name
_STOPS = ".!?…:;,\"'”’»)]。！？"
_SENTENCE_ENDS = tuple(f"{stop}{quote} " for stop in ".!?…" for quote in ("", '"', "”", "’", "»"))
_NAME_PARTS = re.compile(r"[(\[|–—]| - ")


class HouseStyle(Layer):
    """Arrays of a segment. An entry for each word of a source that stands in furniture there, or
    beside the source's own name: ``row`` (an article of the source), ``term``, ``uses`` in its
    articles, (n_entries, 4) ``styled``, how many of these are in each of ``SHAPES``, and
    ``beside``, how many within ``NEAR`` tokens of its name. The same of two words that follow each
    other, with ``pair_`` before each name and ``pair_next`` for the second word. Of each source its
    ``source_row``, ``source_tokens`` and ``source_beside``.

    The shapes: a line that three of its articles have, or the beginning of a line, or a credit
    after a sentence or a bar, that four have; six tokens that four have, and hardly another source,
    or a card that names somebody twice; a short line at the beginning or the end; a short line
    without a stop, where most lines have one, or a photograph's credit in brackets. A use counts
    for the first of them."""

    name: ClassVar[str] = "house_style"
    version: ClassVar[int] = 2

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
        twice = _named_twice(stream)
        shape[twice[shape[twice] == 0]] = 2
        article_of = np.repeat(article, np.diff(stream.offsets))
        source_of = source[article_of]
        beside = _beside(stream, source_of, list(names))
        term = segment.lexicon.numbers(stream.vocabulary)[stream.ids]
        rows = np.unique(source, return_index=True)[1].astype(np.int32)
        n = len(rows)
        words = _entries(source_of, term, shape, beside)
        following = np.append(term[1:], -1)
        following[np.append(article_of[1:] != article_of[:-1], True)[: len(term)]] = -1
        pairs = _entries(source_of, term, shape, beside, following)
        return {
            **{name: rows[a] if name == "row" else a for name, a in words.items()},
            **{f"pair_{k}": rows[a] if k == "row" else a for k, a in pairs.items()},
            "source_row": rows,
            "source_tokens": np.bincount(source_of, minlength=n).astype(np.int64),
            "source_beside": np.bincount(source_of[beside], minlength=n).astype(np.int64),
        }


def _entries(
    source: NDArray[np.int64],
    term: NDArray[np.int64],
    shape: NDArray[np.int8],
    beside: NDArray[np.bool_],
    following: NDArray[np.int64] | None = None,
) -> dict[str, NDArray[Any]]:
    """The uses of each source and term, or pair of terms, that has some in furniture or beside the
    source's name; ``row`` is the number of the source."""
    n_terms = int(term.max(initial=0)) + 1
    key, known = source * n_terms + term, term >= 0
    if following is not None:
        key, known = key * n_terms + following, known & (following >= 0)
    marked = (shape > 0) | beside
    keys = np.unique(key[known & marked])
    if not len(keys):
        known = np.zeros_like(known)
    at = np.searchsorted(keys, key[known]).clip(max=max(len(keys) - 1, 0))
    there = keys[at] == key[known]
    at, shape, beside = at[there], shape[known][there], beside[known][there]
    n = len(SHAPES) + 1
    cells = np.bincount(at * n + shape, minlength=len(keys) * n).reshape(-1, n)
    found = {
        "uses": cells.sum(axis=1).astype(np.int32),
        "styled": cells[:, 1:].astype(np.int32),
        "beside": np.bincount(at[beside], minlength=len(keys)).astype(np.int32),
    }
    if following is not None:
        keys, found["next"] = keys // n_terms, (keys % n_terms).astype(np.int32)
    return {"row": keys // n_terms, "term": (keys % n_terms).astype(np.int32), **found}


def _beside(
    stream: TokenStream, source: NDArray[np.int64], names: Sequence[str | None]
) -> NDArray[np.bool_]:
    """(n_tokens,) which stand within ``NEAR`` tokens of their source's own name: all words of it
    before a bracket or a dash, or its first word where that is initials (“NPR” of “NPR Online”)."""
    number = {word: i for i, word in enumerate(stream.vocabulary)}
    is_name = np.zeros(len(stream.ids), dtype=bool)
    for i, name in enumerate(names):
        own = _NAME_PARTS.split(name or "")[0]
        words = [number.get(token, -1) for token, _ in tokenise(own)]
        runs = [words]
        first = own.split(" ")[0]
        if is_initials(first) and not own.isupper():
            runs.append(words[:1])
        for run in runs:
            if not run or -1 in run:
                continue
            at = np.flatnonzero((stream.ids == run[0]) & (source == i))
            for k, word in enumerate(run[1:], start=1):
                at = at[at + k < len(stream.ids)]
                at = at[stream.ids[at + k] == word]
            for k in range(len(run)):
                is_name[at + k] = True
    sums = np.concatenate([[0], np.cumsum(is_name)])
    place = np.arange(len(is_name))
    low, high = np.maximum(place - NEAR, 0), np.minimum(place + NEAR + 1, len(is_name))
    near: NDArray[np.bool_] = (sums[high] > sums[low]) & ~is_name
    return near


def _named_twice(stream: TokenStream) -> NDArray[np.int64]:
    """Places of tokens of cards that begin with the name they explain: “Nancy Pelosi Nancy”."""
    ids, apart = stream.ids, (stream.joined != 1) | (stream.shape == 0)
    at = np.flatnonzero((ids[2:] == ids[:-2]) & (ids[1:-1] != ids[:-2]) & ~apart[1:-1] & ~apart[2:])
    return np.concatenate([at + 1, at + 2])


def is_initials(word: str) -> bool:
    """Three capitals or more, and nothing else: “NPR”, “BBC”."""
    return len(word) > 2 and word.isalpha() and word.isupper()


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
    in_bracket = np.asarray([_n_in_bracket(line) for line in lines], dtype=np.int64)
    found[(np.repeat(lengths, lengths) - in_line) <= np.repeat(in_bracket, lengths)] = 4
    opening = _openings(codes, offsets, first, place, of_line)
    found[opening] = 3
    found[opening + 1] = 3
    token_article = np.repeat(article, lengths)
    found[_in_templates(codes, random[1], token_article, source)] = 2
    for credit in _credits(codes, offsets, lines, of_line, article):
        found[credit] = 1
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


def _credits(
    codes: NDArray[np.uint64],
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
                run = run * np.uint64(3) + codes[at + k]
            n_with, _ = _articles_with(run, of_line[of], article[of])
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
