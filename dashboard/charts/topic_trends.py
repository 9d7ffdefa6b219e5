"""Topics in time: a small panel each, on one scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import dates
from dashboard.charts.dates import MAX_DOTS
from dashboard.charts.layout import (
    RowPlaces,
    across,
    clickable,
    interval,
    interval_words,
    marks,
    nothing,
    pixel_axis,
    round_below,
    strokes,
    topic_labels,
    words_at,
)
from dashboard.charts.text import escape, whole_percent
from dashboard.charts.theme import INK, Mode, faded, figure, records
from dashboard.wording import count

#: A period with fewer articles is pale, and no line leads to it.
FEW: Final = 5
#: With more periods their intervals would cover each other.
MOST_WHISKERS: Final = 60
_LABEL, _PANEL, _GAP = 24.0, 60.0, 18.0
_PHONE: Final = 350.0  # pixels
_MIDDLE: Final = 0.5  # of the lane for what has no date
_HOVER: Final = "%{customdata[2]}<br>%{customdata[3]}<br>%{customdata[4]}<extra></extra>"


@dataclass(frozen=True, slots=True)
class _Mark:
    """One row of the table; ``y`` is its share's place on the pixel axis, ``whisker`` both ends of
    its interval's."""

    text: str | None  # the period as in the table
    period: dates.Period | None
    few: bool
    above: bool  # beyond the scale
    y: float
    whisker: tuple[float, float] | None
    data: list[Any]


def topic_trends(table: pd.DataFrame, topics: pd.DataFrame, mode: Mode) -> go.Figure:
    """Share of each topic over time: one panel a topic, all on one scale.

    Parameters
    ----------
    table
        Columns period (None: undated, drawn right of the axis), topic_id, share (0..1 of the
        period's words), n_words, n_articles (of the period), ci_low, ci_high (NaN: no whisker). A
        period without a row is a gap, never zero.
    topics
        Columns topic_id, label, reliability_word; gives the panels and their order. The caller
        cuts: a panel takes 102 px.

    Returns
    -------
    go.Figure
        Light lines between neighbouring periods with :data:`FEW` articles or more, whiskers (up to
        :data:`MOST_WHISKERS` periods), then a trace of dated and one of undated marks with
        customdata ``[topic_id, period, …]``; open and pale: fewer articles. The scale is that of
        the solid marks; a pale one beyond it is a triangle at the panel's edge.
    """
    ids = [str(topic_id) for topic_id in topics["topic_id"]]
    found = [
        row for row in records(table) if str(row["topic_id"]) in ids and not pd.isna(row["share"])
    ]
    if not found:
        return nothing(mode)
    top = _top(found)
    panels = RowPlaces(len(ids), _LABEL + _PANEL + _GAP, first=_LABEL + _PANEL)
    bases = dict(zip(ids, panels.places, strict=True))
    labels = dict(zip(ids, topics["label"], strict=True))
    series: dict[str, list[_Mark]] = {t: [] for t in ids}
    for row in found:
        t = str(row["topic_id"])
        series[t].append(_mark(row, labels[t], bases[t], top))
    for points in series.values():
        points.sort(key=lambda p: dates.in_time(p.period, p.text))
    dated = [p for points in series.values() for p in points if p.period]
    undated = [p for points in series.values() for p in points if not p.period]
    periods = {p.period.start: p.period for p in dated if p.period}

    axis, lane = dates.lanes(bool(dated), bool(undated))
    made = figure(mode, panels.height + 40, margin={"b": 40}, yaxis=pixel_axis(panels.height))
    shapes, annotations = _scale(panels.places, top, mode)
    annotations += topic_labels(topics, [y - _PANEL for y in panels.places], mode, yshift=4)
    if dated:
        axis = _time(periods, axis)
        if len(periods) > MAX_DOTS:
            made.add_trace(_lines(series.values(), mode))
        if len(periods) <= MOST_WHISKERS:
            made.add_traces(_whiskers(dated, [_day(p) for p in dated], mode))
        made.add_trace(_marks(dated, [_day(p) for p in dated], len(periods), mode))
    if undated:
        x = [_MIDDLE] * len(undated)
        for trace in (*_whiskers(undated, x, mode), _marks(undated, x, len(periods), mode)):
            made.add_trace(trace.update(xaxis="x2"))
        made.update_layout(xaxis2=lane | {"anchor": "y", "tickvals": [_MIDDLE]})
    made.update_layout(xaxis=axis, shapes=shapes, annotations=annotations)
    return clickable(made, "topic", "period")


def _top(rows: Sequence[dict[str, Any]]) -> float:
    """The share at a panel's upper edge: room for the marks that rest on enough articles, and for
    their intervals as long as these leave the marks readable."""
    known = [row for row in rows if row["n_articles"] >= FEW] or rows
    most = max(float(row["share"]) for row in known) or 1.0
    highest = max((bounds[1] for row in known if (bounds := interval(row))), default=most)
    return min(max(highest, most), 1.6 * most) * 1.04


def _mark(row: dict[str, Any], label: object, base: float, top: float) -> _Mark:
    def place(share: float) -> float:
        return base - _PANEL * min(share / top, 1.0)

    period, text, bounds = dates.parse_period(row["period"]), row["period"], interval(row)
    share, n = float(row["share"]), row["n_articles"]
    few = not n >= FEW  # unknown is few
    articles = "the words" if pd.isna(n) else count(int(n), "article")
    return _Mark(
        text if isinstance(text, str) else None,
        period,
        few,
        share > top,
        place(share),
        (place(bounds[0]), place(bounds[1])) if bounds else None,
        [
            str(row["topic_id"]),
            text if isinstance(text, str) else None,
            escape(label, 60),
            period.words if period else "Undated",
            f"{whole_percent(share)} %{interval_words(row)} of {articles}",
        ],
    )


def _day(point: _Mark) -> str:
    assert point.period is not None
    return point.period.start.isoformat()


def _scale(
    bases: Sequence[float], top: float, mode: Mode
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Each panel's zero and one round share, which is written on its line."""
    tick = round_below(0.72 * 100 * top)  # its number stands above the line, inside the panel
    shapes, annotations = [], []
    for base in bases:
        line = base - _PANEL * tick / (100 * top)
        shapes += [across(mode, base, color=INK[mode].rule), across(mode, line)]
        where = {"x": 0, "xref": "paper", "xanchor": "left", "yanchor": "bottom"}
        annotations.append(words_at(f"{tick:,g} %", y=line, **where))
    return shapes, annotations


def _time(periods: dict[date, dates.Period], axis: dict[str, Any]) -> dict[str, Any]:
    """The dated axis: only real dates as ticks while they are few."""
    starts = sorted(periods)
    axis = axis | {"type": "date", "anchor": "y"}
    if len(starts) > MAX_DOTS:
        span = dates.span_days(starts[0], starts[-1], 0)
        # Room on the left for the numbers of the scale, which stand inside the panels.
        ends = [dates.moved(starts[0], -0.15 * span), dates.moved(starts[-1], 0.04 * span)]
        return axis | {"range": ends, "nticks": 5}
    pad = 0.16
    part = (axis["domain"][1] - axis["domain"][0]) * (1 + 2 * 0.09) / (1 + 2 * pad)
    texts = [periods[start].label for start in starts]
    return (
        axis
        | {"range": dates.padded(starts[0], starts[-1], pad), "tickangle": 0}
        | dates.tick_axis(starts, texts, width=_PHONE * part)
    )


def _lines(series: Iterable[Sequence[_Mark]], mode: Mode) -> go.Scatter:
    """Between neighbours that both rest on enough articles: nothing is invented in a gap."""
    lines = [
        [(_day(a), a.y), (_day(b), b.y)]
        for points in series
        for a, b in pairwise(p for p in points if p.period)
        if a.period and b.period and b.period.ordinal == a.period.ordinal + 1
        if not a.few and not b.few
    ]
    return strokes(lines, faded(INK[mode].slate, 0.5), 1)


def _whiskers(points: Sequence[_Mark], at: Sequence[object], mode: Mode) -> list[go.Scatter]:
    """The intervals. Those of few articles are long: paler, unless there are no others."""
    made = []
    for few, opacity in ((True, 0.16 if not all(p.few for p in points) else 0.4), (False, 0.4)):
        lines = [
            [(x, end) for end in point.whisker]
            for point, x in zip(points, at, strict=True)
            if point.whisker and point.few == few
        ]
        if lines:
            made.append(strokes(lines, faded(INK[mode].slate, opacity), 1.5))
    return made


def _marks(points: Sequence[_Mark], x: Sequence[object], n: int, mode: Mode) -> go.Scatter:
    """The marks of ``n`` different periods."""
    slate, paper = INK[mode].slate, INK[mode].paper
    size = next((size for most, size in ((12, 9), (36, 6), (60, 5)) if n <= most), 4)
    marker = {
        "symbol": ["triangle-up" if point.above else "circle" for point in points],
        "size": size,
        "color": [paper if point.few else slate for point in points],
        "line": {
            "color": [faded(slate, 0.6) if point.few else slate for point in points],
            "width": 1,
        },
        "opacity": 1,
    }
    data = [point.data for point in points]
    return marks(x, [point.y for point in points], marker, data, _HOVER)
