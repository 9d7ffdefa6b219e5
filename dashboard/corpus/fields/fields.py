"""Title, source, original source, authors, url and date of an article, each with its evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dashboard.corpus.article import UNKNOWN, Field, Line, tidy
from dashboard.corpus.fields.dating import month_field, text_date
from dashboard.corpus.lines import rules
from dashboard.corpus.lines.units import Unit
from dashboard.corpus.parsing.addresses import (
    file_day,
    is_list_address,
    outlet_of,
    url_day,
    url_month,
)
from dashboard.corpus.parsing.dates import is_moment
from dashboard.corpus.parsing.names import (
    agency,
    name_with_date,
    names_alone,
    names_in_byline,
    reporting_credit,
    without_role,
)
from dashboard.corpus.parsing.titles import site_of_page_title, split_outlet, strip_list_prefix
from dashboard.corpus.record import Record
from dashboard.text.lines import MAX_CHARS

_URL = re.compile(r"(?:https?://|www\.)[^\s<>()\"]{3,2000}", re.I)
_WIRES = (
    "AP|AFP|Reuters|REUTERS|Xinhua|TASS|Tass|Bloomberg|dpa|DPA|UPI|Kyodo|Yonhap|ANI|PTI|IANS|EFE|"
    "ANSA|Interfax|Anadolu|CNN|KCNA"
)
_WIRE_OPENING = re.compile(rf"^[^\n]{{0,80}}?\((?P<wire>{_WIRES})\) ?[-–—]{{1,2}}")
_WIRE_CLOSING = re.compile(rf"(?:^|\s)(?:[-–—]{{1,2}} ?|\()(?P<wire>{_WIRES})\)?\.?$")
_COPYRIGHT = re.compile(
    r"(?:copyright\b ?(?:©|\(c\))?|©|\(c\)) ?(?P<years>(?:19|20)\d\d(?: ?[-–,] ?(?:19|20)?\d\d)?)?"
    r"(?: by)?[ ,:]{0,2}(?P<owner>[^.|©]{2,80})(?P<year2>(?:19|20)\d\d)?",
    re.I,
)
_COMPANY = re.compile(
    r",? (?:(?:&|and) )?(?:Inc|LLC|Ltd|Limited|Corp|Corporation|Company|Co|GmbH"
    r"|PLC|S\.A|AG|LP|Pty)\b.*$"
    r"|,? ?\ball rights reserved\b.*$|,? ?(?:19|20)\d\d(?: ?[-–] ?(?:19|20)?\d\d)?$", re.I,
)  # fmt: skip
# What people write above a text, and the front matter of Markdown.
_HEADER = re.compile(
    r"(?P<label>title|headline|source|publication|publisher|outlet|newspaper|authors?|byline|date"
    r"|published|url|link) ?: ?(?P<value>\S.{0,500})",
    re.I,
)
_HEADER_FIELDS = {
    "title": "title", "headline": "title", "source": "source", "publication": "source",
    "publisher": "source", "outlet": "source", "newspaper": "source", "author": "authors",
    "authors": "authors", "byline": "authors", "date": "date", "published": "date", "url": "url",
    "link": "url",
}  # fmt: skip
_NO_TITLE = re.compile(
    r"(?:embargoed\b.{0,60}"
    r"|view (?:this |the )?(?:e-?mail |message |newsletter )?(?:in|on) (?:your |a |the )?"
    r"(?:web ?)?(?:browser|web|online)|view online)[.:!]?",
    re.I,
)
_FIRST_PUBLISHED = re.compile(
    r"(?:published|appeared|posted|ran|republished|reprinted|syndicated|cross-?posted)(?: here)?"
    r" (?:on|in|at|by|from|with (?:the )?permission (?:of|from)) (?P<outlet>[A-Z][^.,;]{1,50}?)"
    r"(?: (?:on|under|and|with|here)\b.*)?[.,;]?$"
)


def source_field(record: Record, raw: Sequence[str]) -> Field:
    """Return who published ``record``; unknown when neither folder, column nor text says so.

    Needs no labels, since lines are compared within a source before they get theirs.
    """
    if record.folder:
        return Field(record.folder, "inferred", "folder name", None, "folder name")
    header = _written_header(raw) if record.row is None else {}
    if "source" in header and not record.source:
        value, number, words = header["source"]
        return Field(agency(value) or value, "stated", words, number, "written header")
    named = tidy(record.source)
    if named:
        return Field(named, "stated", "column source", None, "column")
    if record.url:
        outlet = outlet_of(record.url)
        if outlet:
            return Field(outlet, "inferred", record.url, None, "host of the address")
    if record.row is not None:
        return UNKNOWN
    short = [(i, tidy(text)) for i, text in enumerate(raw, 1) if 3 < len(text) <= MAX_CHARS]
    head = _first_paragraph(raw)
    url, line = _article_url([(i, text, i < head) for i, text in short])
    if outlet_of(url):
        return Field(outlet_of(url), "stated", url, line, "host of the address")
    return _logo_source(short) or _page_title_source(short) or _copyright_source(short) or UNKNOWN


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
        "original_source": _original_source(lines, source, url),
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


def _written_header(raw: Sequence[str]) -> dict[str, tuple[str, int, str]]:
    """Return what labelled lines above a text say: value, line and words by field.

    Two fields at least, in lines that follow one another; a single "Source: …" is no header.
    """
    found: dict[str, tuple[str, int, str]] = {}
    for number, line in enumerate(raw[:30], 1):
        text = tidy(line[:600])
        match = _HEADER.fullmatch(text)
        if match is None:
            if found or (text and text.strip("-+=")):
                break
            continue
        value = match["value"].strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1].strip()
        if value:
            found.setdefault(_HEADER_FIELDS[match["label"].lower()], (value, number, text))
    return found if len(found) > 1 else {}


def _title_field(record: Record, lines: Sequence[Line]) -> Field:
    named = tidy(record.title)
    if named:
        return Field(named, "stated", "column title", None, "column")
    header = _written_header([line.text for line in lines]) if record.row is None else {}
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


def _url_of_line(text: str) -> str:
    match = _URL.search(text)
    return match[0].rstrip(".,;") if match else ""


def _first_paragraph(raw: Sequence[str]) -> int:
    """Return the number of the first line of running text, of the first 60 lines."""
    for number, text in enumerate(raw[:60], 1):
        if len(text) > 40 and Unit(0, 0, tidy(text), False).is_paragraph:
            return number
    return 61


def _article_url(lines: Sequence[tuple[int, str, bool]]) -> tuple[str, int | None]:
    """Return the address on a line of its own: the first above the text, else the only one."""
    found = []
    for number, text, in_head in lines:
        verdict = rules.judge(text) if "http" in text or "www." in text else None
        if verdict is None or verdict.reason != "web address":
            continue
        url = _url_of_line(text)
        if outlet_of(url):
            found.append((url, number, in_head))
    head = [item for item in found if item[2]]
    if head:
        return head[0][0], head[0][1]
    return (found[0][0], found[0][1]) if len(found) == 1 else ("", None)


def _url_field(record: Record, lines: Sequence[Line]) -> Field:
    if record.url:
        return Field(record.url, "stated", "column url", None, "column")
    if record.row is not None:
        return UNKNOWN
    head = _first_paragraph([line.text for line in lines])
    url, number = _article_url(
        [
            (line.number, tidy(line.text), line.number < head)
            for line in lines
            if line.label == "metadata" and line.reason == "web address"
        ]
    )
    return Field(url, "stated", url, number, "address on its own line") if url else UNKNOWN


def _logo_source(lines: Sequence[tuple[int, str]]) -> Field | None:
    found: list[tuple[str, int, str]] = []
    above = ""
    for number, text in lines:
        bare = rules.strip_bullet(text)
        brand = rules.logo_brand(bare)
        sponsor = rules.SPONSOR.fullmatch(above)
        if brand and not sponsor:
            found.append((brand, number, text))
        if not (brand and sponsor):  # several logos may stand under "Supported by"
            above = text
    if not found:
        return None
    counts = Counter(brand for brand, _, _ in found)
    brand = max(counts, key=lambda name: (counts[name], name))
    number, text = next((number, text) for name, number, text in found if name == brand)
    if len(counts) > 3 and counts[brand] == 1:  # a wall of partners' logos
        return None
    return Field(brand, "inferred", text, number, "logo of the page")


def _page_title_source(lines: Sequence[tuple[int, str]]) -> Field | None:
    head = [(number, text) for number, text in lines[:24] if 3 <= len(text.split()) <= 40]
    for number, text in head[:3]:
        site = split_outlet(text)[1]
        if site:
            return Field(site, "inferred", text, number, "title of the page")
    for i, (number, one) in enumerate(head):
        for other_number, other in head[i + 1 :]:
            site = site_of_page_title(one, other)
            if site and len(site.split()) <= 5:
                number = number if len(one) > len(other) else other_number
                return Field(
                    site, "inferred", max(one, other, key=len), number, "title of the page"
                )
    return None


def _copyright_owner(text: str) -> str:
    match = _COPYRIGHT.match(rules.strip_bullet(text)) if len(text) <= 200 else None
    if match is None or not (match["years"] or re.search(r"(?:19|20)\d\d", match[0])):
        return ""
    owner = _COMPANY.sub("", match["owner"]).strip(" ,-–—|")
    owner = owner.removeprefix("the ") if owner.islower() else owner
    if (
        not owner[:1].isupper()
        or len(owner.split()) > 6
        or owner.casefold() == "all rights reserved"
    ):
        return ""
    return owner


def _copyright_source(lines: Sequence[tuple[int, str]]) -> Field | None:
    for number, text in reversed(lines):
        owner = _copyright_owner(text)
        if owner and not agency(owner) and "getty" not in owner.casefold():
            return Field(owner, "stated", text, number, "copyright line")
    return None


def _original_source(lines: Sequence[Line], source: Field, url: Field) -> Field:
    """Return who wrote it first, unknown when nothing shows that it was republished."""
    # Most lines are the text itself, or blank: only the others are looked through.
    aside = [line for line in lines if line.label != "keep" and line.reason != "blank line"]
    kept = [line for line in lines if line.label == "keep"]
    found = _from_list(aside, source, url) or _from_credits(kept, aside, lines)
    if found is None or (found.value == source.value and found.method != "mailing list"):
        return UNKNOWN
    return found


def _from_list(lines: Sequence[Line], source: Field, url: Field) -> Field | None:
    footers = [line for line in lines if line.reason == "mailing-list footer"]
    outlet = outlet_of(url.value or "") if footers else ""
    if not outlet or is_list_address(url.value or ""):
        return None
    evidence = f"{url.value}, passed on by a mailing list (line {footers[-1].number})"
    return Field(outlet, "stated", evidence, url.line, "mailing list")


def _from_credits(
    kept: Sequence[Line], aside: Sequence[Line], lines: Sequence[Line]
) -> Field | None:
    for line in kept[:4]:
        if "(" not in line.text[:200]:
            continue
        match = _WIRE_OPENING.match(tidy(line.text[:200]))
        if match:
            return Field(
                _wire(match["wire"]), "stated", match[0], line.number, "agency in the dateline"
            )
    for line in aside:
        if line.label != "metadata":
            continue
        text = tidy(line.text)
        if line.reason == "first published elsewhere":
            match = _FIRST_PUBLISHED.search(text)
            outlet = outlet_of(_url_of_line(text)) or (match["outlet"].strip() if match else "")
            if outlet:
                return Field(outlet, "stated", text, line.number, "first published elsewhere")
        if line.reason == "byline":
            names = names_in_byline(text)
            if len(names) == 1 and agency(names[0]):
                return Field(names[0], "stated", text, line.number, "agency in the byline")
    for line in reversed(aside):
        if line.reason == "copyright line":
            owner = agency(_copyright_owner(tidy(line.text)))
            if owner:
                return Field(owner, "stated", tidy(line.text), line.number, "copyright line")
    for line in kept[-2:]:
        text = tidy(line.text[-60:])
        match = _WIRE_CLOSING.search(text)
        if match and line.reason != "photo caption":
            return Field(
                _wire(match["wire"]), "stated", match[0].strip(), line.number, "agency's sign-off"
            )
    return _named_once(kept, aside, lines)


def _named_once(kept: Sequence[Line], aside: Sequence[Line], lines: Sequence[Line]) -> Field | None:
    """A single "Source: X" above or below the whole text, not one of its parts."""
    named = [line for line in aside if line.reason == "names the source"]
    if len(named) != 1:
        return None
    text_at = [line.number for line in kept if line.reason == "paragraph"]
    if not text_at or text_at[0] < named[0].number < text_at[-1]:
        return None
    header = _written_header([line.text for line in lines])
    if named[0].number == header.get("source", ("", 0, ""))[1]:
        return None
    text = tidy(named[0].text)
    name = re.split(r"[|｜]", re.split(r"[:：]", text, maxsplit=1)[1])[0].strip(" .")
    if not name or len(name.split()) > 5 or "," in name or _URL.search(name):
        return None
    return Field(agency(name) or name, "inferred", text, named[0].number, "names the source")


def _wire(name: str) -> str:
    return agency(name) or name


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
