"""The words of each source that stand in its furniture, or beside its own name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import runs
from dashboard.index.furniture.shapes import SHAPES
from dashboard.index.furniture.templates import AT_ONCE
from dashboard.text.token_arrays import TokenStream
from dashboard.text.token_rule import tokenise

NEAR = 4  # tokens on either side of a source's own name
_NAME_PARTS = re.compile(r"[(\[|–—]| - ")


class Styled(NamedTuple):
    """Tokens of articles: ``ids`` (n_tokens,) with the ``term`` (n_words,) of each word, -1 for
    none; ``bounds`` (n_articles + 1,) the first token of each article; ``source`` (n_articles,);
    ``shape`` (n_tokens,), see ``shapes_of``, and ``beside`` (n_tokens,), see ``beside_names``."""

    ids: NDArray[np.int32]
    term: NDArray[np.int64]
    bounds: NDArray[np.int64]
    source: NDArray[np.int64]
    shape: NDArray[np.int8]
    beside: NDArray[np.bool_]


def entries(text: Styled, pairs: bool = False) -> dict[str, NDArray[Any]]:
    """The uses of each source and term, or pair of terms, that has some in furniture or beside the
    source's name; ``row`` is the number of the source. Some articles at a time."""
    n_terms = int(text.term.max(initial=0)) + 1
    none = np.zeros(0, dtype=np.int64)
    marked = (np.unique(key[(shape > 0) | beside]) for key, shape, beside in _keys(text, pairs))
    keys = np.unique(np.concatenate([none, *marked]))
    n = len(SHAPES) + 1
    cells = np.zeros(len(keys) * n, dtype=np.int32)
    near = np.zeros(len(keys), dtype=np.int32)
    for key, shape, beside in _keys(text, pairs) if len(keys) else ():
        at = np.searchsorted(keys, key).clip(max=len(keys) - 1)
        there = keys[at] == key
        at, shape, beside = at[there], shape[there], beside[there]
        _count(cells, at * n + shape)
        _count(near, at[beside])
    styled = cells.reshape(-1, n)
    found = {
        "uses": styled.sum(axis=1).astype(np.int32),
        "styled": styled[:, 1:].copy(),
        "beside": near,
    }
    if pairs:
        keys, found["next"] = keys // n_terms, (keys % n_terms).astype(np.int32)
    return {"row": keys // n_terms, "term": (keys % n_terms).astype(np.int32), **found}


def _keys(
    text: Styled, pairs: bool
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int8], NDArray[np.bool_]]]:
    """Of each known token, or known token that another one of its article follows: one number for
    source and term (and the term that follows), its shape, and whether it is beside a name."""
    n_terms = int(text.term.max(initial=0)) + 1
    for first, last in runs(text.bounds, AT_ONCE):
        own = slice(int(text.bounds[first]), int(text.bounds[last]))
        sizes = np.diff(text.bounds[first : last + 1])
        term = text.term[text.ids[own]]
        key, known = np.repeat(text.source[first:last], sizes) * n_terms + term, term >= 0
        if pairs:
            following = np.append(term[1:], -1)
            following[np.cumsum(sizes)[sizes > 0] - 1] = -1
            key, known = key * n_terms + following, known & (following >= 0)
        yield key[known], text.shape[own][known], text.beside[own][known]


def _count(counts: NDArray[np.int32], at: NDArray[np.int64]) -> None:
    """Add one for each of ``at``. What stands together in the text is of few sources, so that the
    places are near each other."""
    if len(at):
        low, high = int(at.min()), int(at.max()) + 1
        counts[low:high] += np.bincount(at - low, minlength=high - low).astype(np.int32)


def beside_names(
    stream: TokenStream,
    bounds: NDArray[np.int64],
    source: NDArray[np.int64],
    names: Sequence[str | None],
) -> NDArray[np.bool_]:
    """(n_tokens,) which stand within ``NEAR`` tokens of their source's own name: all words of it
    before a bracket or a dash, or its first word where that is initials (“NPR” of “NPR Online”).
    ``bounds``, ``source``: see ``Styled``; ``names``: of each source."""
    wanted = list(_written(stream.vocabulary, names))
    begins = np.zeros(len(stream.vocabulary), dtype=bool)
    begins[[run[0] for _, run in wanted]] = True
    places = np.flatnonzero(begins[stream.ids])
    word, of = stream.ids[places], source[articles_at(bounds, places)]
    is_name = np.zeros(len(stream.ids), dtype=bool)
    for i, run in wanted:
        at = places[(word == run[0]) & (of == i)]
        for k, following in enumerate(run[1:], start=1):
            at = at[at + k < len(stream.ids)]
            at = at[stream.ids[at + k] == following]
        for k in range(len(run)):
            is_name[at + k] = True
    near = np.zeros(len(is_name), dtype=bool)
    at = np.flatnonzero(is_name)
    for k in range(-NEAR, NEAR + 1):
        near[(at + k).clip(0, len(near) - 1)] = True
    near &= ~is_name
    return near


def _written(
    vocabulary: Sequence[str], names: Sequence[str | None]
) -> Iterator[tuple[int, list[int]]]:
    """The number of each source with the words of its name, in each way that it may be written and
    that the text has all words of."""
    number = {word: i for i, word in enumerate(vocabulary)}
    for i, name in enumerate(names):
        own = _NAME_PARTS.split(name or "")[0]
        words = [number.get(token, -1) for token, _ in tokenise(own)]
        first = own.split(" ")[0]
        short = [words[:1]] * (is_initials(first) and not own.isupper())
        for run in (words, *short):
            if run and -1 not in run:
                yield i, run


def articles_at(bounds: NDArray[np.int64], tokens: NDArray[np.int64]) -> NDArray[np.int64]:
    """The article of each of ``tokens``; ``bounds``: the first token of each article."""
    return np.searchsorted(bounds, tokens, side="right") - 1


def named_twice(stream: TokenStream) -> NDArray[np.int64]:
    """Places of tokens of cards that begin with the name they explain: “Nancy Pelosi Nancy”."""
    ids, apart = stream.ids, (stream.joined != 1) | (stream.shape == 0)
    at = np.flatnonzero((ids[2:] == ids[:-2]) & (ids[1:-1] != ids[:-2]) & ~apart[1:-1] & ~apart[2:])
    return np.concatenate([at + 1, at + 2])


def is_initials(word: str) -> bool:
    """Three capitals or more, and nothing else: “NPR”, “BBC”."""
    return len(word) > 2 and word.isalpha() and word.isupper()
