"""The words of one topic: how common they are in it, and how common in all the text."""

from __future__ import annotations

import math
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts.layout import RowPlaces, clickable, nothing, pixel_axis, row_label
from dashboard.charts.parts.text import escape, fine_percent
from dashboard.charts.parts.theme import INK, Mode, figure, records
from dashboard.charts.parts.traces import bars, marks, numbers

MOST: Final = 25
PITCH: Final = 38
BAR: Final = 9

_HOVER: Final = "<br>".join(f"%{{customdata[{i}]}}" for i in (1, 2, 3, 4)) + "<extra></extra>"


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
    found = [row for row in records(table.head(MOST)) if not pd.isna(row["weight"])]
    if not found:
        return nothing(mode)
    weights = [float(row["weight"]) for row in found]
    lifts = [float(row["lift"]) if not pd.isna(row["lift"]) else 0.0 for row in found]
    corpus = [w / lift if lift > 0 else math.nan for w, lift in zip(weights, lifts, strict=True)]
    ends = [max(w, c) if c == c else w for w, c in zip(weights, corpus, strict=True)]
    longest = max(ends) or 1.0
    ink = INK[mode]
    rows = RowPlaces(len(found), PITCH, first=29, below=6)
    made = figure(
        mode,
        rows.height,
        # Room for "0.97 %  120 times" beside the longest bar on a phone.
        xaxis={"range": [-0.006 * longest, longest / 0.64], "visible": False},
        yaxis=pixel_axis(rows.height),
        annotations=[
            row_label(row["term"], y, mode) for row, y in zip(found, rows.places, strict=True)
        ],
    )
    data = [_data(row, w, c) for row, w, c in zip(found, weights, corpus, strict=True)]
    made.add_trace(
        bars(weights, rows.places, BAR, fill=ink.slate, outline=ink.slate, data=data, hover=_HOVER)
    )
    tick = {
        "symbol": "line-ns",
        "size": 15,
        "color": ink.ink,
        "line": {"color": ink.ink, "width": 2},
        "opacity": 1,
    }
    made.add_trace(marks(corpus, rows.places, tick, data, _HOVER))
    texts = [
        f"\u00a0\u00a0{fine_percent(w)} %"
        + (f"  <span style='color:{ink.muted}'>{_times(lift)}</span>" if lift > 0 else "")
        for w, lift in zip(weights, lifts, strict=True)
    ]
    made.add_trace(numbers(ends, rows.places, texts, mode))
    return clickable(made, "kw")


def _data(row: dict[str, Any], weight: float, corpus: float) -> list[str]:
    return [
        str(row["term"]),
        escape(row["term"], 44),
        f"{fine_percent(weight)} % of the topic’s terms",
        f"{fine_percent(corpus)} % of all terms" if corpus == corpus else "",
        f"{row['count']:,.0f} uses in the topic" if not pd.isna(row["count"]) else "",
    ]


def _times(lift: float) -> str:
    return f"{lift:,.0f} times" if lift >= 9.95 else f"{lift:.1f} times"
