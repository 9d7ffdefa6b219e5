"""Word and RTF documents: a database's download goes to its reader, any other is one article."""

from __future__ import annotations

from dashboard.corpus.article import Field
from dashboard.corpus.readers.databases import factiva, nexis
from dashboard.corpus.readers.office.paragraphs import (
    OLD_OFFICE,
    cut_off,
    docx_paragraphs,
    rtf_paragraphs,
)
from dashboard.corpus.readers.office.rtf import is_rtf, rtf_text
from dashboard.corpus.record import Reading, Record, RefusedFile


def looks_like_document(head: bytes, name: str) -> bool:
    """True for a Word or RTF document, by its first bytes; old .doc files by their name too."""
    if is_rtf(head):
        return True
    named = name.lower().endswith((".doc", ".docx"))
    if head.startswith(OLD_OFFICE):
        return named
    return head.startswith(b"PK\x03\x04") and (b"word/" in head or (named and b"xl/" not in head))


def read_document(data: bytes, file: str, folder: str = "") -> Reading:
    """Read a .docx or .rtf file; a download of Nexis or Factiva goes to its own reader.

    Parameters
    ----------
    data : bytes
        The whole file.
    file, folder : str
        Its name for the report; the sub-folder that names its source, "" if none.

    Returns
    -------
    Reading
        One record, its text as in the document, title included; uncleaned.

    Raises
    ------
    RefusedFile
        Empty, damaged, too large when unpacked, or neither Word nor RTF.
    """
    if is_rtf(data):
        kind, text = "rtf", rtf_text(data)
        if factiva.is_factiva(text):
            return factiva.read_rtf(text, file, folder, cut_off(data))
        paragraphs = rtf_paragraphs(text)
    else:
        kind, paragraphs = "docx", docx_paragraphs(data)
    lines = [paragraph.text for paragraph in paragraphs]
    if nexis.is_nexis(lines):
        return nexis.read_lines(lines, file, folder, cut_off(data))
    if not paragraphs:
        raise RefusedFile("the document holds no text", "remove it, or save it again", kind)
    title = next(
        (paragraph.text for paragraph in paragraphs[:20]
         if paragraph.style in ("title", "heading 1", "heading 2")), ""
    )  # fmt: skip
    fields = {"title": Field(title, "stated", title, None, "heading style")} if title else {}
    text = "\n\n".join(lines)
    record = Record(file, None, text, title=title, folder=folder, fields=fields)
    return Reading(kind, [record], 0, cut_off(data))
