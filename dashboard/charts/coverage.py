"""Articles in time: each mark an article, one row per source."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts import dates
from dashboard.charts.parts.layout import (
    across,
    clickable,
    levels,
    nothing,
    pixel_axis,
    round_below,
    row_label,
    upright,
)
from dashboard.charts.parts.text import escape, wrap
from dashboard.charts.parts.theme import INK, Mode, SourceStyle, by_rank, figure, records, style_for
from dashboard.charts.parts.traces import UNDIMMED, marks, source_marker
from dashboard.wording import count, join_words, show_day

#: Above this many articles single marks would cover each other: bars of counts instead.
MAX_MARKS: Final = 300
#: Up to this many marks stand at their very day; of more, those that would touch are stacked.
MOST_EXACT: Final = 60
#: Up to this many distinct dates, each is a tick.
MAX_TICKS: Final = 6

_HOVER: Final = "%{customdata[1]}<br>%{customdata[2]}<br>%{customdata[3]}<extra></extra>"
_SLOTS: Final = 18  # places for undated marks beside each other: 19 px each on a phone


def coverage(articles: pd.DataFrame, styles: Mapping[str, SourceStyle], mode: Mode) -> go.Figure:
    """Publication dates of the articles.

    Parameters
    ----------
    articles
        Columns article_id, title, source_id, date, date_basis. A date that is not one day (None, an
        interval) is undated and stands in a lane of its own below the axis.
    styles
        Source id to style; a row each for those with a number, one for the others.

    Returns
    -------
    go.Figure
        One trace per source, customdata ``[article_id, title, source, date]``; solid is a stated
        date, open any other basis. Without articles a figure without traces. For more than
        :data:`MAX_MARKS` articles draw :func:`counts`.
    """
    if articles.empty:
        return nothing(mode, 80)
    found = [
        record
        | {
            "source_id": record["source_id"] if isinstance(record["source_id"], str) else None,
            "day": dates.parse_day(record["date"]),
        }
        for record in records(articles)
    ]
    size = 13 if len(found) <= MOST_EXACT else 9
    dated = sorted((r for r in found if r["day"]), key=lambda r: (r["day"], str(r["article_id"])))
    undated = [r for r in found if not r["day"]]
    made = figure(mode, 80)
    height, axis, annotations, shapes = _dated(made, dated, styles, mode, size)
    lane = _lane_height(len(undated), size)
    total = height + (40.0 if dated else 0.0) + lane
    made.update_layout(
        height=round(total),
        xaxis=axis | {"anchor": "y"},
        yaxis=pixel_axis(height, domain=[1 - height / total, 1]),
    )
    if undated:
        made.update_layout(
            xaxis2={"anchor": "y2", "range": [0, _SLOTS], "visible": False, "fixedrange": True},
            yaxis2=pixel_axis(lane, domain=[0, lane / total]),
        )
        annotations.append(_undated(made, undated, styles, mode, size))
    return clickable(made.update_layout(annotations=annotations, shapes=shapes), "article")


def _rows(
    sources: Sequence[str | None], styles: Mapping[str, SourceStyle]
) -> list[list[str | None]]:
    """Ids of sources per row: those with a number, the others together in one row, the unknown
    last."""
    named = by_rank(styles, list({each for each in sources if each is not None}))
    rows: list[list[str | None]] = [[each] for each in named if style_for(styles, each).rank > 0]
    others: list[str | None] = list(named[len(rows) :])
    unknown: list[list[str | None]] = [[None]] if None in sources else []
    return [*rows, *([others] if others else []), *unknown]


_Article = Mapping[str, Any]  # a row of the table, its source_id or None, its day or None


def _dated(
    made: go.Figure,
    dated: Sequence[_Article],
    styles: Mapping[str, SourceStyle],
    mode: Mode,
    size: int,
) -> tuple[float, dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    """Draw the articles with a date, a row a source: the plot's height, its axis, annotations and
    shapes."""
    if not dated:
        return 0.0, {"visible": False}, [], []
    annotations, shapes = [], []
    days = [r["day"] for r in dated]
    # The figure's width is not known here: marks must stay apart on the narrowest screen.
    gap = dates.span_days(days[0], days[-1]) * (size + 2) / 340
    first = days[0].toordinal()

    def place(day: date) -> float:
        """Where a mark stands, in days: of many marks those that would touch stand upright."""
        ordinal = day.toordinal()
        if len(dated) <= MOST_EXACT:
            return float(ordinal)
        return float(first + (math.floor((ordinal - first) / gap) + 0.5) * gap)

    base = -8.0
    for row in _rows([r["source_id"] for r in dated], styles):
        members = [r for r in dated if r["source_id"] in row]
        stacked = levels([place(r["day"]) for r in members], gap * 0.999)
        step = min(size + 2.0, 90 / max(max(stacked), 1))
        rise = step * max(stacked)
        base += 45 + rise
        name = style_for(styles, row[0]).name if len(row) == 1 else f"Other sources ({len(row)})"
        note = count(len(members), "article") if len(members) > 1 else ""
        annotations.append(row_label(name, base - rise, mode, yshift=9, note=note))
        shapes.append(across(mode, base))
        for source in row:
            own = [
                (r, k) for r, k in zip(members, stacked, strict=True) if r["source_id"] == source
            ]
            x = [dates.moved(days[0], place(r["day"]) - first) for r, _ in own]
            y = [base - k * step for _, k in own]
            style = style_for(styles, source)
            made.add_trace(_trace([r for r, _ in own], x, y, style, mode, size))
    axis, lines = _date_axis(days, mode, base + 16)
    return base + 16, axis, annotations, shapes + lines


def _undated(
    made: go.Figure,
    undated: Sequence[_Article],
    styles: Mapping[str, SourceStyle],
    mode: Mode,
    size: int,
) -> dict[str, Any]:
    """Draw the articles without a date, beside each other in a lane of their own: its label."""
    undated = sorted(
        undated,
        key=lambda r: (
            style_for(styles, r["source_id"]).order,
            str(r["source_id"]),
            str(r["article_id"]),
        ),
    )
    for source in dict.fromkeys(r["source_id"] for r in undated):
        own = [(r, i) for i, r in enumerate(undated) if r["source_id"] == source]
        x = [i % _SLOTS + 0.5 for _, i in own]
        y = [42 + (i // _SLOTS) * (size + 3) for _, i in own]
        trace = _trace([r for r, _ in own], x, y, style_for(styles, source), mode, size)
        made.add_trace(trace.update(xaxis="x2", yaxis="y2"))
    nameless = sum(record["source_id"] is None for record in undated)
    note = count(len(undated), "article")
    note += f", {nameless} of unknown source" if nameless else ""
    return row_label("Undated", 38, mode, yref="y2", note=note)


def _lane_height(n: int, size: int) -> float:
    return 42 + size + ((n - 1) // _SLOTS) * (size + 3) if n else 0.0


def _trace(
    members: Sequence[_Article],
    x: Sequence[object],
    y: Sequence[float],
    style: SourceStyle,
    mode: Mode,
    size: int,
) -> go.Scatter:
    data = [
        [
            str(record["article_id"]),
            wrap(record["title"], 44),
            escape(style.name, 44),
            _date_words(record),
        ]
        for record in members
    ]
    stated = [record["date_basis"] == "stated" for record in members]
    marker = source_marker(style, mode, size, stated)
    return marks(x, y, marker, data, _HOVER, name=escape(style.name))


def _date_words(record: _Article) -> str:
    day = record["day"]
    if day:
        return escape(f"{show_day(day)}, {record['date_basis']}")
    text = record["date"]
    return escape(f"date unknown ({text})" if isinstance(text, str) else "date unknown")


def _date_axis(
    days: Sequence[date], mode: Mode, height: float
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Axis and guides: only real dates while they are few."""
    axis: dict[str, Any] = {"type": "date", "range": dates.padded(days[0], days[-1])}
    distinct = list(dict.fromkeys(days))
    if len(distinct) > MAX_TICKS:
        return axis | {"nticks": 5, "showgrid": True}, []
    ticks = dates.tick_axis(distinct, [dates.day_tick(day) for day in distinct])
    return axis | ticks, [upright(mode, day.isoformat(), 0, height, dash="dot") for day in distinct]


def counts(coverage: pd.DataFrame, mode: Mode, last_day: date | None = None) -> go.Figure:
    """Articles per period, for a corpus too large for :func:`coverage`.

    Parameters
    ----------
    coverage
        Columns period, n_articles; the periods are of one width, None is undated.
    last_day
        Of the articles: a last period that it leaves unfinished is hatched.

    Returns
    -------
    go.Figure
        Grey bars, customdata ``[period, count]``; undated articles, and lone ones long before the
        others (``dates.early``), are said, not drawn. Without dated articles no trace.
    """
    undated = int(coverage[coverage["period"].isna()]["n_articles"].sum())
    sums = coverage.dropna(subset=["period"]).groupby("period")["n_articles"].sum()
    lone = dates.early({str(name): float(n) for name, n in sums.items()})
    bars = [
        (period, str(name), int(n))
        for name, n in sums.items()
        if name not in lone and (period := dates.parse_period(name)) is not None
    ]
    notes = [f"{undated:,} undated"] * bool(undated)
    if lone:
        notes.append(f"{int(sums[list(lone)].sum()):,} before {bars[0][0].words}")
    note = f"Not drawn: {join_words(notes)}" if notes else ""
    made = figure(mode, 220, margin={"t": 20 if note else 4, "b": 40}, bargap=0.12)
    if not bars:
        said = [row_label(note, 20, mode)]
        hidden = {"visible": False}
        made.update_layout(height=60, xaxis=hidden, yaxis=pixel_axis(20), annotations=said)
        return made
    ends = bars[-1][0].start + timedelta(days=bars[-1][0].days - 1)
    part = last_day is not None and is_part(bars[-1][0], last_day)
    made.add_trace(_count_bars(bars, mode, part=part))
    made.update_layout(
        **count_axes(bars[0][0].start, ends, max(n for _, _, n in bars)),
        annotations=[row_label(note, 1, mode, yshift=2, limit=80, yref="paper")] * bool(note),
    )
    return clickable(made, "period")


def is_part(period: dates.Period, last_day: date) -> bool:
    """Whether ``last_day``, which is in it, leaves more than 15 % of a period to come."""
    return (period.start - last_day).days + period.days - 1 > 0.15 * period.days


def count_axes(first: date, last: date, most: int) -> dict[str, Any]:
    """Axes of bars of counts from one day to another, the largest of ``most``."""
    width = (last - first).days + 1
    tick = max(round_below(0.9 * most), 1.0) if most > 1 else 1.0
    ticks = [0, tick / 2, tick] if tick >= 4 else [0, tick]
    return {
        # Room on the left for the tick labels, which stand inside the plot.
        "xaxis": {
            "type": "date",
            "range": [dates.moved(first, -0.1 * width), dates.moved(first, 1.02 * width)],
            "nticks": 5,
        },
        "yaxis": {
            "range": [0, most * 1.12],
            "tickmode": "array",
            "tickvals": ticks,
            "ticktext": ["", *(f"{value:,g}" for value in ticks[1:])],
            "showgrid": True,
            "ticklabelposition": "inside top",
        },
    }


def _count_bars(bars: Sequence[tuple[dates.Period, str, int]], mode: Mode, *, part: bool) -> go.Bar:
    """A bar a period; ``part``: the last one is not over."""
    slate, paper = INK[mode].slate, INK[mode].paper
    hatched = [""] * (len(bars) - part) + ["/"] * part
    return go.Bar(
        x=[dates.moved(period.start, period.days / 2) for period, _, _ in bars],
        y=[n for _, _, n in bars],
        width=[period.days * dates.DAY * 0.86 for period, _, _ in bars],
        marker={
            "color": slate,
            "pattern": {
                "shape": hatched,
                "fgcolor": paper,
                "bgcolor": slate,
                "size": 6,
                "solidity": 0.4,
            },
        },
        customdata=[
            [name, f"{period.words}{' so far' if part and i == len(bars) - 1 else ''}", n]
            for i, (period, name, n) in enumerate(bars)
        ],
        hovertemplate="%{customdata[1]}<br>%{customdata[2]:,} articles<extra></extra>",
        **UNDIMMED,
    )
