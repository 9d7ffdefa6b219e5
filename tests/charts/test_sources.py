from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts import sources
from dashboard.charts.parts.theme import SourceStyle
from tests.charts.conftest import NAMES, id_of

Styles = dict[str, SourceStyle]


def test_one_column_per_named_source_from_a_shared_baseline(
    source_topics: pd.DataFrame, topics: pd.DataFrame, styles: Styles
) -> None:
    fig = sources.source_topics(source_topics, topics, styles, "light")
    assert [t.name for t in fig.data] == ["Alpha", "Beta"]  # by rank; no column without a source
    assert [set(t.base) for t in fig.data] == [{0}, {1}]
    assert fig.layout.barmode == "overlay"


def test_one_scale_for_all_columns_and_the_percentages_printed(
    source_topics: pd.DataFrame, topics: pd.DataFrame, styles: Styles
) -> None:
    alpha, beta = sources.source_topics(source_topics, topics, styles, "light").data
    assert beta.x[0] / alpha.x[2] == pytest.approx(0.75 / 0.5)
    assert max(beta.x) < 1
    assert list(alpha.text) == ["&lt;1", "50", "50"]
    assert list(beta.text) == ["75", "0", "25"]  # a missing cell is no words


def test_the_topic_that_differs_most_comes_first_and_what_is_clear_is_bold(
    source_topics: pd.DataFrame, topics: pd.DataFrame, styles: Styles
) -> None:
    other = pd.DataFrame([("other", "Other", 0.9, 9, "exploratory")], columns=topics.columns)
    cells = source_topics.assign(topic_id=source_topics["topic_id"].replace("energy", "other"))
    rows = pd.concat([other, topics], ignore_index=True)
    fig = sources.source_topics(cells, rows, styles, "light", ["chips"])
    labels = [a.text for a in fig.layout.annotations][2:]
    assert labels == ["<b>Chips</b>", "Belt and Road", "Other"]  # none has a word on energy
    wide = fig.layout.meta["wide"]
    assert [a["text"] for a in wide["layout"]["annotations"]][2:] == labels
    assert wide["layout"]["height"] < fig.layout.height
    assert [list(t["customdata"]) for t in wide["data"]] == [list(t.customdata) for t in fig.data]


def test_a_click_carries_source_and_topic(
    source_topics: pd.DataFrame, topics: pd.DataFrame, styles: Styles
) -> None:
    beta = sources.source_topics(source_topics, topics, styles, "light").data[1]
    assert [tuple(row[:2]) for row in beta.customdata] == [
        (id_of("Beta"), "energy"),
        (id_of("Beta"), "chips"),
        (id_of("Beta"), "belt-road"),
    ]
    assert beta.hovertemplate.count("customdata[0]") == 0  # raw ids are never shown


def test_pale_is_a_loose_topic(
    source_topics: pd.DataFrame, topics: pd.DataFrame, styles: Styles
) -> None:
    alpha = sources.source_topics(source_topics, topics, styles, "dark").data[0]
    assert alpha.marker.color[2] == styles[id_of("Alpha")].color("dark")
    assert all(color.startswith("rgba") for color in alpha.marker.color[:2])


def test_more_sources_than_a_phone_has_room_for_stand_in_a_second_band(
    topics: pd.DataFrame, styles: Styles
) -> None:
    rows = [(each, "chips", 0.1, 10) for each in styles]
    table = pd.DataFrame(rows, columns=["source_id", "topic_id", "share", "n_words"])
    fig = sources.source_topics(table, topics, styles, "light")
    assert [trace.name for trace in fig.data] == NAMES
    assert [trace.base[0] for trace in fig.data] == [0, 1, 2, 3, 0, 1, 2]
    assert max(fig.data[3].y) < min(fig.data[4].y) <= max(fig.data[6].y) < fig.layout.height


def test_a_source_without_a_number_is_not_drawn(
    source_topics: pd.DataFrame, topics: pd.DataFrame, styles: Styles
) -> None:
    few = {**styles, id_of("Alpha"): SourceStyle("Alpha", 0)}
    assert [t.name for t in sources.source_topics(source_topics, topics, few, "light").data] == [
        "Beta"
    ]
    assert len(sources.topic_intervals(source_topics, topics, few, "light").data) == 2


def test_hostile_names_are_escaped_and_the_id_is_kept(topics: pd.DataFrame) -> None:
    name = "<a href='javascript:x'>News</a>"
    table = pd.DataFrame(
        [("news", "chips", 0.1, 10)], columns=["source_id", "topic_id", "share", "n_words"]
    )
    fig = sources.source_topics(table, topics, {"news": SourceStyle(name, 1)}, "light")
    assert fig.data[0].customdata[0][0] == "news"
    assert "<a" not in fig.data[0].customdata[0][2]
    assert not any("<a" in a.text for a in fig.layout.annotations)


def test_intervals_are_whiskers_in_percent_where_known(
    source_topics: pd.DataFrame, topics: pd.DataFrame, styles: Styles
) -> None:
    fig = sources.topic_intervals(source_topics, topics, styles, "light")
    whiskers, marks = fig.data[:2]
    assert list(whiskers.x) == pytest.approx([0, 1, None, 30, 70, None], nan_ok=True)
    assert whiskers.connectgaps is False
    assert list(marks.x) == pytest.approx([0.4, 49.6, 50])
    assert tuple(marks.customdata[0][:2]) == (id_of("Alpha"), "energy")
    assert len(fig.data) == 4


def test_intervals_of_the_topics_that_differ_most(
    source_topics: pd.DataFrame, topics: pd.DataFrame, styles: Styles
) -> None:
    fig = sources.topic_intervals(source_topics, topics, styles, "light", 1)
    assert {row[1] for trace in fig.data[1::2] for row in trace.customdata} == {"energy"}


def test_empty_tables(source_topics: pd.DataFrame, topics: pd.DataFrame, styles: Styles) -> None:
    nothing = source_topics.head(0)
    assert not sources.source_topics(nothing, topics, styles, "light").data
    assert not sources.source_topics(source_topics, topics.head(0), styles, "light").data
    assert not sources.topic_intervals(nothing, topics, styles, "light").data


def test_rows_begin_with_what_differs_beyond_chance_and_is_stable(styles: Styles) -> None:
    named = ["wide", "loose", "firm", "narrow", "other"]
    words = ["mixed", "mixed", "stable", "stable", ""]
    topics = pd.DataFrame({"topic_id": named, "label": named, "reliability_word": words})
    spread = {"wide": 0.4, "loose": 0.2, "firm": 0.1, "narrow": 0.01, "other": 0.9}
    table = pd.DataFrame(
        [(id_of(source), topic, share * (source == "Beta") + 0.01, 10)
         for source in ("Alpha", "Beta") for topic, share in spread.items()],
        columns=["source_id", "topic_id", "share", "n_words"],
    )  # fmt: skip

    def order(apart: list[str]) -> list[str]:
        drawn = sources.source_topics(table, topics, styles, "light", apart)
        return [cells[1] for cells in drawn.data[0].customdata]

    assert order([]) == ["wide", "loose", "firm", "narrow", "other"]
    assert order(["loose", "firm"]) == ["firm", "loose", "wide", "narrow", "other"]
    bounds = table.assign(ci_low=0.0, ci_high=1.0)
    intervals = sources.topic_intervals(bounds, topics, styles, "light", 2, ["loose", "firm"])
    drawn = {cells[1] for trace in intervals.data for cells in trace.customdata or [] if cells[1]}
    assert drawn == {"firm", "loose"}
