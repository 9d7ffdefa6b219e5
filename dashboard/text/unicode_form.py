"""One Unicode form for words: what is the same to a reader is the same word."""

from __future__ import annotations

import re
import unicodedata

# Apostrophes as people and programs write them, those that are letters to Unicode among them.
APOSTROPHES = "'’‘ʼʻ＇"
# Marks that change how a word looks or is read aloud, not which word it is: vowel signs of Arabic
# and Hebrew, the Arabic stroke that widens a word, joiners, soft hyphens, signs of direction.
SILENT = (
    "\u00ad\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200c-\u200f\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff"
)
_SILENT = re.compile(f"[{SILENT}]")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
# Dotless and dotted i are one letter to whoever reads a Turkish word in capitals; Persian letters
# come under the codes of the Arabic ones.
_SAME = str.maketrans({"ı": "i", "\u0307": None, "ی": "ي", "ک": "ك", "ى": "ي"})
_KEPT = re.compile(
    r"[^\w'.,\u0300-\u036f\u0483-\u0487\u0711-\u07f3\u0900-\u109f\u1780-\u17d3\u2044]+"
)


def normal_form(text: str) -> str:
    """Return the form in which words are compared: NFKC, no capitals, one apostrophe, no silent
    marks. Full width, ligatures, İ, ß and ς come out as what they stand for."""
    if text.isascii():
        return text.lower()
    text = _APOSTROPHE.sub("'", _SILENT.sub("", text))
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    folded = unicodedata.normalize("NFD", folded).replace("i\u0307", "i")
    folded = unicodedata.normalize("NFC", folded).translate(_SAME)
    return _KEPT.sub("", _SILENT.sub("", folded))
