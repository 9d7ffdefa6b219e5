"""The words that an article is known by, each with its weight."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import ranges
from dashboard.index.terms.lexicon import Lexicon
from dashboard.index.terms.small_words import bare, small_words
from dashboard.text.token_flags import unpack_flags

#: Features are stems by a hash of so many values: no table of them is kept.
N_FEATURES = 1 << 31
#: News tells what happened first; what follows is background that other events share.
MOST_TOKENS = 400
_STEM = 6  # letters: "Turkey" and "Turkish" fall apart, "election" and "elected" meet
_TITLE, _NAME, _NUMBER = 1.5, 1.3, 1.5
_COMMON_LANGUAGE = 0.05  # of the articles


class WordRows(NamedTuple):
    """A row of features with weights for each article; features ascend. ``is_key``: who, where and
    how many, that is names and numbers."""

    indptr: NDArray[np.int64]
    feature: NDArray[np.int32]
    weight: NDArray[np.floating]
    is_key: NDArray[np.bool_]


def words_of(
    counts: Mapping[str, NDArray[Any]], lexicon: Lexicon, languages: Sequence[str]
) -> WordRows:
    """The rows of a segment's articles, of its tokens and titles. ``languages``: of each article;
    small words of the common ones are left out."""
    from scipy.sparse import csr_matrix

    first = counts["offsets"][counts["article_passages"]]
    n = len(first) - 1
    ends = np.minimum(first[1:], first[:-1] + MOST_TOKENS)
    at = ranges(first[:-1], ends)
    body, titles = counts["ids"][at], counts["title_ids"]
    there = np.zeros(max(body.max(initial=-1), titles.max(initial=-1)) + 1, dtype=bool)
    there[body] = there[titles] = True
    feature, is_number = _features(lexicon.terms.take(np.flatnonzero(there)), languages)
    number = np.cumsum(there) - 1
    body, titles = number[body], number[titles]
    stems, stem_of = np.unique(feature, return_inverse=True)  # -1, the small words, is the first
    factor = _factors(counts["flags"][at], stem_of[body], stem_of[is_number], len(stems))
    rows = np.repeat(np.arange(n), ends - first[:-1])
    title_rows = np.repeat(np.arange(n), np.diff(counts["title_offsets"]))
    uses = np.repeat(np.asarray([1, _TITLE], np.float32), [len(body), len(titles)])
    cols = np.concatenate([stem_of[body], stem_of[titles]])
    found = csr_matrix(
        (uses, (np.concatenate([rows, title_rows]), cols)), shape=(n, len(stems))
    )  # uses of one stem are added up
    if len(stems) and stems[0] < 0:
        found = found[:, 1:]
        stems, factor = stems[1:], factor[1:]
    found.sort_indices()
    weight = np.log1p(found.data) * factor[found.indices]
    return WordRows(
        found.indptr.astype(np.int64), stems[found.indices].astype(np.int32),
        weight.astype(np.float32), factor[found.indices] > 1,
    )  # fmt: skip


def _features(
    words: Sequence[str], languages: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The feature of each word, -1 for small ones, and which are numbers."""
    small = _small(languages)
    features = np.empty(len(words), dtype=np.int64)
    is_number = np.zeros(len(words), dtype=bool)
    for i, word in enumerate(words):
        is_number[i] = number = word[:1].isdigit()
        stem = word if number else word[:_STEM]
        skip = word in small or bare(word) in small
        features[i] = -1 if skip else zlib.crc32(stem.encode("utf-8", "replace")) % N_FEATURES
    return features, is_number


def _small(languages: Sequence[str]) -> frozenset[str]:
    counts = Counter("en" if code in ("", "unknown") else code for code in languages)
    small: frozenset[str] = frozenset()
    for code, n in counts.items():
        if n >= _COMMON_LANGUAGE * len(languages):
            small |= listed_words(code)
    return small


@cache
def listed_words(language: str) -> frozenset[str]:
    """The small words of a language, English among them; of ``unknown`` those of English."""
    import stopwordsiso

    if language in ("en", "unknown", ""):
        return frozenset(stopwordsiso.stopwords("en"))
    return small_words(language)


def _factors(
    flags: NDArray[np.int8], stems: NDArray[np.int64], numbers: NDArray[np.int64], n: int
) -> NDArray[np.float64]:
    """(n_stems,) how much a stem counts: names, by their capitals inside sentences, and numbers
    more."""
    _, shape, initial = unpack_flags(flags)
    capital = np.bincount(stems, (shape > 0) & ~initial, n)
    inside = np.bincount(stems, ~initial, n)
    factor = np.where(capital > inside / 2, _NAME, 1.0)
    factor[numbers] = _NUMBER
    return factor
