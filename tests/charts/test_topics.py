from __future__ import annotations

import pandas as pd

from dashboard.charts.theme import INK
from dashboard.charts.topics import percent
from dashboard.charts.topics import topics as topics_chart


def test_bars_are_shares_in_the_order_of_the_table(topics: pd.DataFrame) -> None:
    (bars,) = topics_chart(topics, "light").data
    assert list(bars.x) == [0.5, 0.3, 0.2]
    assert list(bars.y) == sorted(bars.y)
    assert [row[0] for row in bars.customdata] == ["belt-road", "energy", "chips"]
    assert bars.text[0].startswith("50 %")
    assert "n = 20" in bars.text[0]


def test_loose_topics_are_pale_and_named_so(topics: pd.DataFrame) -> None:
    fig = topics_chart(topics, "dark")
    solid, *pale = fig.data[0].marker.color
    assert solid == INK["dark"].slate
    assert all(color.startswith("rgba") for color in pale)
    assert "tentative" in fig.layout.annotations[1].text
    assert "exploratory" in fig.layout.annotations[2].text


def test_labels_are_escaped(topics: pd.DataFrame) -> None:
    fig = topics_chart(topics, "light")
    assert "Energy &lt;b&gt;&amp; oil&lt;/b&gt;" in fig.layout.annotations[1].text
    assert "<b>" not in fig.data[0].customdata[1][1]


def test_empty_and_all_zero(topics: pd.DataFrame) -> None:
    assert not topics_chart(topics.head(0), "light").data
    assert topics_chart(topics.assign(share=0.0), "light").layout.xaxis.range[1] > 0


def test_percent_never_hides_a_little() -> None:
    assert [percent(x) for x in (0.0, 0.004, 0.126, 1.0)] == ["0", "&lt;1", "13", "100"]
    assert percent(float("nan")) == "–"
