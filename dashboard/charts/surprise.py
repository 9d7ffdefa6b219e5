"""Which topics each source covers more, or less, than the others do."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts.layout import clickable, nothing, upright, with_wide
from dashboard.charts.parts.source_columns import BAR, SourceColumns
from dashboard.charts.parts.text import escape, whole_percent
from dashboard.charts.parts.theme import INK, Mode, SourceStyle, figure, records, style_for
from dashboard.charts.parts.traces import bars, fills, numbers
from dashboard.charts.sources import compared

#: The residual from which all bars are the longest.
CAP: Final = 10.0
#: A residual nearer to zero is within chance (5 % of them are not, where nothing leans).
CHANCE: Final = 2.0
_HOVER: Final = "%{customdata[2]}<br>%{customdata[3]}<br>%{customdata[4]}<extra></extra>"
_ZERO: Final = 0.5  # of a column
_NUMBER: Final = 24  # pixels beside the longest bar


def surprise(
    mixes: pd.DataFrame, topics: pd.DataFrame, styles: Mapping[str, SourceStyle], mode: Mode
) -> go.Figure:
    """Topic × source: how far each source's use of a topic is from what all sources would give.

    Parameters
    ----------
    mixes
        Columns source_id, topic_id, share, share_rest (of the other sources' words; NaN: there are
        no others), residual (adjusted: about standard normal where the source is like the others;
        NaN: too few articles). Rows without a source or of a topic not in ``topics`` are left out.
    topics
        Columns topic_id, label; gives the rows.

    Returns
    -------
    go.Figure
        A trace of bars for each source that has a number, to the right of its zero line where it
        has more, to the left where less, at most as long as :data:`CAP`, pale within chance, with
        customdata ``[source_id, topic_id, …]``; behind them the band of chance; then the numbers
        that are beyond it, and a dash where there are too few articles to tell. Rows in order of
        the largest residual. With a wide form.
    """
    sources = compared(mixes, styles)
    label = {str(t): name for t, name in zip(topics["topic_id"], topics["label"], strict=True)}
    cells = {
        (row["source_id"], str(row["topic_id"])): row
        for row in records(mixes)
        if row["source_id"] in sources and str(row["topic_id"]) in label
    }
    largest = {
        topic: max(abs(r) for s in sources if not math.isnan(r := _residual(cells, s, topic)))
        for topic in label
        if any(not math.isnan(_residual(cells, s, topic)) for s in sources)
    }
    if not largest:
        return nothing(mode)
    rows = {topic: label[topic] for topic in sorted(largest, key=lambda t: -largest[t])}
    return with_wide(*(_bars(sources, cells, rows, styles, mode, wide=w) for w in (False, True)))


_Cells = Mapping[tuple[str, str], Mapping[str, Any]]


def _residual(cells: _Cells, source: str, topic: str) -> float:
    cell = cells.get((source, topic))
    return float(cell["residual"]) if cell else math.nan


def _bars(
    sources: Sequence[str],
    cells: _Cells,
    rows: Mapping[str, object],
    styles: Mapping[str, SourceStyle],
    mode: Mode,
    *,
    wide: bool,
) -> go.Figure:
    grid = SourceColumns(sources, [*rows.values()], styles, mode, wide, pitch=46, first=34)
    unit = max(0.5 - _NUMBER / grid.pixels, 0.2) / CAP
    made = figure(mode, 80, barmode="overlay", xaxis={"range": [0, grid.n], "visible": False})
    texts: tuple[list[float], list[float], list[str]] = ([], [], [])
    for column in grid.columns():
        zero = column.number + _ZERO
        grid.shapes += _chance(zero, CHANCE * unit, column.top, column.bottom, mode)
        found = [
            (cells.get((column.source, topic)), y)
            for topic, y in zip(rows, column.places, strict=True)
        ]
        made.add_trace(_column(found, zero, unit, rows, styles, column.source, mode))
        for cell, y in found:
            residual = float(cell["residual"]) if cell else math.nan
            if not abs(residual) < CHANCE:
                # Right of zero, whichever way the bar goes: there is room for it.
                texts[0].append(zero + max(_length(residual, unit), 0))
                texts[1].append(y)
                texts[2].append("\u00a0" + signed(residual, 0))
    made.add_trace(numbers(*texts, mode))
    grid.finish(made)
    return clickable(made, "src", "topic")


def _length(residual: float, unit: float) -> float:
    """Of its bar; 0 where it is not known."""
    return math.copysign(min(abs(residual), CAP), residual) * unit if residual == residual else 0.0


def _column(
    found: Sequence[tuple[Mapping[str, Any] | None, float]],
    zero: float,
    unit: float,
    rows: Mapping[str, object],
    styles: Mapping[str, SourceStyle],
    source: str,
    mode: Mode,
) -> go.Bar:
    """The bars of one source: its cells, each with its place."""
    own = [(c, float(c["residual"]), y) for c, y in found if c and not pd.isna(c["residual"])]
    style = style_for(styles, source)
    color = style.color(mode)
    made = bars(
        [_length(r, unit) for _, r, _ in own],
        [y for _, _, y in own],
        BAR,
        fill=fills(color, [abs(r) < CHANCE for _, r, _ in own], mode),
        outline=color,
        data=[_data(cell, rows[str(cell["topic_id"])], styles) for cell, _, _ in own],
        hover=_HOVER,
        name=escape(style.name),
    )
    return made.update(base=[zero] * len(own))


def _chance(
    zero: float, half: float, top: float, bottom: float, mode: Mode
) -> list[dict[str, Any]]:
    """The band of chance around a column's zero line, and the line."""
    band = {
        "type": "rect",
        "layer": "below",
        "x0": zero - half,
        "x1": zero + half,
        "y0": top,
        "y1": bottom,
        "fillcolor": INK[mode].grid,
        "line": {"width": 0},
    }
    return [band, upright(mode, zero, top, bottom)]


def signed(value: float, digits: int) -> str:
    """``+4.2`` or ``−4.2``, with a true minus; a dash for NaN."""
    if math.isnan(value):
        return "–"
    return f"{value:+.{digits}f}".replace("-", "−")


def _data(cell: Mapping[str, Any], label: object, styles: Mapping[str, SourceStyle]) -> list[Any]:
    return [
        cell["source_id"],
        str(cell["topic_id"]),
        escape(label, 60),
        escape(style_for(styles, cell["source_id"]).name, 44),
        _words(cell),
    ]


def _words(cell: Mapping[str, Any]) -> str:
    """ "+4.2: 31 % of its words, 12 % of the others’"."""
    r, rest = float(cell["residual"]), cell["share_rest"]
    said = f"{whole_percent(float(cell['share']))} % of its words"
    if not pd.isna(rest):
        said += f", {whole_percent(float(rest))} % of the others’"
    if math.isnan(r):
        return f"too few articles to compare: {said}"
    return f"{signed(r, 1)}{' (within chance)' if abs(r) < CHANCE else ''}: {said}"
