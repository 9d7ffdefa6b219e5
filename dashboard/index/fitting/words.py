"""The words that tell a topic: typical of it, not of its neighbours, and used together.

A word's score in a node is its mean TF-IDF there times the fourth power of its share of the largest
mean that any topic of the same cut has: words that two topics share characterise neither. From the
best candidates words are then picked one by one, each weighted by how often it shares units with
those picked (normalised pointwise mutual information, Bouma 2009): a list of words from one story
each reads as junk, however typical each word is.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from dashboard.index.topics.model import N_RANKED
from dashboard.index.topics.tree import leaf_masks, n_leaves, nodes_at

EXCLUSIVE = 4
TOGETHER = 2
N_PICKED = 30  # the rest follow by score
SAMPLE = 6_000  # units whose words are paired
FIRST = 10  # words of a topic that are looked for in its units


def rank_words(
    weights: NDArray[np.float32], parents: NDArray[np.int64] | None, matrix: sp.csr_matrix
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Words (n_nodes, N_RANKED) best first, -1 where a node has fewer, and the coherence of each
    node, the mean NPMI of its first ten (-1 to 1).

    weights: (n_nodes, n_features) mean TF-IDF; matrix: (n_units, n_features), of which only the
    first ``SAMPLE`` rows are paired. A node is compared with the topics of the finest cut it is in;
    without a tree (``parents`` None) each with all others.
    """
    n_nodes, n_features = weights.shape
    words = np.full((n_nodes, N_RANKED), -1, dtype=np.int64)
    coherence = np.zeros(n_nodes)
    if not n_nodes or not n_features:
        return words, coherence
    leaves = n_nodes if parents is None else n_leaves(parents)
    scores = []
    most = weights[:leaves].max(axis=0)
    for node in range(n_nodes):
        if parents is not None and node >= leaves:
            most = weights[nodes_at(parents, 2 * leaves - 1 - node)].max(axis=0)
        share = np.divide(weights[node], most, out=np.zeros(n_features, np.float32), where=most > 0)
        score = weights[node] * share**EXCLUSIVE
        best = np.argsort(-score, kind="stable")[:N_RANKED]
        best = best[score[best] > 0]
        words[node, : len(best)] = best
        scores.append(score[best])
    present = matrix[:SAMPLE].astype(bool).astype(np.float32).tocsc()
    for node in range(n_nodes):
        ranked = words[node][words[node] >= 0]
        if not len(ranked):
            continue
        together = _npmi(present[:, ranked])
        picked = _pick(scores[node] / scores[node][0], together)
        words[node, : len(ranked)] = ranked[picked]
        top = picked[:FIRST]
        pairs = together[np.ix_(top, top)][np.triu_indices(len(top), 1)]
        coherence[node] = pairs.mean() if len(pairs) else 0.0
    return words, coherence


def share_holding(
    matrix: sp.csr_matrix,
    part: NDArray[np.int64],
    parents: NDArray[np.int64],
    words: NDArray[np.int64],
    least: int,
) -> NDArray[np.float64]:
    """(n_nodes,) share of each node's units, among the first ``SAMPLE``, that hold ``least`` of its
    first ten words or more; 0 for a node without any.

    matrix: (n_units, n_features); part: (n_units,) leaf of each unit, -1 for none; words: see
    :func:`rank_words`.
    """
    held = leaf_masks(parents)
    present = matrix[:SAMPLE].astype(bool).astype(np.float32).tocsc()
    part = part[:SAMPLE]
    share = np.zeros(len(parents))
    for node in range(len(parents)):
        first = words[node, :FIRST]
        of_node = (part >= 0) & held[node][part]
        if of_node.any():
            n_held = np.asarray(present[:, first[first >= 0]].sum(axis=1)).ravel()
            share[node] = np.mean(n_held[of_node] >= least)
    return share


def _pick(score: NDArray[np.floating], together: NDArray[np.floating]) -> NDArray[np.int64]:
    """Positions in the order in which they are picked."""
    n = len(score)
    left = np.ones(n, dtype=bool)
    order = [0]
    left[0] = False
    met = together[0].astype(np.float64)
    while len(order) < min(N_PICKED, n):
        value = np.where(left, score * np.clip(met / len(order), 1e-3, None) ** TOGETHER, -1.0)
        best = int(value.argmax())
        order.append(best)
        left[best] = False
        met += together[best]
    return np.asarray([*order, *np.flatnonzero(left)], dtype=np.int64)


def _npmi(present: sp.csc_matrix) -> NDArray[np.float32]:
    """(n, n) NPMI of the columns over rows; -1 where two never meet, 0 on the diagonal."""
    joint = (present.T @ present).toarray() / np.float32(max(present.shape[0], 1))
    each = joint.diagonal().copy()
    with np.errstate(divide="ignore", invalid="ignore"):
        raw = np.log(joint / (each[:, None] * each[None])) / -np.log(joint)
    npmi: NDArray[np.float32] = np.nan_to_num(raw, nan=-1.0, posinf=1.0, neginf=-1.0)
    np.fill_diagonal(npmi, 0.0)
    return npmi
