"""A keyword in time as lines: a panel a source, over the articles that could have used it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.parts import dates
from dashboard.charts.parts.layout import (
    COLUMN,
    column_label,
    round_below,
    row_label,
    words_at,
)
from dashboard.charts.parts.text import escape
from dashboard.charts.parts.theme import INK, Mode, SourceStyle, faded, figure
from dashboard.charts.parts.traces import UNDIMMED, marks, ribbon
from dashboard.charts.trends.points import (
    HOVER,
    Measure,
    Point,
    Scale,
    Series,
    articles,
    data_of,
    denominator,
    peak_words,
    smoothed,
)

#: Beyond this many marks only the lines are drawn, without markers and denominators.
MAX_MARKS: Final = 5000
_UNDATED: Final = 0.5
_UNITS: Final = 1.86  # of a panel's height, the top being one
_FOOT: Final = 0.36  # of these below zero
_LABEL, _BETWEEN = 24.0, 8.0  # above and below a panel of lines
_ABOVE_ZERO: Final = 0.2  # of a panel: where a logarithmic scale begins, with zero below it


@dataclass(frozen=True, slots=True)
class Panels:
    """The scale that all panels of lines share, in the unit of the measure (share: percent)."""

    n: int
    top: float  # the largest value
    tick: float  # the one that is written
    unit: str
    label: float  # pixels above a panel
    factor: float
    low: float = 0.0  # the power of ten that a logarithmic scale begins with; 0: linear
    alone: float = 150.0  # pixels of a panel without others

    @classmethod
    def of(
        cls, rows: Sequence[Series], lines: Sequence[Sequence[Point]], measure: Measure,
        scale: Scale, *, wide: bool,
    ) -> Panels:  # fmt: skip
        points = [p for line in lines for p in line] + [p for row in rows for p in row.undated]
        factor = 100.0 if measure == "share" else 1.0
        values = [factor * p.value for p in points if p.value]
        top = max(values, default=0.0) or 1.0
        tick = max(round_below(0.85 * top), 1.0 if measure == "count" else 0.0)
        unit = " %" if measure == "share" else ""
        low = 0.0
        if scale == "log" and values:
            low = 10.0 ** math.floor(math.log10(min(values)) + 1e-9)
            low = low if low < 0.999 * top else low / 10
        return cls(len(rows), top, tick, unit, 4.0 if wide else _LABEL, factor, low)

    def place(self, value: float | None) -> float | None:
        """Where a value stands; zero of a logarithmic scale at the foot of the panel."""
        if value is None:
            return None
        if not self.low:
            return self.factor * value
        if not value:
            return 0.0
        share = math.log(self.factor * value / self.low) / math.log(self.top / self.low)
        return self.top * (_ABOVE_ZERO + (1 - _ABOVE_ZERO) * share)

    def pixels(self, place: float) -> float:
        """How far above the foot of its panel something stands."""
        return (place / self.top + _FOOT) / _UNITS * self.panel

    def at(self, pixels: float) -> float:
        """Where something so far above the foot of its panel stands, on the axis."""
        return (pixels / self.panel * _UNITS - _FOOT) * self.top

    def ticks(self) -> tuple[list[float], list[str]]:
        """Places and labels: one between zero and the top, or zero and powers of ten."""
        if not self.low:
            return [0, self.tick], ["", f"{self.tick:,g}{self.unit}"]
        n = math.floor(math.log10(self.top / self.low) + 1e-9)
        values = [self.low * 10**i for i in range(n, -1, -1)]
        places = [self.place(value / self.factor) or 0.0 for value in values]
        labels, room = [], 15.0 * _UNITS / self.panel * self.top  # a label is 15 px tall
        above = math.inf
        for value, place in zip(values, places, strict=True):
            fits = above - place >= room and place >= room
            labels.append(f"{value:,g}{self.unit}" if fits else "")
            above = place if fits else above
        return [*places, 0], [*labels, "0"]

    @property
    def panel(self) -> float:
        """Pixels of one panel."""
        return 84.0 if self.n > 1 else self.alone

    @property
    def height(self) -> float:
        return self.n * (self.label + self.panel + _BETWEEN)

    def axis(self, i: int) -> dict[str, Any]:
        """The y axis of panel ``i``, from 0."""
        upper = i * (self.label + self.panel + _BETWEEN) + self.label
        places, labels = self.ticks()
        return {
            "domain": [1 - (upper + self.panel) / self.height, 1 - upper / self.height],
            "anchor": "x",
            # Below zero a strip for the denominators, above the top room for the peak's label.
            "range": [-_FOOT * self.top, (_UNITS - _FOOT) * self.top],
            "tickmode": "array",
            "tickvals": places,
            "ticktext": labels,
            "showgrid": True,
            "ticklabelposition": "inside top",
            "fixedrange": True,
        }


def trend_lines(
    rows: Sequence[Series], mode: Mode, measure: Measure, window: int, scale: Scale, *, wide: bool
) -> go.Figure:
    """A panel for each of ``rows``, on one scale, with a point dated; ``wide``: labels stand in a
    column of their own. See :func:`dashboard.charts.trends.trends.trends`."""
    lines = [smoothed(row.dated, measure, window) for row in rows]
    panels = Panels.of(rows, lines, measure, scale, wide=wide)
    # Many sources added up would flatten every other strip; their row has none.
    single = [p for row in rows if not row.is_sum for p in row.points]
    most = max((p.n_articles for p in single if p.n_articles > 0), default=1.0)
    with_marks = 2 * sum(len(row.points) for row in rows) <= MAX_MARKS
    margin = {"b": 34, "l": COLUMN if wide else 0}
    made = figure(mode, panels.height + 34, margin=margin, bargap=0)
    periods = [p.period for row in rows for p in row.points if p.period]
    first, last = min(p.start for p in periods), max(p.start for p in periods)
    annotations = []
    for i, (row, line) in enumerate(zip(rows, lines, strict=True)):
        number = "" if i == 0 else str(i + 1)
        y = f"y{number}"
        made.update_layout({f"yaxis{number}": panels.axis(i)})
        annotations.append(
            _lane_label(row, measure, mode, first, last, wide=wide) | {"yref": f"{y} domain"}
        )
        annotations += [
            peak | {"yref": y} for peak in _peak(line, panels, measure, mode, first, last)
        ]
        if with_marks and row.dated and not row.is_sum:
            made.add_trace(strip(row, mode, most, panels.top).update(yaxis=y))
        if any(point.ends for point in line):
            made.add_trace(band(line, panels, row.style, mode).update(yaxis=y))
        for trace in line_traces(line, panels, row.style, mode, measure, with_marks):
            made.add_trace(trace.update(yaxis=y))
        for trace in line_traces(row.undated, panels, row.style, mode, measure, True):
            x = [_UNDATED] * len(trace.y)
            made.add_trace(trace.update(x=x, xaxis="x2", yaxis=y, mode="markers"))
    axis, lane = dates.lanes(True, any(row.undated for row in rows))
    floating = {"anchor": "free", "position": 0}
    made.update_layout(xaxis=axis | _time(first, last) | floating, annotations=annotations)
    if lane:
        made.update_layout(xaxis2=lane | floating | {"tickvals": [_UNDATED]})
    return made


def _lane_label(
    row: Series, measure: Measure, mode: Mode, first: date, last: date, *, wide: bool
) -> dict[str, Any]:
    """Whose line it is, its denominator, and where its articles begin long after those of the
    others, or end long before."""
    counted, extent = denominator([*row.points, *row.left_out], measure), ""
    begins, ends = (row.dated[i].period if row.dated else None for i in (0, -1))
    late = begins is not None and (begins.start - first).days > 2 * begins.days
    early = ends is not None and (last - ends.start).days > 2 * ends.days
    none = "no dated articles" if row.undated else "no articles"
    if begins and ends and late and early:
        extent = f"{none.removeprefix('no ')} from {begins.words} to {ends.words}"
    elif begins and late:
        extent = f"{none} before {begins.words}"
    elif ends and early:
        extent = f"{none} after {ends.words}"
    if wide:
        return column_label(row.style.name, 0.5, mode, note=counted, below=True, more=extent)
    said = extent.replace(f"{none} after", "to").replace(f"{none} before", "from")
    said = said.removeprefix("dated ").removeprefix("articles ")
    note = ", ".join(filter(None, (counted, said)))
    return row_label(row.style.name, 1, mode, note=note, yshift=4, limit=30)


def _peak(
    line: Sequence[Point], panels: Panels, measure: Measure, mode: Mode, first: date, last: date
) -> list[dict[str, Any]]:
    """The label of a line's highest point: value and period."""
    found = [p for p in line if p.value]
    if not found:
        return []
    top = max(found, key=lambda p: p.value or 0.0)
    assert top.period is not None
    share = (top.period.start - first).days / max((last - first).days, 1)
    return [
        words_at(
            peak_words(top, measure),
            x=top.period.start.isoformat(),
            y=panels.place(top.value),
            yshift=4,
            yanchor="bottom",
            xanchor="left" if share < 0.15 else "right" if share > 0.7 else "center",
            font={"size": 11, "color": INK[mode].muted},
        )
    ]


def _time(first: date, last: date) -> dict[str, Any]:
    """A dated axis with room on the left for the tick labels, which stand inside the plot."""
    span = dates.span_days(first, last, 0)
    ends = [dates.moved(first, -0.12 * span), dates.moved(last, 0.05 * span)]
    return {"type": "date", "range": ends, "nticks": 5}


def line_traces(
    points: Sequence[Point], panels: Panels, style: SourceStyle, mode: Mode, measure: Measure,
    with_marks: bool,
) -> list[go.Scatter]:  # fmt: skip
    """A line that breaks where a period has no article; on a logarithmic scale also at zeros, which
    are hollow marks below it."""
    zeros = [p for p in points if panels.low and p.value == 0]
    points = [p for p in points if p.value != 0] if zeros else points
    color = style.color(mode)
    rows: list[Point | None] = []
    before: dates.Period | None = None
    for point in points:
        if before and point.period and point.period.ordinal > before.ordinal + 1:
            rows.append(None)
        rows.append(point)
        before = point.period
    cells = iter(data_of(points, style, measure))
    size = 6 if len(points) <= 36 else 4
    # A zero needs no mark: the line is there.
    sizes = [size if row and row.value else 0 for row in rows] if before else size
    line = marks(
        [row.period.start.isoformat() if row and row.period else None for row in rows],
        [panels.place(row.value) if row else None for row in rows],
        {"symbol": style.symbol, "size": sizes, "color": color, "line": {"width": 0}},
        [next(cells) if row else [None] * 6 for row in rows],
        HOVER,
        name=escape(style.name),
        mode="lines+markers" if with_marks else "lines",
        connectgaps=False,
        line={"color": color, "width": style.width, "dash": style.dash},
    )
    hollow = {
        "symbol": "circle-open", "size": 4, "color": INK[mode].muted, "line": {"width": 1},
    }  # fmt: skip
    below = marks(
        [p.period.start.isoformat() if p.period else None for p in zeros],
        [0.0] * len(zeros),
        hollow,
        data_of(zeros, style, measure),
        HOVER,
        name=escape(style.name),
        mode="markers",
    )
    return [line] * bool(points) + [below] * bool(zeros)


def band(points: Sequence[Point], panels: Panels, style: SourceStyle, mode: Mode) -> go.Scatter:
    """The 95 % intervals of neighbouring periods, up to the label of the peak."""
    runs: list[list[tuple[dates.Period, float, float]]] = []
    before: dates.Period | None = None
    for point in points:
        if point.period is None or point.ends is None:
            before = None
            continue
        if before is None or point.period.ordinal > before.ordinal + 1:
            runs.append([])
        before = point.period
        low, high = (min(panels.place(end) or 0.0, 1.2 * panels.top) for end in point.ends)
        runs[-1].append((before, low, high))
    return ribbon([_drawn(run) for run in runs], faded(style.color(mode), 0.16))


def _drawn(run: Sequence[tuple[dates.Period, float, float]]) -> list[tuple[object, float, float]]:
    """Where a run's intervals stand: at each period's mark; a period by itself has a column."""
    if len(run) > 1:
        return [(period.start.isoformat(), low, high) for period, low, high in run]
    [(period, low, high)] = run
    width = period.days / 4
    return [(dates.moved(period.start, by), low, high) for by in (-width, width)]


def strip(row: Series, mode: Mode, most: float, top: float) -> go.Bar:
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
            [p.whose, p.text, escape(row.style.name, 44), articles(n), p.period and p.period.words]
            for p, n in zip(points, sizes, strict=True)
        ],
        hovertemplate="%{customdata[2]}<br>%{customdata[4]}: %{customdata[3]}<extra></extra>",
        **UNDIMMED,
    )
