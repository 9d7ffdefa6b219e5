"""The topic model: what a fit found, in plain arrays; no pickle, and no sklearn to read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.topics.tree import leaf_masks, nodes_at

OTHER = -1
THEME, MIXED, TEMPLATE, RESIDUAL = "theme", "mixed", "template", "residual"
N_RANKED = 60  # words kept per node, best first
RELEVANCE = 0.6  # Sievert & Shirley's λ at which their readers recognised topics best

ARRAYS = (
    "idf", "corpus_counts", "components", "leaf_counts", "assigned", "sizes",
    "parents", "heights", "reliability", "words", "positions",
)  # fmt: skip


@dataclass(frozen=True)
class TopicModel:
    """Leaves are the finest topics, nodes the leaves and all their merges (``tree``).

    features, surfaces: (n_features,) counted form and the text's own; forms, form_feature:
    (n_forms,) every counted form and the feature that it counts towards.
    idf: (n_features,); corpus_counts: (n_features,) uses in the units fitted.
    components: (n_leaves, n_features) float32 term weights; leaf_counts: the same shape, uses of
    each word in the leaf's units.
    assigned: (n_units,) leaf or ``OTHER``; sizes: (n_leaves,) units fitted.
    positions: (n_units, 2) float32 place of each unit on the map (``fitting.map``), NaN where the
    fit didn't read it; (0, 2) after a fit by NMF, which has no map.
    parents, heights: (n_nodes,) the merge tree.
    reliability: (n_nodes,) 0 to 1, how well a node returns from subsamples; overall: their mean at
    the default cut; null: the same for shuffled text, where there is nothing to find.
    kind: (n_nodes,) ``theme``, ``mixed`` (texts that share too few words to be one theme),
    ``template`` (a source's standing phrases) or ``residual`` (no theme: Other).
    words: (n_nodes, N_RANKED) features that tell the node, best first, -1 where there are fewer.
    n_default: topics shown unless asked otherwise; settings: the limits used.
    """

    features: list[str]
    surfaces: list[str]
    forms: list[str]
    form_feature: NDArray[np.int64]
    idf: NDArray[np.float32]
    corpus_counts: NDArray[np.float32]
    components: NDArray[np.float32]
    leaf_counts: NDArray[np.float32]
    assigned: NDArray[np.int64]
    sizes: NDArray[np.int64]
    parents: NDArray[np.int64]
    heights: NDArray[np.float64]
    reliability: NDArray[np.float64]
    words: NDArray[np.int64]
    positions: NDArray[np.float32]
    kind: list[str]
    overall: float
    null: float
    n_default: int
    settings: dict[str, Any]

    @property
    def n_leaves(self) -> int:
        return len(self.components)


def default_nodes(model: TopicModel, k: int | None = None) -> NDArray[np.int64]:
    """The nodes that are the topics at ``k`` (default: ``n_default``), ascending."""
    if not model.n_leaves:
        return np.zeros(0, dtype=np.int64)
    return nodes_at(model.parents, model.n_default if k is None else k)


def node_components(
    components: NDArray[np.float32], sizes: NDArray[np.int64], parents: NDArray[np.int64]
) -> NDArray[np.float32]:
    """(n_nodes, n_features) mean of each node's leaves, weighted by their sizes."""
    held = leaf_masks(parents) * np.maximum(sizes, 1).astype(np.float32)
    share = (held / held.sum(axis=1, keepdims=True)).astype(np.float32)
    mean: NDArray[np.float32] = share @ components
    return mean


def node_directions(model: TopicModel, nodes: NDArray[np.int64]) -> NDArray[np.float32]:
    """(n, n_features) components of ``nodes`` at unit length, less the mean of the corpus: what all
    texts share would make all topics alike."""
    rows = node_components(model.components, model.sizes, model.parents)[nodes]
    if model.n_leaves > 1:
        rows -= np.average(model.components, axis=0, weights=np.maximum(model.sizes, 1))
    unit: NDArray[np.float32] = rows / np.maximum(
        np.linalg.norm(rows, axis=1, keepdims=True), 1e-12
    )
    return unit


def topic_terms(model: TopicModel, node: int, n_single: int = 30) -> pd.DataFrame:
    """The words that tell ``node``, best first, until ``n_single`` single words are among them
    (fewer if it has no more): columns as :func:`relevant_terms`, relevance at ``RELEVANCE``."""
    counts = _counts(model, node)
    ranked = model.words[node]
    ranked = ranked[ranked >= 0]
    single = np.asarray([" " not in model.features[f] for f in ranked], dtype=bool)
    ranked = ranked[np.cumsum(single) - single < n_single] if len(ranked) else ranked
    return _table(model, counts, ranked, RELEVANCE)


def relevant_terms(model: TopicModel, node: int, share: float, n: int = 40) -> pd.DataFrame:
    """The ``n`` terms of most relevance to ``node`` (Sievert & Shirley 2014), of all features used
    in it five times or more (where they are fewer, twice or more): ``rank, term, feature, weight,
    lift, relevance, count``.

    weight: the word's share of the node's feature uses, P(w|t); lift: that over its share of the
    corpus; relevance: ``share ln weight + (1 - share) ln lift``. share is their λ: 1 ranks by
    frequency in the topic, 0 by how much commoner a term is there than in the corpus.
    """
    counts = _counts(model, node)
    known = np.flatnonzero(counts >= 5)
    if len(known) < n:
        known = np.flatnonzero(counts >= 2)
    relevance = _relevance(*_weight_and_lift(model, counts, known), share)
    return _table(model, counts, known[np.argsort(-relevance, kind="stable")[:n]], share)


def _counts(model: TopicModel, node: int) -> NDArray[np.float64]:
    """(n_features,) uses in the texts of ``node``."""
    held = leaf_masks(model.parents)[node]
    counts: NDArray[np.float64] = model.leaf_counts[held].sum(axis=0, dtype=np.float64)
    return counts


def _weight_and_lift(
    model: TopicModel, counts: NDArray[np.float64], features: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    weight = counts[features] / max(counts.sum(), 1.0)
    corpus = model.corpus_counts[features] / max(model.corpus_counts.sum(dtype=np.float64), 1.0)
    return weight, weight / np.where(corpus > 0, corpus, 1)


def _relevance(
    weight: NDArray[np.float64], lift: NDArray[np.float64], share: float
) -> NDArray[np.float64]:
    tiny = np.finfo(float).tiny  # a word of the topic that its own texts never use
    relevance: NDArray[np.float64] = share * np.log(np.maximum(weight, tiny)) + (
        1 - share
    ) * np.log(np.maximum(lift, tiny))
    return relevance


def _table(
    model: TopicModel, counts: NDArray[np.float64], features: NDArray[np.int64], share: float
) -> pd.DataFrame:
    weight, lift = _weight_and_lift(model, counts, features)
    return pd.DataFrame(
        {
            "rank": np.arange(1, len(features) + 1),
            "term": pd.Series([model.surfaces[f] for f in features], dtype=str),
            "feature": features,
            "weight": weight,
            "lift": lift,
            "relevance": _relevance(weight, lift, share),
            "count": counts[features].astype(np.int64),
        }
    )
