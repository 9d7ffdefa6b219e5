"""Chains: the same words quoted in several articles, whole, trimmed or with a word changed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

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
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, words in enumerate(quotes):
        for run in set(zip(*(words[k:] for k in range(LEAST_WORDS)), strict=False)):
            runs[run].append(number)
    parent = list(range(len(quotes)))
    compared: set[tuple[int, int]] = set()
    for users in runs.values():
        if not 1 < len(users) <= _MOST_USES:
            continue
        for i, one in enumerate(users):
            for other in users[i + 1 :]:
                if (one, other) not in compared:
                    compared.add((one, other))
                    if _same(quotes[one], quotes[other]):
                        parent[max(_root(parent, one), _root(parent, other))] = min(
                            _root(parent, one), _root(parent, other)
                        )
    return _numbered(_root(parent, i) for i in range(len(quotes)))


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    shared = sum((Counter(one) & Counter(other)).values())
    return shared >= CONTAINED * min(len(one), len(other))


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
