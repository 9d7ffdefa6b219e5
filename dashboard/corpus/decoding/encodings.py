"""Bytes to text: byte order mark, then UTF-8, then Windows-1252, then Latin-1."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

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
# Of the bytes 0x80-0x9f, the letters and marks that people type in Windows-1252.
_TYPOGRAPHIC = frozenset(b"\x80\x82\x83\x84\x85\x86\x87\x89\x8a\x8b\x8c\x8e\x91\x92\x93\x94\x95\x96"
                         b"\x97\x98\x99\x9a\x9b\x9c\x9e\x9f")  # fmt: skip
_HIGH = re.compile(rb"[\x80-\x9f]")
_ESCAPED = re.compile("[\udc80-\udcff]")
_ACCENTED = re.compile("[\u00c0-\u00ff]")
_LETTER = re.compile("[A-Za-z\u00c0-\u00ff]")

CHECK_LETTERS = "if letters look wrong, save the file as UTF-8 and open it again"


@dataclass(slots=True)
class Decoded:
    """Text with line ends as "\\n", the encoding's name, and what was odd about it."""

    text: str
    encoding: str
    problems: list[Problem] = field(default_factory=list)


def decode(data: bytes, *, nul_allowed: bool = False) -> Decoded:
    """Decode a text file.

    Parameters
    ----------
    data : bytes
        The whole file; empty input gives empty text.
    nul_allowed : bool
        Tables may hold a stray NUL in a cell; a text file with one is binary.

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
        _refuse_binary(data, nul_allowed)
        decoded = _decode_unmarked(data)
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
        decoded.problems.append(
            Problem(None, None, f"{bad} characters are damaged and shown as \ufffd", CHECK_LETTERS)
        )
    return decoded


def _decode_unmarked(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        first_bad = data.count(b"\n", 0, error.start) + 1
    mixed = _decode_mixed(data, first_bad)
    if mixed is not None:
        return mixed
    high = set(b"".join(_HIGH.findall(data)))
    if high <= _TYPOGRAPHIC:
        text, encoding, name = data.decode("cp1252", "replace"), "cp1252", "Windows-1252"
    else:
        text, encoding, name = data.decode("latin-1"), "latin-1", "Latin-1"
    remedy = CHECK_LETTERS
    sample = text[:100_000]
    if len(_ACCENTED.findall(sample)) > 0.3 * len(_LETTER.findall(sample)):
        # Western text has few accents: most likely Cyrillic, Chinese or another legacy code.
        remedy = "most letters look wrong: save the file as UTF-8 and open it again"
    problem = Problem(None, None, f"not UTF-8 (line {first_bad}); read as {name}", remedy)
    return Decoded(text, encoding, [problem])


def _decode_mixed(data: bytes, first_bad: int) -> Decoded | None:
    """Decode UTF-8 with a few bytes of Windows-1252 in it; None when it isn't mostly UTF-8."""
    escaped = data.decode("utf-8", "surrogateescape")
    bad = len(_ESCAPED.findall(escaped))
    wide = len(data) - len(escaped)  # continuation bytes: each proves a well-formed sequence
    if wide <= bad:
        return None
    text = _ESCAPED.sub(
        lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace"), escaped
    )
    problem = Problem(
        None,
        None,
        f"{bad} bytes are not UTF-8, the first in line {first_bad}; read as Windows-1252",
        CHECK_LETTERS,
    )
    return Decoded(text, "utf-8", [problem])
