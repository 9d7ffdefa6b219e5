"""Entries of a timeline in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.counts import count_axes
from dashboard.charts.parts import dates
from dashboard.charts.parts.layout import clickable, nothing, row_label
from dashboard.charts.parts.theme import INK, Mode, figure, records
from dashboard.charts.parts.traces import UNDIMMED

EDGE = 0.02  # of the entries that may stand outside the axis on either side
_ALLEGED = 3  # its place in a bar
_Bar = tuple[dates.Period, str, int, int, int]


def timeline_periods(periods: pd.DataFrame, mode: Mode, chosen: str = "") -> go.Figure:
    """How many entries begin in each period: what was past when told, above it what is only
    alleged, and what was ahead.

    Parameters
    ----------
    periods
        Columns period (years or months), n_past, n_plans, n_alleged (of the past ones).
    chosen
        The period that the list shows: the others are pale.

    Returns
    -------
    go.Figure
        Bars, customdata ``[period, words, count]``. The few periods far from the others are said,
        not drawn. Without entries a figure without traces.
    """
    every = _read(periods)
    if not every:
        return nothing(mode)
    bars, note = _near(every)
    made = figure(mode, 170, margin={"t": 20 if note else 4, "b": 40}, barmode="stack")
    for part, what in enumerate(("past", "alleged", "ahead"), 2):
        counted = [bar for bar in bars if bar[part]]
        if counted or part != _ALLEGED:
            made.add_trace(_trace(counted, part, what, mode, chosen))
    ends = bars[-1][0].start + timedelta(days=bars[-1][0].days - 1)
    made.update_layout(
        **count_axes(bars[0][0].start, ends, max(sum(bar[2:]) for bar in bars)),
        annotations=[row_label(note, 1, mode, yshift=2, limit=80, yref="paper")] * bool(note),
        showlegend=False,
    )
    return clickable(made, "period")


def _read(periods: pd.DataFrame) -> list[_Bar]:
    return [
        (
            period,
            str(row["period"]),
            int(row["n_past"]) - int(row["n_alleged"]),
            int(row["n_alleged"]),
            int(row["n_plans"]),
        )
        for row in records(periods)
        if (period := dates.parse_period(row["period"])) is not None
    ]


def _trace(counted: Sequence[_Bar], part: int, what: str, mode: Mode, chosen: str) -> go.Bar:
    ink = INK[mode]
    return go.Bar(
        x=[dates.moved(bar[0].start, bar[0].days / 2) for bar in counted],
        y=[bar[part] for bar in counted],
        width=[bar[0].days * dates.DAY * 0.86 for bar in counted],
        marker={
            "color": ink.slate if what == "past" else ink.paper,
            "line": {"color": ink.slate, "width": 1},
            "pattern": {"shape": "/" * (part == _ALLEGED), "fgcolor": ink.slate, "size": 5},
            "opacity": [1 if chosen in ("", bar[1]) else 0.35 for bar in counted],
        },
        customdata=[[bar[1], bar[0].words, bar[part], what] for bar in counted],
        hovertemplate="%{customdata[1]}<br>%{customdata[2]:,} %{customdata[3]} when told"
        "<extra></extra>",
        **UNDIMMED,
    )


def _near(bars: Sequence[_Bar]) -> tuple[Sequence[_Bar], str]:
    """The bars without the few at either end, and what is left out."""
    total = sum(sum(bar[2:]) for bar in bars)
    if len(bars) <= 12:
        return bars, ""
    first, last, before, after = 0, len(bars) - 1, 0, 0
    while before + sum(bars[first][2:]) <= EDGE * total:
        before += sum(bars[first][2:])
        first += 1
    while after + sum(bars[last][2:]) <= EDGE / 4 * total:
        after += sum(bars[last][2:])
        last -= 1
    notes = [f"{before:,} before {bars[first][0].words}"] * bool(before)
    notes += [f"{after:,} after {bars[last][0].words}"] * bool(after)
    return bars[first : last + 1], f"Not drawn: {' and '.join(notes)}" if notes else ""
