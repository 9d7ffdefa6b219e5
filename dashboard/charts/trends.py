"""A keyword in time, by source: dots while the dates are few, lines when they are many."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import dates
from dashboard.charts.layout import (
    UNDIMMED,
    across,
    clickable,
    levels,
    marks,
    nothing,
    pixel_axis,
    round_below,
    row_label,
    source_marker,
    upright,
)
from dashboard.charts.text import escape
from dashboard.charts.theme import INK, Mode, SourceStyle, figure
from dashboard.charts.trend_points import (
    Measure,
    Point,
    Series,
    articles,
    data_of,
    denominator,
    points_of,
    series_of,
    value_words,
)

#: Beyond this many marks only the lines are drawn, without markers and denominators.
MAX_MARKS: Final = 5000
#: Place in the lane right of the axis; a number fits beside the mark.
_UNDATED_DOT: Final = 0.36
_UNDATED: Final = 0.5
_LABEL, _BETWEEN = 24.0, 8.0  # above and below a panel of lines

_HOVER: Final = (
    "%{customdata[2]}<br>%{customdata[3]}: %{customdata[4]}<br>%{customdata[5]}<extra></extra>"
)


def trends(
    trends: pd.DataFrame,
    keyword: str,
    styles: Mapping[str, SourceStyle],
    mode: Mode,
    measure: Measure = "per_10k",
) -> go.Figure:
    """One keyword per period and source.

    Parameters
    ----------
    trends
        Columns period, source_id, keyword, count, n_articles, per_10k, and where known n_with,
        share, n_words. A period without a row is a gap, never zero. ``period`` ``None`` is undated
        and stands right of the axis; ``source_id`` ``None`` is a grey row of its own;
        ``"All sources"`` a slate one.
    keyword
        Which series of the table.
    measure
        ``count``, ``per_10k`` (uses per 10,000 words) or ``share`` (of articles, drawn in percent).

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
    few = len({point.period.start for point in points if point.period}) <= dates.MAX_DOTS
    rows = series_of(points, styles, measure)
    made = (_dots if few else _lines)(rows, mode, measure)
    made.update_layout(meta={"keyword": escape(keyword)})
    return clickable(made, "src", "period")


def _dots(rows: Sequence[Series], mode: Mode, measure: Measure) -> go.Figure:
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
        _HOVER,
        name=escape(style.name),
        mode="markers+text",
        text=[
            f"{space}<b>{value_words(p.value, measure)}</b>" if there else ""
            for p, there in zip(points, used, strict=True)
        ],
        textposition=position,
        textfont={"size": 12, "color": INK[mode].ink},
    )


@dataclass(frozen=True, slots=True)
class _Panels:
    """The scale that all panels of lines share, in the unit of the measure (share: percent)."""

    n: int
    top: float  # the largest value
    tick: float  # the one that is written
    unit: str

    @classmethod
    def of(cls, rows: Sequence[Series], measure: Measure) -> _Panels:
        values = [p.value for row in rows for p in row.points if p.value is not None]
        top = _factor(measure) * max(values, default=0.0) or 1.0
        tick = max(round_below(0.85 * top), 1.0 if measure == "count" else 0.0)
        return cls(len(rows), top, tick, " %" if measure == "share" else "")

    @property
    def panel(self) -> float:
        """Pixels of one panel."""
        return 78.0 if self.n > 1 else 150.0

    @property
    def height(self) -> float:
        return self.n * (_LABEL + self.panel + _BETWEEN)

    def axis(self, i: int) -> dict[str, Any]:
        """The y axis of panel ``i``, from 0."""
        upper = i * (_LABEL + self.panel + _BETWEEN) + _LABEL
        # The tick's label stands above its line.
        head = 1.08 if self.tick <= 0.85 * self.top else 1.5
        return {
            "domain": [1 - (upper + self.panel) / self.height, 1 - upper / self.height],
            "anchor": "x",
            # Below zero: a strip for the denominators.
            "range": [-0.36 * self.top, head * self.top],
            "tickmode": "array",
            "tickvals": [0, self.tick],
            "ticktext": ["", f"{self.tick:,g}{self.unit}"],
            "showgrid": True,
            "ticklabelposition": "inside top",
            "fixedrange": True,
        }


def _factor(measure: Measure) -> float:
    return 100.0 if measure == "share" else 1.0


def _lines(rows: Sequence[Series], mode: Mode, measure: Measure) -> go.Figure:
    panels = _Panels.of(rows, measure)
    # Many sources added up would flatten every other strip; their row has none.
    single = [p for row in rows if not row.is_sum for p in row.points]
    most = max((p.n_articles for p in single if p.n_articles > 0), default=1.0)
    with_marks = 2 * sum(len(row.points) for row in rows) <= MAX_MARKS
    made = figure(mode, panels.height + 34, margin={"b": 34}, bargap=0)
    annotations = []
    for i, row in enumerate(rows):
        number = "" if i == 0 else str(i + 1)
        y = f"y{number}"
        made.update_layout({f"yaxis{number}": panels.axis(i)})
        note = denominator(row.points, measure)
        label = row_label(row.style.name, 1, mode, note=note, yshift=4, limit=30)
        annotations.append(label | {"yref": f"{y} domain"})
        if with_marks and row.dated and not row.is_sum:
            made.add_trace(_strip(row, mode, most, panels.top).update(yaxis=y))
        if row.dated:
            made.add_trace(_line(row.dated, row.style, mode, measure, with_marks).update(yaxis=y))
        if row.undated:
            trace = _line(row.undated, row.style, mode, measure, True)
            x = [_UNDATED] * len(row.undated)
            made.add_trace(trace.update(x=x, xaxis="x2", yaxis=y, mode="markers"))
    axis, lane = dates.lanes(True, any(row.undated for row in rows))
    floating = {"anchor": "free", "position": 0}
    starts = [p.period.start for row in rows for p in row.points if p.period]
    made.update_layout(
        xaxis=axis | _time(min(starts), max(starts)) | floating, annotations=annotations
    )
    if lane:
        made.update_layout(xaxis2=lane | floating | {"tickvals": [_UNDATED]})
    return made


def _time(first: date, last: date) -> dict[str, Any]:
    """A dated axis with room on the left for the tick labels, which stand inside the plot."""
    span = dates.span_days(first, last, 0)
    ends = [dates.moved(first, -0.12 * span), dates.moved(last, 0.05 * span)]
    return {"type": "date", "range": ends, "nticks": 5}


def _line(
    points: Sequence[Point], style: SourceStyle, mode: Mode, measure: Measure, with_marks: bool
) -> go.Scatter:
    """A line that breaks where a period has no article."""
    color = style.color(mode)
    factor = _factor(measure)
    rows: list[Point | None] = []
    before: dates.Period | None = None
    for point in points:
        if before and point.period and point.period.ordinal > before.ordinal + 1:
            rows.append(None)
        rows.append(point)
        before = point.period
    cells = iter(data_of(points, style, measure))
    size = 6 if len(points) <= 36 else 4
    return marks(
        [row.period.start.isoformat() if row and row.period else None for row in rows],
        [factor * row.value if row and row.value is not None else None for row in rows],
        {"symbol": style.symbol, "size": size, "color": color, "line": {"width": 0}},
        [next(cells) if row else [None] * 6 for row in rows],
        _HOVER,
        name=escape(style.name),
        mode="lines+markers" if with_marks else "lines",
        connectgaps=False,
        line={"color": color, "width": 1.5},
    )


def _strip(row: Series, mode: Mode, most: float, top: float) -> go.Bar:
    """Articles per period as quiet bars that hang below zero."""
    points = row.dated
    sizes = [0.0 if math.isnan(p.n_articles) else p.n_articles for p in points]
    return go.Bar(
        x=[p.period.start.isoformat() for p in points if p.period],
        y=[-0.26 * top * n / most for n in sizes],
        base=[-0.1 * top] * len(points),
        width=[p.period.days * dates.DAY * 0.8 for p in points if p.period],
        marker={"color": INK[mode].quiet, "line": {"width": 0}},
        customdata=[
            [p.source_id, p.text, escape(row.style.name, 44), articles(n)]
            for p, n in zip(points, sizes, strict=True)
        ],
        hovertemplate="%{customdata[2]}<br>%{customdata[3]}<extra></extra>",
        **UNDIMMED,
    )
