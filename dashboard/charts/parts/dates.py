"""Dates and periods as places on an axis, and the ticks that name them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from dashboard.wording import count, show_day

#: Up to this many distinct days or periods each is drawn at its own place, with a tick of its own.
MAX_DOTS: Final = 8
DAY: Final = 86_400_000  # milliseconds: widths of bars on a dated axis
_PERIOD = re.compile(r"(\d{4})(?:-W(\d\d)|-Q([1-4])|-(\d\d)(?:-(\d\d))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week, month, quarter or year.

    ``ordinal`` counts periods of the same unit, so neighbours differ by one and a larger step is
    a gap.
    """

    start: date
    days: int
    ordinal: int
    label: str  # two lines for a tick: "May<br>2024"

    @property
    def words(self) -> str:
        """The label on one line."""
        return self.label.replace("<br>", " ")


def parse_day(text: object) -> date | None:
    """``YYYY-MM-DD`` as a date; anything else (undated, an EDTF interval) is ``None``."""
    # Not date.fromisoformat, which takes "20240516x." for a day.
    period = parse_period(text)
    return period.start if period and period.days == 1 else None


def parse_period(text: object) -> Period | None:
    """A period string of the trends table; ``None`` for undated or anything else."""
    found = _PERIOD.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    year, week, quarter, month, day = (int(part) if part else None for part in found.groups())
    try:
        assert year is not None
        if week:
            start = date.fromisocalendar(year, week, 1)
            return Period(start, 7, start.toordinal() // 7, f"Week {week}<br>{year}")
        if quarter:
            start = date(year, 3 * quarter - 2, 1)
            return Period(start, 91, year * 4 + quarter, f"Q{quarter}<br>{year}")
        if month is None:
            return Period(date(year, 1, 1), 365, year, str(year))
        start = date(year, month, day or 1)
    except ValueError:
        return None
    if day is None:
        _, name, _ = show_day(start).split()
        return Period(start, 30, year * 12 + month, f"{name}<br>{year}")
    return Period(start, 1, start.toordinal(), day_tick(start))


def early(articles: Mapping[str, float]) -> set[str]:
    """Of periods (name → articles) the lone first ones, which would take a quarter of the axis or
    more for at most a hundredth of the articles: they are said and not drawn. None of at most
    :data:`MAX_DOTS` periods."""
    found = {text: period for text in articles if (period := parse_period(text))}
    order = sorted(found, key=lambda text: found[text].start)
    if len(order) <= MAX_DOTS:
        return set()
    total, before, lone = sum(articles[text] for text in order), 0.0, 0
    first, last = found[order[0]].start, found[order[-1]].start
    for i, text in enumerate(order[:-1], start=1):
        before += articles[text]
        if before > max(1.0, total / 100):
            break
        if (found[order[i]].start - first) >= (last - first) / 4:
            lone = i
    return set(order[:lone])


def said_early(articles: Mapping[str, float]) -> str:
    """A sentence on the :func:`early` periods, with a space before it; "" where there are none."""
    lone = early(articles)
    if not lone:
        return ""
    first = min(period.start for text in lone if (period := parse_period(text)))
    n = int(sum(articles[text] for text in lone))
    return f" Not drawn: {count(n, 'article')} long before the others, from {first.year}."


def in_time(period: Period | None, text: str | None) -> tuple[date, str]:
    """What rows of a table are sorted by: their period, the undated (``text`` None) last."""
    return period.start if period else date.max, text or ""


def day_tick(day: date) -> str:
    """``16 May<br>2024``"""
    date_of_year, _, year = show_day(day).rpartition(" ")
    return f"{date_of_year}<br>{year}"


def span_days(first: date, last: date, share: float = 0.09) -> float:
    """Length of the :func:`padded` range in days."""
    return max((last - first).days * (1 + 2 * share), 30.0 if first == last else 1.2)


def padded(first: date, last: date, share: float = 0.09) -> list[str]:
    """Axis range with room for half a mark and half a tick label at both ends."""
    pad = (span_days(first, last, share) - (last - first).days) / 2
    return [moved(first, -pad), moved(last, pad)]


def moved(day: date, days: float) -> str:
    """``day`` plus so many days as an ISO time; stays within what a date can be."""
    start = datetime(day.year, day.month, day.day)
    try:
        return (start + timedelta(days=days)).isoformat()
    except OverflowError:
        return start.isoformat()


def real_ticks(days: Sequence[date], labels: Sequence[str], width: float = 300) -> list[str]:
    """Labels of ticks at real dates: "" where one would touch another. The ends have the choice,
    then what comes first. Nothing names a stretch: it would read as a period.

    Parameters
    ----------
    days
        Sorted, distinct.
    labels
        Two-line label of each.
    width
        Pixels that the :func:`padded` range takes on a phone.
    """
    if not days:
        return []
    pixel = span_days(days[0], days[-1]) / width
    half = [(3.1 * max(map(len, label.split("<br>"))) + 4) * pixel for label in labels]
    named: list[int] = []
    for i in dict.fromkeys((0, len(days) - 1, *range(len(days)))):
        if all(abs((days[i] - days[k]).days) >= half[i] + half[k] for k in named):
            named.append(i)
    return [label if i in named else "" for i, label in enumerate(labels)]


def tick_axis(days: Sequence[date], labels: Sequence[str], width: float = 300) -> dict[str, Any]:
    """The part of an axis that has :func:`real_ticks`, and a stroke at each date."""
    return {
        "tickmode": "array",
        "tickvals": [day.isoformat() for day in days],
        "ticktext": real_ticks(days, labels, width),
        "ticks": "outside",
        "ticklen": 4,
    }


def lanes(has_dated: bool, has_undated: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """The dated axis, and right of it a lane for what has no date, from 0 to 1."""
    lane = {
        "range": [0, 1],
        "tickmode": "array",
        "ticktext": ["Undated"],
        "fixedrange": True,
        "ticklabeloverflow": "allow",  # else a narrow figure would lose it
    }
    if not has_undated:
        return {"domain": [0, 1]}, {}
    if not has_dated:
        return {"domain": [0, 0.01], "visible": False}, lane | {"domain": [0, 1]}
    # A label that reaches beyond the dates would run into "Undated".
    dated = {"domain": [0, 0.82], "ticklabeloverflow": "hide past domain"}
    return dated, lane | {"domain": [0.84, 1]}
