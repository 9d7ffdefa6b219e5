"""Articles per period, by the sources that are told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts import dates
from dashboard.charts.parts.layout import clickable, pixel_axis, round_below, row_label
from dashboard.charts.parts.text import escape
from dashboard.charts.parts.theme import (
    ALL_SOURCES,
    INK,
    Mode,
    SourceStyle,
    figure,
    records,
    style_for,
)
from dashboard.charts.parts.traces import UNDIMMED
from dashboard.charts.sources import compared
from dashboard.wording import count, join_words


def counts(
    coverage: pd.DataFrame,
    mode: Mode,
    last_day: date | None = None,
    styles: Mapping[str, SourceStyle] | None = None,
) -> go.Figure:
    """Articles per period, for a corpus too large for a mark an article.

    Parameters
    ----------
    coverage
        Columns period, n_articles, source_id; the periods are of one width, None is undated.
    last_day
        Of the articles: a last period that it leaves unfinished is hatched.
    styles
        Source id to style: of each that is told apart the bars have a part, see :func:`parts`.

    Returns
    -------
    go.Figure
        A trace of bars for each part, on top of each other, customdata ``[period, …]``: whichever
        part of a bar is clicked, it stands for its period. Undated articles, and lone ones long
        before the others (``dates.early``), are said, not drawn. Without dated articles no trace.
    """
    undated = int(coverage[coverage["period"].isna()]["n_articles"].sum())
    dated = coverage.dropna(subset=["period"])
    sums = dated.groupby("period")["n_articles"].sum()
    lone = dates.early({str(name): float(n) for name, n in sums.items()})
    looks = parts(dated, styles or {})
    drawn = compared(dated, styles or {}) if len(looks) > 1 else []
    made_of = _made_of(dated, drawn, len(looks))
    bars = [
        _Stack(period, str(name), int(n), made_of[str(name)])
        for name, n in sums.items()
        if name not in lone and (period := dates.parse_period(name)) is not None
    ]
    notes = [f"{undated:,} undated"] * bool(undated)
    if lone:
        notes.append(f"{int(sums[list(lone)].sum()):,} before {bars[0].period.words}")
    note = f"Not drawn: {join_words(notes)}" if notes else ""
    made = figure(mode, 220, margin={"t": 20 if note else 4, "b": 40}, bargap=0.12, barmode="stack")
    if not bars:
        label = [row_label(note, 20, mode)]
        hidden = {"visible": False}
        made.update_layout(height=60, xaxis=hidden, yaxis=pixel_axis(20), annotations=label)
        return made
    ends = bars[-1].period.start + timedelta(days=bars[-1].period.days - 1)
    part = last_day is not None and is_part(bars[-1].period, last_day)
    for i in range(len(looks)):
        made.add_trace(_count_bars(bars, looks, i, mode, part=part))
    made.update_layout(
        **count_axes(bars[0].period.start, ends, max(bar.n for bar in bars)),
        annotations=[row_label(note, 1, mode, yshift=2, limit=80, yref="paper")] * bool(note),
    )
    return clickable(made, "period")


@dataclass(frozen=True, slots=True)
class _Stack:
    """A period: its name in the table, its articles, and those of each part."""

    period: dates.Period
    name: str
    n: int
    of: Sequence[int]


def parts(coverage: pd.DataFrame, styles: Mapping[str, SourceStyle]) -> list[SourceStyle]:
    """What the bars are made of, from below: the sources with a number, and all others together;
    one part alone where there are not two to tell apart."""
    known = coverage.dropna(subset=["period"])
    drawn = compared(known, styles) if "source_id" in known else []
    found = [style_for(styles, source) for source in drawn]
    rest = known[~known["source_id"].isin(drawn)] if drawn else known
    if not drawn or len(found) + bool(len(rest)) < 2:
        return [SourceStyle(ALL_SOURCES, 0)]
    return found + [_others(rest)] * bool(len(rest))


def _others(rest: pd.DataFrame) -> SourceStyle:
    known = rest["source_id"].dropna().nunique()
    return SourceStyle("Other sources", 0) if known else style_for({}, None)


def _made_of(dated: pd.DataFrame, drawn: Sequence[str], n: int) -> dict[str, list[int]]:
    """The articles of each period in its ``n`` parts: of the sources drawn, and of the others."""
    found: dict[str, list[int]] = {}
    at: dict[object, int] = {source: i for i, source in enumerate(drawn)}
    for row in records(dated):
        own = found.setdefault(str(row["period"]), [0] * n)
        own[at.get(row.get("source_id"), n - 1)] += int(row["n_articles"])
    return found


def is_part(period: dates.Period, last_day: date) -> bool:
    """Whether ``last_day``, which is in it, leaves more than 15 % of a period to come."""
    return (period.start - last_day).days + period.days - 1 > 0.15 * period.days


def count_axes(first: date, last: date, most: int) -> dict[str, Any]:
    """Axes of bars of counts from one day to another, the largest of ``most``."""
    width = (last - first).days + 1
    tick = max(round_below(0.9 * most), 1.0) if most > 1 else 1.0
    ticks = [0, tick / 2, tick] if tick >= 4 else [0, tick]
    return {
        # Room on the left for the tick labels, which stand inside the plot.
        "xaxis": {
            "type": "date",
            "range": [dates.moved(first, -0.1 * width), dates.moved(first, 1.02 * width)],
            "nticks": 5,
        },
        "yaxis": {
            "range": [0, most * 1.12],
            "tickmode": "array",
            "tickvals": ticks,
            "ticktext": ["", *(f"{value:,g}" for value in ticks[1:])],
            "showgrid": True,
            "ticklabelposition": "inside top",
        },
    }


def _count_bars(
    bars: Sequence[_Stack], looks: Sequence[SourceStyle], i: int, mode: Mode, *, part: bool
) -> go.Bar:
    """What the ``i``-th of the parts has in each period; ``part``: the last period is not over."""
    color, paper = looks[i].color(mode), INK[mode].paper
    hatched = [""] * (len(bars) - part) + ["/"] * part
    return go.Bar(
        x=[dates.moved(bar.period.start, bar.period.days / 2) for bar in bars],
        y=[bar.of[i] for bar in bars],
        width=[bar.period.days * dates.DAY * 0.86 for bar in bars],
        marker={
            "color": color,
            "pattern": {
                "shape": hatched,
                "fgcolor": paper,
                "bgcolor": color,
                "size": 6,
                "solidity": 0.4,
            },
        },
        customdata=[
            [
                bar.name,
                f"{bar.period.words}{' so far' * (part and bar is bars[-1])}",
                _words(bar, looks),
            ]
            for bar in bars
        ],
        hovertemplate="%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        name=escape(looks[i].name),
        **UNDIMMED,
    )


def _words(bar: _Stack, looks: Sequence[SourceStyle]) -> str:
    """ "14 articles", and below it how many of each source, those with the most first: the same on
    every part of a bar, which may be too low to be pointed at."""
    said = count(bar.n, "article")
    if len(looks) < 2:
        return said
    order = sorted(zip(looks, bar.of, strict=True), key=lambda each: -each[1])
    # A list of marks has them on one line.
    return f"{said}:<br>" + ",<br>".join(f"{escape(s.name, 44)} {n:,}" for s, n in order if n)
