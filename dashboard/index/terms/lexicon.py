"""The lexicon: every term of a corpus with a number that stays its own.

Words come in sorted runs: those of the first build, then, run by run, those that later additions
brought, so that the counts of older articles need no rewriting. Phrases, which a fit of topics
finds, come after the words of the build that fitted them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.index.storage.container import Strings, pack_strings, with_prefix
from dashboard.text.queries.expressions import find_lines

STOP, NAME, INSIDE, SELF = 1, 2, 4, 8  # bits of ``flags``
NOT_ANALYSED = 0xFFFF  # of ``analysis``: a term that no comparison of sources looks at
MOST_ANALYSED = 0xFFFF
_LAST = b"\xf4\x8f\xbf\xbf\xff"  # after every UTF-8 text that begins the same


_SUMS = ("capital", "total", "doc_freq", "count")


@dataclass(frozen=True)
class Words:
    """The words of one text collection before they have numbers; all of the same length.

    word: sorted. surface: the casing used most, of ``weight`` tenths of a use (one that opens a
    sentence is three tenths). capital, total: hundredths of uses that are capitalised, and of all
    (one that opens a sentence is one). doc_freq: articles; count. Integers: sums are exact.
    """

    word: list[str]
    surface: list[str]
    weight: NDArray[np.int64]
    capital: NDArray[np.int64]
    total: NDArray[np.int64]
    doc_freq: NDArray[np.int64]
    count: NDArray[np.int64]


def merge_words(parts: Iterable[Words]) -> Words:
    """One collection's words from those of its parts; the order of parts doesn't matter. Holds one
    part at a time."""
    numbers: dict[str, int] = {}
    surfaces: list[str] = []
    weights: list[int] = []
    others: dict[int, dict[str, int]] = {}  # weights of the forms of words that have several
    sums = np.zeros((0, len(_SUMS)), dtype=np.int64)
    for part in parts:
        at = np.empty(len(part.word), dtype=np.int64)
        for i, (word, surface, weight) in enumerate(
            zip(part.word, part.surface, part.weight.tolist(), strict=True)
        ):
            n = at[i] = numbers.setdefault(word, len(numbers))
            if n == len(surfaces):
                surfaces.append(surface)
                weights.append(weight)
            elif surface == surfaces[n]:
                weights[n] += weight
            else:
                forms = others.setdefault(int(n), {})
                forms[surface] = forms.get(surface, 0) + weight
        sums = np.concatenate([sums, np.zeros((len(numbers) - len(sums), len(_SUMS)), np.int64)])
        sums[at] += np.stack([getattr(part, name) for name in _SUMS], axis=1)
    for n, forms in others.items():
        forms[surfaces[n]] = weights[n]
        surfaces[n] = min(forms, key=lambda s: (-forms[s], s))
        weights[n] = forms[surfaces[n]]
    order = sorted(numbers)
    by_order = [numbers[word] for word in order]
    return Words(
        word=order,
        surface=[surfaces[n] for n in by_order],
        weight=np.asarray([weights[n] for n in by_order], dtype=np.int64),
        **{name: sums[by_order, i] for i, name in enumerate(_SUMS)},
    )


class Lexicon:
    """Terms by number. ``flags``: bits ``STOP``, ``NAME``, ``INSIDE``, ``SELF``; ``doc_freq``:
    articles with the term; ``count``: its uses; ``analysis``: its column in the counts by slice,
    or ``NOT_ANALYSED``; all (n_terms,). ``analysed``: the term of each column. ``runs``: (n_runs,
    2) first and last + 1 of each sorted run of words. ``phrases``: numbers of the phrases, and
    ``phrase_words`` with ``phrase_offsets`` the words of each."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._arrays = arrays
        self.terms = Strings.of(arrays, "term")
        self.surfaces = Strings.of(arrays, "surface")

    flags = property(lambda self: self._arrays["flags"])
    doc_freq = property(lambda self: self._arrays["doc_freq"])
    count = property(lambda self: self._arrays["count"])
    analysis = property(lambda self: self._arrays["analysis"])
    analysed = property(lambda self: self._arrays["analysed"])
    runs = property(lambda self: self._arrays["runs"])
    phrases = property(lambda self: self._arrays["phrases"])
    phrase_words = property(lambda self: self._arrays["phrase_words"])
    phrase_offsets = property(lambda self: self._arrays["phrase_offsets"])

    def __len__(self) -> int:
        return len(self.terms)

    def find(self, word: str) -> int:
        """The number of a word, -1 for one that is not there."""
        wanted = word.encode("utf-8", "surrogatepass")
        for first, last in self.runs.tolist():
            i = self._left(wanted, first, last)
            if i < last and self.terms.raw(i) == wanted:
                return i
        return -1

    def find_prefix(self, prefix: str) -> NDArray[np.int64]:
        """The numbers of all words that begin with ``prefix``."""
        wanted = prefix.encode("utf-8", "surrogatepass")
        found = [
            np.arange(self._left(wanted, first, last), self._left(wanted + _LAST, first, last))
            for first, last in self.runs.tolist()
        ]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)

    def find_matching(self, expression: str) -> NDArray[np.int64]:
        """The numbers of all words that a regular expression fits. Raises ``UnreadableQuery``."""
        found = [
            first + np.searchsorted(starts, list(find_lines(expression, lines)))
            for first, lines, starts in self._lines
        ]
        return np.concatenate([np.zeros(0, dtype=np.int64), *found])

    @cached_property
    def _lines(self) -> list[tuple[int, bytes, NDArray[np.int64]]]:
        """Of each run: its first word, the words as lines, and where each line begins."""
        return [(first, *self.terms.lines(first, last)) for first, last in self.runs.tolist()]

    def find_phrase(self, words: Sequence[int]) -> int:
        """The number of the phrase of these words, -1 for none."""
        offsets = self.phrase_offsets
        at = np.flatnonzero(np.diff(offsets) == len(words))
        for i, word in enumerate(words):
            at = at[self.phrase_words[offsets[at] + i] == word]
        return int(self.phrases[at[0]]) if len(at) else -1

    def with_phrases(self, chosen: NDArray[np.bool_]) -> Lexicon:
        """The same words with some of the phrases: ``chosen`` (n_phrases,)."""
        sizes = np.diff(self.phrase_offsets)
        return Lexicon(
            {
                **self._arrays,
                "phrases": self.phrases[chosen],
                "phrase_words": self.phrase_words[np.repeat(chosen, sizes)],
                "phrase_offsets": np.concatenate([[0], np.cumsum(sizes[chosen])]),
            }
        )

    def _left(self, wanted: bytes, first: int, last: int) -> int:
        return bisect_left(range(len(self)), wanted, first, last, key=self.terms.raw)

    def numbers(self, words: Sequence[str]) -> NDArray[np.int64]:
        """(n_words,) the number of each, -1 for those not there; for many words at once."""
        known: dict[str, int] = {}
        for first, last in self.runs.tolist():
            known.update(zip(self.terms[first:last], range(first, last), strict=True))
        return np.asarray([known.get(word, -1) for word in words], dtype=np.int64)


def pack_lexicon(
    terms: Sequence[str],
    surfaces: Sequence[str],
    flags: NDArray[np.uint8],
    doc_freq: NDArray[np.int64],
    count: NDArray[np.int64],
    runs: Sequence[tuple[int, int]],
    phrases: Mapping[int, Sequence[int]],
    analysed: NDArray[np.int64],
) -> dict[str, NDArray[Any]]:
    """The arrays of a :class:`Lexicon`."""
    analysis = np.full(len(terms), NOT_ANALYSED, dtype=np.uint16)
    analysis[analysed] = np.arange(len(analysed))
    words = list(phrases.values())
    return {
        **with_prefix("term", pack_strings(terms)),
        **with_prefix("surface", pack_strings(surfaces)),
        "flags": flags.astype(np.uint8),
        "doc_freq": doc_freq.astype(np.int64),
        "count": count.astype(np.int64),
        "analysis": analysis,
        "analysed": analysed.astype(np.int64),
        "runs": np.asarray(runs, dtype=np.int64).reshape(-1, 2),
        "phrases": np.asarray(list(phrases), dtype=np.int64),
        "phrase_words": np.asarray([w for tokens in words for w in tokens], dtype=np.int32),
        "phrase_offsets": np.cumsum([0, *map(len, words)]).astype(np.int64),
    }
