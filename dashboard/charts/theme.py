"""The one look of every figure: template, source colours and shapes.

Hue means source and nothing else; solid is known, open or pale is uncertain.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, cast

import pandas as pd
import plotly.graph_objects as go

__all__ = [
    "ALL_SOURCES",
    "OTHER_COLOR",
    "SOURCE_COLORS",
    "SOURCE_SYMBOLS",
    "Mode",
    "SourceStyle",
    "figure",
    "style_for",
    "template",
]

Mode = Literal["light", "dark"]

#: Colour per source rank 1 … 6; colour and shape travel together.
SOURCE_COLORS: Final[Mapping[Mode, Mapping[int, str]]] = {
    "light": {
        1: "#2F62C4",
        2: "#C77D0A",
        3: "#0B998B",
        4: "#70205F",
        5: "#B3362A",
        6: "#9079C8",
    },
    "dark": {1: "#6E9BF0", 2: "#EBBE4D", 3: "#47CDB0", 4: "#BF78A8", 5: "#EE8152", 6: "#D4CCEA"},
}
SOURCE_SYMBOLS: Final[Mapping[int, str]] = {
    1: "circle",
    2: "square",
    3: "diamond",
    4: "triangle-up",
    5: "pentagon",
    6: "hexagon2",
}
#: Sources beyond the sixth, and articles whose source is unknown.
OTHER_COLOR: Final[Mapping[Mode, str]] = {"light": "#8B8F96", "dark": "#8A8F98"}
OTHER_SYMBOL: Final = "cross"
#: The one series of a table in which the sources are counted together.
ALL_SOURCES: Final = "All sources"


@dataclass(frozen=True, slots=True)
class Ink:
    """The neutral colours of one mode."""

    paper: str
    ink: str
    muted: str
    rule: str
    grid: str
    quiet: str
    slate: str  # topics, keywords, all sources together: what has no hue


INK: Final[Mapping[Mode, Ink]] = {
    "light": Ink("#FDFDFD", "#15181D", "#5B6068", "#DADCDD", "#E9EAEB", "#D6D9DB", "#56687B"),
    "dark": Ink("#15171B", "#E8E7E2", "#A3A8B0", "#33373E", "#272B31", "#3A3F47", "#92A2B3"),
}


@dataclass(frozen=True, slots=True)
class SourceStyle:
    """How one source is drawn everywhere.

    Parameters
    ----------
    name
        Display name, untrusted text.
    rank
        1, 2, … in the stable order kept with the corpus; 1 … 6 have a colour and a shape.
    """

    name: str
    rank: int

    @property
    def order(self) -> float:
        """What sources are sorted by: the rank, or last where there is none."""
        return self.rank if self.rank > 0 else math.inf

    def color(self, mode: Mode) -> str:
        """Hex colour; grey beyond rank 6, slate where all sources are counted together."""
        if self.name == ALL_SOURCES:
            return INK[mode].slate
        return SOURCE_COLORS[mode].get(self.rank, OTHER_COLOR[mode])

    @property
    def symbol(self) -> str:
        """Plotly marker symbol."""
        if self.name == ALL_SOURCES:
            return SOURCE_SYMBOLS[1]
        return SOURCE_SYMBOLS.get(self.rank, OTHER_SYMBOL)


def style_for(styles: Mapping[str, SourceStyle], source_id: str | None) -> SourceStyle:
    """The style of a source by its id; the unknown one (``None``) and unlisted ones are grey."""
    if source_id is None:
        return SourceStyle("Source unknown", 0)
    return styles.get(source_id) or SourceStyle(source_id, 0)


def by_rank(styles: Mapping[str, SourceStyle], source_ids: Sequence[str]) -> list[str]:
    """Ids of sources in their stable order: ranked ones first, then by id."""
    return sorted(source_ids, key=lambda each: (style_for(styles, each).order, each))


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as plain dictionaries."""
    return cast("list[dict[str, Any]]", table.to_dict("records"))


@cache
def _template_json() -> dict[str, Any]:
    text = Path(__file__).with_name("template.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def template(mode: Mode) -> go.layout.Template:
    """The plotly template for light or dark. Shared: don't change the returned object."""
    return go.layout.Template(_template_json()[mode])


def figure(mode: Mode, height: float, **layout: Any) -> go.Figure:
    """An empty figure in the house style, ``height`` pixels tall in all, margins included."""
    made = go.Figure()
    # automargin and autorange cost a second layout pass and make marks jump; ranges are given.
    margin = {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0} | layout.pop("margin", {})
    made.update_layout(template=template(mode), height=math.ceil(height), margin=margin, **layout)
    return made


def faded(color: str, opacity: float) -> str:
    """``#RRGGBB`` as ``rgba(…)``."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def bar_fill(color: str, pale: bool, mode: Mode) -> str:
    """Solid for what is known, pale for what isn't."""
    return faded(color, 0.2 if mode == "light" else 0.24) if pale else color


_SIDES: Final[Mapping[str, tuple[int, float]]] = {
    # corners and turn (degrees clockwise from the top) of the polygon of a symbol
    "square": (4, 45),
    "diamond": (4, 0),
    "triangle-up": (3, 0),
    "pentagon": (5, 0),
    "hexagon2": (6, 30),
}


def pixel_mark(
    style: SourceStyle, x: float, y: float, mode: Mode, *, dx: float = 6, radius: float = 6
) -> dict[str, Any]:
    """A source's mark as a shape of fixed size, ``dx`` pixels right of (x, y).

    A marker's place can't be given in pixels; a heading's mark must keep its distance from the
    baseline at any width.
    """
    shape: dict[str, Any] = {
        "xref": "x",
        "yref": "y",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": x,
        "yanchor": y,
        "fillcolor": style.color(mode),
        "line": {"width": 0},
    }
    if style.symbol in _SIDES:
        corners, turn = _SIDES[style.symbol]
        reach = radius * {3: 1.15, 4: 1.2}.get(corners, 1.05)
        angles = [math.radians(turn + 360 * i / corners) for i in range(corners)]
        points = [f"{dx + reach * math.sin(a):.2f},{reach * math.cos(a):.2f}" for a in angles]
        return shape | {"type": "path", "path": "M" + "L".join(points) + "Z"}
    if style.symbol == "circle":
        box = {"x0": dx - radius, "x1": dx + radius, "y0": -radius, "y1": radius}
        return shape | {"type": "circle"} | box
    a, b = radius / 3, radius
    corners_of_cross = [(-a, b), (a, b), (a, a), (b, a), (b, -a), (a, -a)]
    half = [f"{dx + x:.2f},{y:.2f}" for x, y in corners_of_cross]
    other = [f"{dx - x:.2f},{-y:.2f}" for x, y in corners_of_cross]
    return shape | {"type": "path", "path": "M" + "L".join(half + other) + "Z"}
