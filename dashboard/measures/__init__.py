"""Measures: (index, scope) → a small tidy table. ``TABLES`` has every one that can be exported."""

from dashboard.measures import (
    articles,
    coverage,
    facets,
    keyness,
    search,
    sources,
    topic_details,
    topics,
    trends,
)
from dashboard.measures.registry import TABLES

__all__ = [
    "TABLES",
    "articles",
    "coverage",
    "facets",
    "keyness",
    "search",
    "sources",
    "topic_details",
    "topics",
    "trends",
]
