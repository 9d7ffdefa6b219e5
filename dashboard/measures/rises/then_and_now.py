"""Two periods: the articles before a day, and those from it on."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from dashboard.index.counts.grouped import GroupedIndex, ungrouped
from dashboard.index.index import Index
from dashboard.measures.registry import Option
from dashboard.measures.rises.counts import group_by
from dashboard.scope import Scope

NOW, THEN = 0, 1
LATEST = 4  # without a day, one of so many parts of the articles is now


def read_day(word: str) -> date:
    """Raises ``ValueError`` for anything but YYYY-MM-DD."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise ValueError(f"“{word}” is not a date (YYYY-MM-DD)") from None


SINCE = Option(
    "since",
    "--since",
    "DAY",
    "first day (YYYY-MM-DD) of now, which is compared with the time before; without it now is the "
    "latest quarter of the dated articles",
    read_day,
)


def parted(index: Index, scope: Scope, since: date | None) -> tuple[GroupedIndex, date] | None:
    """The index with ``NOW`` and ``THEN`` in the place of sources, undated articles in neither, and
    the first day of now; None where one of them has no article in scope."""
    index = ungrouped(index)
    dated = scope.article_mask(index) & ~np.isnat(index.days)
    days: NDArray[np.datetime64] = np.sort(index.days[dated])
    if not len(days):
        return None
    first = np.datetime64(since) if since else days[len(days) - max(len(days) // LATEST, 1)]
    codes = np.where(np.isnat(index.days), -1, np.where(index.days >= first, NOW, THEN))
    n_now = int((days >= first).sum())
    if not 0 < n_now < len(days):
        return None
    return group_by(index, codes.astype(np.int64), ["now", "then"]), first.item()
