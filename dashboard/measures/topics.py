"""Topics: what the text in scope is about, in shares of its words."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.opened import Index, Topic
from dashboard.scope import Scope

TOPIC_COLUMNS = [
    "topic_id", "label", "share", "n_passages", "reliability", "reliability_word", "n_words",
]  # fmt: skip
TERM_COLUMNS = ["topic_id", "rank", "term", "weight"]
ARTICLE_TOPIC_COLUMNS = ["article_id", "topic_id", "share"]

STABLE, TENTATIVE = 0.6, 0.3
STABLE_PASSAGES, TENTATIVE_PASSAGES = 60, 25


def reliability_word(reliability: float, n_passages: int) -> str:
    """``stable``, ``tentative`` or ``exploratory``.

    A topic must come back when passages are left out (see ``fit_topics``) and rest on enough of
    them: on a handful, even a theme that always returns is an impression, not a finding.
    """
    if reliability >= STABLE and n_passages >= STABLE_PASSAGES:
        return "stable"
    if reliability >= TENTATIVE and n_passages >= TENTATIVE_PASSAGES:
        return "tentative"
    return "exploratory"


def topics(index: Index, scope: Scope) -> pd.DataFrame:
    """``TOPIC_COLUMNS``, largest share first, Other last.

    share: of the words of the articles in scope (0 to 1; over all topics they sum to one, a topic
    filter leaves rows out and keeps the denominator). n_words, n_passages: of the topic, in scope.
    reliability: 0 to 1, of the fit, the same in every scope; reliability_word what to make of it.
    """
    words, passages = topic_words(index, scope.without_topics().slice_mask(index))
    total = words.sum()
    rows = [
        (
            t.topic_id,
            t.label,
            words[i] / total,
            passages[i],
            t.reliability,
            reliability_word(t.reliability, t.n_passages),
            words[i],
        )
        for i, t in enumerate(index.topics)
        if total and (not scope.topics or t.topic_id in scope.topics)
    ]
    table = pd.DataFrame(rows, columns=TOPIC_COLUMNS).astype(
        {"share": float, "n_passages": int, "reliability": float, "n_words": int}
    )
    table["_other"] = table["topic_id"] == "other"
    table = table.sort_values(
        ["_other", "share", "topic_id"], ascending=[True, False, True], kind="stable"
    )
    return table[TOPIC_COLUMNS].reset_index(drop=True)


def topic_words(
    index: Index, mask: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Words and passages per topic (n_topics,) over the slices in ``mask``."""
    topic = index.slice_topic[mask]
    words = np.bincount(topic, index.slice_words[mask], len(index.topics)).astype(np.int64)
    passages = np.bincount(topic, index.slice_passages[mask], len(index.topics))
    return words, passages.astype(np.int64)


def topic_terms(index: Index, scope: Scope) -> pd.DataFrame:
    """``TERM_COLUMNS``: the terms that tell each topic, up to 30 single words among them, in the
    order of ``topic_words.rank_words``; of the whole corpus, the scope only picks topics. weight:
    the term's share of the uses of the topic's terms (0 to 1)."""
    table: pd.DataFrame = index.topic_terms
    if scope.topics:
        table = table[table["topic_id"].isin(scope.topics)]
    return table[TERM_COLUMNS].reset_index(drop=True)


def article_mix(index: Index, position: int) -> list[tuple[Topic, float]]:
    """Topics of one article with their share of its words, the largest first."""
    topic, n_words = index.passage_topics(position)
    words = np.bincount(topic, n_words, len(index.topics))
    order = np.argsort(-words, kind="stable")
    return [(index.topics[i], float(words[i] / words.sum())) for i in order if words[i] > 0]


def article_topics(index: Index, scope: Scope) -> pd.DataFrame:
    """``ARTICLE_TOPIC_COLUMNS``: share of each article's words in each topic it touches."""
    mask = scope.without_topics().slice_mask(index)
    n_topics = max(len(index.topics), 1)
    key = index.slice_article[mask].astype(np.int64) * n_topics + index.slice_topic[mask]
    cells, at = np.unique(key, return_inverse=True)
    words = np.bincount(at, index.slice_words[mask], len(cells))
    article, topic = cells // n_topics, cells % n_topics
    total = np.bincount(article, words)
    wanted = np.isin(topic, scope.topic_positions(index)) & (words > 0)
    article, topic, words = article[wanted], topic[wanted], words[wanted]
    rows = index.article_rows(np.unique(article), ["article_id", "file", "row"])
    place = np.empty(len(rows), dtype=np.int64)
    place[rows.sort_values(["file", "row", "article_id"], kind="stable").index] = np.arange(
        len(rows)
    )
    number = np.searchsorted(np.unique(article), article)
    order = np.lexsort((topic, place[number]))
    topic_ids = np.asarray([t.topic_id for t in index.topics], dtype=object)
    return pd.DataFrame(
        {
            "article_id": rows["article_id"].to_numpy()[number[order]],
            "topic_id": topic_ids[topic[order]] if len(order) else [],
            "share": words[order] / total[article[order]],
        },
        columns=ARTICLE_TOPIC_COLUMNS,
    )
