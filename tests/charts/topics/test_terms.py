from __future__ import annotations

import math

import pandas as pd
import pytest

from dashboard.charts.topics.terms import MOST, terms


@pytest.fixture
def table() -> pd.DataFrame:
    rows = [
        ("oil & gas", 0.004, 20.0, 40),
        ("energy", 0.02, 4.0, 200),
        ("said", 0.01, 0.5, 100),
        ("<b>", 0.001, math.nan, 10),
    ]
    return pd.DataFrame(rows, columns=["term", "weight", "lift", "count"])


def test_bars_are_the_topic_ticks_the_corpus_in_the_order_of_the_table(table: pd.DataFrame) -> None:
    bars, ticks, _ = terms(table, "light").data
    assert list(bars.x) == [0.004, 0.02, 0.01, 0.001]
    assert list(ticks.x) == pytest.approx([0.0002, 0.005, 0.02, math.nan], nan_ok=True)
    assert ticks.marker.symbol == "line-ns"
    assert list(bars.y) == sorted(bars.y)
    assert [d[0] for d in bars.customdata] == ["oil & gas", "energy", "said", "<b>"]
    assert bars.customdata[0][1] == "oil &amp; gas"


def test_values_stand_right_of_bar_and_tick(table: pd.DataFrame) -> None:
    fig = terms(table, "light")
    values = fig.data[2]
    assert list(values.x) == [0.004, 0.02, 0.02, 0.001]
    assert "0.40 %" in values.text[0]
    assert "20 times" in values.text[0]
    assert "0.5 times" in values.text[2]
    assert "times" not in values.text[3]
    assert fig.layout.xaxis.range[1] > 0.02


def test_no_more_rows_than_can_be_read(table: pd.DataFrame) -> None:
    many = pd.concat([table] * 20, ignore_index=True)
    assert len(terms(many, "dark").data[0].x) == MOST
