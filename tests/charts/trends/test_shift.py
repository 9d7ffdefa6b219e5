from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.parts.theme import INK
from dashboard.charts.trends.shift import MOST_DRAWN, word_shift

SHIFT = pd.DataFrame(
    [
        ("impôt<b>", "up", 0.05, 0.02, 0.08, 1.0, 9.0),
        ("guerre", "down", 0.03, 0.0, 0.07, 8.0, 2.0),
        ("neige", "up", 0.01, None, None, 0.0, 1.0),
    ],
    columns=["word", "direction", "contribution", "ci_low", "ci_high", "rate_then", "rate_now"],
)


def test_bars_go_right_for_more_and_left_for_less_with_their_intervals() -> None:
    (bars,) = word_shift(SHIFT, "light").data
    assert list(bars.x) == pytest.approx([5, -3, 1])
    assert list(bars.y) == sorted(bars.y)
    assert list(bars.error_x.array) == pytest.approx([3, 3, 0])  # to the right
    assert list(bars.error_x.arrayminus) == pytest.approx([3, 4, 0])
    # What may be nothing, or has no interval, is pale.
    ink = INK["light"]
    assert list(bars.marker.color) == [ink.ink, ink.quiet, ink.quiet]


def test_a_click_takes_the_word_and_the_label_is_escaped() -> None:
    fig = word_shift(SHIFT, "dark")
    assert fig.layout.meta["keys"] == ["kw"]
    assert fig.data[0].customdata[0][0] == "impôt<b>"
    labels = {label.text: label for label in fig.layout.annotations}
    assert labels["impôt&lt;b&gt;"].xanchor == "right"  # beside the bar, not on it
    assert labels["guerre"].xanchor == "left"
    assert "9.0 per 10,000 words now, 1.0 then" in fig.data[0].customdata[0][2]
    assert "(95 %: 2.00 to 8.00)" in fig.data[0].customdata[0][3]
    assert "95 %" not in fig.data[0].customdata[2][3]


def test_only_the_first_are_drawn_and_nothing_is_nothing() -> None:
    many = pd.concat([SHIFT] * 20, ignore_index=True)
    assert len(word_shift(many, "light").data[0].x) == MOST_DRAWN
    assert not word_shift(SHIFT.head(0), "light").data
