"""Cells repaired: each repair is listed, nothing is changed in silence."""

from __future__ import annotations

import ast
import html
import re
import unicodedata
from collections import Counter
from html.entities import html5

from dashboard.corpus.record import Reading
from dashboard.corpus.report import Problem

MAX_LISTED = 50
# UTF-8 read as Windows-1252 or Latin-1: the letters that its first bytes turn into.
_FIRST = ("Ã", "â", "Â", "Ð", "Ñ", "Å", "ï¿½", "ð")
_MARKS = re.compile(
    "[ÃÂÐÑÅ][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d"
    "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
    "|â[€\u0080„‚]|ï¿½|ðŸ"
)
_ESCAPED = re.compile("[\udc80-\udcff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LISTED = re.compile(r"'((?:[^'\\]|\\.){0,300})'|\"((?:[^\"\\]|\\.){0,300})\"")
_NAMED = re.compile(
    r"['\"](?:name|title)['\"]\s{0,9}:\s{0,9}(?:'([^']{0,200})'|\"([^\"]{0,200})\")"
)
_BLOCK = re.compile(
    r"</?(?:p|div|br|h[1-6]|li|ul|ol|blockquote|article|section|figure)(?:\s[^<>]{0,500})?/?>", re.I
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_BYTES = re.compile(r"b['\"]")
_EXCEL_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNICODE_CODES = re.compile(r"(?:\\u[0-9A-Fa-f]{4})+")
# After the end of a sentence or before another: in a path it stands between letters.
_LINE_CODE = re.compile(r"(?:[.!?;,\"'’”»)\]…\s]|(?<!\W[A-Za-z]):|\\[nr])(?:\\r)?\\n|\\n(?:\\n|\s)")
_LINE_CODES = re.compile(r"\\r\\n|\\n|\\r|\\t")
_ANY_CODE = re.compile(r"\\u[0-9A-Fa-f]{4}|\\[nrt]|_x[0-9A-Fa-f]{4}_|\\x[0-9a-f]{2}")
_NO_CHARACTER = ("Cc", "Cn", "Co", "Cs")
_GARBLED = "if the old form was right, correct it in the table of articles"


class Cells:
    """Repairs the cells of one file and lists what it did, 50 of a kind and how many more."""

    def __init__(self, reading: Reading, *, escaped: bool = False) -> None:
        self._reading = reading
        self._escaped = escaped
        self._counts: Counter[str] = Counter()
        # Put before what is said of a row: "line 2: " in JSON Lines, which are known by it.
        self.where = ""

    def clean(self, row: int, column: str, text: str) -> str:
        """Return the cell without NUL, broken characters and garbled letters."""
        if "\0" in text:
            text = text.replace("\0", "")
            self.note("NUL", row, column, "control characters (NUL) were left out")
        if "\\" in text or "_x" in text:
            text = self._unescape(row, column, text)
        if text.isascii():
            return text
        if self._escaped and _ESCAPED.search(text):
            bad = len(_ESCAPED.findall(text))
            text = _ESCAPED.sub(_as_cp1252, text)
            what = "1 byte is" if bad == 1 else f"{bad} bytes are"
            reason = f"encoding: {what} not UTF-8; read as Windows-1252"
            self.note("bytes", row, column, reason, "if letters look wrong, save the file as UTF-8")
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            text = _SURROGATE.sub("\ufffd", text)
            reason = "half a character (a lone surrogate) is not Unicode text; shown as \ufffd"
            self.note("surrogates", row, column, reason, "export the record again")
        if any(mark in text for mark in _FIRST) and _MARKS.search(text):
            text = self._ungarble(row, column, text)
        return text

    def _unescape(self, row: int, column: str, text: str) -> str:
        """Return the cell with the characters that a program wrote out as their codes."""
        fixed = read_escapes(text)
        if fixed != text:
            self.note("escapes", row, column, f"written-out characters read: {_first_escape(text)}")
        return fixed

    def _ungarble(self, row: int, column: str, text: str) -> str:
        import ftfy

        fixed = "".join(
            ftfy.fix_encoding(line) if _MARKS.search(line) else line
            for line in text.splitlines(keepends=True)
        )
        if fixed == text:
            return text
        start = next((i for i, (a, b) in enumerate(zip(text, fixed, strict=False)) if a != b), 0)
        start = text.rfind(" ", 0, max(0, start - 15)) + 1 if start > 15 else 0
        old, new = text[start : start + 40].strip(), fixed[start : start + 40].strip()
        self.note("garbled", row, column, f"garbled letters repaired: “{old}” → “{new}”", _GARBLED)
        return fixed

    def without_entities(self, row: int, column: str, text: str) -> str:
        """Return a name or title with "&amp;" and the like as the characters they stand for.

        What HTML doesn't know, or what stands for no character, stays; "&amp;amp;", which was
        written by two programs one after the other, is read twice.
        """
        fixed = _ENTITY.sub(_character, _ENTITY.sub(_character, text))
        if fixed != text:
            reason = f"entities of web pages read: “{text.strip()[:40]}” → “{fixed.strip()[:40]}”"
            self.note("entities", row, column, reason)
        return fixed

    def note(self, kind: str, row: int, column: str | None, reason: str, remedy: str = "") -> None:
        """List a problem, unless 50 of its kind are listed already."""
        self._counts[kind] += 1
        if self._counts[kind] <= MAX_LISTED:
            self._reading.problems.append(Problem(row, column, self.where + reason, remedy))

    def finish(self) -> None:
        """Say how many problems were not listed one by one."""
        whats = {
            "NUL": "cells had control characters",
            "bytes": "cells had bytes that are not UTF-8",
            "surrogates": "cells had half characters",
            "garbled": "cells had garbled letters that were repaired",
            "escapes": "cells had written-out characters",
            "entities": "cells had entities of web pages",
            "keys": "records had duplicate keys",
            "quotes": "rows had stray quotation marks",
        }
        for kind, count in self._counts.items():
            if count > MAX_LISTED:
                what = whats.get(kind, kind)
                reason = f"{count - MAX_LISTED:,} more {what} in the same way"
                self._reading.problems.append(Problem(None, None, reason))


def read_escapes(text: str) -> str:
    """Return what a program wrote as codes: Excel's "_x000D_", "\\n" for a line end where a text
    has no other, "\\u00e9", and Python's b'caf\\xc3\\xa9'. Paths such as C:\\news stay."""
    bare = text.strip()
    if _BYTES.match(bare) and bare[-1:] == bare[1]:
        try:
            text = ast.literal_eval(bare).decode("utf-8")
        except (ValueError, SyntaxError, UnicodeDecodeError, MemoryError):
            return text
    if "_x" in text:
        text = _EXCEL_CODE.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n")
    if "\\u" in text:
        text = _UNICODE_CODES.sub(_decoded, text)
    if "\n" not in text and _LINE_CODE.search(text):
        text = _LINE_CODES.sub(lambda match: " " if match[0] == "\\t" else "\n", text)
        text = text.replace('\\"', '"').replace("\\'", "'")
    return text


def _decoded(match: re.Match[str]) -> str:
    # Two halves of one character come one after the other.
    codes = bytes.fromhex(match[0].replace("\\u", ""))
    return codes.decode("utf-16-be", "replace")


def _first_escape(text: str) -> str:
    found = _ANY_CODE.search(text)
    return f"“{found[0]}”" if found else "“b'…'”"


def _as_cp1252(match: re.Match[str]) -> str:
    return bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace")


def _character(match: re.Match[str]) -> str:
    """Return what an entity stands for, the entity itself where that is not a character."""
    name = match[0][1:]
    found = html.unescape(match[0]) if name[0] == "#" else html5.get(name, "")
    is_none = any(unicodedata.category(c) in _NO_CHARACTER and not c.isspace() for c in found)
    return match[0] if is_none or found in ("", "\ufffd") else found


def has_markup(text: str) -> bool:
    """True for a text whose paragraphs are marked up as those of a web page."""
    return "<" in text and len(_BLOCK.findall(text[:20_000])) >= 2


def without_markup(text: str) -> str:
    """Return the text of a marked-up cell, a line per paragraph."""
    from dashboard.corpus.readers.web.markup import plain_text

    return plain_text(text)


def unwritten(text: str) -> str:
    """Return what a list or object means that a program wrote out: "['A', 'B']" is "A; B"."""
    bare = text.strip()
    if len(bare) > 5000:
        return text
    if bare[:1] == "{" and bare[-1:] == "}":
        match = _NAMED.search(bare)
        return (match[1] or match[2] or "") if match else text
    if bare[:1] == "[" and bare[-1:] == "]":
        if "{" in bare:
            found = [match[1] or match[2] for match in _NAMED.finditer(bare)]
        else:
            found = [match[1] or match[2] for match in _LISTED.finditer(bare)]
        names = [name for name in found if name]
        return "; ".join(names) if names or bare in ("[]", "['']", '[""]') else text
    return text
