"""Events that only look alike, set apart by names and numbers that disagree.

Two earthquakes of one week are told in the same words, which no other article of the corpus has.
What differs is who, where and how many: each half of such a group repeats names and numbers that
the other half never has. One event told by many repeats its names throughout.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LEAST = 4  # articles: two of each event, as names of one alone tell nothing
_MOST = 1_000  # articles of a story that is looked at
_SHARED = 4.0  # weight that two articles of one event share: about that of a rare name
_BETWEEN = 0.5  # of what two of one event share, what one of each may


def set_apart(
    labels: NDArray[np.int64], named: Any, keys: NDArray[np.int64], settled: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """(n,) labels in which groups that hold two events are two. ``named``: see ``weigh``; ``keys``
    break ties; articles that are ``settled`` stay together."""
    found = labels.copy()
    order = np.lexsort((keys, labels))
    bounds = np.flatnonzero(np.diff(labels[order], prepend=-1, append=-1))
    todo = [order[a:b] for a, b in pairwise(bounds) if b - a >= _LEAST]
    while todo:
        articles = todo.pop()
        if not _LEAST <= len(articles) <= _MOST or settled[articles].all():
            continue
        second = _second_event(named[articles])
        if second is None:
            continue
        if settled[articles[second]].any():
            second = ~second
        if settled[articles[second]].any():
            continue
        for part in (articles[second], articles[~second]):
            found[part] = part[0]
            todo.append(part)
    return found


def _second_event(named: Any) -> NDArray[np.bool_] | None:
    """Which articles (rows) tell of another event than the rest; ``None``: all of one."""
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    n = named.shape[0]
    columns, at = np.unique(named.indices, return_inverse=True)
    has = np.zeros((n, len(columns)))
    has[np.repeat(np.arange(n), np.diff(named.indptr)), at] = np.sqrt(named.data)
    frequency = (has > 0).sum(axis=0)
    tells = (frequency > 1) & (frequency < n)
    if not tells.any():
        return None
    # What all of the group have tells nothing, however rare it is elsewhere.
    weight = has[:, tells] * np.log(n / frequency[tells])
    shared = weight @ weight.T
    np.fill_diagonal(shared, 0)
    distance = shared.max() - shared
    np.fill_diagonal(distance, 0)
    second = _last_joined(linkage(squareform(distance, checks=False), "average"))
    if not 2 <= second.sum() <= n - 2:
        return None
    within = min(
        shared[np.ix_(part, part)].sum() / (part.sum() * (part.sum() - 1))
        for part in (second, ~second)
    )
    between = shared[np.ix_(second, ~second)].mean()
    return second if within > _SHARED and between < _BETWEEN * within else None


def _last_joined(tree: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which leaves are in one of the two groups that the last step of a ``linkage`` joins."""
    n = len(tree) + 1
    is_in = np.zeros(n, bool)
    todo = [int(tree[-1, 1])]
    while todo:
        node = todo.pop()
        if node < n:
            is_in[node] = True
        else:
            todo += [int(tree[node - n, 0]), int(tree[node - n, 1])]
    return is_in
