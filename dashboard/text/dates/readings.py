"""What a pattern that matched says: one reading for each name in ``patterns.txt``.

A reading gives a value, or None where the words are not a date: a number that counts something, a
day that the calendar has not, or something relative without anything it relates to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from dashboard.text.dates import relative, spans
from dashboard.text.dates.around import (
    BY_ARTICLE,
    NEAR,
    STATED,
    Around,
    Found,
    away,
    by_article,
    by_tense,
    years_around,
)
from dashboard.text.dates.spans import DateValue


def _day_of(around: Around, month: str = "month", day: str = "day") -> tuple[int, int]:
    number = around.number(day) if around.has(day) else around.number("ordinal")
    return around.number(month), number


def _full_day(around: Around, year: int, month: int, day: int) -> Found:
    found = spans.make_day(year, month, day)
    return (spans.day(found), STATED) if found else None


def iso(around: Around) -> Found:
    """2024-05-16."""
    return _full_day(around, around.number("year"), around.number("mm"), around.number("dd"))


def points(around: Around) -> Found:
    """16.05.2024: the day comes first."""
    return _full_day(around, around.number("year"), around.number("d2"), around.number("d1"))


def slashes(around: Around) -> Found:
    """5/16/2024 and 16/5/2024; 5/6/2024 only where one reading alone is near the article's day."""
    first, second, year = around.number("d1"), around.number("d2"), around.number("year")
    days = {spans.make_day(year, first, second), spans.make_day(year, second, first)}
    known = [day for day in days if day is not None]
    if len(known) == 2 and around.anchor is not None:
        anchor = around.anchor
        known = [day for day in known if abs((day - anchor).days) <= 31] or known
    return (spans.day(known[0]), STATED) if len(known) == 1 else None


def date(around: Around) -> Found:
    """A day of a month, with its year or without."""
    month, number = _day_of(around)
    if around.has("year"):
        return _full_day(around, around.number("year"), month, number)
    if around.anchor is None:
        return None
    if around.has("shift"):
        found = spans.make_day(around.anchor.year + int(around.value("shift")), month, number)
        return by_article(spans.day(found) if found else None)
    days = [d for y in years_around(around) if (d := spans.make_day(y, month, number))]
    for name in ("weekday", "short_weekday"):
        if around.has(name):  # it tells the year
            own = [d for d in days if d.weekday() == around.number(name)]
            days = own or days
    return by_tense(around, [spans.day(d) for d in days])


def day_range(around: Around) -> Found:
    """From a day to another."""
    month, number = _day_of(around)
    last_month = around.number("month2") if around.has("month2") else month
    last_number = around.number("day2")
    years = [around.number("year")] if around.has("year") else list(years_around(around))
    candidates = []
    for year in years:
        first = spans.make_day(year, month, number)
        last = spans.make_day(year + (last_month < month), last_month, last_number)
        if first and last and first < last:
            both = spans.between(spans.day(first), spans.day(last))
            candidates += [both] if both else []
    if around.has("year"):
        return (candidates[0], STATED) if candidates else None
    return by_tense(around, candidates)


def month(around: Around) -> Found:
    """May 2024."""
    name = "month" if around.has("month") else "bare_month"
    return spans.month(around.number("year"), around.number(name)), STATED


def month_range(around: Around) -> Found:
    """From one month to another."""
    first, last = around.number("month"), around.number("month2")
    years = [around.number("year")] if around.has("year") else list(years_around(around))
    found = [
        both
        for year in years
        if (
            both := spans.between(
                spans.month(year - (last < first), first), spans.month(year, last)
            )
        )
    ]
    if around.has("year"):
        return (found[0], STATED) if found else None
    return by_tense(around, found)


def bare_month(around: Around) -> Found:
    """In May. A month that is a name as well needs a firmer word before it."""
    word = around.words["bare_month"]
    needed = "before_month"
    if word in around.grammar.words.get("names", ()):
        needed = "before_name_month"
        if around.is_name_after:
            return None
    if not around.is_in(around.before, needed):
        return None
    number = around.number("bare_month")
    return by_tense(around, [spans.month(y, number) for y in years_around(around)])


def part_month(around: Around) -> Found:
    """Early May, mid-May 2024, the end of May."""
    which = around.value("part") if around.has("part") else around.value("part_of")
    number = around.number("bare_month")
    if around.has("year"):
        return spans.month(around.number("year"), number).part(which), STATED
    return by_tense(around, [spans.month(y, number).part(which) for y in years_around(around)])


def year(around: Around) -> Found:
    """A year by itself: what stands beside it has to speak for it."""
    number, before = around.number("year"), around.before
    if around.is_counted and not (before == "in" and around.after in ("people", "others")):
        return None
    if around.is_in(before, "before_year"):
        is_old = number < 1900 and (around.after.endswith("s") or number < 1400)
        return None if is_old and around.after else (spans.year(number), STATED)
    if not 1900 <= number < 2060:
        return None
    if around.is_in(before, "before_year_weak"):
        is_noun = around.after.endswith("s") and around.after not in ("was", "has", "is", "as")
        return None if is_noun or around.is_name_after else (spans.year(number), STATED)
    is_beside_noun = (
        around.is_in(before, "before_year_noun") and around.after and not around.is_name_before
    )
    return (spans.year(number), STATED) if is_beside_noun else None


def year_range(around: Around) -> Found:
    """2019–2021, from 2015 to 2018, 2015-16."""
    first = around.number("year")
    if around.has("y2"):
        last = first - first % 100 + around.number("y2")
        if last != first + 1 and not (first < last and first >= 1900):
            return None
    else:
        last = around.number("year2")
    if around.is_counted or not first < last or last - first > 600:
        return None
    both = spans.between(spans.year(first), spans.year(last))
    return (both, STATED) if both else None


def part_year(around: Around) -> Found:
    """Early 2020, the end of 2020."""
    which = around.value("part") if around.has("part") else around.value("part_of")
    return spans.year(around.number("year")).part(which), STATED


def _year_of(around: Around) -> int | None:
    if around.has("year"):
        return around.number("year")
    if around.anchor is None:
        return None
    shift = int(around.value("shift")) if around.has("shift") else 0
    return around.anchor.year + shift


def quarter(around: Around) -> Found:
    """The second quarter of 2024, of last year."""
    whose = _year_of(around)
    number = around.number("q") if around.has("q") else around.number("quarter")
    if whose is None:
        return None
    return spans.quarter(whose, number), STATED if around.has("year") else BY_ARTICLE


def bare_quarter(around: Around) -> Found:
    """The third quarter, where the sentence is about money."""
    if around.anchor is None or not around.cues & around.grammar.words.get("quarter_cue", set()):
        return None
    every = [spans.quarter(y, around.number("quarter")) for y in years_around(around)]
    ahead = next(q for q in every if q.last >= around.anchor)
    if around.tense == "future" and away(ahead, around.anchor) < NEAR:
        return by_article(ahead)
    return by_article([q for q in every if q.first <= around.anchor][-1])


def half(around: Around) -> Found:
    """The first half of 2024, of the year."""
    whose = _year_of(around)
    if whose is None:
        return None
    basis = STATED if around.has("year") else BY_ARTICLE
    return spans.half(whose, around.number("half")), basis


def season(around: Around) -> Found:
    """The summer of 2019, of last year."""
    whose = _year_of(around)
    if whose is None:
        return None
    found = spans.season(whose, around.value("season"))
    if around.has("part"):
        found = found.part(around.value("part"))
    return found, STATED if around.has("year") else BY_ARTICLE


def decade(around: Around) -> Found:
    """The 1990s, the ’90s."""
    digits = "".join(c for c in around.words["decade"] if c.isdigit())
    if len(digits) == 2:
        digits = f"{'20' if digits < '20' else '19'}{digits}"
    found = spans.decade(int(digits))
    return (found.part(around.value("part")) if around.has("part") else found), STATED


def century(around: Around) -> Found:
    """The 20th century."""
    number = around.number("c") if around.has("c") else around.number("ordinal")
    if not 1 <= number <= 21:
        return None
    found = spans.century(number)
    return (found.part(around.value("part")) if around.has("part") else found), STATED


def holiday(around: Around) -> Found:
    """Christmas Day 2019."""
    year = around.number("year")
    return spans.day(spans.holiday(year, around.value("holiday"))), STATED


def _holidays(around: Around) -> list[DateValue]:
    rule = around.value("holiday")
    return [spans.day(spans.holiday(y, rule)) for y in years_around(around)]


def shifted_holiday(around: Around) -> Found:
    """Last Christmas."""
    if around.anchor is None:
        return None
    shift, anchor, days = int(around.value("shift")), around.anchor, _holidays(around)
    if shift == 0:
        return by_tense(around, days)
    own = [d for d in days if (d.first < anchor if shift < 0 else d.first > anchor)]
    return by_article(own[-1] if shift < 0 else own[0])


def bare_holiday(around: Around) -> Found:
    """On Christmas Day."""
    if around.before not in ("on", "since") or around.is_name_after:
        return None
    return by_tense(around, _holidays(around))


def event(around: Around) -> Found:
    """What is called by its date."""
    return spans.day(dt.date.fromisoformat(around.value("event"))), STATED


def nth_day(around: Around) -> Found:
    """The 16th, at the end of a clause, after “on”."""
    if around.anchor is None or around.before != "on":
        return None
    first = around.anchor.year * 12 + around.anchor.month - 1
    days = [
        d for m in (first - 1, first, first + 1)
        if (d := spans.make_day(m // 12, m % 12 + 1, around.number("day")))
    ]  # fmt: skip
    return by_tense(around, [spans.day(d) for d in days])


READINGS: dict[str, Callable[[Around], Found]] = {
    reading.__name__: reading
    for reading in (
        iso,
        points,
        slashes,
        date,
        day_range,
        month,
        month_range,
        bare_month,
        part_month,
        year,
        year_range,
        part_year,
        quarter,
        bare_quarter,
        half,
        season,
        decade,
        century,
        holiday,
        shifted_holiday,
        bare_holiday,
        event,
        nth_day,
        relative.month_of,
        relative.shifted_month,
        relative.shifted_season,
        relative.part_unit,
        relative.year_end,
        relative.deictic,
        relative.tonight,
        relative.last_night,
        relative.this_daypart,
        relative.weekday,
        relative.shifted_weekday,
        relative.weekday_week,
        relative.weekend,
        relative.ago,
        relative.from_now,
        relative.in_units,
        relative.later,
        relative.same,
        relative.shifted_unit,
    )
}
