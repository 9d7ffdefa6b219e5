"""The plain layout of Factiva: lines in a fixed order around the count of words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dashboard.corpus.article import tidy
from dashboard.corpus.parsing.dates import find_date
from dashboard.corpus.readers.databases.export_fields import Entry
from dashboard.corpus.readers.office.rtf import CELL

# Eight characters of the source's code, the day of loading, nine of a serial number.
ACCESSION = re.compile(
    r"[^\W\d]{2,12}\s{1,4}(?P<an>[A-Za-z0-9]{8}(?P<day>(?:19|20)\d{6})[a-z0-9]{7,12})"
)
WORDS = re.compile(
    r"\d[\d.,\s\u00a0\u202f]{0,9}(?:words?|wörter|wort|mots?|palabras?|parole|parola|palavras?"
    r"|слов\w{0,2}|woorden|ord|słów|slov|szó|kelime|cuvinte|字|語|単語|个字|個字|文字|단어)",
    re.I,
)  # fmt: skip
_TIME = re.compile(r"\d{1,2}[:.h]\d\d(?:\s?[ap]m)?(?:\s[A-Z]{2,5})?", re.I)
_CODE = re.compile(r"[A-Z0-9]{1,12}")
_RIGHTS = re.compile(
    r"(?:\(c\)|©|copyright\b|copr\b).{0,400}|.{0,200}(?:©|\(c\)) ?(?:19|20)\d\d.{0,200}", re.I
)
BYLINE = re.compile(r"(?:by|von|par|por|door|di|от|автор:?) \S.{0,200}", re.I)
_LANGUAGES = frozenset(
    "english german french spanish italian portuguese dutch russian chinese japanese deutsch "
    "englisch französisch français anglais allemand español inglés francés italiano português "
    "nederlands русский 日本語 中文 polski svenska dansk norsk suomi türkçe العربية".split()
)  # fmt: skip
_LICENSE = "License this article from Dow Jones Reprint Service"
HEAD_LINES = 16


def plain_entries(lines: Sequence[str]) -> Iterator[Entry]:
    """Yield the articles of a document in this layout; the number of each ends it."""
    number = 0
    start = 0
    tidied = [tidy(line.replace(CELL, " ")) for line in lines]
    for end, last in enumerate(tidied):
        if not last or not ACCESSION.fullmatch(last):
            continue
        chunk = [line for line in tidied[start : end + 1] if line]
        start = end + 1
        number += 1
        entry = Entry(number)
        read_head(chunk, entry)
        entry.text = "\n\n".join(body_of(chunk))
        accession_date(chunk[-1:], entry)
        yield entry
    rest = [line for line in tidied[start:] if line]
    # A file that is cut off lacks the last line; a search summary below the articles has no head.
    if all(any(part.fullmatch(line) for line in rest) for part in (WORDS, _RIGHTS)):
        entry = Entry(number + 1)
        read_head(rest, entry)
        entry.text = "\n\n".join(body_of(rest))
        yield entry


def _counted(lines: Sequence[str]) -> int:
    """Return the place of the count of words, else of the date, -1 when there is neither."""
    for i, line in enumerate(lines):
        if len(line) < 40 and WORDS.fullmatch(line):
            return i
    opening = enumerate(lines[:HEAD_LINES])
    return next((i - 1 for i, line in opening if i and len(line) < 40 and find_date(line)), -1)


def read_head(lines: Sequence[str], entry: Entry) -> None:
    """Read headline, byline, date and source, which stand around the count of words."""
    at = _counted(lines)
    if at < 0:
        entry.title = lines[0] if lines else ""
        return
    entry.length = lines[at] if WORDS.fullmatch(lines[at]) else ""
    above = list(lines[: at if entry.length else at + 1])
    if len(above) > 1 and (BYLINE.fullmatch(above[-1]) or (len(above) == 2 and _is_name(above))):
        entry.authors = above.pop()
    entry.title = above[-1] if above else ""
    below = [line for line in lines[at + 1 : at + 8] if not _TIME.fullmatch(line)]
    if below and find_date(below[0]):
        entry.date = below.pop(0)
    if below and not _RIGHTS.fullmatch(below[0]):
        entry.source = below[0]


def _is_name(above: Sequence[str]) -> bool:
    # Without "By": a short line in capitals' case under a longer headline.
    words = above[1].split()
    capital = all(word[:1].isupper() or word in ("and", "und", "et", "y", "e") for word in words)
    return 2 <= len(words) <= 6 and capital and len(above[0]) > len(above[1])


def body_of(lines: Sequence[str]) -> list[str]:
    """Return the paragraphs below the head: after the copyright, else the language or the code."""
    at = max(0, _counted(lines))
    head = lines[at : at + HEAD_LINES]
    rights = next((i for i, line in enumerate(head) if _RIGHTS.fullmatch(line)), None)
    language = next((i for i, line in enumerate(head) if line.casefold() in _LANGUAGES), None)
    code = next((i for i, line in enumerate(head) if i > 2 and _CODE.fullmatch(line)), None)
    last = next((i for i in (rights, language, code) if i is not None), 2)
    return own_text(lines[at + last + 1 :])


def own_text(lines: Sequence[str]) -> list[str]:
    """Return the lines that are the article's: not its number, not an offer of reprints."""
    return [line for line in lines if not (ACCESSION.fullmatch(line) or line.startswith(_LICENSE))]


def accession_date(lines: Sequence[str], entry: Entry) -> None:
    """Where no date is given, the day of loading in the document's number suggests one."""
    match = next((m for line in lines[::-1] if (m := ACCESSION.fullmatch(line))), None)
    if match is not None and not entry.date:
        day = match["day"]
        entry.date = f"{day[:4]}-{day[4:6]}-{day[6:]}"
        entry.labels["date"] = f"day of loading in {match['an']}"
        entry.inferred.add("date")
