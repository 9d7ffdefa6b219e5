"""The date column of a table. Unambiguous rows settle the ambiguous ones; nothing is guessed."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dashboard.corpus.article import UNKNOWN, Basis, Field
from dashboard.corpus.parsing.address_days import url_day
from dashboard.corpus.parsing.calendar import day_number, month_numbers
from dashboard.corpus.parsing.dates import (
    EARLIEST,
    OUTSIDE,
    UNREADABLE,
    find_date,
    make_day,
    numeric_readings,
    plausible,
    tomorrow,
)
from dashboard.corpus.parsing.solar_hijri import is_solar_year, solar_day
from dashboard.corpus.report import MAX_PROBLEMS, Problem

_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_ISO_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ]{1,2}\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)? ?"
    r"(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?(?:\[[\w/+-]{1,40}\])?"
)
_NUMERIC = re.compile(
    r"(\d{1,2})(\. |[-/.])(\d{1,2})\2(\d{4}|\d\d)"
    r"(?:[ T,]{1,3}(?:at )?\d{1,2}[:.]\d\d.{0,30})?"
)
_COMPACT = re.compile(
    r"((?:19|20)\d\d)(\d\d)(\d\d)(?:[T-]\d{4}(?:\d\d)?(?:Z|[+-]\d{4})?|\d{4}(?:\d\d)?)?"
)
_SPACED = re.compile(r"(\d{4})[./-] ?(\d\d?)[./-] ?(\d\d?)\.?")
_APART = re.compile(r"(\d{4})(?:\.0)? (\d\d?)(?:\.0)? (\d\d?)(?:\.0)?")  # of three columns
_NUMBER = re.compile(r"(\d{5,19})(?:\.\d{1,9})?")
_PARTIAL = re.compile(r"((?:19|20)\d\d)(?:\.0)?(?:[-/. ](\d\d?)(?:\.0)?)?")
_MONTH_YEAR = re.compile(r"([^\d\s,]{2,24})\.?,? (?:de |del |r\. )?((?:19|20)\d\d)")
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)\.?[ -]([^\d\s]{2,24})")
_YEAR_MONTH_CJK = re.compile(r"((?:19|20)\d\d)\s?[年년]\s?(?:(\d\d?)\s?[月월])?")
# 16-MAY-24, Do., 16. Mai 24: two digits are a year where nothing else can be.
_DOT_NET = re.compile(r"\\?/Date\((\d{9,14})(?:[+-]\d{4})?\)\\?/")
_SHORT_YEAR = re.compile(
    r"(?:([^\d\s,]{2,20})[.,]{0,2} )?(\d\d?)(?:\.|º|er)?[ -]{0,2}([^\d\s,-]{2,24})[.,]{0,2}"
    r"[ -]'?(\d\d)"
    r"(?:[ T,].{0,40})?"
)
_DIRECTIONS = dict.fromkeys((0x061C, 0x200E, 0x200F))
_THAI = range(0x0E00, 0x0E80)
_BUDDHIST_CENTURY = 2500 - 543
_DAY_SECONDS = 86_400
_FIRST_SECOND = int(dt.datetime(1990, 1, 1, tzinfo=dt.UTC).timestamp())
_UNITS = ((1, "seconds"), (10**3, "milliseconds"), (10**6, "microseconds"), (10**9, "nanoseconds"))
_EXCEL_ZERO = dt.date(1899, 12, 30)
_REMEDY = "write dates as YYYY-MM-DD"
_ASK = "say whether day or month comes first, on the page or with --map order=day or order=month"
_NO_CELL = "the day is looked for in the address and the text; fill in the cells to be sure"
_AMBIGUOUS = "is ambiguous"
_NO_DAY = "is not a real date"
_MOST_REMEMBERED = 50_000


# What comes first in the unambiguous rows of a column; "unclear" if there are none.
Order = Literal["day", "month", "unclear", "contradicting"]


@dataclass(frozen=True, slots=True)
class _Found:
    """What a cell says: a day, the days from ``day`` to ``last``, or ``why`` it can't be used."""

    day: dt.date | None
    why: str = ""
    method: str = "column"
    last: dt.date | None = None


class Dates:
    """Reads a column of dates, a cell at a time.

    Parameters
    ----------
    order : callable
        Returns the ``Order`` of the column's dates, taken from its unambiguous rows or from the
        user. Called once, when a cell first needs it.
    column : str
        What the column is called.
    basis : Basis
        "inferred" if the column says when articles were seen, not when they were published.
    """

    def __init__(
        self, order: Callable[[], str], column: str = "date", basis: Basis = "stated"
    ) -> None:
        self._order = cache(order)
        self._column, self._basis = column, basis
        self._latest = tomorrow()
        self._problems: list[Problem] = []
        self._units: Counter[str] = Counter()
        self._read: dict[str, _Found] = {}
        self._cells = self._empty = 0
        self.unlisted = 0  # problems beyond the most that are listed

    def read(self, cell: str, url: str, row: int) -> Field:
        """Return the date of a row: ``UNKNOWN`` for an empty cell, "bounded" for a month or year.

        The day is kept as written, whatever time zone is given.
        """
        self._cells += 1
        text = _plain(cell)
        if not text:
            self._empty += 1
            return UNKNOWN
        found = self._read.get(text)
        if found is None:
            if len(self._read) >= _MOST_REMEMBERED:
                self._read.clear()
            found = self._read[text] = _read(text[:300], self._order)
        if found.method.endswith("since 1970"):
            self._units[found.method] += 1
        found = _settle_by_address(found, text, url)
        why = found.why
        latest = self._latest
        if found.day is not None and (found.day > latest or (found.last or found.day) < EARLIEST):
            why = OUTSIDE
        if found.day is None or why:
            if len(self._problems) < MAX_PROBLEMS:
                remedy = _ASK if _AMBIGUOUS in why else f"{_REMEDY}; until then the row has no date"
                problem = Problem(row, self._column, f"“{text[:60]}” {why}", remedy)
                self._problems.append(problem)
            else:
                self.unlisted += 1
            return Field(None, "unknown", f"“{text[:60]}” {why}", None, "column")
        if found.last is not None:
            value = f"{found.day.isoformat()}/{found.last.isoformat()}"
            return Field(value, "bounded", text[:60], None, found.method)
        return Field(found.day.isoformat(), self._basis, text[:60], None, found.method)

    def finish(self) -> list[Problem]:
        """Return a problem for each cell that can't be read, is ambiguous, or is not between 1990
        and tomorrow, and one for all empty cells, unless the whole column is empty."""
        problems = self._problems
        units = self._units
        if len(units) > 1:
            named = ", ".join(f"{unit.partition(' ')[0]}: {n:,}" for unit, n in units.most_common())
            reason = f"the dates count from 1970 in different units, each read in its own ({named})"
            problems.append(Problem(None, self._column, reason, _REMEDY))
        empty = self._empty
        if 0 < empty < self._cells:
            reason = "1 row has no date" if empty == 1 else f"{empty:,} rows have no date"
            problems.append(Problem(None, self._column, reason, _NO_CELL))
        return problems


def looks_like_date(text: str) -> bool:
    """True when ``text`` is a date and nothing else, whatever the order of its parts."""
    if "//" in text or not any(char.isdigit() for char in text):
        return False
    found = _read(text, lambda: "day")
    return found.day is not None or (found.why == OUTSIDE and not _NUMBER.fullmatch(text))


def typed_day(text: str, order: Callable[[], str]) -> tuple[str, str]:
    """Read the day that somebody typed.

    Returns the day as YYYY-MM-DD and "", or "" and why the text can't be used: it can't be read, is
    ambiguous, or names only a month or a year. ``order`` returns the ``Order`` of the column that
    the day belongs to; it is called only if the text needs it.
    """
    text = _plain(text)
    found = _read(text[:300], order)
    if found.why or found.day is None:
        return "", found.why
    if found.last is not None:
        span = "month" if found.method.endswith("month only") else "year"
        return "", f"is a {span}; an article needs a day"
    if not EARLIEST <= found.day <= tomorrow():
        return "", OUTSIDE
    return found.day.isoformat(), ""


def _plain(cell: str) -> str:
    """Return a cell without the direction marks that stand in Arabic and Hebrew dates, and without
    what Microsoft's programs write around a number of milliseconds."""
    cell = cell.translate(_DIRECTIONS).strip()
    match = _DOT_NET.fullmatch(cell)
    return match[1] if match else cell


def settle_order(cells: Iterable[tuple[str, str]]) -> Order:
    """Return what comes first in the rows whose date is unambiguous, by itself or by its address.

    ``cells`` holds the date and the address of each row, "" if there is none.
    """
    day_first = month_first = 0
    for cell, url in cells:
        match = _NUMERIC.fullmatch(_plain(cell)) if cell[:1] else None
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12 or second > 12:
            day_first += first > 12 >= second
            month_first += second > 12 >= first
        elif url and first != second:
            days = [day.isoformat() for day in numeric_readings(match[1], match[3], match[4])]
            named = url_day(url)[0]
            if len(days) == 2 and named in days:  # 00/01/2021 isn't a day
                day_first += named == days[0]
                month_first += named == days[1]
    if day_first and month_first:
        return "contradicting"
    return "day" if day_first else "month" if month_first else "unclear"


def _read(text: str, order: Callable[[], str]) -> _Found:
    for pattern in (_ISO_DAY, _ISO_TIME, _COMPACT, _SPACED, _APART):
        match = pattern.fullmatch(text)
        if match:
            break
    if match:
        year, month, day = int(match[1]), int(match[2]), int(match[3])
        if is_solar_year(year) and not match[1].isascii():  # Persian figures: of Iran's calendar
            made = solar_day(year, month, day)
            return _Found(made, "" if made else _NO_DAY)
        return _day(year, month, day)
    match = _NUMERIC.fullmatch(text)
    if match:
        return _read_numeric(match, order)
    match = _NUMBER.fullmatch(text)
    if match:
        return _read_number(text)
    match = _PARTIAL.fullmatch(text) or _YEAR_MONTH_CJK.fullmatch(text)
    if match:
        return _span(int(match[1]), int(match[2]) if match[2] else None)
    match = _MONTH_YEAR.fullmatch(text)
    if match and (months := month_numbers(match[1])):
        return _span(int(match[2]), months[0])
    match = _YEAR_MONTH.fullmatch(text)
    if match and (months := month_numbers(match[2])):
        return _span(int(match[1]), months[0])
    match = _SHORT_YEAR.fullmatch(text)
    if match and (months := month_numbers(match[3])):
        return _read_short(match, months)
    found = find_date(text)
    # The date must be the whole point of the cell, not a number inside a sentence.
    if found is None or len(text) - len(found.words) > 40:
        return _Found(None, UNREADABLE)
    return _Found(found.day, found.why)


def _day(year: int, month: int, day: int) -> _Found:
    made = make_day(year, month, day)
    return _Found(made, "" if made else _NO_DAY)


def _span(year: int, month: int | None) -> _Found:
    if month is None:
        return _Found(dt.date(year, 1, 1), "", "column, the year only", dt.date(year, 12, 31))
    if not 1 <= month <= 12:
        return _Found(None, _NO_DAY)
    last = calendar.monthrange(year, month)[1]
    return _Found(dt.date(year, month, 1), "", "column, the month only", dt.date(year, month, last))


def _read_short(match: re.Match[str], months: tuple[int, ...]) -> _Found:
    named = day_number(match[1]) if match[1] else None
    if ord(match[3][0]) in _THAI:  # 16 พ.ค. 67: of 2567, as Buddhists count
        made = make_day(_BUDDHIST_CENTURY + int(match[4]), months[0], int(match[2]))
        return _Found(made, "" if made else _NO_DAY)
    days = [
        day
        for month in months
        for day in numeric_readings(match[2], str(month), match[4])
        if (day.day, day.month) == (int(match[2]), month)
    ]
    days.sort(key=lambda day: day.weekday() != named)
    return _Found(days[0] if days else None, "" if days else _NO_DAY)


def _read_numeric(match: re.Match[str], settled: Callable[[], str]) -> _Found:
    days = numeric_readings(match[1], match[3], match[4])
    if len(days) <= 1:
        return _Found(days[0], "") if days else _Found(None, _NO_DAY)
    order = settled()
    if order == "unclear" and match[2].startswith("."):
        return _Found(days[0], "", "column, between points the day first")
    if order not in ("day", "month"):
        readings = " or ".join(day.isoformat() for day in days)
        return _Found(None, f"{_AMBIGUOUS}: it can be read as {readings}")
    return _Found(days[0 if order == "day" else 1], "", f"column, the {order} first")


def _read_number(text: str) -> _Found:
    """Read seconds (or fractions of them) since 1970, or days since 1900, as spreadsheets count."""
    count = int(text.partition(".")[0])
    for per_second, unit in _UNITS:
        seconds = count // per_second
        if _FIRST_SECOND <= seconds <= _latest_second():
            day = dt.datetime.fromtimestamp(seconds, dt.UTC).date()
            return _Found(day, "", f"{unit} since 1970")
    if 10_000 <= count < 100_000:
        day = _EXCEL_ZERO + dt.timedelta(days=count)
        if plausible(day):
            return _Found(day, "", "days since 1900, as spreadsheets count")
    return _Found(None, "is a number that doesn’t stand for a day between 1990 and tomorrow")


def _latest_second() -> int:
    return _FIRST_SECOND + ((tomorrow() - EARLIEST).days + 1) * _DAY_SECONDS


def _settle_by_address(found: _Found, text: str, url: str) -> _Found:
    """Let the address decide between two readings, or supply the day of a month."""
    if not url or not (found.last or "ambiguous" in found.why or "two ways" in found.why
                       or found.method.endswith(("the day first", "the month first"))):  # fmt: skip
        return found
    address = url_day(url)[0]
    if not address:
        return found
    day = dt.date.fromisoformat(address)
    if found.last is not None and found.day is not None:
        within = found.day <= day <= found.last
        return _Found(day, "", "column and address") if within else found
    match = _NUMERIC.fullmatch(text)
    if match and day in numeric_readings(match[1], match[3], match[4]):
        return _Found(day, "", "column, settled by the address")
    return found
