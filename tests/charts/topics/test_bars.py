from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.parts.theme import INK
from dashboard.charts.topics.bars import topics as topics_chart


def test_bars_are_shares_in_the_order_of_the_table(topics: pd.DataFrame) -> None:
    bars, values = topics_chart(topics, "light").data
    assert list(bars.x) == [0.5, 0.3, 0.2]
    assert list(bars.y) == sorted(bars.y)
    assert [row[0] for row in bars.customdata] == ["belt-road", "energy", "chips"]
    assert "50 %" in values.text[0]
    assert "n = 20" in values.text[0]


def test_loose_topics_are_pale_and_named_so(topics: pd.DataFrame) -> None:
    fig = topics_chart(topics, "dark")
    solid, *pale = fig.data[0].marker.color
    assert solid == INK["dark"].slate
    assert all(color.startswith("rgba") for color in pale)
    assert "tentative" in fig.layout.annotations[1].text
    assert "exploratory" in fig.layout.annotations[2].text


def test_intervals_are_lines_and_the_values_stand_clear_of_them(topics: pd.DataFrame) -> None:
    table = topics.assign(ci_low=[0.4, 0.2, None], ci_high=[0.6, 0.35, None])
    bars, values = topics_chart(table, "light").data
    assert list(bars.error_x.array) == pytest.approx([0.1, 0.05, 0])
    assert list(bars.error_x.arrayminus) == pytest.approx([0.1, 0.1, 0])
    assert list(values.x) == [0.6, 0.35, 0.2]
    assert bars.customdata[0][3] == " (40 to 60)"
    assert bars.customdata[2][3] == ""


def test_a_bar_keeps_its_length_where_others_are_filtered_out(topics: pd.DataFrame) -> None:
    every = topics_chart(topics, "light")
    one = topics_chart(topics.tail(1), "light", 0.5)
    assert one.layout.xaxis.range == every.layout.xaxis.range


def test_a_label_and_what_is_said_of_it_fit_a_phone(topics: pd.DataFrame) -> None:
    fig = topics_chart(topics.assign(label="q" * 90), "light")
    stable, _, exploratory = (note.text.count("q") for note in fig.layout.annotations)
    assert stable == 45  # and an ellipsis
    assert exploratory == 45 - len("exploratory")


def test_other_is_no_topic_and_stands_last(topics: pd.DataFrame) -> None:
    row = pd.DataFrame([("other", "Other", 0.6, 9, "exploratory")], columns=topics.columns)
    fig = topics_chart(pd.concat([row, topics]), "light")
    assert fig.data[0].customdata[-1][0] == "other"
    wide = fig.layout.meta["wide"]
    assert [a["text"] for a in wide["layout"]["annotations"]][-2:] == ["9", "passages"]
    assert len(wide["layout"]["shapes"]) == 1  # the line above it


def test_labels_are_escaped(topics: pd.DataFrame) -> None:
    fig = topics_chart(topics, "light")
    assert "Energy &lt;b&gt;&amp; oil&lt;/b&gt;" in fig.layout.annotations[1].text
    assert "<b>" not in fig.data[0].customdata[1][1]


def test_empty(topics: pd.DataFrame) -> None:
    assert not topics_chart(topics.head(0), "light").data


def test_topics_without_a_word_in_view_have_no_row(topics: pd.DataFrame) -> None:
    fig = topics_chart(topics.assign(share=[0.0, 1.0, 0.0], n_passages=[0, 8, 0]), "light")
    assert [row[0] for row in fig.data[0].customdata] == ["energy"]
    assert fig.layout.height < topics_chart(topics, "light").layout.height
    assert not topics_chart(topics.assign(share=0.0), "light").data
