"""A keyword in time, by source: dots while the dates are few, lines when they are many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts import dates
from dashboard.charts.parts.layout import (
    across,
    clickable,
    levels,
    nothing,
    pixel_axis,
    row_label,
    upright,
    with_wide,
)
from dashboard.charts.parts.text import escape
from dashboard.charts.parts.theme import INK, Mode, SourceStyle, figure
from dashboard.charts.parts.traces import marks, source_marker
from dashboard.charts.trends.lines import trend_lines
from dashboard.charts.trends.points import (
    HOVER,
    Measure,
    Point,
    Scale,
    Series,
    are_few,
    data_of,
    denominator,
    lone_periods,
    points_of,
    series_of,
    value_words,
    without,
)

#: Place in the lane right of the axis; a number fits beside the mark.
_UNDATED_DOT: Final = 0.36


def trends(
    trends: pd.DataFrame,
    keyword: str,
    styles: Mapping[str, SourceStyle],
    mode: Mode,
    measure: Measure = "per_10k",
    scale: Scale = "linear",
) -> go.Figure:
    """One keyword per period and source.

    Parameters
    ----------
    trends
        Columns period, source_id, keyword, count, n_articles, per_10k, and where known n_with,
        share, n_words, window (else 1). A period without a row is a gap, never zero. ``period``
        ``None`` is undated and stands right of the axis; ``source_id`` ``None`` is a grey row of
        its own; ``"All sources"`` a slate one.
    keyword
        Which series of the table.
    measure
        ``count``, ``per_10k`` (uses per 10,000 words) or ``share`` (of articles, drawn in percent).
    scale
        Of lines; ``log`` has powers of ten, and zeros as hollow marks below them.

    Returns
    -------
    go.Figure
        With at most ``dates.MAX_DOTS`` dated periods one marker trace per source, open where the
        keyword isn't used; otherwise one line trace per source (``None`` at gaps) over grey bars of
        ``n_articles`` below zero. customdata ``[source_id, period, …]``. Sources
        without a number are added up in a row.
    """
    points = points_of(trends[trends["keyword"] == keyword], measure)
    if not points:
        return nothing(mode)
    if are_few(points):
        made = dots(series_of(points, styles, measure), mode, measure)
        made.update_layout(meta={"keyword": escape(keyword)})
        return clickable(made, "src", "period")
    early = lone_periods(points)
    window = int(trends["window"].max()) if "window" in trends else 1
    every = [without(row, early) for row in series_of(points, styles, measure)]
    rows = [row for row in every if row.points]
    forms = [
        clickable(trend_lines(rows, mode, measure, window, scale, wide=wide), "src", "period")
        for wide in (False, True)
    ]
    return with_wide(*forms)


def dots(rows: Sequence[Series], mode: Mode, measure: Measure) -> go.Figure:
    """A row of marks for each of ``rows``, each mark at its date with its number."""
    periods = {p.period.start: p.period for row in rows for p in row.points if p.period}
    starts = sorted(periods)
    axis, lane = dates.lanes(bool(starts), any(row.undated for row in rows))
    made = figure(mode, 80)
    annotations, shapes = [], []
    gap, position = _number_room(starts)
    below = position == "bottom center"
    base = -8.0
    for row in rows:
        stacked = levels([p.period.start.toordinal() for p in row.dated if p.period], gap)
        rise = 15.0 * max(stacked, default=0)
        base += (60 if below else 46) + rise
        note = denominator(row.points, measure)
        label = row_label(row.style.name, base - rise, mode, note=note, yshift=9, limit=30)
        annotations.append(label)
        shapes.append(across(mode, base))
        if row.dated:
            x = [p.period.start.isoformat() for p in row.dated if p.period]
            y = [base - 15.0 * level for level in stacked]
            made.add_trace(_dot_trace(row.dated, x, y, row.style, mode, measure, position))
        if row.undated:
            n = len(row.undated)
            lane_x, lane_y = [_UNDATED_DOT] * n, [base] * n
            trace = _dot_trace(
                row.undated, lane_x, lane_y, row.style, mode, measure, "middle right"
            )
            made.add_trace(trace.update(xaxis="x2"))
    height = base + (28 if below else 14)
    if starts:
        axis |= {"type": "date", "range": dates.padded(starts[0], starts[-1], 0.12)}
        axis |= dates.tick_axis(starts, [periods[start].label for start in starts])
        axis |= {"tickangle": 0}
        shapes += [upright(mode, start.isoformat(), 0, height, dash="dot") for start in starts]
    made.update_layout(
        height=round(height) + 40,
        margin={"b": 40},
        xaxis=axis,
        yaxis=pixel_axis(height),
        annotations=annotations,
        shapes=shapes,
    )
    if lane:
        made.update_layout(xaxis2=lane | {"anchor": "y", "tickvals": [_UNDATED_DOT]})
    return made


def _number_room(starts: Sequence[date]) -> tuple[float, str]:
    """Least distance of dots in days, and where their numbers stand, so that nothing is covered.

    On a phone the axis is about 280 px wide. Beside the dot a number needs 46 px, below it 34;
    where dates are closer, dots of one row are stacked.
    """
    if len(starts) < 2:
        return 0.0, "middle right"
    pixel = dates.span_days(starts[0], starts[-1], 0.12) / 280
    closest = min((b - a).days for a, b in pairwise(starts))
    if 34 * pixel <= closest < 46 * pixel:
        return 0.0, "bottom center"
    return 46 * pixel, "middle right"


def _dot_trace(
    points: Sequence[Point],
    x: Sequence[object],
    y: Sequence[float],
    style: SourceStyle,
    mode: Mode,
    measure: Measure,
    position: str,
) -> go.Scatter:
    space = "\u00a0" * 2 if position == "middle right" else ""
    used = [point.count > 0 for point in points]
    return marks(
        x,
        y,
        source_marker(style, mode, 13, used),
        data_of(points, style, measure),
        HOVER,
        name=escape(style.name),
        mode="markers+text",
        text=[
            f"{space}<b>{value_words(p.value, measure)}</b>" if there else ""
            for p, there in zip(points, used, strict=True)
        ],
        textposition=position,
        textfont={"size": 12, "color": INK[mode].ink},
    )
