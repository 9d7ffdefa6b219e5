"""Small tables of the shapes that measures give."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.parts.theme import SourceStyle

NAMES = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta"]


def id_of(name: str) -> str:
    """The id of a source, which no chart shows."""
    return f"id-{name.lower()}"


def with_ids(table: pd.DataFrame) -> pd.DataFrame:
    """The table as measures give it, with an id beside each name of a source."""
    ids = [id_of(name) if isinstance(name, str) else None for name in table["source"]]
    return table.assign(source_id=pd.Series(ids, index=table.index, dtype=object))


@pytest.fixture
def styles() -> dict[str, SourceStyle]:
    return {id_of(name): SourceStyle(name, rank) for rank, name in enumerate(NAMES, start=1)}


@pytest.fixture
def topics() -> pd.DataFrame:
    return pd.DataFrame(
        [
            ("belt-road", "Belt and Road", 0.5, 20, "stable"),
            ("energy", "Energy <b>& oil</b>", 0.3, 12, "tentative"),
            ("chips", "Chips", 0.2, 8, "exploratory"),
        ],
        columns=["topic_id", "label", "share", "n_passages", "reliability_word"],
    )


@pytest.fixture
def source_topics() -> pd.DataFrame:
    rows = [
        ("Beta", "belt-road", 0.25, 0.1, 0.4),
        ("Beta", "energy", 0.75, 0.6, 0.9),
        ("Alpha", "belt-road", 0.5, None, None),
        ("Alpha", "energy", 0.004, 0.0, 0.01),
        ("Alpha", "chips", 0.496, 0.3, 0.7),
        (None, "chips", 1.0, 0.9, 1.0),
    ]
    table = pd.DataFrame(rows, columns=["source", "topic_id", "share", "ci_low", "ci_high"])
    return with_ids(table).assign(n_words=100, n_source_words=400, n_passages=5)


@pytest.fixture
def trends() -> pd.DataFrame:
    rows = [
        ("2024-05-16", "Alpha", 2, 1, 1, 500),
        ("2024-05-16", "Beta", 0, 2, 0, 800),
        ("2025-11-04", "Beta", 1, 1, 1, 200),
        (None, None, 3, 1, 1, 300),
    ]
    table = pd.DataFrame(
        rows, columns=["period", "source", "count", "n_articles", "n_with", "n_words"]
    )
    return with_ids(table).assign(
        keyword="no limits",
        per_10k=1e4 * table["count"] / table["n_words"],
        share=table["n_with"] / table["n_articles"],
    )
