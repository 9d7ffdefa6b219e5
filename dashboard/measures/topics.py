"""Topics: what the text in scope is about, in shares of its words."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.index.counts.topic_mix import mix_sums
from dashboard.index.index import Index
from dashboard.index.topics import model as topic_model
from dashboard.index.topics.nodes import OTHER_ID, OTHER_KIND, Topic
from dashboard.measures.mixes import mixes
from dashboard.measures.periods import Periods
from dashboard.scope import Scope

TOPIC_COLUMNS = [
    "topic_id", "label", "share", "n_passages", "reliability", "reliability_word", "n_words",
    "ci_low", "ci_high", "interval_unit", "kind", "parent", "size",
]  # fmt: skip
TERM_COLUMNS = ["topic_id", "rank", "term", "weight", "lift", "relevance", "count"]
TREND_COLUMNS = [
    "period", "topic_id", "share", "n_words", "n_period_words", "n_articles", "ci_low", "ci_high",
    "interval_unit",
]  # fmt: skip
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
    filter leaves rows out and keeps the denominator); ci_low, ci_high, interval_unit: see
    ``mixes``. n_words, n_passages: of the topic, in scope; size: its passages in the corpus.
    kind: ``theme``, ``template`` (wording of one house) or ``other``; parent: id of the node of
    ``topic_tree`` that it merges into. reliability: 0 to 1, of the fit, the same in every scope;
    reliability_word what to make of it.
    """
    articles = scope.without_topics().article_mask(index)
    sums = mix_sums(index, np.where(articles, 0, -1), 1)
    chosen = np.asarray(scope.topic_positions(index), dtype=np.int64)
    if not sums.words[0] or not len(chosen):
        return pd.DataFrame(columns=TOPIC_COLUMNS)
    found = mixes(sums, np.zeros(1, dtype=np.int64), chosen)
    listed = [index.topics[i] for i in chosen]
    table = pd.DataFrame(
        {
            "topic_id": [t.topic_id for t in listed],
            "label": [t.label for t in listed],
            "share": found.share[0],
            "n_passages": sums.n_passages[0, chosen].astype(np.int64),
            "reliability": [t.reliability for t in listed],
            "reliability_word": [reliability_word(t.reliability, t.n_passages) for t in listed],
            "n_words": sums.topic_words[0, chosen].astype(np.int64),
            "ci_low": found.ci_low[0],
            "ci_high": found.ci_high[0],
            "interval_unit": str(found.units[0, 0]),
            "kind": [t.kind for t in listed],
            "parent": pd.Series([t.parent for t in listed], dtype=object),
            "size": [t.n_passages for t in listed],
        }
    )
    last = table["topic_id"] == OTHER_ID
    order = np.lexsort((table["topic_id"], -table["share"], last))
    return table.iloc[order].reset_index(drop=True)[TOPIC_COLUMNS]


def topic_terms(index: Index, scope: Scope, relevance: float | None = None) -> pd.DataFrame:
    """``TERM_COLUMNS``: the terms that tell each topic, of the whole corpus; the scope only picks
    topics.

    weight: the term's share of the uses of the topic's terms (0 to 1); lift: that over its share of
    the corpus; relevance: λ ln weight + (1 - λ) ln lift (Sievert & Shirley 2014), λ being .6
    unless given; count: uses in the topic. Without ``relevance`` up to 30 single words and the
    phrases between them, in the order of ``topic_words.rank_words``; with it, from 0 to 1, the 40
    terms of most relevance. Raises ValueError for another.
    """
    if relevance is not None and not 0 <= relevance <= 1:
        raise ValueError(f"relevance {relevance} is not between 0 and 1")
    model, tables = None, []
    for i in scope.topic_positions(index):
        topic = index.topics[i]
        if topic.kind == OTHER_KIND:
            continue
        model = model or index.topic_model
        table = (
            topic_model.topic_terms(model, topic.node)
            if relevance is None
            else topic_model.relevant_terms(model, topic.node, relevance)
        )
        tables.append(table.assign(topic_id=topic.topic_id))
    if not tables:
        return pd.DataFrame(columns=TERM_COLUMNS)
    return pd.concat(tables, ignore_index=True)[TERM_COLUMNS]


def topic_trends(index: Index, scope: Scope) -> pd.DataFrame:
    """``TREND_COLUMNS``: the mix of topics over time, one row for each period with articles in
    scope and each topic.

    period: as in ``trends``, None for undated articles. share: n_words / n_period_words, summing
    to one per period over all topics; ci_low, ci_high, interval_unit: see ``mixes``. n_articles:
    of the period.
    """
    periods = Periods.of(index, scope)
    articles = scope.without_topics().article_mask(index)
    sums = mix_sums(index, np.where(articles, periods.number, -1), len(periods.names))
    shown = np.flatnonzero(sums.words)
    topics = np.asarray(scope.topic_positions(index), dtype=np.int64)
    if not len(shown) or not len(topics):
        return pd.DataFrame(columns=TREND_COLUMNS)
    found, cells = mixes(sums, shown, topics), np.ix_(shown, topics)
    topic_ids = np.asarray([index.topics[i].topic_id for i in topics], dtype=object)
    return pd.DataFrame(
        {
            "period": np.repeat(periods.names[shown], len(topics)),
            "topic_id": np.tile(topic_ids, len(shown)),
            "share": found.share.ravel(),
            "n_words": sums.topic_words[cells].ravel().astype(np.int64),
            "n_period_words": np.repeat(sums.words[shown], len(topics)).astype(np.int64),
            "n_articles": np.repeat(sums.n_articles[shown], len(topics)).astype(np.int64),
            "ci_low": found.ci_low.ravel(),
            "ci_high": found.ci_high.ravel(),
            "interval_unit": np.repeat(found.units[:, 0], len(topics)),
        }
    )


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
