"""What rose, drawn: a pale and a dark bar a burst, which lead to its word."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.trends.rises import rises

DAY = 86_400_000
ROW = {
    "term": "Hochwasser", "first": "2021-06", "last": "2021-09", "peak": "2021-07",
    "peak_last": "2021-07", "n_with": 30, "n_articles": 60, "share": 0.5, "share_rest": 0.01,
    "headlines": "Ahr <b>steigt</b> · Später",
}  # fmt: skip


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_bars_stand_at_their_dates(mode) -> None:
    other = ROW | {"term": "Wahl", "first": "2021", "last": "2021", "peak": "2021",
                   "peak_last": "2021", "headlines": ""}  # fmt: skip
    made = rises(pd.DataFrame([ROW, other]), mode)
    pale, dark = made.data
    assert list(pale.base) == ["2021-06-01", "2021-01-01"]
    assert list(pale.x) == [122 * DAY, 365 * DAY]
    assert (dark.base[0], dark.x[0]) == ("2021-07-01", 30 * DAY)
    assert [cells[0] for cells in pale.customdata] == ["Hochwasser", "Wahl"]
    assert made.layout.meta["keys"] == ["kw"]
    labels = [annotation.text for annotation in made.layout.annotations]
    assert labels[1] == "Wahl"
    assert "&lt;b&gt;" in labels[0]
    assert "<b>" not in labels[0]
    assert "30 of 60 articles" in pale.customdata[0][3]
    assert made.layout.meta["wide"]["layout"]["annotations"][0]["text"].startswith("Hochwasser")


def test_nothing_rose() -> None:
    assert not rises(pd.DataFrame(columns=[*ROW]), "light").data
