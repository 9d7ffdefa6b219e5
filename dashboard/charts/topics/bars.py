"""How much of the text each topic takes."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts.layout import (
    COLUMN,
    RowPlaces,
    across,
    clickable,
    column_label,
    nothing,
    pixel_axis,
    reservations,
    topic_labels,
    with_wide,
    words_at,
)
from dashboard.charts.parts.text import escape, whole_percent
from dashboard.charts.parts.theme import INK, Mode, figure, records
from dashboard.charts.parts.traces import bars, fills, interval, interval_words, numbers

PITCH: Final = 48
WIDE_PITCH: Final = 30
BAR: Final = 12


def topics(topics: pd.DataFrame, mode: Mode, longest: float | None = None) -> go.Figure:
    """Share of text per topic, one bar a row, in the order of the table, Other last.

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
        trace has the printed values. Topics without a word here are left out. Without others no
        traces. With a wide form.
    """
    topics = present(topics)
    if topics.empty:
        return nothing(mode)
    last = topics["topic_id"].astype(str) == "other"  # below a line: it is no topic
    ordered = pd.concat([topics[~last], topics[last]])
    return with_wide(*(_bars(ordered, mode, longest, wide=wide) for wide in (False, True)))


def present(topics: pd.DataFrame) -> pd.DataFrame:
    """The rows that say more than "none"."""
    return topics[topics["share"] != 0]


def _bars(topics: pd.DataFrame, mode: Mode, longest: float | None, *, wide: bool) -> go.Figure:
    found = records(topics)
    shares = [0.0 if pd.isna(row["share"]) else float(row["share"]) for row in found]
    bounds = [interval(row) or (share, share) for row, share in zip(found, shares, strict=True)]
    ends = [max(share, high) for share, (_, high) in zip(shares, bounds, strict=True)]
    pitch, first = (WIDE_PITCH, WIDE_PITCH / 2) if wide else (PITCH, 34)
    rows = RowPlaces(len(found), pitch, first=first, below=8, top=18 * wide)
    reach = (max(*ends, longest or 0.0) or 1.0) / (0.86 if wide else 0.66)
    labels = (
        [
            column_label(label, y, mode, note=word)
            for label, word, y in zip(
                topics["label"], reservations(topics), rows.places, strict=True
            )
        ]
        if wide
        else topic_labels(topics, [y - BAR / 2 for y in rows.places], mode, yshift=2)
    )
    muted = {"size": 12, "color": INK[mode].muted}
    right = {"x": 1, "xref": "paper", "xanchor": "right", "font": muted}
    if wide:
        labels += [
            words_at(f"{row['n_passages']:,}", y=y, yanchor="middle", **right)
            for row, y in zip(found, rows.places, strict=True)
        ]
        labels.append(words_at("passages", y=8, yanchor="middle", **right))
    other = [y - pitch / 2 for row, y in zip(found, rows.places, strict=True) if _is_other(row)]
    made = figure(
        mode,
        rows.height,
        margin={"l": COLUMN if wide else 0},
        # Room for "100 % n = 12,345" beside the longest bar on a phone.
        xaxis={"range": [0, reach], "visible": False},
        yaxis=pixel_axis(rows.height),
        annotations=labels,
        shapes=[across(mode, y, color=INK[mode].rule) for y in other] if wide else [],
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
        f"\u00a0{whole_percent(row['share'])} %"
        + f"  <span style='color:{INK[mode].muted}'>n = {row['n_passages']:,}</span>" * (not wide)
        for row in found
    ]
    made.add_trace(numbers(ends, rows.places, texts, mode))
    return clickable(made, "topic")


def _is_other(row: dict[str, Any]) -> bool:
    return str(row["topic_id"]) == "other"


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
        "color": INK[mode].muted,
        "thickness": 1,
        "width": 0,
    }
