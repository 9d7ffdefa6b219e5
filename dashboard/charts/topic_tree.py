"""How topics merge into broader ones."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.text import escape, wrap
from dashboard.charts.theme import INK, UNDIMMED, Mode, figure, nothing, records
from dashboard.charts.topics import percent

PITCH: Final = 38
#: Pixels for the names, which stand beside their mark: above it they would cover the branches.
NAMES: Final = 172
_SMALLEST, _LARGEST = 7.0, 20.0


def tree(table: pd.DataFrame, mode: Mode) -> go.Figure:
    """Dendrogram of the present topics: branches join where two topics merge.

    Parameters
    ----------
    table
        Columns node_id, parent (None at the root), label, n_passages, share (0..1), height (cost
        of the merge, ≥ 0), is_topic, order, and where known reliability_word; children before their
        parents. What lies below the topics is not drawn; a parent that has no row ends the tree
        there.

    Returns
    -------
    go.Figure
        A trace of elbows, one of merges (small, open) and one of topics (area is share, open unless
        stable), both with customdata ``[node_id, …]``. Towards the right topics are less alike, on
        a square-root scale where few merges cost far more than most. A single topic has no elbows.
    """
    rows = {str(row["node_id"]): row for row in records(table)}
    topics = sorted(
        (row for row in rows.values() if row["is_topic"]),
        key=lambda row: (row["order"], str(row["node_id"])),
    )
    if not topics:
        return nothing(mode)
    drawn, children = _above(topics, rows)
    heights = {node: _height(rows[node]) for node in drawn}
    scale = 0.5 if _skewed(list(heights.values())) else 1.0
    x = {str(row["node_id"]): 0.0 for row in topics}
    y = {str(row["node_id"]): (i + 0.5) * PITCH for i, row in enumerate(topics)}
    held = {node: 1 for node in x}
    lines_x: list[float | None] = []
    lines_y: list[float | None] = []
    for node in drawn:  # children come before their parents
        below = [y[child] for child in children[node]]
        x[node] = max(heights[node] ** scale, *(x[child] for child in children[node]))
        y[node] = (min(below) + max(below)) / 2
        held[node] = sum(held[child] for child in children[node])
        for child in children[node]:
            lines_x += [x[child], x[node], None]
            lines_y += [y[child], y[child], None]
        lines_x += [x[node], x[node], None]
        lines_y += [min(below), max(below), None]

    ink, slate = INK[mode], INK[mode].slate
    height = len(topics) * PITCH
    right = max(x.values()) or 1.0
    made = figure(
        mode,
        height + 24 * bool(drawn),
        margin={"l": NAMES, "b": 24 * bool(drawn), "r": 8},
        xaxis={"range": [0, right * 1.02], "visible": False},
        yaxis={"range": [height, 0], "visible": False, "fixedrange": True},
        annotations=[_name(row, y[str(row["node_id"])], mode) for row in topics]
        + ([_end("alike", 0, height), _end("less alike →", 1, height)] if drawn else []),
    )
    if drawn:
        made.add_trace(
            go.Scatter(
                x=lines_x,
                y=lines_y,
                mode="lines",
                line={"color": slate, "width": 1},
                connectgaps=False,
                hoverinfo="skip",
            )
        )
        merges = [node for node in drawn if len(children[node]) > 1]
        made.add_trace(
            _marks(
                [x[node] for node in merges],
                [y[node] for node in merges],
                {"size": 8, "color": ink.paper, "line": {"color": slate, "width": 1.5}},
                [_data(rows[node], f", {held[node]} topics") for node in merges],
            )
        )
    shares = [0.0 if pd.isna(row["share"]) else float(row["share"]) for row in topics]
    largest = max(shares) or 1.0
    made.add_trace(
        _marks(
            [0.0] * len(topics),
            [y[str(row["node_id"])] for row in topics],
            {
                "size": [max(_LARGEST * (s / largest) ** 0.5, _SMALLEST) for s in shares],
                "color": [
                    slate if row.get("reliability_word", "stable") == "stable" else ink.paper
                    for row in topics
                ],
                "line": {"color": slate, "width": 1},
            },
            [_data(row, f", {row['n_passages']:,} passages") for row in topics],
        )
    )
    return made


def _above(
    topics: list[dict[str, Any]], rows: dict[str, dict[str, Any]]
) -> tuple[list[str], dict[str, list[str]]]:
    """The nodes that topics merge into, children first, and what each is made of."""
    children: dict[str, list[str]] = {}
    seen = {str(row["node_id"]) for row in topics}
    waiting = list(seen)
    for node in waiting:
        parent = rows[node]["parent"]
        if not isinstance(parent, str) or parent not in rows:
            continue
        children.setdefault(parent, []).append(node)
        if parent not in seen:
            seen.add(parent)
            waiting.append(parent)
    return [node for node in rows if node in children], children


def _height(row: dict[str, Any]) -> float:
    return 0.0 if pd.isna(row["height"]) else max(float(row["height"]), 0.0)


def _skewed(heights: list[float]) -> bool:
    middle = sorted(heights)[len(heights) // 2] if heights else 0.0
    return middle > 0 and max(heights) > 4 * middle


def _name(row: dict[str, Any], y: float, mode: Mode) -> dict[str, Any]:
    """A topic's name on two lines: what is behind the first ``·`` follows in muted ink."""
    head, _, rest = str(row["label"]).partition(" · ")
    text = wrap(head, 23)
    if rest and "<br>" not in text:
        muted = f"color:{INK[mode].muted};font-size:12px"
        text += f'<br><span style="{muted}">{escape(rest, 26)}</span>'
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xshift": -NAMES,
        "xanchor": "left",
        "y": y,
        "yanchor": "middle",
        "align": "left",
        "width": NAMES - 14,  # the rest of a name in wide letters is cut
        "showarrow": False,
        "font": {"size": 13, "color": INK[mode].ink},
        "borderpad": 0,
    }


def _end(text: str, x: float, y: float) -> dict[str, Any]:
    """What an end of the axis means."""
    return {
        "text": text,
        "x": x,
        "xref": "paper",
        "xanchor": "right" if x else "left",
        "y": y,
        "yanchor": "top",
        "showarrow": False,
        "borderpad": 0,
    }


def _data(row: dict[str, Any], size: str) -> list[str]:
    share = f"{percent(float(row['share']))} % of the text"
    return [str(row["node_id"]), escape(row["label"], 60), share + size]


def _marks(
    x: list[float], y: list[float], marker: dict[str, Any], data: list[list[str]]
) -> go.Scatter:
    return go.Scatter(
        x=x,
        y=y,
        mode="markers",
        cliponaxis=False,
        marker=marker | {"opacity": 1},
        customdata=data,
        hovertemplate="%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        **UNDIMMED,
    )
