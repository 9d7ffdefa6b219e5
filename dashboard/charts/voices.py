"""Who is quoted, cited and named by whom: a row for each of them, a column a source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

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
    return _matrix(speakers, "speaker", names, "n_articles", _spoken, styles, mode)


def citations(
    cited: pd.DataFrame, names: Sequence[str], styles: Mapping[str, SourceStyle], mode: Mode
) -> go.Figure:
    """Cited × source: how often a source cites each, per 1,000 words.

    Parameters
    ----------
    cited
        Columns source_id, cited, count, per_1k, ci_low, ci_high, n_articles; a row for each whom a
        source cites. Rows of others, or without a source, are left out.
    names
        The rows, in order.

    Returns
    -------
    go.Figure
        A trace of bars for each source, with customdata ``[source_id, cited, …]``, then the counts
        beside them. With a wide form.
    """
    return _matrix(cited, "cited", names, "per_1k", _times, styles, mode)


def names(
    rates: pd.DataFrame, names: Sequence[str], styles: Mapping[str, SourceStyle], mode: Mode
) -> go.Figure:
    """Name × source: how often a source names each, per 1,000 words.

    Parameters
    ----------
    rates
        Columns source_id, name, n_articles, n_mentions, per_1k, ci_low, ci_high, n_read; a row for
        each name in a source. Rows of other names, or without a source, are left out.
    names
        The rows, in order.

    Returns
    -------
    go.Figure
        A trace of bars for each source, with customdata ``[source_id, name, …]``, then the counts
        beside them. With a wide form.
    """
    named = rates[rates["n_mentions"] > 0]
    return _matrix(named, "name", names, "per_1k", _mentions, styles, mode)


def titles(
    table: pd.DataFrame, shown: Sequence[str], styles: Mapping[str, SourceStyle], mode: Mode
) -> go.Figure:
    """What is put before a name × source: in which share of the articles, at first mention.

    Parameters
    ----------
    table
        Columns source_id, title, share, n_articles, n_named, share_rest, distinguishable, of one
        name. Rows of other titles, or without a source, are left out.
    shown
        The rows, in order.

    Returns
    -------
    go.Figure
        A trace of bars for each source, with customdata ``[source_id, title, …]``, then the
        articles beside them. With a wide form.
    """
    return _matrix(table, "title", shown, "share", _first_mentions, styles, mode)


class _Cell(NamedTuple):
    """One bar: whose, of whom, how long (any unit), the number beside it, words on hovering."""

    source: str
    name: str
    value: float
    number: int
    words: tuple[str, str]


def _matrix(
    table: pd.DataFrame,
    column: str,
    names: Sequence[str],
    value: str,
    words: Callable[[Mapping[str, Any]], tuple[int, str]],
    styles: Mapping[str, SourceStyle],
    mode: Mode,
) -> go.Figure:
    sources = compared(table, styles)
    kept = table[table[column].isin(names) & table["source_id"].isin(sources)]
    if kept.empty:
        return nothing(mode)
    cells = {}
    for row in records(kept):
        source, name = row["source_id"], row[column]
        n, said = words(row)
        where = f"{escape(name, 60)} in {escape(styles[source].name, 44)}"
        cells[source, name] = _Cell(source, name, float(row[value]), n, (where, said))
    return with_wide(
        *(_bars(sources, cells, names, styles, mode, column, wide=w) for w in (False, True))
    )


def _spoken(row: Mapping[str, Any]) -> tuple[int, str]:
    """ "3 articles: 4 quotations, 1 time indirectly"."""
    said = count(int(row["n_quotes"]), "quotation")
    if row["n_indirect"]:
        said += f", {count(int(row['n_indirect']), 'time')} indirectly"
    n = int(row["n_articles"])
    return n, f"{count(n, 'article')}: {said}"


def _times(row: Mapping[str, Any]) -> tuple[int, str]:
    """ "4 times in 12 articles: 1.2 per 1,000 words, 95 % interval 0.3 to 3.1"."""
    n = int(row["count"])
    rate, low, high = (rounded(row[name]) for name in ("per_1k", "ci_low", "ci_high"))
    return n, (
        f"{count(n, 'time')} in {count(int(row['n_articles']), 'article')}: "
        f"{rate} per 1,000 words, 95 % interval {low} to {high}"
    )


def _mentions(row: Mapping[str, Any]) -> tuple[int, str]:
    """ "21 times, in 8 of 30 articles: 2.1 per 1,000 words, 95 % interval 1.4 to 3"."""
    n = int(row["n_mentions"])
    rate, low, high = (rounded(row[name]) for name in ("per_1k", "ci_low", "ci_high"))
    return n, (
        f"{count(n, 'time')}, in {int(row['n_articles']):,} of "
        f"{count(int(row['n_read']), 'article')}: "
        f"{rate} per 1,000 words, 95 % interval {low} to {high}"
    )


def _first_mentions(row: Mapping[str, Any]) -> tuple[int, str]:
    """ "at first mention in 12 of 30 articles; in the other sources, 11 %; could be chance"."""
    n, rest = int(row["n_articles"]), float(row["share_rest"])
    said = f"at first mention in {n:,} of {count(int(row['n_named']), 'article')}"
    if rest == rest:
        said += f"; in the other sources, {100 * rest:.0f} %"
    return n, said if row["distinguishable"] else f"{said}; could be chance"


def _bars(
    sources: Sequence[str],
    cells: Mapping[tuple[str, str], _Cell],
    names: Sequence[str],
    styles: Mapping[str, SourceStyle],
    mode: Mode,
    option: str,
    *,
    wide: bool,
) -> go.Figure:
    grid = SourceColumns(sources, names, styles, mode, wide, pitch=46, first=34)
    unit = max(0.92 - _NUMBER / grid.pixels, 0.2) / max(cell.value for cell in cells.values())
    made = figure(mode, 80, barmode="overlay", xaxis={"range": [0, grid.n], "visible": False})
    texts: tuple[list[float], list[float], list[str]] = ([], [], [])
    for column in grid.columns():
        grid.shapes.append(upright(mode, column.number, column.top, column.bottom))
        own = [
            (cells[column.source, name], y)
            for name, y in zip(names, column.places, strict=True)
            if (column.source, name) in cells
        ]
        made.add_trace(_column(own, column.number, unit, column.style, mode))
        for cell, y in own:
            texts[0].append(column.number + cell.value * unit)
            texts[1].append(y)
            texts[2].append(f"\u00a0{cell.number:,}")
    made.add_trace(numbers(*texts, mode))
    grid.finish(made)
    return clickable(made, "src", option)


def _column(
    own: Sequence[tuple[_Cell, float]], column: int, unit: float, style: SourceStyle, mode: Mode
) -> go.Bar:
    """The bars of one source."""
    color = style.color(mode)
    made = bars(
        [cell.value * unit for cell, _ in own],
        [y for _, y in own],
        BAR,
        fill=color,
        outline=color,
        data=[[cell.source, cell.name, *cell.words] for cell, _ in own],
        hover=_HOVER,
        name=escape(style.name),
    )
    return made.update(base=[column] * len(own))
