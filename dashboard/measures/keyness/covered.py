"""What sources cover: each one's articles against all others."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.index.counts.term_counts import article_counts, term_counts
from dashboard.measures.keyness.compared import Compared
from dashboard.measures.keyness.leaning import (
    MAX_Q,
    Leaning,
    length_classes,
    of_ratio,
    screened,
)
from dashboard.measures.keyness.uses import ArticleUses, article_uses
from dashboard.measures.statistics.dealing import chance, dealt, log_ways, worth_testing
from dashboard.measures.statistics.inference import log_odds

Floats = NDArray[np.float64]


class Sides(NamedTuple):
    """The articles that are read: group, words and length class of each; how many there are of
    each group and class."""

    group: NDArray[np.int64]
    words: NDArray[np.int64]
    length: NDArray[np.int64]
    sizes: NDArray[np.int64]

    @property
    def n_groups(self) -> int:
        """The sources that are compared, and the rest."""
        return len(self.sizes)


def covered(of: Compared) -> Iterator[Leaning]:
    """One for each of the sources compared."""
    index, n_groups = of.index, len(of.sources) + 1
    counts = term_counts(index, of.selection, of.groups, n_groups)
    articles, words = of.words_of_articles()
    sides = sides_of(of.groups[index.source_of[articles]], words, n_groups)
    words_of = np.bincount(sides.group, words, n_groups).astype(np.int64)
    candidates = of.candidates & (counts.sum(axis=0) >= 2)
    columns = np.flatnonzero(candidates)
    whole = np.minimum(of.groups, 0)
    doc_freq = article_counts(index, of.selection, whole, 1, columns)[:, 0]
    leading = [screened(counts, words_of, i, candidates) for i in range(n_groups - 1)]
    chosen = np.unique(np.concatenate(leading))
    uses = article_uses(index, index.lexicon.analysed[chosen], of.slices)
    place = np.full(index.n_articles, -1)
    place[articles] = np.arange(len(articles))
    uses = ArticleUses(uses.term, place[uses.article], uses.uses)
    sums = TermSums(uses, sides, len(chosen))
    for group, own in enumerate(leading):
        yield sums.leaning(group, own, np.searchsorted(chosen, own), doc_freq)


def sides_of(group: NDArray[np.int64], words: NDArray[np.int64], n_groups: int) -> Sides:
    """The articles that are read: the group of each, and its ``words`` that are read."""
    length = length_classes(words)
    n_classes = int(length.max(initial=0)) + 1
    sizes = np.bincount(group * n_classes + length, minlength=n_groups * n_classes)
    return Sides(group, words, length, sizes.reshape(n_groups, n_classes))


class TermSums:
    """Sums over articles, by term, of groups and of all; the articles of ``uses`` are places in
    ``sides``."""

    def __init__(self, uses: ArticleUses, sides: Sides, n_terms: int) -> None:
        self._sides, self._n_terms = sides, n_terms
        term, article, y = uses
        group, words = sides.group[article], sides.words[article].astype(np.float64)
        n_groups, n_classes = sides.sizes.shape
        by_group, by_class = group * n_terms + term, term * n_classes + sides.length[article]

        def sums(at: NDArray[np.int64], weights: Floats, *shape: int) -> Floats:
            found: Floats = np.bincount(at, weights, math.prod(shape)).astype(np.float64)
            return found.reshape(shape)

        groups = n_groups, n_terms
        self.uses, self.doc_freq = (
            sums(by_group, y.astype(float), *groups),
            sums(by_group, np.ones(len(y)), *groups),
        )
        self.squares, self.products = (
            sums(by_group, y.astype(float) ** 2, *groups),
            sums(by_group, y * words, *groups),
        )
        score = np.log1p(y)
        self.scores = [sums(by_class, score**k, n_terms, n_classes) for k in (1, 2, 3)]
        at = group * (n_terms * n_classes) + by_class
        self.own_scores = sums(at, score, n_groups, n_terms, n_classes)
        self.words = np.bincount(sides.group, sides.words, n_groups)
        self.length_squares = np.bincount(sides.group, sides.words.astype(float) ** 2, n_groups)

    def leaning(
        self,
        group: int,
        columns: NDArray[np.int64],
        at: NDArray[np.int64],
        doc_freq: NDArray[np.int64],
    ) -> Leaning:
        """Of one group against all others; ``at``: places of ``columns``; ``doc_freq``: of all
        candidates, in both."""
        sizes = self._sides.sizes
        n_own, n = int(sizes[group].sum()), int(sizes.sum())
        own, rest = self._side(group, at)
        all_uses = own[0], rest[0]
        delta = log_odds(*all_uses, own[1], rest[1])
        scores = self.scores[0][at], self.scores[1][at], self.scores[2][at]
        moved = dealt(self.own_scores[group][at], sizes[group], sizes.sum(axis=0), scores)
        p = chance(moved, log_ways(sizes[group], sizes.sum(axis=0)))
        least, n_tests = worth_testing(doc_freq, n_own, n, MAX_Q)
        df_own = self.doc_freq[group, at].astype(np.int64)
        df = self.doc_freq[:, at].sum(axis=0).astype(np.int64)
        return Leaning(
            columns=columns,
            own=own[0].astype(np.int64),
            rest=rest[0].astype(np.int64),
            df_own=df_own,
            df_rest=df - df_own,
            log_odds=delta,
            variance=of_ratio(own[0], n_own, own[2]) + of_ratio(rest[0], n - n_own, rest[2]),
            p=p,
            words=(int(own[1]), int(rest[1])),
            articles=(n_own, n - n_own),
            least=least,
            n_tests=n_tests,
            stratum="",
        )

    def _side(self, group: int, at: NDArray[np.int64]) -> Iterator[tuple[Floats, float, Floats]]:
        """Of the group, then of the others: uses, words, and the spread of the rate."""
        others = np.arange(self._sides.n_groups) != group
        for side in (~others, others):
            y, words = self.uses[side][:, at].sum(axis=0), float(self.words[side].sum())
            rate = y / max(words, 1)
            spread = (
                self.squares[side][:, at].sum(axis=0)
                - 2 * rate * self.products[side][:, at].sum(axis=0)
                + rate**2 * self.length_squares[side].sum()
            )
            yield y, words, np.maximum(spread, 0.0)
