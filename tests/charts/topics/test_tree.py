from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.parts.theme import INK
from dashboard.charts.topics.tree import PITCH, tree

COLUMNS = [
    "node_id", "parent", "label", "n_passages", "share", "height", "is_topic", "order",
    "reliability_word",
]  # fmt: skip


@pytest.fixture
def table() -> pd.DataFrame:
    """Four leaves, three topics: a and b are one."""
    rows = [
        ("a", "ab", "A", 5, 0.1, 0.0, False, 1, "stable"),
        ("b", "ab", "B", 5, 0.1, 0.0, False, 2, "stable"),
        ("c", "root", "C", 9, 0.6, 0.0, True, 0, "exploratory"),
        ("d", "abd", "D", 5, 0.2, 0.0, True, 3, "stable"),
        ("ab", "abd", "A · B <b>", 10, 0.2, 1.0, True, 1, "stable"),
        ("abd", "root", "A · D", 15, 0.4, 3.0, False, 1, "stable"),
        ("root", None, "All", 24, 1.0, 4.0, False, 0, "stable"),
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def test_topics_are_the_rows_in_order_merges_above_them(table: pd.DataFrame) -> None:
    _, merges, topics = tree(table, "light").data
    assert [d[0] for d in topics.customdata] == ["c", "ab", "d"]
    assert list(topics.y) == [0.5 * PITCH, 1.5 * PITCH, 2.5 * PITCH]
    assert [d[0] for d in merges.customdata] == ["abd", "root"]
    assert list(merges.x) == [3, 4]
    assert list(merges.y) == [2 * PITCH, 1.25 * PITCH]
    assert merges.customdata[1][2] == "100 % of the text, 3 topics"


def test_elbows_join_children_at_the_height_of_the_merge(table: pd.DataFrame) -> None:
    elbows = tree(table, "light").data[0]
    pieces = list(zip(elbows.x[0::3], elbows.x[1::3], elbows.y[0::3], elbows.y[1::3], strict=True))
    p = PITCH
    assert sorted(pieces[:2]) == [(0, 3, 1.5 * p, 1.5 * p), (0, 3, 2.5 * p, 2.5 * p)]
    assert pieces[2] == (3, 3, 1.5 * p, 2.5 * p)
    assert sorted(pieces[3:5]) == [(0, 4, 0.5 * p, 0.5 * p), (3, 4, 2 * p, 2 * p)]
    assert pieces[5] == (4, 4, 0.5 * p, 2 * p)


def test_area_is_share_and_what_is_not_stable_is_open(table: pd.DataFrame) -> None:
    topics = tree(table, "dark").data[-1]
    c, ab, d = topics.marker.size
    assert c > ab == d
    assert c / ab == pytest.approx(3**0.5)
    assert list(topics.marker.color) == [INK["dark"].paper] + 2 * [INK["dark"].slate]
    assert set(tree(table.drop(columns="reliability_word"), "dark").data[-1].marker.color) == {
        INK["dark"].slate
    }


def test_few_large_merges_are_drawn_on_a_square_root_scale(table: pd.DataFrame) -> None:
    rows = [(f"t{i}", f"m{max(i, 1)}", "T", 1, 0.1, 0.0, True, i, "stable") for i in range(5)]
    rows += [
        (f"m{i}", f"m{i + 1}" if i < 4 else None, "M", 1, 0.1, h, False, 0, "stable")
        for i, h in zip((1, 2, 3, 4), (1.0, 4.0, 4.0, 100.0), strict=True)
    ]
    _, merges, topics = tree(pd.DataFrame(rows, columns=COLUMNS), "light").data
    assert list(merges.x) == [1, 2, 10]  # two merges of one height are one
    assert [cells[0] for cells in merges.customdata] == ["m1", "m3", "m4"]
    assert merges.customdata[1][2].endswith(", 4 topics")
    assert len(topics.x) == 5


def test_names_have_their_head_first(table: pd.DataFrame) -> None:
    name = tree(table, "light").layout.annotations[1]
    head, rest = name.text.split("<br>")
    assert head == "A"
    assert "B &lt;b&gt;" in rest
    assert name.xshift < 0  # beside the branches, not on them


def test_one_topic_has_no_lines_and_fifty_have_room(table: pd.DataFrame) -> None:
    one = tree(table.assign(is_topic=table["node_id"] == "root"), "light")
    assert [trace.mode for trace in one.data] == ["markers"]
    assert not any("alike" in a.text for a in one.layout.annotations)
    rows = [(f"t{i}", "m", "T", 1, 0.1, 0.0, True, i, "stable") for i in range(50)]
    rows.append(("m", None, "M", 50, 1.0, 2.0, False, 0, "stable"))
    assert tree(pd.DataFrame(rows, columns=COLUMNS), "light").layout.height > 50 * PITCH


def test_a_parent_without_a_row_ends_the_tree(table: pd.DataFrame) -> None:
    _, merges, topics = tree(table[table["node_id"] != "root"], "light").data
    assert [d[0] for d in merges.customdata] == ["abd"]
    assert len(topics.x) == 3


def test_unknown_heights_and_shares(table: pd.DataFrame) -> None:
    fig = tree(table.assign(height=float("nan"), share=float("nan")), "light")
    assert set(fig.data[1].x) == {0}
    assert fig.layout.xaxis.range[1] > 0
