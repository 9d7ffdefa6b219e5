"""When each source's articles were collected: a lane each, with its gaps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts import dates
from dashboard.charts.parts.layout import (
    COLUMN,
    RowPlaces,
    across,
    clickable,
    column_label,
    nothing,
    pixel_axis,
    row_label,
    with_wide,
)
from dashboard.charts.parts.text import escape
from dashboard.charts.parts.theme import Mode, SourceStyle, by_rank, figure, records, style_for
from dashboard.charts.parts.traces import UNDIMMED
from dashboard.wording import count

_HOVER: Final = "%{customdata[1]}<br>%{customdata[2]}<br>%{customdata[3]}<extra></extra>"
_Stretch = Mapping[str, Any]  # a row of the table, its source_id or None


def lanes(lanes: pd.DataFrame, styles: Mapping[str, SourceStyle], mode: Mode) -> go.Figure:
    """A lane a source, from its first period to its last.

    Parameters
    ----------
    lanes
        Columns source_id, first, last (periods; None: undated), n_articles. Sources without a
        number of their own are laid over each other in one lane, the unknown in another. Lone
        articles long before the others (``dates.early``) are said, not drawn.

    Returns
    -------
    go.Figure
        A trace of bars a source on a dated axis, customdata ``[source_id, …]``; what is undated is
        said in the label. With a wide form.
    """
    groups = _groups(records(lanes), styles)
    dated = [row for _, rows in groups for _, _, row in _dated(rows)]
    if not dated:
        return nothing(mode)
    begun: dict[str, float] = {}
    for row in dated:
        begun[row["first"]] = begun.get(row["first"], 0.0) + row["n_articles"]
    lone = dates.early(begun)
    return with_wide(*(_drawn(groups, lone, mode, wide) for wide in (False, True)))


def _groups(
    rows: Sequence[_Stretch], styles: Mapping[str, SourceStyle]
) -> list[tuple[SourceStyle, list[_Stretch]]]:
    """The lanes from above, each with its stretches."""
    by_source: dict[str | None, list[_Stretch]] = {}
    for row in rows:
        source = row["source_id"] if isinstance(row["source_id"], str) else None
        by_source.setdefault(source, []).append(row)
    ids = by_rank(styles, [each for each in by_source if each is not None])
    rest = [each for each in ids if style_for(styles, each).rank <= 0]
    rest = rest if len(rest) > 1 else []
    found = [(style_for(styles, each), by_source[each]) for each in ids if each not in rest]
    if rest:
        together: list[_Stretch] = [
            {**row, "source_id": ""} for each in rest for row in by_source[each]
        ]
        found.append((SourceStyle(f"Other sources ({len(rest)})", 0), together))
    if None in by_source:
        found.append((style_for(styles, None), by_source[None]))
    return found


def _dated(rows: Sequence[_Stretch]) -> list[tuple[date, date, _Stretch]]:
    """First day and the day behind the last of each stretch, in time."""
    found = []
    for row in rows:
        first, last = dates.parse_period(row["first"]), dates.parse_period(row["last"])
        if first and last:
            found.append((first.start, last.start + timedelta(days=last.days), row))
    return sorted(found, key=lambda stretch: stretch[:2])


def _drawn(
    groups: Sequence[tuple[SourceStyle, Sequence[_Stretch]]],
    lone: Collection[str],
    mode: Mode,
    wide: bool,
) -> go.Figure:
    of = RowPlaces(len(groups), 52.0 if wide else 42.0, 28.0 if wide else 30.0, 6)
    margin = {"b": 34, "l": COLUMN if wide else 0}
    made = figure(mode, of.height + 34, margin=margin, barmode="overlay")
    annotations = []
    every = []
    for (style, rows), y in zip(groups, of.places, strict=True):
        said = _said(rows)
        spans = [span for span in _dated(rows) if span[2]["first"] not in lone]
        every += spans
        if wide:
            extent, _, more = said.partition(", ")
            annotations.append(
                column_label(style.name, y, mode, note=extent, below=True, more=more)
            )
        else:
            annotations.append(row_label(style.name, y, mode, note=said, yshift=7, limit=22))
        if spans:
            made.add_trace(_bars(spans, style, mode, y))
    first, last = min(span[0] for span in every), max(span[1] for span in every)
    made.update_layout(
        xaxis={"type": "date", "range": dates.padded(first, last, 0.01), "nticks": 5},
        yaxis=pixel_axis(of.height),
        annotations=annotations,
        shapes=[across(mode, y) for y in of.places],
    )
    return clickable(made, "src")


def _bars(
    spans: Sequence[tuple[date, date, _Stretch]], style: SourceStyle, mode: Mode, y: float
) -> go.Bar:
    return go.Bar(
        orientation="h",
        base=[first.isoformat() for first, _, _ in spans],
        x=[(end - first).days * dates.DAY for first, end, _ in spans],
        y=[y] * len(spans),
        width=8,
        marker={"color": style.color(mode), "line": {"width": 0}},
        customdata=[
            [
                row["source_id"] if isinstance(row["source_id"], str) else None,
                escape(style.name, 44),
                escape(_extent(row, row)),
                count(int(row["n_articles"]), "article"),
            ]
            for _, _, row in spans
        ],
        hovertemplate=_HOVER,
        name=escape(style.name),
        **UNDIMMED,
    )


def _extent(first: _Stretch, last: _Stretch) -> str:
    """ "May 2019 – Q2 2020": from the first period of one stretch to the last of another."""
    ends = [dates.parse_period(first["first"]), dates.parse_period(last["last"])]
    return " – ".join(dict.fromkeys(period.words for period in ends if period))


def _said(rows: Sequence[_Stretch]) -> str:
    """From when to when a lane has articles, its gaps, and those without a date."""
    found = [
        (dates.parse_period(row["first"]), dates.parse_period(row["last"]), row) for row in rows
    ]
    spans = [(first, last, row) for first, last, row in found if first and last]
    spans.sort(key=lambda span: span[0].ordinal)
    undated = sum(int(row["n_articles"]) for first, _, row in found if first is None)
    parts, reach, latest = [], None, spans[0] if spans else None
    gaps = 0
    for span in spans:
        gaps += reach is not None and span[0].ordinal > reach + 1
        reach = max(reach or span[1].ordinal, span[1].ordinal)
        latest = span if span[1].ordinal == reach else latest
    if latest:
        parts.append(_extent(spans[0][2], latest[2]))
    if gaps:
        parts.append(count(gaps, "gap"))
    if undated:
        parts.append(f"{undated:,} undated")
    return ", ".join(parts)
