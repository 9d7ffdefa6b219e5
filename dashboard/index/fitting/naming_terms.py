"""Which terms can name a topic: English word lists, and what only one source or article says."""

from __future__ import annotations

import re

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from dashboard.index.fitting.features import fold
from dashboard.index.terms.fit_terms import TermTable
from dashboard.text.word_lists import (
    ADJECTIVE_ENDINGS,
    DATE_WORDS,
    DEMONYMS,
    EDGE_WORDS,
    FURNITURE,
    NEEDS_COMPANY,
    NEWS_WORDS,
    NOUNS_LIKE_ADJECTIVES,
    PREFIXES,
    TITLE_WORDS,
)

HOUSE = 0.8  # share of a term's units from one source that makes it furniture
CUT_SHORT = 0.75  # share of a phrase's uses that go on
ROOT = 7  # letters: "immigration" and "immigrants" tell the same
TAIL = 5  # letters: so do "virus" and "coronavirus"
_NOTHING = NEWS_WORDS | DATE_WORDS | DEMONYMS.keys() | NEEDS_COMPANY | PREFIXES


def can_name(
    terms: TermTable,
    usable: NDArray[np.int64],
    article_of: NDArray[np.int64],
    source_of: NDArray[np.int64] | None,
) -> NDArray[np.bool_]:
    """Which of the terms ``usable`` can name a theme: content words that are not everywhere; no
    bare verbs, nothing that one article or one source alone repeats."""
    n_units = len(terms.indptr) - 1
    unit_freq = terms.unit_freq[usable]
    single = np.asarray([len(terms.tokens[i]) == 1 for i in usable], dtype=bool)
    nothing = [_says_nothing(terms.term[i], bool(terms.is_name[i])) for i in usable]
    fit: NDArray[np.bool_] = ~np.asarray(nothing, dtype=bool)
    fit &= unit_freq >= (min(2, n_units) if n_units < 1_000 else 3)
    fit &= ~(single & (unit_freq > 0.45 * n_units))
    n_articles = len(np.unique(article_of))
    if n_articles < n_units:
        held = units_by(terms, usable, np.unique(article_of, return_inverse=True)[1])
        fit &= held.getnnz(axis=0) >= min(2, n_articles)
    if source_of is not None and len(np.unique(source_of[source_of >= 0])) >= 4:
        fit &= ~_is_furniture(terms, usable, source_of)
    return fit


def _is_furniture(
    terms: TermTable, usable: NDArray[np.int64], source_of: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """(n_usable,) whether a term is in ten units or more, most of them of one source that has less
    than half of all units."""
    units = np.bincount(source_of[source_of >= 0])
    held = units_by(terms, usable, source_of)
    held = held[np.flatnonzero((units >= 8) & (2 * units < len(source_of)))]
    most = held.max(axis=0).toarray().ravel() if held.shape[0] else np.zeros(len(usable))
    unit_freq = terms.unit_freq[usable]
    furniture: NDArray[np.bool_] = (most >= HOUSE * unit_freq) & (unit_freq >= 10)
    return furniture


def units_by(
    terms: TermTable, usable: NDArray[np.int64], group: NDArray[np.int64]
) -> sp.csr_matrix:
    """(n_groups, n_usable) units of each group that hold each term; -1 is not a group."""
    n_units = len(terms.indptr) - 1
    counts = sp.csr_matrix(
        (np.ones(len(terms.data), np.float32), terms.indices, terms.indptr),
        shape=(n_units, len(terms)),
    )
    member = np.flatnonzero(group >= 0)
    gather = sp.csr_matrix(
        (np.ones(len(member), np.float32), (group[member], member)),
        shape=(int(group.max(initial=0)) + 1, n_units),
    )
    return (gather @ counts).tocsc()[:, usable].tocsr()


def is_cut_short(terms: TermTable) -> NDArray[np.bool_]:
    """(n_terms,) phrases most of whose uses go on, to whatever word: "Iran nuclear" (deal, program,
    talks), "Jong Un" (after "Kim"). ``TermTable.is_inside`` knows those with one such word only."""
    phrases = [i for i, tokens in enumerate(terms.tokens) if len(tokens) > 1]
    position = {terms.tokens[i]: i for i in phrases}
    after, before = np.zeros((2, len(terms)), dtype=np.int64)
    for i in phrases:
        tokens = terms.tokens[i]
        for longer, parts in (
            (after, (tokens[:-1], tokens[:-2])),  # the second where a small word stands between
            (before, (tokens[1:], tokens[2:])),
        ):
            part = next((position[p] for p in parts if p in position), None)
            if part is not None:
                longer[part] += terms.count[i]
    short: NDArray[np.bool_] = np.maximum(after, before) >= CUT_SHORT * terms.count
    return short & (np.maximum(after, before) > 0)


def is_adjective(term: str, is_name: bool) -> bool:
    """Whether it reads as said of something else: "political", "North Korean", "pro-Beijing"."""
    words = term.split()
    if len(words) > 1:
        return words[-1] in DEMONYMS or words[0] in PREFIXES
    return not is_name and term.endswith(ADJECTIVE_ENDINGS) and term not in NOUNS_LIKE_ADJECTIVES


def name_key(surface: str) -> str:
    """What two names share that must not be shown together: their words, singular."""
    return " ".join(fold(word) for word in _words(surface))


def says_the_same(name: str, other: str) -> bool:
    """Whether at least half of the words of one are, by their roots, in the other; a people counts
    as its country."""
    first, second = ({fold(DEMONYMS.get(w, w)) for w in _words(n)} for n in (name, other))
    shared = sum(any(_alike(a, b) for b in second) for a in first)
    return 2 * shared >= min(len(first), len(second))


def _alike(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return a[:ROOT] == b[:ROOT] or (len(short) >= TAIL and long.endswith(short))


def _words(surface: str) -> list[str]:
    return re.split(r"[ -]", surface.lower())


def _says_nothing(term: str, is_name: bool) -> bool:
    words = set(term.split())
    if words <= _NOTHING or {fold(word) for word in words} <= DEMONYMS.keys():
        return True
    if words & TITLE_WORDS or words & FURNITURE:
        return True
    plain = term in EDGE_WORDS or term.endswith(("ly", "ed", "ing"))
    return len(words) == 1 and plain and not is_name
