"""Charts of how alike sources are."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from dashboard.charts.parts.theme import SourceStyle
from dashboard.charts.similarity.map import source_map
from dashboard.charts.similarity.matrix import matrix

NAN = math.nan


@pytest.fixture
def table() -> pd.DataFrame:
    rows = [
        ("Aftenposten", "Aftenposten", 1.0, NAN, NAN, False, 0.8, "a", "a"),
        ("Aftenposten", "B & <b>", 0.91, 0.88, 0.94, True, 0.7, "a", "b"),
        ("Aftenposten", "Clarín", 0.99, 0.95, 1.03, False, 0.8, "a", "c"),
        ("B & <b>", "B & <b>", 1.0, NAN, NAN, False, 0.75, "b", "b"),
        ("B & <b>", "Clarín", NAN, NAN, NAN, False, NAN, "b", "c"),
        ("Clarín", "Clarín", 1.0, NAN, NAN, False, 0.6, "c", "c"),
    ]
    return pd.DataFrame(
        rows,
        columns=["source", "other", "similarity", "ci_low", "ci_high", "distinguishable",
                 "observed", "source_id", "other_id"],
    )  # fmt: skip


def test_every_pair_is_a_cell_on_both_sides(table: pd.DataFrame) -> None:
    made = matrix(table, "light", judged=True)
    (cells,) = made.data
    assert len(cells.customdata) == 9
    found = {(x, y): list(data) for x, y, data in zip(cells.x, cells.y, cells.customdata,
                                                      strict=True)}  # fmt: skip
    rows = sorted({y for _, y in found})
    assert found[(1.5, rows[0])][:2] == ["a", "b"]
    assert found[(0.5, rows[1])][:2] == ["b", "a"]
    assert found[(0.5, rows[1])][2] == "Aftenposten and B &amp; &lt;b&gt;"
    assert found[(1.5, rows[0])][3] == ".91 (.88 to .94)"
    assert found[(2.5, rows[0])][3] == ".99 (.95 to 1.03), not distinguishable"
    assert found[(2.5, rows[1])] == ["", "", "B &amp; &lt;b&gt; and Clarín", "too few articles"]
    assert found[(0.5, rows[0])][:2] == ["", ""]
    assert found[(0.5, rows[0])][3] == "plain cosine of two halves: .80"
    printed = [note.text for note in made.layout.annotations]
    assert printed.count(".99=") == 2
    assert printed.count(".80") == 1
    assert made.layout.meta["keys"] == ["a", "b"]
    assert made.layout.meta["wide"]


def test_shares_have_no_diagonal_and_no_equals(table: pd.DataFrame) -> None:
    made = matrix(table, "dark", judged=False)
    printed = [note.text for note in made.layout.annotations]
    assert printed.count(".99") == 2
    assert not any("=" in text for text in printed)
    assert printed.count("1.00") == 0


def test_one_source_is_no_matrix(table: pd.DataFrame) -> None:
    assert not matrix(table.head(1), "light", judged=True).data


def test_a_map_names_sources_where_no_name_covers_another() -> None:
    places = pd.DataFrame(
        {
            "source_id": list("abcdefg"),
            "source": ["Long name of a paper", "<b>", *"cdefg"],
            "x": [0.0, 0.0, 0.001, 1, 2, 3, 4],
            "y": [0.0, 0.0, 0.001, 1, 2, 0, 4],
        }
    )
    styles = {"a": SourceStyle("Long name of a paper", 1)}
    made = source_map(places, styles, "light")
    (drawn,) = made.data
    assert drawn.text[0] in ("Long name of a paper", "")
    assert sum(bool(text) for text in drawn.text) < 7
    assert [data[0] for data in drawn.customdata] == list("abcdefg")
    assert drawn.customdata[1][1] == "&lt;b&gt;"
    apart = np.hypot(np.subtract(drawn.x[6], drawn.x[3]), np.subtract(drawn.y[6], drawn.y[3]))
    near = np.hypot(np.subtract(drawn.x[4], drawn.x[3]), np.subtract(drawn.y[4], drawn.y[3]))
    assert apart == pytest.approx(3 * near)
    assert not source_map(places.head(0), styles, "light").data
