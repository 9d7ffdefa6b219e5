"""Dates as people write them: an own grammar, so that "42nd" or "90% of" is never a year.

Only the span that matches the grammar is parsed. Nothing here ever answers "today".
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

EARLIEST = dt.date(1990, 1, 1)

_MONTH_NAMES = (
    "january jan januar janvier enero ene gennaio gen janeiro januari ocak января",
    "february feb februar fevrier février febrero febbraio fevereiro fev februari şubat февраля",
    "march mar märz maerz mars marzo março maart mart марта",
    "april apr avril abril abr aprile nisan апреля",
    "may mai mayo maggio mag maio mei mayıs мая",
    "june jun juni juin junio giugno giu junho haziran июня",
    "july jul juli juillet julio luglio lug julho temmuz июля",
    "august aug août aout agosto augustus ağustos августа",
    "september sept sep septembre septiembre settembre setembro eylül сентября",
    "october oct oktober okt octobre octubre ottobre outubro ekim октября",
    "november nov novembre noviembre novembro kasım ноября",
    "december dec dezember dez décembre decembre diciembre dic dicembre dezembro aralık декабря",
)
MONTHS = {name: i for i, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_ENGLISH = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_MONTH = "|".join(sorted(MONTHS, key=lambda name: (-len(name), name)))
_DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday".split()
WEEKDAYS = {name: i for i, name in enumerate(_DAY_NAMES)}
_SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4,
               "sat": 5, "sun": 6}  # fmt: skip
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_DAY = r"(?P<d>\d{1,2})"

# A full date: day, month and year. Tried in this order at each place; beside some is what a text
# must have for them, which is found in a tenth of the time: most texts don't have it.
_FULL = tuple(
    (re.compile(pattern, re.I), re.compile(needed, re.I))
    for pattern, needed in (
        (rf"(?<!\d)(?P<y>\d{{4}})([-/.])(?P<m>\d{{1,2}})\2{_DAY}(?!\d)", ""),
        (
            rf"(?<![\d.,])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?(?: (?:of|de) |[\s-]{{1,3}})"
            rf"(?P<mon>{_MONTH})\b\.?,?(?: (?:de|del) |[\s-]{{1,3}})(?P<y>\d{{4}})(?!\d)",
            "",
        ),
        (
            rf"\b(?P<mon>{_MONTH})\b\.?\s+{_DAY}(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d)",
            r"\d(?:st|nd|rd|th)?,?\s+\d{4}(?!\d)",
        ),
        # As computers write it: Thu May 16 09:15:00 UTC 2024
        (
            rf"\b(?P<mon>{_ENGLISH})\s+{_DAY}\s+\d\d:\d\d(?::\d\d)?\s+(?:[A-Z]{{2,5}}\s+)?"
            rf"{_YEAR}(?!\d)",
            r"\d\s+\d\d:\d\d",
        ),
        (rf"(?<!\d)(?P<y>\d{{4}})\s?[年년]\s?(?P<m>\d{{1,2}})\s?[月월]\s?{_DAY}\s?[日일号]", ""),
    )
)
_DIGIT = re.compile(r"\d")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})(\. |[-/.])(\d{1,2})\2(\d{4}|\d\d)(?!\d)")
MONTH_DAY = re.compile(
    rf"\b(?P<mon>{_ENGLISH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?![\d:%])(?!,?\s+\d{{4}}\b)"
    rf"|(?<![\d.,])(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<mon2>{_ENGLISH})\b(?!,?\s+\d{{4}}\b)"
)
_MONTH_BEGUN = re.compile("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
MONTH_YEAR = re.compile(rf"\b(?P<mon>{_ENGLISH})\.?,?\s+(?:of\s+)?{_YEAR}(?![\d%])")
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_WEEKDAY_BEFORE = re.compile(r"\b([A-Za-z]{3,9})\.?,?\s*$")

# What may stand beside a date on a line of its own.
_BESIDE = re.compile(
    r"(?:date|first|last|originally|published|publication|posted|updated|modified|issued|created"
    r"|released|(?:for )?(?:immediate )?release|added|dated|on|at|by|the|of|le|am|pm|a\.m\.|p\.m\."
    r"|um|uhr|h|hrs|noon|midnight"
    r"|(?:gmt|utc)[+-]\d{1,2}(?::\d\d)?|\d{1,2} (?:minute|min|hour|day)s? ago"
    r"|gmt|utc|bst|cet|cest|est|edt|et|cst|cdt|ct|mst|mdt|mt|pst|pdt|pt|ist|jst|hkt|sgt|msk|aest"
    r"|mon|tues?|wed|thur?s?|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|publié|veröffentlicht|publicado"
    r"|星期[一二三四五六日天]|发布|時間|时间|更新|公開|発表|[上下]午|午[前後](?:\d{1,2}時(?:\d{1,2}分)?)?"
    r"|(?<![a-zà-ÿ])(?:mis à jour|modifié|à|il|les?|den|der|am|stand|aktualisiert|erstellt"
    r"|actualizado"
    r"|atualizado|aggiornato|pubblicato|alle|ore|às|as|a las|las|em|el|uur|kl\.?"
    r"|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"
    r"|(?:segunda|terça|quarta|quinta|sexta)-feira)(?![a-zà-ÿ])"
    r"|\d{1,2}[:.h]\d\d(?::\d\d)?(?:\.\d{1,6})?(?:am|pm)?|\d{1,2}\s?(?:am|pm)|t\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?z?"
    r"|[+-]\d\d:?\d\d|z)(?![a-z])",
    re.I,
)
# Who put it out, beside the date: "By the Books Desk | October 2, 2019", "… 来源：新华社".
_BESIDE_DESK = re.compile(
    r"^by the (?:[\w&'’-]{1,20} ){1,3}(?:desk|team|staff)\b|(?:来源|來源) ?[:：] ?\w{2,20}$", re.I
)
_PUNCTUATION = re.compile(r"[\s,;:|/·•()\[\]–—.-]{1,40}")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: ``day`` is None when the words have no one meaning; then ``why``."""

    day: dt.date | None
    words: str
    start: int
    end: int
    why: str = ""


def tomorrow() -> dt.date:
    """The last day that an article can be dated: the day after today."""
    return dt.date.today() + dt.timedelta(days=1)


def plausible(day: dt.date) -> bool:
    """True for a day from 1990 to tomorrow."""
    return EARLIEST <= day <= tomorrow()


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """Return the day, None when the calendar has none such."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def month_number(name: str) -> int:
    """Return 1 to 12 for a month's name or abbreviation that the grammar matched."""
    return _BY_KEY[_month_key(name)]


def _month_key(name: str) -> str:
    """Return what a month's name has in common with all that a pattern takes for it: regular
    expressions don't tell the Turkish ı, I, İ and i apart, nor ſ and s."""
    return name.casefold().replace("\u0307", "").replace("ı", "i").rstrip(".")


_BY_KEY = {_month_key(name): number for name, number in MONTHS.items()}


def find_date(text: str) -> FoundDate | None:
    """Return the first full date written in ``text`` (read to 300 characters), or None."""
    text = text[:300]
    if not _DIGIT.search(text):
        return None
    found: list[FoundDate] = []
    for pattern, needed in _FULL:
        match = pattern.search(text) if needed.search(text) else None
        if match is not None:
            groups = match.groupdict()
            month = int(groups["m"]) if groups.get("m") else month_number(groups["mon"])
            day = make_day(int(groups["y"]), month, int(groups["d"]))
            found.append(_found(match, day))
    match = _NUMERIC.search(text)
    if match is not None and (len(match[4]) == 4 or match[2] == "/"):  # 2.0.24 is a version
        found.append(_numeric(match))
    return min(found, key=lambda date: (date.start, -date.end)) if found else None


def month_days(text: str) -> list[re.Match[str]]:
    """Return the matches of ``MONTH_DAY`` in ``text``."""
    return list(MONTH_DAY.finditer(text)) if _MONTH_BEGUN.search(text) else []


def _found(match: re.Match[str], day: dt.date | None) -> FoundDate:
    if day is None:
        return FoundDate(None, match[0], match.start(), match.end(), "is not a day in the calendar")
    if not plausible(day):
        why = "is outside 1990 to tomorrow"
        return FoundDate(None, match[0], match.start(), match.end(), why)
    return FoundDate(day, match[0], match.start(), match.end())


def _numeric(match: re.Match[str]) -> FoundDate:
    days = numeric_readings(match[1], match[3], match[4])
    # Between points the day comes first, wherever dates are written so.
    if len(days) == 1 or (days and match[2].startswith(".")):
        return _found(match, days[0])
    why = "can be read in two ways" if days else "is not a day in the calendar"
    return FoundDate(None, match[0], match.start(), match.end(), why)


def numeric_readings(first: str, second: str, year: str) -> list[dt.date]:
    """Return the days that "first/second/year" can mean, day first then month first.

    Two digits of a year are read as 19xx or 20xx, whichever is not in the future.
    """
    number = int(year)
    if len(year) == 2:
        number += 2000 if number <= tomorrow().year % 100 else 1900
    a, b = int(first), int(second)
    readings = [make_day(number, b, a), make_day(number, a, b)]
    days: list[dt.date] = []
    for day in readings:
        if day is not None and day not in days:
            days.append(day)
    return days


def date_line(text: str) -> FoundDate | None:
    """Return the date of a line that holds nothing else but one or two dates, else None.

    A weekday, a time, a zone and words such as "Published" may stand beside it.
    """
    if len(text) > 160:
        return None
    found = find_date(text)
    if found is None:
        return None
    rest = text[: found.start] + " " + text[found.end :]
    second = find_date(rest)
    if second is not None:  # "Published May 15, 2024. Updated May 16, 2024"
        rest = rest[: second.start] + " " + rest[second.end :]
    rest = _BESIDE_DESK.sub(" ", rest.strip())
    # Twice, since times need the points that may also glue words together.
    for pattern in (_BESIDE, _PUNCTUATION, _BESIDE, _PUNCTUATION):
        rest = pattern.sub(" ", rest)
    return found if not rest.strip() else None


def is_moment(text: str) -> bool:
    """True for a line of nothing but a date or a time, the year of which may be missing."""
    if len(text) > 80:
        return False
    if date_line(text) is not None:
        return True
    if not any(char.isdigit() for char in text):
        return False
    rest = MONTH_DAY.sub(" ", text.title())
    for pattern in (_BESIDE, _PUNCTUATION, _BESIDE, _PUNCTUATION):
        rest = pattern.sub(" ", rest)
    return not rest.strip()


def weekday_number(word: str) -> int | None:
    """Return 0 (Monday) to 6 for an English weekday, long or short, else None."""
    word = word.lower()
    return WEEKDAYS.get(word, _SHORT_DAYS.get(word))


def wrong_weekday(text: str, found: FoundDate) -> str:
    """Return the weekday written before the date when it is another day's, else ""."""
    before = _WEEKDAY_BEFORE.search(text[max(0, found.start - 12) : found.start])
    number = weekday_number(before[1]) if before else None
    if before is None or number is None or found.day is None or number == found.day.weekday():
        return ""
    return before[1]
