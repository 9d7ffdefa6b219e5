"""A map of the articles: near each other, alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard.charts.parts.layout import clickable, nothing
from dashboard.charts.parts.text import clean, escape, text_width, whole_percent, wrap
from dashboard.charts.parts.theme import INK, Mode, faded, figure, template
from dashboard.charts.parts.traces import marks
from dashboard.wording import count

#: Beyond this many articles their density is drawn, not each as a mark.
MAX_MARKS: Final = 5_000
MOST_NAMES: Final = 20
_HEIGHT: Final = 480.0
_ROOM: Final = 1.04  # around the outermost marks
_ROOM_TO_FADE: Final = 1.14  # the same around their density
_HOVER: Final = (
    "%{customdata[3]}<br>%{hovertext}<br>%{customdata[2]} % of the article<extra></extra>"
)
_WIDTHS: Final = (358.0, 900.0)  # of the figure, on a phone and on a wide screen
_CELLS: Final = 80
_BLUR: Final = np.exp(-(np.arange(-4, 5) ** 2) / (2 * 1.5**2))  # in cells
_LEVELS: Final = 7
_LINE: Final = 17.0  # height of a name with its halo
#: Where a name may stand, in pixels above the middle of its marks, the best first.
_SHIFTS: Final = [lines * _LINE for lines in (0, 1, -1, 2, -2)]
_LETTERS: Final = 24

_Box = tuple[float, float, float]  # middle of a name and its width, in pixels


def topic_map(
    table: pd.DataFrame, topics: pd.DataFrame, mode: Mode, chosen: Sequence[str] = ()
) -> go.Figure:
    """Articles as marks, or their density, with the names of the largest topics.

    Parameters
    ----------
    table
        Columns article_id, x, y (any unit, no axis is drawn; NaN: left out), topic_id (its main
        topic), share (of the article's words in it), and for the boxes of marks title.
    topics
        Columns topic_id, label, and where known kind: only themes are named.
    chosen
        Ids of the topics whose marks stand out in ink; the others are then paler.

    Returns
    -------
    go.Figure
        Up to :data:`MAX_MARKS` rows: one trace a topic, customdata ``[article_id, topic_id,
        share]``. More: their smoothed density in steps, which can't be clicked, with the marks of
        the chosen topics, where there are not too many, on top. Names stand at the mark nearest to
        the median of their topic, chosen topics first; those that find no free place are left out.
        Without rows no traces.
    """
    placed = table[np.isfinite(table["x"].astype(float)) & np.isfinite(table["y"].astype(float))]
    if placed.empty:
        return nothing(mode)
    xy = placed[["x", "y"]].to_numpy(dtype=float)
    middle, reach = _frame(xy)
    # An article far from all others is moved to the edge: it would shrink the rest to a spot.
    xy = np.clip(xy, middle - reach, middle + reach)
    of = placed["topic_id"].astype(str).to_numpy()
    labels = {str(t): label for t, label in zip(topics["topic_id"], topics["label"], strict=True)}
    picked = np.isin(of, list(chosen))
    dense = len(of) > MAX_MARKS
    edge = reach * (_ROOM_TO_FADE if dense else _ROOM)
    made = figure(
        mode,
        _HEIGHT,
        xaxis=_axis(middle[0], edge),
        yaxis=_axis(middle[1], edge) | {"fixedrange": True, "scaleanchor": "x"},
        annotations=_names(xy, of, topics, chosen, middle, edge, mode),
    )
    marked = np.ones(len(of), dtype=bool)
    if dense:
        made.add_trace(_density(xy, of, labels, middle, edge, mode))
        marked = picked if picked.sum() <= MAX_MARKS else np.zeros(len(of), dtype=bool)
    # Where marks are many each is more transparent, so that density can be seen.
    alpha = float(np.clip(18 / np.sqrt(len(of)), 0.3, 0.85)) * (0.4 if picked.any() else 1)
    rest = faded(INK[mode].slate, alpha)
    size = 5 if len(of) <= 2000 else 4
    for topic in sorted(set(of[marked]), key=lambda t: (t in chosen, t)):  # chosen ones on top
        rows = np.flatnonzero(marked & (of == topic))
        color = INK[mode].ink if topic in chosen else rest
        marker = {"size": size, "color": color, "line": {"width": 0}, "opacity": 1}
        name = escape(labels.get(topic, topic), 60)
        x, y = xy[rows].T
        made.add_trace(marks(x, y, marker, _data(placed.iloc[rows]), _HOVER, hovertext=name))
    return clickable(made, "article")


def _axis(middle: float, edge: float) -> dict[str, Any]:
    return {"range": [middle - edge, middle + edge], "visible": False, "constrain": "domain"}


def _data(rows: pd.DataFrame) -> list[list[str]]:
    return [
        [str(article), str(topic), whole_percent(float(share)), wrap(title, 44)]
        for article, topic, share, title in zip(
            rows["article_id"],
            rows["topic_id"],
            rows["share"],
            rows["title"] if "title" in rows else [""] * len(rows),
            strict=True,
        )
    ]


def _frame(xy: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Middle (2,) and half the side of the square that holds all but the outermost marks."""
    low, high = np.quantile(xy, [0.005, 0.995], axis=0)
    slack = 0.15 * (high - low)
    low, high = np.maximum(xy.min(axis=0), low - slack), np.minimum(xy.max(axis=0), high + slack)
    return (low + high) / 2, float(max((high - low).max() / 2, 1e-9))


def _density(
    xy: NDArray[np.float64],
    of: NDArray[Any],
    labels: dict[str, Any],
    middle: NDArray[np.float64],
    reach: float,
    mode: Mode,
) -> go.Contour:
    """Articles per cell, smoothed, in steps of which each is the same distance in square roots."""
    side = 2 * reach / _CELLS
    cell = np.minimum(((xy - middle + reach) / side).astype(int), _CELLS - 1)
    number = cell[:, 1] * _CELLS + cell[:, 0]
    counts = np.bincount(number, minlength=_CELLS**2)
    ids, topic = np.unique(of, return_inverse=True)
    # The most frequent topic of each cell: the last of the pairs in order of their counts.
    pairs, n = np.unique(number * len(ids) + topic, return_counts=True)
    most = np.zeros(_CELLS**2, dtype=int)
    order = np.argsort(n, kind="stable")
    most[pairs[order] // len(ids)] = pairs[order] % len(ids)
    said = [escape(labels.get(str(t), t), 60) for t in ids]
    hover = [
        f"{count(n, 'article')} just here, most on<br>{said[m]}" if n else "No article just here"
        for n, m in zip(counts.tolist(), most.tolist(), strict=True)
    ]
    z = np.sqrt(_smoothed(counts.reshape(_CELLS, _CELLS)))
    z[z < z.max() / _LEVELS] = np.nan  # the paper shows where there is next to nothing
    scale = template(mode).layout.colorscale.sequential
    step = float(np.nanmax(z)) / _LEVELS
    return go.Contour(
        z=z,
        x0=middle[0] - reach + side / 2,
        dx=side,
        y0=middle[1] - reach + side / 2,
        dy=side,
        zmin=0,
        zmax=1.4 * float(np.nanmax(z)),  # names are read on the darkest step too
        autocontour=False,
        contours={"start": step, "end": step * _LEVELS, "size": step, "showlines": False},
        line={"width": 0, "smoothing": 0.8},
        colorscale=[list(step) for step in scale],
        showscale=False,
        hoverongaps=False,
        customdata=np.asarray(hover, dtype=object).reshape(_CELLS, _CELLS),
        hovertemplate="%{customdata}<extra></extra>",
    )


def _smoothed(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Counts (n, n) spread over the cells around them, by rows and then by columns."""
    rows = np.apply_along_axis(np.convolve, 1, counts.astype(float), _BLUR, mode="same")
    return np.apply_along_axis(np.convolve, 0, rows, _BLUR, mode="same")


def _names(
    xy: NDArray[np.float64],
    of: NDArray[Any],
    topics: pd.DataFrame,
    chosen: Sequence[str],
    middle: NDArray[np.float64],
    reach: float,
    mode: Mode,
) -> list[dict[str, Any]]:
    """Names at the median of their marks; none covers another at any width of the figure."""
    kinds = topics["kind"] if "kind" in topics else ["theme"] * len(topics)
    named = [
        (str(t), str(label).split(" · ")[0], int((of == str(t)).sum()))
        for t, label, kind in zip(topics["topic_id"], topics["label"], kinds, strict=True)
        if kind == "theme" or str(t) in chosen
    ]
    named = sorted((n for n in named if n[2]), key=lambda n: (n[0] not in chosen, -n[2], n[0]))
    taken: list[list[_Box]] = []
    made = []
    for topic, label, _ in named[:MOST_NAMES]:
        marks = xy[of == topic]
        away = ((marks - np.median(marks, axis=0)) ** 2).sum(axis=1)
        at = marks[away.argmin()]  # a topic in two places has its median between them
        from_middle = (at - middle) / reach
        width = text_width(clean(label, _LETTERS), 12) + 6  # and its halo
        for shift in _SHIFTS:
            sideways = _inwards(from_middle, width)
            boxes = [_box(from_middle, width, sideways, shift, screen) for screen in _WIDTHS]
            if any(_touch(*pair) for other in taken for pair in zip(boxes, other, strict=True)):
                continue
            taken.append(boxes)
            strong = not chosen or topic in chosen
            made.append(
                {
                    "text": escape(label, _LETTERS),
                    "x": float(at[0]),
                    "y": float(at[1]),
                    "xshift": sideways,
                    "yshift": shift,
                    "showarrow": False,
                    "font": {"size": 12, "color": INK[mode].ink if strong else INK[mode].muted},
                    "bgcolor": faded(INK[mode].paper, 0.7),
                    "borderpad": 1,
                }
            )
            break
    return made


def _inwards(place: NDArray[np.float64], width: float) -> float:
    """Pixels to move a name so that a phone doesn't cut it off."""
    half = min(_WIDTHS) / 2
    x = float(place[0]) * half
    return float(np.clip(x, width / 2 - half, half - width / 2)) - x if width < 2 * half else -x


def _box(place: NDArray[np.float64], width: float, dx: float, dy: float, screen: float) -> _Box:
    """Where a name stands in a figure of that width; ``place``: -1 to 1 from the middle."""
    half = min(screen, _HEIGHT) / 2
    return float(place[0]) * half + dx, float(place[1]) * half + dy, width


def _touch(a: _Box, b: _Box) -> bool:
    return abs(a[0] - b[0]) < (a[2] + b[2]) / 2 and abs(a[1] - b[1]) < _LINE
