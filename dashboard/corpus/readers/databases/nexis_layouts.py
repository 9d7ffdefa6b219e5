"""One article of a Nexis download, of today's layout or the older one, to an entry."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.corpus.article import tidy
from dashboard.corpus.parsing.dates import find_date
from dashboard.corpus.readers.databases.export_fields import Entry

BODY = frozenset("body|text|full text|volltext|texte|texto|testo|tekst|corps|cuerpo".split("|"))
_LABEL = re.compile(r"(?P<label>[^\W\d_][\w/ -]{2,24}):\s{0,9}(?P<value>.*)")
_BYLINES = frozenset("byline author authors autor auteur auteurs autore verfasser".split())
LENGTHS = frozenset("length länge longueur lengte longitud lunghezza".split())
_HEADLINES = frozenset("headline title titel titre".split())
_HEADER = frozenset(
    "section dateline highlight series edition rubrik ressort rubrique sectie sección anniversary "
    "distribution date correction-date".split()
).union(_BYLINES, LENGTHS, _HEADLINES)  # fmt: skip
_TRAILER = frozenset(
    "load-date|update|update-date|language|sprache|langue|publication-type|pub-type|document-type|"
    "journal code|journal-code|subject|industry|geographic|acc-no|issn|graphic".split("|")
)
_RIGHTS = re.compile(
    r"(?:copyright\b|©|\(c\)|all rights reserved|alle rechte vorb|tous droits)", re.I
)
_LINK = re.compile(r"(?:link (?:to|zum)|lien vers|enlace al?)\b.{0,80}", re.I)
_NO_TITLE = ("no headline in original", "no headline", "kein titel")
_HEADER_LINES = 25


def is_body(line: str) -> bool:
    """True for the heading above an article's text."""
    return line.casefold() in BODY


def label_of_line(line: str) -> str:
    """Return the label of a line such as "Length: 512 words" in lower case, "" if it has none."""
    match = _LABEL.match(line)
    return match["label"].casefold() if match else ""


def read_article(chunk: Sequence[str], entry: Entry) -> None:
    """Read one article of Nexis Uni into ``entry``."""
    body = next((i for i, line in enumerate(chunk) if is_body(line)), None)
    if body is None:  # without the heading, the text follows the last labelled line of the head
        labelled = [i for i, line in enumerate(chunk[:_HEADER_LINES])
                    if label_of_line(line) in _HEADER or _RIGHTS.match(line)]  # fmt: skip
        body = labelled[-1] if labelled else min(2, len(chunk) - 1)
        head = chunk[: body + 1]
    else:
        head = chunk[:body]
    _read_head([line for line in head if not _LINK.fullmatch(line)], entry)
    text = list(chunk[body + 1 :])
    headings = [line.casefold() for line in text]
    if "classification" in headings:
        text = text[: len(headings) - 1 - headings[::-1].index("classification")]
    while text and label_of_line(text[-1]) in _TRAILER:
        _read_load_date(text.pop(), entry)
    for line in chunk[body + 1 + len(text) :]:
        _read_load_date(line, entry)
    headings = [line.casefold() for line in text]
    if "graphic" in headings:
        text = text[: len(headings) - 1 - headings[::-1].index("graphic")]
    if text and text[-1].casefold() in ("notes", "classification"):
        text.pop()
    entry.text = "\n\n".join(text)


def _read_load_date(line: str, entry: Entry) -> None:
    """The day on which Nexis got the article is close to its date: a suggestion, no more."""
    if not entry.date and label_of_line(line) == "load-date":
        entry.date = line.partition(":")[2]
        entry.labels["date"] = "Load-Date"
        entry.inferred.add("date")


def _read_head(lines: Sequence[str], entry: Entry) -> None:
    plain: list[str] = []
    open_still = True
    for line in lines:
        label = label_of_line(line)
        value = tidy(line.partition(":")[2])
        if _RIGHTS.match(line):
            open_still = False
        elif label in _HEADER and plain:
            open_still = False
            if label in _BYLINES and not entry.authors:
                entry.authors, entry.labels["authors"] = value, line.partition(":")[0]
            elif label in LENGTHS and not entry.length:
                entry.length = value
        elif open_still:
            plain.append(line)
    if not plain:
        return
    entry.title = "" if plain[0].casefold() in _NO_TITLE else plain[0]
    dated = next((i for i in range(1, len(plain)) if _is_date(plain[i])), None)
    if dated is None:  # "May 2024", "Spring 2024": no day, but the place of one
        entry.source = plain[1] if len(plain) > 1 else ""
        if len(plain) > 2 and re.search(r"\b(?:19|20)\d\d\b", plain[2]):
            entry.date = plain[2]
    else:
        entry.source = plain[dated - 1] if dated > 1 else ""
        entry.date = plain[dated]


def _is_date(line: str) -> bool:
    return len(line) <= 100 and find_date(line) is not None


def read_old(chunk: Sequence[str], entry: Entry) -> None:
    """Read one article of the older layout: publication, date, edition, title, labels, text."""
    first = next((i for i, line in enumerate(chunk) if label_of_line(line) in _HEADER), None)
    last = first if first is not None else 0
    for i in range(last, min(last + _HEADER_LINES, len(chunk))):
        label, value = label_of_line(chunk[i]), tidy(chunk[i].partition(":")[2])
        if label not in _HEADER:
            continue
        last = i
        if label in _BYLINES:
            entry.authors, entry.labels["authors"] = value, chunk[i].partition(":")[0]
        elif label in LENGTHS:
            entry.length = value
        elif label in _HEADLINES:
            entry.title = value
    plain = [line for line in chunk[:first] if not _RIGHTS.match(line)]
    dated = next((i for i, line in enumerate(plain) if _is_date(line)), None)
    if dated is not None:
        entry.date = plain[dated]
        entry.source = plain[dated - 1] if dated else ""
    elif plain:
        entry.source = plain[0]
    if not entry.title and plain[(dated or 0) + 1 :]:
        entry.title = plain[-1]
    text: list[str] = []
    for line in chunk[last + 1 :]:
        if (label_of_line(line) in _TRAILER and line.partition(":")[0].isupper()) or _RIGHTS.match(
            line
        ):
            break
        text.append(line)
    entry.text = "\n\n".join(text)
