"""RTF to plain text by striprtf, which gets nothing to read that would keep it busy."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from dashboard.corpus.record import RefusedFile

MAX_BYTES = 50 * 1024 * 1024
# Marks the end of a table's cell in the text: a character that no text uses.
CELL = "\ue000"

_AGAIN = "open it in a word processor and save it as .docx"
_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")
# Pictures are written as endless hexadecimal digits.
_HEXADECIMAL = re.compile(rb"[0-9A-Fa-f\r\n]{512,}")
_CELL_END = re.compile(r"\\(?:nest)?cell(?![A-Za-z]) ?")
# striprtf looks for links by a pattern that takes cubic time; a line end keeps it from starting.
_FIELD = re.compile(r"\\field(?=\{)", re.I)
_FONTS = "\\fonttbl"
_FONT_PART = re.compile(r"[{}]|\\(f|fcharset)(\d{1,5})(?![\da-z])")
_BAD_NUMBER = re.compile(r"\\(u|uc|ansicpg)(?![A-Za-z\d-])|\\(?:u|uc)-?\d{6,}")
_MAX_FONTS = 256


def is_rtf(data: bytes) -> bool:
    """True for the first bytes of an RTF file, whatever its name."""
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def rtf_text(data: bytes) -> str:
    """Return the text of an RTF file: a line per paragraph, ``CELL`` after each table cell.

    Raises
    ------
    RefusedFile
        Not RTF, larger than ``MAX_BYTES``, or damaged.
    """
    if not is_rtf(data):
        raise RefusedFile("this is not an RTF document", _AGAIN, "rtf")
    if len(data) > MAX_BYTES:
        reason = f"larger than {MAX_BYTES // 1024**2} MB"
        raise RefusedFile(reason, "split it into several documents", "rtf")
    from striprtf import striprtf

    convert: Callable[..., str] = striprtf.rtf_to_text
    raw = _HEXADECIMAL.sub(b"", _without_binary(data))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    text = text[text.find("{\\rtf") :]
    text = _FIELD.sub("\\\\field\n", _CELL_END.sub(CELL, _plain_fonts(text)))
    try:
        text = convert(_BAD_NUMBER.sub("", text), errors="replace")
    except (ValueError, TypeError, LookupError, OverflowError) as error:
        raise RefusedFile("the RTF document is damaged", _AGAIN, "rtf") from error
    # Characters beyond the first plane (emoji, rare Chinese) are written as two halves.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\r", "\n")


def _without_binary(data: bytes) -> bytes:
    """Drop binary data, of which the file tells the length: braces in it mean nothing."""
    parts: list[bytes] = []
    at = 0
    while (match := _BINARY.search(data, at)) is not None:
        parts.append(data[at : match.start()])
        at = min(len(data), match.end() + int(match[1]))
    parts.append(data[at:])
    return b"".join(parts)


def _plain_fonts(text: str) -> str:
    """Write the font table anew, a short line a font, with the code pages that Python knows.

    striprtf reads it by a pattern whose time grows with the cube of its length, and takes each
    font's character set from it without asking whether there is such a codec.
    """
    from striprtf.striprtf import charset_map

    start = text.find(_FONTS)
    if start < 0:
        return text
    fonts: dict[str, str] = {}
    font = ""
    depth, end = 1, start
    for match in _FONT_PART.finditer(text, start + len(_FONTS)):
        end = match.end()
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
            if depth == 0:
                break
        elif match[1] == "f":
            font = match[2]
        elif font and len(fonts) < _MAX_FONTS:
            fonts.setdefault(font, match[2])
    if depth:  # the file ends within the table
        return text[:start]
    lines = [
        f"{{\\f{name}\\fcharset{number if _has_codec(charset_map.get(int(number))) else 0} F;}}\n"
        for name, number in fonts.items()
    ]
    # No second table: the word must not come again, nor come about by taking something out.
    rest = text[end:].replace(_FONTS, "\\fonttab")
    return f"{text[:start]}{_FONTS}\n{''.join(lines)}}}{rest}"


def _has_codec(name: str | None) -> bool:
    try:
        return bool(name) and codecs.lookup(name or "") is not None
    except LookupError:
        return False
