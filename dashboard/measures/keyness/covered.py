"""What sources cover: each one's articles against all others."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.index.counts.term_counts import article_counts, term_counts
from dashboard.index.counts.topic_mix import is_compiled
from dashboard.measures.keyness.compared import Compared
from dashboard.measures.keyness.leaning import (
    MAX_Q,
    Leaning,
    length_classes,
    of_ratio,
    screened,
)
from dashboard.measures.keyness.uses import ArticleUses, article_uses, posted
from dashboard.measures.statistics.dealing import chance, dealt, log_ways, worth_testing
from dashboard.measures.statistics.inference import log_odds

Floats = NDArray[np.float64]
_TALLIED = 8  # uses of an article, up to which articles are counted by how many they have


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
    sums = term_sums(of, articles, sides, index.lexicon.analysed[chosen])
    for group, own in enumerate(leading):
        yield sums.leaning(group, own, np.searchsorted(chosen, own), doc_freq)


def sides_of(group: NDArray[np.int64], words: NDArray[np.int64], n_groups: int) -> Sides:
    """The articles that are read: the group of each, and its ``words`` that are read."""
    length = length_classes(words)
    n_classes = int(length.max(initial=0)) + 1
    sizes = np.bincount(group * n_classes + length, minlength=n_groups * n_classes)
    return Sides(group, words, length, sizes.reshape(n_groups, n_classes))


def term_sums(
    of: Compared, articles: NDArray[np.int64], sides: Sides, terms: NDArray[np.int64]
) -> TermSums:
    """Of ``terms`` (lexicon numbers) in the ``articles`` that are read."""
    index = of.index
    if is_compiled(index):
        return TermSums(sides, *_tallied(of, articles, sides, terms))
    uses = article_uses(index, terms, of.slices)
    place = np.full(index.n_articles, -1)
    place[articles] = np.arange(len(articles))
    uses = ArticleUses(uses.term, place[uses.article], uses.uses)
    return TermSums.of_uses(uses, sides, len(terms))


def _tallied(
    of: Compared, articles: NDArray[np.int64], sides: Sides, terms: NDArray[np.int64]
) -> tuple[Floats, Floats]:
    """Powers and products, as ``TermSums`` takes them, counted by a compiled loop."""
    from dashboard.index.counts.kernels.uses import tally_uses

    index, (n_groups, n_classes) = of.index, sides.sizes.shape
    n_cells = n_groups * n_classes
    cell, words = np.zeros((2, index.n_articles), dtype=np.int32)
    cell[articles] = sides.group * n_classes + sides.length
    words[articles] = sides.words
    tally = np.zeros((len(terms), _TALLIED, n_cells), dtype=np.int32)
    products = np.zeros((len(terms), n_cells), dtype=np.int64)
    beyond = [np.zeros((0, 3), dtype=np.int64)]
    for each in posted(index, terms, of.slices):
        lengths = each.ends - each.starts
        own = slice(each.segment.first_article, each.segment.first_article + each.n_articles)
        rest = np.empty((int(lengths.sum()), 3), dtype=np.int64)
        room = np.empty((2, int(lengths.max())), dtype=np.int32)
        slices_of, uses_of, article_of = each.postings
        key = article_of.astype(np.int32) << 1 | of.slices[each.own]
        n = tally_uses(
            each.lists, each.starts, each.ends, slices_of, uses_of, key, cell[own], words[own],
            room[0], room[1], tally, products, rest,
        )  # fmt: skip
        beyond.append(rest[:n].copy())
    powers = _powers(np.arange(1, _TALLIED + 1)) @ tally.astype(np.float64)
    term, at, y = np.concatenate(beyond).T
    for power, weights in zip(powers.swapaxes(0, 1), _powers(y), strict=True):
        power += np.bincount(term * n_cells + at, weights, power.size).reshape(power.shape)
    shape = len(terms), n_groups, n_classes
    return powers.reshape(shape[0], -1, *shape[1:]), products.reshape(shape).sum(axis=2)


def _powers(y: NDArray[Any]) -> Floats:
    """(6, n): 1, ``y`` and its square, the score and its square and cube."""
    score = np.log1p(y)
    found: Floats = np.stack([np.ones(len(y)), y, y**2.0, score, score**2, score**3])
    return found


class TermSums:
    """Sums over articles, by term, of groups and of all. ``powers``: (n_terms, 6, n_groups,
    n_classes) sums of the uses' ``_powers``; ``products``: (n_terms, n_groups) of uses x words."""

    def __init__(self, sides: Sides, powers: Floats, products: Floats) -> None:
        self._sides = sides
        self.doc_freq, self.uses, self.squares = powers[:, :3].sum(axis=-1).transpose(1, 2, 0)
        self.products = products.T
        self.scores = powers[:, 3:].sum(axis=2).swapaxes(0, 1)
        self.own_scores = powers[:, 3].swapaxes(0, 1)
        self.words = np.bincount(sides.group, sides.words, sides.n_groups)
        squares = sides.words.astype(float) ** 2
        self.length_squares = np.bincount(sides.group, squares, sides.n_groups)

    @classmethod
    def of_uses(cls, uses: ArticleUses, sides: Sides, n_terms: int) -> TermSums:
        """The articles of ``uses`` are places in ``sides``."""
        term, article, y = uses
        n_groups, n_classes = sides.sizes.shape
        by_group = term * n_groups + sides.group[article]
        at = by_group * n_classes + sides.length[article]
        shape = n_terms, n_groups, n_classes
        powers = [np.bincount(at, each, math.prod(shape)).reshape(shape) for each in _powers(y)]
        weights = y * sides.words[article].astype(np.float64)
        products = np.bincount(by_group, weights, n_terms * n_groups).reshape(shape[:2])
        return cls(sides, np.stack(powers, axis=1), products)

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
