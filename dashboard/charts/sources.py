"""Sources side by side: the mix of topics, and its intervals."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts.layout import (
    COLUMN,
    FIRM,
    RowPlaces,
    across,
    clickable,
    column_label,
    nothing,
    pixel_axis,
    reservations,
    row_label,
    upright,
    with_wide,
)
from dashboard.charts.parts.source_columns import BAR, SourceColumns
from dashboard.charts.parts.text import escape, whole_percent
from dashboard.charts.parts.theme import (
    INK,
    Mode,
    SourceStyle,
    by_rank,
    faded,
    figure,
    records,
    style_for,
)
from dashboard.charts.parts.traces import (
    bars,
    ends_with,
    fills,
    interval,
    interval_words,
    marks,
    strokes,
)

_LINE, _WIDE_LINE = 16, 13  # between the sources of one topic, where each has a row


def compared(table: pd.DataFrame, styles: Mapping[str, SourceStyle]) -> list[str]:
    """Ids of the sources that are drawn, by number; articles of unknown source are not an outlet
    and are not compared."""
    ids = {each for each in table["source_id"] if isinstance(each, str)}
    return by_rank(styles, [each for each in ids if style_for(styles, each).rank > 0])


def _cells(source_topics: pd.DataFrame) -> dict[tuple[str, str], dict[str, Any]]:
    return {(r["source_id"], str(r["topic_id"])): r for r in records(source_topics)}


def source_topics(
    source_topics: pd.DataFrame,
    topics: pd.DataFrame,
    styles: Mapping[str, SourceStyle],
    mode: Mode,
    apart: Collection[str] = (),
) -> go.Figure:
    """Topic × source: bars in one column per source from a shared baseline.

    Parameters
    ----------
    source_topics
        Columns source_id, topic_id, share (0..1 of the source's words), n_words. Rows without a
        source or of a topic not in ``topics`` are left out; a missing cell is zero words.
    topics
        Columns topic_id, label, reliability_word; gives the rows.
    apart
        Ids of the topics in which sources differ beyond chance: their labels are in bold.

    Returns
    -------
    go.Figure
        One bar trace per source that has a number, in its order, customdata
        ``[source_id, topic_id, …]``; pale with outline: a topic that is tentative or exploratory.
        Rows as :func:`by_spread` orders them. All columns share one scale, printed in percent.
        With a wide form.
    """
    sources = compared(source_topics, styles)
    if not sources or topics.empty:
        return nothing(mode)
    cells = _cells(source_topics)
    rows = by_spread(topics, cells, sources, apart)
    return with_wide(
        *(_mix_bars(sources, cells, rows, styles, mode, apart, wide=w) for w in (False, True))
    )


def by_spread(
    topics: pd.DataFrame,
    cells: Mapping[tuple[str, str], Mapping[str, Any]],
    sources: Sequence[str],
    apart: Collection[str],
) -> pd.DataFrame:
    """The rows of ``topics`` in order of the difference between their largest and smallest share
    among ``sources``, those in which these differ beyond chance (``apart``) before the rest, and
    stable ones of those first; templates, then Other, are last. Where nobody has a word of a topic
    it is left out."""
    shares = {
        str(topic): [_share(cells.get((source, str(topic)))) for source in sources]
        for topic in topics["topic_id"]
    }
    spread = [max(shares[str(t)]) - min(shares[str(t)]) for t in topics["topic_id"]]
    some = [any(shares[str(t)]) for t in topics["topic_id"]]
    last = 2 * (topics["topic_id"].astype(str) == "other")
    last += topics["reliability_word"] == "template"
    differ = topics["topic_id"].astype(str).isin(apart)
    firm = topics["reliability_word"].isin(FIRM)
    order = pd.DataFrame(
        {"last": last, "clear": -(2 * differ + (differ & firm)), "spread": [-s for s in spread]}
    )
    return topics.loc[order[some].sort_values(["last", "clear", "spread"], kind="stable").index]


def _mix_bars(
    sources: Sequence[str],
    cells: Mapping[tuple[str, str], Mapping[str, Any]],
    topics: pd.DataFrame,
    styles: Mapping[str, SourceStyle],
    mode: Mode,
    apart: Collection[str],
    *,
    wide: bool,
) -> go.Figure:
    ids = [str(topic_id) for topic_id in topics["topic_id"]]
    bold = [i for i, topic_id in enumerate(ids) if topic_id in apart]
    labels = topics["label"].tolist()
    notes = _no_themes(topics)
    grid = SourceColumns(
        sources, labels, styles, mode, wide, pitch=50, first=36, strong=bold, notes=notes
    )
    longest = max((_share(cells.get((s, t))) for s in sources for t in ids), default=0) or 1.0
    # The number at the bar's end needs 26 px of the column.
    scale = max(1 - 26 / grid.pixels, 0.5) / longest
    x = {"range": [-0.002 * grid.n, grid.n], "visible": False}
    made = figure(mode, 80, barmode="overlay", xaxis=x)
    for column in grid.columns():
        own = [cells.get((column.source, topic_id)) for topic_id in ids]
        trace = _column(column.source, own, topics, column.places, scale, column.style, mode)
        made.add_trace(trace.update(base=[column.number] * len(ids)))
        top = column.top + 8 * (not wide)
        grid.shapes.append(upright(mode, column.number, top, column.bottom))
    grid.finish(made)
    return clickable(made, "src", "topic")


def _no_themes(topics: pd.DataFrame) -> list[str]:
    """What stands after each topic's label: "mixed" or "template"; other doubts are paleness."""
    words = topics["reliability_word"].astype(str)
    return [word if word in ("mixed", "template") else "" for word in words]


def _share(cell: Mapping[str, Any] | None) -> float:
    value = float(cell["share"]) if cell else 0.0
    return 0.0 if math.isnan(value) else value


def _column(
    source: str,
    cells: Sequence[Mapping[str, Any] | None],
    topics: pd.DataFrame,
    places: Sequence[float],
    scale: float,
    style: SourceStyle,
    mode: Mode,
) -> go.Bar:
    """The bars of one source."""
    said = [whole_percent(_share(cell)) for cell in cells]
    data = [
        [source, str(topic_id), escape(style.name, 44), escape(label, 44), percent, _words_of(cell)]
        for topic_id, label, percent, cell in zip(
            topics["topic_id"], topics["label"], said, cells, strict=True
        )
    ]
    color = style.color(mode)
    return bars(
        [_share(cell) * scale for cell in cells],
        places,
        BAR,
        fill=fills(color, reservations(topics), mode),
        outline=color,
        data=data,
        hover="%{customdata[3]}<br>%{customdata[2]}: %{customdata[4]} %"
        "%{customdata[5]}<extra></extra>",
        name=escape(style.name),
        **ends_with(said, INK[mode].ink),
    )


def _words_of(cell: Mapping[str, Any] | None) -> str:
    n_words = cell.get("n_words") if cell else None
    return "" if n_words is None or pd.isna(n_words) else f" ({int(n_words):,} words)"


def topic_intervals(
    source_topics: pd.DataFrame,
    topics: pd.DataFrame,
    styles: Mapping[str, SourceStyle],
    mode: Mode,
    most: int | None = None,
    apart: Collection[str] = (),
) -> go.Figure:
    """Share of each topic per source with its 95 % interval, one small row each.

    Parameters
    ----------
    source_topics
        Columns source_id, topic_id, share, ci_low, ci_high (0..1; NaN: no interval drawn).
    topics
        Columns topic_id, label, reliability_word; gives the blocks.
    most
        Blocks that are drawn, None: all.
    apart
        Ids of the topics in which sources differ beyond chance: their labels are in bold.

    Returns
    -------
    go.Figure
        Two traces per source, the whiskers (``None`` between them) and the marks with customdata
        ``[source_id, topic_id, …]``, in percent. Blocks as :func:`by_spread` orders them. With a
        wide form.
    """
    sources = compared(source_topics, styles)
    cells = _cells(source_topics)
    rows = (
        by_spread(topics, cells, sources, apart)[:most] if sources and len(topics) else topics[:0]
    )
    if rows.empty:
        return nothing(mode)
    return with_wide(
        *(_intervals(sources, cells, rows, styles, mode, apart, wide=w) for w in (False, True))
    )


def _intervals(
    sources: Sequence[str],
    cells: Mapping[tuple[str, str], Mapping[str, Any]],
    topics: pd.DataFrame,
    styles: Mapping[str, SourceStyle],
    mode: Mode,
    apart: Collection[str],
    *,
    wide: bool,
) -> go.Figure:
    ids = [str(topic_id) for topic_id in topics["topic_id"]]
    line = _WIDE_LINE if wide else _LINE
    first = 14 if wide else 34
    blocks = RowPlaces(len(ids), first + line * (len(sources) - 1) + 18, first=first, below=4)
    right = 100 * _largest(cells, sources, ids) or 1.0
    middle = line * (len(sources) - 1) / 2
    made = figure(
        mode,
        blocks.height + 26,
        margin={"b": 26, "l": COLUMN if wide else 0},
        xaxis={
            "range": [-0.025 * right, right * 1.04],
            "dtick": next((step for step in (1, 2, 5, 10, 20) if right / step <= 4.6), 25),
            "showgrid": True,
            "ticksuffix": " %",
        },
        yaxis=pixel_axis(blocks.height),
        shapes=[across(mode, y - first + 2) for y in blocks.places[1:]] if wide else [],
        annotations=[
            column_label(label, y + middle, mode, strong=topic_id in apart, note=note)
            if wide
            else row_label(label, y, mode, strong=topic_id in apart, note=note)
            for topic_id, label, note, y in zip(
                ids, topics["label"], _no_themes(topics), blocks.places, strict=True
            )
        ],
    )
    names = dict(zip(ids, topics["label"], strict=True))
    for k, source in enumerate(sources):
        found = [
            (cells[source, topic_id], place + k * line)
            for topic_id, place in zip(ids, blocks.places, strict=True)
            if (source, topic_id) in cells and not pd.isna(cells[source, topic_id]["share"])
        ]
        for trace in _interval_traces(source, found, names, style_for(styles, source), mode):
            made.add_trace(trace)
    return clickable(made, "src", "topic")


def _largest(
    cells: Mapping[tuple[str, str], Mapping[str, Any]], sources: Sequence[str], ids: Sequence[str]
) -> float:
    """The largest share or bound that is drawn, 0..1."""
    bounds = [
        float(cell[column])
        for (source, topic_id), cell in cells.items()
        if topic_id in ids and source in sources
        for column in ("share", "ci_low", "ci_high")
        if not pd.isna(cell[column])
    ]
    return max(bounds, default=1.0)


def _interval_traces(
    source: str,
    found: Sequence[tuple[Mapping[str, Any], float]],
    names: Mapping[str, object],
    style: SourceStyle,
    mode: Mode,
) -> tuple[go.Scatter, go.Scatter]:
    """Whiskers and marks of one source: its cells, each with its place. ``names``: of topics."""
    color = style.color(mode)
    whiskers = [
        [(100 * bound, place) for bound in bounds]
        for cell, place in found
        if (bounds := interval(cell))
    ]
    data = [
        [
            source,
            str(cell["topic_id"]),
            escape(style.name, 44),
            whole_percent(cell["share"]),
            interval_words(cell),
            escape(names[str(cell["topic_id"])], 44),
        ]
        for cell, _ in found
    ]
    return strokes(whiskers, faded(color, 0.45), 2), marks(
        [100 * float(cell["share"]) for cell, _ in found],
        [place for _, place in found],
        {
            "symbol": style.symbol,
            "size": 11,
            "color": color,
            "line": {"color": INK[mode].paper, "width": 1.5},
        },
        data,
        "%{customdata[5]}<br>%{customdata[2]}: %{customdata[3]} %%{customdata[4]}<extra></extra>",
        name=escape(style.name),
    )
