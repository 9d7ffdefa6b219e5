"""Measures: (index, scope) → a small tidy table. ``TABLES`` has every one that can be exported."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from dashboard.measures import coverage, search, sources, topic_details, topics, trends

Measure = Callable[..., pd.DataFrame]

TABLES: dict[str, Measure] = {
    "articles": coverage.articles,
    "summary": coverage.summary,
    "coverage": coverage.coverage,
    "lines": coverage.lines,
    "fields": coverage.fields,
    "search": search.search,
    "passages": search.passages,
    "sentences": search.sentences,
    "concordance": search.concordance,
    "topics": topics.topics,
    "topic_terms": topics.topic_terms,
    "topic_trends": topics.topic_trends,
    "topic_tree": topic_details.topic_tree,
    "topic_map": topic_details.topic_map,
    "topic_changes": topic_details.topic_changes,
    "topic_drift": topic_details.topic_drift,
    "similar_topics": topic_details.similar_topics,
    "exemplars": topic_details.exemplars,
    "article_topics": topics.article_topics,
    "source_topics": sources.source_topics,
    "keyness": sources.keyness,
    "trends": trends.trends,
}
# Measures that count keywords take them as ``keywords=``.
KEYWORD_TABLES = frozenset({"concordance", "trends"})
