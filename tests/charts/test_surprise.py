from __future__ import annotations

import math

import pandas as pd
import pytest

from dashboard.charts.parts.theme import SourceStyle
from dashboard.charts.surprise import CAP, surprise
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


def test_bars_of_each_source_stand_at_its_zero_line(
    mixes: pd.DataFrame, topics: pd.DataFrame, styles: Styles
) -> None:
    *bars, numbers = surprise(mixes, topics, styles, "light").data
    assert [trace.name for trace in bars] == ["Alpha", "Beta", "Gamma"]
    assert [set(trace.base) for trace in bars[:2]] == [{0.5}, {1.5}]
    assert [[cells[1] for cells in trace.customdata] for trace in bars] == [
        ["belt-road", "energy"],
        ["belt-road", "energy"],
        [],  # too few articles: a dash
    ]
    assert [text.strip() for text in numbers.text] == ["+40", "−3", "–", "–"]


def test_more_goes_right_less_goes_left_and_chance_is_pale(
    mixes: pd.DataFrame, topics: pd.DataFrame, styles: Styles
) -> None:
    alpha, beta, *_ = surprise(mixes, topics, styles, "dark").data
    assert alpha.x[0] / -beta.x[0] == pytest.approx(CAP / 3.2)  # capped
    assert alpha.x[1] < 0
    assert alpha.marker.color[0] == styles[id_of("Alpha")].color("dark")
    assert alpha.marker.color[1].startswith("rgba")
    assert beta.marker.color[1].startswith("rgba")


def test_both_shares_are_said_in_words(
    mixes: pd.DataFrame, topics: pd.DataFrame, styles: Styles
) -> None:
    beta = [d[4] for d in surprise(mixes, topics, styles, "light").data[1].customdata]
    assert beta[0] == "−3.2: 25 % of its words, 46 % of the others’"
    assert beta[1].startswith("+1.1 (within chance): 75 %")


def test_one_source_has_no_others(
    mixes: pd.DataFrame, topics: pd.DataFrame, styles: Styles
) -> None:
    alone = mixes[mixes["source"] == "Alpha"].assign(share_rest=math.nan)
    said = surprise(alone, topics, styles, "light").data[0].customdata[0][4]
    assert said == "+40.0: 50 % of its words"


def test_more_sources_than_a_phone_has_room_for_stand_in_a_second_band(
    topics: pd.DataFrame, styles: Styles
) -> None:
    rows = [(each, "chips", 0.1, 0.05, 2.5) for each in styles]
    columns = ["source_id", "topic_id", "share", "share_rest", "residual"]
    *bars, _ = surprise(pd.DataFrame(rows, columns=columns), topics, styles, "light").data
    assert [trace.base[0] for trace in bars] == [0.5, 1.5, 2.5, 3.5, 0.5, 1.5, 2.5]
    assert len({trace.y[0] for trace in bars}) == 2


def test_names_of_sources_stay_in_their_columns(topics: pd.DataFrame) -> None:
    names = ["Washington Times", "CNN (Web News)", "WWWWWWWWWW", "Politico", "新华通讯社消息", "a"]
    rows = [(name, "chips", 0.1, 0.05, 2.5) for name in names]
    columns = ["source_id", "topic_id", "share", "share_rest", "residual"]
    styles = {name: SourceStyle(name, rank) for rank, name in enumerate(names, start=1)}
    fig = surprise(pd.DataFrame(rows, columns=columns), topics, styles, "light")
    headings = fig.layout.annotations[: len(names)]
    assert [a.text.replace("<br>", " ") for a in headings] == names  # whole: they are turned
    assert {a.textangle for a in headings} == {90}
    assert max(len(a.text.split("<br>")) for a in headings) <= 2
