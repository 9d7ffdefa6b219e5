"""The points of a keyword's chart: how often it is used per period and source."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from dashboard.arrays import centred_sums
from dashboard.charts.parts import dates
from dashboard.charts.parts.text import escape
from dashboard.charts.parts.theme import SourceStyle, by_rank, records, style_for

Measure = Literal["per_10k", "share", "count"]
Scale = Literal["linear", "log"]

_TOGETHER: Final = -1  # rank of the row in which sources are added up


#: Of the marks: what :func:`data_of` gives.
HOVER: Final = (
    "%{customdata[2]}<br>%{customdata[3]}: %{customdata[4]}<br>%{customdata[5]}<extra></extra>"
)


@dataclass(frozen=True, slots=True)
class Point:
    """One row of the table (or several added up)."""

    whose: str | None  # id of the source; of keywords drawn together the number, from 1
    text: str | None  # the period as in the table
    period: dates.Period | None
    count: float
    n_articles: float
    n_with: float
    n_words: float
    value: float | None
    window: int = 1  # periods that it is smoothed over
    ends: tuple[float, float] | None = None  # of its 95 % interval


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one row of the chart, the undated last; ``left_out``: those that count in it,
    but are too early to be drawn."""

    style: SourceStyle
    points: list[Point]
    left_out: Sequence[Point] = ()

    @property
    def dated(self) -> list[Point]:
        """Those on the dated axis."""
        return [point for point in self.points if point.period]

    @property
    def undated(self) -> list[Point]:
        """Those in the lane right of it."""
        return [point for point in self.points if not point.period]

    @property
    def is_sum(self) -> bool:
        """Whether several sources are added up in it."""
        return self.style.rank == _TOGETHER


def points_of(table: pd.DataFrame, measure: Measure, whose: str | None = None) -> list[Point]:
    """One a row of the table ``trends``, by date, the undated last. ``whose``: of all of them, else
    the source's."""

    def number(record: Mapping[str, Any], column: str) -> float:
        value = record.get(column)
        return math.nan if value is None or pd.isna(value) else float(value)

    found = []
    for record in records(table):
        own, text = whose or record["source_id"], record["period"]
        value = number(record, measure)
        found.append(
            Point(
                own if isinstance(own, str) else None,
                text if isinstance(text, str) else None,
                dates.parse_period(text),
                number(record, "count"),
                number(record, "n_articles"),
                number(record, "n_with"),
                number(record, "n_words"),
                None if math.isnan(value) else value,
                ends=_ends(record, measure),
            )
        )
    return sorted(found, key=lambda point: dates.in_time(point.period, point.text))


def _ends(record: Mapping[str, Any], measure: Measure) -> tuple[float, float] | None:
    """The interval of a rate or a share; a count has none."""
    columns = {"per_10k": ("rate_low", "rate_high"), "share": ("ci_low", "ci_high")}
    low, high = (record.get(name) for name in columns.get(measure, ("", "")))
    return None if low is None or high is None or low != low else (float(low), float(high))


def are_few(points: Iterable[Point]) -> bool:
    """Whether there are so few dates that each is drawn by itself, and no line."""
    return len({point.period.start for point in points if point.period}) <= dates.MAX_DOTS


def lone_periods(points: Iterable[Point]) -> set[str]:
    """The lone first periods that are not drawn: see ``dates.early``."""
    found: dict[str, float] = {}
    for point in points:
        if point.text is not None and not math.isnan(point.n_articles):
            found[point.text] = found.get(point.text, 0.0) + point.n_articles
    return dates.early(found)


def series_of(
    points: Sequence[Point], styles: Mapping[str, SourceStyle], measure: Measure
) -> list[Series]:
    """A row each for the sources with a number, one for the others added up, one for the unknown;
    a single other source is a row like the others."""
    by_source: dict[str | None, list[Point]] = {}
    for point in points:
        by_source.setdefault(point.whose, []).append(point)
    ids = by_rank(styles, [each for each in by_source if each is not None])
    rest = [each for each in ids if style_for(styles, each).rank <= 0]
    rest = rest if len(rest) > 1 else []
    rows = [Series(style_for(styles, each), by_source[each]) for each in ids if each not in rest]
    if rest:
        together: dict[str | None, list[Point]] = {}
        for point in points:
            if point.whose in rest:
                together.setdefault(point.text, []).append(point)
        summed = [_sum(group, measure) for group in together.values()]
        rows.append(Series(SourceStyle(f"Other sources ({len(rest)})", _TOGETHER), summed))
    if None in by_source:
        rows.append(Series(style_for(styles, None), by_source[None]))
    return rows


def without(row: Series, periods: Collection[str]) -> Series:
    """The row with the points of these periods left out."""
    drawn = [point for point in row.points if point.text not in periods]
    return Series(row.style, drawn, [point for point in row.points if point.text in periods])


def _sum(group: Sequence[Point], measure: Measure) -> Point:
    count, n_articles, n_with, n_words = (
        sum(getattr(point, name) for point in group)
        for name in ("count", "n_articles", "n_with", "n_words")
    )
    value = _value(measure, count, n_articles, n_with, n_words, per=count)
    return Point(None, group[0].text, group[0].period, count, n_articles, n_with, n_words, value)


def smoothed(points: Sequence[Point], measure: Measure, window: int) -> list[Point]:
    """Dated points of one source, in order, each over ``window`` periods: its own, and as many
    before it as after. Both parts of a rate are added up; a count is a mean over those there
    are."""
    if window < 2 or not points:
        return list(points)
    places = np.asarray([point.period.ordinal for point in points if point.period])
    parts = [[p.count, p.n_articles, p.n_with, p.n_words, 1.0] for p in points]
    sums = centred_sums(places, np.asarray(parts), window).tolist()
    found = []
    for point, (count, n_articles, n_with, n_words, n) in zip(points, sums, strict=True):
        value = _value(measure, count / n, n_articles, n_with, n_words, per=count)
        found.append(
            replace(
                point, count=count, n_articles=n_articles, n_with=n_with, n_words=n_words,
                value=value, window=window, ends=None,
            )
        )  # fmt: skip
    return found


def _value(
    measure: Measure, count: float, n_articles: float, n_with: float, n_words: float, per: float
) -> float | None:
    """``count``: what it is as a count; ``per``: the uses that the words are of."""
    part, whole = {
        "count": (count, 1.0),
        "per_10k": (1e4 * per, n_words),
        "share": (n_with, n_articles),
    }[measure]
    return part / whole if whole > 0 and not math.isnan(part) else None  # NaN > 0 is false


def peak_words(top: Point, measure: Measure) -> str:
    """What stands at a line's highest point, escaped: "23.1, Q2 2020 (n = 312)", n its articles."""
    assert top.period is not None
    n = "" if math.isnan(top.n_articles) else f" (n = {top.n_articles:,.0f})"
    return f"{value_words(top.value, measure)}, {escape(top.period.words)}{n}"


def value_words(value: float | None, measure: Measure) -> str:
    """ "42 %", "1,204", "3.1"; "unknown"."""
    if value is None:
        return "unknown"
    if measure == "share":
        return f"{100 * value:.0f} %"
    if measure == "count":
        return f"{value:,.0f}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def denominator(points: Iterable[Point], measure: Measure) -> str:
    """ "1 in 1,036 words", "2 of 7 articles": the row's whole, undated included."""
    points = list(points)
    count, n_with, n_words, n_articles = (
        sum(getattr(point, name) for point in points)
        for name in ("count", "n_with", "n_words", "n_articles")
    )
    if measure == "share" and not math.isnan(n_with + n_articles):
        return f"{n_with:,.0f} of {articles(n_articles)}"
    if not math.isnan(n_words):
        return f"{count:,.0f} in {n_words:,.0f} words"
    return f"{count:,.0f} in {articles(n_articles)}"


def articles(n: float) -> str:
    """ "1 article", "1,204 articles"; a number that a table doesn't have is NaN."""
    return f"{n:,.0f} {'article' if n == 1 else 'articles'}"


def _ends_words(point: Point, measure: Measure) -> str:
    if point.ends is None:
        return ""
    low, high = (value_words(end, measure) for end in point.ends)
    return f" ({low} to {high})"


def data_of(points: Iterable[Point], style: SourceStyle, measure: Measure) -> list[list[Any]]:
    """The customdata of points: whose they are, period, then what a box says; the source of
    several added up is ``""``."""
    return [
        [
            "" if style.rank == _TOGETHER else point.whose,
            point.text,
            escape(style.name, 44),
            escape(point.period.words if point.period else "undated"),
            value_words(point.value, measure)
            + {"per_10k": " per 10,000 words"}.get(measure, "")
            + _ends_words(point, measure),
            denominator([point], "share" if measure == "share" else "count")
            + (f", {point.window} periods around it" if point.window > 1 else ""),
        ]
        for point in points
    ]
