"""The words that lean to each source."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts.layout import RowPlaces, clickable, nothing, pixel_axis, row_label
from dashboard.charts.parts.text import escape
from dashboard.charts.parts.theme import INK, Mode, SourceStyle, figure, style_for
from dashboard.charts.parts.traces import bars, ends_with, fills
from dashboard.charts.sources import compared
from dashboard.wording import rounded

PITCH: Final = 42
BAR: Final = 10


def keyness(
    keyness: pd.DataFrame, styles: Mapping[str, SourceStyle], mode: Mode, *, limit: int = 8
) -> dict[str, go.Figure]:
    """One :func:`keyness_panel` per known source, by id, in stable order, on one scale.

    Parameters
    ----------
    keyness
        Columns source_id, term, z, log_odds, n_source, n_rest, distinguishable.
    """
    sources = compared(keyness, styles)
    drawn = {each: _strongest(keyness[keyness["source_id"] == each], limit) for each in sources}
    top = max((float(rows["log_odds"].max()) for rows in drawn.values() if len(rows)), default=None)
    return {
        source: keyness_panel(rows, style_for(styles, source), mode, limit=limit, upper=top)
        for source, rows in drawn.items()
    }


def _strongest(rows: pd.DataFrame, limit: int) -> pd.DataFrame:
    """What is beyond chance first, each by z."""
    by = {"distinguishable": False, "z": False, "term": True}
    return rows[rows["z"] > 0].sort_values([*by], ascending=[*by.values()]).head(limit)


def keyness_panel(
    rows: pd.DataFrame,
    style: SourceStyle,
    mode: Mode,
    *,
    limit: int = 8,
    upper: float | None = None,
) -> go.Figure:
    """Terms that lean most to one source, bars of the logarithm of their odds ratio.

    Parameters
    ----------
    rows
        Columns term, z, log_odds, n_source, n_rest, distinguishable, of one source. Only z > 0 is
        drawn: the ``limit`` largest, those beyond chance first.
    upper
        log_odds at the right end, so that panels beside each other agree.

    Returns
    -------
    go.Figure
        One bar trace, pale with outline where not distinguishable; customdata ``[term, source,
        …]`` as in the table. Without a positive z no traces.
    """
    drawn = _strongest(rows, limit)
    if drawn.empty:
        return nothing(mode)
    panel = RowPlaces(len(drawn), PITCH, first=30, below=6)
    color = style.color(mode)
    lengths = [float(value) for value in drawn["log_odds"]]
    times = [f"{rounded(math.exp(value))}×" for value in lengths]
    small = {"size": 12, "color": INK[mode].ink}  # 22 letters fit 140 px
    made = figure(
        mode,
        panel.height,
        # The number needs 30 px of a panel that may be 150 px wide.
        xaxis={"range": [0, (upper or max(lengths)) / 0.74], "visible": False},
        yaxis=pixel_axis(panel.height),
        annotations=[
            row_label(term, place - BAR // 2, mode, yshift=1, limit=22) | {"font": small}
            for term, place in zip(drawn["term"], panel.places, strict=True)
        ],
    )
    made.add_trace(
        bars(
            lengths,
            panel.places,
            BAR,
            fill=fills(color, ~drawn["distinguishable"].astype(bool), mode),
            outline=color,
            data=_data(drawn, times, style),
            hover="%{customdata[2]}<br>%{customdata[4]} against %{customdata[5]} times,<br>"
            "%{customdata[6]} as often (z = %{customdata[3]})<extra></extra>",
            **ends_with(times, INK[mode].muted),
        )
    )
    return clickable(made, "kw")


def _data(drawn: pd.DataFrame, times: list[str], style: SourceStyle) -> list[list[str]]:
    used = zip(drawn["term"], drawn["z"], drawn["n_source"], drawn["n_rest"], times, strict=True)
    return [
        [str(term), style.name, escape(term, 44), f"{z:.1f}", f"{n:,}", f"{rest:,}", ratio]
        for term, z, n, rest, ratio in used
    ]
