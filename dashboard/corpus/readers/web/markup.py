"""Markup to a tree or to plain text: bounded in depth and time, nothing is ever fetched."""

from __future__ import annotations

import codecs
import re
from typing import Any

from dashboard.corpus.article import tidy
from dashboard.corpus.decoding.encodings import Decoded, decode

# libxml2 drops what lies deeper than this; a page of that depth is rebuilt without its boxes.
_TOO_DEEP = "Excessive depth"
_BOXES = re.compile(
    r"</?(?!(?:p|h[1-6]|br|html|head|body|title|meta|link|script|style)\b)[a-z][^<>]{0,4000}>", re.I
)
# Attributes take quadratic time: a tag as long as a page loses them (most are inlined pictures).
_LONG_TAG = re.compile(r"<([a-z][\w-]{0,30})\s[^<>]{8000,}(?:>|(?=<)|\Z)", re.I)
_MAX_ATTRIBUTES = 100
_DECLARED = re.compile(
    rb"<meta\b[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})", re.I
)
_XML_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding=[\"']([\w.:-]{2,40})")
_XML_HEAD = re.compile(r"^\s{0,99}<\?xml[^>]{0,300}>")
# Not allowed in a tree; the escape character is left over from Japanese mail.
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# What browsers read under these names (WHATWG): the wider set that people really use.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
          "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
          "big5": "big5hkscs"}  # fmt: skip
_WESTERN = frozenset("ascii iso8859-1 iso8859-15 cp1252 utf-8 utf-16 utf-16-le utf-16-be".split())
# Codes for names and for programs: none of them is a page's, and some take quadratic time.
_NO_PAGE = frozenset("idna punycode unicode_escape raw_unicode_escape undefined utf-7".split())
_PARAGRAPH = re.compile(r"<(?:p|br|div|li|pre)\b", re.I)
_BLANK_LINES = re.compile(r"\n[ \t]{0,99}\n\s{0,99}")
_BAD_SHARE = 0.001

_BLOCKS = frozenset(
    "address article aside blockquote body br center dd details div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section"
    " summary table tbody tfoot thead title tr ul".split()
)
_SILENT = frozenset(
    "applet audio button canvas datalist embed head iframe math noscript object option script"
    " select style svg template textarea video".split()
)


def decode_markup(data: bytes, declared: str = "") -> Decoded:
    """Decode a page, a feed or a part of a mail.

    Byte order mark, then UTF-8 (what a page declares is often wrong), then what the transport
    or the page declares, then what ``decode`` makes of plain text.

    Parameters
    ----------
    data : bytes
        The whole document.
    declared : str
        The character set of the transport's header, "" if none.

    Raises
    ------
    RefusedFile
        The bytes are not text.
    """
    encoding = _codec(declared) or _declared_inside(data[:4096])
    if encoding and not data.startswith(
        (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    ):
        # 7-bit codes pass for UTF-8, so their escapes settle it.
        escapes = encoding.startswith("iso2022") and b"\x1b" in data
        if escapes or not _is_utf8(data):
            text = _try(data, encoding)
            if text is not None:
                return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), encoding)
    return decode(data, nul_allowed=True)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _codec(name: str) -> str:
    """Return Python's name for a character set of text, "" when there is none of that name."""
    try:
        info = codecs.lookup(name.strip().lower()) if name and name.isascii() else None
        "".encode(info.name if info else "")  # raises for what is not a text encoding
    except (LookupError, ValueError):
        return ""
    if info is None or info.name in _NO_PAGE:
        return ""
    return _WIDER.get(info.name, info.name)


def _declared_inside(head: bytes) -> str:
    match = _XML_DECLARED.search(head) or _DECLARED.search(head)
    return _codec(match[1].decode("ascii")) if match else ""


def _try(data: bytes, encoding: str) -> str | None:
    if encoding in _WESTERN:  # decode() knows the ways in which these are mixed up
        return None
    try:
        text = data.decode(encoding, "replace")
    except (LookupError, ValueError):
        return None
    return None if text.count("\ufffd") > 2 + _BAD_SHARE * len(text) else text


def drop_controls(text: str) -> str:
    """Return ``text`` without the characters that no tree may hold."""
    return _CONTROLS.sub("", text)


def parse_page(text: str) -> Any | None:
    """Return the tree of a page (an lxml ``HtmlElement``), None when there is none.

    Control characters are dropped. A page nested deeper than the parser goes is parsed again
    without the elements that only hold others, so that no text is lost. Comments are left out.
    """
    from lxml import etree, html

    text = _LONG_TAG.sub(r"<\1>", drop_controls(_XML_HEAD.sub("", text, count=1)))
    if not text.strip():
        return None
    for attempt in (text, None):
        source = _BOXES.sub("\n", text) if attempt is None else attempt
        # As bytes with a set encoding: what the page declares must have no say any more.
        parser = html.HTMLParser(
            encoding="utf-8", no_network=True, recover=True, huge_tree=False,
            remove_comments=True, remove_pis=True, collect_ids=False,
        )  # fmt: skip
        try:
            tree = html.document_fromstring(source.encode("utf-8"), parser=parser)
        except (etree.LxmlError, ValueError):
            return None
        if not any(_TOO_DEEP in entry.message for entry in parser.error_log):
            break
    for element in tree.iter():
        if len(element.attrib) > _MAX_ATTRIBUTES:
            element.attrib.clear()
    return tree


def tree_text(tree: Any) -> str:
    """Return the text of a tree, a line per block; scripts and the like say nothing."""
    from lxml import etree

    parts: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = element.tag
        if event == "start":
            silent += name in _SILENT
            if name in _BLOCKS:
                parts.append("\n")
            elif name in ("td", "th"):
                parts.append(" ")
            if not silent and element.text:
                parts.append(element.text.replace("\n", " ") if name != "pre" else element.text)
            continue
        silent -= name in _SILENT
        if name in _BLOCKS:
            parts.append("\n")
        if not silent and element.tail and element is not tree:
            parts.append(element.tail.replace("\n", " "))
    lines = (tidy(line) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def plain_text(markup: str) -> str:
    """Return the text of a piece of markup, a line per block; text without any keeps its lines."""
    if "<" not in markup and "&" not in markup:
        lines = map(tidy, markup.split("\n"))
        return "\n".join(line for line in lines if line)
    if not _PARAGRAPH.search(markup):  # WordPress writes blank lines between paragraphs
        markup = _BLANK_LINES.sub("<br>", markup)
    tree = parse_page(markup)
    return "" if tree is None else tree_text(tree)
