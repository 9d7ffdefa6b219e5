"""The source of an article, who wrote it first, and where its own text begins to say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dashboard.corpus.article import UNKNOWN, Field, Line, tidy
from dashboard.corpus.fields.head import (
    ADDRESS,
    article_url,
    first_paragraph,
    url_of_line,
    written_header,
)
from dashboard.corpus.lines import rules
from dashboard.corpus.parsing.addresses import is_list_address, outlet_of
from dashboard.corpus.parsing.bylines import (
    agency,
    names_in_byline,
)
from dashboard.corpus.parsing.titles import site_of_page_title, split_outlet
from dashboard.corpus.record import Record
from dashboard.text.lines import MAX_CHARS

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
    header = written_header(raw) if record.row is None else {}
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
    head = first_paragraph(raw)
    url, line = article_url([(i, text, i < head) for i, text in short])
    if outlet_of(url):
        return Field(outlet_of(url), "stated", url, line, "host of the address")
    return _logo_source(short) or _page_title_source(short) or _copyright_source(short) or UNKNOWN


def respelled(source: Field, name: str) -> Field:
    """Return a source under the name that it shares with its other spellings."""
    if name == source.value:
        return source
    how = source.evidence
    if (source.value or "") not in how:
        how = f"{how}, written “{source.value}”".lstrip(", ")
    return replace(source, value=name, evidence=how)


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


def original_source(lines: Sequence[Line], source: Field, url: Field) -> Field:
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
            outlet = outlet_of(url_of_line(text)) or (match["outlet"].strip() if match else "")
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
    header = written_header([line.text for line in lines])
    if named[0].number == header.get("source", ("", 0, ""))[1]:
        return None
    text = tidy(named[0].text)
    name = re.split(r"[|｜]", re.split(r"[:：]", text, maxsplit=1)[1])[0].strip(" .")
    if not name or len(name.split()) > 5 or "," in name or ADDRESS.search(name):
        return None
    return Field(agency(name) or name, "inferred", text, named[0].number, "names the source")


def _wire(name: str) -> str:
    return agency(name) or name
