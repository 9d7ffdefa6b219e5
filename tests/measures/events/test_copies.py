"""Pairs that share text: in scope, with who could have had it first only where dates say it."""

from __future__ import annotations

import csv
import random
from datetime import date
from pathlib import Path

import pytest

from dashboard.index.building.build import build_index
from dashboard.index.building.change import add_articles
from dashboard.index.index import Index, open_index
from dashboard.measures.events.copies import copies
from dashboard.scope import Scope

_SYLLABLES = "ka lo mi ren sto va tir des pol gan hu bre".split()


def sentences(seed: str, n: int) -> list[str]:
    """Sentences of made-up words, others for each seed."""
    rng = random.Random(seed)
    words = ["".join(rng.choices(_SYLLABLES, k=3)) for _ in range(400)]
    return [" ".join(rng.choices(words, k=14)).capitalize() + "." for _ in range(n)]


def write_copies(path: Path, first: int = 0, last: int = 99) -> Path:
    """A wire report of 20 sentences in four outlets, two reports that share a third, and others."""
    wire, shared = sentences("wire", 20), sentences("shared", 6)
    rows = [
        ("Wire report", wire, "Agency", "2024-03-02"),
        ("Wire report, cut", [*sentences("lede", 1), *wire[:12]], "Herald", "2024-03-03"),
        ("Wire report, turned round", wire[::-1], "Tribune", "2024-03-02"),
        ("Wire report, undated", wire[3:], "Post", ""),
        ("One of two", [*shared, *sentences("one", 12)], "Herald", "2024-05-01"),
        ("The other", [*sentences("other", 12), *shared], "Post", "2024-04-01"),
        *((f"Report {n}", sentences(f"{n}", 15), "Herald", f"2024-06-0{n + 1}") for n in range(8)),
    ]  # fmt: skip
    with path.open("w", newline="", encoding="utf-8") as handle:
        table = csv.writer(handle)
        table.writerow(["title", "text", "source", "date"])
        for title, text, source, day in rows[first:last]:
            table.writerow([title, " ".join(text), source, day])
    return path


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("copies")
    build_index([write_copies(folder / "rows.csv")], folder / "index")
    return open_index(folder / "index")


def ids_of(index: Index) -> dict[str, str]:
    rows = index.article_rows(range(index.n_articles), ["title", "article_id"])
    return dict(zip(rows["title"], rows["article_id"], strict=True))


def test_pairs_come_with_what_they_share_and_who_was_first(index: Index) -> None:
    table, ids = copies(index, Scope()), ids_of(index)
    assert len(table) == 7
    pairs = {(row.title_a, row.title_b): row for row in table.itertuples()}
    cut = pairs["Wire report", "Wire report, cut"]
    assert (cut.kind, cut.n_shared_words) == ("same article", 12 * 14)
    assert cut.containment == pytest.approx((12 * 14 - 7) / (13 * 14 - 7), abs=1e-4)
    assert (cut.article_a, cut.first) == (ids["Wire report"], ids["Wire report"])
    assert (cut.source_id_a, cut.source_b, cut.date_b) == ("agency", "Herald", "2024-03-03")
    passages = pairs["The other", "One of two"]
    assert (passages.kind, passages.n_shared_words) == ("shares passages", 84)
    assert passages.first == ids["The other"]
    assert table["containment"].is_monotonic_decreasing


def test_nobody_is_first_on_one_day_or_undated(index: Index) -> None:
    pairs = {(row.title_a, row.title_b): row for row in copies(index, Scope()).itertuples()}
    assert pairs["Wire report", "Wire report, turned round"].first is None
    assert pairs["Wire report", "Wire report, undated"].first is None


def test_groups_hang_together_by_copies_and_not_by_passages(index: Index) -> None:
    table = copies(index, Scope())
    wire = table["title_a"].str.startswith("Wire")
    assert table.loc[wire, "group"].tolist() == [1] * 6
    assert table.loc[~wire, "group"].isna().tolist() == [True]


def test_both_are_in_scope(index: Index) -> None:
    assert set(copies(index, Scope(sources=("herald", "post")))["title_a"]) == {
        "Wire report, cut",
        "The other",
    }
    assert len(copies(index, Scope(date_from=date(2024, 4, 1)))) == 1
    assert len(copies(index, Scope(sources=("agency",)))) == 0
    assert list(copies(index, Scope(sources=("agency",)))) == list(copies.columns)
    first = copies(index, Scope(), most=2)
    assert first.equals(copies(index, Scope()).head(2))


def test_an_addition_finds_the_same_as_a_build(index: Index, tmp_path: Path) -> None:
    build_index([write_copies(tmp_path / "some.csv", 2, 12)], tmp_path / "index")
    add_articles([write_copies(tmp_path / "rows.csv", 0, 2)], tmp_path / "index")
    add_articles([write_copies(tmp_path / "last.csv", 12)], tmp_path / "index")
    columns = ["title_a", "title_b", "containment", "n_shared_words", "kind", "group"]
    order = ["title_a", "title_b"]
    added = copies(open_index(tmp_path / "index"), Scope())[columns].sort_values(order)
    built = copies(index, Scope())[columns].sort_values(order)
    assert (
        added.reset_index(drop=True)
        .drop(columns=order)
        .equals(built.reset_index(drop=True).drop(columns=order))
    )
