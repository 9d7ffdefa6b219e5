"""Articles in time: each mark an article, one row per source."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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
    row_label,
    upright,
)
from dashboard.charts.parts.text import escape, wrap
from dashboard.charts.parts.theme import Mode, SourceStyle, by_rank, figure, records, style_for
from dashboard.charts.parts.traces import marks, source_marker
from dashboard.wording import count, show_day

#: Above this many articles single marks would cover each other: bars of counts instead.
MAX_MARKS: Final = 300
#: Up to this many marks stand at their very day; of more, those that would touch are stacked.
MOST_EXACT: Final = 60
#: Up to this many distinct dates, each is a tick.
MAX_TICKS: Final = 6

_HOVER: Final = "%{customdata[1]}<br>%{customdata[2]}<br>%{customdata[3]}<extra></extra>"
_FIRST: Final = 42.0  # pixels from the top of a row of undated marks to the first
_HEAD: Final = 26.0  # of the undated, where rows are named
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
        :data:`MAX_MARKS` articles draw ``counts.counts``.
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
    groups = _undated_rows(undated, dated, styles)
    lane = _lane_height(groups, size)
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
        annotations += _undated(made, groups, styles, mode, size)
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
        note = count(len(members), "article") if len(members) > 1 else ""
        annotations.append(row_label(_name(row, styles), base - rise, mode, yshift=9, note=note))
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


@dataclass(frozen=True, slots=True)
class _Row:
    """Undated articles beside each other, below a name: "" for those whose marks are named above
    with the dated ones."""

    name: str
    members: Sequence[_Article]

    def height(self, size: int) -> float:
        """In pixels, its label included."""
        lines = math.ceil(len(self.members) / _SLOTS)
        return _FIRST - size + lines * (size + 3) if lines else 0.0


def _undated_rows(
    undated: Sequence[_Article], dated: Sequence[_Article], styles: Mapping[str, SourceStyle]
) -> list[_Row]:
    """One row where each mark is named with the dated articles of its source, else a row a
    source."""
    ordered = sorted(
        undated,
        key=lambda r: (
            style_for(styles, r["source_id"]).order,
            str(r["source_id"]),
            str(r["article_id"]),
        ),
    )
    rows = _rows([r["source_id"] for r in ordered], styles)
    above = {r["source_id"] for r in dated}
    if not rows or all(row[0] in above or style_for(styles, row[0]).rank == 0 for row in rows):
        return [_Row("", ordered)] if ordered else []
    return [_Row(_name(row, styles), [r for r in ordered if r["source_id"] in row]) for row in rows]


def _name(row: Sequence[str | None], styles: Mapping[str, SourceStyle]) -> str:
    return style_for(styles, row[0]).name if len(row) == 1 else f"Other sources ({len(row)})"


def _undated(
    made: go.Figure,
    rows: Sequence[_Row],
    styles: Mapping[str, SourceStyle],
    mode: Mode,
    size: int,
) -> list[dict[str, Any]]:
    """Draw the articles without a date, beside each other in a lane of their own: its labels."""
    undated = [record for row in rows for record in row.members]
    nameless = sum(record["source_id"] is None for record in undated)
    note = count(len(undated), "article")
    note += f", {nameless} of unknown source" if nameless else ""
    labels = [row_label("Undated", 38, mode, yref="y2", note=note, strong=bool(rows[0].name))]
    top = _HEAD if rows[0].name else 0.0
    for row in rows:
        if row.name:
            said = count(len(row.members), "article")
            labels.append(row_label(row.name, top + 38, mode, yref="y2", note=said))
        for source in dict.fromkeys(r["source_id"] for r in row.members):
            own = [(r, i) for i, r in enumerate(row.members) if r["source_id"] == source]
            x = [i % _SLOTS + 0.5 for _, i in own]
            y = [top + _FIRST + (i // _SLOTS) * (size + 3) for _, i in own]
            trace = _trace([r for r, _ in own], x, y, style_for(styles, source), mode, size)
            made.add_trace(trace.update(xaxis="x2", yaxis="y2"))
        top += row.height(size)
    return labels


def _lane_height(rows: Sequence[_Row], size: int) -> float:
    if not rows:
        return 0.0
    # Half a mark is below the middle of the last.
    return sum(row.height(size) for row in rows) + size + (_HEAD if rows[0].name else 0.0)


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
