"""A word shift: which words set now apart from then, and how far beyond chance."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts.layout import (
    RowPlaces,
    clickable,
    nothing,
    pixel_axis,
    round_below,
    upright,
    words_at,
)
from dashboard.charts.parts.text import escape
from dashboard.charts.parts.theme import INK, Mode, figure, records
from dashboard.charts.parts.traces import UNDIMMED

MOST_DRAWN: Final = 30
_PITCH, _TOP = 24.0, 26.0
_HOVER: Final = (
    "%{customdata[1]}<br>%{customdata[2]}<br>%{customdata[3]}<br>%{customdata[4]}<extra></extra>"
)


def word_shift(shift: pd.DataFrame, mode: Mode) -> go.Figure:
    """Bars to the right for words used more now, to the left for those used less.

    Parameters
    ----------
    shift
        Columns word, direction (``up``, ``down``), contribution, ci_low, ci_high (0 to 1; null: no
        interval), rate_then, rate_now; the first :data:`MOST_DRAWN` rows are drawn, in their order.

    Returns
    -------
    go.Figure
        A trace of bars in percent of the divergence with their intervals, customdata ``[word, …]``;
        pale where the interval holds zero, or there is none.
    """
    rows = records(shift.head(MOST_DRAWN))
    if not rows:
        return nothing(mode)
    ink = INK[mode]
    of = RowPlaces(len(rows), _PITCH, 12.0, 6.0, _TOP)
    made = figure(mode, of.height + 30, margin={"b": 30})
    values = [_signed(row, row["contribution"]) for row in rows]
    reach = max(abs(_signed(row, _end(row, "ci_high"))) for row in rows)
    reach = max(reach, *(abs(value) for value in values), 1e-9)
    made.add_trace(
        go.Bar(
            orientation="h",
            x=values,
            y=of.places,
            width=10,
            marker={
                "color": [ink.ink if _is_clear(row) else ink.quiet for row in rows],
                "line": {"width": 0},
            },
            error_x=_intervals(rows, mode),
            customdata=[_data(row) for row in rows],
            hovertemplate=_HOVER,
            **UNDIMMED,
        )
    )
    tick = round_below(0.8 * reach)
    made.update_layout(
        xaxis={
            "range": [-1.15 * reach, 1.15 * reach],
            "tickmode": "array",
            "tickvals": [-tick, 0, tick],
            "ticktext": [f"{tick:,g} %", "0", f"{tick:,g} %"],
            "fixedrange": True,
        },
        yaxis=pixel_axis(of.height),
        annotations=_labels(rows, of.places, mode),
        shapes=[upright(mode, 0, _TOP, of.height)],
    )
    return clickable(made, "kw")


def _labels(
    rows: Sequence[Mapping[str, Any]], places: Sequence[float], mode: Mode
) -> list[dict[str, Any]]:
    """Each word on the other side of its bar, and what the sides mean."""
    ink = INK[mode]
    up = [row["direction"] == "up" for row in rows]
    annotations = [
        words_at(
            escape(row["word"], 24),
            x=0,
            y=y,
            xanchor="right" if u else "left",
            xshift=-6 if u else 6,
            yanchor="middle",
            font={"size": 13, "color": ink.ink},
        )
        for row, y, u in zip(rows, places, up, strict=True)
    ]
    annotations += [
        words_at(text, x=x, xref="paper", xanchor=anchor, y=0, yanchor="top",
                 font={"size": 12, "color": ink.muted})
        for text, x, anchor in (("← less now", 0, "left"), ("more now →", 1, "right"))
    ]  # fmt: skip
    return annotations


def _intervals(rows: Sequence[Mapping[str, Any]], mode: Mode) -> dict[str, Any]:
    """From the end of each bar, in percent."""
    less, more = (
        [100 * abs(row["contribution"] - _end(row, name)) for row in rows]
        for name in ("ci_low", "ci_high")
    )
    up = [row["direction"] == "up" for row in rows]
    return {
        "type": "data",
        "symmetric": False,
        # Towards zero on the left is to the right.
        "array": [m if u else n for u, m, n in zip(up, more, less, strict=True)],
        "arrayminus": [n if u else m for u, m, n in zip(up, more, less, strict=True)],
        "color": INK[mode].muted,
        "thickness": 1.2,
        "width": 0,
    }


def _signed(row: Mapping[str, Any], share: float) -> float:
    return (1 if row["direction"] == "up" else -1) * 100 * share


def _end(row: Mapping[str, Any], name: str) -> float:
    """An end of the interval; where there is none the value."""
    value = row[name]
    known = value is not None and not math.isnan(value)
    return float(value) if known else float(row["contribution"])


def _is_clear(row: Mapping[str, Any]) -> bool:
    low = row["ci_low"]
    return low is not None and not math.isnan(low) and low > 0


def _data(row: Mapping[str, Any]) -> Sequence[object]:
    low, high = _end(row, "ci_low"), _end(row, "ci_high")
    interval = f" (95 %: {100 * low:.2f} to {100 * high:.2f})" if low < high else ""
    return [
        str(row["word"]),
        escape(row["word"], 60),
        f"{row['rate_now']:.1f} per 10,000 words now, {row['rate_then']:.1f} then",
        f"{100 * row['contribution']:.2f} % of what sets the two apart{interval}",
        "more now" if row["direction"] == "up" else "less now",
    ]
