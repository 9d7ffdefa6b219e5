"""Communities of similar texts: LSA, nearest neighbours, shared-neighbour graph, Leiden.

LSA is a truncated SVD of TF-IDF (Deerwester et al. 1990; randomised, Halko et al. 2011). Two units
are linked if one is among the other's nearest; a link weighs as the Jaccard overlap of their
neighbourhoods (Jarvis & Patrick 1973), which mutes hubs. Leiden (Traag et al. 2019) is run several
times over resolutions; links that most runs keep inside a community are clustered once more
(consensus clustering, Lancichinetti & Fortunato 2012).
"""

from __future__ import annotations

import graspologic_native
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]
BLOCK = 512  # rows of similarities held at once
EXACT_LIMIT = 8_000  # above it, comparing all pairs costs more than the rest of the fit
OVERSAMPLED = 10  # axes beyond those wanted, so that these settle
AGREED = 0.34  # share of runs that must keep a link
ITERATIONS = 4  # of Leiden; ten find the same modularity to .0003 in more than twice the time


def lsa_points(
    matrix: sp.csr_matrix, n_axes: int, random_state: int, rounds: int, most: int | None = None
) -> FloatArray:
    """(n_units, n_axes) LSA coordinates, rows of length one; fewer axes where ``matrix`` has fewer
    units or features. The axes are found on the first ``most`` units, in so many power rounds.

    Subspace iteration, then Rayleigh-Ritz: what remains is as small as the number of axes, so
    neither a factorisation of tall matrices nor another product for the points is needed.
    """
    sample = matrix if most is None else matrix[:most]
    rank = min(n_axes, min(matrix.shape) - 1)
    wide = min(rank + OVERSAMPLED, min(sample.shape))
    start = np.random.default_rng(random_state).standard_normal((sample.shape[0], wide), np.float32)
    axes = np.asarray(sample.T @ start)
    for done in range(rounds):
        if done % 2:  # singles out the first axes less than numbers of four bytes can bear
            axes = axes @ _whitened(axes)
        axes = np.asarray(sample.T @ (sample @ axes))
    axes = axes @ _whitened(axes)
    points = np.asarray(sample @ axes)
    turned = np.linalg.eigh(_gram(points))[1][:, ::-1][:, :rank].astype(np.float32)
    points = (
        np.asarray(matrix @ (axes @ turned)) if len(points) < matrix.shape[0] else points @ turned
    )
    largest = points[np.abs(points).argmax(axis=0), np.arange(points.shape[1])]
    points *= np.where(largest < 0, -1, 1).astype(np.float32)
    points /= np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-9)
    return points


def _gram(rows: FloatArray) -> NDArray[np.float64]:
    exact = rows.astype(np.float64)
    return exact.T @ exact


def _whitened(axes: FloatArray) -> FloatArray:
    """What makes ``axes`` orthonormal; those that are nothing but rounding are left at zero."""
    values, vectors = np.linalg.eigh(_gram(axes))
    scale = np.where(values > values[-1] * 1e-12, values, np.inf) ** -0.5
    return (vectors * scale).astype(np.float32)


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
    links, weights = links[weights > 0], weights[weights > 0]
    graph = _graph(n, links, weights)
    if n_runs > 1:
        agreed = np.zeros(len(links))
        for run in range(n_runs):
            factor = (0.6, 1.0, 1.6)[run % 3]
            part = _leiden(graph, resolution * factor, random_state + run)
            agreed += part[links[:, 0]] == part[links[:, 1]]
        agreed /= n_runs
        is_kept = agreed >= AGREED
        graph = _graph(n, links[is_kept], (weights * agreed**2)[is_kept])
    return first_seen(_leiden(graph, resolution, random_state + n_runs))


def first_seen(part: IntArray) -> IntArray:
    """The same partition, parts numbered in order of appearance."""
    _, first, inverse = np.unique(part, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse].astype(np.int64)


def _graph(n: int, links: IntArray, weights: NDArray[np.float64]) -> sp.csr_matrix:
    """(n_units, n_units) weight of each link, both ways."""
    a, b = links.T
    both = np.concatenate([a, b]), np.concatenate([b, a])
    graph = sp.csr_matrix((np.concatenate([weights, weights]), both), (n, n))
    graph.sort_indices()  # the same links in another order are the same graph
    return graph


def _leiden(graph: sp.csr_matrix, resolution: float, seed: int) -> IntArray:
    if not graph.nnz:  # nothing is linked: each is its own
        return np.arange(graph.shape[0], dtype=np.int64)
    _, found = graspologic_native.leiden_csr(
        graph.indptr.astype(np.int64), graph.indices.astype(np.int32), graph.data, graph.shape[0],
        resolution=resolution, iterations=ITERATIONS, seed=seed,
    )  # fmt: skip
    return np.fromiter((found[i] for i in range(graph.shape[0])), np.int64, graph.shape[0])
