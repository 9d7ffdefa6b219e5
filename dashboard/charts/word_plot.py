"""Words of two sources by how often they are used, and how much they lean to the one or other."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.keyness import LONGEST, ratio_words
from dashboard.charts.parts.layout import across, clickable, nothing, with_wide, words_at
from dashboard.charts.parts.names import name_sides
from dashboard.charts.parts.text import clean, escape
from dashboard.charts.parts.theme import INK, Mode, SourceStyle, figure, records, style_for
from dashboard.charts.parts.traces import fills, marks
from dashboard.wording import rounded

HEIGHT: Final = 460
MOST_MARKS: Final = 2_000
_PHONE, _WIDE, _SIZE, _MARK = 340, 900, 12, 7  # pixels
_LEFT, _EDGE = 30, 24  # pixels beside the marks: ticks at the left, names at the right
_HOVER: Final = "%{customdata[2]}<br>%{customdata[3]}<br>%{customdata[4]}<extra></extra>"


def word_plot(keyness: pd.DataFrame, styles: Mapping[str, SourceStyle], mode: Mode) -> go.Figure:
    """Frequency by log-odds: a mark a word, those of the first source above zero, those of the
    second below.

    Parameters
    ----------
    keyness
        Columns source_id, term, log_odds, n_group, n_rest, rate_group, rate_rest (per 1,000 words),
        distinguishable, of two sources, the words of each in their order. Only log_odds > 0 is
        drawn, at most :data:`MOST_MARKS` words.

    Returns
    -------
    go.Figure
        A trace of marks a source, pale with outline where it could be chance, customdata
        ``[term, source, …]``. x: the mean of both rates, logarithmic; y: times as often. A word is
        named where its name covers nothing, the surest first. Without two sources no traces. With a
        wide form.
    """
    rows = keyness[keyness["log_odds"] > 0]
    sources = list(dict.fromkeys(rows["source_id"]))
    if len(sources) != 2:
        return nothing(mode)
    rows = rows.sort_values("distinguishable", ascending=False, kind="stable").head(MOST_MARKS)
    return with_wide(*(_drawn(rows, sources, styles, mode, width) for width in (_PHONE, _WIDE)))


def _drawn(
    rows: pd.DataFrame,
    sources: Sequence[str],
    styles: Mapping[str, SourceStyle],
    mode: Mode,
    width: float,
) -> go.Figure:
    often = [10 * (r["rate_group"] + r["rate_rest"]) / 2 for r in records(rows)]
    lean = [min(float(value), math.log(LONGEST)) for value in rows["log_odds"]]
    up = [source == sources[0] for source in rows["source_id"]]
    y = [value if above else -value for value, above in zip(lean, up, strict=True)]
    x = [math.log10(value) for value in often]
    first, last, top = min(x), max(x), max(lean)
    span = max(last - first, 0.5)
    wide, tall = (width - _LEFT - 4 * _EDGE) / span, (HEIGHT - 4 * _EDGE) / (2 * top)
    pixels = [((a - first) * wide, b * tall) for a, b in zip(x, y, strict=True)]
    names = [clean(term, 28) for term in rows["term"]]
    sides = name_sides(pixels, names, _SIZE, _MARK / 2 + 3, (-_LEFT, width - _LEFT))
    made = figure(
        mode,
        HEIGHT,
        margin={"l": 0, "b": 34},
        xaxis=_rates(first, last, _LEFT / wide, 4 * _EDGE / wide),
        yaxis={"range": [-top - 2 * _EDGE / tall, top + 2 * _EDGE / tall], "visible": False},
        shapes=[across(mode, 0)],
        annotations=_heads([style_for(styles, source) for source in sources], mode),
        showlegend=False,
    )
    for source in sources:
        at = [i for i, each in enumerate(rows["source_id"]) if each == source]
        own, style = rows.iloc[at], style_for(styles, source)
        color = style.color(mode)
        marker = {
            "size": _MARK,
            "symbol": style.symbol,
            "color": fills(color, ~own["distinguishable"].astype(bool), mode),
            "line": {"color": color, "width": 1},
        }
        made.add_trace(
            marks(
                [x[i] for i in at],
                [y[i] for i in at],
                marker,
                _data(own, style),
                _HOVER,
                name=escape(style.name),
                mode="markers+text",
                text=[
                    escape(term, 28) if sides[i] else ""
                    for i, term in zip(at, own["term"], strict=True)
                ],
                textposition=[sides[i] or "top center" for i in at],
                textfont={"size": _SIZE, "color": INK[mode].ink},
            )
        )
    made.update_traces(unselected={"textfont": {"color": INK[mode].ink}})
    return clickable(made, "kw")


def _rates(first: float, last: float, before: float, after: float) -> dict[str, Any]:
    """A logarithmic axis of uses per 10,000 words, with its unit at the last tick."""
    powers = range(math.ceil(first - before), math.floor(last + after) + 1)
    texts = [f"{10.0**power:g}" for power in powers]
    if texts:
        texts[-1] += " per 10,000 words"
    return {
        "range": [first - before, last + after],
        "tickmode": "array",
        "tickvals": [*powers],
        "ticktext": texts,
        "showgrid": True,
    }


def _heads(looks: Sequence[SourceStyle], mode: Mode) -> list[dict[str, Any]]:
    """Whose words stand above and below."""
    return [
        words_at(
            f"{arrow} more in {escape(look.name, 40)}",
            x=0, xref="paper", xanchor="left", y=y, yref="paper", yanchor=anchor,
            font={"size": _SIZE, "color": INK[mode].muted},
        )
        for arrow, look, y, anchor in zip("↑↓", looks, (1, 0), ("top", "bottom"), strict=True)
    ]  # fmt: skip


def _data(rows: pd.DataFrame, style: SourceStyle) -> list[list[str]]:
    return [
        [
            str(row["term"]),
            style.name,
            escape(row["term"], 44),
            f"{escape(style.name, 44)}: {ratio_words(row['log_odds'], row['n_rest'])}",
            f"{rounded(10 * row['rate_group'])} against {rounded(10 * row['rate_rest'])} "
            "per 10,000 words",
        ]
        for row in records(rows)
    ]
