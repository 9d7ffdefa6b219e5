"""The words that lean to each source."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts.layout import (
    RowPlaces,
    clickable,
    fitted,
    nothing,
    pixel_axis,
    row_label,
    words_at,
)
from dashboard.charts.parts.text import escape, text_width
from dashboard.charts.parts.theme import INK, Mode, SourceStyle, figure, style_for
from dashboard.charts.parts.traces import bars, fills
from dashboard.charts.sources import compared
from dashboard.wording import count, rounded

OTHERS: Final = "others"
PITCH: Final = 42
SMALL: Final = 12  # pixels of a letter
BAR: Final = 10
LONGEST: Final = 100  # times as often: what goes beyond has hardly any use by others, and is cut
BEYOND: Final = 1.7  # of the longest bar: room for intervals, and for the number at the right
NARROWEST: Final = 140  # pixels of a panel


def keyness(
    keyness: pd.DataFrame,
    styles: Mapping[str, SourceStyle],
    mode: Mode,
    *,
    limit: int = 8,
    against: Mapping[str, str] | None = None,
) -> dict[str, go.Figure]:
    """One :func:`keyness_panel` per known source, by id, in stable order, on one scale.

    Parameters
    ----------
    keyness
        Columns source_id, term, log_odds, ci_low, ci_high, n_group, n_rest, df_group, df_rest,
        distinguishable; the terms of a source in their order.
    against
        What each source is compared with, in words, by id.
    """
    against = against or {}
    sources = compared(keyness, styles)
    drawn = {each: _first(keyness[keyness["source_id"] == each], limit) for each in sources}
    most = max(
        (float(rows["log_odds"].max()) for rows in drawn.values() if len(rows)), default=None
    )
    top = None if most is None else min(most, math.log(LONGEST))
    return {
        source: keyness_panel(
            rows,
            style_for(styles, source),
            mode,
            limit=limit,
            upper=top,
            against=against.get(source, OTHERS),
        )
        for source, rows in drawn.items()
    }


def _first(rows: pd.DataFrame, limit: int) -> pd.DataFrame:
    """What is beyond chance before the rest, in the order of the table."""
    leaning = rows[rows["log_odds"] > 0]
    return leaning.sort_values("distinguishable", ascending=False, kind="stable").head(limit)


def keyness_panel(
    rows: pd.DataFrame,
    style: SourceStyle,
    mode: Mode,
    *,
    limit: int = 8,
    upper: float | None = None,
    against: str = OTHERS,
) -> go.Figure:
    """Terms that lean most to one source: bars of the log-odds ratio, with intervals by article.

    Parameters
    ----------
    rows
        As for :func:`keyness`, of one source. Only log_odds > 0 is drawn: the first ``limit``,
        those beyond chance before the others.
    upper
        The greatest log_odds of panels beside each other, so that they agree. An interval that
        reaches far beyond it ends before the number.
    against
        What the source is compared with, in words.

    One bar trace, pale with outline where not distinguishable; its customdata begins with the term
    and the source. The terms take the room of their panel. Without a positive log_odds no traces.
    """
    drawn = _first(rows, limit)
    if drawn.empty:
        return nothing(mode)
    panel = RowPlaces(len(drawn), PITCH, first=30, below=6)
    color = style.color(mode)
    upper = upper or min(float(drawn["log_odds"].max()), math.log(LONGEST))
    lengths = [min(float(value), upper) for value in drawn["log_odds"]]
    times = [ratio_words(*row) for row in zip(drawn["log_odds"], drawn["n_rest"], strict=True)]
    made = figure(
        mode,
        panel.height,
        xaxis={"range": [0, upper * BEYOND], "visible": False},
        yaxis=pixel_axis(panel.height),
        annotations=_labels(drawn["term"], times, panel, mode),
    )
    made.add_trace(
        bars(
            lengths,
            panel.places,
            BAR,
            fill=fills(color, ~drawn["distinguishable"].astype(bool), mode),
            outline=color,
            data=_data(drawn, times, style),
            hover="%{customdata[2]}<br>%{customdata[5]}<br>"
            "%{customdata[6]}: %{customdata[3]}<br>"
            "%{hovertext}: %{customdata[4]}<extra></extra>",
            hovertext=[escape(against, 44)] * len(drawn),
            text=times,
            textposition="none",
            error_x=_interval(drawn, lengths, _room(times, upper), INK[mode].ink),
        )
    )
    return clickable(made, "kw")


def _labels(
    terms: Iterable[object], times: Sequence[str], panel: RowPlaces, mode: Mode
) -> list[dict[str, Any]]:
    """Above each bar its term, beyond it at the right how many times as often."""
    made = []
    for term, number, place in zip(terms, times, panel.places, strict=True):
        label = row_label("", place - BAR // 2, mode, yshift=1)
        font = {"size": SMALL, "color": INK[mode].ink}
        made.append(fitted(label | {"text": escape(term), "font": font}))
        at_right = {"x": 1, "xref": "paper", "xanchor": "right", "yanchor": "middle"}
        font = {"size": SMALL, "color": INK[mode].muted}
        made.append(words_at(number, y=place, yref="y", font=font, **at_right))
    return made


def _room(times: Sequence[str], upper: float) -> list[float]:
    """Where on the axis each number begins in the narrowest panel."""
    widths = (text_width(number, SMALL) / NARROWEST for number in times)
    return [upper * BEYOND * (1 - width) for width in widths]


def ratio_words(log_odds: float, n_rest: int) -> str:
    """ "4.1×"; “only here” where the others have no use of it, and so no rate to compare with."""
    return f"{rounded(math.exp(log_odds))}×" if n_rest else "only here"


def _interval(
    drawn: pd.DataFrame, drawn_as: list[float], room: list[float], color: str
) -> dict[str, Any]:
    """None where a side has one article only, or the bar is cut; no further than ``room``."""
    lengths = drawn["log_odds"].where(drawn["log_odds"] <= np.asarray(drawn_as) + 1e-9)
    return {
        "type": "data",
        "symmetric": False,
        "array": (np.minimum(drawn["ci_high"], room) - lengths).clip(0).fillna(0).tolist(),
        "arrayminus": (lengths - drawn["ci_low"]).fillna(0).tolist(),
        "thickness": 1,
        "width": 0,
        "color": color,
    }


def _data(drawn: pd.DataFrame, times: list[str], style: SourceStyle) -> list[list[str]]:
    made = []
    row: Any
    for row, ratio in zip(drawn.itertuples(), times, strict=True):
        known = not math.isnan(row.ci_low)
        ends = f"{rounded(math.exp(row.ci_low))} to {rounded(math.exp(row.ci_high))}×"
        own, rest = (
            f"{count(int(n), 'time')} in {count(int(df), 'article')}"
            for n, df in ((row.n_group, row.df_group), (row.n_rest, row.df_rest))
        )
        between = ends if known else "one article can’t tell"
        often = f"{ratio} as often ({between})" if row.n_rest else ratio
        whose = escape(style.name, 44)
        made.append([str(row.term), style.name, escape(row.term, 44), own, rest, often, whose])
    return made
