"""Independent sources: all of them where nothing is shared, one where all is."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.counts.independence import effective_sources
from dashboard.index.index import Index, open_index
from dashboard.measures.coverage import summary
from dashboard.measures.events.stories import story_list
from dashboard.measures.findings import overview
from dashboard.measures.topics import topics
from dashboard.scope import Scope
from dashboard.ui.tables import rows_of
from dashboard.wording import independent
from tests.measures.events.test_copies import sentences


def build(folder: Path, rows: list[tuple[str, list[str]]]) -> Index:
    """Articles of these sources and sentences of 14 words."""
    with (folder / "rows.csv").open("w", newline="", encoding="utf-8") as handle:
        table = csv.writer(handle)
        table.writerow(["title", "text", "source"])
        for n, (source, text) in enumerate(rows):
            table.writerow([f"Report {n}", " ".join(text), source])
    build_index([folder / "rows.csv"], folder / "index")
    return open_index(folder / "index")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Of ten sentences each: A and B have the same wire report in two orders, C half of it, D, E
    and one of no known source what is their own; A has two more of its own."""
    wire = sentences("wire", 10)
    return build(
        tmp_path_factory.mktemp("sources"),
        [
            ("A", wire),
            ("B", wire[::-1]),
            ("C", [*wire[:5], *sentences("c", 5)]),
            ("D", sentences("d", 10)),
            ("E", sentences("e", 10)),
            ("", sentences("f", 10)),
            ("A", sentences("g", 20)),
        ],
    )


def of(index: Index, *names: str) -> float:
    ids = {s.name: s.source_id for s in index.sources}
    scope = Scope(sources=tuple(ids[name] for name in names))
    return effective_sources(index, np.flatnonzero(scope.article_mask(index)))


def test_nothing_shared_is_all_of_them_and_the_same_text_one(index: Index) -> None:
    assert of(index, "D", "E") == 2
    assert of(index, "D") == 1
    assert of(index, "A", "B") == pytest.approx(1, abs=0.02)
    assert effective_sources(index, np.zeros(0, dtype=np.int64)) == 0


def test_part_of_the_text_is_part_of_a_source(index: Index) -> None:
    # Half of C stands in B: R = .5, and 4 / (2 + 2 x .5).
    assert of(index, "B", "C") == pytest.approx(4 / 3, abs=0.02)
    # The smaller one of A and C is C.
    assert of(index, "A", "C") == pytest.approx(4 / 3, abs=0.02)
    # n = 5; R is 1 for A and B, .5 for A and C, B and C.
    assert of(index, *"ABCDE") == pytest.approx(25 / (5 + 2 * (1 + 0.5 + 0.5)), abs=0.05)


def test_it_stands_beside_the_number_of_sources_where_it_differs(index: Index) -> None:
    assert " · 5 sources, 2.8 independent and 1 article of unknown source · " in Scope().describe(
        index
    )
    only = Scope(sources=("d", "e"))
    assert " · 2 sources · " in only.describe(index)
    found = next(rows_of(summary(index, Scope())))
    assert found.effective_sources == pytest.approx(2.78, abs=0.02)
    assert "amount to 2.8 independent ones" in overview(found, topics(index, Scope())).standfirst
    alone = next(rows_of(summary(index, only)))
    assert "independent" not in overview(alone, topics(index, only)).standfirst
    assert next(rows_of(summary(index, replace(only, copies_once=True)))).effective_sources == 2


@pytest.mark.parametrize(
    ("n", "effective", "said"),
    [
        (14, 11.23, ", 11.2 independent"),
        (14, 14.0, ""),
        (2, 1.95, ""),
        (231, 230.0, ""),
        (231, 228.0, ", 228.0 independent"),
        (3, None, ""),
    ],
)
def test_a_difference_that_is_none_is_not_said(n: int, effective: float | None, said: str) -> None:
    assert independent(n, effective) == said


def test_a_story_has_the_same_number_in_every_table(index: Index) -> None:
    stories = story_list(index, Scope())
    assert (stories["n_sources"] - stories["n_effective"]).max() > 0.5
    for row in rows_of(stories):
        found = next(rows_of(summary(index, Scope(story=row.story_id))))
        assert row.n_effective == pytest.approx(found.effective_sources, abs=0.006)
