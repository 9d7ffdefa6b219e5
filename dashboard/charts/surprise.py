"""Which topics each source takes up more, or less, than the others do."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import (
    RowPlaces,
    clickable,
    headings,
    marks,
    nothing,
    numbers,
    pixel_axis,
    topic_labels,
)
from dashboard.charts.sources import BETWEEN, bands, compared
from dashboard.charts.text import escape, whole_percent
from dashboard.charts.theme import (
    INK,
    Mode,
    SourceStyle,
    bar_fill,
    faded,
    figure,
    records,
    style_for,
)

PITCH: Final = 46
#: Side of the largest square in pixels, and the residual from which all are that large.
LARGEST: Final = 22
CAP: Final = 10.0
#: A residual nearer to zero is within chance (5 % of them are not, where nothing leans).
CHANCE: Final = 2.0
_HOVER: Final = "%{customdata[2]}<br>%{customdata[3]}<br>%{customdata[4]}<extra></extra>"
_LEFT: Final = 12  # half of a square, so that the first column's stand inside the figure


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
        Columns topic_id, label, reliability_word; gives the rows and their order.

    Returns
    -------
    go.Figure
        The marks of the sources; squares, their area the residual up to :data:`CAP`, solid above
        zero, open below it, pale within chance, a dash where there are too few articles, with
        customdata ``[source_id, topic_id, …]``; the numbers that are
        beyond chance. A column each for the sources that have a number.
    """
    sources = compared(mixes, styles)
    if not sources or topics.empty:
        return nothing(mode)
    columns, ids = bands(sources), [str(topic_id) for topic_id in topics["topic_id"]]
    annotations, at, above = [], {}, 0.0
    for band in columns:
        names = [style_for(styles, each).name for each in band]
        top, names_above = headings(names, mode, shift=-6, above=above)
        rows = RowPlaces(len(ids), PITCH, first=32, below=6, top=top)
        labels = topic_labels(topics, rows.places, mode, yshift=LARGEST / 2 - 1)
        annotations += [*names_above, *(label | {"xshift": -_LEFT} for label in labels)]
        for i, source in enumerate(band):
            at[source] = i, above + 10, dict(zip(ids, rows.places, strict=True))
        above = rows.height + BETWEEN
    made = figure(
        mode,
        above - BETWEEN,
        margin={"l": _LEFT},
        xaxis={"range": [0, len(columns[0])], "visible": False},
        yaxis=pixel_axis(above - BETWEEN),
        annotations=annotations,
    )
    label = dict(zip(ids, topics["label"], strict=True))
    cells = [
        row for row in records(mixes) if row["source_id"] in at and str(row["topic_id"]) in label
    ]
    x = [at[cell["source_id"]][0] for cell in cells]
    y = [at[cell["source_id"]][2][str(cell["topic_id"])] for cell in cells]
    residuals = [float(cell["residual"]) for cell in cells]
    data = [_data(cell, label[str(cell["topic_id"])], styles) for cell in cells]
    # Spaces for half of the largest square: the numbers stand in line.
    texts = ["\u00a0" * 6 + signed(r, 0) if abs(r) >= CHANCE else "" for r in residuals]
    places = [at[source][:2] for source in sources]
    made.add_trace(_marks(places, [style_for(styles, source) for source in sources], mode))
    made.add_trace(marks(x, y, _squares(residuals, mode), data, _HOVER))
    return clickable(made.add_trace(numbers(x, y, texts, mode)), "src", "topic")


def signed(value: float, digits: int) -> str:
    """``+4.2`` or ``−4.2``, with a true minus."""
    return f"{value:+.{digits}f}".replace("-", "−")


def _marks(
    places: Sequence[tuple[float, float]], found: Sequence[SourceStyle], mode: Mode
) -> go.Scatter:
    """Of the sources, above their names."""
    return go.Scatter(
        x=[x for x, _ in places],
        y=[y for _, y in places],
        mode="markers",
        cliponaxis=False,
        marker={
            "symbol": [style.symbol for style in found],
            "size": 12,
            "color": [style.color(mode) for style in found],
            "line": {"width": 0},
            "opacity": 1,
        },
        hoverinfo="skip",
    )


def _squares(residuals: list[float], mode: Mode) -> dict[str, Any]:
    slate, paper = INK[mode].slate, INK[mode].paper
    pale = faded(slate, 0.45)
    sizes, symbols, fills, lines = [], [], [], []
    for r in residuals:
        known, chance = not math.isnan(r), abs(r) < CHANCE
        size = LARGEST * math.sqrt(min(abs(r), CAP) / CAP) if known else 8.0
        sizes.append(max(size, 4.0))
        symbols.append("square" if known else "line-ew")
        fills.append(paper if r < 0 else bar_fill(slate, chance, mode))
        lines.append(pale if chance else slate)
    return {
        "symbol": symbols,
        "size": sizes,
        "color": fills,
        "line": {"color": lines, "width": 1.5},
        "opacity": 1,
    }


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
