"""Dates as people write them: a grammar of its own, so that "42nd" or "90% of" is never a year.

Only the span that matches the grammar is parsed. Nothing here ever answers "today".
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from dashboard.corpus.parsing.calendar import DAYS, day_number, key, month_numbers
from dashboard.corpus.parsing.numerals import (
    DIGITS,
    ERAS,
    ROMAN,
    VIETNAMESE,
    counted_month,
    number,
)
from dashboard.corpus.parsing.solar_hijri import is_solar_year, solar_day, solar_month

EARLIEST = dt.date(1990, 1, 1)
#: What is wrong with a date, after its words in quotation marks.
OUTSIDE, UNREADABLE = "is not between 1990 and tomorrow", "can’t be read as a date"

_ENGLISH = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_DAY = r"(?P<d>\d{1,2})"

# A letter, or a mark that belongs to one: Thai, Hindi and vowelled Arabic have these in names.
_LETTER = (
    r"(?:[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[\u0300-\u036f\u0591-\u05bf\u064b-\u0655"
    r"\u0670\u0900-\u0963\u0970-\u0eff\u0f00-\u109f\u1780-\u17d3\u200c-\u200f])"
)
# A month's name in any script, of one word or two: whether it is one, the calendar says.
_WORD = rf"{_LETTER}(?:{_LETTER}|['’׳.-]){{1,24}}"
_MON = rf"(?P<mon>{_WORD}(?: {_WORD})?)\.?"
_ONE = rf"(?P<mon>{_WORD})\.?"
_NTH = (  # of a day
    r"(?:\.|\(a\)|[-’']?(?:st|nd|rd|th|er|ère|ᵉʳ|[ºª°aеêйی]|го|an|én|mh|na|טער|סטן|טן)\b)?"
)
_OF = r"(?: (?:day of|of|de|di|da|ng|av|dhen(?: an)?) | ?(?:d|ta)[’'] ?|,? |[\s.-]{1,3})"
_COMMA = "[,،，]?"
_OF_YEAR = rf"{_COMMA}(?: (?:de|del|do|den|năm|พ\.ศ\.|ค\.ศ\.) ?|[\s.-]{{1,3}})"
_YEARS = (
    r"(?:\.|\.?\(?e?\)?ko|-?os)?"
    r"(?:[\s-](?:gada|metų|urteko|жылғы|жыл|йил|yil|оны|m\.|ж\.|թ\.),?)?"
)
# Its other name: أيار/مايو, أيار (مايو)
_ALSO = rf"(?: ?[/(]{_WORD}\)?)?"
_MONTH_NUMBER = r"(?P<m>\d{1,2})"

# A full date: day, month and year. Beside some is what a text must have for them, which is found
# in a tenth of the time: most texts don't have it.
_FULL = tuple(
    (re.compile(pattern, re.I), re.compile(needed, re.I))
    for pattern, needed in (
        (rf"(?<!\d)(?P<y>\d{{4}})([-/.]|\. )(?P<m>\d{{1,2}})\2{_DAY}(?!\d)", ""),
        (rf"(?<![\d.,]){_DAY}{_NTH}{_OF}{_MON}{_ALSO}{_OF_YEAR}(?P<y>\d{{4}})(?!\d)", ""),
        (
            rf"(?<!\w){_ONE}\s+(?:the )?{_DAY}{_NTH}{_COMMA}\s+(?P<y>\d{{4}})(?!\d)",
            rf"\d{_NTH}{_COMMA}\s+\d{{4}}(?!\d)",
        ),
        # As computers write it: Thu May 16 09:15:00 UTC 2024
        (
            rf"(?<!\w){_ONE}\s+{_DAY}\s+\d\d:\d\d(?::\d\d)?\s+(?:(?:[A-Z]{{2,5}}|[+-]\d{{4}})\s+)?{_YEAR}(?!\d)",
            r"\d\s+\d\d:\d\d",
        ),
        # 2024. május 16., 2024 m. gegužės 16 d., 2024(e)ko maiatzaren 16a
        (rf"(?<!\d)(?P<y>\d{{4}}){_YEARS}[\s-]{{1,2}}{_MON}[\s-]{_DAY}(?!\d)", ""),
        # 2024. gada 16. maijs, 2024 ж. 16 мамыр
        (rf"(?<!\d)(?P<y>\d{{4}}){_YEARS}\s{_DAY}{_NTH}{_OF}{_MON}(?!\w)", ""),
        (rf"(?<!\d)(?P<y>\d{{4}})\s?[年년]\s?{_MONTH_NUMBER}\s?[月월]\s?{_DAY}\s?[日일号]", ""),
        # 二〇二四年五月十六日, 令和6年5月16日, 民國113年5月16日
        (
            rf"(?P<era>{'|'.join(ERAS)})?(?P<y>\d{{1,3}}|元|[{DIGITS}]{{2,4}})年"
            rf"(?P<m>\d{{1,2}}|[{DIGITS}]{{1,3}})月(?P<d>\d{{1,2}}|[{DIGITS}]{{1,4}})[日号號]",
            "年",
        ),
        (rf"(?<!\d)(?P<y>\d{{4}})\sоны\s{_MONTH_NUMBER}(?:-?р)? сарын {_DAY}", "сарын"),
        (rf"(?<!\d)(?P<y>\d{{4}})\sоны\s(?P<mon>(?:{_WORD} ){{1,2}}сарын) {_DAY}", "сарын"),
        (
            rf"(?<!\d){_DAY} (?:tháng|thg) (?P<m>\d{{1,2}}|{'|'.join(VIETNAMESE)})"
            rf"(?:,|,? năm|/)? ?(?P<y>\d{{4}})(?!\d)",
            r"\bth(?:áng|g)\b",
        ),
        # 16. V. 2024
        (
            rf"(?<![\d.,]){_DAY}\. ?(?P<m>{'|'.join(ROMAN)})\. ?(?P<y>\d{{4}})(?!\d)",
            r"\d\. ?[ivx]{1,4}\. ?\d",
        ),
    )
)
# Thai newspapers count years from the death of Buddha.
_BUDDHIST = 543
_FIRST_BUDDHIST, _LAST_BUDDHIST = 1990 + _BUDDHIST, 2200 + _BUDDHIST
# Months in Portuguese, Spanish or Czech that are words of English: in a sentence they are words.
_WORDS_TOO = frozenset({"ago", "gas", "here", "led", "mat", "out", "pro", "sat", "set"})
_SENTENCE_LENGTH = 60
# What a text with a full date has: four figures of a year, or two numbers beside each other.
_MAY_HAVE_DATE = re.compile(r"\d(?:\d{3}|\d?\u200f?(?:\. |[-/.])\d)|年")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\u200f?(\. |[-/.])(\d{1,2})\u200f?\2(\d{4}|\d\d)(?!\d)")
MONTH_DAY = re.compile(
    rf"\b(?P<mon>{_ENGLISH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?![\d:%])(?!,?\s+\d{{4}}\b)"
    rf"|(?<![\d.,])(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<mon2>{_ENGLISH})\b(?!,?\s+\d{{4}}\b)"
)
_MONTH_BEGUN = re.compile("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
MONTH_YEAR = re.compile(rf"\b(?P<mon>{_ENGLISH})\.?,?\s+(?:of\s+)?{_YEAR}(?![\d%])")
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_NAME = re.compile(rf"{_LETTER}+")
_WEEKDAY_BEFORE = re.compile(rf"(?<!\w)({_LETTER}{{2,20}})\.?,?\s*$")

# What may stand beside a date on a line of its own, …
_BESIDE = re.compile(
    r"(?:(?:for )?(?:immediate )?release|a\.m\.|p\.m\."
    r"|(?:gmt|utc)[+-]\d{1,2}(?::\d\d)?|\d{1,2} (?:minute|min|hour|day)s? ago"
    r"|星期[一二三四五六日天]|[日月火水木金土]曜日|[월화수목금토일]요일|发布|發布|時間|时间|更新|公開|発表"
    r"|[上下]午|午[前後]|\d{1,2}\s?[時时点點](?:\s?\d{1,2}\s?分)?"
    r"|오전|오후|입력|수정|\d{1,2}시(?: ?\d{1,2}분)?"
    r"|(?<![a-zà-ÿ])mis à jour(?![a-zà-ÿ])"
    r"|\d{1,2}[:.h]\d\d(?::\d\d)?(?:\.\d{1,6})?(?:am|pm)?|\d{1,2}\s?(?:am|pm)"
    r"|t\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?z?|[+-]\d\d:?\d\d|(?<![^\W\d_])z)(?![a-z])",
    re.I,
)
# … word by word: "published", "at" and "o'clock", beside the weekdays of all languages.
_BESIDE_WORDS = frozenset(
    map(
        key,
        """
    date first last originally published publication posted updated modified issued created
    released release added dated on at by the of am pm um uhr h hrs noon midnight gmt utc bst cet
    cest est edt et cst cdt ct mst mdt mt pst pdt pt ist jst hkt sgt msk aest
    publié publiée modifié à il le les den der die am stand aktualisiert erstellt veröffentlicht
    datum erschienen publicado publicada actualizado actualizada fecha atualizado atualizada data em
    aggiornato pubblicato alle ore às as a el las uur kl la o publicat actualizat actualitzat
    publicerad publicerat uppdaterad uppdaterat klockan publiceret opdateret udgivet publisert
    oppdatert julkaistu päivitetty klo birt uppfært gepubliceerd bijgewerkt geplaatst om op
    opublikowano opublikowany opublikowana zaktualizowano aktualizacja dodano godz dnia r
    publikováno aktualizováno vydáno hod dne publikované aktualizované uverejnené dňa
    megjelent közzétéve frissítve módosítva objavljeno objavljen ažurirano posodobljeno u ob v
    yayınlanma yayınlandı yayın tarihi tarih güncelleme güncellendi son saat eklenme
    опубликовано обновлено дата г года в опубліковано оновлено р року о публикувана публикувано
    обновена обновено објављено ажурирано објавено у и δημοσιεύθηκε δημοσιεύτηκε ενημερώθηκε
    τελευταία ενημέρωση στις פורסם עודכן בתאריך תאריך ב נשר نشر نشرت آخر تحديث تاريخ النشر في
    منتشر شده تاریخ انتشار diterbitkan dipublikasikan diperbarui pukul wib tanggal disiarkan
    đăng lúc cập nhật ngày เผยแพร่ อัปเดต วันที่ ที่ น प्रकाशित अपडेट प्रकाशन প্রকাশ প্রকাশিত আপডেট
    avaldatud uuendatud kell publicēts atjaunots plkst paskelbta atnaujinta d val argitaratua
    eguneratua imechapishwa nashr chop թ ж ел гараг e dydd ngày năm segunda terça
    quarta quinta sexta feira
    """.split(),
    )
)
# Who put it out, beside the date: "By the Books Desk | October 2, 2019", "… 来源：新华社".
_BESIDE_DESK = re.compile(
    r"^by the (?:[\w&'’-]{1,20} ){1,3}(?:desk|team|staff)\b|(?:来源|來源) ?[:：] ?\w{2,20}$", re.I
)
_PUNCTUATION = re.compile(r"[\s,،;:|/·•()\[\]–—.-]{1,40}")


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
    """Return 1 to 12 for the name of a month, 0 for another word."""
    return next(iter(month_numbers(name)), 0)


def find_date(text: str) -> FoundDate | None:
    """Return the first full date written in ``text`` (read to 300 characters), or None."""
    text = text[:300]
    return _find_date(text) if _MAY_HAVE_DATE.search(text) else None


@lru_cache(maxsize=256)  # several ask about one line
def _find_date(text: str) -> FoundDate | None:
    found: list[FoundDate] = []
    for pattern, needed in _FULL:
        if needed.search(text):
            date = next((d for m in pattern.finditer(text) if (d := _written(m, text))), None)
            if date is not None:
                found.append(date)
    match = _NUMERIC.search(text)
    if match is not None and (len(match[4]) == 4 or match[2] == "/"):  # 2.0.24 is a version
        found.append(_numeric(match))
    return min(found, key=lambda date: (date.start, -date.end)) if found else None


def _written(match: re.Match[str], text: str) -> FoundDate | None:
    """Return the date of a match, None where its word isn't a month's."""
    groups = match.groupdict()
    year = number(groups["y"]) + ERAS.get(groups.get("era") or "", 0)
    if year < 1000:  # 24年: of which era or century isn't said
        return None
    if _FIRST_BUDDHIST <= year <= _LAST_BUDDHIST:
        year -= _BUDDHIST
    solar = _solar(groups, year)
    if solar is not None:
        return _found(match, solar)
    if groups.get("m"):
        months: tuple[int, ...] = (counted_month(groups["m"]),)
    else:
        name = groups["mon"]
        months = month_numbers(name) or month_numbers(name.split(" ")[0])
        if not months or (name.lower() in _WORDS_TOO and len(text) > _SENTENCE_LENGTH):
            return None
    days = [make_day(year, month, number(groups["d"])) for month in months]
    if len(days) > 1:  # the name is two months' in two languages: the weekday may settle it
        near = text[max(0, match.start() - 20) : match.end() + 20]
        named = [day_number(word) for word in _NAME.findall(near)]
        days.sort(key=lambda day: day is None or day.weekday() not in named)
    return _found(match, days[0])


def _solar(groups: dict[str, str | None], year: int) -> dt.date | None:
    """Return the day of a date in the calendar of Iran: by its month's name, or in its figures."""
    written, name = groups["y"] or "", groups.get("mon") or ""
    month = solar_month(name)
    if not month and groups.get("m") and not written.isascii() and is_solar_year(year):
        month = number(groups["m"] or "")
    return solar_day(year, month, number(groups["d"] or "")) if month else None


def month_days(text: str) -> list[re.Match[str]]:
    """Return the matches of ``MONTH_DAY`` in ``text``."""
    return list(MONTH_DAY.finditer(text)) if _MONTH_BEGUN.search(text) else []


def _found(match: re.Match[str], day: dt.date | None) -> FoundDate:
    if day is None:
        return FoundDate(None, match[0], match.start(), match.end(), "is not a real date")
    if not plausible(day):
        why = OUTSIDE
        return FoundDate(None, match[0], match.start(), match.end(), why)
    return FoundDate(day, match[0], match.start(), match.end())


def _numeric(match: re.Match[str]) -> FoundDate:
    days = numeric_readings(match[1], match[3], match[4])
    # Between points the day comes first, wherever dates are written so.
    if len(days) == 1 or (days and match[2].startswith(".")):
        return _found(match, days[0])
    why = "can be read in two ways" if days else "is not a real date"
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
    return found if _is_beside(rest) else None


def is_moment(text: str) -> bool:
    """True for a line of nothing but a date or a time, the year of which may be missing."""
    if len(text) > 80:
        return False
    if date_line(text) is not None:
        return True
    if not any(char.isdigit() for char in text):
        return False
    return _is_beside(MONTH_DAY.sub(" ", text.title()))


def _is_beside(rest: str) -> bool:
    """True when nothing is left of a line but what stands beside a date."""
    # Twice, since times need the points that may also glue words together.
    for pattern in (_BESIDE, _PUNCTUATION, _BESIDE, _PUNCTUATION):
        rest = pattern.sub(" ", rest)
    words = [key(word).removesuffix("ที่") for word in rest.split()]
    if " ".join(words) in DAYS:
        return True
    return all(word in _BESIDE_WORDS or word in DAYS for word in words)


def wrong_weekday(text: str, found: FoundDate) -> str:
    """Return the weekday written before the date when it is another day's, else ""."""
    before = _WEEKDAY_BEFORE.search(text[max(0, found.start - 24) : found.start])
    number = day_number(before[1]) if before else None
    if before is None or number is None or found.day is None or number == found.day.weekday():
        return ""
    return before[1]
