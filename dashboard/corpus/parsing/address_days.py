"""Days and months that an address or the name of a file gives."""

from __future__ import annotations

import calendar
import re
from urllib.parse import unquote

from dashboard.corpus.parsing.dates import find_date, make_day, plausible

_SEPARATED_DAY = re.compile(r"(?<!\d)(\d{4})([/-])(\d{1,2})\2(\d{1,2})(?!\d)")
_FILE_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_./ ]?)(\d\d)\2(\d\d)(?!\d)")
_MONTH_NAME_DAY = re.compile(
    r"/(\d{4})/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}/(\d{1,2})(?!\d)", re.I
)
_SEPARATED_MONTH = re.compile(r"/((?:19|20)\d\d)/(\d\d)/(?!\d{1,2}(?:[/?#]|$))")
_SHORT_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def url_day(url: str) -> tuple[str, str]:
    """Return the day that the path of ``url`` names and its words, ("", "") when none.

    Separators are demanded: /2024/05/16/ or 2024-05-16, never /11/12/ and never 20240516.
    """
    path = unquote(url[:2000])
    match = _SEPARATED_DAY.search(path)
    if match:
        day = make_day(int(match[1]), int(match[3]), int(match[4]))
        return (day.isoformat(), match[0]) if day and plausible(day) else ("", "")
    match = _MONTH_NAME_DAY.search(path)
    if match:
        month = _SHORT_MONTHS.index(match[2].lower()) + 1
        day = make_day(int(match[1]), month, int(match[3]))
        return (day.isoformat(), match[0]) if day and plausible(day) else ("", "")
    return ("", "")


def file_day(path: str) -> tuple[str, str]:
    """Return the day that the name of a file or of its folders gives and its words, else ("", "").

    Written with the year first ("2024-05-11_Post.txt", "post_20240511.txt", "2024/05/11/quay.txt"),
    with a month's name, or where only one reading is a day: "13.05.2024". Of two days neither.
    """
    path = path[-300:]
    found: dict[str, str] = {}
    for match in _FILE_DAY.finditer(path):
        day = make_day(int(match[1]), int(match[3]), int(match[4]))
        if day and plausible(day):
            found.setdefault(day.isoformat(), match[0])
    if not found:
        written = find_date(re.sub(r"[_/]+", " ", path))
        if written is not None and written.day is not None:
            found[written.day.isoformat()] = written.words
    return next(iter(found.items())) if len(found) == 1 else ("", "")


def url_month(url: str) -> tuple[str, str]:
    """Return the month that the path of ``url`` names as an interval of days, and its words.

    ("", "") when it names none: ``/2016/12/`` does, ``/2016/12/45/`` doesn't.
    """
    match = _SEPARATED_MONTH.search(unquote(url[:2000]))
    first = make_day(int(match[1]), int(match[2]), 1) if match else None
    if match is None or first is None or not plausible(first):
        return ("", "")
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return (f"{first.isoformat()}/{last.isoformat()}", match[0].strip("/"))
