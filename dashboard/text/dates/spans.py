"""Values of dates: the TIMEX3 value, its first and last day, how fine it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

#: From fine to coarse; the number of each is what the layer stores.
GRANULARITIES = (
    "day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century",
)  # fmt: skip
SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DateValue:
    """What a date says. ``value`` is written as in TIMEX3: 2024-05-16, 2024-05-16TEV, 2024-W20,
    2024-W20-WE, 2024-05, 2024-Q2, 2024-SU, 2024-H1, 2024, 202 (the 2020s), 20 (the 21st century);
    a span of days is A/B. ``first`` and ``last`` are both included; "late 2020" has the last days
    of the value that "2020" has."""

    value: str
    first: dt.date
    last: dt.date
    granularity: str

    def part(self, which: str) -> DateValue:
        """The first, middle or last third (``START``, ``MID``, ``END``)."""
        days = (self.last - self.first).days + 1
        third = days // 3
        a, b = {"START": (0, third), "MID": (third, days - third), "END": (days - third, days)}[
            which
        ]
        return replace(
            self,
            first=self.first + dt.timedelta(days=a),
            last=self.first + dt.timedelta(days=b - 1),
        )


def day(date: dt.date, suffix: str = "") -> DateValue:
    """One day; ``suffix``: MO, AF, EV or NI, the part of it."""
    return DateValue(date.isoformat() + (f"T{suffix}" if suffix else ""), date, date, "day")


def make_day(year: int, month: int, number: int) -> dt.date | None:
    """The day, None when the calendar has none such."""
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def week(date: dt.date) -> DateValue:
    """The week, from Monday (ISO 8601), that has ``date``."""
    year, number, weekday = date.isocalendar()
    first = date - (weekday - 1) * _DAY
    return DateValue(f"{year}-W{number:02d}", first, first + 6 * _DAY, "week")


def weekend(date: dt.date) -> DateValue:
    """Saturday and Sunday of the week that has ``date``."""
    whole = week(date)
    return DateValue(f"{whole.value}-WE", whole.first + 5 * _DAY, whole.last, "weekend")


def months(year: int, month: int, count: int, value: str, granularity: str) -> DateValue:
    """``count`` whole months."""
    return DateValue(value, dt.date(year, month, 1), _end(year, month + count), granularity)


def _end(year: int, month: int) -> dt.date:
    """The day before the first of a month, whose number may be more than twelve."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date.max if year > dt.MAXYEAR else dt.date(year, month, 1) - _DAY


def month(year: int, number: int) -> DateValue:
    """A month; one above 12 or below 1 is of another year."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return months(year, number, 1, f"{year:04d}-{number:02d}", "month")


def quarter(year: int, number: int) -> DateValue:
    """A quarter; one above 4 or below 1 is of another year."""
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    return months(year, 3 * number - 2, 3, f"{year:04d}-Q{number}", "quarter")


def half(year: int, number: int) -> DateValue:
    """Half a year."""
    return months(year, 6 * number - 5, 6, f"{year:04d}-H{number}", "half")


def season(year: int, name: str) -> DateValue:
    """A season of the northern half of the world; winter begins in December of ``year``."""
    return months(year, SEASON_MONTH[name], 3, f"{year:04d}-{name}", "season")


def year(number: int) -> DateValue:
    """A year."""
    return months(number, 1, 12, f"{number:04d}", "year")


def decade(first_year: int) -> DateValue:
    """Ten years."""
    first_year -= first_year % 10
    return months(first_year, 1, 120, f"{first_year // 10:03d}", "decade")


def century(number: int) -> DateValue:
    """The 20th is 19, the years 1900 to 1999."""
    return months(100 * number - 100 or 1, 1, 1200, f"{number - 1:02d}", "century")


def between(first: DateValue, last: DateValue) -> DateValue | None:
    """From one to another, None where the second begins first."""
    if last.first < first.first:
        return None
    return DateValue(f"{first.value}/{last.value}", first.first, last.last, last.granularity)


def holding(date: dt.date, granularity: str) -> DateValue:
    """The day, week, month, quarter, year, decade or century that has ``date``."""
    if granularity == "month":
        return month(date.year, date.month)
    if granularity == "quarter":
        return quarter(date.year, (date.month + 2) // 3)
    if granularity in ("year", "season", "half"):
        return year(date.year)
    if granularity == "decade":
        return decade(date.year)
    if granularity == "century":
        return century(date.year // 100 + 1)
    return {"day": day, "week": week, "weekend": weekend}[granularity](date)


def shifted(date: dt.date, count: int, unit: str, as_fine: str = "") -> DateValue | None:
    """``count`` units after ``date``, as fine as the unit or as ``as_fine``; None outside the
    calendar."""
    try:
        if unit in ("day", "week"):
            moved = date + dt.timedelta(days=count * (7 if unit == "week" else 1))
        else:
            total = date.year * 12 + date.month - 1 + count * _MONTHS[unit]
            moved = dt.date(total // 12, total % 12 + 1, min(date.day, 28))
        return holding(moved, as_fine or unit)
    except (OverflowError, ValueError):
        return None


_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def easter(year: int) -> dt.date:
    """Easter Sunday of the Western churches (Butcher's algorithm, 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return dt.date(year, f // 31, f % 31 + 1)


def holiday(year: int, rule: str) -> dt.date:
    """The day of ``12-25``, ``11-4thu`` (the fourth Thursday), ``05-lastmon`` or ``easter-2``."""
    if rule.startswith("easter"):
        return easter(year) + int(rule[6:]) * _DAY
    number, which = int(rule[:2]), rule[3:]
    if which.isdigit():
        return dt.date(year, number, int(which))
    weekday = "mon tue wed thu fri sat sun".split().index(which[-3:])
    if which.startswith("last"):
        end = _end(year, number + 1)
        return end - ((end.weekday() - weekday) % 7) * _DAY
    first = dt.date(year, number, 1)
    return first + ((weekday - first.weekday()) % 7 + 7 * (int(which[0]) - 1)) * _DAY
