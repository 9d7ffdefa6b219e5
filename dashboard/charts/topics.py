"""How much of the text each topic takes."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import (
    RowPlaces,
    bars,
    clickable,
    fills,
    interval,
    interval_words,
    nothing,
    numbers,
    pixel_axis,
    reservations,
    topic_labels,
)
from dashboard.charts.text import escape, whole_percent
from dashboard.charts.theme import INK, Mode, figure, records

PITCH: Final = 48
BAR: Final = 12


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
    found = records(topics)
    shares = [0.0 if pd.isna(row["share"]) else float(row["share"]) for row in found]
    bounds = [interval(row) or (share, share) for row, share in zip(found, shares, strict=True)]
    ends = [max(share, high) for share, (_, high) in zip(shares, bounds, strict=True)]
    rows = RowPlaces(len(found), PITCH, first=34, below=8)
    labels = [y - BAR / 2 for y in rows.places]
    made = figure(
        mode,
        rows.height,
        # Room for "100 % n = 12,345" beside the longest bar on a phone.
        xaxis={"range": [0, (max(*ends, longest or 0.0) or 1.0) / 0.66], "visible": False},
        yaxis=pixel_axis(rows.height),
        annotations=topic_labels(topics, labels, mode, yshift=2),
    )
    made.add_trace(
        bars(
            shares,
            rows.places,
            BAR,
            fill=fills(INK[mode].slate, reservations(topics), mode),
            outline=INK[mode].slate,
            data=[_data(row) for row in found],
            hover="%{customdata[1]}<br>%{customdata[2]} of the text%{customdata[3]}, "
            "%{customdata[4]} passages<extra></extra>",
            error_x=_intervals(shares, bounds, mode),
        )
    )
    texts = [
        f"\u00a0{whole_percent(row['share'])} %  "
        f"<span style='color:{INK[mode].muted}'>n = {row['n_passages']:,}</span>"
        for row in found
    ]
    made.add_trace(numbers(ends, rows.places, texts, mode))
    return clickable(made, "topic")


def _data(row: dict[str, Any]) -> list[str]:
    return [
        str(row["topic_id"]),
        escape(row["label"]),
        f"{whole_percent(row['share'])} %",
        interval_words(row),
        f"{row['n_passages']:,}",
    ]


def _intervals(
    shares: list[float], bounds: list[tuple[float, float]], mode: Mode
) -> dict[str, Any]:
    """The intervals as plotly's error bars: lengths to the right and to the left."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [max(high - x, 0) for x, (_, high) in zip(shares, bounds, strict=True)],
        "arrayminus": [max(x - low, 0) for x, (low, _) in zip(shares, bounds, strict=True)],
        "color": INK[mode].ink,
        "thickness": 1.5,
        "width": 0,
    }
