"""What can be said of any line of text: how many words it has, and when two lines are one."""

from __future__ import annotations

import re

# Longer lines are text, whatever they say; it also bounds the work of every pattern below.
MAX_CHARS = 400
# Scripts that write no spaces between words; two of their characters count as a word.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0002fa1f]"
)
_KEY = re.compile(r"[\W_]+")
_NO_LETTER = bytes(code for code in range(128) if not chr(code).isalnum() and code != 10)
# Letters beyond ASCII whose case folding is within.
_FOLDED = re.compile("[\u00df\u0130\u0149\u017f\u01f0\u1e96-\u1e9a\u1e9e\u212a\ufb00-\ufb06]")


def word_count(text: str) -> int:
    """Count words by spaces; text without spaces counts two characters as a word."""
    words = len(text.split())
    return words if text.isascii() else words + unspaced_words(text)


def unspaced_words(text: str) -> int:
    """Return how many words ``text`` has beyond those that spaces set apart."""
    return len(_UNSPACED.findall(text)) // 2


def line_key(text: str) -> str:
    """Return what two lines have in common that say the same: their letters and digits."""
    if len(text) > MAX_CHARS:  # no menu entry: only an exact repetition counts
        return text
    return _KEY.sub(" ", text.casefold()).strip() or text


def line_sketches(text: str) -> list[bytes]:
    """Return for each line of ``text`` what the lines of one key have in common.

    Others may have it as well. Ten times as fast as the key where letters are Latin; a line's
    key has the same as the line.
    """
    if not text.isascii():
        text = text.casefold() if _FOLDED.search(text) else text
    return text.encode("ascii", "ignore").lower().translate(None, _NO_LETTER).split(b"\n")
