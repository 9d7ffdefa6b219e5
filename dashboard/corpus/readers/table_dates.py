"""The date column of a table: clear rows settle the ambiguous ones, nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from ..article import UNKNOWN, Field
from ..dates import find_date, make_day, numeric_readings, plausible
from ..hosts import url_day
from ..report import Problem

_NUMERIC = re.compile(
    r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?:[ T,]+(?P<time>\d{1,2}:\d\d.{0,30}))?"
)
_ISO_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)? ?(?:Z|[+-]\d\d:?\d\d)?"
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T\d{4,6}Z?|\d{6})?")
_EPOCH = re.compile(r"\d{10}(?:\.\d{1,9})?|\d{13}|\d{16}|\d{19}")
_PARTIAL = re.compile(r"(\d{4})(?:[-/](\d\d))?")
_REMEDY = "write dates as YYYY-MM-DD"


def read_dates(
    cells: Sequence[str], urls: Sequence[str], rows: Sequence[int]
) -> tuple[list[Field], list[Problem]]:
    """Read a column of dates.

    Parameters
    ----------
    cells, urls : sequence of str
        The date and the address of each row, "" where there is none.
    rows : sequence of int
        The row numbers for the problems.

    Returns
    -------
    list of Field, list of Problem
        A field per row: ``UNKNOWN`` where the cell is empty; one problem per cell that can't
        be read, has two readings, or lies outside 1990 to tomorrow.
    """
    day_first = _settle_order(cells)
    fields: list[Field] = []
    problems: list[Problem] = []
    for cell, url, row in zip(cells, urls, rows, strict=True):
        text = cell.strip()
        if not text:
            fields.append(UNKNOWN)
            continue
        day, why, method = _read(text, url, day_first)
        if day is not None and not plausible(day):
            day, why = None, "is outside 1990 to tomorrow"
        if day is None:
            problems.append(Problem(row, "date", f"“{text[:60]}” {why}", _REMEDY))
            fields.append(Field(None, "unknown", f"“{text[:60]}” {why}", None, "column"))
        else:
            fields.append(Field(day.isoformat(), "stated", text[:60], None, method))
    return fields, problems


def _settle_order(cells: Sequence[str]) -> bool | None:
    """True when the column's clear rows put the day first, False for the month, None if unclear."""
    day_first = month_first = 0
    for cell in cells:
        match = _NUMERIC.fullmatch(cell.strip())
        if match:
            day_first += int(match[1]) > 12 >= int(match[3])
            month_first += int(match[3]) > 12 >= int(match[1])
    if bool(day_first) == bool(month_first):
        return None
    return bool(day_first)


def _read(text: str, url: str, day_first: bool | None) -> tuple[dt.date | None, str, str]:
    """Return the day (None with the reason) and the method."""
    match = _ISO_TIME.fullmatch(text)
    if match:
        return *_read_time(text), "column"
    match = _NUMERIC.fullmatch(text)
    if match:
        return _read_numeric(match, url, day_first)
    match = _COMPACT.fullmatch(text)
    if match:
        return (
            make_day(int(match[1]), int(match[2]), int(match[3])),
            "is no day of the calendar",
            "column",
        )
    if _EPOCH.fullmatch(text):
        digits = text.partition(".")[0]
        seconds = int(digits) / 10 ** (len(digits) - 10)
        return dt.datetime.fromtimestamp(seconds, dt.UTC).date(), "", "seconds since 1970"
    if _PARTIAL.fullmatch(text):
        return None, "gives no day", "column"
    found = find_date(text)
    # The date must be what the cell is about, not a number inside a sentence.
    if found is None or len(text) - len(found.words) > 40:
        return None, "is no date that can be read", "column"
    return found.day, found.why, "column"


def _read_time(text: str) -> tuple[dt.date | None, str]:
    try:
        # Nanoseconds are more than the module reads, and more than a day needs.
        moment = dt.datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text.replace(" +", "+")))
        return (moment.astimezone(dt.UTC) if moment.tzinfo else moment).date(), ""
    except (ValueError, OverflowError):
        return None, "is no day of the calendar"


def _read_numeric(
    match: re.Match[str], url: str, day_first: bool | None
) -> tuple[dt.date | None, str, str]:
    days = numeric_readings(match[1], match[3], match[4])
    if len(days) <= 1:
        return (days[0] if days else None), "is no day of the calendar", "column"
    address, _ = url_day(url)
    for day in days:
        if day.isoformat() == address:
            return day, "", "column, settled by the address"
    if day_first is None:
        readings = " or ".join(day.isoformat() for day in days)
        return None, f"can be read as {readings}", "column"
    return days[0 if day_first else 1], "", "column, settled by its clear rows"
