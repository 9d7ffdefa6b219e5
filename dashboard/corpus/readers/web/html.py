"""Web pages, saved as HTML or as MHTML (one file with everything): one page is one article."""

from __future__ import annotations

import codecs
import re
from typing import Any

from dashboard.corpus.article import tidy
from dashboard.corpus.parsing import titles
from dashboard.corpus.readers.web.markup import decode_markup, parse_page, tree_text
from dashboard.corpus.readers.web.metadata import page_fields, page_section
from dashboard.corpus.readers.web.pruning import prune
from dashboard.corpus.readers.web.result_page import articles_of, with_own_fields
from dashboard.corpus.record import Reading, Record, RefusedFile
from dashboard.corpus.report import Problem
from dashboard.text.lines import word_count

MAX_BYTES = 20 * 1024 * 1024
_MAX_MHTML = 100 * 1024 * 1024
# Beyond these the careful rules take too long, and then the fast ones too much memory.
_LARGE_CHARS = 3_000_000
_LARGE_ELEMENTS = 20_000
_HUGE_ELEMENTS = 60_000

_OPENING = re.compile(
    r"\s{0,999}(?:<\?xml[^>]{0,300}>\s{0,99})?(?:<!--(?:[^-]|-(?!->)){0,9999}-->\s{0,99}){0,5}"
    r"<(?:!doctype\s{1,9}html|(?:html|head|body|meta|title|script|style|link|base|noscript|div|p|span"
    r"|article|section|main|header|nav|center|font|table|h[1-6]|ul|ol|b|i|em|strong|a|img|br|blockquote"
    r"|iframe|form)[\s>/])",
    re.I,
)
_OTHER_XML = re.compile(
    r"\s{0,99}(?:<\?xml[^>]{0,300}>\s{0,99})?<(?:rss|feed|rdf:RDF|[a-z]{1,9}:)\b", re.I
)
# What browsers and extensions write into the pages they save.
_SAVED_FROM = re.compile(
    r"<!--(?:[^-]|-(?!->)){0,200}?url[:=] ?(?:\(\d{1,6}\))?(https?://[^\s<>]{3,2000})"
)
_TAG = re.compile(r"</?[a-z][^<>]{0,2000}>", re.I)
_MHTML = re.compile(rb"^content-type:\s{0,9}multipart/related\b", re.I | re.M)
_HEADER = re.compile(rb"\s{0,99}[A-Za-z][\w-]{1,60}:")
# What a site shows instead of the article: to a robot, without cookies, without scripts.
_WALL = re.compile(
    r"enable (?:javascript|js|cookies)|javascript is (?:disabled|required|not enabled)"
    r"|are you a robot|checking your browser|verify (?:that )?you are (?:a )?human|just a moment"
    r"|access denied|403 forbidden|404 not found|page (?:not found|cannot be found)",
    re.I,
)
_LEAST_WORDS = 5  # fewer are a menu or a button, not an article
_WALL_WORDS = 80
_SHORT_WORDS = 25
_PARAGRAPH_WORDS = 8

METADATA_ONLY = "metadata only: the text needs fetching"


def looks_like_html(head: bytes, name: str) -> bool:
    """True when the first bytes of a file are those of a web page, whatever its ``name``."""
    if _is_mhtml(head):
        return True
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
                           (codecs.BOM_UTF16_BE, "utf-16-be")):  # fmt: skip
        if head.startswith(mark):
            return bool(_OPENING.match(head[len(mark) :].decode(encoding, "replace")))
    return bool(_OPENING.match(head.decode("latin-1")))


def _is_mhtml(head: bytes) -> bool:
    """Mail headers that announce a page with its pictures; a mail with pictures has other parts."""
    headers = head[:8192].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if not _HEADER.match(headers) or not _MHTML.search(headers):
        return False
    # A mail is delivered: it has these; a page saved by a browser has not.
    return not re.search(rb"^(?:received|message-id|delivered-to|to):", headers, re.I | re.M)


def read_html(data: bytes, file: str, folder: str = "") -> Reading:
    """Read a saved web page.

    Parameters
    ----------
    data : bytes
        The whole file, HTML or MHTML.
    file : str
        Its name for the report.
    folder : str
        Sub-folder that names its source, "" if none.

    Returns
    -------
    Reading
        One record, or one refused when the page names its article but lacks its text.

    Raises
    ------
    RefusedFile
        Empty, too large, not a web page, or a page without any text.
    """
    if not data.strip():
        raise RefusedFile("the file is empty", "save the page again", "html")
    address = charset = ""
    if _is_mhtml(data[:65536]):
        data, address, charset = _root_part(data)
    if len(data) > MAX_BYTES:
        reason = f"larger than {MAX_BYTES // 1024**2} MB, too large for a web page"
        raise RefusedFile(reason, "save its text as a text file", "html")
    decoded = decode_markup(data, charset)
    if _OTHER_XML.match(decoded.text):
        raise RefusedFile("this is an XML file, not a web page", "give it the ending .xml", "html")
    if not _OPENING.match(decoded.text) and not _TAG.search(decoded.text[:100_000]):
        reason = "this is not a web page: it has no tags"
        raise RefusedFile(reason, "if it is plain text, give it the ending .txt", "html")
    reading = Reading("html", problems=list(decoded.problems), encoding=decoded.encoding)
    saved = _SAVED_FROM.search(decoded.text[:5000])
    if several := _several(decoded.text, file, folder):
        reading.records += several
        return reading
    record = page_record(decoded.text, file, None, address or (saved[1] if saved else ""), folder)
    if record.text:
        reading.records.append(record)
        if not re.search(r"</(?:html|body)", decoded.text[-20_000:], re.I) and re.search(
            r"<(?:html|body)[\s>]", decoded.text[:20_000], re.I
        ):
            reason = "the page has no end: it may be incomplete"
            reading.problems.append(Problem(None, None, reason, "compare it with the original"))
    elif record.url:
        reading.refused = 1
        remedy = f"open {record.url} and save its text, or paste it"
        reading.problems.append(Problem(None, None, METADATA_ONLY, remedy))
    else:
        raise RefusedFile(
            "this page has no text of its own: a script puts it there, or nothing does",
            "open it in a browser, select everything, copy it and paste it here", "html",
        )  # fmt: skip
    return reading


def _several(text: str, file: str, folder: str) -> list[Record]:
    """Return the articles of a page that holds several whole ones, none for other pages."""
    if text.count("<article") < 2 or (tree := parse_page(text)) is None:
        return []
    from lxml import html

    return [
        with_own_fields(
            page_record(html.tostring(element, encoding="unicode"), file, None, "", folder),
            element,
            number,
        )
        for number, element in enumerate(articles_of(tree), 1)
    ]


def page_record(
    text: str, file: str, row: int | None, address: str = "", folder: str = ""
) -> Record:
    """Return the article of a decoded page; its ``text`` is "" when the page has none.

    ``address`` is where the page was fetched from, "" if not known.
    """
    tree = parse_page(text)
    if tree is None:
        return Record(file=file, row=row, text="", url=address, folder=folder)
    size = sum(1 for _ in tree.iter())
    large = len(text) > _LARGE_CHARS or size > _LARGE_ELEMENTS
    if not large:
        prune(tree)
    fields = page_fields(tree, address, thorough=not large)
    body = _sentences(tree) if size > _HUGE_ELEMENTS else _article_text(tree, large)
    if word_count(body) < _LEAST_WORDS or (word_count(body) < _WALL_WORDS and _WALL.search(body)):
        body = ""
    known = {name: field.value or "" for name, field in fields.items()}
    return Record(
        file=file,
        row=row,
        text=_without_title(body, known.get("title", "")),
        title=known.get("title", ""),
        source=known.get("source", ""),
        date=known.get("date", ""),
        url=known.get("url", ""),
        authors=known.get("authors", ""),
        folder=folder,
        fields=fields,
        cleaned=True,
        own_columns=page_section(tree),
    )


def _article_text(tree: Any, large: bool) -> str:
    """Return the article's paragraphs, one a line; "" when the page holds none."""
    import trafilatura

    def extract(precision: bool) -> str:
        text = trafilatura.extract(
            tree,
            include_comments=False,
            fast=large,
            favor_precision=precision,
            favor_recall=not precision,
        )
        return "\n".join(line for line in map(tidy, (text or "").split("\n")) if line)

    # On measured pages this setting finds the article best; where it drops most of what stands
    # in paragraphs, the page isn't built as it expects.
    text = extract(precision=True)
    if word_count(text) < _words_in_paragraphs(tree) / 2:
        text = max(text, extract(precision=False), key=word_count)
    if word_count(text) < _SHORT_WORDS:
        text = max(text, _sentences(tree), key=word_count)
    return text


def _sentences(tree: Any) -> str:
    """Return every line of a page that is long enough to be a paragraph."""
    lines = tree_text(tree).split("\n")
    return "\n".join(line for line in lines if word_count(line) >= _PARAGRAPH_WORDS)


def _words_in_paragraphs(tree: Any) -> int:
    """Count the words of paragraphs, except those in the furniture of the page."""
    count = 0
    for element in tree.iter("p"):
        above = {parent.tag for parent in element.iterancestors()}
        if not above & {"aside", "footer", "form", "nav", "noscript", "template"}:
            words = word_count(" ".join(element.itertext()))
            count += words if words >= _PARAGRAPH_WORDS else 0
    return count


def _without_title(text: str, title: str) -> str:
    """Drop the title from the head of the text: it is a field of its own."""
    key = titles.title_key(title)
    lines = text.split("\n")
    head = 0
    while head < min(3, len(lines) - 1) and key and titles.title_key(lines[head]) == key:
        head += 1
    return "\n".join(lines[head:])


def _root_part(data: bytes) -> tuple[bytes, str, str]:
    """Return the page in a MHTML file, its address and its character set."""
    import email
    from email import policy

    if len(data) > _MAX_MHTML:
        reason = f"larger than {_MAX_MHTML // 1024**2} MB, too large for a web page"
        raise RefusedFile(reason, "save the page as HTML without its pictures", "html")
    try:
        message = email.message_from_bytes(data, policy=policy.compat32)
        for part in message.walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                body = part.get_payload(decode=True)
                address = str(
                    part.get("Content-Location") or message.get("Snapshot-Content-Location") or ""
                )
                if isinstance(body, bytes) and body.strip():
                    web = address if address.startswith(("http://", "https://")) else ""
                    return body, web.strip(), str(part.get_content_charset("") or "")
    except (RecursionError, ValueError, LookupError):
        pass
    reason = "no page can be found in this saved page (MHTML)"
    raise RefusedFile(reason, "open it in a browser and save it as HTML", "html")
