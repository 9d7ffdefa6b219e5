"""What the articles of sources are like, against counting by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from dashboard.index.building.build import build_index
from dashboard.index.index import open_index
from dashboard.measures import TABLES
from dashboard.measures.profile.readability import reading_ease, syllables
from dashboard.measures.statistics.inference import wilson_interval
from dashboard.scope import Scope

PLAIN = "The dog ran to the sea. The cat sat in the sun. A man put a hat on the mat."
LONG = (
    "Representatives of international organisations repeatedly recommended comprehensive "
    "investigations into considerable administrative irregularities. Municipal authorities "
    "subsequently acknowledged extraordinary discrepancies."
)
GERMAN = "Der Rat der Stadt hat am Abend getagt und dabei 40 Millionen Euro für Schulen bewilligt."


@pytest.mark.parametrize(
    ("word", "n"), [("cat", 1), ("made", 1), ("table", 2), ("wanted", 2), ("jumped", 1),
                    ("boxes", 2), ("rhythm", 1), ("NATO", 2), ("education", 4), ("42", 1)]
)  # fmt: skip
def test_syllables_by_rule_of_thumb(word: str, n: int) -> None:
    assert syllables(word) == n


def test_traits_are_those_of_the_articles(tmp_path: Path) -> None:
    rows = [
        ("Bondi Post", f"{PLAIN} “We will not go,” said Ann Lee on Monday.", "2021-03-01"),
        ("Bondi Post", PLAIN * 2, "2021-03-02T14:05:00+11:00"),
        ("Bondi Post", f"{PLAIN} The town paid 40 million dollars for it.", "2021-03-07 2:30 pm"),
        ("Stadtblatt", GERMAN * 3, ""),
        ("Gazette", LONG, "2021-03-06"),
    ]
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle)
        out.writerow(["title", "source", "text", "date"])
        out.writerows([f"Number {i}", *row] for i, row in enumerate(rows))
    build_index([tmp_path / "a.csv"], tmp_path / "index", clean="never")
    index = open_index(tmp_path / "index")
    table = TABLES["source_profile"](index, Scope())
    found = {(row.source, row.trait): row for row in table.itertuples()}
    assert table["source"].iloc[0] == "Bondi Post"
    assert found[("Bondi Post", "articles")].value == 3
    words = sorted(index.article_words[index.source_of == index.source_of[0]].tolist())
    assert found[("Bondi Post", "words")].value == np.median(words)
    hour = found[("Bondi Post", "14:00")]
    assert (hour.value, hour.n) == (1, 2)
    assert found[("Bondi Post", "02:00")].value == 0
    known = found[("Bondi Post", "with an hour")]
    assert (known.value, known.n) == (pytest.approx(2 / 3), 3)
    assert (found[("Stadtblatt", "with an hour")].value, found[("Stadtblatt", "14:00")].n) == (0, 0)
    quoting = found[("Bondi Post", "with a direct quotation")]
    assert (quoting.value, quoting.n) == (pytest.approx(1 / 3), 3)
    assert (quoting.ci_low, quoting.ci_high) == pytest.approx(
        [*map(float, wilson_interval(1 / 3, 3))]
    )
    assert found[("Bondi Post", "with a figure")].value == pytest.approx(1 / 3)
    for day, share in (("Monday", 1 / 3), ("Tuesday", 1 / 3), ("Sunday", 1 / 3), ("Friday", 0)):
        assert found[("Bondi Post", day)].value == pytest.approx(share)
    assert found[("Stadtblatt", "Monday")].n == 0
    assert np.isnan(found[("Stadtblatt", "Monday")].value)
    assert found[("Stadtblatt", "reading ease")].n == 0
    assert found[("Bondi Post", "reading ease")].value > 90
    assert found[("Gazette", "reading ease")].value < 0
    assert np.isnan(reading_ease(index)).sum() == 1
    assert found[("Gazette", "copied")].value == 0
    assert TABLES["source_profile"](index, Scope(sources=("nobody",))).empty
