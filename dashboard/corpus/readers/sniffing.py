"""What a file is: its first bytes decide, its name only where they leave it open.

Cheap looks come first, so that opening a text file loads no reader but its own.
"""

from __future__ import annotations

import codecs
import csv
import importlib
import re
from dataclasses import dataclass

from dashboard.corpus.record import RefusedFile

HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read: what people call it, its endings, and where its reader is."""

    key: str
    what: str
    endings: tuple[str, ...]
    module: str
    reader: str


FORMATS = {
    format.key: format
    for format in (
        Format("text", "plain text", (".txt", ".text", ".md", ".markdown"), "text", "read_text"),
        Format("csv", "a table (CSV)", (".csv", ".tsv", ".tab", ".psv"), "tables.table",
               "read_csv"),
        Format("parquet", "a Parquet table", (".parquet", ".pq"), "tables.table", "read_parquet"),
        Format("excel", "a workbook", (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"), "tables.excel",
               "read_excel"),
        Format("json", "JSON", (".json", ".jsonl", ".ndjson", ".jl"), "json.records", "read_json"),
        Format("html", "a web page", (".html", ".htm", ".xhtml", ".mhtml", ".mht"), "web.html",
               "read_html"),
        Format("feed", "a news feed", (".xml", ".rss", ".atom", ".rdf"), "feeds.feed", "read_feed"),
        Format("mbox", "a mail archive", (".mbox", ".mbx"), "mail.archives", "read_mbox"),
        Format("eml", "an e-mail", (".eml",), "mail.archives", "read_eml"),
        Format("warc", "a web archive (WARC)", (".warc",), "web.warc", "read_warc"),
        Format("pdf", "a PDF document", (".pdf",), "pdf.pdf", "read_pdf"),
        Format("document", "a document", (".docx", ".rtf", ".doc"), "documents", "read_document"),
        Format("factiva", "a Factiva download", (), "databases.factiva", "read_factiva"),
        Format("proquest", "a ProQuest download", (), "databases.proquest", "read_proquest"),
    )
}  # fmt: skip
_BY_ENDING = {ending: key for key, format in FORMATS.items() for ending in format.endings}
ARCHIVE_ENDINGS = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".tbz2", ".txz")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Formats that can't be read, and what to do: (first bytes, what, remedy).
_PACK_AGAIN = "unpack it and put its files into a zip"
_REFUSED = (
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _PACK_AGAIN),
    (b"Rar!\x1a\x07", "a RAR archive", _PACK_AGAIN),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", _PACK_AGAIN),
    (b"\x1f\x9d", "an old compressed file (.Z)", _PACK_AGAIN),
    (b"ARROW1\0\0", "an Arrow or Feather file", "save it as Parquet or CSV"),
    (b"Obj\x01", "an Avro file", "save it as Parquet or CSV"),
    (b"SQLite format 3\0", "a database", "export its table as CSV"),
    (b"\x80\x04\x95", "a Python pickle, which could run a program", "save it as Parquet or CSV"),
)
_PDF, _PDF_WITHIN = b"%PDF-", 1024
_SPACE = b" \t\r\n\f\v"
_MAIL_HEADER = re.compile(
    rb"(?:return-path|received|delivered-to|message-id|mime-version|from|to|subject|date|x-[a-z-]{1,40})"
    rb":[ \t]", re.I
)  # fmt: skip
_UNDERSCORES = b"_" * 20
_COLUMN_NAMES = frozenset(
    "text body content article title headline source publication publisher outlet date published"
    " url link author authors byline id language".split()
)
_TEXT_NAMES = frozenset("text body content article fulltext full_text".split())


def archive_kind(head: bytes) -> str:
    """Return "zip", "tar", "gzip", "bzip2", "xz", or "" for a file that begins with ``head``."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head[:3] == b"BZh" and head[4:10] in (b"1AY&SY", b"\x17rE8P\x90"):
        return "bzip2"
    if head.startswith(b"\xfd7zXZ\x00"):
        return "xz"
    return "tar" if head[257:262] == b"ustar" else ""


def office_kind(names: list[str]) -> str:
    """Return the format of a zip with these members: "excel", "document", "" for any other.

    Raises
    ------
    RefusedFile
        A document of a kind that can't be read.
    """
    found = set(names)
    if "[Content_Types].xml" in found:
        for folder, key in (("xl/", "excel"), ("word/", "document")):
            if any(name.startswith(folder) for name in names):
                return key
        if any(name.startswith("ppt/") for name in names):
            raise RefusedFile("this is a presentation, not text", "save it as text", "unsupported")
    if "mimetype" in found and ("content.xml" in found or "META-INF/container.xml" in found):
        reason = "this is an OpenDocument file or an e-book, which can't be read"
        raise RefusedFile(reason, "save it as .docx, .xlsx or plain text", "unsupported")
    return ""


def ending_of(name: str) -> str:
    """Return the ending of a file's name in lower case, with its dot, or ""."""
    stem, dot, ending = name.rpartition("/")[2].rpartition(".")
    return f".{ending.lower()}" if dot and stem else ""


def format_of_name(name: str) -> str:
    """Return the format that a name's ending promises, "" when it promises none."""
    return _BY_ENDING.get(ending_of(name), "")


def sniff(head: bytes, name: str) -> str:
    """Return the key of the format in ``FORMATS`` that a file is in; no archives here.

    Parameters
    ----------
    head : bytes
        Its first 64 kB.
    name : str
        Its name; used where the content allows several readings.

    Raises
    ------
    RefusedFile
        No reader can do anything with it; the message names what to do.
    """
    named = format_of_name(name)
    if head.startswith(b"PAR1"):
        return "parquet"
    _refuse_known(head)
    if head.startswith(_PDF) or (_PDF in head[:_PDF_WITHIN] and not head[:1].isalpha()):
        return "pdf"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _old_office(name)
    text = _as_utf8(head)
    start = text.lstrip(_SPACE)
    found = _by_content(head, start, name)
    if found:
        return found
    if named and named not in ("csv", "text"):
        return named  # its own reader says best what is missing
    if named != "csv" and is_clear_table(text):
        return "csv"
    if named:
        return named
    ending = ending_of(name)
    if ending in ARCHIVE_ENDINGS:
        reason = f"named {ending}, but it is another kind of file, or damaged"
        raise RefusedFile(reason, "download or pack it again", "unsupported")
    if ending and not ending[1:].isdecimal() and len(ending) <= 9:
        what = f"files of the kind {ending}"
        raise RefusedFile(f"{what} can't be read", "convert to .txt or CSV", "unsupported")
    return "text"


def _by_content(head: bytes, start: bytes, name: str) -> str:
    if start.startswith(b"{\\rtf"):
        return "document"
    if start.startswith(b"WARC/"):
        return "warc"
    if start.startswith(b"From ") and looks_like("mail.archives", "mbox", head, name):
        return "mbox"
    if start.startswith(b"<"):
        # Factiva's pages before others; feeds before what merely has tags.
        if b"rticle" in head and looks_like("databases.factiva", "factiva", head, name):
            return "factiva"
        if looks_like("feeds.feed", "feed", head, name):
            return "feed"
        if looks_like("web.html", "html", head, name):
            return "html"
        if start.startswith(b"<?xml"):
            return "feed"
    if start[:1] in (b"{", b"[") and looks_like("json.records", "json", head, name):
        return "json"
    if (_UNDERSCORES in head or b"ProQuest" in head) and looks_like(
        "databases.proquest", "proquest", head, name
    ):
        return "proquest"
    if _MAIL_HEADER.match(start):
        if looks_like("web.html", "html", head, name):  # MHTML: a page as a mail
            return "html"
        if looks_like("mail.archives", "eml", head, name):
            return "eml"
    return ""


def looks_like(module: str, what: str, head: bytes, name: str) -> bool:
    """Ask a reader's own ``looks_like_…``; False when the reader can't be loaded."""
    try:
        loaded = importlib.import_module(f".{module}", __package__)
        return bool(getattr(loaded, f"looks_like_{what}")(head, name))
    except (ImportError, AttributeError):
        return False


def _refuse_known(head: bytes) -> None:
    for magic, what, remedy in _REFUSED:
        if head.startswith(magic):
            raise RefusedFile(f"this is {what}, which can't be read", remedy, "unsupported")


def _old_office(name: str) -> str:
    key = format_of_name(name)
    if key in ("excel", "document"):
        return key
    raise RefusedFile(
        "this is a binary file (an old Office document), not text",
        "open it in the program it comes from and save it as .docx, .xlsx or plain text",
        "unsupported",
    )


def _as_utf8(head: bytes) -> bytes:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            rest = head[len(mark) :]
            return rest if encoding == "utf-8" else rest.decode(encoding, "replace").encode()
    return head


def is_clear_table(text: bytes) -> bool:
    """True when a text begins like a table of articles: a header that names their columns."""
    lines = [line for line in text[:HEAD].splitlines()[:20] if line.strip()]
    if len(lines) < 2 or len(lines[0]) > 2000:
        return False
    header = lines[0].decode("utf-8", "replace")
    for delimiter in ",;\t|":
        if delimiter not in header:
            continue
        try:
            cells = next(csv.reader([header], delimiter=delimiter), [])
        except csv.Error:
            continue
        names = {cell.strip().lower() for cell in cells}
        known = names & _COLUMN_NAMES
        if (
            len(known) >= 2
            and known & _TEXT_NAMES
            and all(len(name) <= 40 for name in names)
            and delimiter.encode() in lines[1]
        ):
            return True
    return False
