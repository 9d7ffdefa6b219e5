"""The date of a text: stated, inferred from two clues, bounded by what it mentions, or unknown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from dashboard.corpus.article import Field, Line, tidy
from dashboard.corpus.parsing.address_days import url_day, url_month
from dashboard.corpus.parsing.calendar import day_number
from dashboard.corpus.parsing.dates import (
    MONTH_YEAR,
    WEEKDAY,
    FoundDate,
    date_line,
    find_date,
    make_day,
    month_days,
    month_number,
    plausible,
    tomorrow,
    wrong_weekday,
)

# The words before a dash that open a report: "BEIJING, May 16, 2024 (Reuters) -".
_DATELINE_END = re.compile(r" [-–—]{1,2} |\) ?[-–—]{1,2}|: ")
# A correction's day isn't the article's, nor is that of a picture.
_NO_DATELINE = re.compile(
    r"\b(?:updat\w+|correct\w+|clarif\w+|editor\W?s|note|photo\w*|pictured?|file|image|video|pool)\b"
    r"|^(?:at|in|on|this|the|since|from)\b",
    re.I,
)
# A clause about what is to come, or that wonders, proves nothing about when it was written.
_FUTURE = re.compile(
    r"\b(?:will|shall|would|could|may be|might|expect\w{0,5}|forecast\w{0,3}|projected|"
    r"projections?|projects|plans?|planned|planning|until|till|due|upcoming|next|coming|goals?|targets?|"
    r"scheduled|deadline|ahead of|predict\w{0,5}|ambitions?|aims?|pledge\w{0,2}|no later than|"
    r"hopes?|proposed|set to|slated|vision|roadmap|by \d{4})\b"
    r"|\b(?:by|before|through|to|towards?|starting|beginning|if|for)"
    r"(?: (?:the )?(?:end of|early|late|mid|start of|in))? ?-?$",
    re.I,
)
_PAST_YEAR = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Dd]uring|early|late|of|from|mid-?)(?: (?:early|late|mid-?))? ?"
    r"(?P<y>(?:199|20\d)\d)"
    r"(?![\d%,]\d|\d|%|-|–|s\b)"
)
_YEAR = re.compile(r"(?:199|20\d)\d")
_SHORT_YEAR = re.compile(r"\d[-/.] ?\d{1,2}[-/.] ?\d\d(?!\d)")
_PAST_VERB = re.compile(
    r"\b(?:was|were|had|did|has been|have been|met|said|took|held|began|\w{3,20}ed)\b"
)
_UPDATED = re.compile(
    r"\b(?:updated|modified|mis à jour|aktualisiert|actualizado|atualizado|aggiornato)\b|更新", re.I
)
_SENTENCE = re.compile(r"(?<=[.!?。])[\"'”’)]{0,2}\s")
_MAX_CHARS = 40_000
_LEAD_LINES = 4
_INFERRED_WITHIN = 366
_NAMES_IN_COMMON = 2
_CAPITALISED = re.compile(r"\b[A-Z][\w'’-]{2,}")
_DOUBT = re.compile(r"\b(?:rumou?rs?|speculation|reportedly|likely|possible|probable)\b", re.I)


def text_date(lines: Sequence[Line], url: str, url_line: int | None) -> Field:
    """Return the date of a text file's article.

    Parameters
    ----------
    lines : sequence of Line
        Labelled lines.
    url : str
        The article's address, "" if none.
    url_line : int or None
        The line that it stands on.

    Returns
    -------
    Field
        Basis stated, inferred, bounded or unknown; never today's date for want of another.
    """
    refused = Field(None, "unknown")
    candidates = [line for line in lines if line.label == "metadata"]
    # "Published" goes before "Updated" whichever comes first.
    candidates.sort(key=lambda line: bool(_UPDATED.search(line.text[:200])))
    for line in candidates:
        if line.reason not in ("date", "byline", "mail header", "names the source"):
            continue
        if line.reason == "mail header" and line.text.lstrip()[:5].casefold() != "date:":
            continue
        found = date_line(tidy(line.text)) or find_date(tidy(line.text))
        if found is not None and found.day is not None:
            return _stated(found, line)
        if found is not None and not refused.evidence:
            refused = Field(
                None, "unknown", f"“{found.words}” {found.why}", line.number, "date line"
            )
    dateline = _dateline_date(lines)
    if dateline is not None:
        return dateline
    if url:
        day, words = url_day(url)
        if day:
            return Field(day, "stated", words.strip("/"), url_line, "day in the address")
    inferred = _inferred(lines)
    if inferred is not None:
        return inferred
    if url_month(url)[0]:
        return month_field(url, url_line)
    if refused.evidence:
        return refused
    return _bounded(lines) or Field(None, "unknown", "the text gives no date")


def month_field(url: str, line: int | None = None) -> Field:
    """Return the days of the month that an address names; ``url_month`` must have found one."""
    days, words = url_month(url)
    return Field(days, "bounded", words, line, "month in the address")


def _stated(found: FoundDate, line: Line) -> Field:
    assert found.day is not None
    text = tidy(line.text)
    evidence = text if len(text) <= 160 else found.words
    wrong = wrong_weekday(text, found)
    if wrong:
        evidence += f" (that day was not a {wrong})"
    if line.reason == "mail header":  # that of the message, which may pass on an older text
        return Field(found.day.isoformat(), "inferred", evidence, line.number, "message date")
    return Field(found.day.isoformat(), "stated", evidence, line.number, "date line")


def _kept(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.label == "keep"]


def _dateline_date(lines: Sequence[Line]) -> Field | None:
    for line in _kept(lines)[:_LEAD_LINES]:
        end = _DATELINE_END.search(text := tidy(line.text[:160]))
        if end is None:
            continue
        dateline = text[: end.end()].strip(" -–—:")
        found = find_date(dateline)
        if found is None or found.day is None:
            continue
        if _NO_DATELINE.search(dateline[: found.start]) or _NO_DATELINE.search(
            dateline[found.end :]
        ):
            continue
        places = dateline[: found.start].split()
        agency = dateline[found.end :].split()
        if 0 < len(places) <= 6 and len(agency) <= 4 and all(not w[0].islower() for w in places):
            return Field(found.day.isoformat(), "stated", dateline, line.number, "dateline")
    return None


def _inferred(lines: Sequence[Line]) -> Field | None:
    """Month and day in the lead + a weekday that fits + a year that the text can't precede.

    Both clues must be of what the text reports: in sentences that tell something past, in the same
    one or in two that name the same. A weekday fits a day of another event in one year of seven.
    """
    lead = [
        (sentence, line)
        for line in _kept(lines)[:_LEAD_LINES]
        for sentence in _SENTENCE.split(line.text[:2000])
    ]
    days: dict[tuple[int, int], tuple[re.Match[str], str, Line]] = {}
    for sentence, line in lead:
        for match in month_days(sentence):
            days.setdefault(_month_day(match), (match, sentence, line))
    weekdays = [(match, sentence, line) for sentence, line in lead for match in _weekdays(sentence)]
    if len(days) != 1 or len({match[0] for match, _, _ in weekdays}) != 1:
        return None
    (((month, day), (words, sentence, line)),) = days.items()
    weekday, other, weekday_line = weekdays[0]
    if not (_tells(sentence, words.start()) and _tells(other, weekday.start())):
        return None
    if sentence != other and len(_names(sentence) & _names(other)) < _NAMES_IN_COMMON:
        return None
    bound = _latest(lines, years=False)
    if bound is None:
        return None
    earliest, bound_words, bound_line = bound
    for year in (earliest.year, earliest.year + 1):
        guess = make_day(year, month, day)
        if guess is None or guess.weekday() != day_number(weekday[0]) or not plausible(guess):
            continue
        if not 0 <= (guess - earliest).days <= _INFERRED_WITHIN:
            continue
        evidence = (
            f"“{words[0]}” (line {line.number}) was a {weekday[0]} (line {weekday_line.number}) in "
            f"{year}, the first such year after “{bound_words}” (line {bound_line.number})"
        )
        return Field(
            guess.isoformat(), "inferred", evidence, line.number, "month and day, weekday, year"
        )
    return None


def _weekdays(sentence: str) -> list[re.Match[str]]:
    return list(WEEKDAY.finditer(sentence))


def _tells(sentence: str, at: int) -> bool:
    """True when what a sentence says of the day at ``at`` has happened, as far as words tell."""
    return (
        not _FUTURE.search(sentence)
        and not _DOUBT.search(sentence)
        and not _is_future(sentence, at)
    )


def _names(sentence: str) -> set[str]:
    """Return the capitalised words of a sentence, its days and months left out."""
    return {
        word
        for word in _CAPITALISED.findall(sentence)
        if day_number(word) is None and not month_number(word)
    }


def _month_day(match: re.Match[str]) -> tuple[int, int]:
    name = match["mon"] or match["mon2"]
    return month_number(name), int(match["d"] or match["d2"])


def _bounded(lines: Sequence[Line]) -> Field | None:
    latest = _latest(lines, years=True)
    if latest is None:
        return None
    day, words, line = latest
    evidence = f"not before “{words}”"
    # "was published on October 23rd": the first such day from the bound on.
    for kept in _kept(lines)[:_LEAD_LINES]:
        for sentence in _SENTENCE.split(kept.text[:4000]):
            match = next(iter(month_days(sentence)), None)
            if (
                match is None
                or not _PAST_VERB.search(sentence)
                or _FUTURE.search(sentence[: match.end()])
            ):
                continue
            month, number = _month_day(match)
            later = make_day(day.year, month, number)
            if later is not None and later < day:
                later = make_day(day.year + 1, month, number)
            if later is not None and plausible(later) and (later - day).days <= _INFERRED_WITHIN:
                evidence = (
                    f"not before “{match[0]}” (line {kept.number}), "
                    f"itself {evidence} (line {line.number})"
                )
                return Field(
                    f"{later.isoformat()}/..",
                    "bounded",
                    evidence,
                    kept.number,
                    "latest day mentioned",
                )
    return Field(f"{day.isoformat()}/..", "bounded", evidence, line.number, "latest date mentioned")


def _latest(lines: Sequence[Line], *, years: bool) -> tuple[dt.date, str, Line] | None:
    """Return the latest day that the text speaks of as past, its words and line."""
    best: tuple[dt.date, str, Line] | None = None
    left = _MAX_CHARS
    for line in _kept(lines):
        text = line.text[:left]
        left -= len(text)
        if left > 0 and not _YEAR.search(text):
            continue
        for sentence in _SENTENCE.split(text):
            if best is not None and _is_earlier(sentence, best[0]):
                continue
            for day, words in _past_days(sentence, years=years):
                if (best is None or day > best[0]) and plausible(day) and day <= tomorrow():
                    best = (day, words, line)
        if left <= 0:
            break
    return best


def _is_earlier(sentence: str, day: dt.date) -> bool:
    """True when a sentence names years, all of them before that of ``day``."""
    years = [int(year) for year in _YEAR.findall(sentence)]
    return max(years, default=9999) < day.year and not _SHORT_YEAR.search(sentence)


def _past_days(sentence: str, *, years: bool) -> list[tuple[dt.date, str]]:
    if not _YEAR.search(sentence):
        return []
    days = []
    for match in MONTH_YEAR.finditer(sentence):
        if not _is_future(sentence, match.start()):
            day = make_day(int(match["y"]), month_number(match["mon"]), 1)
            if day is not None:
                days.append((day, _with_word_before(sentence, match)))
    found = find_date(sentence)
    if found is not None and found.day is not None and not _is_future(sentence, found.start):
        days.append((found.day, found.words))
    if years:
        for match in _PAST_YEAR.finditer(sentence):
            if not _is_future(sentence, match.start()):
                days.append((dt.date(int(match["y"]), 1, 1), match[0]))
    return days


def _is_future(sentence: str, start: int) -> bool:
    return bool(_FUTURE.search(sentence[max(0, start - 120) : start]))


def _with_word_before(sentence: str, match: re.Match[str]) -> str:
    before = re.search(
        r"\b(?:since|in|until|from|of|late|early)\s$", sentence[: match.start()][-8:], re.I
    )
    return (before[0] if before else "") + match[0]
