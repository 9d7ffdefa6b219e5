"""Mixes of topics: which intervals lie apart."""

import pandas as pd

from dashboard.index.topics.nodes import OTHER_ID
from dashboard.measures.statistics.mixes import (
    ARTICLES,
    PASSAGES,
    intervals_apart,
    separating_topics,
)

ROWS = pd.DataFrame(
    [
        ("a", "ports", 0.1, 0.2, ARTICLES),
        ("b", "ports", 0.3, 0.4, ARTICLES),
        ("c", "ports", 0.7, 0.9, PASSAGES),  # too few articles to be judged
        ("a", "rail", 0.1, 0.3, ARTICLES),
        ("b", "rail", 0.3, 0.4, ARTICLES),  # they touch
        ("a", "tax", 0.0, 0.1, ARTICLES),
        ("b", "tax", 0.5, 0.9, ARTICLES),
        ("a", "odds", 0.0, 0.1, ARTICLES),
        ("b", "odds", 0.5, 0.9, ARTICLES),
        ("a", OTHER_ID, 0.0, 0.1, ARTICLES),
        ("b", OTHER_ID, 0.5, 0.9, ARTICLES),
    ],
    columns=["source_id", "topic_id", "ci_low", "ci_high", "interval_unit"],
)

WORDS = {
    "ports": "stable",
    "rail": "stable",
    "tax": "tentative",
    "odds": "mixed",
    OTHER_ID: "stable",
}
TOPICS = pd.DataFrame({"topic_id": list(WORDS), "reliability_word": list(WORDS.values())})


def test_intervals_that_lie_apart_are_found_the_widest_gap_first() -> None:
    assert intervals_apart(ROWS, TOPICS, ["a", "b", "c"]) == ["tax", "ports"]


def test_of_one_source_or_none_nothing_lies_apart() -> None:
    assert intervals_apart(ROWS, TOPICS, ["a"]) == []
    assert intervals_apart(ROWS, TOPICS, []) == []
    assert intervals_apart(ROWS.iloc[:0], TOPICS, ["a", "b"]) == []


def test_only_themes_tell_sources_apart() -> None:
    rows = pd.DataFrame(
        {"topic_id": ["ports", "rail", "odds", OTHER_ID, "tax"], "q": [0.05, 0.06, 0, 0, 0.01]}
    ).assign(residual=[2.0, 9.0, 9.0, 9.0, -3.0])
    assert separating_topics(rows, TOPICS) == ["tax", "ports"]
    assert separating_topics(rows.iloc[:0], TOPICS) == []
