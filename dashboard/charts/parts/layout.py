"""What figures are laid out with: rows and their labels, headings and guides.

Places are pixels from the top: rows have a fixed pitch and labels stand above their row, so the
same figure works on a phone and on a wide screen.
"""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.parts.text import clean, escape, text_width, wrap
from dashboard.charts.parts.theme import INK, Mode, figure

#: Characters of a row's label, the note behind it included: they fit a phone.
LABEL: Final = 46
#: What tables say of the reliability of a topic that needs no reservation.
FIRM: Final = ("stable", "given")
#: Pixels that a figure has on a phone, and where there is room for a column of labels.
PHONE: Final = 350.0
BESIDE: Final = 510.0
_HEAD_LINE: Final = 15  # pixels of a line of a column's name
_TURNED: Final = 120  # pixels of a column's name that is turned
#: Pixels for the labels of rows where there is room for a column of them.
COLUMN: Final = 250


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """``n`` rows of one pitch, in pixels: where their baselines are, and how tall they are in all.

    Parameters
    ----------
    first
        Baseline of the first row, from ``top`` on.
    top, below
        Room above the rows (for headings) and below the last one.
    """

    n: int
    pitch: float
    first: float
    below: float = 0
    top: float = 0

    @property
    def places(self) -> list[float]:
        """The baseline of each row."""
        return [self.top + i * self.pitch + self.first for i in range(self.n)]

    @property
    def height(self) -> float:
        """Of the plot that holds them."""
        return self.top + self.n * self.pitch + self.below


def nothing(mode: Mode, height: float = 40) -> go.Figure:
    """A figure without traces, for a table without rows."""
    return figure(mode, height, xaxis={"visible": False}, yaxis={"visible": False})


def pixel_axis(height: float, **more: Any) -> dict[str, Any]:
    """A y axis on which one unit is one pixel, counted from the top of the plot."""
    return {"range": [height, 0], "visible": False, "fixedrange": True} | more


def clickable(made: go.Figure, *keys: str) -> go.Figure:
    """Say what the customdata of every mark begin with, so that a click and a list of the marks can
    follow it: ``src``, ``topic``, ``period``, ``article``, ``kw``, ``speaker``,
    ``cited``, ``nth`` (of the keywords in the link) or ``node``.

    In a mark's data ``None`` is the unknown source, or no date; ``""`` what can't be selected.
    """
    return made.update_layout(meta={**(made.layout.meta or {}), "keys": list(keys)})


def with_wide(narrow: go.Figure, wide: go.Figure) -> go.Figure:
    """``narrow``, which also holds the form that is drawn where there are 760 px or more. Both have
    the same marks."""
    form = wide.to_plotly_json()
    form["layout"].pop("template", None)  # the browser takes that of the other form
    return narrow.update_layout(meta={**(narrow.layout.meta or {}), "wide": form})


def column_label(
    text: object,
    y: float,
    mode: Mode,
    *,
    note: object = "",
    strong: bool = False,
    below: bool = False,
    more: object = "",
) -> dict[str, Any]:
    """Annotation in a column of its own left of the plot, of :data:`COLUMN` pixels; ``strong``: in
    bold; ``below``: the note has a line of its own, and ``more`` another one."""
    rest = "<br>".join(filter(None, (escape(note, 34), escape(more, 34))))
    words = escape(text, 36 if below or not rest else 35 - len(rest))
    words = f"<b>{words}</b>" if strong else words
    if rest:
        gap = "<br>" if below else "&nbsp; "
        words += f'{gap}<span style="color:{INK[mode].muted};font-size:12px">{rest}</span>'
    return {
        "text": words,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -COLUMN,
        "y": y,
        "yref": "y",
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "font": {"color": INK[mode].ink, "size": 13},
        "borderpad": 0,
    }


# Words that stand in the plot.


def words_at(text: str, **where: Any) -> dict[str, Any]:
    """Annotation of escaped ``text``, without arrow and padding; ``where``: as plotly has it."""
    return {"text": text, "showarrow": False, "borderpad": 0} | where


def row_label(
    text: object,
    y: float,
    mode: Mode,
    *,
    note: object = "",
    yshift: float = 8,
    limit: int = LABEL,
    yref: str = "y",
    strong: bool = False,
) -> dict[str, Any]:
    """Annotation that stands above its row, left aligned, as at any width.

    Parameters
    ----------
    text, note
        Untrusted; the note (a denominator, "tentative") follows in muted ink.
    y
        The row's baseline on the axis ``yref``.
    yshift
        Pixels between baseline and label.
    limit
        Characters of text; text and note together fit 350 px.
    strong
        In bold.
    """
    label = escape(text, limit)
    label = f"<b>{label}</b>" if strong else label
    if note:
        rest = escape(note, 40)
        label += f'&nbsp; <span style="color:{INK[mode].muted};font-size:12px">{rest}</span>'
    return {
        "text": label,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": y,
        "yref": yref,
        "yanchor": "bottom",
        "yshift": yshift,
        "align": "left",
        "showarrow": False,
        "font": {"color": INK[mode].ink, "size": 13},
        "bgcolor": INK[mode].paper,
        "borderpad": 1,
    }


def fitted(label: dict[str, Any]) -> dict[str, Any]:
    """A label that the browser cuts, with ``…``, to what its figure's width holds: only there is
    the width known."""
    return label | {"name": "fitted"}


def reservations(topics: pd.DataFrame) -> list[str]:
    """What to say of each topic: ``""`` when stable or given, else its ``reliability_word``."""
    return ["" if word in FIRM else str(word) for word in topics["reliability_word"]]


def topic_labels(
    topics: pd.DataFrame, places: Sequence[float], mode: Mode, *, yshift: float
) -> list[dict[str, Any]]:
    """The row labels of topics (columns label, reliability_word), with their reservations."""
    return [
        row_label(label, y, mode, note=word, limit=LABEL - len(word), yshift=yshift)
        for label, y, word in zip(topics["label"], places, reservations(topics), strict=True)
    ]


def headings(
    sources: Sequence[str],
    mode: Mode,
    *,
    shift: float = 0,
    above: float = 0,
    width: float = PHONE,
) -> tuple[float, list[dict[str, Any]]]:
    """Names above the columns at x = 0, 1, …, on a pixel axis: their lower edge, and annotations
    that begin ``shift`` pixels right of the column's baseline. Where the columns are too narrow for
    their words, all names are turned, to be read from above. The first 20 px, from ``above`` on,
    are for the marks; ``width``: pixels that all columns have together, at the least.
    """
    n = len(sources)
    room = width / n - 8
    size = 13 if room >= 64 else 12 if n <= 4 else 11
    straight = [_fitted(name, room, size, lines=3) for name in sources]
    lines = 2 if room >= 2 * _HEAD_LINE else 1
    upright = [_fitted(name, _TURNED, 12, lines) for name in sources]
    turned = sum(cut for _, cut in upright) < sum(cut for _, cut in straight)
    size = 12 if turned else size
    names = [name for name, _ in (upright if turned else straight)]
    where = {"xshift": shift, "y": above + 20, "xanchor": "left", "yanchor": "top", "align": "left"}
    where |= {"textangle": 90} if turned else {}
    font = {"size": size, "color": INK[mode].ink}
    rows = [name.split("<br>") for name in names]
    if turned:
        depth = 8 + max(text_width(html.unescape(row), size) for name in rows for row in name)
    else:
        depth = 4 + _HEAD_LINE * max(len(name) for name in rows)
    return above + 20 + depth, [
        words_at(name, x=column, font=font, **where) for column, name in enumerate(names)
    ]


def _fitted(name: str, room: float, size: float, lines: int) -> tuple[str, bool]:
    """A name over lines of as many letters as ``room`` pixels hold, and whether it is cut."""
    whole = clean(name)
    found = wrap(name, 3, lines=lines)
    for width in range(int(room / (0.4 * size)), 3, -1):
        wrapped = wrap(name, width, lines=lines)
        if all(text_width(html.unescape(row), size) <= room for row in wrapped.split("<br>")):
            found = wrapped
            break
    return found, html.unescape(found.replace("<br>", " ")) != whole


# Lines and marks that carry no data.


def guide(mode: Mode, **where: Any) -> dict[str, Any]:
    """A hairline below the marks."""
    line = {"color": INK[mode].grid, "width": 1} | where.pop("line", {})
    return {"type": "line", "layer": "below", "line": line} | where


def across(mode: Mode, y: float, **line: Any) -> dict[str, Any]:
    """A hairline from edge to edge: the baseline of a row."""
    return guide(mode, xref="paper", x0=0, x1=1, y0=y, y1=y, line=line)


def upright(mode: Mode, x: object, y0: float, y1: float, **line: Any) -> dict[str, Any]:
    """A hairline from ``y0`` to ``y1``, in the stronger grey of an axis."""
    return guide(mode, x0=x, x1=x, y0=y0, y1=y1, line={"color": INK[mode].rule} | line)


def round_below(top: float) -> float:
    """The largest 1, 2 or 5 times a power of ten that is not above ``top``: a tick."""
    power = 10.0 ** math.floor(math.log10(top))
    return max(step * power for step in (1, 2, 5) if step * power <= top * 1.0001)


def levels(places: Sequence[float], gap: float) -> list[int]:
    """For sorted places, the lowest level on which each is at least ``gap`` from the one before.

    Marks of one row that would cover each other are stacked by it.
    """
    last: list[float] = []
    found = []
    for place in places:
        free = (level for level, taken in enumerate(last) if place - taken >= gap)
        level = next(free, len(last))
        last[level : level + 1] = [place]
        found.append(level)
    return found
