"""The headers and the text of one mail message, whatever its parts are."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email import policy
from email.message import Message

from dashboard.corpus.article import tidy
from dashboard.corpus.decoding.encodings import Decoded
from dashboard.corpus.readers.web.markup import decode_markup, plain_text
from dashboard.corpus.record import RefusedFile
from dashboard.text.lines import word_count

_MAX_HEADER = 2000
_MAX_PARTS = 200
# The library reads these headers of each part as it goes, the long ones in quadratic time.
_LONG_HEADER = re.compile(
    rb"^(content-[a-z-]{1,40}:[^\n]{0,2000})[^\n]*((?:\n[ \t][^\n]{0,500}){0,20})"
    rb"(?:[^\n]*\n[ \t])*[^\n]*",
    re.I | re.M,
)


def parse_mail(data: bytes) -> Message:
    """Return a message and its parts.

    Plainly, not by ``policy.default``: that reads every header of every part in full, which takes
    minutes for a hostile one. ``mail_header`` reads the few that matter by it.
    """
    short = _LONG_HEADER.sub(rb"\1\2", data)
    return email.message_from_bytes(short, policy=policy.compat32)


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts that are shown, those of forwarded messages included."""
    for number, part in enumerate(message.walk()):
        if number >= _MAX_PARTS:
            return
        shown = str(part.get("Content-Disposition", ""))[:20].strip().lower()
        if not part.is_multipart() and not shown.startswith("attachment"):
            yield part


def mail_body(message: Message) -> tuple[Decoded, bool]:
    """Return the text of a message, the plain one where there are two; True when it is cut off."""
    found: dict[str, list[Decoded]] = {"text/plain": [], "text/html": []}
    refused: RefusedFile | None = None
    for part in _parts(message):
        kind = part.get_content_type()
        payload = part.get_payload(decode=True) if kind in found else None
        if not isinstance(payload, bytes) or not payload.strip():
            continue
        try:
            decoded = decode_markup(payload, str(part.get_content_charset() or ""))
        except RefusedFile as error:
            refused = error
            continue
        if kind == "text/html":
            decoded.text = plain_text(decoded.text)
        decoded.text = decoded.text.strip("\n")
        found[kind].append(decoded)
    plain, pages = (_joined(parts) for parts in found.values())
    # A list adds its footer as plain text to a message that is only a page.
    best = pages if word_count(plain.text) * 4 < word_count(pages.text) else plain
    if not best.text.strip() and refused is not None:
        raise refused
    cut = any(type(defect).__name__ == "CloseBoundaryNotFoundDefect" for defect in message.defects)
    return best, cut


def _joined(parts: list[Decoded]) -> Decoded:
    text = "\n\n".join(part.text for part in parts if part.text.strip())
    problems = [problem for part in parts for problem in part.problems]
    return Decoded(text, parts[0].encoding if parts else "", problems)


def _charset(message: Message) -> str:
    """Return the character set that the message names for its text, "" where it names none."""
    named = (part.get_content_charset("") for part in message.walk())
    return next((str(name) for name in named if name), "")


def mail_header(message: Message, name: str) -> str:
    """Return a header as words, its RFC 2047 parts decoded."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
    raw = re.sub(r"\r?\n[ \t]?", " ", str(raw))[:_MAX_HEADER]
    if not raw.isascii():  # bytes where only ASCII is allowed
        raw = decode_markup(raw.encode("utf-8", "surrogateescape"), _charset(message)).text
    try:
        return tidy(str(policy.default.header_factory(name, raw)))
    except Exception:  # the library's parser fails in many ways on what isn't a header
        return tidy(raw)
