"""How much of the text each topic takes."""

from __future__ import annotations

import math
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.text import escape
from dashboard.charts.theme import (
    INK,
    UNDIMMED,
    Mode,
    bar_fill,
    figure,
    pixel_axis,
    row_label,
)

PITCH: Final = 48
BAR: Final = 12


def reservations(topics: pd.DataFrame) -> list[str]:
    """What to say of each topic: ``""`` when stable, else its ``reliability_word``."""
    return ["" if word == "stable" else str(word) for word in topics["reliability_word"]]


def percent(share: float) -> str:
    """Whole percent without the sign; ``<1`` for what is more than nothing."""
    if share and not math.isnan(share) and share < 0.005:
        return "&lt;1"
    return "–" if math.isnan(share) else f"{100 * share:.0f}"


def topics(topics: pd.DataFrame, mode: Mode) -> go.Figure:
    """Share of text per topic, one bar a row, in the order of the table.

    Parameters
    ----------
    topics
        Columns topic_id, label, share (0..1), n_passages, reliability_word.

    Returns
    -------
    go.Figure
        One bar trace in slate (hue means source), pale with an outline unless stable;
        customdata ``[topic_id, label, share, n_passages]``. Empty table: no traces.
    """
    n = len(topics)
    height = n * PITCH + 8
    made = figure(mode, max(height, 40), xaxis={"visible": False}, yaxis=pixel_axis(max(height, 1)))
    if topics.empty:
        return made
    shares = [float(share) for share in topics["share"]]
    words = reservations(topics)
    rows = [i * PITCH + 34 for i in range(n)]
    slate = INK[mode].slate
    made.add_trace(
        go.Bar(
            orientation="h",
            x=[0 if math.isnan(share) else share for share in shares],
            y=rows,
            width=BAR,
            marker={
                "color": [bar_fill(slate, bool(word), mode) for word in words],
                "line": {"color": slate, "width": 1},
            },
            text=[
                f"{percent(share)} %  <span style='color:{INK[mode].muted}'>n = {n:,}</span>"
                for share, n in zip(shares, topics["n_passages"], strict=True)
            ],
            textposition="outside",
            textangle=0,
            constraintext="none",
            cliponaxis=False,
            textfont={"size": 12, "color": INK[mode].ink},
            customdata=[
                [str(topic_id), escape(label), f"{percent(share)} %", f"{n:,}"]
                for topic_id, label, share, n in zip(
                    topics["topic_id"], topics["label"], shares, topics["n_passages"], strict=True
                )
            ],
            hovertemplate="%{customdata[1]}<br>%{customdata[2]} of the text, "
            "%{customdata[3]} passages<extra></extra>",
            **UNDIMMED,
        )
    )
    longest = max([share for share in shares if share > 0], default=1.0)
    made.update_layout(
        # Room for "100 % n = 12,345" beside the longest bar on a phone.
        xaxis={"range": [0, longest / 0.66], "visible": False},
        annotations=[
            row_label(label, y - BAR / 2, mode, yshift=2, note=word)
            for label, y, word in zip(topics["label"], rows, words, strict=True)
        ],
    )
    return made
