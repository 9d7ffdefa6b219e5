"""Small words: those that no text is about, in the languages of its articles.

A word is a small one where at least half of its uses are in articles whose language has it for
one: "die" isn't a subject in German articles, but it is in English ones; and one French article
among a hundred others doesn't take "force" and "comment" from these.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import count_each
from dashboard.text.token_rule import tokenise

# Languages without a list, each with one that shares its small words.
_LIKE = {"nb": "no", "nn": "no", "bs": "hr", "sr": "hr", "nds": "de", "lb": "de", "ast": "es"}
_UNSPACED = frozenset({"zh", "ja", "th"})

# Word → its uses in articles whose language has it for a small one, and all its uses.
Uses = Mapping[str, Sequence[int]]


@cache
def small_words(language: str) -> frozenset[str]:
    """The small words of a language, as tokens, Greek ones without accents; none where there is no
    list, and none for English, which has a list of its own (``build.stop_words``)."""
    import stopwordsiso

    language = _LIKE.get(language, language)
    if language == "en" or not stopwordsiso.has_lang(language):
        return frozenset()
    listed = stopwordsiso.stopwords(language)
    if language in _UNSPACED:  # parts of a word may be words of weight
        read = [tokens for word in listed if len(tokens := tokenise(word)) == 1]
        return frozenset(token for tokens in read for token, _ in tokens)
    text = "\n".join(listed)
    if language == "lt":  # the list was read in the wrong encoding once
        text = text.encode("cp1252", "ignore").decode("cp1257", "ignore")
    if language == "ro":  # both letters are in use, the comma's is the right one
        text += "\n" + text.replace("ş", "ș").replace("ţ", "ț")
    return frozenset(bare(token) for token, _ in tokenise(text))


def bare(word: str) -> str:
    """A Greek word without its accents, which the list of small words leaves out."""
    if not ("\u0370" <= word[:1] <= "\u03ff" or "\u1f00" <= word[:1] <= "\u1fff"):
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


@cache
def _any_language() -> frozenset[str]:
    import stopwordsiso

    return frozenset[str]().union(*map(small_words, stopwordsiso.langs()))


def count_uses(
    vocabulary: Sequence[str],
    ids: NDArray[np.int32],
    lengths: NDArray[np.int64],
    languages: Sequence[str],
) -> dict[str, list[int]]:
    """The uses of words that are small ones in some language but English.

    ``ids``: the tokens of all articles, one article after the other; ``lengths`` (n_articles,) how
    many each has.
    """
    every = _any_language()
    known = {word: i for i, word in enumerate(vocabulary) if bare(word) in every}
    if not known or set(languages) <= {"en", "unknown"}:
        total = count_each(ids, len(vocabulary)) if known else np.zeros(0, np.int64)
        return {word: [0, int(total[i])] for word, i in known.items() if total[i]}
    names = sorted(set(languages))
    of_article = np.asarray([names.index(language) for language in languages], dtype=np.int64)
    of_token = np.repeat(of_article.astype(np.int16), lengths)
    uses: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for number, name in enumerate(names):
        counts = count_each(ids[of_token == number], len(vocabulary))
        small = small_words(name)
        for word, i in known.items():
            uses[word][1] += int(counts[i])
            uses[word][0] += int(counts[i]) if bare(word) in small else 0
    return {word: found for word, found in uses.items() if found[1]}


def used_as_small(uses: Iterable[Uses]) -> frozenset[str]:
    """The words that the articles use as small ones; ``uses`` of several parts are added up."""
    own: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    for part in uses:
        for word, (n_own, n_total) in part.items():
            own[word] += n_own
            total[word] += n_total
    return frozenset(word for word, n in own.items() if n and 2 * n >= total[word])
