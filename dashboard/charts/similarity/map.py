"""A map of sources: those that are alike stand close."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts.layout import clickable, nothing, with_wide
from dashboard.charts.parts.names import name_sides
from dashboard.charts.parts.text import clean, escape
from dashboard.charts.parts.theme import INK, Mode, SourceStyle, figure, style_for
from dashboard.charts.parts.traces import marks

HEIGHT: Final = 380
_PHONE, _WIDE, _NAME, _SIZE = 340, 900, 60, 11  # pixels


def source_map(places: pd.DataFrame, styles: Mapping[str, SourceStyle], mode: Mode) -> go.Figure:
    """A mark with its name a source, on axes of one scale; a name that would cover another is only
    in the hover box.

    Parameters
    ----------
    places
        Columns source_id, source, x, y.

    Returns
    -------
    go.Figure
        One trace of marks, customdata ``[source_id, name]``. Without rows no traces.
    """
    if places.empty:
        return nothing(mode)
    return with_wide(*(_drawn(places, styles, mode, width) for width in (_PHONE, _WIDE)))


def _drawn(
    places: pd.DataFrame, styles: Mapping[str, SourceStyle], mode: Mode, width: float
) -> go.Figure:
    x, y = places["x"].tolist(), places["y"].tolist()
    middle = ((max(x) + min(x)) / 2, (max(y) + min(y)) / 2)
    # Names at the edges need room at the sides; both axes have the same scale.
    scale = min(
        (width - 2 * _NAME) / max(max(x) - min(x), 1e-9),
        (HEIGHT - 60) / max(max(y) - min(y), 1e-9),
    )
    pixels = [((a - middle[0]) * scale, (b - middle[1]) * scale) for a, b in zip(x, y, strict=True)]
    made = figure(
        mode,
        HEIGHT,
        xaxis={"range": [-width / 2, width / 2], "visible": False},
        yaxis={"range": [-HEIGHT / 2, HEIGHT / 2], "visible": False},
    )
    looks = [style_for(styles, source) for source in places["source_id"]]
    names = [escape(name, 28) for name in places["source"]]
    sides = name_sides(pixels, [clean(name, 28) for name in places["source"]], _SIZE)
    marker = {
        "size": 10,
        "symbol": [look.symbol for look in looks],
        "color": [look.color(mode) for look in looks],
    }
    made.add_trace(
        marks(
            [a for a, _ in pixels],
            [b for _, b in pixels],
            marker,
            [[source, name] for source, name in zip(places["source_id"], names, strict=True)],
            "%{customdata[1]}<extra></extra>",
            mode="markers+text",
            text=[name if side else "" for name, side in zip(names, sides, strict=True)],
            textposition=[side or "top center" for side in sides],
            textfont={"size": _SIZE, "color": INK[mode].ink},
        )
    )
    made.update_traces(unselected={"textfont": {"color": INK[mode].ink}})
    return clickable(made, "src")
