"""Words of the corpus that are spelt like one that it doesn't have."""

from __future__ import annotations

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from dashboard.index.terms.lexicon import Lexicon

LETTERS_AN_ERROR = 4  # one slip in four to seven letters, two in eight to eleven


def similar_words(lexicon: Lexicon, word: str, most: int = 3) -> list[str]:
    """At most ``most`` words of the corpus a slip or two away from ``word`` (in the form in which
    words are counted), the nearest first, then the commonest; [] for a word of under four letters
    and for an empty corpus.

    A slip is a letter too many, too few, changed, or swapped with its neighbour: optimal string
    alignment distance (Damerau 1964; Boytsov 2011), one for each four letters of the word.
    """
    allowed = len(word) // LETTERS_AN_ERROR
    if not allowed:
        return []
    words = np.setdiff1d(np.arange(len(lexicon)), lexicon.phrases)
    texts = [lexicon.terms[i] for i in words.tolist()]
    found = process.extract(word, texts, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    ranked = sorted(found, key=lambda hit: (hit[1], -int(lexicon.doc_freq[words[hit[2]]]), hit[0]))
    return [text for text, distance, _ in ranked if distance][:most]
