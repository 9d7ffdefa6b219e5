"""Mixed topics: texts that share too few words to be one theme."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from dashboard.index.fitting.topics import fit_topics
from dashboard.index.fitting.words import share_holding
from dashboard.index.terms.fit_terms import count_terms, read_tokens
from dashboard.index.topics.model import MIXED, RESIDUAL, THEME
from dashboard.index.topics.nodes import TopicNodes, list_topics
from dashboard.index.topics.tree import leaf_masks
from tests.index.fitting.test_graph_topics import word


def test_units_that_hold_enough_of_the_first_words_are_counted() -> None:
    matrix = sp.csr_matrix(np.asarray([[1, 1, 1], [1, 0, 1], [0, 0, 1], [1, 1, 0]], np.float32))
    part, parents = np.asarray([0, 0, 1, -1]), np.asarray([2, 2, -1])
    words = np.full((3, 60), -1)
    words[:, :2] = [[0, 1], [2, -1], [0, 2]]
    assert share_holding(matrix, part, parents, words, 2).tolist() == [0.5, 0.0, 2 / 3]
    assert share_holding(matrix, part, parents, words, 1).tolist() == [1.0, 1.0, 1.0]
    assert share_holding(matrix, np.full(4, -1), parents, words, 1).tolist() == [0.0, 0.0, 0.0]


def test_a_merge_of_unlike_themes_is_mixed_and_its_parts_are_not() -> None:
    rng = np.random.default_rng(5)
    common = [word(rng) for _ in range(200)]
    texts = []
    for _ in range(12):
        own = [word(rng) for _ in range(15)]
        for _ in range(30):
            words = np.concatenate([rng.choice(own, 20), rng.choice(common, 20)])
            texts.append(" ".join(rng.permutation(words)))
    terms = count_terms(read_tokens(texts), frozenset())
    model = fit_topics(terms, np.arange(len(texts)))
    assert model.kind[: model.n_leaves] == [THEME] * model.n_leaves
    top = int(np.flatnonzero(leaf_masks(model.parents).all(axis=1))[0])
    assert model.kind[top] == MIXED


def test_mixed_topics_stand_after_the_others_and_are_cut_like_themes() -> None:
    kinds = [MIXED, THEME, THEME, RESIDUAL, THEME, MIXED, THEME]
    parents = np.asarray([4, 4, 5, 6, 5, 6, -1])
    nodes = TopicNodes(
        node_ids=list("abcdefg"),
        labels=list("abcdefg"),
        kind=kinds,
        reliability=np.full(7, 0.8),
        parents=parents,
        heights=np.asarray([0, 0, 0, 0, 1.0, 2.0, 3.0]),
        n_default=4,
    )
    listed, _ = list_topics(nodes, np.asarray([50, 10, 20, 5, 0]))
    assert [(t.topic_id, t.kind) for t in listed] == [
        ("c", "theme"), ("b", "theme"), ("a", "mixed"), ("other", "other")
    ]  # fmt: skip
    assert list(nodes.sizes)[-1] == 3
