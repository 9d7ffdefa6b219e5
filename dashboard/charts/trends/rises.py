"""What rose, and when: a bar for each burst, with a headline of its sharpest stretch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts import dates
from dashboard.charts.parts.layout import (
    across,
    clickable,
    nothing,
    pixel_axis,
    with_wide,
    words_at,
)
from dashboard.charts.parts.text import escape, whole_percent
from dashboard.charts.parts.theme import INK, Mode, figure, records
from dashboard.charts.parts.traces import UNDIMMED

_PITCH: Final = 36.0
_LETTERS: Final = {False: 44, True: 110}  # of a word and its headline: on a phone, and on a screen
_HOVER: Final = (
    "%{customdata[1]}<br>%{customdata[2]}<br>%{customdata[3]}<br>%{customdata[4]}<extra></extra>"
)


def rises(shown: pd.DataFrame, mode: Mode) -> go.Figure:
    """A row a burst, from above in the order of ``shown``.

    Parameters
    ----------
    shown
        Columns term, first, last, peak, peak_last (periods), n_with, n_articles, share, share_rest
        (0 to 1), headlines (`` · `` between them).

    Returns
    -------
    go.Figure
        Two traces of bars on a dated axis: pale from the first period of each burst to its last,
        and full over its sharpest stretch; customdata ``[term, …]``. With a wide form.
    """
    rows = [
        row for row in records(shown)
        if dates.parse_period(row["first"]) and dates.parse_period(row["last"])
    ]  # fmt: skip
    if not rows:
        return nothing(mode)
    return with_wide(*(_drawn(rows, mode, wide) for wide in (False, True)))


def _drawn(rows: Sequence[Mapping[str, Any]], mode: Mode, wide: bool) -> go.Figure:
    ink = INK[mode]
    height = _PITCH * len(rows) + 8
    made = figure(mode, height + 34, margin={"b": 34}, barmode="overlay")
    places = [_PITCH * i + 26 for i in range(len(rows))]
    annotations = [
        words_at(
            _label(row, _LETTERS[wide], mode),
            x=0,
            xref="paper",
            xanchor="left",
            y=y,
            yshift=6,
            yanchor="bottom",
            font={"size": 13, "color": ink.ink},
        )
        for row, y in zip(rows, places, strict=True)
    ]
    for names, color in ((("first", "last"), ink.quiet), (("peak", "peak_last"), ink.ink)):
        spans = [_span(row[names[0]], row[names[1]]) for row in rows]
        made.add_trace(
            go.Bar(
                orientation="h",
                base=[first.isoformat() for first, _ in spans],
                x=[(end - first).days * dates.DAY for first, end in spans],
                y=places,
                width=7,
                marker={"color": color, "line": {"width": 0}},
                customdata=[_data(row) for row in rows],
                hovertemplate=_HOVER,
                **UNDIMMED,
            )
        )
    every = [day for row in rows for day in _span(row["first"], row["last"])]
    made.update_layout(
        xaxis={"type": "date", "range": dates.padded(min(every), max(every), 0.01), "nticks": 6},
        yaxis=pixel_axis(height),
        annotations=annotations,
        shapes=[across(mode, y) for y in places],
    )
    return clickable(made, "kw")


def _label(row: Mapping[str, Any], letters: int, mode: Mode) -> str:
    """The word, and as much of its first headline as there is room for."""
    term = escape(row["term"], 40)
    room = letters - min(len(str(row["term"])), 40)
    headline = str(row["headlines"]).split(" · ")[0]
    if room < 12 or not headline:
        return term
    style = f"color:{INK[mode].muted};font-size:12px"
    return f'{term}&nbsp; <span style="{style}">{escape(headline, room)}</span>'


def _span(first: object, last: object) -> tuple[date, date]:
    """The first day of one period, and the day after another's last."""
    begin, end = dates.parse_period(first), dates.parse_period(last)
    assert begin is not None
    assert end is not None
    return begin.start, end.start + timedelta(days=end.days)


def _data(row: Mapping[str, Any]) -> list[object]:
    periods = [dates.parse_period(row[name]) for name in ("first", "last")]
    words = list(dict.fromkeys(period.words for period in periods if period))
    return [
        str(row["term"]),
        escape(row["term"], 60),
        escape(" – ".join(words)),
        f"{row['n_with']:,} of {row['n_articles']:,} articles, {whole_percent(row['share'])} % "
        f"({whole_percent(row['share_rest'])} % of the others)",
        escape(str(row["headlines"]).split(" · ")[0], 90),
    ]
