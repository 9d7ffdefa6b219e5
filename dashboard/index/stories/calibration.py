"""Which score is needed, told by the corpus itself.

In one corpus nearly every article has others about its event, in another few have, while all are
about the same affairs. Time tells them apart without labels: pairs as like, but a week or two
apart, belong to the same affair at most; what pairs of one day have beyond their rate is events.
Where too little is dated, the best scores of articles tell (Storey 2002, doi
10.1111/1467-9868.00346): by chance half of them would be below a known one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.index.stories.habits import LAST_DAYS, sure_by_days
from dashboard.index.stories.likeness import FURTHEST, Likeness, Pairs

_FAR, _FAR_END = 6, 9  # days: too late for the same event, where outlets don't take longer
_ENDS = 4.0  # times as many likes then as some days later: they do
_MOST_FALSE = 0.15  # share of pairs at or above the score that chance and affairs account for
_LEAST_PAIRS = 20
_SCORES = np.arange(2.0, 9.01, 0.25)  # that the centre is one of
_MEDIAN = 0.37  # of the best score by chance, when one as good is expected exp(-score) times
_UNDATED, _STEEP, _MOST_UNDATED = 1.5, 25.0, 7.0
_TRUST = 40  # articles that are taken to have others, so that a few don't tell
_WIDTH = 1.5
_BEHIND, _ENOUGH = 0.7, 6.0  # less for what is behind the best, and a score that is never behind
_LIFT = 0.7  # so that those which nothing surpasses gain
_MOST = 0.98  # words alone are less sure than copies


def likelihoods(pairs: Pairs, n: int, centre: float) -> NDArray[np.float32]:
    """0 to 1: how likely pairs of ``n`` articles tell of one event; ``centre`` is an even chance. A
    score is read beside the best ones of both articles: what each of them surpasses is doubted."""
    score = pairs.score
    best = np.zeros(n, np.float32)
    np.maximum.at(best, pairs.a, score)
    np.maximum.at(best, pairs.b, score)
    surpassed = np.minimum(np.minimum(best[pairs.a], best[pairs.b]), _ENOUGH) - score
    beside = score - _BEHIND * surpassed.clip(0) + _LIFT
    found: NDArray[np.floating] = 1 / (1 + np.exp(((centre - beside) / _WIDTH).clip(-60, 60)))
    likely: NDArray[np.float32] = np.minimum(found, _MOST).astype(np.float32)
    return likely


def centre_of(pairs: Pairs, articles: Likeness) -> float:
    """The score that is an even chance; ``pairs``: all that there are."""
    found = _by_time(pairs, articles)
    return _by_best(pairs, len(articles.days)) if found is None else found


def _by_time(pairs: Pairs, articles: Likeness) -> float | None:
    dated, apart = articles.days_between(pairs.a, pairs.b)
    too_late = _too_late(*sure_by_days(pairs, articles))
    near = np.sort(pairs.on_one_day[dated & (apart <= 1)])
    far = np.sort(pairs.on_one_day[dated & (apart >= too_late)])
    n_near, n_far = articles.n_pairs(0, 1), articles.n_pairs(too_late, FURTHEST)
    if len(near) < _LEAST_PAIRS or n_far < n_near / 2:
        return None
    above = len(near) - np.searchsorted(near, _SCORES)
    beyond = (len(far) - np.searchsorted(far, _SCORES)) * n_near / n_far
    good = (beyond <= _MOST_FALSE * above) & (above > 0)
    return float(_SCORES[np.argmax(good)] if good.any() else _SCORES[-1])


def _too_late(found: NDArray[np.int64], possible: NDArray[np.float64]) -> int:
    """Days between articles from which on they don't tell of one event; ``found`` and ``possible``:
    see ``sure_by_days``. Affairs fade; what ends within days is outlets that were late."""
    late, last = found[_FAR:_FAR_END].sum(), found[LAST_DAYS:].sum() + 1
    n_late, n_last = possible[_FAR:_FAR_END].sum(), possible[LAST_DAYS:].sum()
    ends = late >= _LEAST_PAIRS and late * n_last > _ENDS * last * n_late
    return LAST_DAYS if ends else _FAR


def _by_best(pairs: Pairs, n: int) -> float:
    best = np.full(n, -np.inf)
    np.maximum.at(best, pairs.a, pairs.score)
    np.maximum.at(best, pairs.b, pairs.score)
    with_others = 1 - min(1.0, 2 * int((best <= _MEDIAN).sum()) / (n + _TRUST))
    return float(np.clip(_UNDATED + _STEEP * (0.5 - with_others), _UNDATED, _MOST_UNDATED))
