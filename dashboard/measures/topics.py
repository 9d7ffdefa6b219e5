"""Topics: what the text in scope is about, in shares of its words."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.store import Index
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
    words, passages = topic_words(index, scope.without_topics().passage_mask(index))
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
    """Words and passages per topic (n_topics,) over the passages in ``mask``."""
    topic = index.topic_of[mask]
    words = np.bincount(topic, index.n_words[mask], len(index.topics)).astype(np.int64)
    return words, np.bincount(topic, minlength=len(index.topics)).astype(np.int64)


def topic_terms(index: Index, scope: Scope) -> pd.DataFrame:
    """``TERM_COLUMNS``: up to 30 terms a topic by weight x lift (H squared over its mean across
    topics), of the whole corpus; the scope only picks topics."""
    table: pd.DataFrame = index.topic_terms
    if scope.topics:
        table = table[table["topic_id"].isin(scope.topics)]
    return table[TERM_COLUMNS].reset_index(drop=True)


def article_topics(index: Index, scope: Scope) -> pd.DataFrame:
    """``ARTICLE_TOPIC_COLUMNS``: share of each article's words in each topic it touches."""
    mask = scope.without_topics().passage_mask(index)
    n_topics = max(len(index.topics), 1)
    key = index.article_of[mask] * n_topics + index.topic_of[mask]
    words = np.bincount(key, index.n_words[mask], len(index.articles) * n_topics)
    grid = words.reshape(len(index.articles), n_topics)
    article, topic = np.nonzero(grid)
    total = grid.sum(axis=1)
    ids = index.articles["article_id"].to_numpy(dtype=object)
    topic_ids = np.asarray([t.topic_id for t in index.topics], dtype=object)
    table = pd.DataFrame(
        {
            "article_id": ids[article],
            "topic_id": topic_ids[topic] if len(topic_ids) else [],
            "share": grid[article, topic] / total[article],
        },
        columns=ARTICLE_TOPIC_COLUMNS,
    )
    if scope.topics:
        table = table[table["topic_id"].isin(scope.topics)]
    return table.reset_index(drop=True)
