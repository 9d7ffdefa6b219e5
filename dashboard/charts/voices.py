"""Who is quoted by whom: speakers × sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts.layout import clickable, nothing, upright, with_wide
from dashboard.charts.parts.source_columns import BAR, SourceColumns
from dashboard.charts.parts.text import escape
from dashboard.charts.parts.theme import Mode, SourceStyle, figure, records
from dashboard.charts.parts.traces import bars, numbers
from dashboard.charts.sources import compared
from dashboard.wording import count

_HOVER: Final = "%{customdata[2]}<br>%{customdata[3]}<extra></extra>"
_NUMBER: Final = 30  # pixels beside the longest bar


def voices(
    speakers: pd.DataFrame, names: Sequence[str], styles: Mapping[str, SourceStyle], mode: Mode
) -> go.Figure:
    """Speaker × source: in how many articles of a source each speaker says something.

    Parameters
    ----------
    speakers
        Columns source_id, speaker, n_articles, n_quotes, n_indirect, a row for a speaker in a
        source. Rows of other speakers, or without a source, are left out.
    names
        The rows, in order.

    Returns
    -------
    go.Figure
        A trace of bars for each source, with customdata ``[source_id, speaker, …]``, then the
        numbers beside them. With a wide form.
    """
    sources = compared(speakers, styles)
    kept = speakers[speakers["speaker"].isin(names) & speakers["source_id"].isin(sources)]
    if kept.empty:
        return nothing(mode)
    cells = {(row["source_id"], row["speaker"]): row for row in records(kept)}
    return with_wide(*(_bars(sources, cells, names, styles, mode, wide=w) for w in (False, True)))


def _bars(
    sources: Sequence[str],
    cells: Mapping[tuple[str, str], Mapping[str, Any]],
    names: Sequence[str],
    styles: Mapping[str, SourceStyle],
    mode: Mode,
    *,
    wide: bool,
) -> go.Figure:
    grid = SourceColumns(sources, names, styles, mode, wide, pitch=46, first=34)
    most = max(row["n_articles"] for row in cells.values())
    unit = max(0.92 - _NUMBER / grid.pixels, 0.2) / most
    made = figure(mode, 80, barmode="overlay", xaxis={"range": [0, grid.n], "visible": False})
    texts: tuple[list[float], list[float], list[str]] = ([], [], [])
    for column in grid.columns():
        grid.shapes.append(upright(mode, column.number, column.top, column.bottom))
        own = [
            (cells[column.source, name], y)
            for name, y in zip(names, column.places, strict=True)
            if (column.source, name) in cells
        ]
        made.add_trace(_column(own, column.number, unit, column.style, mode))
        for cell, y in own:
            texts[0].append(column.number + cell["n_articles"] * unit)
            texts[1].append(y)
            texts[2].append(f"\u00a0{cell['n_articles']:,}")
    made.add_trace(numbers(*texts, mode))
    grid.finish(made)
    return clickable(made, "src", "speaker")


def _column(
    own: Sequence[tuple[Mapping[str, Any], float]],
    column: int,
    unit: float,
    style: SourceStyle,
    mode: Mode,
) -> go.Bar:
    """The bars of one source."""
    color = style.color(mode)
    made = bars(
        [cell["n_articles"] * unit for cell, _ in own],
        [y for _, y in own],
        BAR,
        fill=color,
        outline=color,
        data=[[cell["source_id"], cell["speaker"], *_words(cell, style)] for cell, _ in own],
        hover=_HOVER,
        name=escape(style.name),
    )
    return made.update(base=[column] * len(own))


def _words(cell: Mapping[str, Any], style: SourceStyle) -> tuple[str, str]:
    """ "Lena Brandt in the Herald", "3 articles: 4 quotations, 1 time indirectly"."""
    said = count(int(cell["n_quotes"]), "quotation")
    if cell["n_indirect"]:
        said += f", {count(int(cell['n_indirect']), 'time')} indirectly"
    where = f"{escape(cell['speaker'], 60)} in {escape(style.name, 44)}"
    return where, f"{count(int(cell['n_articles']), 'article')}: {said}"
