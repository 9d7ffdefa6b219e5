"""Periods: one bin width for all charts over time, chosen from the dates in scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.index import Index
from dashboard.scope import Scope
from dashboard.wording import show_day

MOST_DAYS = 12  # up to so many publication days, each is shown as itself
MOST_BINS = 60
MEDIAN_ARTICLES = 5  # per filled bin: fewer, and shares jump for no reason
WIDTHS = ("day", "week", "month", "quarter", "year")


def choose_width(
    days: NDArray[np.datetime64], n_of_day: NDArray[np.int64], most_bins: int = MOST_BINS
) -> str:
    """The finest of ``WIDTHS`` with at most ``most_bins`` bins from first to last day and a median
    of at least 5 articles a filled bin; ``day`` when the articles fall on 12 days or fewer.

    ``days``: different publication days, ascending; ``n_of_day``: the articles of each.
    """
    if len(days) <= MOST_DAYS:
        return "day"
    for width in WIDTHS:
        starts, bin_of = np.unique(bin_starts(days, width), return_inverse=True)
        n_bins = int((starts[-1] - starts[0]).astype(int) / _DAYS[width]) + 1
        if n_bins <= most_bins and np.median(np.bincount(bin_of, n_of_day)) >= MEDIAN_ARTICLES:
            return width
    return "year"


_DAYS = {"day": 1, "week": 7, "month": 30.4, "quarter": 91.3, "year": 365.2}


def bin_starts(days: NDArray[np.datetime64], width: str) -> NDArray[np.datetime64]:
    """First day of each day's bin; weeks start on Monday (ISO 8601)."""
    if width == "day":
        return days
    if width == "week":
        # 1970-01-01 was a Thursday: three days after a Monday.
        number = days.astype("int64")
        return np.where(np.isnat(days), days, (number - (number + 3) % 7).astype("datetime64[D]"))
    if width == "quarter":
        months = days.astype("datetime64[M]")
        number = months.astype("int64")
        starts = (number - number % 3).astype("datetime64[M]").astype("datetime64[D]")
        return np.where(np.isnat(days), days, starts)
    return days.astype("datetime64[M]" if width == "month" else "datetime64[Y]").astype(
        "datetime64[D]"
    )


def period_name(start: np.datetime64, width: str) -> str:
    """``2024-05-16``, ``2024-W20``, ``2024-05``, ``2024-Q2`` or ``2024``."""
    day: date = start.astype("datetime64[D]").item()
    if width == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}"
    if width == "quarter":
        return f"{day.year}-Q{(day.month + 2) // 3}"
    return {"day": day.isoformat(), "month": f"{day:%Y-%m}", "year": f"{day:%Y}"}[width]


def period_days(name: str) -> tuple[date, date]:
    """First and last day of a period by its name. Raises ``ValueError`` for anything else."""
    year, _, rest = name.partition("-")
    if rest.startswith("W"):
        first = date.fromisocalendar(int(year), int(rest[1:]), 1)
        return first, first + timedelta(days=6)
    if rest.startswith("Q"):
        month, n_months = 3 * int(rest[1:]) - 2, 3
    elif "-" in rest:
        return date.fromisoformat(name), date.fromisoformat(name)
    else:
        month, n_months = (int(rest), 1) if rest else (1, 12)
    after = month + n_months
    last = date(int(year) + (after > 12), (after - 1) % 12 + 1, 1) - timedelta(days=1)
    return date(int(year), month, 1), last


def when(name: str) -> str:
    """A period in a sentence: "in the second quarter of 2020", "on 16 May 2024", "in 2024"."""
    first, last = period_days(name)
    if first == last:
        return f"on {show_day(first)}"
    if "-W" in name:
        return f"in the week from {show_day(first)}"
    if "-Q" in name:
        nth = ("first", "second", "third", "fourth")[int(name[-1]) - 1]
        return f"in the {nth} quarter of {first.year}"
    return f"in {show_day(first).partition(' ')[2]}" if "-" in name else f"in {first.year}"


def period_of(first: date | None, last: date | None) -> str:
    """The name of the period that these days are: a year, quarter, month or day; "" for none."""
    if first is None or last is None:
        return ""
    start = np.datetime64(first)
    for width in ("year", "quarter", "month", "day"):
        if period_days(name := period_name(start, width)) == (first, last):
            return name
    return ""


def days_in_words(first: date | None, last: date | None) -> str:
    """ "2016", "Apr 2016", "Q2 2016", "1 Apr 2020 – 30 Jun 2021", "from 1 Apr 2020"; "" for neither
    of them."""
    if name := period_of(first, last):
        year, _, rest = name.partition("-")
        if not rest or rest.startswith("Q"):
            return f"{rest} {year}".lstrip()
        day = show_day(period_days(name)[0])
        return day if "-" in rest else day.partition(" ")[2]
    if first and last:
        return f"{show_day(first)} – {show_day(last)}"
    return f"from {show_day(first)}" if first else f"until {show_day(last)}" if last else ""


@dataclass(frozen=True)
class Periods:
    """``number``: (n_articles,) position in ``names`` of each article's period; ``names``: by time,
    None (undated) last. ``place``: (n_names - 1,) of those with a date, neighbours differ by 1."""

    number: NDArray[np.int64]
    names: NDArray[np.object_]
    place: NDArray[np.int64]

    @classmethod
    def of(
        cls, index: Index, scope: Scope, most_bins: int = MOST_BINS, width: str | None = None
    ) -> Periods:
        """The bin width, if not given, depends on the scope's days alone, so that filtering a
        source keeps the bins comparable."""
        width = width or scope_width(index, scope, most_bins)
        # Days are few, articles may be many: bins are made of the days.
        days, _ = index.days_present
        starts, bin_of = np.unique(bin_starts(days, width), return_inverse=True)
        number = np.append(bin_of, len(starts))[index.day_number]
        names = np.asarray([*(period_name(s, width) for s in starts), None], dtype=object)
        return cls(number, names, _places(starts, width))


def _places(starts: NDArray[np.datetime64], width: str) -> NDArray[np.int64]:
    """Of periods by their first days: how many there are up to each since 1970."""
    if width == "quarter":
        return starts.astype("datetime64[M]").astype(np.int64) // 3
    unit = {"month": "M", "year": "Y"}.get(width, "D")
    found: NDArray[np.int64] = starts.astype(f"datetime64[{unit}]").astype(np.int64)
    return found // 7 if width == "week" else found


def sort_cells(table: pd.DataFrame) -> pd.DataFrame:
    """Rows by period, then source; None last in both."""
    return table.sort_values(["period", "source"], na_position="last", kind="stable").reset_index(
        drop=True
    )


def scope_width(index: Index, scope: Scope, most_bins: int = MOST_BINS) -> str:
    """The bin width for the scope's days."""
    days, n_of_day = index.days_present
    first, last = 0, len(days)
    if scope.date_from is not None:
        first = int(np.searchsorted(days, np.datetime64(scope.date_from)))
    if scope.date_to is not None:
        last = int(np.searchsorted(days, np.datetime64(scope.date_to), side="right"))
    return choose_width(days[first:last], n_of_day[first:last], most_bins)
