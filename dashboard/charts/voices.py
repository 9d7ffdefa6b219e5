"""Who is quoted by whom, and who is named how often: bars of speakers or names × sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts.layout import clickable, nothing, upright, with_wide
from dashboard.charts.parts.source_columns import BAR, SourceColumns
from dashboard.charts.parts.text import escape
from dashboard.charts.parts.theme import Mode, SourceStyle, figure, records
from dashboard.charts.parts.traces import bars, numbers
from dashboard.charts.sources import compared
from dashboard.wording import count, rounded

_HOVER: Final = "%{customdata[2]}<br>%{customdata[3]}<extra></extra>"
_NUMBER: Final = 30  # pixels beside the longest bar


def voices(
    speakers: pd.DataFrame, names: Sequence[str], styles: Mapping[str, SourceStyle], mode: Mode
) -> go.Figure:
    """Speaker × source: in how many articles of a source each speaker says something.

    Parameters
    ----------
    speakers
        Columns source_id, speaker, n_articles, n_quotes, n_indirect, a row for a speaker in a
        source. Rows of other speakers, or without a source, are left out.
    names
        The rows, in order.

    Returns
    -------
    go.Figure
        A trace of bars for each source, with customdata ``[source_id, speaker, …]``, then the
        numbers beside them. With a wide form.
    """
    sources = compared(speakers, styles)
    kept = speakers[speakers["speaker"].isin(names) & speakers["source_id"].isin(sources)]
    if kept.empty:
        return nothing(mode)
    said = _Bars("speaker", "n_articles", lambda n: f"{n:,}", _said)
    return _grid(kept, sources, names, said, styles, mode)


def names(
    rates: pd.DataFrame, names: Sequence[str], styles: Mapping[str, SourceStyle], mode: Mode
) -> go.Figure:
    """Name × source: how often a source names each, per 1,000 words.

    Parameters
    ----------
    rates
        Columns source_id, name, n_articles, n_mentions, per_1k, ci_low, ci_high, n_read, as
        ``names_by_source`` has them. Rows of other names, or without a source, are left out.
    names
        The rows, in order.

    Returns
    -------
    go.Figure
        As :func:`voices`, with customdata ``[source_id, name, …]``.
    """
    sources = compared(rates, styles)
    kept = rates[rates["name"].isin(names) & rates["source_id"].isin(sources)]
    kept = kept[kept["n_mentions"] > 0]
    if kept.empty:
        return nothing(mode)
    named = _Bars("name", "per_1k", rounded, _named)
    return _grid(kept, sources, names, named, styles, mode)


def titles(
    table: pd.DataFrame, shown: Sequence[str], styles: Mapping[str, SourceStyle], mode: Mode
) -> go.Figure:
    """What is put before a name × source: in which share of the articles, at first mention.

    Parameters
    ----------
    table
        Columns source_id, title, share, n_articles, n_named, share_rest, distinguishable, of one
        name, as ``titles_of_names`` has them.
    shown
        The rows, in order.

    Returns
    -------
    go.Figure
        As :func:`voices`, with customdata ``[source_id, title, …]``.
    """
    sources = compared(table, styles)
    kept = table[table["title"].isin(shown) & table["source_id"].isin(sources)]
    if kept.empty:
        return nothing(mode)
    put = _Bars("title", "share", lambda share: f"{100 * share:.0f} %", _put)
    return _grid(kept, sources, shown, put, styles, mode)


@dataclass(frozen=True)
class _Bars:
    """What the bars of a chart are: the columns of its rows and of its values, how a value is
    written, and what is said of a bar."""

    row: str
    value: str
    written: Callable[[Any], str]
    words: Callable[[Mapping[str, Any], SourceStyle], tuple[str, str]]


def _grid(
    kept: pd.DataFrame,
    sources: Sequence[str],
    names: Sequence[str],
    what: _Bars,
    styles: Mapping[str, SourceStyle],
    mode: Mode,
) -> go.Figure:
    cells = {(row["source_id"], row[what.row]): row for row in records(kept)}
    return with_wide(
        *(_bars(sources, cells, names, what, styles, mode, wide=w) for w in (False, True))
    )


def _bars(
    sources: Sequence[str],
    cells: Mapping[tuple[str, str], Mapping[str, Any]],
    names: Sequence[str],
    what: _Bars,
    styles: Mapping[str, SourceStyle],
    mode: Mode,
    *,
    wide: bool,
) -> go.Figure:
    grid = SourceColumns(sources, names, styles, mode, wide, pitch=46, first=34)
    most = max(row[what.value] for row in cells.values())
    unit = max(0.92 - _NUMBER / grid.pixels, 0.2) / most
    made = figure(mode, 80, barmode="overlay", xaxis={"range": [0, grid.n], "visible": False})
    texts: tuple[list[float], list[float], list[str]] = ([], [], [])
    for column in grid.columns():
        grid.shapes.append(upright(mode, column.number, column.top, column.bottom))
        own = [
            (cells[column.source, name], y)
            for name, y in zip(names, column.places, strict=True)
            if (column.source, name) in cells
        ]
        made.add_trace(_column(own, column.number, unit, column.style, what, mode))
        for cell, y in own:
            texts[0].append(column.number + cell[what.value] * unit)
            texts[1].append(y)
            texts[2].append(f"\u00a0{what.written(cell[what.value])}")
    made.add_trace(numbers(*texts, mode))
    grid.finish(made)
    return clickable(made, "src", what.row)


def _column(
    own: Sequence[tuple[Mapping[str, Any], float]],
    column: int,
    unit: float,
    style: SourceStyle,
    what: _Bars,
    mode: Mode,
) -> go.Bar:
    """The bars of one source."""
    color = style.color(mode)
    made = bars(
        [cell[what.value] * unit for cell, _ in own],
        [y for _, y in own],
        BAR,
        fill=color,
        outline=color,
        data=[[cell["source_id"], cell[what.row], *what.words(cell, style)] for cell, _ in own],
        hover=_HOVER,
        name=escape(style.name),
    )
    return made.update(base=[column] * len(own))


def _said(cell: Mapping[str, Any], style: SourceStyle) -> tuple[str, str]:
    """ "Lena Brandt in the Herald", "3 articles: 4 quotations, 1 time indirectly"."""
    said = count(int(cell["n_quotes"]), "quotation")
    if cell["n_indirect"]:
        said += f", {count(int(cell['n_indirect']), 'time')} indirectly"
    where = f"{escape(cell['speaker'], 60)} in {escape(style.name, 44)}"
    return where, f"{count(int(cell['n_articles']), 'article')}: {said}"


def _named(cell: Mapping[str, Any], style: SourceStyle) -> tuple[str, str]:
    """ "Lena Brandt in the Herald", "2.1 per 1,000 words (1.4 to 3.0): 21 times in 8 of 30"."""
    where = f"{escape(cell['name'], 60)} in {escape(style.name, 44)}"
    bounds = f"95 %: {rounded(cell['ci_low'])} to {rounded(cell['ci_high'])}"
    times = count(int(cell["n_mentions"]), "time")
    of = f"{int(cell['n_articles']):,} of {count(int(cell['n_read']), 'article')}"
    return where, f"{rounded(cell['per_1k'])} per 1,000 words ({bounds}),<br>{times}, in {of}"


def _put(cell: Mapping[str, Any], style: SourceStyle) -> tuple[str, str]:
    """ "president in the Herald", "12 of 30 articles at first mention; elsewhere 11 %"."""
    where = f"{escape(cell['title'], 60)} in {escape(style.name, 44)}"
    of = f"{int(cell['n_articles']):,} of {count(int(cell['n_named']), 'article')} at first mention"
    rest = cell["share_rest"]
    elsewhere = "" if rest != rest else f"; elsewhere {100 * rest:.0f} %"
    sure = "" if cell["distinguishable"] else ",<br>which could be chance"
    return where, of + elsewhere + sure
