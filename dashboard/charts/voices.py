"""Who is quoted by whom: speakers × sources."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts.layout import (
    BESIDE,
    COLUMN,
    PHONE,
    RowPlaces,
    across,
    clickable,
    column_label,
    headings,
    nothing,
    pixel_axis,
    row_label,
    upright,
    with_wide,
)
from dashboard.charts.parts.text import escape
from dashboard.charts.parts.theme import (
    Mode,
    SourceStyle,
    figure,
    pixel_mark,
    records,
    style_for,
)
from dashboard.charts.parts.traces import bars, numbers
from dashboard.charts.sources import BETWEEN, WIDE_PITCH, bands, compared
from dashboard.wording import count

PITCH: Final = 46
BAR: Final = 12
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
    columns, room = bands(sources), BESIDE if wide else PHONE
    n = len(columns[0])
    most = max(row["n_articles"] for row in cells.values())
    unit = max(0.92 - _NUMBER * n / room, 0.2) / most
    made = figure(mode, 80, barmode="overlay", xaxis={"range": [0, n], "visible": False})
    shapes, annotations, above = [], [], 0.0
    texts: tuple[list[float], list[float], list[str]] = ([], [], [])
    pitch, first = (WIDE_PITCH, WIDE_PITCH / 2) if wide else (PITCH, 34)
    for band in columns:
        top, names_above = headings(
            [style_for(styles, source).name for source in band], mode, above=above, width=room
        )
        places = RowPlaces(len(names), pitch, first=first, below=6, top=top)
        annotations += names_above
        at = places.places
        for name, y in zip(names, at, strict=True):
            if wide:
                annotations.append(column_label(name, y, mode))
                shapes.append(across(mode, y + WIDE_PITCH / 2))
            else:
                annotations.append(row_label(name, y - BAR / 2, mode, yshift=2))
        for column, source in enumerate(band):
            shapes.append(pixel_mark(style_for(styles, source), column, above + 10, mode))
            shapes.append(upright(mode, column, top, places.height - 4))
            own = [(cells[source, name], y) for name, y in zip(names, at, strict=True)
                   if (source, name) in cells]  # fmt: skip
            made.add_trace(_column(own, column, unit, style_for(styles, source), mode))
            for cell, y in own:
                texts[0].append(column + cell["n_articles"] * unit)
                texts[1].append(y)
                texts[2].append(f"\u00a0{cell['n_articles']:,}")
        above = places.height + BETWEEN
    made.add_trace(numbers(*texts, mode))
    made.update_layout(
        height=math.ceil(above - BETWEEN),
        margin={"l": COLUMN if wide else 0},
        yaxis=pixel_axis(above - BETWEEN),
        shapes=shapes,
        annotations=annotations,
    )
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
