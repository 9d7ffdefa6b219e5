"""The calendar of Iran: its months by name, and its days as ours."""

from __future__ import annotations

import datetime as dt

_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد|امرداد", "شهریور", "مهر", "آبان", "آذر", "دی",
    "بهمن", "اسفند",
)  # fmt: skip
# As Arabic keyboards write them, these letters have other code points.
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک"})
_NUMBERS = {name: i for i, names in enumerate(_MONTHS, 1) for name in names.split("|")}
_FIRST_YEAR, _LAST_YEAR = 1369, 1499  # the first began in March 1990
_KNOWN_YEAR, _NEW_YEAR = 1403, dt.date(2024, 3, 20)


def solar_month(name: str) -> int:
    """Return 1 to 12 for a month's name in Persian, 0 for another word."""
    return _NUMBERS.get(name.translate(_LETTERS).strip(" ،.\u200c"), 0)


def is_solar_year(year: int) -> bool:
    """True for a year that articles of today can have; with ours it is never mistaken."""
    return _FIRST_YEAR <= year <= _LAST_YEAR


def solar_day(year: int, month: int, day: int) -> dt.date | None:
    """Return our day for one of the Iranian calendar, None when it has none such."""
    if not (1 <= month <= 12 and 1 <= day <= 31) or not is_solar_year(year):
        return None
    if day > (31 if month <= 6 else 30) or (month == 12 and day > 29 + _is_leap(year)):
        return None
    before = 31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1
    return _new_year(year) + dt.timedelta(days=before)


def _is_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8  # holds from 1178 to 1633


def _new_year(year: int) -> dt.date:
    step = 1 if year > _KNOWN_YEAR else -1
    years = range(_KNOWN_YEAR, year) if step > 0 else range(year, _KNOWN_YEAR)
    return _NEW_YEAR + dt.timedelta(days=step * sum(365 + _is_leap(one) for one in years))
