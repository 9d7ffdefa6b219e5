"""Several keywords in one chart, all sources together: a line each, named where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from dashboard.charts.parts import dates
from dashboard.charts.parts.layout import clickable, nothing, with_wide, words_at
from dashboard.charts.parts.text import escape, text_width
from dashboard.charts.parts.theme import INK, KeywordStyle, Mode, SourceStyle, figure
from dashboard.charts.trends.lines import Panels, band, line_traces, strip
from dashboard.charts.trends.points import (
    Measure,
    Point,
    Scale,
    Series,
    are_few,
    articles,
    lone_periods,
    peak_words,
    points_of,
    smoothed,
    without,
)
from dashboard.charts.trends.trends import dots

#: With more keywords than that, their intervals would smother each other.
MOST_BANDS: Final = 2
_PANEL: Final = 250.0  # pixels
_KEY_ROW: Final = 19.0  # pixels of a keyword above the chart of a phone
_SAMPLE: Final = 22.0  # pixels of line before a name
_PEAK: Final = 11  # font size
_LEAST, _PHONE = 700.0, 350.0  # pixels that the two forms have at the least
_NAMES: Final = 0.2  # of the wide form: for the names, right of the lines
_NAME_ROW: Final = 36.0  # pixels of a name with its line of notes
_LEFT, _RIGHT = 0.12, 0.012  # of the dates: room before them, for the ticks, and after them
_LANE: Final = 0.09  # of it: for the undated


def together(
    trends: pd.DataFrame,
    keywords: Sequence[str],
    mode: Mode,
    measure: Measure = "per_10k",
    scale: Scale = "linear",
) -> go.Figure:
    """A line for each of ``keywords``, told apart by tone and dash: hue means source.

    Parameters
    ----------
    trends
        As ``trends_together`` has it: the columns of ``trends`` without the source. A period
        without a row is a gap.
    keywords
        At most ``theme.MOST_KEYWORDS``; a keyword's number in customdata is its place here, from 1.
    measure, scale
        As for ``trends``.

    Returns
    -------
    go.Figure
        With at most ``dates.MAX_DOTS`` dated periods a row of marks for each keyword, otherwise one
        panel of lines over grey bars of ``n_articles``; the bands of 95 % intervals of at most
        ``MOST_BANDS`` keywords. customdata ``[number, period, …]``, the number of a bar ``None``.
    """
    rows = []
    for number, keyword in enumerate(keywords, start=1):
        points = points_of(trends[trends["keyword"] == keyword], measure, whose=str(number))
        rows += [Series(KeywordStyle(keyword, number), points)] * bool(points)
    if not rows:
        return nothing(mode)
    if are_few(rows[0].points):
        return clickable(dots(rows, mode, measure), "nth", "period")
    early = lone_periods(rows[0].points)
    rows = [without(row, early) for row in rows]
    window = int(trends["window"].max()) if "window" in trends else 1
    lines = [smoothed(row.dated, measure, window) for row in rows]
    forms = [_drawn(rows, lines, mode, measure, scale, wide=wide) for wide in (False, True)]
    return with_wide(*(clickable(form, "nth", "period") for form in forms))


@dataclass(frozen=True, slots=True)
class _Room:
    """Where things stand from left to right: parts of the figure, in which the dated axis ends and
    the undated lane begins, and the pixels that the dated axis has at the least."""

    end: float
    lane: float
    pixels: float

    @classmethod
    def of(cls, *, undated: bool, wide: bool) -> _Room:
        if wide:
            end = 1 - _NAMES - _LANE * undated
            return cls(end, 1 - _LANE, _LEAST * end)
        end = 0.82 if undated else 1.0
        return cls(end, 0.84, _PHONE * end)


def _drawn(
    rows: Sequence[Series], lines: Sequence[Sequence[Point]], mode: Mode, measure: Measure,
    scale: Scale, *, wide: bool,
) -> go.Figure:  # fmt: skip
    of = Panels.of(rows, lines, measure, scale, wide=wide)
    panels = replace(of, n=1, label=0.0, alone=_PANEL)
    above = 6.0 if wide else _KEY_ROW * len(rows) + 6
    undated = any(row.undated for row in rows)
    room = _Room.of(undated=undated, wide=wide)
    made = figure(mode, panels.height + above + 34, margin={"t": above, "b": 34}, bargap=0)
    periods = [p.period for p in rows[0].points if p.period]
    first, last = min(p.start for p in periods), max(p.start for p in periods)
    counted = Series(
        SourceStyle("All in view", 0), [replace(p, whose=None) for p in rows[0].points], ()
    )
    most = max((p.n_articles for p in counted.points if p.n_articles > 0), default=1.0)
    if len(rows) <= MOST_BANDS:
        for row, line in zip(rows, lines, strict=True):
            if any(point.ends for point in line):
                made.add_trace(band(line, panels, row.style, mode))
    for i, (row, line) in enumerate(zip(rows, lines, strict=True), start=1):
        made.add_traces(line_traces(line, panels, row.style, mode, measure, True))
        for trace in line_traces(row.undated, panels, row.style, mode, measure, True):
            x = [i / (len(rows) + 1)] * len(trace.y)
            made.add_trace(trace.update(x=x, xaxis="x2", mode="markers"))
    made.add_trace(strip(counted, mode, most, panels.top))  # last in the list of the marks
    axis, lane = dates.lanes(True, undated)
    span = dates.span_days(first, last, 0)
    time = {"range": [dates.moved(first, -_LEFT * span), dates.moved(last, _RIGHT * span)]}
    labels = _peaks(rows, lines, panels, measure, mode, room, (first, last), wide=wide)
    names, samples = (_beside if wide else _above)(rows, lines, panels, mode, room)
    made.update_layout(
        yaxis=panels.axis(0),
        xaxis=axis
        | time
        | {
            "type": "date",
            "nticks": 5,
            "domain": [0, room.end],
            "anchor": "free",
            "position": 0,
        },
        annotations=[*labels, *names],
        shapes=samples,
    )
    if lane:
        where = {"domain": [room.lane, 1], "anchor": "free", "position": 0, "tickvals": [0.5]}
        made.update_layout(xaxis2=lane | where)
    return made


@dataclass(frozen=True, slots=True)
class _Box:
    """A label's place in pixels, from the left end of the dated axis and the foot of the panel."""

    left: float
    right: float
    low: float
    high: float

    def covers(self, other: _Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.low < other.high and other.low < self.high

    def crosses(self, x: NDArray[Any], y: NDArray[Any]) -> bool:
        """Whether a line through these points passes through it."""
        at = np.linspace(self.left, self.right, 400)
        height = np.interp(at, x, y, left=np.nan, right=np.nan)
        return bool(((height > self.low) & (height < self.high)).any())


def _peaks(
    rows: Sequence[Series], lines: Sequence[Sequence[Point]], panels: Panels, measure: Measure,
    mode: Mode, room: _Room, ends: tuple[date, date], *, wide: bool,
) -> list[dict[str, Any]]:  # fmt: skip
    """The labels of the lines' highest points, the highest first; one that finds no place where it
    covers neither a line nor another is left out."""
    days = max((ends[1] - ends[0]).days, 1)

    def places(points: Sequence[Point]) -> tuple[NDArray[Any], NDArray[Any]]:
        x = [(p.period.start - ends[0]).days / days for p in points if p.period]
        y = [panels.pixels(panels.place(p.value) or 0.0) for p in points if p.period]
        return (np.asarray(x) + _LEFT) / (1 + _LEFT + _RIGHT) * room.pixels, np.asarray(y)

    drawn = [places(line) for line in lines]
    tops = [(row, max(used, key=lambda p: p.value or 0.0))
            for row, line in zip(rows, lines, strict=True)
            if (used := [p for p in line if p.value])]  # fmt: skip
    taken: list[_Box] = []
    found = []
    for row, top in sorted(tops, key=lambda each: -(each[1].value or 0.0)):
        words = peak_words(top, measure)
        name = "" if wide else f"<b>{escape(row.style.name, 20)}</b><br>"
        width = max(text_width(words, _PEAK), text_width(row.style.name[:20], _PEAK) * (not wide))
        (x,), (y,) = places([top])
        for side, before in (("center", 0.5), ("right", 1.0), ("left", 0.0)):
            left = x - before * width
            box = _Box(left, left + width, y + 4, y + (17 if wide else 31))
            inside = box.left >= 0 and box.right <= room.pixels
            free = not any(map(box.covers, taken)) and not any(box.crosses(*line) for line in drawn)
            if inside and free:
                assert top.period is not None
                taken.append(box)
                font = {"size": _PEAK, "color": row.style.color(mode)}
                found.append(
                    words_at(
                        name + words, x=top.period.start.isoformat(), y=panels.place(top.value),
                        yshift=4, yanchor="bottom", xanchor=side, font=font, align=side,
                    )
                )  # fmt: skip
                break
    return found


def _apart(wanted: Sequence[float], gap: float, top: float) -> list[float]:
    """Ascending places at least ``gap`` from each other and from 0 and ``top``, as near to those
    ``wanted`` (ascending) as may be: what is too close moves apart around its middle."""
    blocks: list[tuple[float, int]] = []  # sum of what is wanted, without the gaps, and how many
    for i, place in enumerate(wanted):
        total, n = place - i * gap, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / n:
            more, others = blocks.pop()
            total, n = total + more, n + others
        blocks.append((total, n))
    least, most = gap / 2, top - gap / 2 - (len(wanted) - 1) * gap
    bases = [min(max(total / n, least), most) for total, n in blocks for _ in range(n)]
    return [base + i * gap for i, base in enumerate(bases)]


def _beside(
    rows: Sequence[Series], lines: Sequence[Sequence[Point]], panels: Panels, mode: Mode,
    room: _Room,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:  # fmt: skip
    """Names at the ends of the lines, as far apart as they need to be, and what leads to them."""
    ends = [panels.pixels(panels.place(line[-1].value) or 0.0) if line else 0.0 for line in lines]
    order = sorted(range(len(rows)), key=lambda i: ends[i])
    apart = _apart([ends[i] for i in order], _NAME_ROW, _PANEL)
    places = dict(zip(order, apart, strict=True))
    names, leads = [], []
    for i, row in enumerate(rows):
        said = articles(sum(p.n_with for p in [*row.points, *row.left_out]))
        muted = f'<span style="color:{INK[mode].muted};font-size:12px">in {said}</span>'
        names.append(
            words_at(
                f"<b>{escape(row.style.name, 18)}</b><br>{muted}", x=room.end, xref="paper",
                xanchor="left", xshift=_SAMPLE + 6, y=panels.at(places[i]), yanchor="middle",
                align="left", font={"size": 13, "color": INK[mode].ink},
            )
        )  # fmt: skip
        where = {"y0": panels.at(ends[i]), "y1": panels.at(places[i]), "yref": "y"}
        leads.append(_sample(row.style, mode, room.end, 2.0) | where)
    return names, leads


def _above(
    rows: Sequence[Series], lines: Sequence[Sequence[Point]], panels: Panels, mode: Mode,
    room: _Room,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:  # fmt: skip
    """Names above the chart, a row each: a phone has no room at the ends of the lines."""
    names, samples = [], []
    for i, row in enumerate(rows):
        up = _KEY_ROW * (len(rows) - i - 0.5) + 6
        said = articles(sum(p.n_with for p in [*row.points, *row.left_out]))
        muted = f'<span style="color:{INK[mode].muted};font-size:12px">in {said}</span>'
        names.append(
            words_at(
                f"<b>{escape(row.style.name, 26)}</b>&nbsp; {muted}", x=0, xref="paper",
                xanchor="left", xshift=_SAMPLE + 8, y=1, yref="paper", yanchor="middle", yshift=up,
                font={"size": 13, "color": INK[mode].ink},
            )
        )  # fmt: skip
        where = {"yref": "paper", "ysizemode": "pixel", "yanchor": 1, "y0": up, "y1": up}
        samples.append(_sample(row.style, mode, 0.0, 0.0) | where)
    return names, samples


def _sample(style: SourceStyle, mode: Mode, x: float, shift: float) -> dict[str, Any]:
    """A short piece of a line, from ``shift`` pixels right of ``x`` on."""
    line = {"color": style.color(mode), "width": style.width, "dash": style.dash}
    return {
        "type": "line", "xref": "paper", "xsizemode": "pixel", "xanchor": x, "x0": shift,
        "x1": shift + _SAMPLE, "line": line,
    }  # fmt: skip
