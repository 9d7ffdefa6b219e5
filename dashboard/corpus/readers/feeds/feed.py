"""News feeds, RSS and Atom: one entry is one record."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate
from typing import Any
from urllib.parse import urljoin

from dashboard.corpus.article import Field, tidy
from dashboard.corpus.own_columns import LISTED, own_columns
from dashboard.corpus.parsing.addresses import host_of, outlet_of, real_address
from dashboard.corpus.parsing.dates import (
    OUTSIDE,
    UNREADABLE,
    find_date,
    make_day,
    plausible,
)
from dashboard.corpus.parsing.outlets import without_outlet
from dashboard.corpus.readers.feeds.markup import (
    checked_feed,
    completed,
    is_headlines,
    looks_like_feed,
    parse_feed,
    refuse_bomb,
)
from dashboard.corpus.readers.web.markup import decode_markup, drop_controls, plain_text
from dashboard.corpus.record import Reading, Record, RefusedFile
from dashboard.corpus.report import Problem
from dashboard.text.lines import word_count

MAX_BYTES = 50 * 1024 * 1024
_ADDRESS_NAME = re.compile(r"\S{1,200}@\S{1,200}(?: \(([^()@]{1,200})\))?")
_CUT = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|\[\+?\d{1,9} chars\]|(?:read|see) (?:more|on)\b.{0,40}"
    r"|continue reading\b.{0,200})[\s»→>.]{0,9}$",
    re.I,
)
# Stands under whole entries and under beginnings alike.
_FOOTER = re.compile(
    r"\s*the post .{1,300} (?:appeared first on|first appeared on) .{1,100}$", re.I
)
__all__ = ["looks_like_feed", "read_feed"]

_TEASER_WORDS = 100
_MANY = 5
_METADATA_ONLY = "metadata only: the text needs fetching"


def read_feed(data: bytes, file: str, folder: str = "") -> Reading:
    """Read a saved feed; nothing is fetched.

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Its name for the report.
    folder : str
        Sub-folder that names its source, "" if none; the feed's own title takes precedence.

    Returns
    -------
    Reading
        A record per entry with text; the other entries are refused, each with a problem.

    Raises
    ------
    RefusedFile
        Empty, too large, not a feed, a feed without entries, or one that defines entities of its
        own.
    """
    if not data.strip():
        raise RefusedFile("the file is empty", "download the feed again", "feed")
    if len(data) > MAX_BYTES:
        raise RefusedFile(f"larger than {MAX_BYTES // 1024**2} MB", "split the feed", "feed")
    decoded = decode_markup(data)
    text, kind = checked_feed(drop_controls(decoded.text).lstrip("\ufeff \t\n"))
    reading = Reading("feed", problems=list(decoded.problems), encoding=decoded.encoding)
    text, cut = completed(text, kind)
    refuse_bomb(text)
    parsed = parse_feed(text)
    if parsed.get("bozo") and parsed.get("entries"):
        reason = (
            "the feed is not well-formed: its entries were read as far as they can be told apart"
        )
        reading.problems.append(Problem(None, None, reason, "compare them with the original"))
    entries = parsed.get("entries") or []
    if not entries:
        incomplete = "the feed is incomplete: it ends before its first entry does"
        reason = incomplete if cut else "the feed has no entries"
        raise RefusedFile(reason, "download it again", "feed")
    teasers: list[int] = []
    for row, entry in enumerate(entries, 1):
        record, teaser = _record(
            entry, parsed.get("feed") or {}, str(parsed.get("version", "")), file, row, folder
        )
        if record.text:
            reading.records.append(record)
            teasers.extend([row] if teaser else [])
        else:
            reading.refused += 1
            named = bool(record.title or record.url)
            reason = _METADATA_ONLY if named else "the entry is empty"
            remedy = f"open {record.url} and save its text, or paste it" if record.url else ""
            reading.problems.append(Problem(row, None, reason, remedy))
    if cut:
        reading.refused += 1
        reason = "the feed is cut off: its last entry is incomplete"
        reading.problems.append(Problem(len(entries) + 1, None, reason, "download it again"))
    _report_teasers(reading, teasers)
    return reading


def _words(value: Any) -> str:
    return tidy(plain_text(value)) if isinstance(value, str) else ""


def _record(
    entry: dict[str, Any], feed: dict[str, Any], version: str, file: str, row: int, folder: str
) -> tuple[Record, bool]:
    """Return the record of an entry, and whether its text is only the beginning of the article."""
    fields: dict[str, Field] = {}
    contents = [part.get("value") for part in entry.get("content") or [] if isinstance(part, dict)]
    full = max(
        (plain_text(value) for value in contents if isinstance(value, str)), key=len, default=""
    )
    summary = plain_text(entry.get("summary") or "")
    text = full if len(full) >= len(summary) else summary
    base = str(feed.get("link") or "")
    given = _address(entry.get("feedburner_origlink") or entry.get("link"), base)
    url = real_address(given)
    written = _words(entry.get("title"))
    # A link past a search engine: the feed is the engine's, the entry somebody else's.
    named = _publisher(entry) or (outlet_of(url) if url != given else "")
    title, told = without_outlet(written, named, url)
    if title:
        fields["title"] = Field(title, "stated", written, None, "title of the entry")
    source = told or _words(feed.get("title"))
    if source:
        method = "source of the entry" if told else "title of the feed"
        evidence = source if named or not told else written
        fields["source"] = Field(source, "stated", evidence, None, method)
    if not full and is_headlines(entry.get("summary") or "", title, source):
        text = title
    if url:
        fields["url"] = Field(url, "stated", url, None, "link of the entry")
        if not source and outlet_of(url):
            source = outlet_of(url)
            fields["source"] = Field(source, "inferred", url, None, "host of the address")
    date = _date(entry, version)
    if date:
        fields["date"] = date
    authors = _authors(entry)
    if authors:
        fields["authors"] = Field(authors, "stated", authors, None, "author of the entry")
    record = Record(
        file, row, text, title, source, (date.value or "") if date else "", url, authors, folder,
        fields=fields, cleaned=True, own_columns=_category(entry),
    )  # fmt: skip
    cut = bool(_CUT.search(_FOOTER.sub("", text[-600:].rstrip())))
    return record, cut or (not full.strip() and word_count(text) < _TEASER_WORDS)


def _category(entry: dict[str, Any]) -> dict[str, str | None]:
    """The own column "category" of an entry; one in several has none that sorts it."""
    tags = [tag for tag in entry.get("tags") or [] if isinstance(tag, dict)]
    terms = list(dict.fromkeys(filter(None, (_words(tag.get("term")) for tag in tags))))
    return own_columns([("category", terms[0] if len(terms) == 1 else LISTED)] if terms else [])


def _publisher(entry: dict[str, Any]) -> str:
    """Return who published an entry by its own account: "" where only the feed says it."""
    own = entry.get("source")
    own = own if isinstance(own, dict) else {}
    named = own.get("title") or entry.get("news_source") or entry.get("publisher")
    return _words(named) or outlet_of(str(own.get("href") or ""))


def _address(link: Any, base: str) -> str:
    if not isinstance(link, str):
        return ""
    try:
        url = urljoin(base, link.strip())[:2000]
    except ValueError:
        return ""
    return (
        url if url.startswith(("http://", "https://")) and host_of(url) and " " not in url else ""
    )


def _date(entry: dict[str, Any], version: str) -> Field | None:
    """Return the day as written: what feedparser makes of it is moved to another time zone."""
    # Read past feedparser's own get, which passes off one date for the other.
    words, method = dict.get(entry, "published"), "published"
    if not words and version.startswith("rss"):  # feedparser's name for dc:date of RSS
        words, method = dict.get(entry, "updated") or dict.get(entry, "created"), "dc:date"
    if not isinstance(words, str) or not words.strip():
        changed = dict.get(entry, "updated")
        note = f"only when it was changed: “{str(changed)[:40]}”" if changed else ""
        return Field(None, "unknown", note) if note else None
    day = _day(words.strip())
    if day is None or not plausible(day):
        why = OUTSIDE if day else UNREADABLE
        return Field(None, "unknown", f"“{words[:60]}” {why}")
    return Field(day.isoformat(), "stated", words[:80], None, method)


def _day(words: str) -> dt.date | None:
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)(?!\d)", words)
    if match:
        return make_day(int(match[1]), int(match[2]), int(match[3]))
    parts = parsedate(words[:80])
    if parts is not None:
        return make_day(*parts[:3])
    found = find_date(words)
    return found.day if found else None


def _authors(entry: dict[str, Any]) -> str:
    people = entry.get("authors") or [{"name": entry.get("author")}]
    if len(people) == 1 and _ADDRESS_NAME.fullmatch(whole := _words(entry.get("author"))):
        people = [{"name": whole}]  # feedparser takes some addresses apart in the wrong place
    names = [_words(person.get("name")) for person in people if isinstance(person, dict)]
    # RSS asks for an address, with the name in brackets: "ada@example.org (Ada Byron)".
    names = [match[1] or "" if (match := _ADDRESS_NAME.fullmatch(name)) else name for name in names]
    return "; ".join(dict.fromkeys(name for name in names if name and "@" not in name))[:500]


def _report_teasers(reading: Reading, rows: list[int]) -> None:
    remedy = "save the full pages and add them for the whole text"
    if len(rows) > _MANY:
        total = len(reading.records)
        reason = (
            f"teaser only: {len(rows)} of {total} entries hold just the beginning of their article"
        )
        reading.problems.append(Problem(None, None, reason, remedy))
        return
    reason = "teaser only: the entry holds just the beginning of its article"
    reading.problems.extend(Problem(row, None, reason, remedy) for row in rows)
