"""Encodings from before UTF-8 that aren't Western: asked for where Windows-1252 gives nonsense."""

from __future__ import annotations

import re

from dashboard.corpus.decoding.encodings import CHECK_LETTERS, Decoded, decode
from dashboard.corpus.report import Problem

_ACCENTED = re.compile("[\u00c0-\u00ff\u0160\u017d\u0178\u0161\u017e]")
_LETTER = re.compile("[A-Za-z\u00c0-\u00ff]")
_SAMPLE = 60_000
# Western text has few accents among its letters; Cyrillic read as Western has little else.
_SHARE = 0.3
_FEW_LINES = 20
_FEW_LETTERS = 12
_NAMES = {"cp1251": "Windows-1251", "gb18030": "GB 18030", "koi8_r": "KOI8-R"}


def decode_any(data: bytes) -> Decoded:
    """Decode a table like ``decode``, with Cyrillic, Chinese and other legacy encodings.

    Raises
    ------
    RefusedFile
        The bytes are not text.
    """
    decoded = decode(data, nul_allowed=True)
    if decoded.encoding not in ("cp1252", "latin-1"):
        return decoded
    words = _accented_lines(decoded.text)
    accented = len(_ACCENTED.findall(words))
    if accented < _FEW_LETTERS or accented <= _SHARE * len(_LETTER.findall(words)):
        return decoded
    encoding = _guess(words.encode(decoded.encoding, "replace"))
    if not encoding:
        return decoded
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return decoded
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    name = _NAMES.get(encoding, encoding)
    reason = f"not UTF-8; read as {name}, judging by its letters"
    return Decoded(text, encoding, [Problem(None, None, reason, CHECK_LETTERS)])


def is_mixed(decoded: Decoded) -> bool:
    """True for UTF-8 or ASCII with a few lines in Windows-1252, which are worth naming."""
    if not any("not UTF-8" in problem.reason for problem in decoded.problems):
        return False
    if decoded.encoding == "utf-8":
        return True
    lines = decoded.text[: 50 * _SAMPLE].split("\n")
    odd = sum(not line.isascii() for line in lines)
    return decoded.encoding == "cp1252" and odd <= _FEW_LINES and 2 * odd < len(lines)


def _accented_lines(text: str) -> str:
    """Return some of the lines that hold letters beyond ASCII: plain ones prove nothing."""
    found: list[str] = []
    size = 0
    for line in text[: 50 * _SAMPLE].split("\n"):
        if not line.isascii():
            found.append(line[:2000])
            size += len(found[-1])
            if size > _SAMPLE:
                break
    return "\n".join(found)


def _guess(sample: bytes) -> str:
    import charset_normalizer

    best = charset_normalizer.from_bytes(sample).best()
    if best is None or best.encoding in ("ascii", "utf_8"):
        return ""
    # The larger sets hold the smaller ones, and files mix them.
    larger = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}
    return larger.get(best.encoding, best.encoding)
