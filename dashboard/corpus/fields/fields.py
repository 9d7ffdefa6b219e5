"""Title, source, original source, authors, url and date of an article, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.corpus.article import UNKNOWN, Field, Line, tidy
from dashboard.corpus.fields.dating import month_field, text_date
from dashboard.corpus.fields.head import article_url, first_paragraph, written_header
from dashboard.corpus.fields.sources import original_source
from dashboard.corpus.parsing.address_days import file_day, url_day, url_month
from dashboard.corpus.parsing.bylines import (
    agency,
    name_with_date,
    names_alone,
    names_in_byline,
    reporting_credit,
    without_role,
)
from dashboard.corpus.parsing.dates import is_moment
from dashboard.corpus.parsing.titles import split_outlet, strip_list_prefix
from dashboard.corpus.record import Record

_NO_TITLE = re.compile(
    r"(?:embargoed\b.{0,60}"
    r"|view (?:this |the )?(?:e-?mail |message |newsletter )?(?:in|on) (?:your |a |the )?"
    r"(?:web ?)?(?:browser|web|online)|view online)[.:!]?",
    re.I,
)


def read_fields(record: Record, lines: Sequence[Line], source: Field) -> dict[str, Field]:
    """Return the six fields of an article.

    Parameters
    ----------
    record : Record
        As read.
    lines : sequence of Line
        Its labelled lines.
    source : Field
        From ``source_field``.
    """
    metadata = [line for line in lines if line.label == "metadata"]
    url = _url_field(record, lines)
    date = record.date_field
    if record.row is not None and date.value is None:
        day, words = url_day(record.url)
        if day:
            date = Field(day, "stated", words.strip("/"), None, "day in the address")
        elif date != UNKNOWN and url_month(record.url)[0]:
            date = month_field(record.url)
    if date == UNKNOWN:
        date = _by_file_name(text_date(lines, url.value or "", url.line), record)
    return {
        "title": _title_field(record, lines),
        "source": source,
        "original_source": original_source(lines, source, url),
        "date": date,
        "authors": _authors_field(record, metadata),
        "url": url,
    }


def _by_file_name(date: Field, record: Record) -> Field:
    """Return the day in the file's name where the text states none, and doesn't deny it."""
    day, words = (
        file_day(record.file) if record.row is None and date.basis != "stated" else ("", "")
    )
    if not day or (date.basis == "bounded" and day < (date.value or "")[:10]):
        return date
    return Field(day, "inferred", words, None, "day in the file’s name")


def _title_field(record: Record, lines: Sequence[Line]) -> Field:
    named = tidy(record.title)
    if named:
        return Field(named, "stated", "column title", None, "column")
    header = written_header([line.text for line in lines]) if record.row is None else {}
    if "title" in header:
        value, number, words = header["title"]
        return Field(value, "stated", words, number, "written header")
    found = [line for line in lines if line.label == "metadata" and line.reason == "title"]
    said = [line for line in found if not _is_no_title(tidy(line.text))]
    if found and not said:
        return _title_below(lines, found[-1].number)
    found = said
    if not found:
        return UNKNOWN
    titles = [strip_list_prefix(tidy(line.text)) for line in found]
    titles = [split_outlet(title)[0] for title in titles]
    best = min(range(len(found)), key=lambda i: (len(titles[i]), i))
    method = "head line said twice" if len(found) > 1 else "first head line"
    return Field(titles[best], "stated", tidy(found[best].text), found[best].number, method)


def _is_no_title(text: str) -> bool:
    return bool(_NO_TITLE.fullmatch(text)) or is_moment(text)


def _title_below(lines: Sequence[Line], number: int) -> Field:
    """Return the headline right below a line that isn't one, such as "View in browser"."""
    for line in lines[number : number + 6]:
        text = tidy(line.text)
        if not text or line.label == "boilerplate":
            continue
        is_headline = line.label == "keep" and line.reason == "subheading"
        if not is_headline or len(text) > 200 or _is_no_title(text):
            break
        return Field(text, "inferred", text, line.number, "first head line")
    return UNKNOWN


def _url_field(record: Record, lines: Sequence[Line]) -> Field:
    if record.url:
        return Field(record.url, "stated", "column url", None, "column")
    if record.row is not None:
        return UNKNOWN
    head = first_paragraph([line.text for line in lines])
    url, number = article_url(
        [
            (line.number, tidy(line.text), line.number < head)
            for line in lines
            if line.label == "metadata" and line.reason == "web address"
        ]
    )
    return Field(url, "stated", url, number, "address on its own line") if url else UNKNOWN


def _authors_field(record: Record, metadata: Sequence[Line]) -> Field:
    named = tidy(record.authors)
    if named:
        names = names_in_byline(named)
        named = "; ".join(names) or without_role(named)
        return Field(named, "stated", "column authors", None, "column")
    helpers = None
    for line in metadata:
        text = tidy(line.text)
        if line.reason == "byline":
            names = [name for name in names_in_byline(text) if not agency(name)]
            if names:
                return Field("; ".join(names), "stated", text, line.number, "byline")
            name = name_with_date(text)
            names = [name] if name else names_alone(text)
            if names:
                return Field(
                    "; ".join(names), "inferred", text, line.number, "name beside the date"
                )
        if line.reason == "contributor credit":
            names = reporting_credit(text)
            if names:
                return Field("; ".join(names), "inferred", text, line.number, "reporting credit")
            helpers = helpers or line
    if helpers is not None:
        evidence = f"“{tidy(helpers.text)}” names who helped, not who wrote it"
        return Field(None, "unknown", evidence, helpers.number)
    return UNKNOWN
