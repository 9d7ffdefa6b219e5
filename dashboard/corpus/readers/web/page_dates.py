"""The day a web page came out: as its markup states it, else as htmldate finds it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.corpus.article import Basis, Field, tidy
from dashboard.corpus.parsing.address_days import url_day
from dashboard.corpus.parsing.dates import (
    EARLIEST,
    OUTSIDE,
    find_date,
    make_day,
    plausible,
    tomorrow,
)

# When it came out; when it was changed ("modified", "updated") is another day.
_DATES = (
    "article:published_time", "article:published", "og:article:published_time", "datepublished",
    "og:published_time", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
    "citation_publication_date", "publication_date", "publish-date", "publishdate",
    "publish_date", "pubdate", "article.published", "originalpublicationdate",
    "bt:pubdate", "dc.date", "dcterms.date", "date", "datecreated",
)  # fmt: skip
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)|(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?$")


def page_date(
    tree: Any,
    stated: Sequence[tuple[str, str]],
    metas: Mapping[str, Sequence[str]],
    url: str,
    *,
    thorough: bool = True,
) -> Field | None:
    """Return when a page came out, never when it was changed, saved or read.

    Parameters
    ----------
    tree : lxml HtmlElement
        The page; it isn't changed.
    stated : sequence of (str, str)
        The dates of its JSON-LD, each with its key; "" where there is none.
    metas : mapping of str to sequence of str
        The contents of its meta elements by name.
    url : str
        Its address, "" if not known.
    thorough : bool
        Search the text when nothing else has a date: slow on a huge page.

    Returns
    -------
    Field or None
        ``stated`` or ``inferred``; unknown, with the reason, when the date can't be right.
    """
    named = next(((metas[name][0], name) for name in _DATES if metas.get(name)), ("", ""))
    candidates = [*stated[:1], named, *stated[1:]]
    marked = {_attributes(element) for element in
              tree.xpath('//*[@itemprop="datePublished" or @pubdate]')[:20]} - {""}  # fmt: skip
    if len({words[:10] for words in marked}) == 1:  # several are those of several articles
        candidates.append((min(marked), "itemprop datePublished"))
    wrong = ""
    for words, how in candidates:
        day = _read_day(words) if words else None
        if day is not None and plausible(day):
            return Field(day.isoformat(), "stated", words[:80], None, how)
        wrong = wrong or (f"“{words[:60]}” {OUTSIDE}" if day else "")
    address, words = url_day(url)
    if address:
        return Field(address, "stated", words.strip("/"), None, "day in the address")
    field = _searched(tree, thorough)
    return field or (Field(None, "unknown", wrong) if wrong else None)


def _read_day(words: str) -> dt.date | None:
    """Return the day of a machine's or a person's date as written: no time zone shifts it."""
    match = _ISO_DAY.match(words)
    if match:
        year, month, day = (int(part) for part in match.groups() if part)
        return make_day(year, month, day)
    found = find_date(words)
    return found.day if found else None


def _attributes(element: Any) -> str:
    return tidy(element.get("datetime") or element.get("content") or element.text or "")[:80]


def _searched(tree: Any, thorough: bool) -> Field | None:
    """Ask htmldate: what its fast rules find is stated, what only a search finds is inferred."""
    from htmldate import find_date as search

    for extensive in (False, True)[: 1 + thorough]:
        # Only ever a tree: of a string that is an address the library would fetch the page.
        day = search(tree, extensive_search=extensive, original_date=True, url="",
                     min_date=EARLIEST.isoformat(), max_date=tomorrow().isoformat())  # fmt: skip
        if day is None:
            continue
        # A year alone is answered as its first day; a page that shows today's date was only saved.
        if extensive and (day.endswith("-01-01") or day >= dt.date.today().isoformat()):
            return None
        basis: Basis = "inferred" if extensive else "stated"
        where = "text" if extensive else "markup"
        return Field(day, basis, f"a date in the page's {where}", None, f"htmldate, {where}")
    return None
