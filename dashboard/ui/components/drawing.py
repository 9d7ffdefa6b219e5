"""Figures in the browser: drawn by ``static/drawing.js`` with Plotly.react, so that a figure that
is the same is neither sent nor drawn again.

``st.plotly_chart`` draws each changed figure twice, and makes the server validate and write every
figure in every run. Here a figure is finished JSON, which the cache
keeps.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio
import streamlit as st

from dashboard.charts.parts.theme import INK, Mode
from dashboard.places import SITE


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure as JSON (``data`` and ``layout``), its height in pixels (of the wide form, if there
    is one), what its marks select (``layout.clickable``) and whether its x axis is time."""

    spec: str
    height: int
    keys: tuple[str, ...] = ()
    in_time: bool = False

    @classmethod
    def of(cls, figure: go.Figure) -> Drawing:
        """The drawing of a figure made by ``dashboard.charts``, which sets a height."""
        meta = figure.layout.meta or {}
        keys = meta.get("keys", ()) if len(figure.data) else ()
        form = meta["wide"]["layout"] if "wide" in meta else figure.layout
        return cls(
            pio.to_json(figure, validate=False),
            int(form["height"]),
            tuple(keys),
            figure.layout.xaxis.type == "date",
        )


_SCRIPT = SITE / "static" / "drawing.js"


def _loader() -> str:
    """What each drawing carries along: where its code is, and where Streamlit's copy of Plotly,
    which sets ``window.Plotly``."""
    version = hashlib.sha256(_SCRIPT.read_bytes()).hexdigest()[:16]
    folder = Path(st.__file__).parent / "static" / "static" / "js"
    plotly = next(folder.glob("PlotlyChart.*.js")).name
    return f"""const at = (path) => import(new URL(path, document.baseURI));
const code = at("./app/static/{_SCRIPT.name}?{version}");
const plotly = at("./static/js/{plotly}").then(() => window.Plotly);
export default async (component) => (await code).default(component, plotly);"""


_JS = _loader()
_drawing = st.components.v2.component("newsprism_drawing", js=_JS, isolate_styles=False)
_picture = st.components.v2.component(
    "newsprism_picture",
    html='<button type="button" data-format="png">PNG</button>'
    '<button type="button" data-format="svg">SVG</button>',
    js=_JS,
    isolate_styles=False,
)


def theme() -> Mode:
    """Which of the two themes the browser shows."""
    return "dark" if st.context.theme.type == "dark" else "light"


def preload() -> None:
    """Let the browser fetch Plotly while the server works on the page."""
    with st.container(key="np-preload"):
        _drawing()


def show(
    drawing: Drawing,
    key: str,
    alt: str,
    on_click: Callable[[], None] | None = None,
    on_brush: Callable[[], None] | None = None,
) -> None:
    """The drawing, as wide as there is room.

    Parameters
    ----------
    drawing
        From ``View.drawing``.
    key
        Unique on the page.
    alt
        What a screen reader says.
    on_click
        Called when a mark with customdata is clicked: see ``state.clicked``.
    on_brush
        Called when a stretch of the x axis is drawn over: see ``state.brushed``.
    """
    head = {
        "key": key,
        "alt": alt,
        "click": on_click is not None,
        "brush": on_brush is not None,
    }
    _drawing(
        key=key,
        data=f"{json.dumps(head)}\n{drawing.spec}".encode(errors="replace"),
        height=drawing.height,  # until drawing.js is there, which knows the width
        on_click_change=on_click,
        on_brush_change=on_brush,
    )


#: The source line and the link of this run: see :func:`sign`.
_SIGNED: ContextVar[tuple[str, str]] = ContextVar("signed", default=("", ""))


def sign(source: str, link: str) -> None:
    """What every picture of this run says below its note: what made it of which corpus, and the
    link to the view ("": the address that the browser shows)."""
    _SIGNED.set((source, link))


def picture(
    parts: Mapping[str, str], name: str, keys: Sequence[tuple[str, str]] = (), **words: str
) -> None:
    """Buttons that save drawings of this page as one PNG or SVG file, made in the browser.

    Parameters
    ----------
    parts
        By key of the drawing, what stands above it, or ``""``.
    name
        Of the file, without its ending.
    keys
        Address of the mark and name of each source that the drawings don't name themselves.
    words
        ``title``, ``caption`` and ``note``: text, untrusted.
    """
    ink = INK[theme()]
    asked: dict[str, Any] = {
        "parts": [{"key": part, "label": label} for part, label in parts.items()],
        "name": name,
        "keys": keys,
        "source": _SIGNED.get()[0],
        "link": _SIGNED.get()[1],
        "paper": ink.paper,
        "ink": ink.ink,
        "muted": ink.muted,
    }
    _picture(data=json.dumps(asked | words).encode(errors="replace"))
