"""Communities of similar texts: LSA, nearest neighbours, shared-neighbour graph, Leiden.

LSA is a truncated SVD of TF-IDF (Deerwester et al. 1990; randomised, Halko et al. 2011). Two units
are linked if one is among the other's nearest; a link weighs as the Jaccard overlap of their
neighbourhoods (Jarvis & Patrick 1973), which mutes hubs. Leiden (Traag et al. 2019) is run several
times over resolutions; links that most runs keep inside a community are clustered once more
(consensus clustering, Lancichinetti & Fortunato 2012).
"""

from __future__ import annotations

import random

import igraph
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.utils.extmath import randomized_svd

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]
BLOCK = 512  # rows of similarities held at once
EXACT_LIMIT = 8_000  # above it, comparing all pairs costs more than the rest of the fit
# Of the randomised SVD. With four the topics of news_6k are as good and return as well (.69, .69),
# those of shuffled text better (.28, .49): the axes of noise take longer to settle.
POWER_ROUNDS = 2
AGREED = 0.34  # share of runs that must keep a link


def find_axes(matrix: sp.csr_matrix, n_axes: int, random_state: int) -> FloatArray:
    """(n_axes, n_features) axes of LSA, fewer where ``matrix`` has fewer units or features."""
    rank = min(n_axes, min(matrix.shape) - 1)
    axes = randomized_svd(
        matrix, rank, n_iter=POWER_ROUNDS, random_state=random_state, flip_sign=True
    )[2]
    return axes.astype(np.float32)  # type: ignore[no-any-return]


def embed(matrix: sp.csr_matrix, axes: FloatArray) -> FloatArray:
    """(n_units, n_axes) LSA coordinates, rows of length one."""
    points: FloatArray = np.asarray(matrix @ axes.T)
    points /= np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-9)
    return points


def nearest_neighbours(points: FloatArray, m: int, random_state: int) -> IntArray:
    """(n_units, m) the ``m`` nearest others by cosine: all pairs compared up to ``EXACT_LIMIT``,
    above it those of the nearest cells (inverted file), a fifth of them."""
    n = len(points)
    if n <= EXACT_LIMIT:
        everything = np.arange(n)
        blocks = [
            _nearest(points, everything[start : start + BLOCK], everything, m)
            for start in range(0, n, BLOCK)
        ]
        return np.concatenate(blocks) if blocks else np.zeros((0, m), dtype=np.int64)
    n_cells = round(np.sqrt(n))
    centres = _cells(points, n_cells, random_state)
    near = points @ centres.T
    cell = near.argmax(axis=1)
    members = [np.flatnonzero(cell == c) for c in range(n_cells)]
    n_probes = max(40, n_cells // 5)
    between = centres @ centres.T
    found = np.zeros((n, m), dtype=np.int64)
    for c, rows in enumerate(members):
        probed = np.argsort(-between[c], kind="stable")[:n_probes]
        others = np.sort(np.concatenate([members[p] for p in probed]))
        for start in range(0, len(rows), BLOCK):
            block = rows[start : start + BLOCK]
            found[block] = _nearest(points, block, others, m)
    return found


def _nearest(points: FloatArray, rows: IntArray, others: IntArray, m: int) -> IntArray:
    similar = points[rows] @ points[others].T
    here = np.searchsorted(others, rows)
    similar[np.arange(len(rows)), here] = -2.0  # itself
    best = np.argpartition(similar, len(others) - m, axis=1)[:, len(others) - m :]
    return others[best]


def _cells(points: FloatArray, n_cells: int, random_state: int) -> FloatArray:
    """Centres by a few rounds of spherical k-means on a sample: any even division will do."""
    rng = np.random.default_rng(random_state)
    sample = points[np.sort(rng.choice(len(points), min(len(points), 40 * n_cells), replace=False))]
    centres = sample[np.sort(rng.choice(len(sample), n_cells, replace=False))]
    for _ in range(4):
        cell = (sample @ centres.T).argmax(axis=1)
        sums = sp.csr_matrix(
            (np.ones(len(cell), np.float32), (cell, np.arange(len(cell)))), (n_cells, len(cell))
        )
        moved = np.asarray(sums @ sample)
        norm = np.linalg.norm(moved, axis=1, keepdims=True)
        centres = np.where(norm > 0, moved / np.maximum(norm, 1e-9), centres)
    return centres


def shared_neighbour_links(neighbours: IntArray) -> tuple[IntArray, NDArray[np.float64]]:
    """Links (n_links, 2) and their weights: Jaccard overlap of closed neighbourhoods."""
    n, m = neighbours.shape
    if not n:
        return np.zeros((0, 2), dtype=np.int64), np.zeros(0)
    hoods = np.sort(np.column_stack([neighbours, np.arange(n)]), axis=1).astype(np.int32)
    ends = np.stack([np.repeat(np.arange(n), m), neighbours.ravel()])
    key = np.unique(ends.min(axis=0) * n + ends.max(axis=0))
    links = np.column_stack([key // n, key % n])
    weights = np.empty(len(links))
    for start in range(0, len(links), 20_000):
        a, b = links[start : start + 20_000].T
        shared = (hoods[a][:, :, None] == hoods[b][:, None, :]).sum(axis=(1, 2))
        weights[start : start + 20_000] = shared / (2 * (m + 1) - shared)
    return links, weights


def communities(
    points: FloatArray,
    n_neighbours: int,
    resolution: float,
    n_runs: int,
    random_state: int,
) -> IntArray:
    """(n_units,) community of each unit, numbered by first member.

    ``n_runs`` runs of Leiden vote, resolutions .6, 1 and 1.6 times ``resolution`` in turn; with one
    run it has the word alone.
    """
    n = len(points)
    neighbours = nearest_neighbours(points, min(n_neighbours, n - 1), random_state)
    links, weights = shared_neighbour_links(neighbours)
    graph = _graph(n, links, weights)
    links, weights = links[weights > 0], weights[weights > 0]
    if n_runs > 1:
        agreed = np.zeros(len(links))
        for run in range(n_runs):
            factor = (0.6, 1.0, 1.6)[run % 3]
            part = _leiden(graph, weights, resolution * factor, random_state + run)
            agreed += part[links[:, 0]] == part[links[:, 1]]
        agreed /= n_runs
        weights = np.where(agreed >= AGREED, weights * agreed**2, 0.0)
        graph, weights = _graph(n, links, weights), weights[weights > 0]
    return first_seen(_leiden(graph, weights, resolution, random_state + n_runs))


def first_seen(part: IntArray) -> IntArray:
    """The same partition, parts numbered in order of appearance."""
    _, first, inverse = np.unique(part, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse].astype(np.int64)


def _graph(n: int, links: IntArray, weights: NDArray[np.float64]) -> igraph.Graph:
    return igraph.Graph(n, links[weights > 0])


def _leiden(
    graph: igraph.Graph, weights: NDArray[np.float64], resolution: float, seed: int
) -> IntArray:
    igraph.set_random_number_generator(random.Random(seed))
    try:
        found = graph.community_leiden(
            "modularity", weights=weights.tolist(), resolution=resolution, n_iterations=4
        )
    finally:
        igraph.set_random_number_generator(random)
    return np.asarray(found.membership, dtype=np.int64)
