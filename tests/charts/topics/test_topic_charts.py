"""What every chart of the Topics page must bear: hostile labels, many topics, no rows."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts.parts.theme import INK, Mode, SourceStyle
from dashboard.charts.surprise import surprise
from dashboard.charts.topics.bars import topics as topics_chart
from dashboard.charts.topics.map import topic_map
from dashboard.charts.topics.terms import terms
from dashboard.charts.topics.tree import tree
from dashboard.charts.topics.trends import topic_trends

LABELS = ["<b>bold</b>", "$x^2$ & $y$", "W" * 90, "long " * 18, "新型冠状病毒 · 公共卫生", "%{x}"]
Draw = Callable[[int, Mode], go.Figure]


def _topics(n: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "topic_id": [f"t{i}" for i in range(n)],
            "label": [LABELS[i % len(LABELS)] for i in range(n)],
            "share": [np.nan if i == 1 else 1 / n for i in range(n)],
            "ci_low": np.nan,
            "ci_high": [0.5 if i % 2 else np.nan for i in range(n)],
            "n_passages": 7,
            "reliability_word": [("stable", "tentative", "exploratory")[i % 3] for i in range(n)],
        }
    )


def _crossed(n: int, of: dict[str, list[str | None]], **columns: object) -> pd.DataFrame:
    ((name, values),) = of.items()
    rows = [(v, f"t{i}") for v in values for i in range(n)]
    return pd.DataFrame(rows, columns=[name, "topic_id"]).assign(**columns)


def _surprise(n: int, mode: Mode) -> go.Figure:
    names = [*LABELS, None]
    styles = {name: SourceStyle(name, i) for i, name in enumerate(LABELS, start=1)}
    mixes = _crossed(n, {"source_id": names}, share=0.1, share_rest=np.nan, residual=np.nan)
    mixes["residual"] = np.resize([np.nan, -30.0, 30.0, 0.0, np.inf], n * len(names))
    return surprise(mixes, _topics(n), styles, mode)


def _trends(n: int, mode: Mode) -> go.Figure:
    table = _crossed(
        n,
        {"period": ["2024-01", "2024-02", "no period", None]},
        n_words=5,
        n_articles=np.nan,
        ci_low=np.nan,
        ci_high=1.0,
    )
    table["share"] = np.resize([np.nan, 0.0, 1.0], len(table))
    return topic_trends(table, _topics(n), mode)


def _tree(n: int, mode: Mode) -> go.Figure:
    table = _topics(n).rename(columns={"topic_id": "node_id"})
    table = table.assign(parent="root", height=np.nan, is_topic=True, order=range(n))
    root = table.head(1).assign(node_id="root", parent=None, is_topic=False)
    return tree(pd.concat([table, root], ignore_index=True), mode)


def _map(n: int, mode: Mode) -> go.Figure:
    table = _topics(n).assign(article_id=LABELS[0], x=np.arange(n) % 7, y=np.arange(n) % 5)
    return topic_map(table, _topics(n), mode)


def _terms(n: int, mode: Mode) -> go.Figure:
    table = _topics(n).rename(columns={"label": "term", "share": "weight"})
    lifts = np.resize([0.0, np.nan, np.inf, 1e9, 1e-3], n)
    return terms(table.assign(lift=lifts, count=np.nan), mode)


CHARTS: dict[str, Draw] = {
    "topics": lambda n, mode: topics_chart(_topics(n), mode),
    "surprise": _surprise,
    "trends": _trends,
    "tree": _tree,
    "map": _map,
    "terms": _terms,
}
every_chart = pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)


@every_chart
@pytest.mark.parametrize("n", [1, 2, 50])
def test_hostile_labels_are_text(draw: Draw, n: int) -> None:
    fig = draw(n, "light")
    assert fig.data
    shown = [a["text"] for a in fig.to_plotly_json()["layout"]["annotations"]]
    for trace in fig.data:
        used = [i for i in range(9) if f"customdata[{i}]" in (trace.hovertemplate or "")]
        shown += [str(row[i]) for i in used for row in trace.customdata]
        shown += [trace.hovertext or ""]
        assert not set(used) & {0}  # ids are for clicks, as they are in the table
    assert "<b>" not in "".join(shown)
    assert "</b>" not in "".join(shown)
    assert any("&lt;b&gt;" in text for text in shown)


@every_chart
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axes_never_range_by_themselves_and_ink_is_that_of_the_mode(draw: Draw, mode: Mode) -> None:
    fig = draw(50, mode)
    json.loads(fig.to_json())
    layout = fig.to_plotly_json()["layout"]
    axes = [axis for name, axis in layout.items() if name.startswith(("xaxis", "yaxis"))]
    # One that carries ticks alone, hidden, needs no range.
    ranges = [a["range"] for a in axes if a != {"domain": [0, 0.01], "visible": False}]
    assert len(ranges) >= 2
    ends = [end for both in ranges for end in both]
    assert np.isfinite([end for end in ends if not isinstance(end, str)]).all()  # else: dates
    assert not {"NaT", "nan", "None", ""} & {str(end) for end in ends}
    other: Mode = "dark" if mode == "light" else "light"
    assert INK[other].slate not in fig.to_json()
    assert INK[other].paper not in fig.to_json()


@every_chart
def test_nothing_to_draw(draw: Draw) -> None:
    fig = draw(0, "light")
    assert not fig.data
    assert fig.layout.xaxis.visible is False


@pytest.mark.parametrize("name", [name for name in CHARTS if name != "map"])
def test_row_labels_do_not_touch(name: str) -> None:
    """Labels at one place on the left, on a pixel axis, 13 px high. The map has no rows."""
    fig = CHARTS[name](50, "light")
    left = [a for a in fig.layout.annotations if a.xref == "paper" and a.font.size == 13]
    places = sorted(a.y - (a.yshift or 0) for a in left)
    assert len(places) >= 24
    assert min(np.diff(places)) >= 34
