"""Periods: one bin width for all charts over time, chosen from the dates in scope."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from dashboard.index.store import Index
from dashboard.scope import Scope

MOST_DAYS = 12  # up to so many publication days, each is shown as itself
MOST_BINS = 60
MEDIAN_ARTICLES = 5  # per filled bin: fewer, and shares jump for no reason
WIDTHS = ("day", "week", "month", "quarter", "year")


def choose_width(days: NDArray[np.datetime64]) -> str:
    """The finest of ``WIDTHS`` with at most 60 bins from first to last day and a median of at
    least 5 articles a filled bin; ``day`` when the articles fall on 12 days or fewer.

    ``days``: publication days, NaT ignored.
    """
    days = days[~np.isnat(days)]
    if len(np.unique(days)) <= MOST_DAYS:
        return "day"
    for width in WIDTHS:
        starts, n_articles = np.unique(bin_starts(days, width), return_counts=True)
        n_bins = int((starts[-1] - starts[0]).astype(int) / _DAYS[width]) + 1
        if n_bins <= MOST_BINS and np.median(n_articles) >= MEDIAN_ARTICLES:
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


def label_periods(index: Index, scope: Scope) -> NDArray[np.object_]:
    """(n_articles,) name of each article's period, None where undated. The bin width depends on
    the scope's days alone, so that filtering a source keeps the bins comparable."""
    width = scope_width(index, scope)
    starts = bin_starts(index.days, width)
    unique, inverse = np.unique(starts[~np.isnat(starts)], return_inverse=True)
    names = np.asarray([period_name(s, width) for s in unique], dtype=object)
    labels = np.full(len(starts), None, dtype=object)
    if len(unique):
        labels[~np.isnat(starts)] = names[inverse]
    return labels


def scope_width(index: Index, scope: Scope) -> str:
    """The bin width for the scope's days."""
    dates_only = Scope(date_from=scope.date_from, date_to=scope.date_to)
    return choose_width(index.days[dates_only.article_mask(index)])
