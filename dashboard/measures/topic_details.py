"""Topics in detail: how they relate, typical passages, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.index import Index
from dashboard.index.topics.model import node_directions
from dashboard.index.topics.nodes import OTHER_KIND
from dashboard.measures.columns import (
    ARTICLE_ID,
    PASSAGE_ID,
    RELIABILITY,
    RELIABILITY_WORD,
    SOURCE,
    SOURCE_ID,
    TOPIC,
    TOPIC_ID,
)
from dashboard.measures.registry import table
from dashboard.measures.topics import asserted, reliability_words
from dashboard.scope import Scope

N_SIMILAR, N_EXEMPLARS = 5, 5


TREE_METHOD = """
The finest topics are merged two by two, always the two whose merger changes the text in a topic
least (Ward 1963, on the topics' mean vectors). The slider cuts this tree; nothing is fitted anew.
House templates, and what belongs to no topic, stay apart to the last.
"""


@table(
    "topic_tree",
    row="a node of the merge tree, from the finest topics to all in one, children before parents",
    columns={
        "node_id": "id of the node, and of the topic where it is one",
        "parent": "node that it merges into; null: none",
        "label": "its name",
        "kind": "`theme`, `mixed`, `template` (a source's standing phrases) or `residual`",
        "n_passages": "its passages in scope",
        "share": "its share of the words in scope (0 to 1)",
        "reliability": RELIABILITY,
        "reliability_word": RELIABILITY_WORD,
        "height": "what the merge that made it cost (weighted Ward); 0 for the finest",
        "is_topic": "whether it is one of the topics, as many as there are now",
        "order": "where it begins when the tree is drawn without crossings, from 0",
    },
    method=TREE_METHOD,
)
def topic_tree(index: Index, scope: Scope) -> pd.DataFrame:
    """How topics merge, see ``ward_tree``; no rows where there is no text in scope."""
    nodes = index.nodes
    mask = scope.without_topics().slice_mask(index)
    if not nodes.n_leaves or not mask.any():
        return topic_tree.frame()
    leaf = index.slice_leaf[mask].astype(np.int64)
    words = np.bincount(leaf + 1, index.slice_words[mask], nodes.n_leaves + 1)
    passages = np.bincount(leaf + 1, index.slice_passages[mask], nodes.n_leaves + 1)
    topics = {t.node for t in scope.cut(index).topics}
    sizes = nodes.held @ index.leaf_passages[:-1]
    ranks = np.where(nodes.held, nodes.ranks, nodes.n_leaves).min(axis=1)
    n = len(nodes.node_ids)
    return topic_tree.frame(
        {
            "node_id": list(nodes.node_ids),
            "parent": pd.Series([nodes.parent_id(i) for i in range(n)], dtype=object),
            "label": list(nodes.labels),
            "kind": list(nodes.kind),
            "n_passages": (nodes.held @ passages[1:]).astype(np.int64),
            "share": asserted(index, nodes.held @ words[1:] / max(words.sum(), 1.0)),
            "reliability": np.round(nodes.reliability, 4),
            "reliability_word": reliability_words(
                index, nodes.reliability.tolist(), sizes.tolist(), nodes.kind
            ),
            "height": nodes.heights,
            "is_topic": [i in topics for i in range(n)],
            "order": ranks,
        }
    )


SIMILAR_METHOD = """
Cosine of the topics' mean TF-IDF vectors, from which the mean of the whole corpus is taken first,
so that what all texts share makes no two topics alike. Of the whole corpus, whatever the filters.
"""


@table(
    "similar_topics",
    row="a topic and one of the five most like it in the whole corpus",
    columns={
        "topic_id": TOPIC_ID,
        "rank": "how like it is, from 1",
        "similar_id": "id of the other topic",
        "cosine": "of their mean TF-IDF vectors less the corpus's mean (-1 to 1)",
        "topic": TOPIC,
        "similar": "label of the other topic",
    },
    method=SIMILAR_METHOD,
)
def similar_topics(index: Index, scope: Scope) -> pd.DataFrame:
    """The topics most like each topic in scope; none where nothing is in scope."""
    themes = [t for t in scope.cut(index).topics if t.kind != OTHER_KIND]
    if len(themes) < 2 or not scope.article_mask(index).any():
        return similar_topics.frame()
    directions = node_directions(index.topic_model, np.asarray([t.node for t in themes]))
    cosine = np.asarray(directions @ directions.T, dtype=np.float64)
    np.fill_diagonal(cosine, -np.inf)
    ids = [t.topic_id for t in themes]
    order = np.argsort(-np.round(cosine, 9), axis=1, kind="stable")
    rows = [
        (ids[i], rank, ids[j], cosine[i, j], themes[i].label, themes[j].label)
        for i in range(len(ids))
        if not scope.topics or ids[i] in scope.topics
        for rank, j in enumerate(order[i, : min(N_SIMILAR, len(ids) - 1)].tolist(), 1)
    ]
    return similar_topics.frame(rows)


EXEMPLARS_METHOD = """
Each passage's TF-IDF vector is compared with the centre (mean vector) of the finest topic that it
belongs to: **distance** = 1 − cosine. The five places are given to these parts of the topic by
their words in view (D’Hondt), so that a small part of much the same text doesn't stand for all;
each place takes the nearest passage of an article that has none yet.
"""


@table(
    "exemplars",
    row="a typical passage in scope of a topic, up to five of different articles",
    columns={
        "topic_id": TOPIC_ID,
        "rank": "from 1, those of the topic's largest parts first",
        "passage_id": PASSAGE_ID,
        "article_id": ARTICLE_ID,
        "source": SOURCE,
        "distance": "1 - cosine of its TF-IDF vector and that centre (0 to 1)",
        "text": "the passage",
        **SOURCE_ID,
        "topic": TOPIC,
    },
    method=EXEMPLARS_METHOD,
)
def exemplars(index: Index, scope: Scope) -> pd.DataFrame:
    """The typical passages of each topic. The centre is that of the finest topic that the passage
    belongs to."""
    cut, slices = scope.cut(index), np.flatnonzero(scope.slice_mask(index))
    near, topic = index.slice_near[slices], cut.slice_topic[slices]
    rows = []
    for i in scope.topic_positions(index):
        if cut.topics[i].kind == OTHER_KIND:
            continue
        own = np.flatnonzero(topic == i)
        for rank, (at, passage, cosine) in enumerate(_typical(index, slices[own], near[own]), 1):
            fields = index.article_rows([at], ["article_id", "source", "source_id"]).iloc[0]
            rows.append(
                (
                    cut.topics[i].topic_id,
                    rank,
                    f"{fields['article_id']}-{passage + 1:03d}",
                    fields["article_id"],
                    fields["source"],
                    round(1 - cosine, 4),
                    index.passages(at)[passage],
                    fields["source_id"],
                    cut.topics[i].label,
                )
            )
    return exemplars.frame(rows)


def _typical(
    index: Index, slices: NDArray[np.int64], near: NDArray[np.float16]
) -> list[tuple[int, int, float]]:
    """Article, passage in it, and cosine of typical passages of ``slices``, each of an article of
    its own: places by D'Hondt, the leaves' words their votes."""
    leaves, leaf = np.unique(index.slice_leaf[slices], return_inverse=True)
    votes = np.bincount(leaf, index.slice_words[slices], len(leaves))
    places, found = np.zeros(len(leaves), dtype=np.int64), dict[int, tuple[int, int, float]]()
    nearest: dict[int, Iterator[tuple[int, int, float]]] = {}
    while len(found) < N_EXEMPLARS and (votes > 0).any():
        first = int(np.argmax(votes / (places + 1)))
        if first not in nearest:
            own = leaf == first
            nearest[first] = iter(_nearest(index, slices[own], near[own]))
        one = next(nearest[first], None)
        if one is None:
            votes[first] = 0
        elif one[0] not in found:
            found[one[0]] = one
            places[first] += 1
    return list(found.values())


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
    near = np.where(index.passage_slices(article) == of_slice, index.passage_near(article), -1)
    return int(near.argmax()), float(near.max())


MAP_METHOD = """
TF-IDF vectors of whole articles, reduced (LSA) and laid out by t-SNE (van der Maaten and Hinton
2008) so that each is near those it is most like. What is near is alike; distances between groups,
and the axes, mean nothing. Only articles that were read to find the topics have a place.
"""


@table(
    "topic_map",
    row="an article in scope that was read to find the topics, by topic and id; only in a corpus "
    "of 100 articles or more",
    columns={
        "article_id": ARTICLE_ID,
        "x": "place on the map; the axes have no meaning",
        "y": "place on the map",
        "topic_id": "id of the topic of most of its words",
        "share": "share of its words on that topic (0 to 1)",
    },
    method=MAP_METHOD,
)
def topic_map(index: Index, scope: Scope) -> pd.DataFrame:
    """A map on which articles with similar wording are close together (see ``fitting.map``); large
    distances have no meaning."""
    articles, places = index.map_places
    shown = scope.article_mask(index)[articles]
    articles, places = articles[shown], places[shown]
    if not len(articles):
        return topic_map.frame()
    place = np.full(index.n_articles, -1, dtype=np.int64)
    place[articles] = np.arange(len(articles))
    row = place[index.slice_article]
    chosen = row >= 0
    cut = scope.cut(index)
    n_topics = len(cut.topics)
    words = np.bincount(
        row[chosen] * n_topics + cut.slice_topic[chosen],
        index.slice_words[chosen],
        len(articles) * n_topics,
    ).reshape(-1, n_topics)
    main = words.argmax(axis=1)
    places_of = topic_map.frame(
        {
            "article_id": index.article_rows(articles, ["article_id"])["article_id"],
            "x": places[:, 0].astype(float),
            "y": places[:, 1].astype(float),
            "topic_id": cut.topic_ids[main],
            "share": words.max(axis=1) / np.maximum(words.sum(axis=1), 1),
        }
    )
    if scope.topics:
        places_of = places_of[places_of["topic_id"].isin(scope.topics)]
    return places_of.sort_values(["topic_id", "article_id"], kind="stable").reset_index(drop=True)


@table(
    "topic_changes",
    row="what the last `--refit` made of a topic, at the default number of topics",
    columns={
        "change": "`same`, `split`, `merged`, `appeared` or `vanished`",
        "old_id": "id of the topic before; null: none",
        "old_label": "its name; null: none",
        "new_id": "id of the topic now; null: none",
        "new_label": "its name; null: none",
        "similarity": "cosine of the two (-1 to 1); null unless `same`",
    },
)
def topic_changes(index: Index, scope: Scope) -> pd.DataFrame:
    """What became of the topics before, whatever the scope. No rows where topics were found
    once."""
    changes = topic_changes.frame(index.topic_changes)
    return changes.sort_values(["change", "old_id", "new_id"], kind="stable").reset_index(drop=True)


DRIFT_METHOD = """
**Divergence** (Jensen and Shannon; 0 the same, 1 nothing in common) between the mix of the finest
topics when they were found and the mix of what was added since. Chance alone gives some: the figure
in brackets, for that many articles on one topic each. Topics stay as they are until they are asked
for anew; the same ones then keep their names and links.
"""


@table(
    "topic_drift",
    row="the articles that came after the topics were found; none where none came",
    columns={
        "n_articles_fitted": "articles when the topics were found",
        "n_articles_since": "articles added since",
        "divergence": "between the two mixes of the finest topics (Jensen & Shannon, in bits: 0 "
        "the same, 1 nothing shared)",
        "expected": "what chance alone gives for so many articles (bits, at most 1)",
        "no_topic_fitted": "share of the words on no topic when they were found (0 to 1)",
        "no_topic_since": "share of the words on no topic in what was added (0 to 1)",
    },
    method=DRIFT_METHOD,
)
def topic_drift(index: Index, scope: Scope) -> pd.DataFrame:
    """How the articles that came since differ, whatever the scope; empty where topics were given,
    which what came since has none of. What was taken out counts where
    it stood. Divergence: Lin 1991; ``expected`` takes each article as being on one topic."""
    fit = index.fit
    then, since = np.asarray(fit.leaf_words, float), np.asarray(fit.leaf_words_added, float)
    if fit.given or not since.sum() or not then.sum():
        return topic_drift.frame()
    p, q = then / then.sum(), since / since.sum()
    middle = (p + q) / 2

    def bits(part: NDArray[np.float64]) -> float:
        some = part > 0
        return float((part[some] * np.log2(part[some] / middle[some])).sum())

    used = int((middle > 0).sum())
    n_then, n_since = fit.n_articles, fit.n_added
    expected = min((used - 1) / (8 * np.log(2)) * (1 / n_then + 1 / n_since), 1.0)
    return topic_drift.frame([(n_then, n_since, (bits(p) + bits(q)) / 2, expected, p[-1], q[-1])])
