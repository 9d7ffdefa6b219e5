"""Web archives (WARC): each page that was fetched is one record."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from typing import Any

from dashboard.corpus.readers.web.html import MAX_BYTES as MAX_PAGE
from dashboard.corpus.readers.web.html import METADATA_ONLY, page_record
from dashboard.corpus.readers.web.markup import decode_markup
from dashboard.corpus.record import Reading, RefusedFile
from dashboard.corpus.report import Problem

_MAGIC = re.compile(rb"WARC/\d\.\d")
_PAGES = ("text/html", "application/xhtml+xml")
# In all, however small the archive: what comes out of compression is counted.
MAX_TOTAL = 2 * 1024**3
_AGAIN = "download it again"


def looks_like_warc(head: bytes, name: str) -> bool:
    """True when the first bytes of a file, or of what is compressed in it, are those of a WARC."""
    if _MAGIC.match(head):
        return True
    if not head.startswith(b"\x1f\x8b"):
        return False
    import zlib

    try:
        return bool(_MAGIC.match(zlib.decompressobj(31).decompress(head, 64)))
    except zlib.error:
        return False


def read_warc(data: bytes, file: str, folder: str = "") -> Reading:
    """Read a web archive.

    Parameters
    ----------
    data : bytes
        The whole file; its members may be compressed.
    file : str
        Its name for the report.
    folder : str
        Sub-folder that names its source, "" if none.

    Returns
    -------
    Reading
        A record per page (HTML, status 200) with text; pages without are refused. What else the
        archive holds is counted in one problem.

    Raises
    ------
    RefusedFile
        Empty, not a web archive, or without any page.
    """
    if not data:
        raise RefusedFile("the file is empty", _AGAIN, "warc")
    if not looks_like_warc(data[:65536], file):
        reason = "this is not a web archive (WARC)"
        raise RefusedFile(reason, "give the file the right ending", "warc")
    reading = Reading("warc")
    skipped: Counter[str] = Counter()
    encodings: set[str] = set()
    cut = _read_all(data, file, folder, reading, skipped, encodings)
    pages = len(reading.records) + reading.refused
    if cut and pages == reading.refused <= 1:
        raise RefusedFile(cut.partition(";")[0], _AGAIN, "warc")
    if cut:
        reading.problems.append(Problem(None, None, cut, _AGAIN))
    if skipped:
        kinds = ", ".join(f"{count} {kind}" for kind, count in skipped.most_common(12))
        reading.problems.append(Problem(None, None, f"left out, as they are not pages: {kinds}"))
    if not pages:
        reason = "the archive holds no page (HTML fetched without an error)"
        raise RefusedFile(reason, "choose an archive that does", "warc")
    reading.encoding = ", ".join(sorted(encodings))
    return reading


def _read_all(
    data: bytes,
    file: str,
    folder: str,
    reading: Reading,
    skipped: Counter[str],
    encodings: set[str],
) -> str:
    """Read all records; return how the archive ends too early, "" when it ends well."""
    from fastwarc.warc import ArchiveIterator

    total = 0
    records = iter(ArchiveIterator(BytesIO(data), parse_http=False, strict_mode=False))
    while True:
        try:
            record = next(records)
            block = _block(record)
        except StopIteration:
            return ""
        except MemoryError:
            raise
        except Exception as error:  # the library's own kinds of errors are not told apart
            return f"the archive is damaged or cut off; what came before was read ({error})"[:300]
        row = len(reading.records) + reading.refused + 1
        url = str(record.headers.get("WARC-Target-URI") or "").strip("<> ")
        if block is None:
            if _type(record) == "response":
                _refuse(reading, row, "the record is incomplete", url)
            return (
                "the archive is cut off: its last record is incomplete; what came before was read"
            )
        kind, body = _page(record, block)
        total += len(block) + len(body)
        if total > MAX_TOTAL:
            return f"more than {MAX_TOTAL // 1024**3} GB; the rest is not read"
        if kind:
            skipped[kind] += 1
            continue
        if len(body) > MAX_PAGE or len(block) > MAX_PAGE:
            _refuse(reading, row, f"the page is larger than {MAX_PAGE // 1024**2} MB", url)
            continue
        try:
            decoded = decode_markup(body, str(record.http_charset or ""))
        except RefusedFile as error:
            _refuse(reading, row, error.reason, url)
            continue
        encodings.add(decoded.encoding)
        article = page_record(decoded.text, file, row, url, folder)
        if article.text:
            reading.records.append(article)
        else:
            _refuse(reading, row, METADATA_ONLY, article.url or url)


def _type(record: Any) -> str:
    return str(record.headers.get("WARC-Type") or "unknown").lower()[:40]


def _block(record: Any) -> bytes | None:
    """Return a record's bytes, of a long one a bit more than is allowed; None if some are
    missing."""
    if record.headers.get("Content-Length") is None:
        return None
    left, parts, size = int(record.content_length), [], 0
    while left > 0:
        part = record.reader.read(min(left, 1 << 20))
        if not part:
            return None
        left -= len(part)
        if size <= MAX_PAGE:
            parts.append(part)
            size += len(part)
    return b"".join(parts)


def _page(record: Any, block: bytes) -> tuple[str, bytes]:
    """Return what a record is if no page ("request", "image/png"), and the page if it is one."""
    kind = _type(record)
    if kind != "response":
        return kind, b""
    try:
        # Parsed from the bytes at hand: the archive's own reader loses its place in a page that
        # isn't read to its end.
        record.set_bytes_content(block)
        record.parse_http(auto_decode="all", strict_mode=False)
        content = str(record.http_content_type or "unknown").lower()
        status = record.http_headers.status_code if record.http_headers is not None else None
        if content not in _PAGES:
            return content[:60], b""
        if status != 200:
            return f"{content} (status {status})", b""
        return "", record.reader.read(MAX_PAGE + 1)
    except MemoryError:
        raise
    except Exception:  # as above
        return "damaged response", b""


def _refuse(reading: Reading, row: int, reason: str, url: str) -> str:
    reading.refused += 1
    remedy = f"open {url} and save its text, or paste it" if url else _AGAIN
    reading.problems.append(Problem(row, None, reason, remedy))
    return reason
