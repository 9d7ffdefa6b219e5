"""The words that stand near a keyword, by how closely they belong to it."""

from __future__ import annotations

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts.layout import RowPlaces, clickable, nothing, pixel_axis, row_label
from dashboard.charts.parts.text import escape
from dashboard.charts.parts.theme import INK, Mode, figure, records
from dashboard.charts.parts.traces import bars, fills, numbers
from dashboard.wording import count

MOST: Final = 20
_PITCH: Final = 36
_HOVER: Final = "<br>".join(f"%{{customdata[{i}]}}" for i in (1, 2, 3)) + "<extra></extra>"


def collocates(table: pd.DataFrame, mode: Mode) -> go.Figure:
    """The first :data:`MOST` words near one keyword, in the order of the table.

    Parameters
    ----------
    table
        Columns word, n_near, n_near_articles, log_dice, log_likelihood, q.

    Returns
    -------
    go.Figure
        Bars of log-Dice from 0, those that could be chance pale; customdata ``[word, …]``. Empty
        table: no traces.
    """
    found = records(table.head(MOST))
    if not found:
        return nothing(mode)
    ink = INK[mode]
    rows = RowPlaces(len(found), _PITCH, first=28, below=6)
    made = figure(
        mode,
        rows.height,
        xaxis={"range": [-0.1, 18], "visible": False},
        yaxis=pixel_axis(rows.height),
        annotations=[
            row_label(row["word"], y, mode) for row, y in zip(found, rows.places, strict=True)
        ],
        showlegend=False,
    )
    lengths = [max(float(row["log_dice"]), 0.0) for row in found]
    pale = [row["q"] >= 0.05 or row["log_likelihood"] < 0 for row in found]
    data = [
        [
            str(row["word"]),
            escape(row["word"], 44),
            f"near it {count(int(row['n_near']), 'time')}, "
            f"in {count(int(row['n_near_articles']), 'article')}",
            f"log-Dice {row['log_dice']:.1f}",
        ]
        for row in found
    ]
    fill = fills(ink.slate, pale, mode)
    made.add_trace(
        bars(lengths, rows.places, 9, fill=fill, outline=ink.slate, data=data, hover=_HOVER)
    )
    texts = [
        f"\u00a0\u00a0{row['log_dice']:.1f}  "
        f"<span style='color:{ink.muted}'>{int(row['n_near']):,} ×</span>"
        for row in found
    ]
    made.add_trace(numbers(lengths, rows.places, texts, mode))
    return clickable(made, "kw")
