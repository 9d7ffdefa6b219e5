"""Mail: archives (mbox, and the monthly text files of pipermail) and single messages (.eml)."""

from __future__ import annotations

import datetime as dt
import re
from email.message import Message
from email.utils import parsedate

from dashboard.corpus.article import Field
from dashboard.corpus.decoding.alphabets import ENCODINGS
from dashboard.corpus.decoding.encodings import CHECK_LETTERS, Decoded
from dashboard.corpus.parsing import titles
from dashboard.corpus.parsing.dates import (
    OUTSIDE,
    UNREADABLE,
    find_date,
    make_day,
    plausible,
)
from dashboard.corpus.readers.mail.parts import mail_body, mail_header, parse_mail
from dashboard.corpus.record import Reading, Record, RefusedFile
from dashboard.corpus.report import Problem

MAX_BYTES = 500 * 1024 * 1024
_MAX_MESSAGE = 30 * 1024 * 1024

# "From jo@ex.com Thu May 16 09:15:00 2024", in pipermail "From jo at ex.com  Thu …", with the
# headers right below: a sentence that begins with "From" has neither.
_SEPARATOR = re.compile(
    rb"^From [^\n]{1,200}?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? [^\n]{4,40}\d{1,2}:\d\d[^\n]{0,60}\n"
    rb"(?=[\w-]{1,60}:|[ \t]*\n)",
    re.M,
)
_ANY_SEPARATOR = re.compile(rb"From [^\n]{1,300}\n[\w-]{1,60}:")
_ESCAPED = re.compile(rb"^>(?=>{0,20}From )", re.M)
_HEADER = re.compile(rb"[\w-]{1,60}:[ \t]|[\w-]{1,60}:\r?\n[ \t]")
_DELIVERED = re.compile(
    rb"^(?:message-id|received|mime-version|return-path|delivered-to):", re.I | re.M
)
_SENT = re.compile(rb"^(?:from|date|subject):", re.I | re.M)
_WHAT_AGAIN = "export it again from the mail program"


def looks_like_mbox(head: bytes, name: str) -> bool:
    """True when the first bytes of a file are those of a mail archive, whatever its name."""
    return bool(_ANY_SEPARATOR.match(head.lstrip()[:2000].replace(b"\r\n", b"\n")))


def looks_like_eml(head: bytes, name: str) -> bool:
    """True when the first bytes of a file are the headers of a mail.

    An article may begin with "Subject: …" as well: headers of the delivery are demanded, unless
    the name ends in .eml.
    """
    start = head.lstrip()[:16384].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    headers = start.partition(b"\n\n")[0]
    if not _HEADER.match(headers) or not _SENT.search(headers):
        return False
    return bool(_DELIVERED.search(headers)) or name.lower().endswith(".eml")


def read_mbox(data: bytes, file: str, folder: str = "") -> Reading:
    """Read a mail archive: one message is one record.

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Its name for the report.
    folder : str
        Sub-folder that names its source, "" if none.

    Returns
    -------
    Reading
        A record per message with text, its lines not cleaned yet; the others are refused.

    Raises
    ------
    RefusedFile
        Empty, too large, or not a mail archive.
    """
    _refuse_size(data, MAX_BYTES, "mbox")
    data = data.lstrip().replace(b"\r\n", b"\n")
    starts = [match.start() for match in _SEPARATOR.finditer(data)]
    if not looks_like_mbox(data[:4096], file) or not starts:
        reason = "this is not a mail archive (mbox): no message begins in it"
        raise RefusedFile(reason, "give the file the right ending", "mbox")
    reading = Reading("mbox")
    if starts[0]:
        starts.insert(0, 0)
    encodings: set[str] = set()
    for row, (begin, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1):
        separator, _, message = data[begin:end].partition(b"\n")
        message = _ESCAPED.sub(b"", message)
        line = separator.decode("latin-1")
        encodings.add(_add(reading, message, file, row, folder, line, row == len(starts)))
    reading.encoding = ", ".join(sorted(encodings - {""}))
    guessed = sorted(encodings & (ENCODINGS.keys() | {"latin-1"}))
    if guessed:
        reason = f"some messages aren’t UTF-8; read as {', '.join(guessed)}"
        reading.problems.append(Problem(None, None, reason, CHECK_LETTERS))
    return reading


def read_eml(data: bytes, file: str, folder: str = "") -> Reading:
    """Read a single message; parameters, result and errors as for ``read_mbox``."""
    _refuse_size(data, _MAX_MESSAGE, "eml")
    data = data.lstrip()
    if not looks_like_eml(data[:16384], file if file.lower().endswith(".eml") else file + ".eml"):
        reason = "this is not an e-mail: it doesn't begin with headers such as From: and Subject:"
        raise RefusedFile(reason, "give the file the right ending", "eml")
    if b"\n\n" not in data.replace(b"\r\n", b"\n"):
        raise RefusedFile("the message ends within its headers", _WHAT_AGAIN, "eml")
    reading = Reading("eml")
    reading.encoding = _add(reading, data, file, None, folder, "", True)
    if not reading.records:
        reason = reading.problems[-1].reason
        raise RefusedFile(reason, _WHAT_AGAIN, "eml")
    return reading


def _refuse_size(data: bytes, limit: int, kind: str) -> None:
    if not data.strip():
        raise RefusedFile("the file is empty", _WHAT_AGAIN, kind)
    if len(data) > limit:
        raise RefusedFile(f"larger than {limit // 1024**2} MB", "split it", kind)


def _add(
    reading: Reading,
    data: bytes,
    file: str,
    row: int | None,
    folder: str,
    separator: str,
    last: bool,
) -> str:
    """Add the record of a message to the reading, or why there is none; return its encoding."""
    body, fields, cut = Decoded("", ""), dict[str, Field](), False
    why = "the message has no text of its own, only attachments or nothing"
    if len(data) > _MAX_MESSAGE:
        why = f"the message is larger than {_MAX_MESSAGE // 1024**2} MB"
    else:
        try:
            message = parse_mail(data)
            body, cut = mail_body(message)
            fields = _fields(message, separator)
        except (RecursionError, RefusedFile) as error:
            why = (
                error.reason if isinstance(error, RefusedFile) else "its parts are nested too deep"
            )
    if not body.text:
        reading.refused += 1
        reading.problems.append(
            Problem(row, None, why, "open it in a mail program and save its text")
        )
        return ""
    if row is None:  # of an archive they are told together
        reading.problems.extend(body.problems)
    if cut and last:
        reason = "the message may be incomplete: its last part doesn't end"
        reading.problems.append(Problem(row, None, reason, _WHAT_AGAIN))
    known = {name: field.value or "" for name, field in fields.items()}
    reading.records.append(
        Record(
            file=file,
            row=row,
            text=body.text,
            title=known.get("title", ""),
            date=known.get("date", ""),
            folder=folder,
            fields=fields,
        )
    )
    return body.encoding


def _fields(message: Message, separator: str) -> dict[str, Field]:
    """Return the title and the date; who passes a text on is neither its source nor its author."""
    fields: dict[str, Field] = {}
    subject = mail_header(message, "subject")
    title = titles.strip_list_prefix(subject)
    if title:
        fields["title"] = Field(title, "stated", subject, None, "subject of the mail")
    written = mail_header(message, "date")[:100]
    day = _day(written)
    if day is not None and plausible(day):
        fields["date"] = Field(day.isoformat(), "stated", written, None, "date of the mail")
    elif written:
        why = OUTSIDE if day else UNREADABLE
        fields["date"] = Field(None, "unknown", f"“{written[:60]}” {why}")
    else:
        found = find_date(separator)
        if found is not None and found.day is not None:
            words = found.words
            fields["date"] = Field(
                found.day.isoformat(), "inferred", words, None, "line of the archive"
            )
    return fields


def _day(written: str) -> dt.date | None:
    parts = parsedate(written)
    if parts is not None:
        return make_day(*parts[:3])  # as written: no time zone moves it
    found = find_date(written)
    return found.day if found else None
