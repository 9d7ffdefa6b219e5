"""A keyword in time, by source: dots while the dates are few, lines when they are many."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final, Literal

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import dates
from dashboard.charts.text import escape
from dashboard.charts.theme import (
    INK,
    UNDIMMED,
    Mode,
    SourceStyle,
    by_rank,
    figure,
    guide,
    levels,
    nothing,
    pixel_axis,
    records,
    row_label,
    style_for,
)

Measure = Literal["per_10k", "share", "count"]

#: Up to this many dated periods each is a dot of its own; a line would invent what lies between.
MAX_DOTS: Final = 8
MAX_DOT_ROWS: Final = 12
MAX_LINE_ROWS: Final = 6
#: Beyond this many marks only the lines are drawn, without markers and denominators.
MAX_MARKS: Final = 5000
#: Place in the lane right of the axis; a number fits beside the mark.
UNDATED_AT: Final = 0.36
_TOGETHER: Final = -1  # rank of the row in which sources are added up

_HOVER: Final = (
    "%{customdata[2]}<br>%{customdata[3]}: %{customdata[4]}<br>%{customdata[5]}<extra></extra>"
)


@dataclass(frozen=True, slots=True)
class _Point:
    """One row of the table (or several added up)."""

    source: str | None
    text: str | None  # the period as in the table
    period: dates.Period | None
    count: float
    n_articles: float
    n_with: float
    n_words: float
    value: float | None


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
        Columns period, source, keyword, count, n_articles, per_10k, and where known n_with, share,
        n_words. A period without a row is a gap, never zero. ``period`` ``None`` is undated and
        stands right of the axis; ``source`` ``None`` is a grey row of its own;
        ``"All sources"`` a slate one.
    keyword
        Which series of the table.
    measure
        ``count``, ``per_10k`` (uses per 10,000 words) or ``share`` (of articles, drawn in percent).

    Returns
    -------
    go.Figure
        With at most :data:`MAX_DOTS` dated periods one marker trace per source, open where the
        keyword isn't used; otherwise one line trace per source (``None`` at gaps) over grey bars of
        ``n_articles`` below zero. customdata ``[source, period, …]`` as in the table. Sources that
        are too many for a row each are added up in a last row.
    """
    points = _points(trends[trends["keyword"] == keyword], measure)
    if not points:
        return nothing(mode)
    dated = {point.period.start for point in points if point.period}
    few = len(dated) <= MAX_DOTS
    rows = _rows(points, styles, MAX_DOT_ROWS if few else MAX_LINE_ROWS, measure)
    return (_dots if few else _lines)(rows, keyword, mode, measure)


def _points(table: pd.DataFrame, measure: Measure) -> list[_Point]:
    def number(record: Mapping[str, Any], column: str) -> float:
        value = record.get(column)
        return math.nan if value is None or pd.isna(value) else float(value)

    found = []
    for record in records(table):
        source, text = record["source"], record["period"]
        value = number(record, measure)
        found.append(
            _Point(
                source if isinstance(source, str) else None,
                text if isinstance(text, str) else None,
                dates.parse_period(text),
                number(record, "count"),
                number(record, "n_articles"),
                number(record, "n_with"),
                number(record, "n_words"),
                None if math.isnan(value) else value,
            )
        )
    return sorted(found, key=lambda p: (p.period.start if p.period else date.max, p.text or ""))


def _rows(
    points: Sequence[_Point], styles: Mapping[str, SourceStyle], limit: int, measure: Measure
) -> list[tuple[SourceStyle, list[_Point]]]:
    """Points per row, by rank of the source; what is too many is added up in the last row."""
    series: dict[str | None, list[_Point]] = {}
    for point in points:
        series.setdefault(point.source, []).append(point)
    names: list[str | None] = [*by_rank(styles, [name for name in series if name is not None])]
    names += [None] if None in series else []
    rest = names[limit - 1 :] if len(names) > limit else []
    rows = [(style_for(styles, name), series[name]) for name in names if name not in rest]
    if rest:
        together: dict[str | None, list[_Point]] = {}
        for point in points:
            if point.source in rest:
                together.setdefault(point.text, []).append(point)
        summed = [_sum(group, measure) for group in together.values()]
        rows.append((SourceStyle(f"Other sources ({len(rest)})", _TOGETHER), summed))
    return rows


def _sum(group: Sequence[_Point], measure: Measure) -> _Point:
    count, n_articles, n_with, n_words = (
        sum(getattr(point, name) for point in group)
        for name in ("count", "n_articles", "n_with", "n_words")
    )
    part, whole = {
        "count": (count, 1.0),
        "per_10k": (1e4 * count, n_words),
        "share": (n_with, n_articles),
    }[measure]
    value = part / whole if whole > 0 and not math.isnan(part) else None  # NaN > 0 is false
    return _Point(None, group[0].text, group[0].period, count, n_articles, n_with, n_words, value)


def _shown(value: float | None, measure: Measure) -> str:
    if value is None:
        return "unknown"
    if measure == "share":
        return f"{100 * value:.0f} %"
    if measure == "count":
        return f"{value:,.0f}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _denominator(points: Iterable[_Point], measure: Measure) -> str:
    """ "1 in 1,036 words", "2 of 7 articles": the row's whole, undated included."""
    points = list(points)
    count, n_with, n_words, n_articles = (
        sum(getattr(point, name) for point in points)
        for name in ("count", "n_with", "n_words", "n_articles")
    )
    if measure == "share" and not math.isnan(n_with + n_articles):
        return f"{n_with:,.0f} of {n_articles:,.0f} {_noun('article', n_articles)}"
    if not math.isnan(n_words):
        return f"{count:,.0f} in {n_words:,.0f} words"
    return f"{count:,.0f} in {n_articles:,.0f} {_noun('article', n_articles)}"


def _noun(word: str, n: float) -> str:
    return word if n == 1 else f"{word}s"


def _customdata(points: Iterable[_Point], style: SourceStyle, measure: Measure) -> list[list[Any]]:
    return [
        [
            point.source,
            point.text,
            escape(style.name, 44),
            escape(point.period.label.replace("<br>", " ") if point.period else "undated"),
            _shown(point.value, measure) + {"per_10k": " per 10,000 words"}.get(measure, ""),
            _denominator([point], "share" if measure == "share" else "count"),
        ]
        for point in points
    ]


def lanes(has_dated: bool, has_undated: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """The dated axis, and right of it a lane for what has no date."""
    lane = {
        "range": [0, 1],
        "tickmode": "array",
        "tickvals": [UNDATED_AT],
        "ticktext": ["Undated"],
        "fixedrange": True,
    }
    if not has_undated:
        return {"domain": [0, 1]}, {}
    if not has_dated:
        return {"domain": [0, 0.01], "visible": False}, lane | {"domain": [0, 1]}
    return {"domain": [0, 0.78]}, lane | {"domain": [0.8, 1]}


def _dots(
    rows: Sequence[tuple[SourceStyle, list[_Point]]],
    keyword: str,
    mode: Mode,
    measure: Measure,
) -> go.Figure:
    periods = {p.period.start: p.period for _, points in rows for p in points if p.period}
    starts = sorted(periods)
    undated = any(p.period is None for _, points in rows for p in points)
    axis, lane = lanes(bool(starts), undated)
    made = figure(mode, 80)
    annotations, shapes = [], []
    gap, position = _number_room(starts)
    height = -8.0
    for style, points in rows:
        dated = [p for p in points if p.period]
        stacked = levels([p.period.start.toordinal() for p in dated if p.period], gap)
        rise = 15.0 * max(stacked, default=0)
        height += (60 if position == "bottom center" else 46) + rise
        base = height
        places = [base - 15.0 * level for level in stacked]
        note = _denominator(points, measure)
        annotations.append(row_label(style.name, base - rise, mode, note=note, yshift=9, limit=30))
        shapes.append(guide(mode, xref="paper", x0=0, x1=1, y0=base, y1=base))
        x = [p.period.start.isoformat() for p in dated if p.period]
        if dated:
            made.add_trace(_dot_trace(dated, x, places, style, mode, measure, position))
        rest = [p for p in points if not p.period]
        if rest:
            middle = [UNDATED_AT] * len(rest)
            trace = _dot_trace(
                rest, middle, [base] * len(rest), style, mode, measure, "middle right"
            )
            made.add_trace(trace.update(xaxis="x2"))
    height += 28 if position == "bottom center" else 14
    if starts:
        places_at, labels = dates.real_ticks(starts, [periods[start].label for start in starts])
        axis |= {
            "type": "date",
            "range": dates.padded(starts[0], starts[-1], 0.12),
            "tickmode": "array",
            "tickangle": 0,
            "tickvals": [place.isoformat() for place in places_at],
            "ticktext": labels,
        }
        shapes += [
            guide(
                mode,
                x0=s.isoformat(),
                x1=s.isoformat(),
                y0=0,
                y1=height,
                line={"color": INK[mode].rule, "dash": "dot"},
            )
            for s in starts
        ]
    made.update_layout(
        height=round(height) + 40,
        margin={"b": 40},
        xaxis=axis,
        yaxis=pixel_axis(height),
        annotations=annotations,
        shapes=shapes,
        meta={"keyword": escape(keyword)},
    )
    if lane:
        made.update_layout(xaxis2=lane | {"anchor": "y"})
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
    points: Sequence[_Point],
    x: Sequence[object],
    y: Sequence[float],
    style: SourceStyle,
    mode: Mode,
    measure: Measure,
    position: str,
) -> go.Scatter:
    color = style.color(mode)
    space = "\u00a0" * 2 if position == "middle right" else ""
    return go.Scatter(
        x=x,
        y=y,
        name=escape(style.name),
        mode="markers+text",
        cliponaxis=False,
        text=[f"{space}<b>{_shown(p.value, measure)}</b>" if p.count > 0 else "" for p in points],
        textposition=position,
        textfont={"size": 12, "color": INK[mode].ink},
        marker={
            "symbol": style.symbol,
            "size": 13,
            "color": [color if p.count > 0 else INK[mode].paper for p in points],
            "line": {"color": color, "width": 2},
            "opacity": 1,
        },
        customdata=_customdata(points, style, measure),
        hovertemplate=_HOVER,
        **UNDIMMED,
    )


def _lines(
    rows: Sequence[tuple[SourceStyle, list[_Point]]],
    keyword: str,
    mode: Mode,
    measure: Measure,
) -> go.Figure:
    factor = 100.0 if measure == "share" else 1.0
    every = [p for _, points in rows for p in points]
    dated = [p.period for p in every if p.period]
    first, last = min(p.start for p in dated), max(p.start for p in dated)
    undated = any(p.period is None for p in every)
    top = factor * max((p.value for p in every if p.value is not None), default=0.0) or 1.0
    # Many sources added up would flatten every other strip; their row has none.
    single = [p for style, points in rows if style.rank != _TOGETHER for p in points]
    most = max((p.n_articles for p in single if p.n_articles > 0), default=1.0)
    tick = max(round_below(0.85 * top), 1.0 if measure == "count" else 0.0)
    head = 1.08 if tick <= 0.85 * top else 1.5  # the tick's label stands above its line
    marks = 2 * len(every) <= MAX_MARKS
    label, panel, between = 24.0, 78.0 if len(rows) > 1 else 150.0, 8.0
    height = len(rows) * (label + panel + between)
    axis, lane = lanes(True, undated)
    made = figure(mode, height + 34, margin={"b": 34}, bargap=0)
    annotations = []
    for i, (style, points) in enumerate(rows, start=1):
        yaxis = "y" if i == 1 else f"y{i}"
        upper_px = (i - 1) * (label + panel + between) + label
        made.update_layout(
            {
                f"yaxis{'' if i == 1 else i}": {
                    "domain": [1 - (upper_px + panel) / height, 1 - upper_px / height],
                    "anchor": "x",
                    # Below zero: a strip for the denominators.
                    "range": [-0.36 * top, head * top],
                    "tickmode": "array",
                    "tickvals": [0, tick],
                    "ticktext": ["", f"{tick:,g}" + (" %" if measure == "share" else "")],
                    "showgrid": True,
                    "ticklabelposition": "inside top",
                    "fixedrange": True,
                }
            }
        )
        annotations.append(
            row_label(style.name, 1, mode, note=_denominator(points, measure), yshift=4, limit=30)
            | {"yref": f"{yaxis} domain"}
        )
        series = [p for p in points if p.period]
        if marks and series and style.rank != _TOGETHER:
            made.add_trace(_strip(series, style, mode, most, top).update(yaxis=yaxis))
        if series:
            made.add_trace(_line(series, style, mode, measure, marks).update(yaxis=yaxis))
        rest = [p for p in points if not p.period]
        if rest:
            made.add_trace(
                _line(rest, style, mode, measure, True).update(
                    x=[0.5] * len(rest), xaxis="x2", yaxis=yaxis, mode="markers"
                )
            )
    pad = dates.span_days(first, last, 0)
    made.update_layout(
        # Room on the left for the tick labels, which stand inside the plot.
        xaxis=axis
        | {
            "type": "date",
            "range": [dates.moved(first, -0.12 * pad), dates.moved(last, 0.05 * pad)],
            "nticks": 5,
            "anchor": "free",
            "position": 0,
        },
        annotations=annotations,
        meta={"keyword": escape(keyword)},
    )
    if lane:
        made.update_layout(xaxis2=lane | {"anchor": "free", "position": 0, "tickvals": [0.5]})
    return made


def _line(
    points: Sequence[_Point], style: SourceStyle, mode: Mode, measure: Measure, marks: bool
) -> go.Scatter:
    """A line that breaks where a period has no article."""
    color = style.color(mode)
    factor = 100.0 if measure == "share" else 1.0
    rows: list[_Point | None] = []
    before: dates.Period | None = None
    for point in points:
        if before and point.period and point.period.ordinal > before.ordinal + 1:
            rows.append(None)
        rows.append(point)
        before = point.period
    data = _customdata(points, style, measure)
    cells = iter(data)
    size = 6 if len(points) <= 36 else 4
    x = [row.period.start.isoformat() if row and row.period else None for row in rows]
    return go.Scatter(
        x=x,
        y=[factor * row.value if row and row.value is not None else None for row in rows],
        name=escape(style.name),
        mode="lines+markers" if marks else "lines",
        connectgaps=False,
        cliponaxis=False,
        line={"color": color, "width": 1.5},
        marker={"symbol": style.symbol, "size": size, "color": color, "line": {"width": 0}},
        customdata=[next(cells) if row else [None] * 6 for row in rows],
        hovertemplate=_HOVER,
        **UNDIMMED,
    )


def _strip(
    points: Sequence[_Point], style: SourceStyle, mode: Mode, most: float, top: float
) -> go.Bar:
    """Articles per period as quiet bars that hang below zero."""
    sizes = [0.0 if math.isnan(p.n_articles) else p.n_articles for p in points]
    return go.Bar(
        x=[p.period.start.isoformat() for p in points if p.period],
        y=[-0.26 * top * n / most for n in sizes],
        base=[-0.1 * top] * len(points),
        width=[p.period.days * 86_400_000 * 0.8 for p in points if p.period],
        marker={"color": INK[mode].quiet, "line": {"width": 0}},
        customdata=[
            [p.source, p.text, escape(style.name, 44), f"{n:,.0f} {_noun('article', n)}"]
            for p, n in zip(points, sizes, strict=True)
        ],
        hovertemplate="%{customdata[2]}<br>%{customdata[3]}<extra></extra>",
        **UNDIMMED,
    )


def round_below(top: float) -> float:
    """The largest 1, 2 or 5 times a power of ten that is not above ``top``."""
    power = 10.0 ** math.floor(math.log10(top))
    return max(step * power for step in (1, 2, 5) if step * power <= top * 1.0001)
