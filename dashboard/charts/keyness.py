"""The words that lean to each source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import (
    RowPlaces,
    bars,
    clickable,
    ends_with,
    fills,
    nothing,
    pixel_axis,
    row_label,
)
from dashboard.charts.sources import compared
from dashboard.charts.text import escape
from dashboard.charts.theme import INK, Mode, SourceStyle, figure, style_for

PITCH: Final = 42
BAR: Final = 10


def keyness(
    keyness: pd.DataFrame, styles: Mapping[str, SourceStyle], mode: Mode, *, limit: int = 8
) -> dict[str, go.Figure]:
    """One :func:`keyness_panel` per known source, by id, in stable order, on one scale.

    Parameters
    ----------
    keyness
        Columns source_id, term, z, n_source, n_rest, distinguishable.
    """
    sources = compared(keyness, styles)
    positive = keyness.loc[keyness["z"] > 0, "z"]
    top = float(positive.max()) if len(positive) else None
    return {
        source: keyness_panel(
            keyness[keyness["source_id"] == source],
            style_for(styles, source),
            mode,
            limit=limit,
            upper=top,
        )
        for source in sources
    }


def keyness_panel(
    rows: pd.DataFrame,
    style: SourceStyle,
    mode: Mode,
    *,
    limit: int = 8,
    upper: float | None = None,
) -> go.Figure:
    """Terms that lean most to one source, bars of z.

    Parameters
    ----------
    rows
        Columns term, z, n_source, n_rest, distinguishable, of one source. Only z > 0 is drawn,
        the ``limit`` largest.
    upper
        z at the right end, so that panels beside each other agree.

    Returns
    -------
    go.Figure
        One bar trace, pale with outline where not distinguishable; customdata ``[term, source,
        …]`` as in the table. Without a positive z no traces.
    """
    drawn = rows[rows["z"] > 0].sort_values(["z", "term"], ascending=[False, True]).head(limit)
    if drawn.empty:
        return nothing(mode)
    panel = RowPlaces(len(drawn), PITCH, first=30, below=6)
    color = style.color(mode)
    z = [float(value) for value in drawn["z"]]
    made = figure(
        mode,
        panel.height,
        # The number needs 30 px of a panel that may be 150 px wide.
        xaxis={"range": [0, (upper or max(z)) / 0.78], "visible": False},
        yaxis=pixel_axis(panel.height),
        annotations=[
            row_label(term, place - BAR // 2, mode, yshift=1, limit=22)
            for term, place in zip(drawn["term"], panel.places, strict=True)
        ],
    )
    used = zip(drawn["n_source"], drawn["n_rest"], strict=True)
    data = [
        [str(term), style.name, escape(term, 44), f"{value:.1f}", f"{n:,}", f"{rest:,}"]
        for term, value, (n, rest) in zip(drawn["term"], z, used, strict=True)
    ]
    made.add_trace(
        bars(
            z,
            panel.places,
            BAR,
            fill=fills(color, ~drawn["distinguishable"].astype(bool), mode),
            outline=color,
            data=data,
            hover="%{customdata[2]}<br>z = %{customdata[3]}<br>%{customdata[4]} times "
            "here, %{customdata[5]} in the rest<extra></extra>",
            **ends_with([f"{value:.1f}" for value in z], INK[mode].muted),
        )
    )
    return clickable(made, "kw")
