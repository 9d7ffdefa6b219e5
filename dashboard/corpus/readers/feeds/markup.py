"""The markup of a feed: checked before anything parses it, closed where it was cut off."""

from __future__ import annotations

import re
from html.entities import html5
from io import BytesIO
from typing import Any

from dashboard.corpus.article import tidy
from dashboard.corpus.parsing.outlets import outlet_key
from dashboard.corpus.parsing.titles import title_key
from dashboard.corpus.readers.web.markup import parse_page
from dashboard.corpus.record import RefusedFile

# A feed of 20,000 entries has about 200,000 elements, three deep; bombs have more.
_MAX_ELEMENTS = 500_000
_MAX_DEPTH = 200
_NAME_WORDS = 8  # of an outlet

_ROOT = re.compile(r"<(rss|feed|rdf:RDF|channel)\b", re.I)
_SAVE_PAGES = "it lists addresses and holds no text; save the pages that it lists"
_OTHER_KINDS = (
    (r"^<opml\b", "a list of feeds (OPML), not a feed", "save the feeds that it names, as XML"),
    (r"^<(?:urlset|sitemapindex)\b", "a site map, not a feed", _SAVE_PAGES),
)
_RSS_RDF = re.compile(r"purl\.org/rss|my\.netscape\.com/rdf|channel\.netscape\.com", re.I)
_ENDS = {
    "rss": "</channel></rss>",
    "feed": "</feed>",
    "rdf:rdf": "</rdf:RDF>",
    "channel": "</channel>",
}
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30};)")
_OWN_ENTITIES = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))
_ENTRY_START = re.compile(r"<(?:item|entry)[\s>]")
_ENTRY_END = re.compile(r"</(?:item|entry)\s{0,9}>")


def looks_like_feed(head: bytes, name: str) -> bool:
    """True when the first bytes of a file are those of an RSS or Atom feed, whatever its name."""
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16" if wide else "latin-1", "replace")
    text = text.removeprefix("\xef\xbb\xbf").lstrip()
    root = _root_at(text)
    match = _ROOT.match(text, root) if root >= 0 else None
    if match is None:
        # A document type long enough to hide the root: only a bomb has one, and this reader
        # is the one that says so.
        return (
            root < 0
            and text.startswith("<?xml")
            and "<!DOCTYPE" in text[:2000]
            and "<!ENTITY" in text
        )
    return match[1].lower() != "rdf:rdf" or bool(_RSS_RDF.search(text))


def _root_at(text: str) -> int:
    """Return where the root element begins, -1 when the prolog doesn't end."""
    at, doctype = 0, False
    while True:
        while text[at : at + 1].isspace():
            at += 1
        if text.startswith("<?", at):
            at = text.find("?>", at) + 2
            if at < 2:
                return -1
        elif text.startswith("<!--", at):
            at = text.find("-->", at) + 3
            if at < 3:
                return -1
        elif text[at : at + 9].upper() == "<!DOCTYPE" and not doctype:
            doctype = True
            end, inside = text.find(">", at), text.find("[", at)
            if 0 <= inside < end:
                close = re.compile(r"\]\s{0,99}>").search(text, inside)
                end = close.end() - 1 if close else -1
            if end < 0:
                return -1
            at = end + 1
        else:
            return at


def checked_feed(text: str) -> tuple[str, str]:
    """Return the feed without its prolog, and the name of its root; refuse what is not a feed."""
    root = _root_at(text)
    prolog = text if root < 0 else text[:root]
    if "<!ENTITY" in prolog.upper() or re.search(r"<!DOCTYPE[^>]{0,999}\[", prolog, re.I):
        reason = "the feed defines entities of its own, which is unsafe to read"
        raise RefusedFile(
            reason, "delete its DOCTYPE, or download the feed from its publisher", "feed"
        )
    match = _ROOT.match(text, root) if root >= 0 else None
    if match is None or (match[1].lower() == "rdf:rdf" and not _RSS_RDF.search(text[:100_000])):
        reason, remedy = _other_kind(text[root : root + 2000] if root >= 0 else "")
        raise RefusedFile(reason, remedy, "feed")
    # Names such as &nbsp; would need the document type; they mean the same as their character.
    body = _ENTITY.sub(
        lambda name: name[0] if name[1] in _OWN_ENTITIES else html5.get(name[1], name[0]),
        text[root:],
    )
    return body, match[1].lower()


def _other_kind(text: str) -> tuple[str, str]:
    """Return what a file that is no feed is, and what to do, by its root element."""
    for pattern, kind, remedy in _OTHER_KINDS:
        if re.match(pattern, text):
            return f"this is {kind}", remedy
    reason = "this is not a news feed (RSS or Atom)"
    named = re.match(r"<([A-Za-z][\w.:-]{0,40})[\s>/]", text)
    if named is None or named[1].lower() in ("html", "body", "head"):
        return reason, "give the file the right ending"
    reason += f" but XML of another kind, <{named[1]}>"
    return reason, "export its articles as CSV, JSON or text files"


def completed(text: str, kind: str) -> tuple[str, bool]:
    """Close a feed that is cut off after its last whole entry; True when an entry was lost."""
    if (
        re.search(rf"</{kind}\s{{0,9}}>\s{{0,999}}(?:<!--|$)", text[-20_000:], re.I)
        or kind == "channel"
    ):
        return text, False
    end = max((match.end() for match in _ENTRY_END.finditer(text)), default=0)
    started = _ENTRY_START.search(text, end)
    end = end or (started.start() if started else 0)
    return (text[:end] + _ENDS[kind] if end else text), started is not None


def refuse_bomb(text: str) -> None:
    """Refuse what would take minutes: count the elements up to the first error in the markup."""
    from xml.parsers import expat

    depth = count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > _MAX_DEPTH or count > _MAX_ELEMENTS:
            raise OverflowError

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError:
        too_much = text.count("<") > 2 * _MAX_ELEMENTS
    except OverflowError:
        too_much = True
    else:
        too_much = False
    if too_much:
        reason = (
            "the feed has too many elements, or they are nested too deep, for a feed of articles"
        )
        raise RefusedFile(reason, "split it, or download it again", "feed")


def parse_feed(text: str) -> dict[str, Any]:
    import feedparser

    # Bytes only: a string could be taken for an address or a path, and be fetched.
    headers = {"content-type": "application/xml; charset=utf-8"}
    parsed: dict[str, Any] = feedparser.parse(
        BytesIO(text.encode("utf-8")), response_headers=headers,
        resolve_relative_uris=False, sanitize_html=False,
    )  # fmt: skip
    return parsed


def is_headlines(markup: str, title: str, source: str) -> bool:
    """True for a summary that only links to headlines, the entry's own first, with the outlets'
    names behind them: what an aggregator gives in place of a text."""
    tree = parse_page(markup) if "<a" in markup and title else None
    if tree is None:
        return False
    links = [tidy(" ".join(link.itertext())) for link in tree.iter("a")]
    if not links or title_key(links[0]) != title_key(title):
        return False
    rest = [tidy(text) for text in tree.xpath("//text()[not(ancestor::a)]")]
    rest = [text for text in rest if text]
    if len(links) == 1:
        return all(outlet_key(text) == outlet_key(source) for text in rest)
    return len(rest) <= len(links) and all(len(text.split()) <= _NAME_WORDS for text in rest)
