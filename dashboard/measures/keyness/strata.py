"""Articles in strata: what of the uses of terms is left when dealing keeps to the stratum."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dashboard.measures.keyness.leaning import length_classes
from dashboard.measures.keyness.uses import ArticleUses
from dashboard.measures.statistics.dealing import Dealt, dealt, factors
from dashboard.measures.statistics.inference import log_odds

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Strata:
    """Articles in strata that have both sides."""

    articles: Ints
    words: Ints
    stratum: Ints
    is_own: NDArray[np.bool_]
    kind: str

    @cached_property
    def n(self) -> Ints:
        """(n_strata,) articles of each."""
        return np.bincount(self.stratum)

    @cached_property
    def n_own(self) -> Ints:
        """(n_strata,) of them those of the source."""
        return np.bincount(self.stratum, self.is_own).astype(np.int64)

    @cached_property
    def share_of_words(self) -> Floats:
        """(n_strata,) of the words of each, the share of the source."""
        found: Floats = self._own_words / np.bincount(self.stratum, self.words)
        return found

    @property
    def words_of_both(self) -> float:
        """Words of each side that the other has a match for."""
        return float((self._own_words * (1 - self.share_of_words)).sum())

    @cached_property
    def _own_words(self) -> Floats:
        return np.bincount(self.stratum, self.words * self.is_own).astype(np.float64)

    def sums(self, entries: ArticleUses, weights: Floats, n_terms: int) -> Floats:
        """(n_terms, n_strata) of the entries' weights."""
        n = len(self.n)
        at = entries.term * n + self.stratum[entries.article]
        found: Floats = np.bincount(at, weights, n_terms * n).astype(np.float64)
        return found.reshape(n_terms, n)


def compiled_sums(
    entries: ArticleUses, strata: Strata, n_terms: int
) -> tuple[Floats, Floats, Dealt]:
    """``_effect`` and ``_moved`` by a compiled loop over the entries. Most strata have none of most
    terms; what those add is, in the mean scores u of a term by length class, -u'd for the sum,
    u²'v - u'Mu for the variance, and a form of third degree for the third moment."""
    from dashboard.index.counts.kernels.uses import deal_within

    length = length_classes(strata.words)
    n_strata, n_classes = len(strata.n), int(length.max(initial=0)) + 1
    cell = strata.stratum * n_classes + length
    n_of, own_of = (
        np.bincount(cell, weights, n_strata * n_classes).reshape(n_strata, -1).astype(float)
        for weights in (None, strata.is_own)
    )
    n, n_own = strata.n.astype(float), strata.n_own.astype(float)
    by_two, by_three = factors(n_own, n)
    share = strata.share_of_words
    facts = np.stack([n, n_own / n, by_two, by_three, share], axis=1)
    ends = np.searchsorted(entries.term, np.arange(n_terms), side="right")
    usual, moments = np.zeros((n_terms, n_classes)), np.zeros((n_terms, 3))
    effect, sums = np.zeros((n_terms, 4)), np.zeros((n_strata, 5))
    deal_within(
        ends, entries.article, entries.uses, strata.stratum, length, strata.is_own,
        np.maximum(np.bincount(length), 1), n_of, facts, sums,
        np.zeros(n_strata, dtype=np.int64), usual, moments, effect,
    )  # fmt: skip
    pairs = (n_of[:, :, None] * n_of[:, None, :]).reshape(n_strata, -1)
    of_pairs = (usual[:, :, None] * usual[:, None, :]).reshape(n_terms, -1)
    mixed = (usual[:, :, None] * usual[:, None, :] ** 2).reshape(n_terms, -1)
    triples = (pairs * (by_three / n**2)[:, None]).T @ n_of
    off = moments[:, 0] - usual @ (own_of - (n_own / n)[:, None] * n_of).sum(axis=0)
    variance = moments[:, 1] + usual**2 @ (by_two @ n_of) - of_pairs @ ((by_two / n) @ pairs)
    third = (
        moments[:, 2]
        - usual**3 @ (by_three @ n_of)
        + 3 * mixed @ ((by_three / n) @ pairs)
        - 2 * ((of_pairs @ triples) * usual).sum(axis=1)
    )
    return *_of_effect(effect, strata), Dealt(off, np.maximum(variance, 0.0), third)


def _of_effect(effect: Floats, strata: Strata) -> tuple[Floats, Floats]:
    """The log-odds of weighed uses, and its variance."""
    own, rest, apart, independent = effect.T
    n = len(strata.n)
    by_stratum = apart * (n / max(n - 1, 1))
    least = (independent + 0.5) / ((own + 0.5) * (rest + 0.5))
    both = strata.words_of_both
    return log_odds(own, rest, both, both), np.maximum(by_stratum, least)


def numpy_sums(entries: ArticleUses, strata: Strata, n_terms: int) -> tuple[Floats, Floats, Dealt]:
    """``_effect`` and ``_moved``."""
    return *_effect(entries, strata, n_terms), _moved(entries, strata, n_terms)


def _effect(entries: ArticleUses, strata: Strata, n_terms: int) -> tuple[Floats, Floats]:
    """The log-odds of the Mantel-Haenszel rates of both sides (Greenland & Robins 1985), uses of
    each stratum weighed by the share of its words that the other side has; and its variance, strata
    as units. Never less than that of independent words."""
    own = strata.is_own[entries.article]
    of_own, of_rest = (
        strata.sums(entries, entries.uses * each.astype(float), n_terms) for each in (own, ~own)
    )
    share = strata.share_of_words
    ours, theirs = of_own * (1 - share), of_rest * share
    total = ours.sum(axis=1), theirs.sum(axis=1)
    apart = ours / (total[0][:, None] + 0.5) - theirs / (total[1][:, None] + 0.5)
    independent = ((of_own + of_rest) * share * (1 - share)).sum(axis=1)
    return _of_effect(np.stack([*total, (apart**2).sum(axis=1), independent], axis=1), strata)


def _moved(entries: ArticleUses, strata: Strata, n_terms: int) -> Dealt:
    """The scores of the source's articles, and dealing within each stratum. The score is the
    logarithm of 1 + uses, less its mean over all articles of that length."""
    length = length_classes(strata.words)
    n_classes, n_strata = int(length.max(initial=0)) + 1, len(strata.n)
    score = np.log1p(entries.uses)
    at = entries.term * n_classes + length[entries.article]
    n_of_class = np.maximum(np.bincount(length), 1)
    usual = np.bincount(at, score, n_terms * n_classes).reshape(n_terms, -1) / n_of_class
    expected = usual[entries.term, length[entries.article]]
    cell = strata.stratum * n_classes + length
    n_of, own_of = (
        np.bincount(cell, weights, n_strata * n_classes).reshape(n_strata, -1)
        for weights in (None, strata.is_own)
    )
    # Articles without the term have a score too: it is as far below what is usual.
    scores = [
        strata.sums(entries, (score - expected) ** k - (-expected) ** k, n_terms)
        + (-usual) ** k @ n_of.T
        for k in (1, 2, 3)
    ]
    own = strata.sums(entries, score * strata.is_own[entries.article], n_terms) - usual @ own_of.T
    return dealt(own, strata.n_own, strata.n, (scores[0], scores[1], scores[2]))
