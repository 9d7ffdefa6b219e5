"""Sources side by side: topic mix, its intervals, distinctive words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.text import escape, text_width, wrap
from dashboard.charts.theme import (
    INK,
    UNDIMMED,
    Mode,
    SourceStyle,
    bar_fill,
    by_rank,
    faded,
    figure,
    guide,
    nothing,
    pixel_axis,
    pixel_mark,
    records,
    row_label,
    style_for,
)
from dashboard.charts.topics import BAR, interval_words, percent, reservations

#: Columns a phone has room for; with more sources the caller chooses.
MAX_SOURCES: Final = 6
PITCH: Final = 50


def compared(table: pd.DataFrame, styles: Mapping[str, SourceStyle]) -> list[str]:
    """Named sources by rank; articles of unknown source are no outlet and are not compared."""
    names = {name for name in table["source"] if isinstance(name, str)}
    return by_rank(styles, sorted(names))


def _cells(source_topics: pd.DataFrame) -> dict[tuple[str, str], dict[str, Any]]:
    return {(r["source"], str(r["topic_id"])): r for r in records(source_topics)}


def headings(
    sources: Sequence[str], mode: Mode, *, shift: float = 0
) -> tuple[float, list[dict[str, Any]]]:
    """Names above the columns at x = 0, 1, …, on a pixel axis: their lower edge, and annotations
    that begin ``shift`` pixels right of the column's baseline. The first 20 px are for the marks.
    """
    n = len(sources)
    size, room = (12 if n <= 4 else 11), 350 / n - 8  # a column is 350/n px on a phone

    def fitted(name: str) -> str:
        """Over lines of as many letters as the column has room for."""
        for width in range(int(room / (0.4 * size)), 3, -1):
            wrapped = wrap(name, width, lines=3)
            if all(text_width(row, size) <= room for row in wrapped.split("<br>")):
                return wrapped
        return wrap(name, 3, lines=3)

    names = [fitted(name) for name in sources]
    return 24 + 15 * max(name.count("<br>") + 1 for name in names), [
        {
            "text": name,
            "x": column,
            "xshift": shift,
            "y": 20,
            "xanchor": "left",
            "yanchor": "top",
            "align": "left",
            "showarrow": False,
            "font": {"size": size, "color": INK[mode].ink},
            "borderpad": 0,
        }
        for column, name in enumerate(names)
    ]


def source_topics(
    source_topics: pd.DataFrame,
    topics: pd.DataFrame,
    styles: Mapping[str, SourceStyle],
    mode: Mode,
) -> go.Figure:
    """Topic × source: bars in one column per source from a shared baseline.

    Parameters
    ----------
    source_topics
        Columns source, topic_id, share (0..1 of the source's words), n_words. Rows without a
        source or of a topic not in ``topics`` are left out; a missing cell is zero words.
    topics
        Columns topic_id, label, reliability_word; gives the rows and their order.

    Returns
    -------
    go.Figure
        One bar trace per source (the first :data:`MAX_SOURCES` by rank), customdata ``[source,
        topic_id, …]`` with the source's name as in the table; pale with outline: a topic that is
        tentative or exploratory. All columns share one scale, printed in percent.
    """
    sources = compared(source_topics, styles)[:MAX_SOURCES]
    if not sources or topics.empty:
        return nothing(mode)
    n = len(sources)
    cells = _cells(source_topics)
    ids = [str(topic_id) for topic_id in topics["topic_id"]]
    labels = list(topics["label"])
    words = reservations(topics)

    top, annotations = headings(sources, mode)
    height = top + len(ids) * PITCH + 6
    rows = [top + i * PITCH + 36 for i in range(len(ids))]

    def share(source: str, topic_id: str) -> float:
        cell = cells.get((source, topic_id))
        value = float(cell["share"]) if cell else 0.0
        return 0.0 if math.isnan(value) else value

    longest = max((share(s, t) for s in sources for t in ids), default=0) or 1.0
    # The number at the bar's end needs 24 px of the column.
    scale = max(1 - 26 * n / 350, 0.5) / longest
    made = figure(
        mode,
        height,
        barmode="overlay",
        xaxis={"range": [-0.002 * n, n], "visible": False},
        yaxis=pixel_axis(height),
    )
    shapes = []
    for column, source in enumerate(sources):
        style = style_for(styles, source)
        color = style.color(mode)
        shares = [share(source, topic_id) for topic_id in ids]
        made.add_trace(
            go.Bar(
                orientation="h",
                name=escape(source),
                base=[column] * len(ids),
                x=[value * scale for value in shares],
                y=rows,
                width=BAR,
                marker={
                    "color": [bar_fill(color, bool(word), mode) for word in words],
                    "line": {"color": color, "width": 1},
                },
                text=[percent(value) for value in shares],
                textposition="outside",
                textangle=0,
                constraintext="none",
                cliponaxis=False,
                textfont={"size": 12, "color": INK[mode].ink},
                customdata=[
                    [
                        source,
                        topic_id,
                        escape(source, 44),
                        escape(label, 44),
                        percent(value),
                        _words_of(cells.get((source, topic_id))),
                    ]
                    for topic_id, label, value in zip(ids, labels, shares, strict=True)
                ],
                hovertemplate="%{customdata[3]}<br>%{customdata[2]}: %{customdata[4]} %"
                "%{customdata[5]}<extra></extra>",
                **UNDIMMED,
            )
        )
        shapes.append(pixel_mark(style, column, 10, mode))
        shapes.append(
            guide(
                mode,
                x0=column,
                x1=column,
                y0=top + 8,
                y1=height - 4,
                line={"color": INK[mode].rule},
            )
        )
    annotations += [
        row_label(label, y - BAR / 2, mode, yshift=2) for label, y in zip(labels, rows, strict=True)
    ]
    made.update_layout(shapes=shapes, annotations=annotations)
    return made


def _words_of(cell: Mapping[str, Any] | None) -> str:
    n_words = cell.get("n_words") if cell else None
    return "" if n_words is None or pd.isna(n_words) else f" ({int(n_words):,} words)"


def topic_intervals(
    source_topics: pd.DataFrame,
    topics: pd.DataFrame,
    styles: Mapping[str, SourceStyle],
    mode: Mode,
    *,
    upper: float | None = None,
) -> go.Figure:
    """Share of each topic per source with its 95 % interval, one small row each.

    Parameters
    ----------
    source_topics
        Columns source, topic_id, share, ci_low, ci_high (0..1; NaN: no interval drawn).
    topics
        Columns topic_id, label, reliability_word; gives the blocks and their order.
    upper
        Right end of the scale (0..1), so that figures beside each other agree; default: the
        largest value or bound.

    Returns
    -------
    go.Figure
        Two traces per source, the whiskers (``None`` between them) and the marks with customdata
        ``[source, topic_id, …]``, in percent.
    """
    sources = compared(source_topics, styles)
    if not sources or topics.empty:
        return nothing(mode)
    cells = _cells(source_topics)
    ids = [str(topic_id) for topic_id in topics["topic_id"]]
    line = 16
    block = 34 + line * (len(sources) - 1) + 18
    height = len(ids) * block + 4
    bounds = [
        float(r[column])
        for r in cells.values()
        if r["topic_id"] in ids and r["source"] in sources
        for column in ("share", "ci_low", "ci_high")
        if not pd.isna(r[column])
    ]
    right = 100 * (upper if upper is not None else max(bounds, default=1.0))
    right = right or 1.0
    made = figure(
        mode,
        height + 26,
        margin={"b": 26},
        xaxis={
            "range": [-0.025 * right, right * 1.04],
            "dtick": next((step for step in (1, 2, 5, 10, 20) if right / step <= 4.6), 25),
            "showgrid": True,
        },
        yaxis=pixel_axis(height),
    )
    for k, source in enumerate(sources):
        style = style_for(styles, source)
        color = style.color(mode)
        found = [
            (cells[source, topic_id], i * block + 34 + k * line)
            for i, topic_id in enumerate(ids)
            if (source, topic_id) in cells and not pd.isna(cells[source, topic_id]["share"])
        ]
        x: list[float | None] = []
        y: list[float | None] = []
        for cell, place in found:
            if not (pd.isna(cell["ci_low"]) or pd.isna(cell["ci_high"])):
                x += [100 * float(cell["ci_low"]), 100 * float(cell["ci_high"]), None]
                y += [place, place, None]
        made.add_trace(
            go.Scatter(
                x=x,
                y=y,
                mode="lines",
                line={"color": faded(color, 0.45), "width": 2},
                hoverinfo="skip",
                connectgaps=False,
            )
        )
        made.add_trace(
            go.Scatter(
                x=[100 * float(cell["share"]) for cell, _ in found],
                y=[place for _, place in found],
                name=escape(source),
                mode="markers",
                cliponaxis=False,
                marker={
                    "symbol": style.symbol,
                    "size": 11,
                    "color": color,
                    "line": {"color": INK[mode].paper, "width": 1.5},
                },
                customdata=[
                    [
                        source,
                        str(cell["topic_id"]),
                        escape(source, 44),
                        percent(cell["share"]),
                        interval_words(cell),
                    ]
                    for cell, _ in found
                ],
                hovertemplate="%{customdata[2]}: %{customdata[3]} %%{customdata[4]}<extra></extra>",
                **UNDIMMED,
            )
        )
    made.update_layout(
        annotations=[
            row_label(label, i * block + 34, mode, yshift=8)
            for i, label in enumerate(topics["label"])
        ]
    )
    return made


def keyness(
    keyness: pd.DataFrame, styles: Mapping[str, SourceStyle], mode: Mode, *, limit: int = 8
) -> dict[str, go.Figure]:
    """One :func:`keyness_panel` per named source, in stable order, on one scale.

    Parameters
    ----------
    keyness
        Columns source, term, z, n_source, n_rest, distinguishable.
    """
    sources = compared(keyness, styles)
    positive = keyness.loc[keyness["z"] > 0, "z"]
    top = float(positive.max()) if len(positive) else None
    return {
        source: keyness_panel(
            keyness[keyness["source"] == source],
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
        One bar trace, pale with outline where not distinguishable; customdata ``[source, term,
        …]`` as in the table. Without a positive z no traces.
    """
    drawn = rows[rows["z"] > 0].sort_values(["z", "term"], ascending=[False, True]).head(limit)
    if drawn.empty:
        return nothing(mode)
    pitch = 42
    height = len(drawn) * pitch + 6
    places = [i * pitch + 30 for i in range(len(drawn))]
    color = style.color(mode)
    z = [float(value) for value in drawn["z"]]
    made = figure(
        mode,
        height,
        # The number needs 30 px of a panel that may be 150 px wide.
        xaxis={"range": [0, (upper or max(z)) / 0.78], "visible": False},
        yaxis=pixel_axis(height),
    )
    made.add_trace(
        go.Bar(
            orientation="h",
            x=z,
            y=places,
            width=10,
            marker={
                "color": [bar_fill(color, not known, mode) for known in drawn["distinguishable"]],
                "line": {"color": color, "width": 1},
            },
            text=[f"{value:.1f}" for value in z],
            textposition="outside",
            textangle=0,
            constraintext="none",
            cliponaxis=False,
            textfont={"size": 12, "color": INK[mode].muted},
            customdata=[
                [style.name, str(term), escape(term, 44), f"{value:.1f}", f"{n:,}", f"{rest:,}"]
                for term, value, n, rest in zip(
                    drawn["term"], z, drawn["n_source"], drawn["n_rest"], strict=True
                )
            ],
            hovertemplate="%{customdata[2]}<br>z = %{customdata[3]}<br>%{customdata[4]} times "
            "here, %{customdata[5]} in the rest<extra></extra>",
            **UNDIMMED,
        )
    )
    made.update_layout(
        annotations=[
            row_label(term, place - 5, mode, yshift=1, limit=22)
            for term, place in zip(drawn["term"], places, strict=True)
        ]
    )
    return made


def sources_left_out(
    source_topics: pd.DataFrame, styles: Mapping[str, SourceStyle]
) -> Sequence[str]:
    """Names that :func:`source_topics` has no column for, for the caption."""
    return compared(source_topics, styles)[MAX_SOURCES:]
