"""Prominence: what a source puts first, and what it buries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.index import Index
from dashboard.index.topics.nodes import OTHER_ID
from dashboard.measures.columns import KNOWN_SOURCE, KNOWN_SOURCE_ID, TOPIC, TOPIC_ID
from dashboard.measures.registry import table
from dashboard.measures.topics import asserted
from dashboard.scope import Scope

DECAY = 5.0  # passages after which a word counts for 1/e of one at the top
FIRST, LATE = 0.2, 0.5  # places in an article: before the one is at the top, after the other low
_LEAST_FIRST = 2  # sources that put a topic first, for another to bury it

PROMINENCE_METHOD = """
**Share at the top**: the topic's share of a source's words where each word counts e^(−r/5), r being
the passages before its own. Beside the plain share it says whether a topic stands early or late.
**Place**: how far into an article its first passage on the topic stands (0 the top, 1 the end), on
average over the articles of two passages or more that touch it. A topic is **first** with a source
at a place below .2, and **buried** at .5 or later where at least two other sources have it first.
"""


@table(
    "prominence",
    row="a known source and a topic that it touches",
    columns={
        "source": KNOWN_SOURCE,
        "topic_id": TOPIC_ID,
        "share": "share of the source's words on the topic (0 to 1)",
        "share_at_top": "the same with words at the top of an article counting more (0 to 1)",
        "place": "mean place of the first passage on it in an article (0 the top, 1 the end); "
        "null: no article of two passages touches it",
        "n_articles": "articles of two passages or more that touch it",
        "standing": "`first`, `buried`, or null: neither",
        **KNOWN_SOURCE_ID,
        "topic": TOPIC,
    },
    method=PROMINENCE_METHOD,
)
def prominence(index: Index, scope: Scope) -> pd.DataFrame:
    """What each known source in scope puts first; no rows for an empty scope. Other is left out."""
    sums = _sums(index, scope)
    wanted = [i for i in scope.topic_positions(index) if sums.topic_ids[i] != OTHER_ID]
    topics = np.asarray(wanted, dtype=np.int64)
    shown = np.flatnonzero(sums.words.sum(axis=1))
    if not len(shown) or not len(topics):
        return prominence.frame()
    cells = np.ix_(shown, topics)
    words, n = sums.words[cells], sums.n_articles[cells]
    with np.errstate(divide="ignore", invalid="ignore"):
        place = np.where(n > 0, sums.places[cells] / n, np.nan)
        share = words / sums.words[shown].sum(axis=1, keepdims=True)
        at_top = sums.weighted[cells] / sums.weighted[shown].sum(axis=1, keepdims=True)
    first = place < FIRST
    others_first = first.sum(axis=0) - first
    buried = (place >= LATE) & (others_first >= _LEAST_FIRST)
    standing = np.full(place.shape, None, dtype=object)
    standing[buried], standing[first] = "buried", "first"
    row, column = np.nonzero(words)
    return prominence.frame(
        {
            "source": index.source_names[shown[row]],
            "topic_id": sums.topic_ids[topics[column]],
            "share": asserted(index, share[row, column]),
            "share_at_top": asserted(index, at_top[row, column]),
            "place": place[row, column],
            "n_articles": n[row, column].astype(np.int64),
            "standing": standing[row, column],
            "source_id": index.source_ids[shown[row]],
            "topic": scope.cut(index).labels[topics[column]],
        }
    )


@dataclass(frozen=True)
class _Sums:
    """By source and topic: ``words``; ``weighted`` by their place; ``n_articles`` that are placed
    and touch it; ``places``, summed over these. ``topic_ids``: (n_topics,)."""

    topic_ids: NDArray[np.object_]
    words: NDArray[np.float64]
    weighted: NDArray[np.float64]
    n_articles: NDArray[np.float64]
    places: NDArray[np.float64]


def _sums(index: Index, scope: Scope) -> _Sums:
    """Passage by passage, a segment at a time."""
    cut = scope.cut(index)
    mask = scope.without_topics().article_mask(index) & (index.source_of >= 0)
    n_topics = len(cut.topics)
    shape = (len(index.sources), n_topics)
    words, weighted, n_articles, places = (np.zeros(shape) for _ in range(4))
    for segment in index.segments:
        bounds = segment.arrays["article_passages"]
        n_passages = np.diff(bounds)
        article = np.repeat(np.arange(len(n_passages)), n_passages)
        chosen = np.flatnonzero(mask[segment.first_article + article])
        article, slices = article[chosen], segment.arrays["passage_slice"][chosen]
        topic = cut.slice_topic[slices + segment.first_slice]
        rank = chosen - bounds[article]
        length = np.diff(segment.arrays["offsets"])[chosen].astype(np.float64)
        source = index.source_of[segment.first_article + article].astype(np.int64)
        cell = source * n_topics + topic
        words += np.bincount(cell, length, words.size).reshape(shape)
        weight = length * np.exp(-rank / DECAY)
        weighted += np.bincount(cell, weight, words.size).reshape(shape)
        _, first = np.unique(article.astype(np.int64) * n_topics + topic, return_index=True)
        first = first[n_passages[article[first]] > 1]
        at = rank[first] / (n_passages[article[first]] - 1)
        n_articles += np.bincount(cell[first], minlength=words.size).reshape(shape)
        places += np.bincount(cell[first], at, words.size).reshape(shape)
    return _Sums(cut.topic_ids, words, weighted, n_articles, places)
