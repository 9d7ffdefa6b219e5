from __future__ import annotations

import math

import pandas as pd
import pytest

from dashboard.charts.surprise import CAP, LARGEST, surprise
from dashboard.charts.theme import INK, SourceStyle
from tests.charts.conftest import id_of, with_ids

Styles = dict[str, SourceStyle]


@pytest.fixture
def mixes() -> pd.DataFrame:
    rows = [
        ("Beta", "belt-road", 0.25, 0.46, -3.2),
        ("Beta", "energy", 0.75, 0.54, 1.1),
        ("Alpha", "belt-road", 0.5, 0.2, 40.0),
        ("Alpha", "energy", 0.5, 0.8, -0.4),
        ("Gamma", "energy", 1.0, 0.6, math.nan),
        (None, "energy", 1.0, 0.6, 3.0),
        ("Alpha", "unlisted", 0.0, 0.0, 0.0),
    ]
    columns = ["source", "topic_id", "share", "share_rest", "residual"]
    return with_ids(pd.DataFrame(rows, columns=columns))


def test_a_column_per_named_source_by_rank_a_row_per_topic(
    mixes: pd.DataFrame, topics: pd.DataFrame, styles: Styles
) -> None:
    marks, squares, _ = surprise(mixes, topics, styles, "light").data
    assert list(marks.marker.color) == [
        styles[id_of(n)].color("light") for n in ("Alpha", "Beta", "Gamma")
    ]
    assert list(zip(squares.x, [d[1] for d in squares.customdata], strict=True)) == [
        (1, "belt-road"),
        (1, "energy"),
        (0, "belt-road"),
        (0, "energy"),
        (2, "energy"),
    ]
    assert squares.y[1] == squares.y[3] > squares.y[0]


def test_area_is_the_residual_and_what_is_within_chance_is_pale(
    mixes: pd.DataFrame, topics: pd.DataFrame, styles: Styles
) -> None:
    _, squares, numbers = surprise(mixes, topics, styles, "dark").data
    under, chance, over, below, unknown = range(5)
    assert squares.marker.size[over] == LARGEST  # capped
    assert squares.marker.size[under] == pytest.approx(LARGEST * math.sqrt(3.2 / CAP))
    assert squares.marker.color[over] == INK["dark"].slate
    assert squares.marker.color[under] == squares.marker.color[below] == INK["dark"].paper
    assert squares.marker.line.color[under] == INK["dark"].slate
    assert squares.marker.color[chance].startswith("rgba")
    assert squares.marker.line.color[below].startswith("rgba")
    assert squares.marker.symbol[unknown] == "line-ew"
    assert [text.strip() for text in numbers.text] == ["−3", "", "+40", "", ""]


def test_both_shares_are_said_in_words(
    mixes: pd.DataFrame, topics: pd.DataFrame, styles: Styles
) -> None:
    said = [d[4] for d in surprise(mixes, topics, styles, "light").data[1].customdata]
    assert said[0] == "−3.2: 25 % of its words, 46 % of the others’"
    assert said[1].startswith("+1.1 (within chance): 75 %")
    assert said[4].startswith("too few articles to compare: 100 %")


def test_one_source_has_no_others(
    mixes: pd.DataFrame, topics: pd.DataFrame, styles: Styles
) -> None:
    alone = mixes[mixes["source"] == "Alpha"].assign(share_rest=math.nan)
    said = surprise(alone, topics, styles, "light").data[1].customdata[0][4]
    assert said == "+40.0: 50 % of its words"


def test_more_sources_than_a_phone_has_room_for_stand_in_a_second_band(
    topics: pd.DataFrame, styles: Styles
) -> None:
    rows = [(each, "chips", 0.1, 0.05, 2.5) for each in styles]
    columns = ["source_id", "topic_id", "share", "share_rest", "residual"]
    marks, squares, _ = surprise(pd.DataFrame(rows, columns=columns), topics, styles, "light").data
    assert list(marks.x) == list(squares.x) == [0, 1, 2, 3, 0, 1, 2]
    assert len(set(marks.y)) == len(set(squares.y)) == 2


def test_names_of_sources_stay_in_their_columns(topics: pd.DataFrame) -> None:
    names = ["Washington Times", "CNN (Web News)", "WWWWWWWWWW", "Politico", "新华通讯社消息", "a"]
    rows = [(name, "chips", 0.1, 0.05, 2.5) for name in names]
    columns = ["source_id", "topic_id", "share", "share_rest", "residual"]
    styles = {name: SourceStyle(name, rank) for rank, name in enumerate(names, start=1)}
    fig = surprise(pd.DataFrame(rows, columns=columns), topics, styles, "light")
    headings = [a.text for a in fig.layout.annotations[: len(names)]]
    assert "Politico" in headings  # whole: it fits
    assert max(len(line) for line in headings[2].split("<br>")) <= 5
