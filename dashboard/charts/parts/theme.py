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
    "MOST_KEYWORDS",
    "MOST_SOURCES",
    "OTHER_COLOR",
    "SOURCE_COLORS",
    "SOURCE_SYMBOLS",
    "KeywordStyle",
    "Mode",
    "SourceStyle",
    "figure",
    "style_for",
    "template",
]

Mode = Literal["light", "dark"]

#: Colour of each number that a source can have; colour and shape travel together. The least
#: distance of two in OKLab, for normal, protan, deutan and tritan vision, is .075 (light) and .081
#: (dark), and each stands out from the paper by 3:1 or more.
SOURCE_COLORS: Final[Mapping[Mode, Mapping[int, str]]] = {
    "light": {
        1: "#2F62C4",
        2: "#C77D0A",
        3: "#0B998B",
        4: "#70205F",
        5: "#B3362A",
        6: "#9079C8",
        7: "#3B3B00",
        8: "#003B89",
        9: "#932745",
        10: "#89629D",
        11: "#584E93",
        12: "#9D4E6C",
    },
    "dark": {
        1: "#6E9BF0",
        2: "#EBBE4D",
        3: "#47CDB0",
        4: "#BF78A8",
        5: "#EE8152",
        6: "#D4CCEA",
        7: "#C4F5D8",
        8: "#6C76D8",
        9: "#C45831",
        10: "#A758A7",
        11: "#93E29D",
        12: "#B1B1EB",
    },
}
SOURCE_SYMBOLS: Final[Mapping[int, str]] = {
    1: "circle",
    2: "square",
    3: "diamond",
    4: "triangle-up",
    5: "pentagon",
    6: "hexagon2",
    7: "triangle-down",
    8: "star",
    9: "hourglass",
    10: "bowtie",
    11: "triangle-right",
    12: "star-diamond",
}
#: Sources that can be told apart at once.
MOST_SOURCES: Final = len(SOURCE_SYMBOLS)
#: Sources that are not drawn, and articles whose source is unknown.
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
        1 … :data:`MOST_SOURCES`, its number in what is drawn, with a colour and a shape; 0 for the
        others.
    place
        1 … :data:`MOST_SOURCES`, where it stands in a row of sources; 0: where its rank says.
    """

    name: str
    rank: int
    place: int = 0

    @property
    def order(self) -> float:
        """What sources are sorted by: the place, or last where there is none."""
        return (self.place or self.rank) if self.rank > 0 else math.inf

    def color(self, mode: Mode) -> str:
        """Hex colour; grey for what is not drawn, slate where all sources are counted together."""
        if self.name == ALL_SOURCES:
            return INK[mode].slate
        return SOURCE_COLORS[mode].get(self.rank, OTHER_COLOR[mode])

    @property
    def symbol(self) -> str:
        """Plotly marker symbol."""
        if self.name == ALL_SOURCES:
            return SOURCE_SYMBOLS[1]
        return SOURCE_SYMBOLS.get(self.rank, OTHER_SYMBOL)

    @property
    def dash(self) -> str:
        """Plotly dash of a line."""
        return "solid"

    @property
    def width(self) -> float:
        """Pixels of a line."""
        return 1.5


@dataclass(frozen=True, slots=True)
class KeywordStyle(SourceStyle):
    """How one of several keywords is drawn beside the others: as hue means source, by tone, dash
    and mark, which need no colour vision. ``rank``: 1 … :data:`MOST_KEYWORDS`."""

    def color(self, mode: Mode) -> str:
        return INK[mode].ink if self.rank % 2 else INK[mode].slate

    @property
    def symbol(self) -> str:
        return SOURCE_SYMBOLS[1 if self.rank <= 2 else 2]

    @property
    def dash(self) -> str:
        return _DASHES[self.rank - 1]

    @property
    def width(self) -> float:
        return 2.0


#: Of the lines of keywords, in their order; the first two are also two tones.
_DASHES: Final = ("solid", "solid", "6px,3px", "2px,3px")
#: Keywords that can be told apart in one chart.
MOST_KEYWORDS: Final = len(_DASHES)


def style_for(styles: Mapping[str, SourceStyle], source_id: str | None) -> SourceStyle:
    """The style of a source by its id; the unknown one (``None``) and unlisted ones are grey."""
    if source_id is None:
        return SourceStyle("Source unknown", 0)
    return styles.get(source_id) or SourceStyle(source_id, 0)


def numbered(drawn: Sequence[str], usual: Mapping[str, int]) -> dict[str, int]:
    """The number of each source drawn, by id: its usual one where that is free, else the first that
    is. One more at the end changes none of those before it.

    Parameters
    ----------
    drawn
        Ids in the order of the choice, at most :data:`MOST_SOURCES`.
    usual
        The numbers that some sources have whenever they can.
    """
    found: dict[str, int] = {}
    for source in drawn:
        free = [n for n in SOURCE_SYMBOLS if n not in found.values()]
        wanted = usual.get(source)
        found[source] = wanted if wanted in free else free[0]
    return found


def by_rank(styles: Mapping[str, SourceStyle], source_ids: Sequence[str]) -> list[str]:
    """Ids of sources in the order of their numbers, those without one last, by id."""
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


def _polygon(corners: int, turn: float, inner: float = 0) -> list[tuple[float, float]]:
    """Corners on the unit circle, the first ``turn`` degrees clockwise from the top; ``inner``: the
    radius of the notches of a star."""
    radii = [1.0, inner] if inner else [1.0]
    n = corners * len(radii)
    angles = [math.radians(turn + 360 * i / n) for i in range(n)]
    return [
        (radii[i % len(radii)] * math.sin(a), radii[i % len(radii)] * math.cos(a))
        for i, a in enumerate(angles)
    ]


_CROSS: Final = [(-1, 3), (1, 3), (1, 1), (3, 1), (3, -1), (1, -1)]
#: Outlines of the symbols, of radius 1; the circle is none.
_OUTLINES: Final[Mapping[str, Sequence[tuple[float, float]]]] = {
    "square": [(1.06 * x, 1.06 * y) for x, y in _polygon(4, 45)],
    "diamond": [(1.15 * x, 1.15 * y) for x, y in _polygon(4, 0)],
    "triangle-up": [(1.15 * x, 1.15 * y) for x, y in _polygon(3, 0)],
    "pentagon": [(1.05 * x, 1.05 * y) for x, y in _polygon(5, 0)],
    "hexagon2": [(1.05 * x, 1.05 * y) for x, y in _polygon(6, 30)],
    "triangle-down": [(1.15 * x, 1.15 * y) for x, y in _polygon(3, 180)],
    "star": [(1.2 * x, 1.2 * y) for x, y in _polygon(5, 0, 0.45)],
    "hourglass": [(-0.9, 1), (0.9, 1), (-0.9, -1), (0.9, -1)],
    "bowtie": [(-1, 0.9), (1, -0.9), (1, 0.9), (-1, -0.9)],
    "triangle-right": [(1.15 * x, 1.15 * y) for x, y in _polygon(3, 90)],
    "star-diamond": [(1.25 * x, 1.25 * y) for x, y in _polygon(4, 0, 0.5)],
    OTHER_SYMBOL: [(x / 3, y / 3) for x, y in [*_CROSS, *((-x, -y) for x, y in _CROSS)]],
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
    if style.symbol == "circle":
        box = {"x0": dx - radius, "x1": dx + radius, "y0": -radius, "y1": radius}
        return shape | {"type": "circle"} | box
    points = [f"{dx + radius * x:.2f},{radius * y:.2f}" for x, y in _OUTLINES[style.symbol]]
    return shape | {"type": "path", "path": "M" + "L".join(points) + "Z"}
