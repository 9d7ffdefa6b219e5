"""Words of the corpus that are spelt like one that it doesn't have, or hardly has."""

from __future__ import annotations

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from dashboard.index.terms.lexicon import Lexicon

LETTERS_AN_ERROR = 4  # one slip in four to seven letters, two in eight to eleven
OFTEN = 50  # times as many articles as a word has: the word may be a slip that is in print


def similar_words(lexicon: Lexicon, word: str, most: int = 3) -> list[str]:
    """At most ``most`` words of the corpus a slip or two away from ``word`` (in the form in which
    words are counted), the nearest first, then the commonest; [] for a word of under four letters
    and for an empty corpus. For a word of the corpus only those one slip away that ``OFTEN`` times
    as many articles have.

    A slip is a letter too many, too few, changed, or swapped with its neighbour: optimal string
    alignment distance (Damerau 1964; Boytsov 2011), one for each four letters of the word.
    """
    known = lexicon.find(word) if word else -1
    allowed = min(len(word) // LETTERS_AN_ERROR, 1 if known >= 0 else len(word))
    if not allowed:
        return []
    least = OFTEN * int(lexicon.doc_freq[known]) if known >= 0 else 0
    words = np.setdiff1d(np.flatnonzero(np.asarray(lexicon.doc_freq) >= least), lexicon.phrases)
    texts = [lexicon.terms[i] for i in words.tolist()]
    found = process.extract(word, texts, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    ranked = sorted(found, key=lambda hit: (hit[1], -int(lexicon.doc_freq[words[hit[2]]]), hit[0]))
    return [text for text, distance, _ in ranked if distance][:most]
