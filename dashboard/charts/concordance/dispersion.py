"""Where a keyword stands: in each article, or where they are many, in time and by source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts import dates
from dashboard.charts.parts.layout import (
    RowPlaces,
    across,
    clickable,
    nothing,
    pixel_axis,
    row_label,
    words_at,
)
from dashboard.charts.parts.text import escape, wrap
from dashboard.charts.parts.theme import INK, Mode, SourceStyle, figure, records, style_for
from dashboard.charts.parts.traces import marks
from dashboard.wording import count, show_day

MOST_ROWS: Final = 12
_PITCH: Final = 42
_HOVER: Final = "%{customdata[2]}<br>%{customdata[3]}<br>%{customdata[4]}<extra></extra>"
_ARTICLE: Final = "%{customdata[5]}<br>" + _HOVER


def dispersion(uses: pd.DataFrame, styles: Mapping[str, SourceStyle], mode: Mode) -> go.Figure:
    """A tick a use, a row an article; of more than :data:`MOST_ROWS` articles a tick a period, a
    row a source, the stronger the more uses.

    Parameters
    ----------
    uses
        Columns article_id, source_id, source, date, period, place (0 to 1), of one keyword; and
        title, for the boxes where a row is an article.

    Returns
    -------
    go.Figure
        Ticks, customdata ``[article, …]``, or ``[source, period, …]`` for the sources with most
        uses; undated ones stand in a lane of their own, lone periods long before the others are
        left out (``dates.early``). No rows: no traces.
    """
    if uses.empty:
        return nothing(mode)
    few = uses["article_id"].nunique() <= MOST_ROWS
    return _in_articles(uses, styles, mode) if few else _in_time(uses, styles, mode)


def _id(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _tick(color: str, opacity: Any, size: float = 9) -> dict[str, Any]:
    line = {"color": color, "width": 2}
    return {"symbol": "line-ns", "size": size, "color": color, "line": line, "opacity": opacity}


def _in_articles(uses: pd.DataFrame, styles: Mapping[str, SourceStyle], mode: Mode) -> go.Figure:
    groups = list(uses.groupby("article_id", sort=False))
    rows = RowPlaces(len(groups), _PITCH, first=34, below=26)
    made = figure(
        mode,
        rows.height,
        xaxis={"range": [-0.01, 1.01], "showticklabels": False, "showgrid": False},
        yaxis=pixel_axis(rows.height),
        annotations=[
            # Labels of ticks would be dropped where they reach beyond a narrow plot.
            words_at(
                words,
                x=x,
                xanchor=at,
                y=0,
                yref="paper",
                yanchor="top",
                xref="paper",
                font={"size": 12, "color": INK[mode].muted},
            )
            for words, x, at in (
                ("Beginning", 0, "left"),
                ("Middle", 0.5, "center"),
                ("End", 1, "right"),
            )
        ],
        margin={"b": 24},
        shapes=[across(mode, y) for y in rows.places],
        showlegend=False,
    )
    for (article_id, own), y in zip(groups, rows.places, strict=True):
        style = style_for(styles, _id(own["source_id"].iloc[0]))
        day = dates.parse_day(own["date"].iloc[0])
        when = show_day(day) if day else "undated"
        n = count(len(own), "use")
        made.add_annotation(
            row_label(style.name, y, mode, note=f"{when}, {n}", limit=24, yshift=11)
        )
        title = wrap(own["title"].iloc[0], 44) if "title" in own else ""
        data = [
            [str(article_id), "", escape(style.name), when, f"{place:.0%} into the article", title]
            for place in own["place"]
        ]
        tick = _tick(style.color(mode), 1)
        made.add_trace(marks(own["place"].tolist(), [y] * len(own), tick, data, _ARTICLE))
    return clickable(made, "article")


def _in_time(uses: pd.DataFrame, styles: Mapping[str, SourceStyle], mode: Mode) -> go.Figure:
    cells: list[dict[str, Any]] = [
        {"src": _id(row["source_id"]), "text": _id(row["period"]), "n": int(row["n"])}
        for row in records(
            uses.groupby(["source_id", "period"], sort=False, dropna=False)
            .size()
            .reset_index(name="n")
        )
    ]
    per_source, per_period = Counter[str | None](), Counter[str]()
    for cell in cells:
        per_source[cell["src"]] += cell["n"]
        if cell["text"]:
            per_period[cell["text"]] += cell["n"]
    lone = dates.early({name: float(n) for name, n in per_period.items()})
    starts = sorted(
        period.start
        for name in per_period
        if name not in lone and (period := dates.parse_period(name)) is not None
    )
    order = [source for source, _ in per_source.most_common(MOST_ROWS)]
    axis, lane = dates.lanes(bool(starts), any(cell["text"] is None for cell in cells))
    rows = RowPlaces(len(order), _PITCH, first=34, below=10)
    made = figure(
        mode,
        rows.height + 36,
        xaxis=_time_axis(starts) | axis,
        yaxis=pixel_axis(rows.height),
        margin={"b": 36},
        shapes=[across(mode, y) for y in rows.places],
        showlegend=False,
    )
    if lane:
        made.update_layout(xaxis2=lane | {"tickvals": [0.5], "anchor": "y"})
    most = max(cell["n"] for cell in cells)
    for source, y in zip(order, rows.places, strict=True):
        style = style_for(styles, source)
        note = count(per_source[source], "use")
        made.add_annotation(row_label(style.name, y, mode, note=note, limit=30, yshift=11))
        own = [c for c in cells if c["src"] == source and c["text"] not in lone]
        for dated in (True, False):
            part = [cell for cell in own if (cell["text"] is not None) is dated]
            if part:
                made.add_trace(_ticks(part, style, y, most, mode))
    return clickable(made, "src", "period")


def _time_axis(starts: list[date]) -> dict[str, Any]:
    if not starts:
        return {}
    axis: dict[str, Any] = {"type": "date", "range": dates.padded(starts[0], starts[-1], 0.04)}
    return axis | {"nticks": 5, "showgrid": False}


def _ticks(
    cells: Sequence[Mapping[str, Any]], style: SourceStyle, y: float, most: int, mode: Mode
) -> go.Scatter:
    """The ticks of one source, either in time or in the lane of the undated."""
    periods = [dates.parse_period(cell["text"]) for cell in cells]
    x = [dates.moved(p.start, p.days / 2) if p else 0.5 for p in periods]
    data = [
        [cell["src"], cell["text"], escape(style.name), period.words if period else "undated",
         count(cell["n"], "use")]
        for cell, period in zip(cells, periods, strict=True)
    ]  # fmt: skip
    tick = _tick(style.color(mode), [0.25 + 0.75 * (cell["n"] / most) ** 0.5 for cell in cells])
    tick["line"]["width"] = 3
    return marks(x, [y] * len(x), tick, data, _HOVER, **({} if periods[0] else {"xaxis": "x2"}))
