"""The text of Word and RTF files, bounded in size: what the readers of such files build on."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dashboard.corpus.article import tidy
from dashboard.corpus.readers.office.rtf import CELL, is_rtf
from dashboard.corpus.record import RefusedFile
from dashboard.corpus.report import Problem

MAX_UNPACKED = 200 * 1024 * 1024
MAX_XML = 80 * 1024 * 1024  # as a tree it takes several times that
MAX_RATIO = 200
_MAX_MEMBERS = 10_000
_HEAD = 64 * 1024

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Around blocks and around runs: content controls, tracked insertions, custom XML.
_WRAPPERS = frozenset(_W + name for name in "sdt sdtContent ins moveTo customXml smartTag".split())
# Settings, what was deleted, the reading aid above a character, and what other parts repeat.
_SILENT = frozenset({_FALLBACK, *(_W + name for name in "pPr rPr del moveFrom rt".split())})
_MARKS = {_W + "tab": " ", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_OTHERS = (("xl/", "an Excel workbook"), ("ppt/", "a PowerPoint presentation"),
           ("META-INF/", "an OpenDocument file"))  # fmt: skip
_SAVE = "open it in a word processor and save it as .docx"
_TAG = re.compile(r"<(/w:p\b)?[^<>]{0,2000}>")
_CONTROL_WORD = re.compile(
    r"(?P<line>\\(?:par|row)\b ?)|(?P<cell>\\(?:nest)?cell\b ?)|\\[a-z]{1,32}-?\d{0,10} ?|[{}]"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of a document; ``style`` is its style's name in lower case, "" when unknown."""

    text: str
    style: str = ""


def cut_off(data: bytes) -> list[Problem]:
    """Return a problem for an RTF file whose end is missing, else nothing."""
    if not is_rtf(data) or data.rstrip(b"\0 \t\r\n").endswith(b"}"):
        return []
    return [Problem(None, None, "the file is cut off at its end", "download or save it again")]


def rtf_paragraphs(text: str) -> list[Paragraph]:
    """Return the paragraphs of an RTF document's text, the cells of a row set apart by bars."""
    lines = (tidy(line.strip(CELL).replace(CELL, " | ")) for line in text.split("\n"))
    return [Paragraph(line) for line in lines if line]


def docx_paragraphs(data: bytes) -> list[Paragraph]:
    """Return the paragraphs of a Word document, tables included, blank ones not.

    Raises
    ------
    RefusedFile
        Empty, damaged, too large when unpacked, or not a Word document.
    """
    if not data:
        raise RefusedFile("the file is empty", "remove it, or save it again", "docx")
    if data.startswith(OLD_OFFICE):
        reason = "this is an old or password-protected Office document"
        raise RefusedFile(reason, _SAVE, "docx")
    damaged = RefusedFile(
        "the Word document is damaged or incomplete", "download or save it again", "docx"
    )
    try:
        _check_size(data)
        from docx import Document

        document = Document(io.BytesIO(data))
        names = {style.style_id: (style.name or "").lower() for style in document.styles}
        return [p for p in _blocks(document.element.body, names) if p.text]
    except (RefusedFile, MemoryError):
        raise
    except Exception as error:  # what a broken file raises there depends on where it is broken
        raise damaged from error


def _check_size(data: bytes) -> None:
    """Unpack every member without keeping it: what a ZIP file says of its sizes may be untrue."""
    if not data.startswith(b"PK"):
        raise RefusedFile("this is not a Word document", _SAVE, "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if not any(member.filename.startswith("word/") for member in members):
            names = "\n" + "\n".join(member.filename for member in members)
            kind = next((kind for start, kind in _OTHERS if "\n" + start in names), "a ZIP archive")
            raise RefusedFile(f"this is {kind}, not a Word document", _SAVE, "docx")
        size = xml = 0
        for member in members[:_MAX_MEMBERS]:
            with archive.open(member) as stream:
                while chunk := stream.read(1 << 20):
                    size += len(chunk)
                    xml += len(chunk) if member.filename.endswith((".xml", ".rels")) else 0
                    if size > min(MAX_UNPACKED, MAX_RATIO * len(data)) or xml > MAX_XML:
                        raise RefusedFile(
                            "too large: it unpacks to far more than a document would",
                            "split it into several documents",
                            "docx",
                        )
        if len(members) > _MAX_MEMBERS:
            raise RefusedFile("it has too many parts for a document", _SAVE, "docx")


def _blocks(parent: Any, styles: dict[str, str]) -> Iterator[Paragraph]:
    """Yield the paragraphs below ``parent``, those of tables row by row.

    The tree is walked itself: python-docx's own walk leaves out content controls and tracked
    insertions, and repeats a merged cell as often as the file says. Its parser allows a depth of
    256, so that the recursion ends.
    """
    for child in _unwrapped(parent):
        if child.tag == _W + "p":
            boxes: list[Any] = []
            text = "".join(_inline(child, boxes))
            style = child.find(f"{_W}pPr/{_W}pStyle")
            name = styles.get(style.get(_W + "val", ""), "") if style is not None else ""
            heading = name == "title" or name.startswith("heading")
            for line in [text] if heading else text.split("\n"):
                yield Paragraph(tidy(line), name)
            for box in boxes:
                yield from _blocks(box, styles)
        elif child.tag == _W + "tbl":
            for row in _unwrapped(child):
                cells = [list(_blocks(cell, styles)) for cell in _unwrapped(row)
                         if cell.tag == _W + "tc"]  # fmt: skip
                cells = [[p for p in cell if p.text] for cell in cells]
                if all(len(cell) <= 1 for cell in cells):
                    yield Paragraph(" | ".join(cell[0].text for cell in cells if cell))
                else:  # a table that only lays out the page
                    yield from (paragraph for cell in cells for paragraph in cell)


def _unwrapped(parent: Any) -> Iterator[Any]:
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _unwrapped(child)
        else:
            yield child


def _inline(element: Any, boxes: list[Any]) -> Iterator[str]:
    for child in element:
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag == _W + "txbxContent":
            boxes.append(child)
        elif child.tag not in _SILENT:
            yield from _inline(child, boxes)


def head_text(head: bytes) -> str:
    """Return the text that can be made out in the first bytes of a document, a line a paragraph."""
    if is_rtf(head):
        raw = head[:_HEAD].decode("latin-1").replace("\r", "").replace("\n", "")
        marks = {"line": "\n", "cell": CELL}
        return _CONTROL_WORD.sub(lambda match: marks.get(match.lastgroup or "", ""), raw)
    at = head.find(b"word/document.xml")
    if not head.startswith(b"PK\x03\x04") or at < 30:
        return ""
    skip = int.from_bytes(head[at - 2 : at], "little")  # the extra field, after the name
    try:
        packed = head[at + len(b"word/document.xml") + skip : _HEAD]
        xml = zlib.decompressobj(-15).decompress(packed, 4 * _HEAD)
    except zlib.error:
        return ""
    return _TAG.sub(lambda match: "\n" if match[1] else "", xml.decode("utf-8", "replace"))
