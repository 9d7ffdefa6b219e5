"""How much of the text each topic takes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.text import escape
from dashboard.charts.theme import (
    INK,
    UNDIMMED,
    Mode,
    bar_fill,
    figure,
    nothing,
    pixel_axis,
    records,
    row_label,
)

PITCH: Final = 48
BAR: Final = 12
#: Characters of a row's label, the note behind it included: they fit a phone.
LABEL: Final = 46


def reservations(topics: pd.DataFrame) -> list[str]:
    """What to say of each topic: ``""`` when stable, else its ``reliability_word``."""
    return ["" if word == "stable" else str(word) for word in topics["reliability_word"]]


def topic_label(label: object, y: float, mode: Mode, word: str, **more: Any) -> dict[str, Any]:
    """A topic's row label (see ``theme.row_label``), ``word`` of its reservations behind it."""
    return row_label(label, y, mode, note=word, limit=LABEL - len(word), **more)


def percent(share: float) -> str:
    """Whole percent without the sign; ``<1`` for what is more than nothing."""
    if share and not math.isnan(share) and share < 0.005:
        return "&lt;1"
    return "–" if math.isnan(share) else f"{100 * share:.0f}"


def interval(row: Mapping[str, Any]) -> tuple[float, float] | None:
    """``ci_low`` and ``ci_high`` of a row of a table; None where one is not known."""
    low, high = row.get("ci_low"), row.get("ci_high")
    return None if pd.isna(low) or pd.isna(high) else (float(low), float(high))


def interval_words(row: Mapping[str, Any]) -> str:
    """`` (3 to 5)`` in percent; empty where there is no interval."""
    bounds = interval(row)
    return f" ({percent(bounds[0])} to {percent(bounds[1])})" if bounds else ""


def topics(topics: pd.DataFrame, mode: Mode, longest: float | None = None) -> go.Figure:
    """Share of text per topic, one bar a row, in the order of the table.

    Parameters
    ----------
    topics
        Columns topic_id, label, share (0..1), n_passages, reliability_word, and where known ci_low
        and ci_high (0..1; NaN: no interval drawn).
    longest
        The share that the scale is made for; None: the largest here. So a bar keeps its length
        where others are filtered out.

    Returns
    -------
    go.Figure
        A bar trace in slate (hue means source), pale with an outline unless stable, the interval a
        thin line on it; customdata ``[topic_id, label, share, interval, n_passages]``. A second
        trace has the printed values. Empty table: no traces.
    """
    if topics.empty:
        return nothing(mode)
    rows = records(topics)
    shares = [0.0 if pd.isna(row["share"]) else float(row["share"]) for row in rows]
    bounds = [interval(row) or (share, share) for row, share in zip(rows, shares, strict=True)]
    ends = [max(share, high) for share, (_, high) in zip(shares, bounds, strict=True)]
    words = reservations(topics)
    places = [i * PITCH + 34 for i in range(len(rows))]
    ink, slate = INK[mode], INK[mode].slate
    height = len(rows) * PITCH + 8
    made = figure(
        mode,
        height,
        # Room for "100 % n = 12,345" beside the longest bar on a phone.
        xaxis={"range": [0, (max(*ends, longest or 0.0) or 1.0) / 0.66], "visible": False},
        yaxis=pixel_axis(height),
        annotations=[
            topic_label(row["label"], y - BAR / 2, mode, word, yshift=2)
            for row, y, word in zip(rows, places, words, strict=True)
        ],
    )
    made.add_trace(
        go.Bar(
            orientation="h",
            x=shares,
            y=places,
            width=BAR,
            marker={
                "color": [bar_fill(slate, bool(word), mode) for word in words],
                "line": {"color": slate, "width": 1},
            },
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [max(high - x, 0) for x, (_, high) in zip(shares, bounds, strict=True)],
                "arrayminus": [max(x - low, 0) for x, (low, _) in zip(shares, bounds, strict=True)],
                "color": ink.ink,
                "thickness": 1.5,
                "width": 0,
            },
            customdata=[
                [
                    str(row["topic_id"]),
                    escape(row["label"]),
                    f"{percent(row['share'])} %",
                    interval_words(row),
                    f"{row['n_passages']:,}",
                ]
                for row in rows
            ],
            hovertemplate="%{customdata[1]}<br>%{customdata[2]} of the text%{customdata[3]}, "
            "%{customdata[4]} passages<extra></extra>",
            **UNDIMMED,
        )
    )
    made.add_trace(
        go.Scatter(
            x=ends,
            y=places,
            mode="text",
            text=[
                f"\u00a0{percent(row['share'])} %  "
                f"<span style='color:{ink.muted}'>n = {row['n_passages']:,}</span>"
                for row in rows
            ],
            textposition="middle right",
            textfont={"size": 12, "color": ink.ink},
            cliponaxis=False,
            hoverinfo="skip",
            # A click on a mark doesn’t dim the numbers.
            unselected={"textfont": {"color": ink.ink}},
        )
    )
    return made
