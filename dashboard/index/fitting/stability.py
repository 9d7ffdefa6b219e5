"""Reliability of communities: what returns when the fit is repeated on part of the text.

After Ben-Hur, Elisseeff & Guyon (2002) and Hennig (2007): refit on subsamples, compare each topic
with the most similar topic of the refit by the Jaccard overlap of their units. The same on text
with its words shuffled between units shows what chance gives.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from dashboard.index.fitting.graph import communities, lsa_points
from dashboard.index.topics.tree import leaf_masks, ward_tree

IntArray = NDArray[np.int64]
RUNS_PER_REFIT = 3


def find_leaves(
    points: NDArray[np.float32], limits: dict[str, float], n_runs: int, random_state: int
) -> IntArray:
    """The leaf (n_units,) of each unit at its LSA ``points``; small communities join the one
    nearest to them."""
    part = communities(
        points, int(limits["n_neighbours"]), limits["resolution"], n_runs, random_state
    )
    return dissolve(points, part, np.bincount(part) < limits["min_leaf"])


def dissolve(points: NDArray[np.float32], part: IntArray, weak: NDArray[np.bool_]) -> IntArray:
    """``part`` with the units of ``weak`` parts given to the nearest of the others."""
    if weak.all() or not weak.any():
        return part if not weak.all() else np.zeros_like(part)
    centres = means(points, part)
    centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    lost = np.flatnonzero(weak[part])
    near = points[lost] @ centres.T
    near[:, weak] = -2.0
    part = part.copy()
    part[lost] = near.argmax(axis=1)
    return np.unique(part, return_inverse=True)[1].astype(np.int64)


def means(rows: NDArray[np.float32] | sp.csr_matrix, part: IntArray) -> NDArray[np.float32]:
    """(n_parts, d) mean of the rows of each part."""
    size = np.bincount(part)
    sums = sp.csr_matrix((np.ones(len(part), np.float32), (part, np.arange(len(part)))))
    total = sums @ rows
    dense: NDArray[np.float32] = total.toarray() if sp.issparse(total) else np.asarray(total)
    dense /= np.maximum(size, 1).astype(np.float32)[:, None]
    return dense


def tree_of(points: NDArray[np.float32], part: IntArray, group: IntArray | None = None) -> IntArray:
    """Parents (n_nodes,) of the merge tree over the parts, each weighing the square root of its
    units: by their units small topics would be swept together, however different."""
    size = np.bincount(part)
    apart = np.zeros(len(size), np.int64) if group is None else group
    return ward_tree(means(points, part), np.sqrt(size), apart)[0]


def reliability(
    matrix: sp.csr_matrix,
    part: IntArray,
    parents: IntArray,
    limits: dict[str, float],
    random_state: int,
) -> NDArray[np.float64]:
    """(n_nodes,) mean over refits of each node's Jaccard overlap with its best match."""
    rng = np.random.default_rng(random_state)
    n, runs = matrix.shape[0], int(limits["n_subsamples"])
    n_kept = min(int(limits["subsample_units"]), round(0.8 * n))
    held = leaf_masks(parents).astype(np.float64)
    total = np.zeros(len(parents))
    for run in range(runs):
        kept = np.sort(rng.choice(n, n_kept, replace=False))
        scaled = {**limits, "min_leaf": limits["min_leaf"] * len(kept) / n}
        some = matrix[kept]
        points = lsa_points(
            some, int(limits["n_components"]), random_state + run, int(limits["svd_rounds"])
        )
        again = find_leaves(points, scaled, RUNS_PER_REFIT, random_state + run)
        held_again = leaf_masks(tree_of(points, again)).astype(np.float64)
        both = np.zeros((held.shape[1], held_again.shape[1]))
        np.add.at(both, (part[kept], again), 1)
        shared = held @ both @ held_again.T
        union = (held @ both.sum(1))[:, None] + (held_again @ both.sum(0))[None] - shared
        total += (shared / np.maximum(union, 1)).max(axis=1)
    return total / max(runs, 1)
