"""Topics: themes of the text, from the finest to the broadest, with a reliability for each.

Little text is read passage by passage (``nmf``). Much is read article by article: TF-IDF, LSA, the
graph of nearest neighbours, Leiden (``graph``), then a merge tree (``topics.tree``); the mean
TF-IDF of a leaf is its component, and of any merge of leaves the mean of theirs, so that a cut
needs no refit. Settings and what they were measured on: docs/topics.md.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from dashboard.index.fitting.features import (
    content_order,
    inverse_unit_freq,
    select_features,
    tfidf,
)
from dashboard.index.fitting.graph import lsa_points
from dashboard.index.fitting.limits import derive_limits
from dashboard.index.fitting.map import lay_out
from dashboard.index.fitting.nmf import fit_nmf, project, shuffle_words, strongest
from dashboard.index.fitting.stability import dissolve, find_leaves, means, reliability, tree_of
from dashboard.index.fitting.templates import kinds_of_leaves
from dashboard.index.fitting.words import rank_words, share_holding
from dashboard.index.terms.fit_terms import TermTable
from dashboard.index.topics.model import MIXED, OTHER, THEME, TopicModel, node_components
from dashboard.index.topics.tree import cut, leaf_masks, nodes_at, ward_tree

PRIOR = 0.5  # of the article in the assignment of its passages
#: Half of a theme's articles hold three of its first ten words (half of its passages: one of them);
#: what has less is mixed. Measured in docs/topics.md.
IN_ARTICLE, IN_PASSAGE, HOLDING = 3, 1, 0.5
MIN_GRAPH = 40  # units and words without which there is no neighbourhood to speak of
BLOCK = 20_000  # passages assigned at a time


def fit_topics(
    terms: TermTable,
    article_of: NDArray[np.int64],
    random_state: int = 0,
    source_of: NDArray[np.int64] | None = None,
) -> TopicModel:
    """Topics over the units of ``terms``: whole articles from ``GRAPH_ARTICLES`` on, else passages.

    article_of: (n_units,) each unit's article; source_of: (n_units,) its source, -1 for unknown,
    which finds house templates. The order of units can't matter: they are fitted in the order of
    a hash of their words. Too little text gives no topics, every unit ``OTHER``.
    """
    n_articles = len(np.unique(article_of))
    limits = derive_limits(len(terms.indptr) - 1, n_articles)
    graph = limits["method"] == "graph"
    of_passage = None if graph else article_of
    counts, features = select_features(terms, limits["min_df"], limits["max_df"], of_passage)
    order = content_order(counts, features)
    order = order[np.diff(counts.indptr)[order] > 0][: limits["units_fitted"]]
    idf = inverse_unit_freq(counts)
    matrix = tfidf(counts[order], idf)
    if min(matrix.shape) < MIN_GRAPH:
        graph, limits = False, {**limits, "method": "nmf"}
    with threadpool_limits(1):  # sums in another order are other sums
        if graph:
            sources = None if source_of is None else source_of[order]
            part, found = _fit_graph(
                matrix, terms, order, article_of[order], sources, limits, random_state
            )
        else:
            inside = {t for t, i in zip(terms.term, terms.is_inside, strict=True) if i}
            whole = np.asarray([f not in inside for f in features.names], dtype=bool)
            part, found = _fit_small(matrix, whole, article_of[order], limits, random_state)
        assigned = np.full(counts.shape[0], OTHER)
        assigned[order] = part
        positions = np.full((counts.shape[0] if graph else 0, 2), np.nan, dtype=np.float32)
        if graph:
            positions[order] = found.pop("places")
        leaves = len(found["components"])
        rest = np.setdiff1d(np.flatnonzero(np.diff(counts.indptr) > 0), order)
        if len(rest) and leaves:
            assigned[rest] = _nearest(tfidf(counts[rest], idf), found["components"])
    chosen = np.flatnonzero(assigned >= 0)
    gather = sp.csr_matrix(
        (np.ones(len(chosen), np.float32), (assigned[chosen], chosen)), (leaves, len(assigned))
    )
    return TopicModel(
        features=features.names,
        surfaces=features.surfaces,
        forms=features.forms,
        form_feature=features.form_feature,
        idf=idf,
        corpus_counts=np.asarray(counts.sum(axis=0), dtype=np.float32).ravel(),
        leaf_counts=(gather @ counts).toarray().astype(np.float32),
        assigned=assigned,
        positions=positions,
        sizes=np.bincount(part[part >= 0], minlength=leaves).astype(np.int64),
        settings={**limits, "n_features": len(features), "n_leaves": leaves},
        **found,
    )


def assign_topics(
    model: TopicModel, counts: sp.csr_matrix, article_of: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """(n_passages,) leaf of each passage, or ``OTHER`` where it has no word of any; and its cosine
    to that leaf's component, 0 for ``OTHER``.

    counts: (n_passages, n_features), uses of each feature. A passage goes to the leaf nearest to
    it by cosine, its article's own nearness counted too: forty words alone are noise. Nothing else
    has a say, so the same article gets the same topics whatever else is in the corpus. After a fit
    by NMF, a passage goes to its strongest component.
    """
    n = counts.shape[0]
    assigned, nearness = np.full(n, OTHER), np.zeros(n, dtype=np.float32)
    if not model.n_leaves or not n:
        return assigned, nearness
    centres = _unit_rows(model.components)
    with threadpool_limits(1):
        if model.settings["method"] == "nmf":
            matrix = tfidf(counts, model.idf)
            assigned = strongest(project(matrix, model.components), model.components)
            return assigned, _of_assigned(np.asarray(matrix @ centres.T), assigned)
        articles, row_of = np.unique(article_of, return_inverse=True)
        gather = sp.csr_matrix(
            (np.ones(n, np.float32), (row_of, np.arange(n))), shape=(len(articles), n)
        )
        prior = np.asarray(tfidf((gather @ counts).tocsr(), model.idf) @ centres.T) * PRIOR
        for start in range(0, n, BLOCK):
            block = slice(start, min(start + BLOCK, n))
            near = np.asarray(tfidf(counts[block], model.idf) @ centres.T)
            best = (near + prior[row_of[block]]).argmax(axis=1)
            assigned[block] = np.where(near.max(axis=1) > 0, best, OTHER)
            nearness[block] = _of_assigned(near, assigned[block])
    return assigned, nearness


def nearness_to(
    model: TopicModel, counts: sp.csr_matrix, leaf: NDArray[np.int64]
) -> NDArray[np.float32]:
    """(n_passages,) cosine of each passage to the component of its ``leaf``; 0 for ``OTHER``.
    ``counts``: see :func:`assign_topics`."""
    nearness = np.zeros(len(leaf), dtype=np.float32)
    centres = _unit_rows(model.components)
    with threadpool_limits(1):
        for start in range(0, len(leaf), BLOCK):
            block = slice(start, min(start + BLOCK, len(leaf)))
            near = np.asarray(tfidf(counts[block], model.idf) @ centres.T)
            nearness[block] = _of_assigned(near, leaf[block])
    return nearness


def _of_assigned(near: NDArray[np.floating], assigned: NDArray[np.int64]) -> NDArray[np.float32]:
    """(n,) each row's entry of its leaf; 0 for ``OTHER``."""
    own = near[np.arange(len(near)), np.maximum(assigned, 0)]
    return np.where(assigned == OTHER, 0, own).astype(np.float32)


def _fit_small(
    matrix: sp.csr_matrix,
    whole: NDArray[np.bool_],
    article_of: NDArray[np.int64],
    limits: dict[str, Any],
    random_state: int,
) -> tuple[NDArray[np.int64], dict[str, Any]]:
    runs = limits["n_subsamples"]
    components, stable, null = fit_nmf(matrix, article_of, limits["n_topics"], runs, random_state)
    part = strongest(project(matrix, components), components)
    sizes = np.bincount(part[part >= 0], minlength=len(components))
    unit = _unit_rows(components.astype(np.float32))
    parents, heights = ward_tree(unit, sizes, np.zeros(len(unit), np.int64))
    weights = node_components(components.astype(np.float32), sizes, parents)
    weights[:, ~whole] = 0.0  # the longer name stands for its parts
    # A merge returns at least as well as its weakest part.
    held = leaf_masks(parents)
    kept = np.asarray([stable[leaves].min() for leaves in held]) if len(held) else stable
    words = rank_words(weights, parents, matrix)[0]
    holding = share_holding(matrix, part, parents, words, IN_PASSAGE)
    return part, {
        "components": components.astype(np.float32),
        "parents": parents,
        "heights": heights,
        "reliability": kept,
        "words": words,
        "kind": [THEME if share >= HOLDING else MIXED for share in holding],
        "overall": float(stable.mean()) if len(stable) else 0.0,
        "null": null,
        "n_default": len(components),
    }


def _fit_graph(
    matrix: sp.csr_matrix,
    terms: TermTable,
    order: NDArray[np.int64],
    article_of: NDArray[np.int64],
    source_of: NDArray[np.int64] | None,
    limits: dict[str, Any],
    random_state: int,
) -> tuple[NDArray[np.int64], dict[str, Any]]:
    rounds, most = limits["svd_rounds"], limits["svd_units"]
    points = lsa_points(matrix, limits["n_components"], random_state, rounds, most)
    part = find_leaves(points, limits, limits["n_runs"], random_state)
    if len(np.unique(article_of)) > 1:  # no topic is one article
        pairs = np.unique(np.stack([part, article_of]), axis=1)[0]
        part = dissolve(points, part, np.bincount(pairs) < 2)
    if part.max() >= limits["max_leaves"]:
        part = cut(tree_of(points, part), limits["max_leaves"])[part]
    components = means(matrix, part)
    coherence = rank_words(components, None, matrix)[1]
    kinds = kinds_of_leaves(coherence, part, terms, order, source_of)
    group = np.unique(kinds, return_inverse=True)[1]
    sizes = np.bincount(part)
    parents, heights = ward_tree(means(points, part), np.sqrt(sizes), group)
    weights = node_components(components, sizes, parents)
    held = leaf_masks(parents)
    kind = [
        kinds[leaves.argmax()] if len(np.unique(group[leaves])) == 1 else THEME for leaves in held
    ]
    words = rank_words(weights, parents, matrix)[0]
    holding = share_holding(matrix, part, parents, words, IN_ARTICLE)
    for node in np.flatnonzero(holding < HOLDING).tolist():
        kind[node] = MIXED if kind[node] == THEME else kind[node]
    n_default = min(limits["n_topics"] + len(set(kinds)) - 1, len(components))
    stable = reliability(matrix, part, parents, limits, random_state)
    shown = nodes_at(parents, n_default)
    return part, {
        "components": components,
        "parents": parents,
        "heights": heights,
        "reliability": stable,
        "words": words,
        "kind": kind,
        "overall": float(stable[shown].mean()),
        "null": _null(matrix, limits, random_state),
        "n_default": n_default,
        "places": lay_out(points, random_state),
    }


def _null(matrix: sp.csr_matrix, limits: dict[str, Any], random_state: int) -> float:
    """Overall reliability that the same fit reports for the same words shuffled."""
    n = min(limits["null_units"], matrix.shape[0])
    shuffled = shuffle_words(matrix[:n], np.random.default_rng(random_state))
    small = {
        **limits,
        "min_leaf": limits["min_leaf"] * n / matrix.shape[0],
        "n_subsamples": 1,
        "svd_rounds": limits["svd_rounds_of_shuffled_text"],
        "subsample_units": round(0.8 * n),
    }
    points = lsa_points(shuffled, limits["n_components"], random_state, small["svd_rounds"])
    part = find_leaves(points, small, 1, random_state)
    parents = tree_of(points, part)
    shown = nodes_at(parents, min(limits["n_topics"], int(part.max()) + 1))
    again = reliability(shuffled, part, parents, small, random_state)
    return float(again[shown].mean())


def _nearest(matrix: sp.csr_matrix, components: NDArray[np.float32]) -> NDArray[np.int64]:
    near = np.asarray(matrix @ _unit_rows(components).T)
    return np.where(near.max(axis=1) > 0, near.argmax(axis=1), OTHER)


def _unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    unit: NDArray[np.float32] = rows / np.maximum(
        np.linalg.norm(rows, axis=1, keepdims=True), 1e-12
    )
    return unit
