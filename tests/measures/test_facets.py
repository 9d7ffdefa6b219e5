"""What each choice of a filter would show beside the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import Index, open_index
from dashboard.measures.facets import facets
from dashboard.scope import UNDATED, UNKNOWN_SOURCE, Scope

CORPUS = [
    ("Le Monde", "2023-02-03"),
    ("Le Monde", "2023-11-12"),
    ("Le Monde", ""),
    ("Die Zeit", "2023-02-04"),
    ("Die Zeit", "2024-06-07"),
    ("", "2024-06-30"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    place = tmp_path_factory.mktemp("facets")
    rows = [
        f'{source},{day},Titre {i},"Le conseil de la ville {i} a voté. La grève {i} continue."'
        for i, (source, day) in enumerate(CORPUS)
    ]
    text = "\n".join(["source,date,title,text", *rows])
    (place / "presse.csv").write_text(text, encoding="utf-8")
    build_index([place / "presse.csv"], place / "index")
    return open_index(place / "index")


def counts(table: pd.DataFrame, name: str) -> dict[str, int]:
    rows = table[table["filter"] == name]
    assert len(rows)
    return dict(zip(rows["choice"], rows["n_articles"], strict=True))


def test_every_choice_has_its_number(index: Index) -> None:
    table = facets(index, Scope())
    assert counts(table, "source") == {"le-monde": 3, "die-zeit": 2, UNKNOWN_SOURCE: 1}
    assert counts(table, "dates") == {
        "recent": 2,
        "2023": 3,
        "2024": 2,
        "2023-Q1": 2,
        "2023-Q4": 1,
        "2024-Q2": 2,
        UNDATED: 1,
    }


def test_a_filter_does_not_count_against_its_own_choices(index: Index) -> None:
    chosen = facets(index, Scope(sources=("die-zeit",), date_from=date(2024, 1, 1)))
    assert counts(chosen, "source") == {"le-monde": 0, "die-zeit": 1, UNKNOWN_SOURCE: 1}
    assert counts(chosen, "dates")["2023"] == 1


def test_the_number_is_what_the_choice_shows(seeds_index: Index) -> None:
    scope = Scope(query="trade")
    table = facets(seeds_index, scope)
    for topic, n in counts(table, "topic").items():
        assert replace(scope, topics=(topic,)).article_mask(seeds_index).sum() == n
    for source, n in counts(table, "source").items():
        assert replace(scope, sources=(source,)).article_mask(seeds_index).sum() == n
