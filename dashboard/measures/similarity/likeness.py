"""How alike groups of articles are, each article a vector, freed of the noise of few articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
BLOCKS = 20  # of a group's articles, each left out once
LEAST_ARTICLES = 5


class Vectors(NamedTuple):
    """Entry by entry: the ``article`` (its place in ``group``), the ``column`` of ``n_columns``,
    the ``value``. ``group``: of each article; those of a group in order of time."""

    article: Ints
    column: Ints
    value: Floats
    n_columns: int
    group: Ints


@dataclass(frozen=True)
class Resemblance:
    """By pair of groups (n, n): ``similarity``, 1 for groups that are alike, with the ends of its
    95 % interval; ``observed``, the cosine as it is, and ``ceiling``, what it would be for two
    samples of one kind of article. On the diagonal ``observed`` and ``ceiling`` are those of two
    halves of the group. NaN with fewer than five articles."""

    similarity: Floats
    low: Floats
    high: Floats
    observed: Floats
    ceiling: Floats


def likeness(of: Vectors, n_groups: int) -> Resemblance:
    """The mean inner product of an article of the one group and one of the other, over the
    geometric mean of that of two different articles of each: a cosine corrected for attenuation
    (Spearman 1904), as if both groups had articles without end. The mean over pairs of different
    articles is that over all ways to split a group in halves.

    Interval: jackknife that leaves out twentieths of a group's articles in order of time (Tukey
    1958; blocks, as articles of the same days depend on each other: Kuensch 1989), the parts of
    both groups added; t with the degrees of freedom of Satterthwaite (1946).
    """
    n_of = np.bincount(of.group, minlength=n_groups)
    block = _blocks(of.group, n_of)
    cell = of.group * BLOCKS + block
    shape = (n_groups, BLOCKS)
    n = np.bincount(cell, minlength=n_groups * BLOCKS).reshape(shape).astype(float)
    at = cell[of.article]
    square: Floats = np.bincount(at, of.value**2, n_groups * BLOCKS).astype(float).reshape(shape)
    place = at * of.n_columns + of.column
    sums: Floats = np.bincount(place, of.value, n_groups * BLOCKS * of.n_columns).astype(float)
    sums = sums.reshape(*shape, of.n_columns)
    whole, count, squares = sums.sum(axis=1), n.sum(axis=1), square.sum(axis=1)
    own = _own(whole, squares, count)
    enough = (count >= LEAST_ARTICLES) & (own > 0)
    own = np.where(enough, own, np.nan)
    size = np.maximum(count, 1)
    similarity = whole @ whole.T / np.outer(size, size) / np.sqrt(np.outer(own, own))
    norm = (whole**2).sum(axis=1) / size**2
    observed = similarity * np.sqrt(np.outer(own, own) / np.outer(norm, norm))
    ceiling = np.sqrt(np.outer(own / norm, own / norm))
    half = own / (own + 2 * (squares / size - own) / size)
    for matrix, diagonal in ((similarity, np.ones(n_groups)), (observed, half), (ceiling, half)):
        np.fill_diagonal(matrix, np.where(enough, diagonal, np.nan))
    parts, free = _left_out(sums, square, n, own, similarity)
    low, high = _interval(similarity, parts, free)
    return Resemblance(similarity, low, high, observed, ceiling)


def _blocks(group: Ints, n_of: Ints) -> Ints:
    """The block of each article: stretches of its group's articles of equal number."""
    order = np.argsort(group, kind="stable")
    first = np.cumsum(n_of) - n_of
    place = np.empty(len(group), dtype=np.int64)
    place[order] = np.arange(len(group)) - first[group[order]]
    n_blocks = np.minimum(n_of, BLOCKS)[group]
    found: Ints = place * n_blocks // np.maximum(n_of[group], 1)
    return found


def _own(sums: Floats, squares: Floats, n: Floats) -> Floats:
    """The mean inner product of two different articles; NaN for fewer than two."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = ((sums**2).sum(axis=-1) - squares) / (n * (n - 1))
    return np.where(n > 1, found, np.nan)


def _left_out(
    sums: Floats, square: Floats, n: Floats, own: Floats, similarity: Floats
) -> tuple[Floats, Floats]:
    """By group and other group the variance of their similarity that the articles of the first
    bring; and by group its blocks less one."""
    n_groups = len(n)
    parts, free = np.full((n_groups, n_groups), np.nan), np.zeros(n_groups)
    whole, count, squares = sums.sum(axis=1), n.sum(axis=1), square.sum(axis=1)
    for group in range(n_groups):
        used = np.flatnonzero(n[group])
        if len(used) < LEAST_ARTICLES:
            continue
        left, left_n = whole[group] - sums[group, used], count[group] - n[group, used]
        mine = _own(left, squares[group] - square[group, used], left_n)
        mine = np.where(mine > 0, mine, np.nan)
        with np.errstate(invalid="ignore"):
            each = left @ whole.T / np.outer(left_n, np.maximum(count, 1))
            each /= np.sqrt(np.outer(mine, own))
        free[group] = len(used) - 1
        parts[group] = free[group] / len(used) * ((each - each.mean(axis=0)) ** 2).sum(axis=0)
    return parts, free


def _interval(similarity: Floats, parts: Floats, free: Floats) -> tuple[Floats, Floats]:
    from scipy.special import stdtrit

    variance = parts + parts.T
    weights = np.where(free > 0, 1 / np.maximum(free, 1), np.nan)
    spread = parts**2 * weights[:, None] + (parts**2 * weights[:, None]).T
    varies = np.isfinite(variance) & (spread > 0)
    freedom = np.where(varies, variance**2 / np.where(varies, spread, 1.0), 1.0)
    half = np.where(varies, stdtrit(freedom, 0.975) * np.sqrt(variance), np.nan)
    half = np.where(np.isfinite(variance) & ~varies, 0.0, half)
    np.fill_diagonal(half, np.nan)
    return similarity - half, similarity + half
