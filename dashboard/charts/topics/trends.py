"""Topics in time: a small panel each, on a scale of its own."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts import dates
from dashboard.charts.parts.dates import MAX_DOTS
from dashboard.charts.parts.layout import (
    LABEL,
    RowPlaces,
    clickable,
    guide,
    nothing,
    pixel_axis,
    reservations,
    row_label,
    with_wide,
    words_at,
)
from dashboard.charts.parts.text import escape, whole_percent
from dashboard.charts.parts.theme import INK, Mode, faded, figure, records
from dashboard.charts.parts.traces import interval, interval_words, marks, ribbon, strokes
from dashboard.wording import count

#: A period with fewer articles is pale, and no line leads to it.
FEW: Final = 5
_LABEL, _PANEL, _GAP = 24.0, 64.0, 18.0
_COLUMNS: Final = 3  # where there is room
_BETWEEN: Final = 0.035  # of the width
_LEAST: Final = {False: 350.0, True: 760.0}  # pixels of a figure, by whether it has columns
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
    percent: str
    data: list[Any]


def topic_trends(table: pd.DataFrame, topics: pd.DataFrame, mode: Mode) -> go.Figure:
    """Share of each topic over time: one panel a topic, each on its own scale.

    Parameters
    ----------
    table
        Columns period (None: undated, drawn right of the axis), topic_id, share (0..1 of the
        period's words), n_words, n_articles (of the period), ci_low, ci_high (NaN: no interval). A
        period without a row is a gap, never zero; ``dates.early`` ones are left out.
    topics
        Columns topic_id, label, reliability_word; gives the panels and their order. The caller
        cuts: a panel takes 106 px.

    Returns
    -------
    go.Figure
        For each column of panels: the intervals (a ribbon, or whiskers up to ``dates.MAX_DOTS``
        periods), lines between neighbouring periods with :data:`FEW` articles or more, then a trace
        of dated and one of undated marks with customdata ``[topic_id, period, …]``; open and pale:
        fewer articles. A panel's scale is that of its solid marks, of which the highest is named;
        a pale one beyond is a triangle at the panel's edge. The wide form has three columns.
    """
    ids = [str(topic_id) for topic_id in topics["topic_id"]]
    sizes = table.dropna(subset=["period"]).drop_duplicates("period")
    early = dates.early(dict(zip(sizes["period"], sizes["n_articles"].fillna(0), strict=True)))
    found = [
        row
        for row in records(table)
        if str(row["topic_id"]) in ids and not pd.isna(row["share"]) and row["period"] not in early
    ]
    if not found:
        return nothing(mode)
    narrow = _panels(found, topics, mode, 1)
    return with_wide(narrow, _panels(found, topics, mode, min(_COLUMNS, len(ids))))


def _panels(
    found: Sequence[dict[str, Any]], topics: pd.DataFrame, mode: Mode, n_columns: int
) -> go.Figure:
    ids = [str(topic_id) for topic_id in topics["topic_id"]]
    rows = RowPlaces(math.ceil(len(ids) / n_columns), _LABEL + _PANEL + _GAP, first=_LABEL + _PANEL)
    made = figure(mode, rows.height + 40, margin={"b": 40}, yaxis=pixel_axis(rows.height))
    shapes, annotations = [], []
    for column in range(n_columns):
        own = list(enumerate(ids))[column::n_columns]
        bases = {topic: rows.places[i // n_columns] for i, topic in own}
        series: dict[str, list[_Mark]] = {}
        for i, topic in own:
            of_topic = [row for row in found if str(row["topic_id"]) == topic]
            top = _top(of_topic)
            label = topics["label"].iloc[i]
            points = [_mark(row, label, bases[topic], top) for row in of_topic]
            series[topic] = sorted(points, key=lambda p: dates.in_time(p.period, p.text))
            word = reservations(topics)[i]
            said = row_label(
                label,
                bases[topic] - _PANEL,
                mode,
                note=word,
                limit=LABEL - 6 - len(word),
                yshift=4,
            )
            annotations.append(said | {"x": _left(column, n_columns)})
            annotations += _peak(series[topic], mode, "x" if not column else f"x{2 * column + 1}")
            shapes += _frame(bases[topic], column, n_columns, mode)
        _draw(made, series, mode, column, n_columns)
    made.update_layout(shapes=shapes, annotations=annotations)
    return clickable(made, "topic", "period")


def _left(column: int, n_columns: int) -> float:
    return column * (1 + _BETWEEN) / n_columns


def _frame(base: float, column: int, n_columns: int, mode: Mode) -> list[dict[str, Any]]:
    """A panel's zero and its upper edge."""
    left = _left(column, n_columns)
    right = left + (1 + _BETWEEN) / n_columns - _BETWEEN
    where = {"xref": "paper", "x0": left, "x1": right}
    return [
        guide(mode, y0=base, y1=base, line={"color": INK[mode].rule}, **where),
        guide(mode, y0=base - _PANEL, y1=base - _PANEL, **where),
    ]


def _peak(points: Sequence[_Mark], mode: Mode, axis: str) -> list[dict[str, Any]]:
    """The label of the highest share that rests on enough articles: how much, and when. None of
    few dates, which have their numbers in boxes alone."""
    periods = [p.period for p in points if p.period]
    solid = [p for p in points if p.period and not p.few]
    if not solid or len(periods) <= MAX_DOTS:
        return []
    top = min(solid, key=lambda p: p.y)
    assert top.period is not None
    first, last = periods[0].start, periods[-1].start
    share = (top.period.start - first).days / max((last - first).days, 1)
    return [
        words_at(
            f"{top.percent} %, {escape(top.period.words)}",
            x=_day(top),
            xref=axis,
            y=top.y,
            yshift=4,
            yanchor="bottom",
            xanchor="left" if share < 0.3 else "right" if share > 0.7 else "center",
            font={"size": 11, "color": INK[mode].muted},
        )
    ]


def _draw(
    made: go.Figure, series: dict[str, list[_Mark]], mode: Mode, column: int, n_columns: int
) -> None:
    """One column of panels, with axes of its own."""
    dated = [p for points in series.values() for p in points if p.period]
    undated = [p for points in series.values() for p in points if not p.period]
    periods = {p.period.start: p.period for p in dated if p.period}
    axis, lane = dates.lanes(bool(dated), bool(undated))
    left, width = _left(column, n_columns), (1 + _BETWEEN) / n_columns - _BETWEEN
    numbers = [2 * column + 1, 2 * column + 2]
    names = ["x" if n == 1 else f"x{n}" for n in numbers]
    fitted = [
        each | {"domain": [left + width * end for end in each["domain"]], "anchor": "y"}
        for each in (axis, lane)
        if each
    ]
    if dated:
        fitted[0] = _time(periods, fitted[0], _LEAST[n_columns > 1])
        days = [_day(p) for p in dated]
        many = len(periods) > MAX_DOTS
        traces = [*_ribbons(series.values(), mode), _lines(series.values(), mode)] * many
        traces += _whiskers(dated, days, mode) * (not many)
        for trace in (*traces, _marks(dated, days, len(periods), mode)):
            made.add_trace(trace.update(xaxis=names[0]))
    if undated:
        x = [_MIDDLE] * len(undated)
        for trace in (*_whiskers(undated, x, mode), _marks(undated, x, len(periods), mode)):
            made.add_trace(trace.update(xaxis=names[1]))
        fitted[1] |= {"tickvals": [_MIDDLE]}
    for number, each in zip(numbers, fitted, strict=False):
        made.update_layout({f"xaxis{number if number > 1 else ''}": each})


def _top(rows: Sequence[dict[str, Any]]) -> float:
    """The share at a panel's upper edge: room for the marks that rest on enough articles, and for
    their intervals as long as these leave the marks readable."""
    known = [row for row in rows if row["n_articles"] >= FEW] or rows
    most = max((float(row["share"]) for row in known), default=0.0) or 0.01
    highest = max((bounds[1] for row in known if (bounds := interval(row))), default=most)
    return min(max(highest, most), 1.6 * most) * 1.25


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
        whole_percent(share),
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


def _time(periods: dict[date, dates.Period], axis: dict[str, Any], width: float) -> dict[str, Any]:
    """The dated axis: only real dates as ticks while they are few. ``width``: of the figure."""
    starts = sorted(periods)
    axis = axis | {"type": "date", "anchor": "y"}
    if len(starts) > MAX_DOTS:
        span = dates.span_days(starts[0], starts[-1], 0)
        ends = [dates.moved(starts[0], -0.03 * span), dates.moved(starts[-1], 0.04 * span)]
        return axis | {"range": ends, "nticks": 4}
    pad = 0.16
    part = (axis["domain"][1] - axis["domain"][0]) * (1 + 2 * 0.09) / (1 + 2 * pad)
    texts = [periods[start].label for start in starts]
    return (
        axis
        | {"range": dates.padded(starts[0], starts[-1], pad), "tickangle": 0}
        | dates.tick_axis(starts, texts, width=width * part)
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


def _ribbons(series: Iterable[Sequence[_Mark]], mode: Mode) -> list[go.Scatter]:
    """The intervals of neighbours that rest on enough articles, as an area along their line."""
    runs = [
        [(_day(p), *p.whisker) for p in run if p.whisker]
        for points in series
        for run in _runs(points)
    ]
    return [ribbon(runs, faded(INK[mode].slate, 0.16))]


def _runs(points: Sequence[_Mark]) -> list[list[_Mark]]:
    """Neighbouring periods with enough articles, two or more."""
    runs: list[list[_Mark]] = [[]]
    for point in points:
        if not point.period or point.few:
            continue
        last = runs[-1][-1].period if runs[-1] else None
        if last and point.period.ordinal != last.ordinal + 1:
            runs.append([])
        runs[-1].append(point)
    return [run for run in runs if len(run) > 1]


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
    size = next((size for most, size in ((12, 9), (24, 5)) if n <= most), 4)
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
