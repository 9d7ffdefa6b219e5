"""Topics in detail: how they hang together, what stands for each, what became of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.index import Index
from dashboard.index.topics.model import node_directions
from dashboard.index.topics.nodes import OTHER_KIND
from dashboard.measures.topics import reliability_word
from dashboard.scope import Scope

TREE_COLUMNS = [
    "node_id", "parent", "label", "kind", "n_passages", "share", "reliability",
    "reliability_word", "height", "is_topic", "order",
]  # fmt: skip
SIMILAR_COLUMNS = ["topic_id", "rank", "similar_id", "cosine"]
EXEMPLAR_COLUMNS = [
    "topic_id", "rank", "passage_id", "article_id", "source", "distance", "text",
]  # fmt: skip
MAP_COLUMNS = ["article_id", "x", "y", "topic_id", "share"]
CHANGE_COLUMNS = ["change", "old_id", "old_label", "new_id", "new_label", "similarity"]
DRIFT_COLUMNS = [
    "n_articles_fitted", "n_articles_since", "divergence", "expected", "no_topic_fitted",
    "no_topic_since",
]  # fmt: skip

N_SIMILAR, N_EXEMPLARS = 5, 5


def topic_tree(index: Index, scope: Scope) -> pd.DataFrame:
    """``TREE_COLUMNS``: every node of the merge tree, from the finest topics to all in one,
    children before parents.

    n_passages, share: of the text in scope (share of its words). height: what the merge that made
    the node cost (weighted Ward, see ``ward_tree``), 0 for the finest. is_topic: a topic of the
    present cut. order: where the node begins when the tree is drawn without crossings.
    """
    nodes = index.nodes
    mask = scope.without_topics().slice_mask(index)
    if not nodes.n_leaves or not mask.any():
        return pd.DataFrame(columns=TREE_COLUMNS)
    leaf = index.slice_leaf[mask].astype(np.int64)
    words = np.bincount(leaf + 1, index.slice_words[mask], nodes.n_leaves + 1)
    passages = np.bincount(leaf + 1, index.slice_passages[mask], nodes.n_leaves + 1)
    topics = {t.node for t in index.topics}
    sizes = nodes.held @ np.asarray(index.manifest["leaf_passages"][:-1], dtype=np.int64)
    ranks = np.where(nodes.held, nodes.ranks, nodes.n_leaves).min(axis=1)
    n = len(nodes.node_ids)
    return pd.DataFrame(
        {
            "node_id": list(nodes.node_ids),
            "parent": pd.Series([nodes.parent_id(i) for i in range(n)], dtype=object),
            "label": list(nodes.labels),
            "kind": list(nodes.kind),
            "n_passages": (nodes.held @ passages[1:]).astype(np.int64),
            "share": nodes.held @ words[1:] / max(words.sum(), 1.0),
            "reliability": np.round(nodes.reliability, 4),
            "reliability_word": [
                reliability_word(r, n)
                for r, n in zip(nodes.reliability.tolist(), sizes.tolist(), strict=True)
            ],
            "height": nodes.heights,
            "is_topic": [i in topics for i in range(n)],
            "order": ranks,
        },
        columns=TREE_COLUMNS,
    )


def similar_topics(index: Index, scope: Scope) -> pd.DataFrame:
    """``SIMILAR_COLUMNS``: for each topic in scope the five topics most like it in the whole
    corpus; none where nothing is in scope. cosine: of their mean TF-IDF vectors less the corpus's
    mean (-1 to 1)."""
    themes = [t for t in index.topics if t.kind != OTHER_KIND]
    if len(themes) < 2 or not scope.article_mask(index).any():
        return pd.DataFrame(columns=SIMILAR_COLUMNS)
    directions = node_directions(index.topic_model, np.asarray([t.node for t in themes]))
    cosine = np.asarray(directions @ directions.T, dtype=np.float64)
    np.fill_diagonal(cosine, -np.inf)
    ids = [t.topic_id for t in themes]
    order = np.argsort(-np.round(cosine, 9), axis=1, kind="stable")
    rows = [
        (ids[i], rank, ids[j], cosine[i, j])
        for i in range(len(ids))
        if not scope.topics or ids[i] in scope.topics
        for rank, j in enumerate(order[i, : min(N_SIMILAR, len(ids) - 1)].tolist(), 1)
    ]
    return pd.DataFrame(rows, columns=SIMILAR_COLUMNS)


def exemplars(index: Index, scope: Scope) -> pd.DataFrame:
    """``EXEMPLAR_COLUMNS``: for each topic the passages in scope that stand nearest to the centre
    of the finest topic they belong to, up to five, each of another article.

    distance: 1 - cosine of the passage's TF-IDF vector and that centre (0 to 1).
    """
    mask = scope.slice_mask(index)
    slices = np.flatnonzero(mask)
    near, topic = index.slice_near[slices], index.slice_topic[slices]
    rows = []
    for i in scope.topic_positions(index):
        if index.topics[i].kind == OTHER_KIND:
            continue
        own = np.flatnonzero(topic == i)
        for rank, (at, passage, cosine) in enumerate(_nearest(index, slices[own], near[own]), 1):
            fields = index.article_rows([at], ["article_id", "source"]).iloc[0]
            rows.append(
                (
                    index.topics[i].topic_id,
                    rank,
                    f"{fields['article_id']}-{passage + 1:03d}",
                    fields["article_id"],
                    fields["source"],
                    round(1 - cosine, 4),
                    index.passages(at)[passage],
                )
            )
    return pd.DataFrame(rows, columns=EXEMPLAR_COLUMNS)


def _nearest(
    index: Index, slices: NDArray[np.int64], near: NDArray[np.float16]
) -> list[tuple[int, int, float]]:
    """Article, passage in it, and cosine of the passages of ``slices`` that are nearest, the
    nearest of each article."""
    if len(slices) > 20 * N_EXEMPLARS:  # an article has a few slices of a topic
        best = np.argpartition(-near, 20 * N_EXEMPLARS)[: 20 * N_EXEMPLARS]
        # As many as are equally near: which of them are read must not depend on their order.
        best = np.flatnonzero(near >= near[best].min())
        slices, near = slices[best], near[best]
    ids = index.article_rows(index.slice_article[slices], ["article_id"])["article_id"]
    order = np.lexsort((ids, -near.astype(float)))
    found: dict[int, tuple[int, int, float]] = {}
    for at in order.tolist():
        article = int(index.slice_article[slices[at]])
        if article not in found:
            found[article] = (article, *_nearest_passage(index, article, int(slices[at])))
            if len(found) == N_EXEMPLARS:
                break
    return list(found.values())


def _nearest_passage(index: Index, article: int, of_slice: int) -> tuple[int, float]:
    segment = index.segment_of(article)
    row = article - segment.first_article
    first, last = segment.arrays["article_passages"][row : row + 2].tolist()
    own = segment.arrays["passage_slice"][first:last] + segment.first_slice == of_slice
    near = np.where(own, segment.arrays["passage_near"][first:last], -1)
    return int(near.argmax()), float(near.max())


def topic_map(index: Index, scope: Scope) -> pd.DataFrame:
    """``MAP_COLUMNS``: the articles in scope that the fit placed on a map, by topic and id; none
    where topics are of passages. Articles near each other use like words (see ``topic_map``
    of the index); the axes have no meaning, nor have large distances.

    topic_id: of most of the article's words; share: of its words on it.
    """
    articles, places = index.map_places
    shown = scope.article_mask(index)[articles]
    articles, places = articles[shown], places[shown]
    if not len(articles):
        return pd.DataFrame(columns=MAP_COLUMNS)
    place = np.full(index.n_articles, -1, dtype=np.int64)
    place[articles] = np.arange(len(articles))
    row = place[index.slice_article]
    chosen = row >= 0
    n_topics = len(index.topics)
    words = np.bincount(
        row[chosen] * n_topics + index.slice_topic[chosen],
        index.slice_words[chosen],
        len(articles) * n_topics,
    ).reshape(-1, n_topics)
    main = words.argmax(axis=1)
    topic_ids = np.asarray([t.topic_id for t in index.topics], dtype=object)
    table = pd.DataFrame(
        {
            "article_id": index.article_rows(articles, ["article_id"])["article_id"],
            "x": places[:, 0].astype(float),
            "y": places[:, 1].astype(float),
            "topic_id": topic_ids[main],
            "share": words.max(axis=1) / np.maximum(words.sum(axis=1), 1),
        }
    )
    if scope.topics:
        table = table[table["topic_id"].isin(scope.topics)]
    return table.sort_values(["topic_id", "article_id"], kind="stable").reset_index(drop=True)


def topic_changes(index: Index, scope: Scope) -> pd.DataFrame:
    """``CHANGE_COLUMNS``: what the last fit of topics made of those before, at the default number
    of topics, whatever the scope. change: same, split, merged, appeared or vanished; similarity:
    cosine of the two, None unless same. No rows where topics were found once."""
    table = pd.DataFrame(index.manifest["topic_changes"], columns=CHANGE_COLUMNS)
    return table.sort_values(["change", "old_id", "new_id"], kind="stable").reset_index(drop=True)


def topic_drift(index: Index, scope: Scope) -> pd.DataFrame:
    """``DRIFT_COLUMNS``: one row on how the articles that came after the topics were found differ
    from those before, whatever the scope; none where none came. What was taken out since counts
    where it stood.

    divergence: between the mixes of the finest topics of either (Jensen & Shannon, Lin 1991; in
    bits, 0 the same, 1 nothing shared); expected: what chance alone gives for so many articles,
    each on one topic (for many articles; at most 1). no_topic_fitted, no_topic_since: share of
    words on no topic.
    """
    fit = index.manifest["fit"]
    then, since = (np.asarray(fit[k], dtype=float) for k in ("leaf_words", "leaf_words_added"))
    if not since.sum() or not then.sum():
        return pd.DataFrame(columns=DRIFT_COLUMNS)
    p, q = then / then.sum(), since / since.sum()
    middle = (p + q) / 2

    def bits(part: NDArray[np.float64]) -> float:
        some = part > 0
        return float((part[some] * np.log2(part[some] / middle[some])).sum())

    used = int((middle > 0).sum())
    n_then, n_since = fit["n_articles"], fit["n_added"]
    expected = min((used - 1) / (8 * np.log(2)) * (1 / n_then + 1 / n_since), 1.0)
    return pd.DataFrame(
        [(n_then, n_since, (bits(p) + bits(q)) / 2, expected, p[-1], q[-1])],
        columns=DRIFT_COLUMNS,
    )
