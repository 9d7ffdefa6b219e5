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
_ASCII = bytes(range(128))
# In UTF-8 a character of a script without spaces begins with one of these bytes.
_UNSPACED_BYTES = b"\xe0\xe1\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xef\xf0"
_SPACED = bytes(code for code in range(256) if code not in _UNSPACED_BYTES)
# Letters beyond ASCII whose case folding is within.
_FOLDED = re.compile("[\u00df\u0130\u0149\u017f\u01f0\u1e96-\u1e9a\u1e9e\u212a\ufb00-\ufb06]")


def word_count(text: str) -> int:
    """Count words by spaces; text without spaces counts two characters as a word."""
    words = len(text.split())
    return words if text.isascii() else words + unspaced_words(text)


def unspaced_words(text: str) -> int:
    """Return how many words ``text`` has beyond those that spaces set apart."""
    # Most text has none, and deleting bytes is faster than looking at each character.
    if not text.encode("utf-8", "surrogatepass").translate(None, _SPACED):
        return 0
    return len(_UNSPACED.findall(text)) // 2


def line_key(text: str) -> str:
    """Return what two lines have in common that say the same: their letters and digits."""
    if len(text) > MAX_CHARS:  # no menu entry: only an exact repetition counts
        return text
    return _KEY.sub(" ", text.casefold()).strip() or text


def ascii_lines(text: str) -> bytes:
    """Return the ASCII characters of ``text`` in small letters, line ends included.

    What is in there of a phrase is in the same way in all of its spellings by case.
    """
    if not text.isascii():
        beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
        if _FOLDED.search(beyond.decode("utf-8", "surrogatepass")):
            text = text.casefold()
    return text.encode("ascii", "ignore").lower()


def line_sketches(text: str) -> list[bytes]:
    """Return for each line of ``text`` what the lines of one key have in common.

    Others may have it as well. Ten times as fast as the key where letters are Latin; a line's
    key has the same as the line.
    """
    return sketches_of(ascii_lines(text))


def sketches_of(ascii_text: bytes) -> list[bytes]:
    """Return ``line_sketches`` of the text of which this is ``ascii_lines``."""
    return ascii_text.translate(None, _NO_LETTER).split(b"\n")
