"""Chains: the same words quoted in several articles, whole, trimmed or with a word changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import run_starts

#: Fewer words are a catchphrase, which is compared whole.
LEAST_WORDS = 5
CONTAINED = 0.8  # of the shorter one's words
_MOST_USES = 60  # of one run of words; more are a formula
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def words_of(text: str) -> list[str]:
    """The words by which quotations are compared: no case, no marks, hyphens are spaces."""
    return [word.replace("’", "'") for word in _WORD.findall(text.casefold())]


def chains_of(quotes: Sequence[Sequence[str]]) -> list[int]:
    """For each quotation, as words, the number of its chain, -1 where no other says the same.

    Two belong together when they share five words in a row and four fifths of the words of the
    shorter one. Chains are numbered in the order of their first quotation.
    """
    parent = list(range(len(quotes)))
    last, words = -1, Counter[str]()
    for one, other in _sharing(quotes):
        if one != last:
            last, words = one, Counter(quotes[one])
        if _same(words, quotes[other]):
            parent[max(_root(parent, one), _root(parent, other))] = min(
                _root(parent, one), _root(parent, other)
            )
    return _numbered(_root(parent, i) for i in range(len(quotes)))


def _sharing(quotes: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    """Pairs of quotations with five words in a row in common, each once, ascending."""
    run, quote = _runs(quotes)
    starts = run_starts(run)
    sizes = np.diff(starts, append=len(run))
    common = (sizes > 1) & (sizes <= _MOST_USES)
    left = np.repeat(np.where(common, sizes - 1, 0), sizes)
    left -= np.where(left > 0, np.arange(len(run)) - np.repeat(starts, sizes), 0)
    pairs = [np.zeros(0, dtype=np.int64)]
    at = np.flatnonzero(left > 0)  # how many follow in the same run
    for step in range(1, _MOST_USES):
        at = at[left[at] >= step]
        pairs.append(np.unique(quote[at] * len(quotes) + quote[at + step]))
    every = np.unique(np.concatenate(pairs))
    return zip(*(each.tolist() for each in np.divmod(every, max(len(quotes), 1))), strict=True)


def _runs(quotes: Sequence[Sequence[str]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Five words in a row as a number, ascending, with each quotation that has them, ascending."""
    numbers: dict[str, int] = {}
    ids = np.fromiter(
        (numbers.setdefault(word, len(numbers)) for words in quotes for word in words), np.int64
    )
    sizes = np.asarray([len(words) for words in quotes], dtype=np.int64)
    n = len(ids) - LEAST_WORDS + 1
    if n <= 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    run = ids[:n]
    for k in range(1, LEAST_WORDS):  # of a run so far its place among all of them: no two alike
        _, run = np.unique(run, return_inverse=True)
        run = run * len(numbers) + ids[k : k + n]
    of = np.repeat(np.arange(len(quotes)), sizes)
    inside = of[:n] == of[LEAST_WORDS - 1 :]
    _, run = np.unique(run[inside], return_inverse=True)
    return np.divmod(np.unique(run * len(quotes) + of[:n][inside]), len(quotes))


def _same(words: Counter[str], other: Sequence[str]) -> bool:
    shared = sum((words & Counter(other)).values())
    return shared >= CONTAINED * min(words.total(), len(other))


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _numbered(roots: Iterable[int]) -> list[int]:
    found = list(roots)
    sizes = Counter(found)
    numbers: dict[int, int] = {}
    return [numbers.setdefault(root, len(numbers)) if sizes[root] > 1 else -1 for root in found]
