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
_NO_LETTER = bytes(code for code in range(128) if not chr(code).isalnum())


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


def line_sketch(text: str) -> str | bytes:
    """Return something that two lines of one key have in common; others may have it as well.

    Ten times as fast as the key where letters are Latin, and the same of a line and of its key.
    """
    if len(text) > MAX_CHARS:
        return text
    return text.casefold().encode("ascii", "ignore").translate(None, _NO_LETTER)
