"""Mixes of topics: which intervals lie apart."""

import pandas as pd

from dashboard.index.topics.nodes import OTHER_ID
from dashboard.measures.statistics.mixes import ARTICLES, PASSAGES, intervals_apart

ROWS = pd.DataFrame(
    [
        ("a", "ports", 0.1, 0.2, ARTICLES),
        ("b", "ports", 0.3, 0.4, ARTICLES),
        ("c", "ports", 0.7, 0.9, PASSAGES),  # too few articles to be judged
        ("a", "rail", 0.1, 0.3, ARTICLES),
        ("b", "rail", 0.3, 0.4, ARTICLES),  # they touch
        ("a", "tax", 0.0, 0.1, ARTICLES),
        ("b", "tax", 0.5, 0.9, ARTICLES),
        ("a", OTHER_ID, 0.0, 0.1, ARTICLES),
        ("b", OTHER_ID, 0.5, 0.9, ARTICLES),
    ],
    columns=["source_id", "topic_id", "ci_low", "ci_high", "interval_unit"],
)


def test_intervals_that_lie_apart_are_found_the_widest_gap_first() -> None:
    assert intervals_apart(ROWS, ["a", "b", "c"]) == ["tax", "ports"]


def test_of_one_source_or_none_nothing_lies_apart() -> None:
    assert intervals_apart(ROWS, ["a"]) == []
    assert intervals_apart(ROWS, []) == []
    assert intervals_apart(ROWS.iloc[:0], ["a", "b"]) == []
