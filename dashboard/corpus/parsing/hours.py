"""The hour of a day that the words of a date tell."""

from __future__ import annotations

import datetime as dt
import re

_TIME = re.compile(
    r"(?P<half>[上下]午|午[前後]|오전|오후)?\s?"
    # Neither the end of a longer number nor an offset from UTC, such as “+02:00”.
    r"(?<![\d:.,/+\-−])(?P<hour>\d{1,2})"
    r"(?:[:h](?P<minute>[0-5]\d)(?![\d%])(?::(?P<second>[0-5]\d))?(?:[.,]\d{1,9})?"
    r"|\.(?P<point>[0-5]\d)(?=\s?(?:uhr|uur|h\b|kl\b))"
    r"|(?=\s?[ap]\.?m\b)|(?=\s?uhr\b)|\s?[時时点點시](?:\s?(?P<after>[0-5]?\d)\s?[分분])?)"
    r"\s?(?P<noon>[ap](?=\.?m\b))?",
    re.I,
)
_SECONDS = re.compile(r"(?P<s>1\d{9}|[2-9]\d{8})(?:\d{3})?(?:\.\d{1,6})?")
_MOST_CHARS = 200
_LATER = ("下午", "午後", "오후")


def hour_of(words: str) -> int | None:
    """The hour (0 to 23) in the words of a date, as they give it, in whatever time zone; of seconds
    since 1970 that in UTC. None without one, and for midnight sharp: that is how programs write a
    day without an hour."""
    if len(words) > _MOST_CHARS:
        return None
    if seconds := _SECONDS.fullmatch(words.strip()):
        when = dt.datetime.fromtimestamp(int(seconds["s"]), dt.UTC)
        return when.hour if when.time() != dt.time() else None
    found = _TIME.search(words)
    if found is None:
        return None
    hour = int(found["hour"])
    if noon := (found["noon"] or "").lower():
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (noon == "p")
    elif found["half"]:
        hour = hour % 12 + 12 * (found["half"] in _LATER)
    rest = (found["minute"], found["point"], found["after"], found["second"])
    sharp = not any(int(each or 0) for each in rest)
    return None if hour > 23 or (hour == 0 and sharp) else hour
