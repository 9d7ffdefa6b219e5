"""A map of the units of a fit in two dimensions: similar units are close together.

t-SNE (van der Maaten & Hinton 2008; Barnes-Hut, van der Maaten 2014) from the first two principal
components, which keeps the large distances in better order than a random start (Kobak & Berens
2019). Of many units a part is laid out and the others join their nearest among it. What else was
tried: docs/topics.md. Distances on the map mean little beyond near and far.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.manifold import TSNE
from threadpoolctl import threadpool_limits

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]
MOST_LAID_OUT = 5_000  # as many marks as a chart shows; the cost grows as n log n
FEWEST = 10  # distinct points; below, their two principal components are the map
PERPLEXITY = 20.0
#: Steps this long from a start this wide, little exaggerated, come in 100 rounds where short steps
#: from a point come in 400.
EXAGGERATION = 4.0
STEP = 1 / 6  # learning rate, in points
SHORTEST_STEP = 50.0
ANGLE = 1.0  # of cells taken as one point; .5 costs half as much again and gains nothing measured
N_NEAREST = 3  # more pull what lies between two groups into the void between them
BLOCK = 1_024  # rows of similarities held at once


def lay_out(points: FloatArray, random_state: int = 0) -> FloatArray:
    """(n, 2) place of each of the ``points`` (n, d), rows of length one.

    The mean place is the origin, the root mean square distance from it 1 (all at the origin if all
    points are equal), x the axis of most variance; each axis has its longer tail on the positive
    side. A point's place depends on the set of points, not on their order or the number of threads;
    equal points share a place. Above ``MOST_LAID_OUT`` distinct points, the others stand at the
    mean of their three nearest by cosine, weighted by it.
    """
    n = len(points)
    if not n:
        return np.zeros((0, 2), dtype=np.float32)
    distinct, of = _distinct(points)
    # The order of raw bytes is as good as random: an even part of it is a sample.
    part = np.unique(np.linspace(0, len(distinct) - 1, MOST_LAID_OUT).astype(np.int64))
    places = np.zeros((len(distinct), 2))
    with threadpool_limits(1):  # sums in another order are other sums
        places[part] = _embed(distinct[part], random_state)
        rest = np.setdiff1d(np.arange(len(distinct)), part)
        for start in range(0, len(rest), BLOCK):
            block = rest[start : start + BLOCK]
            places[block] = _among(distinct[block], distinct[part], places[part])
        return _normed(places, np.bincount(of))[of]


def _distinct(points: FloatArray) -> tuple[FloatArray, IntArray]:
    """The different rows, in the order of their bytes, and the (n,) row of each point."""
    rows = np.ascontiguousarray(points, dtype=np.float32) + np.float32(0)  # -0 is 0
    keys = rows.view(np.dtype((np.void, rows.shape[1] * rows.itemsize))).ravel()
    _, first, of = np.unique(keys, return_index=True, return_inverse=True)
    return rows[first], of


def _embed(points: FloatArray, random_state: int) -> NDArray[np.float64]:
    start = _principal(points.astype(np.float64), np.ones(len(points), np.int64))
    if len(points) < FEWEST:
        return start
    tsne = TSNE(
        perplexity=min(PERPLEXITY, (len(points) - 1) / 3),
        init=(start / start[:, 0].std()).astype(np.float32),
        early_exaggeration=EXAGGERATION,
        learning_rate=max(SHORTEST_STEP, STEP * len(points)),
        max_iter=250,  # the fewest it allows; any gradient ends a phase at its first look, after 50
        min_grad_norm=1e9,
        angle=ANGLE,
        random_state=random_state,
        n_jobs=1,
    )
    return np.asarray(tsne.fit_transform(points), dtype=np.float64)


def _among(
    points: FloatArray, others: FloatArray, places: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(n_points, 2) mean place of the ``N_NEAREST`` of ``others``, weighted by cosine."""
    similar = points @ others.T
    nearest = np.argpartition(similar, -N_NEAREST, axis=1)[:, -N_NEAREST:]
    weight = np.maximum(np.take_along_axis(similar, nearest, axis=1), 1e-6)[:, :, None]
    mean: NDArray[np.float64] = (places[nearest] * weight).sum(axis=1) / weight.sum(axis=1)
    return mean


def _principal(rows: NDArray[np.float64], weight: IntArray) -> NDArray[np.float64]:
    """(n, 2) scores on the first two principal components; zeros for those that are missing."""
    centred = rows - np.average(rows, axis=0, weights=weight)
    axes = np.linalg.eigh(centred.T @ (centred * weight[:, None]))[1][:, ::-1][:, :2]
    scores = np.zeros((len(rows), 2))
    scores[:, : axes.shape[1]] = centred @ axes
    return scores


def _normed(places: NDArray[np.float64], weight: IntArray) -> FloatArray:
    """The places turned, scaled and mirrored as ``lay_out`` says; weight: units at each."""
    turned = _principal(places, weight)
    scale = np.sqrt(np.average((turned**2).sum(axis=1), weights=weight))
    if scale > 0:
        turned /= scale
    tails = np.average(turned**3, axis=0, weights=weight)
    return (turned * np.where(tails < 0, -1.0, 1.0)).astype(np.float32)
