"""The words of one topic: how common they are in it, and how common in all the text."""

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
    figure,
    nothing,
    pixel_axis,
    records,
    row_label,
)

MOST: Final = 25
PITCH: Final = 38
BAR: Final = 9


def terms(table: pd.DataFrame, mode: Mode) -> go.Figure:
    """The first :data:`MOST` terms of one topic, in the order of the table.

    The bars don't fall from row to row: they say how common a term is here, the order says how
    relevant it is (Sievert & Shirley 2014), and the tick says how common it is in all the text.

    Parameters
    ----------
    table
        Columns term, weight (share of the topic's terms, 0..1), lift (weight ÷ share of all terms;
        NaN or 0: no tick), count.

    Returns
    -------
    go.Figure
        Bars of weight, customdata ``[term, …]``; ticks of weight ÷ lift; the printed values. Empty
        table: no traces.
    """
    rows = [row for row in records(table.head(MOST)) if not pd.isna(row["weight"])]
    if not rows:
        return nothing(mode)
    weights = [float(row["weight"]) for row in rows]
    lifts = [float(row["lift"]) if not pd.isna(row["lift"]) else 0.0 for row in rows]
    corpus = [w / lift if lift > 0 else math.nan for w, lift in zip(weights, lifts, strict=True)]
    ends = [max(w, c) if c == c else w for w, c in zip(weights, corpus, strict=True)]
    longest = max(ends) or 1.0
    ink = INK[mode]
    places = [i * PITCH + 29 for i in range(len(rows))]
    height = len(rows) * PITCH + 6
    made = figure(
        mode,
        height,
        # Room for "0.97 %  120 times" beside the longest bar on a phone.
        xaxis={"range": [-0.006 * longest, longest / 0.64], "visible": False},
        yaxis=pixel_axis(height),
        annotations=[
            row_label(row["term"], y, mode, yshift=8) for row, y in zip(rows, places, strict=True)
        ],
    )
    data = [
        [
            str(row["term"]),
            escape(row["term"], 44),
            f"{fine_percent(w)} % of the topic’s terms",
            f"{fine_percent(c)} % of all terms" if c == c else "",
            f"{row['count']:,.0f} uses in the topic" if not pd.isna(row["count"]) else "",
        ]
        for row, w, c in zip(rows, weights, corpus, strict=True)
    ]
    hover = "<br>".join(f"%{{customdata[{i}]}}" for i in (1, 2, 3, 4)) + "<extra></extra>"
    made.add_trace(
        go.Bar(
            orientation="h",
            x=weights,
            y=places,
            width=BAR,
            marker={"color": ink.slate, "line": {"color": ink.slate, "width": 1}},
            customdata=data,
            hovertemplate=hover,
            **UNDIMMED,
        )
    )
    made.add_trace(
        go.Scatter(
            x=corpus,
            y=places,
            mode="markers",
            cliponaxis=False,
            marker={
                "symbol": "line-ns",
                "size": 15,
                "color": ink.ink,
                "line": {"color": ink.ink, "width": 2},
                "opacity": 1,
            },
            customdata=data,
            hovertemplate=hover,
            **UNDIMMED,
        )
    )
    made.add_trace(
        go.Scatter(
            x=ends,
            y=places,
            mode="text",
            text=[
                f"\u00a0\u00a0{fine_percent(w)} %"
                + (f"  <span style='color:{ink.muted}'>{_times(lift)}</span>" if lift > 0 else "")
                for w, lift in zip(weights, lifts, strict=True)
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


def fine_percent(share: float) -> str:
    """Percent of a small share without the sign: ``12``, ``1.2``, ``0.12``, ``<0.01``."""
    value = 100 * share
    if 0 < value < 0.005:
        return "&lt;0.01"
    digits = 0 if value >= 9.95 or value == 0 else 1 if value >= 0.995 else 2
    return f"{value:.{digits}f}"


def _times(lift: float) -> str:
    return f"{lift:,.0f} times" if lift >= 9.95 else f"{lift:.1f} times"
