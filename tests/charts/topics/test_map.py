from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from dashboard.charts.parts.text import text_width
from dashboard.charts.parts.theme import INK
from dashboard.charts.topics.map import MAX_MARKS, MOST_NAMES, topic_map


def articles(n: int, ids: list[str], seed: int = 0) -> pd.DataFrame:
    """Clouds of one size, a topic each, on a circle."""
    random = np.random.default_rng(seed)
    of = np.arange(n) % len(ids)
    angle = 2 * np.pi * of / len(ids)
    return pd.DataFrame(
        {
            "article_id": [f"id-{i}" for i in range(n)],
            "x": 5 * np.cos(angle) + random.normal(0, 0.3, n),
            "y": 5 * np.sin(angle) + random.normal(0, 0.3, n),
            "topic_id": [ids[i] for i in of],
            "share": 0.5,
        }
    )


IDS = ["belt-road", "energy", "chips"]


def test_one_trace_a_topic_and_a_click_carries_article_and_topic(topics: pd.DataFrame) -> None:
    fig = topic_map(articles(30, IDS), topics, "light")
    assert {trace.type for trace in fig.data} == {"scatter"}
    assert [d[:2] for d in fig.data[0].customdata][:2] == [
        ["id-0", "belt-road"],
        ["id-3", "belt-road"],
    ]
    assert sum(len(trace.x) for trace in fig.data) == 30
    assert "&lt;b&gt;" in fig.data[-1].hovertext
    assert len({trace.marker.color for trace in fig.data}) == 1  # topics have no hue


def test_no_axes_and_one_scale_for_both(topics: pd.DataFrame) -> None:
    layout = topic_map(articles(30, IDS), topics, "light").layout
    assert layout.xaxis.visible is layout.yaxis.visible is False
    assert layout.yaxis.scaleanchor == "x"
    assert np.ptp(layout.xaxis.range) == pytest.approx(np.ptp(layout.yaxis.range))


def test_chosen_topics_are_ink_on_top_and_named_first(topics: pd.DataFrame) -> None:
    plain = topic_map(articles(30, IDS), topics, "dark")
    fig = topic_map(articles(30, IDS), topics, "dark", ["chips"])
    *rest, chosen = fig.data
    assert chosen.customdata[0][1] == "chips"
    assert chosen.marker.color == INK["dark"].ink
    assert {trace.marker.color for trace in rest} != {plain.data[0].marker.color}
    assert fig.layout.annotations[0].text == "Chips"
    assert fig.layout.annotations[1].font.color == INK["dark"].muted


def test_too_many_marks_are_a_density_under_the_same_names(topics: pd.DataFrame) -> None:
    table = articles(MAX_MARKS + 1, IDS)
    (density,) = topic_map(table, topics, "light").data
    assert density.type == "contour"
    said = [cell for row in density.customdata for cell in row if cell[0].isdigit()]
    assert sum(int(cell.split()[0].replace(",", "")) for cell in said) == MAX_MARKS + 1
    assert all(
        cell.split("<br>")[1] in ("Belt and Road", "Chips", "Energy &lt;b&gt;&amp; oil&lt;/b&gt;")
        for cell in said
    )
    _, marks = topic_map(table, topics, "light", ["energy"]).data
    assert {d[1] for d in marks.customdata} == {"energy"}
    names = [a.text for a in topic_map(table, topics, "light").layout.annotations]
    assert names == [
        a.text for a in topic_map(articles(30, IDS), topics, "light").layout.annotations
    ]


def test_most_frequent_topic_of_a_cell() -> None:
    """Six on one spot, four of them on b."""
    far = articles(MAX_MARKS, ["a"])
    spot = pd.DataFrame(
        {"article_id": "s", "x": 0.0, "y": 0.0, "topic_id": list("abbbab"), "share": 1}
    )
    topics = pd.DataFrame({"topic_id": ["a", "b"], "label": ["Aa", "Bb"]})
    (density,) = topic_map(pd.concat([far, spot]), topics, "light").data
    assert "6 articles just here, most on<br>Bb" in [
        cell for row in density.customdata for cell in row
    ]


@pytest.mark.parametrize("width", [358, 480, 700, 1400])
def test_names_do_not_cover_each_other_at_any_width(width: float) -> None:
    ids = [f"t{i}" for i in range(40)]
    topics = pd.DataFrame(
        {"topic_id": ids, "label": [f"Name of topic {i} · more" for i in range(40)]}
    )
    fig = topic_map(articles(800, ids), topics, "light")
    names = fig.layout.annotations
    assert 8 <= len(names) <= MOST_NAMES
    pixels = min(width, fig.layout.height) / np.ptp(fig.layout.xaxis.range)
    boxes = [
        (pixels * a.x + a.xshift, pixels * a.y + a.yshift, text_width(a.text, 12) + 2)
        for a in names
    ]
    for (x, y, w), (x2, y2, w2) in combinations(boxes, 2):
        is_beside = abs(x - x2) < (w + w2) / 2
        assert not (is_beside and abs(y - y2) < 16)
    assert "more" not in names[0].text


def test_what_is_no_theme_has_no_name(topics: pd.DataFrame) -> None:
    fig = topic_map(
        articles(30, IDS), topics.assign(kind=["theme", "residual", "template"]), "light"
    )
    assert [a.text for a in fig.layout.annotations] == ["Belt and Road"]


def test_one_far_article_does_not_shrink_the_rest(topics: pd.DataFrame) -> None:
    table = articles(300, IDS)
    table.loc[0, ["x", "y"]] = 1000, 1000
    fig = topic_map(table, topics, "light")
    assert fig.layout.xaxis.range[1] < 20
    assert fig.data[0].x[0] < fig.layout.xaxis.range[1]


def test_articles_without_a_place_are_left_out(topics: pd.DataFrame) -> None:
    table = articles(30, IDS)
    table.loc[:9, "x"] = np.nan
    assert sum(len(t.x) for t in topic_map(table, topics, "light").data) == 20
    assert not topic_map(table.head(10), topics, "light").data


def test_all_on_one_spot(topics: pd.DataFrame) -> None:
    fig = topic_map(articles(30, IDS).assign(x=1.0, y=1.0), topics, "light")
    assert fig.layout.xaxis.range[0] < 1 < fig.layout.xaxis.range[1]
