"""The traces of figures: bars, marks, numbers, lines, and the intervals of shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts.text import whole_percent
from dashboard.charts.parts.theme import INK, Mode, SourceStyle, bar_fill

#: A click filters; Plotly's own dimming of the other marks would say something untrue.
UNDIMMED: Final[dict[str, Any]] = {
    "selected": {"marker": {"opacity": 1}},
    "unselected": {"marker": {"opacity": 1}},
}
_NUMBER: Final = 12  # font size


def bars(
    lengths: Sequence[float],
    rows: Sequence[float],
    width: float,
    *,
    fill: str | Sequence[str],
    outline: str,
    data: Sequence[Sequence[Any]],
    hover: str,
    **more: Any,
) -> go.Bar:
    """Bars to the right, one a row, ``width`` pixels thick; ``more``: as ``go.Bar`` has it."""
    return go.Bar(
        orientation="h",
        x=lengths,
        y=rows,
        width=width,
        marker={"color": fill, "line": {"color": outline, "width": 1}},
        customdata=data,
        hovertemplate=hover,
        **UNDIMMED,
        **more,
    )


def fills(color: str, pale: Iterable[object], mode: Mode) -> list[str]:
    """The fill of each bar: pale where what it says is not certain."""
    return [bar_fill(color, bool(uncertain), mode) for uncertain in pale]


def ends_with(texts: Sequence[str], color: str) -> dict[str, Any]:
    """What :func:`bars` take to have a number at the end of each."""
    return {
        "text": texts,
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "textfont": {"size": _NUMBER, "color": color},
    }


def numbers(x: Sequence[float], y: Sequence[float], texts: Sequence[str], mode: Mode) -> go.Scatter:
    """Printed numbers, each right of its place; they begin with spaces for the mark there."""
    ink = INK[mode].ink
    return go.Scatter(
        x=x,
        y=y,
        mode="text",
        text=texts,
        textposition="middle right",
        textfont={"size": _NUMBER, "color": ink},
        cliponaxis=False,
        hoverinfo="skip",
        # A click on a mark doesn’t dim the numbers.
        unselected={"textfont": {"color": ink}},
    )


def marks(
    x: Sequence[object],
    y: Sequence[float | None],
    marker: Mapping[str, Any],
    data: Sequence[Sequence[Any]],
    hover: str,
    **more: Any,
) -> go.Scatter:
    """Marks that can be clicked, whole at the edge of the plot; ``more``: as ``go.Scatter``."""
    return go.Scatter(
        **({"x": x, "y": y, "mode": "markers", "cliponaxis": False} | UNDIMMED | more),
        marker=marker,
        customdata=data,
        hovertemplate=hover,
    )


def source_marker(
    style: SourceStyle, mode: Mode, size: float, solid: Sequence[bool]
) -> dict[str, Any]:
    """The marks of one source, open where not ``solid``."""
    color = style.color(mode)
    return {
        "symbol": style.symbol,
        "size": size,
        "color": [color if known else INK[mode].paper for known in solid],
        "line": {"color": color, "width": 2},
        "opacity": 1,
    }


def strokes(
    lines: Iterable[Sequence[tuple[object, float]]], color: str, width: float
) -> go.Scatter:
    """Lines that carry no data, each through its points (x, y); one trace for all."""
    x: list[object] = []
    y: list[float | None] = []
    for line in lines:
        x += [*(place for place, _ in line), None]
        y += [*(place for _, place in line), None]
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": color, "width": width},
        connectgaps=False,
        hoverinfo="skip",
    )


# Intervals of shares.


def ribbon(runs: Iterable[Sequence[tuple[object, float, float]]], color: str) -> go.Scatter:
    """Areas between two lines: of each run ``x``, lower and upper end, in order."""
    x: list[object] = []
    y: list[float | None] = []
    for run in runs:
        x += [*(at for at, _, _ in run), *(at for at, _, _ in reversed(run)), None]
        y += [*(high for _, _, high in run), *(low for _, low, _ in reversed(run)), None]
    area = strokes([], "rgba(0,0,0,0)", 0)
    return area.update(x=x, y=y, fill="toself", fillcolor=color)


def interval(row: Mapping[str, Any]) -> tuple[float, float] | None:
    """``ci_low`` and ``ci_high`` of a row of a table; None where one is not known."""
    low, high = row.get("ci_low"), row.get("ci_high")
    return None if pd.isna(low) or pd.isna(high) else (float(low), float(high))


def interval_words(row: Mapping[str, Any]) -> str:
    """`` (3 to 5)`` in percent; empty where there is no interval."""
    bounds = interval(row)
    return f" ({whole_percent(bounds[0])} to {whole_percent(bounds[1])})" if bounds else ""
