"""How topics merge into broader ones."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts.layout import FIRM, RowPlaces, clickable, nothing, pixel_axis, words_at
from dashboard.charts.parts.text import escape, whole_percent, wrap
from dashboard.charts.parts.theme import INK, Mode, figure, records
from dashboard.charts.parts.traces import marks, strokes

PITCH: Final = 38
#: Pixels for the names, which stand beside their mark: above it they would cover the branches.
NAMES: Final = 172
_SMALLEST, _LARGEST = 7.0, 20.0
_HOVER: Final = "%{customdata[1]}<br>%{customdata[2]}<extra></extra>"


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
        a square-root scale where few merges cost far more than most. Merges of one height are one.
        A single topic has no elbows.
    """
    rows = {str(row["node_id"]): row for row in records(table)}
    topics = sorted(
        (row for row in rows.values() if row["is_topic"]),
        key=lambda row: (row["order"], str(row["node_id"])),
    )
    if not topics:
        return nothing(mode)
    drawn, children = _untied(*_above(topics, rows), rows)
    places = RowPlaces(len(topics), PITCH, first=PITCH / 2)
    y = {str(row["node_id"]): place for row, place in zip(topics, places.places, strict=True)}
    x, elbows, held = _joined(drawn, children, {n: _height(rows[n]) for n in drawn}, y)
    ink, slate, height = INK[mode], INK[mode].slate, places.height
    below = 24 * bool(drawn)
    made = figure(
        mode,
        height + below,
        margin={"l": NAMES, "b": below, "r": 8},
        xaxis={"range": [0, (max(x.values()) or 1.0) * 1.02], "visible": False},
        yaxis=pixel_axis(height),
        annotations=[_name(row, y[str(row["node_id"])], mode) for row in topics]
        + ([_end("alike", 0, height), _end("less alike →", 1, height)] if drawn else []),
    )
    if drawn:
        made.add_trace(strokes(elbows, slate, 1))
        merges = [node for node in drawn if len(children[node]) > 1]
        marker = {"size": 8, "color": ink.paper, "line": {"color": slate, "width": 1.5}}
        data = [_data(rows[node], f", {held[node]} topics") for node in merges]
        at = [x[node] for node in merges], [y[node] for node in merges]
        made.add_trace(marks(*at, marker | {"opacity": 1}, data, _HOVER))
    data = [_data(row, f", {row['n_passages']:,} passages") for row in topics]
    made.add_trace(
        marks([0.0] * len(topics), places.places, _topic_marker(topics, mode), data, _HOVER)
    )
    return clickable(made, "node")


def _joined(
    drawn: list[str],
    children: dict[str, list[str]],
    heights: dict[str, float],
    y: dict[str, float],
) -> tuple[dict[str, float], list[list[tuple[float, float]]], dict[str, int]]:
    """Where each node lies to the right, the lines of its elbow, and how many topics it holds.

    ``y`` has the topics, and is given those of the nodes drawn.
    """
    scale = 0.5 if _skewed(list(heights.values())) else 1.0
    x = dict.fromkeys(y, 0.0)
    held = dict.fromkeys(y, 1)
    lines = []
    for node in drawn:  # children come before their parents
        below = [y[child] for child in children[node]]
        x[node] = max(heights[node] ** scale, *(x[child] for child in children[node]))
        y[node] = (min(below) + max(below)) / 2
        held[node] = sum(held[child] for child in children[node])
        lines += [[(x[child], y[child]), (x[node], y[child])] for child in children[node]]
        lines.append([(x[node], min(below)), (x[node], max(below))])
    return x, lines, held


def _topic_marker(topics: list[dict[str, Any]], mode: Mode) -> dict[str, Any]:
    """Circles whose area is the share, open unless stable or given."""
    shares = [0.0 if pd.isna(row["share"]) else float(row["share"]) for row in topics]
    largest = max(shares) or 1.0
    slate, paper = INK[mode].slate, INK[mode].paper
    return {
        "size": [max(_LARGEST * (s / largest) ** 0.5, _SMALLEST) for s in shares],
        "color": [
            slate if row.get("reliability_word", "stable") in FIRM else paper for row in topics
        ],
        "line": {"color": slate, "width": 1},
        "opacity": 1,
    }


def _above(
    topics: list[dict[str, Any]], rows: dict[str, dict[str, Any]]
) -> tuple[list[str], dict[str, list[str]]]:
    """The nodes that topics merge into, children first, and what each is made of."""
    children: dict[str, list[str]] = {}
    waiting = [str(row["node_id"]) for row in topics]
    seen = set(waiting)
    for node in waiting:
        parent = rows[node]["parent"]
        if not isinstance(parent, str) or parent not in rows:
            continue
        children.setdefault(parent, []).append(node)
        if parent not in seen:
            seen.add(parent)
            waiting.append(parent)
    return [node for node in rows if node in children], children


def _untied(
    drawn: list[str], children: dict[str, list[str]], rows: dict[str, dict[str, Any]]
) -> tuple[list[str], dict[str, list[str]]]:
    """The same, without merges as high as the one above them: two marks on one line would give
    what merges at once an order, and hide the lower line."""
    tied = set()
    for node in drawn:  # children come before their parents
        of = []
        for child in children[node]:
            same = child in children and _height(rows[child]) >= _height(rows[node])
            of += children[child] if same else [child]
            tied |= {child} if same else set()
        children[node] = of
    return [node for node in drawn if node not in tied], children


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
    return words_at(
        text,
        x=0,
        xref="paper",
        xshift=-NAMES,
        xanchor="left",
        y=y,
        yanchor="middle",
        align="left",
        width=NAMES - 14,  # the rest of a name in wide letters is cut
        font={"size": 13, "color": INK[mode].ink},
    )


def _end(text: str, x: float, y: float) -> dict[str, Any]:
    """What an end of the axis means."""
    xanchor = "right" if x else "left"
    return words_at(text, x=x, xref="paper", xanchor=xanchor, y=y, yanchor="top")


def _data(row: dict[str, Any], size: str) -> list[str]:
    share = f"{whole_percent(float(row['share']))} % of the text"
    return [str(row["node_id"]), escape(row["label"], 60), share + size]
