"""Sources by sources: how alike each two are."""

from __future__ import annotations

import math
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts.layout import clickable, nothing, pixel_axis, with_wide
from dashboard.charts.parts.text import clean, escape
from dashboard.charts.parts.theme import INK, Mode, faded, figure, records
from dashboard.charts.parts.traces import marks
from dashboard.wording import MISSING

PITCH: Final = 26
HEAD: Final = 24
NUMBERED: Final = 8  # more columns than that have no printed numbers on a phone
_NAMES: Final = {False: 128, True: 210}  # pixels, on a phone and beside
_LETTERS: Final = {False: 14, True: 26}


def matrix(similarity: pd.DataFrame, mode: Mode, *, judged: bool) -> go.Figure:
    """A square a pair, darker for more alike; columns have the numbers that rows have.

    Parameters
    ----------
    similarity
        The table of that name; rows and columns in its order.
    judged
        Whether 1 is as alike as two halves of one source: pairs that are not distinguishable then
        have “=” behind their number, and the diagonal has the plain cosine of both halves.

    Returns
    -------
    go.Figure
        Cells are marks with customdata ``[source_id, other_id, …]``, two a pair; those of a source
        with itself, and without a number, select nothing. Fewer than two sources: no traces. With a
        wide form.
    """
    own = similarity[similarity["source_id"] == similarity["other_id"]]
    if len(own) < 2:
        return nothing(mode)
    return with_wide(*(_drawn(similarity, own, mode, judged, wide=w) for w in (False, True)))


def _drawn(
    similarity: pd.DataFrame, own: pd.DataFrame, mode: Mode, judged: bool, *, wide: bool
) -> go.Figure:
    n = len(own)
    at = {source: i for i, source in enumerate(own["source_id"])}
    height = HEAD + n * PITCH + 4
    made = figure(
        mode,
        height,
        margin={"l": _NAMES[wide]},
        xaxis={"range": [0, n], "visible": False},
        yaxis=pixel_axis(height),
        annotations=_headings(own["source"].tolist(), mode, wide),
    )
    cells = [_cell(row, at, judged) for row in records(similarity)]
    cells += [_turned(cell) for cell in cells if cell["x"] != cell["y"]]
    shades = [cell["shade"] for cell in cells if not math.isnan(cell["shade"])]
    low, high = min(shades, default=0.0), max(shades, default=1.0)
    made.update_layout(shapes=[_square(cell, low, high, mode) for cell in cells])
    if wide or n <= NUMBERED:
        for cell in cells:
            dark = _strength(cell["shade"], low, high) > 0.55
            color = INK[mode].paper if dark else INK[mode].ink
            font = {"size": 11, "color": color}
            where = {"x": cell["x"] + 0.5, "y": _middle(cell["y"]), "showarrow": False}
            made.add_annotation(text=cell["text"], font=font, **where)
    made.add_trace(
        marks(
            [cell["x"] + 0.5 for cell in cells],
            [_middle(cell["y"]) for cell in cells],
            {"symbol": "square", "size": PITCH - 4, "opacity": 0},
            [cell["data"] for cell in cells],
            "%{customdata[2]}<br>%{customdata[3]}<extra></extra>",
        )
    )
    # Nothing is to be seen of the marks, whatever is selected.
    made.update_traces(selected={"marker": {"opacity": 0}}, unselected={"marker": {"opacity": 0}})
    return clickable(made, "a", "b")


def _middle(row: int) -> float:
    return HEAD + (row + 0.5) * PITCH


def _cell(row: dict[str, Any], at: dict[str, int], judged: bool) -> dict[str, Any]:
    is_own = row["source_id"] == row["other_id"]
    value = row["observed"] if is_own and judged else row["similarity"]
    shade = math.nan if is_own else float(value)  # the diagonal is another measure
    same = judged and not is_own and not row["distinguishable"] and not math.isnan(value)
    return {
        "x": at[row["other_id"]],
        "y": at[row["source_id"]],
        "shade": shade,
        "text": "" if math.isnan(value) or (is_own and not judged) else _number(value) + "=" * same,
        "data": [
            "" if is_own or math.isnan(value) else row["source_id"],
            "" if is_own or math.isnan(value) else row["other_id"],
            f"{escape(row['source'], 40)} and {'itself' if is_own else escape(row['other'], 40)}",
            _said(row, value, is_own, judged, same),
        ],
    }


def _said(row: dict[str, Any], value: float, is_own: bool, judged: bool, same: bool) -> str:
    if is_own and not judged:
        return ""
    if math.isnan(value):
        return "too few articles"
    if is_own:
        return f"plain cosine of two halves: {_number(value)}"
    low, high = row["ci_low"], row["ci_high"]
    between = "" if math.isnan(low) else f" ({_number(low)} to {_number(high)})"
    return f"{_number(value)}{between}" + ", not distinguishable" * same


def _turned(cell: dict[str, Any]) -> dict[str, Any]:
    a, b, *words = cell["data"]
    return cell | {"x": cell["y"], "y": cell["x"], "data": [b, a, *words]}


def _number(value: float) -> str:
    """ ".83", "1.00"."""
    return f"{value:.2f}".removeprefix("0") if not math.isnan(value) else MISSING


def _strength(shade: float, low: float, high: float) -> float:
    if math.isnan(shade):
        return 0.0
    if high <= low:
        return 0.4
    return 0.06 + 0.94 * (shade - low) / (high - low)


def _square(cell: dict[str, Any], low: float, high: float, mode: Mode) -> dict[str, Any]:
    middle = _middle(cell["y"])
    return {
        "type": "rect",
        "x0": cell["x"],
        "x1": cell["x"] + 1,
        "y0": middle - PITCH / 2,
        "y1": middle + PITCH / 2,
        "fillcolor": faded(INK[mode].slate, _strength(cell["shade"], low, high)),
        "line": {"width": 1, "color": INK[mode].paper},
        "layer": "below",
    }


def _headings(names: list[str], mode: Mode, wide: bool) -> list[dict[str, Any]]:
    """Names with their numbers left of the rows, the numbers above the columns."""
    made = []
    font = {"size": 12, "color": INK[mode].ink}
    for i, name in enumerate(names):
        short = escape(clean(name, _LETTERS[wide]), _LETTERS[wide])
        left = {"x": 0, "xanchor": "right", "xshift": -6, "y": _middle(i), "showarrow": False}
        made.append(left | {"text": f"{short} {i + 1}", "font": font})
        if not wide and len(names) > NUMBERED and i and (i + 1) % 5:
            continue  # no room for every number
        above = {"x": i + 0.5, "y": HEAD / 2, "showarrow": False, "text": str(i + 1)}
        made.append(above | {"font": font | {"color": INK[mode].muted}})
    return made
