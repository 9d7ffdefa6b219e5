"""How a corpus reports: days late, and how often one source tells an event again.

Both are told without labels by pairs so alike that little else than one event explains them. Where
none of those are ten days apart or more, days are read straight off: a week between two outlets
weighs nothing where many take a week. Where some are, affairs go on for weeks, an event can't be
told from what follows it, and the rule of a point a day stays. A source that tells each event
once, as most agencies and papers of a collection do, is not taken for its own second witness.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.index.stories.likeness import FURTHEST, Likeness, Pairs

SURELY = 6.0  # the score of one day that little but one event or affair explains
LAST_DAYS = 11  # between articles, and more: what is as like then is one affair
_LEAST_PAIRS = 20
_AFFAIRS = 0.1  # the rate of pairs as far apart, of that of one day, from which on the rule stays
_FEW_DAYS, _FEW_SOURCES = 5.0, 20.0  # pairs for which the rule, or chance, counts


class Habits(NamedTuple):
    """``trust``: 0 to 1, how far ``late`` goes before the rule; ``late``: (``FURTHEST`` + 1,) less
    for so many days between two articles; ``again``: less for two of one source."""

    trust: float
    late: NDArray[np.float64]
    again: float

    def packed(self) -> NDArray[np.float64]:
        """One array of all, to be kept."""
        return np.asarray([self.trust, self.again, *self.late])

    @classmethod
    def of_packed(cls, kept: NDArray[np.float64]) -> Habits:
        """What ``packed`` was made of."""
        return cls(float(kept[0]), kept[2:], float(kept[1]))

    def scored(self, pairs: Pairs, articles: Likeness, sources: NDArray[np.int64]) -> Pairs:
        """The pairs with scores in which these habits count. ``sources``: (n,) a number of each
        article's source, less than 0 unknown."""
        dated, apart = articles.days_between(pairs.a, pairs.b)
        by_days = pairs.on_one_day - self.late[apart.clip(max=FURTHEST)]
        blended = self.trust * by_days + (1 - self.trust) * pairs.score
        score = np.where(dated, blended, pairs.score)
        score -= self.again * _of_one(pairs, sources)
        return pairs._replace(score=score.astype(np.float32))


def habits_of(pairs: Pairs, articles: Likeness, sources: NDArray[np.int64]) -> Habits:
    """Those of a corpus; ``pairs``: all that there are; ``sources``: as of ``Habits.scored``."""
    trust, late = _late(*sure_by_days(pairs, articles))
    return Habits(trust, late, _again(pairs, articles, sources))


def sure_by_days(pairs: Pairs, articles: Likeness) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Both (``FURTHEST`` + 1,), by days between: pairs surely alike, and all that could be."""
    dated, apart = articles.days_between(pairs.a, pairs.b)
    sure = dated & (pairs.on_one_day >= SURELY) & (apart <= FURTHEST)
    found = np.bincount(apart[sure], minlength=FURTHEST + 1)
    possible = [float(articles.n_pairs(days, days)) for days in range(FURTHEST + 1)]
    return found, np.asarray(possible)


def _late(
    found: NDArray[np.int64], possible: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """``trust`` and ``late`` of ``Habits``."""
    days = np.arange(FURTHEST + 1)
    n_far = possible[LAST_DAYS:].sum()
    if found[:2].sum() < _LEAST_PAIRS or not n_far:
        return 0.0, np.zeros(len(days))
    rate = found[:2].sum() / possible[:2].sum()
    affairs = (found[LAST_DAYS:].sum() + 1) / n_far / rate
    # By the rule: a point a day, and as many more articles to choose from.
    usual = np.exp(1.0 - days.clip(1)) * 3 / (2 * days.clip(1) + 1)
    share = (found + _FEW_DAYS * usual) / (rate * possible + _FEW_DAYS)
    share[:2] = 1
    late = -np.log(np.minimum.accumulate(share.clip(max=1)))
    return float(max(0.0, 1 - affairs / _AFFAIRS)), late


def _again(pairs: Pairs, articles: Likeness, sources: NDArray[np.int64]) -> float:
    """``again`` of ``Habits``: how much rarer one source is in sure pairs than by chance."""
    dated, apart = articles.days_between(pairs.a, pairs.b)
    sure = (pairs.on_one_day >= SURELY) & (~dated | (apart <= 1))
    chance = np.square(np.unique(sources[sources >= 0], return_counts=True)[1] / len(sources)).sum()
    if not chance or not sure.any():
        return 0.0
    n = _of_one(pairs, sources)[sure].sum()
    share = (n + _FEW_SOURCES * chance) / (sure.sum() + _FEW_SOURCES)
    return float(max(0.0, np.log(chance / share)))


def _of_one(pairs: Pairs, sources: NDArray[np.int64]) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = (sources[pairs.a] == sources[pairs.b]) & (sources[pairs.a] >= 0)
    return same
