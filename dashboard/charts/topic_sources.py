"""Which topics each source takes up more, or less, than the others do."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.sources import MAX_SOURCES, compared, headings
from dashboard.charts.text import escape
from dashboard.charts.theme import (
    INK,
    UNDIMMED,
    Mode,
    SourceStyle,
    bar_fill,
    faded,
    figure,
    nothing,
    pixel_axis,
    records,
    style_for,
)
from dashboard.charts.topics import percent, reservations, topic_label

PITCH: Final = 46
#: Side of the largest square in pixels, and the residual from which all are that large.
LARGEST: Final = 22
CAP: Final = 10.0
#: A residual nearer to zero is within chance (5 % of them are not, where nothing leans).
CHANCE: Final = 2.0
_LEFT: Final = 12  # half of a square, so that the first column's stand inside the figure


def surprise(
    mixes: pd.DataFrame, topics: pd.DataFrame, styles: Mapping[str, SourceStyle], mode: Mode
) -> go.Figure:
    """Topic × source: how far each source's use of a topic is from what all sources would give.

    Parameters
    ----------
    mixes
        Columns source, topic_id, share, share_rest (of the other sources' words; NaN: there are no
        others), residual (adjusted: about standard normal where the source is like the others; NaN:
        too few articles). Rows without a source or of a topic not in ``topics`` are left out.
    topics
        Columns topic_id, label, reliability_word; gives the rows and their order.

    Returns
    -------
    go.Figure
        The marks of the sources; squares, their area the residual up to :data:`CAP`, solid above
        zero, open below it, pale within chance, a dash where there are too few articles, with
        customdata ``[topic_id, source, …]``, the source as in the table; the numbers that are
        beyond chance. A column each for the first ``MAX_SOURCES`` by rank;
        ``sources.sources_left_out`` names the rest.
    """
    sources = compared(mixes, styles)[:MAX_SOURCES]
    if not sources or topics.empty:
        return nothing(mode)
    top, names = headings(sources, mode, shift=-6)
    height = top + len(topics) * PITCH + 6
    place = {str(topic_id): top + i * PITCH + 32 for i, topic_id in enumerate(topics["topic_id"])}
    label = {
        str(t): escape(text, 60)
        for t, text in zip(topics["topic_id"], topics["label"], strict=True)
    }
    column = {source: i for i, source in enumerate(sources)}
    cells = [
        row for row in records(mixes) if row["source"] in column and str(row["topic_id"]) in place
    ]
    x = [column[cell["source"]] for cell in cells]
    y = [place[str(cell["topic_id"])] for cell in cells]
    residuals = [float(cell["residual"]) for cell in cells]
    made = figure(
        mode,
        height,
        margin={"l": _LEFT},
        xaxis={"range": [0, len(sources)], "visible": False},
        yaxis=pixel_axis(height),
        annotations=[
            *names,
            *(
                topic_label(text, row, mode, word, yshift=LARGEST / 2 - 1) | {"xshift": -_LEFT}
                for text, row, word in zip(
                    topics["label"], place.values(), reservations(topics), strict=True
                )
            ),
        ],
    )
    made.add_trace(_marks(sources, styles, mode))
    made.add_trace(
        go.Scatter(
            x=x,
            y=y,
            mode="markers",
            cliponaxis=False,
            marker=_squares(residuals, mode),
            customdata=[
                [
                    str(cell["topic_id"]),
                    cell["source"],
                    label[str(cell["topic_id"])],
                    escape(cell["source"], 44),
                    _words(cell),
                ]
                for cell in cells
            ],
            hovertemplate="%{customdata[2]}<br>%{customdata[3]}<br>%{customdata[4]}<extra></extra>",
            **UNDIMMED,
        )
    )
    made.add_trace(
        go.Scatter(
            x=x,
            y=y,
            mode="text",
            # Spaces for half of the largest square: the numbers stand in line.
            text=["\u00a0" * 6 + signed(r, 0) if abs(r) >= CHANCE else "" for r in residuals],
            textposition="middle right",
            textfont={"size": 12, "color": INK[mode].ink},
            cliponaxis=False,
            hoverinfo="skip",
            # A click on a mark doesn’t dim the numbers.
            unselected={"textfont": {"color": INK[mode].ink}},
        )
    )
    return made


def signed(value: float, digits: int) -> str:
    """``+4.2`` or ``−4.2``, with a true minus."""
    return f"{value:+.{digits}f}".replace("-", "−")


def _marks(sources: list[str], styles: Mapping[str, SourceStyle], mode: Mode) -> go.Scatter:
    """Of the sources, above their names."""
    found = [style_for(styles, source) for source in sources]
    return go.Scatter(
        x=list(range(len(found))),
        y=[10] * len(found),
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


def _words(cell: Mapping[str, Any]) -> str:
    """ "+4.2: 31 % of its words, 12 % of the others’"."""
    r, rest = float(cell["residual"]), cell["share_rest"]
    said = f"{percent(float(cell['share']))} % of its words"
    if not pd.isna(rest):
        said += f", {percent(float(rest))} % of the others’"
    if math.isnan(r):
        return f"too few articles to compare: {said}"
    return f"{signed(r, 1)}{' (within chance)' if abs(r) < CHANCE else ''}: {said}"
