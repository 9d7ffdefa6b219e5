"""The merge tree of topics: from the finest (the leaves) to all in one, cut anywhere, no refit.

A tree over ``n`` leaves has ``2 n - 1`` nodes: leaf ``i`` is node ``i``, the ``t``-th merge makes
node ``n + t``. ``parents`` (n_nodes,) holds each node's parent, -1 at the root. numpy only: an open
dashboard cuts trees too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]


def ward_tree(
    centroids: NDArray[np.float32], weights: NDArray[np.floating] | IntArray, group: IntArray
) -> tuple[IntArray, NDArray[np.float64]]:
    """``parents`` and ``heights`` (n_nodes,) of weighted Ward merging (Ward 1963).

    centroids: (n, d); weights: (n,) of the leaves. A merge costs ``a b / (a + b)`` times the
    squared distance, a and b being the weights. Leaves of one ``group`` (n,) are joined before any
    of two groups: what is not a theme stays apart from the themes to the last. Ties go to the
    lowest nodes. height: cost of the merge that made a node, never below its children's; 0 for
    leaves.
    """
    n = len(centroids)
    parents = np.full(max(2 * n - 1, 0), -1, dtype=np.int64)
    heights = np.zeros(len(parents))
    if n < 2:
        return parents, heights
    centre, size = centroids.astype(np.float64), weights.astype(np.float64)
    node, apart = np.arange(n), group.copy()
    cost = np.stack([_costs(i, centre, size) for i in range(n)])
    mean = (centre * size[:, None]).sum(axis=0) / size.sum()
    barrier = 1.0 + 2 * float((size[:, None] * (centre - mean) ** 2).sum())  # above any merge
    cost = np.where(apart[:, None] != apart[None], cost + barrier, cost)
    for step in range(n - 1):
        i, j = sorted(divmod(int(np.argmin(cost)), n))
        new = n + step
        parents[[node[i], node[j]]] = new
        height = cost[i, j] - (barrier if apart[i] != apart[j] else 0.0)
        heights[new] = max(height, heights[node[i]], heights[node[j]])
        centre[i] = (centre[i] * size[i] + centre[j] * size[j]) / (size[i] + size[j])
        size[i] += size[j]
        size[j] = 0.0
        node[i] = new
        row = _costs(i, centre, size)
        cost[i] = cost[:, i] = row + barrier * (apart != apart[i])
        cost[j] = cost[:, j] = np.inf
    return parents, heights


def _costs(i: int, centre: NDArray[np.float64], size: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) cost of merging ``i`` with each; inf for itself and what is merged already."""
    both = size * size[i] / np.where(size > 0, size + size[i], 1)
    cost: NDArray[np.float64] = both * ((centre - centre[i]) ** 2).sum(axis=1)
    cost[size == 0] = np.inf
    cost[i] = np.inf
    return cost


def n_leaves(parents: IntArray) -> int:
    return (len(parents) + 1) // 2


def nodes_at(parents: IntArray, k: int) -> IntArray:
    """The ``k`` nodes, ascending, that the tree has when cut into ``k`` topics (1 to n_leaves)."""
    n = n_leaves(parents)
    if not 1 <= k <= max(n, 1):
        raise ValueError(f"{n} topics are the finest that this model has: no cut into {k}")
    made = len(parents) - k + 1  # nodes made once n - k merges are done
    alive = np.arange(min(made, len(parents)))
    return alive[(parents[alive] < 0) | (parents[alive] >= made)]


def leaf_masks(parents: IntArray) -> NDArray[np.bool_]:
    """(n_nodes, n_leaves) which leaves each node holds."""
    n = n_leaves(parents)
    held = np.zeros((len(parents), n), dtype=bool)
    held[:n] = np.eye(n, dtype=bool)
    for child, parent in enumerate(parents):  # children come before their parents
        if parent >= 0:
            held[parent] |= held[child]
    return held


def cut(parents: IntArray, k: int) -> IntArray:
    """(n_leaves,) which of the ``k`` topics of ``nodes_at`` each leaf belongs to."""
    held = leaf_masks(parents)[nodes_at(parents, k)]
    return held.argmax(axis=0) if held.size else np.zeros(0, dtype=np.int64)


def leaf_ranks(parents: IntArray) -> IntArray:
    """(n_leaves,) place of each leaf when the tree is drawn without crossings: the leaves of any
    node, and so of any topic of any cut, are neighbours."""
    n = n_leaves(parents)
    children: list[list[int]] = [[] for _ in parents]
    for child, parent in enumerate(parents.tolist()):
        if parent >= 0:
            children[parent].append(child)
    ranks = np.zeros(n, dtype=np.int64)
    waiting, placed = [i for i, parent in enumerate(parents.tolist()) if parent < 0], 0
    while waiting:
        node = waiting.pop()
        if node < n:
            ranks[node] = placed
            placed += 1
        waiting += reversed(children[node])
    return ranks
