"""Readings of what is told from another day: the article's, or the one before it in the text."""

from __future__ import annotations

import datetime as dt

from dashboard.text.dates import spans
from dashboard.text.dates.around import BY_ARTICLE, BY_TEXT, Around, Found, away, by_article
from dashboard.text.dates.spans import DateValue


def month_of(around: Around) -> Found:
    """May of last year."""
    if around.anchor is None:
        return None
    year = around.anchor.year + int(around.value("shift"))
    return by_article(spans.month(year, around.number("bare_month")))


def shifted_month(around: Around) -> Found:
    """Last May: the last one before the article's month."""
    if around.anchor is None:
        return None
    shift, number, anchor = int(around.value("shift")), around.number("bare_month"), around.anchor
    year = anchor.year
    if shift < 0 and number >= anchor.month:
        year -= 1
    if shift > 0 and number <= anchor.month:
        year += 1
    return by_article(spans.month(year, number))


def shifted_season(around: Around) -> Found:
    """Last summer: the last one that is over, or began before this season."""
    anchor = around.anchor
    if anchor is None or anchor.year < 3:
        return None
    name, shift = around.value("season"), int(around.value("shift"))
    every = [spans.season(y, name) for y in range(anchor.year - 2, anchor.year + 3)]
    if shift < 0:
        found = [s for s in every if s.last < anchor][-1]
    elif shift > 0:
        found = next(
            s for s in every if s.first > anchor and (name == "WI" or s.first.year > anchor.year)
        )
    elif name == "WI":
        found = min(every, key=lambda s: (away(s, anchor), s.first))
    else:
        found = every[2]
        if around.tense == "past" and found.first > anchor and around.before != "later":
            found = every[1]
    return by_article(found.part(around.value("part")) if around.has("part") else found)


def part_unit(around: Around) -> Found:
    """Early this year, late last month, the end of next week, earlier this month."""
    anchor = around.anchor
    if anchor is None:
        return None
    unit = around.value("long_unit")
    shift = int(around.value("shift")) if around.has("shift") else 0
    found = spans.shifted(anchor, shift, unit)
    if found is None:
        return None
    if not around.has("before_or_after"):
        which = around.value("part") if around.has("part") else around.value("part_of")
        return by_article(found.part(which))
    first, last = found.first, found.last
    if shift == 0 and int(around.value("before_or_after")) < 0:
        last = anchor
    elif shift == 0:
        first = anchor
    return by_article(DateValue(found.value, first, last, found.granularity))


def year_end(around: Around) -> Found:
    """Year’s end."""
    return None if around.anchor is None else by_article(spans.year(around.anchor.year).part("END"))


def _day_from_anchor(around: Around, days: int, suffix: str = "") -> Found:
    if around.anchor is None:
        return None
    if around.has("daypart"):
        suffix = around.value("daypart")
    try:
        return by_article(spans.day(around.anchor + dt.timedelta(days=days), suffix))
    except OverflowError:
        return None


def deictic(around: Around) -> Found:
    """Today, yesterday morning; not USA Today."""
    if around.is_capital and around.before:
        return None
    return _day_from_anchor(around, int(around.value("deictic")))


def tonight(around: Around) -> Found:
    """Tonight."""
    return _day_from_anchor(around, 0, "NI")


def last_night(around: Around) -> Found:
    """Last night."""
    return _day_from_anchor(around, -1, "NI")


def this_daypart(around: Around) -> Found:
    """This morning."""
    return _day_from_anchor(around, 0)


def weekday(around: Around) -> Found:
    """A weekday: the next one from the article's day on where the clause looks ahead, else the
    last one up to it."""
    if around.anchor is None or around.is_in(around.after, "counted"):
        return None
    is_name = around.is_in(around.before, "name_before") or around.is_in(around.after, "name_after")
    if is_name or (around.has("daypart") and around.is_daypart_capital):
        return None
    ahead = (around.number("weekday") - around.anchor.weekday()) % 7
    days = ahead if around.tense == "future" or not ahead else ahead - 7
    return _day_from_anchor(around, days)


def shifted_weekday(around: Around) -> Found:
    """Last Thursday is the last one before the article's day; next Thursday is in the week after;
    this Thursday is the nearest, ahead unless the clause looks back."""
    if around.anchor is None:
        return None
    number, shift = around.number("weekday"), int(around.value("shift"))
    ahead = (number - around.anchor.weekday()) % 7
    if shift < 0:
        return _day_from_anchor(around, ahead - 7)
    if shift > 0 and around.words["shift"] == "next":
        return _day_from_anchor(around, 7 - around.anchor.weekday() + number)
    return _day_from_anchor(around, ahead - 7 if around.tense == "past" and ahead else ahead)


def weekday_week(around: Around) -> Found:
    """Thursday last week."""
    if around.anchor is None:
        return None
    weeks = int(around.value("shift"))
    return _day_from_anchor(around, 7 * weeks + around.number("weekday") - around.anchor.weekday())


def weekend(around: Around) -> Found:
    """Last weekend, this weekend, over the weekend."""
    anchor = around.anchor
    if anchor is None:
        return None
    shift = int(around.value("shift")) if around.has("shift") else None
    if shift is None and around.before not in ("over", "during", "on", "at", "before", "after"):
        return None
    whole = spans.weekend(anchor)
    is_past = shift == -1 or (
        shift in (None, 0) and around.tense != "future" and anchor.weekday() < 3
    )
    weeks = -1 if is_past and anchor < whole.first else 0
    if shift == -1 and anchor.weekday() >= 5:
        weeks = -1
    if shift == 1:
        weeks = 1
    return by_article(spans.shifted(anchor, weeks, "week", "weekend"))


def _count(around: Around) -> int:
    return around.number("number") if around.has("number") else around.number("n")


def ago(around: Around) -> Found:
    """Two weeks ago: as fine as its unit."""
    count = _count(around)
    if around.anchor is None or count < 1:
        return None
    return by_article(spans.shifted(around.anchor, -count, around.value("unit")))


def from_now(around: Around) -> Found:
    """Two weeks from now."""
    count = _count(around)
    if around.anchor is None or count < 1:
        return None
    return by_article(spans.shifted(around.anchor, count, around.value("unit")))


def in_units(around: Around) -> Found:
    """In two weeks, where the clause looks ahead: else it is how long something took."""
    return from_now(around) if around.tense == "future" and around.after != "of" else None


def later(around: Around) -> Found:
    """Two weeks later, the following day, a year earlier: from the date before it in the text."""
    unit_class = "one_unit" if around.has("one_unit") else "short_unit"
    if around.has(unit_class):
        if around.is_in(around.before, "long") and around.words.get("later") == "next":
            return None
        count, name = 1, around.value(unit_class)
        unit, suffix = ("day", name) if name.isupper() else (name, "")
        sign = -1 if around.has("earlier") else 1
    else:
        count, unit, suffix = _count(around), around.value("unit"), ""
        sign = int(around.value("before_or_after"))
    leans_on = around.day if unit == "day" else around.reference
    if count < 1 or leans_on is None:
        return None
    reference, basis = leans_on
    coarser = spans.GRANULARITIES.index(unit)
    as_fine = reference.granularity if reference.granularity in ("month", "quarter") else ""
    if as_fine and spans.GRANULARITIES.index(as_fine) > coarser:
        return None
    found = spans.shifted(reference.first, sign * count, unit, as_fine)
    if found is not None and suffix:
        found = spans.day(found.first, suffix)
    if found is None or around.looks_the_other_way(found):
        return None
    return found, basis if basis == BY_ARTICLE else BY_TEXT


def same(around: Around) -> Found:
    """The same day, that year: of the date before it in the text."""
    name = around.value("one_unit")
    unit = "day" if name.isupper() else name
    leans_on = around.day if unit == "day" else around.reference
    if leans_on is None or around.is_in(around.after, "number"):
        return None
    if around.is_in(around.after, "shift"):
        return None  # "the same month last year"
    reference, basis = leans_on
    if spans.GRANULARITIES.index(reference.granularity) > spans.GRANULARITIES.index(unit):
        return None
    found = spans.holding(reference.first, unit)
    if name.isupper():
        found = spans.day(found.first, name)
    if around.looks_the_other_way(found):
        return None
    return found, basis if basis == BY_ARTICLE else BY_TEXT


def shifted_unit(around: Around) -> Found:
    """Last week, this year, next month; "the last week" and "over the next year" are how long."""
    if around.anchor is None or around.before in ("the", "these", "those", "a", "every", "each"):
        return None
    shift = int(around.value("shift"))
    return by_article(spans.shifted(around.anchor, shift, around.value("long_unit")))
