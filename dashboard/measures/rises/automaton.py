"""Bursts and change points of many series at once: of each period the articles with a term."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.measures.statistics.inference import fisher_exact

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
AT_ONCE = 20_000  # series: what is large is found in parts
RISE = 2.0  # times the usual share that a burst has: s of Kleinberg
COST = 1.0  # of entering a burst, in logarithms of the number of periods: gamma


class Stretches(NamedTuple):
    """One a row: the series it is of, its first period and the one behind its last; how much better
    its share fits than the usual one (nats); ``p``, see the functions; ``before``: the first period
    of the stretch that it is compared with, 0 for bursts."""

    series: Ints
    first: Ints
    end: Ints
    weight: Floats
    p: Floats
    before: Ints


def find_bursts(n_with: Ints, n_articles: Ints) -> Stretches:
    """Stretches of periods in which a series is in the upper state of the two-state automaton for
    batches (Kleinberg 2002, section 4): the share of articles is p0 of all periods together in the
    lower, and twice that in the upper. p: chance that so many of the term's articles fall into so
    many of all, dealt at random (Fisher's exact test), times the number of stretches that there
    could be. ``n_with``: (n_series, n_periods); ``n_articles``: (n_periods,)."""
    n_series, n_periods = n_with.shape
    if not n_series or n_periods < 2:
        return _none()
    if n_series > AT_ONCE:
        starts = range(0, n_series, AT_ONCE)
        parts = [find_bursts(n_with[at : at + AT_ONCE], n_articles) for at in starts]
        moved = [
            part._replace(series=part.series + at) for part, at in zip(parts, starts, strict=True)
        ]
        return Stretches(*(np.concatenate(each) for each in zip(*moved, strict=True)))
    total, every = n_with.sum(axis=1), int(n_articles.sum())
    low = np.clip(total / every, 1e-12, 1 - 1e-9)[:, None]
    high = np.where(RISE * low < 1, RISE * low, (1 + low) / 2)
    gain = n_with * np.log(high / low) + (n_articles - n_with) * np.log((1 - high) / (1 - low))
    enter = COST * math.log(n_periods)
    from_low = np.zeros((n_periods, n_series), dtype=bool)  # where the upper state came from there
    to_low = np.zeros((n_periods, n_series), dtype=bool)  # where the lower came from the upper
    lower, upper = np.zeros(n_series), np.full(n_series, -np.inf)
    for t in range(n_periods):  # the best sum of gains that ends in each state
        from_low[t], to_low[t] = lower - enter > upper, upper > lower
        lower, upper = np.maximum(lower, upper), np.maximum(lower - enter, upper) + gain[:, t]
    state = upper > lower
    states = np.zeros((n_series, n_periods), dtype=bool)
    for t in range(n_periods - 1, -1, -1):
        states[:, t] = state
        state = np.where(state, ~from_low[t], to_low[t])
    edges = np.diff(states.astype(np.int8), axis=1, prepend=0, append=0)
    series, first = np.nonzero(edges == 1)
    end = np.nonzero(edges == -1)[1]
    k, n = _between(n_with, series, first, end), _sums(n_articles)[end] - _sums(n_articles)[first]
    weight = _between(gain, series, first, end)
    p = fisher_exact(k, n, total[series], np.full(len(series), every))
    p = np.minimum(p * n_periods * (n_periods + 1) / 2, 1.0)
    return Stretches(series, first, end, weight, p, np.zeros_like(first))


class Sharpest(NamedTuple):
    """The periods ``first`` to ``end`` of a burst, and how much they stand out."""

    first: int
    end: int
    score: float


def sharpest(n_with: Ints, n_articles: Ints, first: int, end: int) -> Sharpest:
    """Of a burst of one series the stretch that stands out most for its length: by the
    log-likelihood ratio of its share and that of the rest, over the root of its number of periods,
    times 1 - share of the rest ÷ its share."""
    with_it, sums = _sums(n_with), _sums(n_articles)
    a, b = _pairs(end - first + 1)
    a, b = a + first, b + first
    k, n = with_it[b] - with_it[a], sums[b] - sums[a]
    k_rest, n_rest = with_it[-1] - k, np.maximum(sums[-1] - n, 1)
    fit = _likelihood(k, n) + _likelihood(k_rest, n_rest) - _likelihood(with_it[-1], sums[-1])
    share = k / np.maximum(n, 1)
    excess = np.maximum(1 - k_rest / n_rest / np.maximum(share, 1e-12), 0.0)
    score = np.round(fit / np.sqrt(b - a) * excess, 9)
    at = int(np.argmax(score))
    return Sharpest(int(a[at]), int(b[at]), float(score[at]))


@lru_cache(maxsize=64)
def _pairs(n: int) -> tuple[Ints, Ints]:
    a, b = np.triu_indices(n, 1)
    return a, b


def find_changes(n_with: Ints, n_articles: Ints) -> Stretches:
    """Where the share of articles changes: the best segmentation by binomial likelihood with a
    penalty of 3 ln(n_periods) a change, which is what PELT finds (Killick, Fearnhead & Eckley
    2012), by the plain recursion (Jackson et al. 2005) over all series at once. ``first`` is the
    first period of the new share, ``end`` the one behind its last. p: Fisher's exact test of the
    segments before and after, either way, times the number of pairs that there could be."""
    n_series, n_periods = n_with.shape
    if not n_series or n_periods < 2:
        return _none()
    sums_with = np.concatenate([np.zeros((n_series, 1)), n_with.cumsum(axis=1)], axis=1)
    sums = _sums(n_articles).astype(float)
    penalty = 3 * math.log(n_periods)
    best = np.full((n_periods + 1, n_series), np.inf)
    best[0] = -penalty
    before = np.zeros((n_periods + 1, n_series), dtype=np.int64)
    for end in range(1, n_periods + 1):
        k = sums_with[:, end : end + 1] - sums_with[:, :end]
        n = sums[end] - sums[:end]
        cost = best[:end].T - 2 * _likelihood(k, n) + penalty
        before[end] = cost.argmin(axis=1)
        best[end] = cost[np.arange(n_series), before[end]]
    series, at, ends = _starts(before)
    firsts = before[at, series]  # of the segment before
    k0, n0 = _between(n_with, series, firsts, at), _sums(n_articles)[at] - _sums(n_articles)[firsts]
    k1, n1 = _between(n_with, series, at, ends), _sums(n_articles)[ends] - _sums(n_articles)[at]
    up = fisher_exact(k1, n1, k0 + k1, n0 + n1)
    down = fisher_exact(k0, n0, k0 + k1, n0 + n1)
    n_pairs = math.comb(n_periods + 1, 3)
    weight = _likelihood(k0, n0) + _likelihood(k1, n1) - _likelihood(k0 + k1, n0 + n1)
    p = np.minimum(2 * np.minimum(up, down) * n_pairs, 1.0)
    return Stretches(series, at, ends, weight, p, firsts)


def _starts(before: Ints) -> tuple[Ints, Ints, Ints]:
    """Series, first period and end of every segment but the first, from what came ``before``."""
    n_periods, n_series = before.shape[0] - 1, before.shape[1]
    found: list[tuple[Ints, Ints, Ints]] = []
    series, end = np.arange(n_series), np.full(n_series, n_periods)
    while len(series):
        first = before[end, series]
        later = first > 0
        series, first, end = series[later], first[later], end[later]
        found.append((series, first, end))
        end = first
    series, at, ends = (np.concatenate(each) for each in zip(*found, strict=True))
    order = np.lexsort((at, series))
    return series[order], at[order], ends[order]


def _likelihood(k: ArrayLike, n: ArrayLike) -> Floats:
    """Logarithm, of the share that fits best; without the number of ways."""
    k, n = np.broadcast_arrays(np.asarray(k, float), np.asarray(n, float))
    rest = n - k
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(k > 0, k * np.log(k / n), 0) + np.where(
            rest > 0, rest * np.log(rest / n), 0
        )
    return found


def _sums(values: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(values)])


def _between(values: NDArray[Any], series: Ints, first: Ints, end: Ints) -> NDArray[Any]:
    sums = np.concatenate([np.zeros((len(values), 1), values.dtype), values.cumsum(axis=1)], axis=1)
    found: NDArray[Any] = sums[series, end] - sums[series, first]
    return found


def _none() -> Stretches:
    none, numbers = np.zeros(0, dtype=np.int64), np.zeros(0)
    return Stretches(none, none, none, numbers, numbers, none)
