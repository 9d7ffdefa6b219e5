"""How easy English text is to read."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dashboard.index.index import Index

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"[^aeiouyl]e$|[^aeioudty]ed$|[^aeiouscxz]es$")


def syllables(word: str) -> int:
    """Groups of vowels, less a silent e at the end; one at least. A rule of thumb for English."""
    word = word.casefold()
    return max(len(_VOWELS.findall(word)) - bool(_SILENT.search(word)), 1)


@lru_cache(maxsize=4)
def reading_ease(index: Index) -> NDArray[np.float64]:
    """(n_articles,) Flesch's reading ease (1948): 206.835 - 1.015 words a sentence - 84.6 syllables
    a word; NaN for an article that is not in English, or has no sentence. Raises ``MissingLayer``
    for an index without sentences."""
    lexicon = index.lexicon
    of_term = np.asarray([syllables(word) for word in lexicon.terms], dtype=np.int64)
    parts = [np.zeros(0)]
    for segment, arrays in zip(index.segments, index.layer("sentences").segments, strict=True):
        bounds = segment.arrays["article_passages"]
        offsets, ids = segment.arrays["offsets"], segment.arrays["ids"]
        first = np.asarray(offsets)[bounds].astype(np.int64)
        total = np.concatenate([[0], np.cumsum(of_term[ids])])
        n_words, n_syllables = np.diff(first), np.diff(total[first])
        n_sentences = np.diff(arrays["first"][bounds])
        is_english = np.asarray([code == "en" for code in segment.articles.column("language")])
        read = is_english & (n_words > 0) & (n_sentences > 0)
        ease = np.full(len(read), np.nan)
        ease[read] = (
            206.835
            - 1.015 * n_words[read] / n_sentences[read]
            - 84.6 * n_syllables[read] / n_words[read]
        )
        parts.append(ease)
    return np.concatenate(parts)
