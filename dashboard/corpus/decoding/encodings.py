"""Bytes to text: byte order mark, then UTF-8, then the older encoding that reads best."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from dashboard.corpus.decoding.alphabets import ENCODINGS
from dashboard.corpus.decoding.legacy import guess, guess_wide
from dashboard.corpus.record import RefusedFile
from dashboard.corpus.report import Problem

_MARKS = (  # the longer mark first: that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The first bytes of files that people name .txt by mistake.
_SIGNATURES = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x7fELF", "a program"),
)
# Control characters that plain text doesn't use (tab, line ends, form feed, escape are used).
_CONTROLS = bytes(c for c in range(32) if c not in (9, 10, 11, 12, 13, 27)) + b"\x7f"
_CONTROL_SHARE = 0.02
_ESCAPED = re.compile("[\udc80-\udcff]")
_FEW_LINES = 20

_SHIFTS = (
    (b"\x1b$B", "iso2022_jp", "ISO-2022-JP"),
    (b"\x1b$@", "iso2022_jp", "ISO-2022-JP"),
    (b"\x1b$)C", "iso2022_kr", "ISO-2022-KR"),
)
_SHIFT_SEEN = 100_000
# The first letter of two or three that stand for one: Ã¼, â€œ, Ð¿.
_GARBLED = re.compile("[Â-ß][\u0080-\u00bf€‚-„†‡ˆ‰Š‹Œ\u017d‘-”•–—˜™š›œ\u017eŸƒ…]|â€")
_LEAST_GARBLED = 2

CHECK_LETTERS = "if letters look wrong, save the file as UTF-8 and open it again"


@dataclass(slots=True)
class Decoded:
    """Text with line ends as "\\n", the encoding's name, and what was odd about it."""

    text: str
    encoding: str
    problems: list[Problem] = field(default_factory=list)


def decode(data: bytes, *, nul_allowed: bool = False, repair: bool = True) -> Decoded:
    """Decode a text file.

    Parameters
    ----------
    data : bytes
        The whole file; empty input gives empty text.
    nul_allowed : bool
        Tables may hold a stray NUL in a cell; a text file with one is binary.
    repair : bool
        Whether UTF-8 that was encoded twice is undone; tables do that cell by cell.

    Raises
    ------
    RefusedFile
        The bytes are not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            decoded = _decode_marked(data[len(mark) :], encoding)
            break
    else:
        wide = guess_wide(data) if b"\0" in data[:4096] else ""
        if shifted := _decode_shifted(data):
            decoded = shifted
        elif wide:
            decoded = _decode_marked(data, wide)
            reason = f"read as {wide[:6].upper()}, though it has no byte order mark"
            decoded.problems[0] = Problem(None, None, reason, CHECK_LETTERS)
        else:
            _refuse_binary(data, nul_allowed)
            decoded = _decode_unmarked(data)
    if repair and decoded.encoding == "utf-8":
        decoded = _repaired(decoded)
    if decoded.encoding.startswith(("utf-16", "utf-32")):
        _refuse_binary(decoded.text.encode("utf-8", "replace"), nul_allowed)
    decoded.text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    return decoded


def _refuse_binary(data: bytes, nul_allowed: bool) -> None:
    kind = next((f" ({name})" for mark, name in _SIGNATURES if data.startswith(mark)), "")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if kind or (b"\0" in data and not nul_allowed) or controls > _CONTROL_SHARE * len(data):
        raise RefusedFile(
            f"this is a binary file{kind}, not text",
            "open it in the program it comes from and save it as plain text (.txt) or CSV",
        )


def _decode_marked(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    decoded = Decoded(text, encoding)
    if encoding != "utf-8":
        decoded.problems.append(Problem(None, None, f"read as {encoding[:6].upper()}"))
    bad = text.count("\ufffd")
    if bad:
        decoded.problems.append(_damaged(bad))
    return decoded


def _decode_unmarked(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        first_bad = data.count(b"\n", 0, error.start) + 1
    mixed = _decode_mixed(data, first_bad)
    if mixed is not None:
        return mixed
    encoding = guess(data) or "cp1252"
    text = data.decode(encoding, "replace")
    name = ENCODINGS[encoding][0]
    if encoding == "cp1252" and "\ufffd" in text:
        text, encoding, name = data.decode("latin-1"), "latin-1", "Latin-1"
    reason = f"not UTF-8 (line {first_bad}); read as {name}, in which it makes most sense"
    decoded = Decoded(text, encoding, [Problem(None, None, reason, CHECK_LETTERS)])
    bad = text.count("\ufffd")
    if bad:
        decoded.problems.append(_damaged(bad))
    return decoded


def _decode_shifted(data: bytes) -> Decoded | None:
    """Decode the 7-bit codes of East Asian mail, which pass for ASCII; None for anything else."""
    for mark, encoding, name in _SHIFTS:
        if mark in data[:_SHIFT_SEEN] and not any(byte > 127 for byte in data[:_SHIFT_SEEN]):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            return Decoded(text, encoding, [Problem(None, None, f"read as {name}", CHECK_LETTERS)])
    return None


def _repaired(decoded: Decoded) -> Decoded:
    """Undo what a program did that took UTF-8 for Windows-1252 and saved that: "fÃ¼r" is "für".

    Only where the whole text can be read so: one right letter beyond ASCII, and it can't.
    """
    if decoded.text.isascii() or len(_GARBLED.findall(decoded.text)) < _LEAST_GARBLED:
        return decoded
    try:
        text = _as_western(decoded.text).decode("utf-8")
    except UnicodeError:
        return decoded
    reason = "UTF-8 was taken for Windows-1252 and saved so (“Ã¼” for “ü”); this was undone"
    return Decoded(text, "utf-8", [*decoded.problems, Problem(None, None, reason, CHECK_LETTERS)])


def _as_western(text: str) -> bytes:
    """Encode as Windows-1252, with the five bytes that it leaves open as themselves."""
    return b"".join(
        char.encode("latin-1") if "\x80" <= char <= "\x9f" else char.encode("cp1252")
        for char in text
    )


def is_mixed(decoded: Decoded) -> bool:
    """True for UTF-8 or ASCII with a few lines in Windows-1252, which are worth naming."""
    if not any("not UTF-8" in problem.reason for problem in decoded.problems):
        return False
    if decoded.encoding == "utf-8":
        return True
    lines = decoded.text[:3_000_000].split("\n")
    odd = sum(not line.isascii() for line in lines)
    return decoded.encoding == "cp1252" and odd <= _FEW_LINES and 2 * odd < len(lines)


def _damaged(number: int) -> Problem:
    noun = "1 character is" if number == 1 else f"{number:,} characters are"
    return Problem(None, None, f"{noun} damaged and shown as \ufffd", CHECK_LETTERS)


def _decode_mixed(data: bytes, first_bad: int) -> Decoded | None:
    """Decode UTF-8 with a few bytes of Windows-1252 in it; None when it isn't mostly UTF-8."""
    escaped = data.decode("utf-8", "surrogateescape")
    bad = len(_ESCAPED.findall(escaped))
    wide = len(data) - len(escaped)  # continuation bytes: each proves a well-formed sequence
    if wide <= bad:
        return None
    text = western(escaped)
    problem = Problem(
        None,
        None,
        f"{bad} bytes are not UTF-8, the first in line {first_bad}; read as Windows-1252",
        CHECK_LETTERS,
    )
    return Decoded(text, "utf-8", [problem])


def western(text: str) -> str:
    """Return ``text`` with what was not UTF-8, lone surrogates, read as Windows-1252."""
    return _ESCAPED.sub(
        lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace"), text
    )
