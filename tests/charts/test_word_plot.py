"""Words of two sources by frequency and log-odds."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from dashboard.charts.parts.names import name_sides
from dashboard.charts.parts.text import text_width
from dashboard.charts.parts.theme import SourceStyle
from dashboard.charts.word_plot import MOST_MARKS, word_plot
from tests.charts.conftest import id_of, with_ids

Styles = dict[str, SourceStyle]


def words(n: int, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame(
        {
            "source": ["Alpha", "Beta"] * (n // 2),
            "term": [f"word & {i}" for i in range(n)],
            "log_odds": rng.uniform(0.1, 9, n),
            "n_group": 9,
            "n_rest": rng.integers(0, 3, n),
            "rate_group": rng.uniform(0.01, 3, n),
            "rate_rest": rng.uniform(0, 1, n),
            "distinguishable": rng.random(n) < 0.5,
        }
    )
    return with_ids(rows)


def test_each_word_stands_by_its_rate_and_its_log_odds(styles: Styles) -> None:
    table = words(40)
    made = word_plot(table, styles, "light")
    first, second = made.data
    assert [cells[0] for cells in first.customdata] == list(
        table[table["source"] == "Alpha"].sort_values(
            "distinguishable", ascending=False, kind="stable"
        )["term"]
    )
    row = table[table["term"] == second.customdata[0][0]].iloc[0]
    mean = 10 * (row["rate_group"] + row["rate_rest"]) / 2
    assert second.x[0] == pytest.approx(math.log10(mean))
    assert second.y[0] == pytest.approx(-min(row["log_odds"], math.log(100)))
    assert min(first.y) > 0 > max(second.y)
    assert first.customdata[0][2].startswith("word &amp; ")
    assert made.layout.meta["keys"] == ["kw"]


def test_many_words_stay_readable(styles: Styles) -> None:
    made = word_plot(words(4_000), styles, "dark")
    assert sum(len(trace.x) for trace in made.data) == MOST_MARKS
    named = [text for trace in made.data for text in trace.text if text]
    assert 10 < len(named) < 200


def test_one_source_or_none_is_no_plot(styles: Styles) -> None:
    table = words(20)
    assert not word_plot(table[table["source_id"] == id_of("Alpha")], styles, "light").data
    assert not word_plot(table.head(0), styles, "light").data


def test_no_name_covers_another_or_leaves_the_plot() -> None:
    rng = np.random.default_rng(3)
    pixels = [(float(a), float(b)) for a, b in rng.uniform(0, 300, (60, 2))]
    names = [f"name {i}" for i in range(60)]
    sides = name_sides(pixels, names, 12, edges=(0, 300))
    boxes = []
    for (a, b), name, side in zip(pixels, names, sides, strict=True):
        long = text_width(name, 12)
        left = {"top center": a - long / 2, "bottom center": a - long / 2,
                "middle right": a + 8, "middle left": a - 8 - long}  # fmt: skip
        low = {"top center": b + 8, "bottom center": b - 23, "middle right": b - 6,
               "middle left": b - 6}  # fmt: skip
        if side:
            assert left[side] >= 0
            assert left[side] + long <= 300
            boxes.append((left[side], low[side], left[side] + long, low[side] + 15))
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            apart = one[0] >= other[2], other[0] >= one[2], one[1] >= other[3], other[1] >= one[3]
            assert any(apart)
    assert 0 < sides.count("") < 60
