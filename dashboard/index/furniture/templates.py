"""Templates: six words that several articles of one source have, and hardly others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import runs

LEAST_TEMPLATES = 4  # articles of a source that repeat it
GRAM = 6  # tokens of a template
DOMINATED = 0.75  # share of the articles with a template that one source has
AT_ONCE = 1 << 19  # tokens
_BITS = 22  # of a table that tells most of what isn't repeated, for less than a search


def codes_of(ids: NDArray[Any]) -> NDArray[np.uint64]:
    """Numbers of words, spread over 64 bits."""
    codes: NDArray[np.uint64] = (ids.astype(np.uint64) + np.uint64(1)) * np.uint64(
        0x9E3779B97F4A7C15
    )
    return codes


def in_templates(
    ids: NDArray[Any],
    bounds: NDArray[np.int64],
    source: NDArray[np.int64],
    random: NDArray[np.uint64],
) -> NDArray[np.bool_]:
    """(n_tokens,) which stand in six that four articles of one source have, and hardly others.
    ``bounds``: (n_articles + 1,) the first token of each article. Holds eight bytes a token."""
    inside = np.zeros(len(ids), dtype=bool)
    often = _repeated(ids, bounds, random)
    if not len(often):
        return inside
    starts, number, article = _places(often, ids, bounds, random)
    own, every = articles_with(number, source[article], article)
    repeated = starts[(own >= LEAST_TEMPLATES) & (own >= DOMINATED * every)]
    for k in range(GRAM):
        inside[repeated + k] = True
    return inside


def _grams(
    ids: NDArray[Any], bounds: NDArray[np.int64], random: NDArray[np.uint64]
) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]]:
    """Each six tokens of one article: a hash, where they begin and the article, some articles at a
    time."""
    for first, last in runs(bounds, AT_ONCE):
        begin, end = int(bounds[first]), int(bounds[last])
        codes = codes_of(ids[begin:end])
        n = len(codes) - GRAM + 1
        if n <= 0:
            continue
        grams = codes[:n] * random[0]
        for k in range(1, GRAM):
            grams += codes[k : k + n] * random[k]
        article = np.repeat(np.arange(first, last), np.diff(bounds[first : last + 1]))
        starts = np.flatnonzero(article[:n] == article[GRAM - 1 :])
        yield grams[starts], begin + starts, article[starts]


def _repeated(
    ids: NDArray[Any], bounds: NDArray[np.int64], random: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    """The hashes that come ``LEAST_TEMPLATES`` times or more, ascending."""
    found = np.empty(int(np.maximum(np.diff(bounds) - (GRAM - 1), 0).sum()), dtype=np.uint64)
    n = 0
    for grams, _, _ in _grams(ids, bounds, random):
        found[n : n + len(grams)] = grams
        n += len(grams)
    found.sort()
    later = found[LEAST_TEMPLATES - 1 :]
    return np.unique(later[later == found[: 1 - LEAST_TEMPLATES]])


def _places(
    often: NDArray[np.uint64],
    ids: NDArray[Any],
    bounds: NDArray[np.int64],
    random: NDArray[np.uint64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Where six tokens begin whose hash is in ``often``, its place there, and the article."""
    mask = np.uint64((1 << _BITS) - 1)
    may_be = np.zeros(1 << _BITS, dtype=bool)
    may_be[(often & mask).view(np.int64)] = True
    parts = [[np.zeros(0, dtype=np.int64)] for _ in range(3)]
    for grams, starts, article in _grams(ids, bounds, random):
        some = np.flatnonzero(may_be[(grams & mask).view(np.int64)])
        number = np.searchsorted(often, grams[some]).clip(max=len(often) - 1)
        there = often[number] == grams[some]
        some = some[there]
        for part, found in zip(parts, (starts[some], number[there], article[some]), strict=True):
            part.append(found)
    starts, number, article = (np.concatenate(part) for part in parts)
    return starts, number, article


def articles_with(
    what: NDArray[Any], source: NDArray[np.int64], article: NDArray[np.int64]
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
