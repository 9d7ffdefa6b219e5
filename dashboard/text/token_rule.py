"""Tokens: the one token rule, the same for counting, searching and highlighting.

A token is a run of letters, digits and combining marks, in one Unicode form (``normal_form``).
Apostrophes stay inside a word ("don't", "O'Brien"), but an article that lost its vowel is a word of
its own ("l'", "dell'", "qu'"); a possessive "'s" is dropped, hyphens separate ("no-limits" is "no
limits"), dots of an abbreviation are dropped ("U.S." and "US" are "US", not the pronoun), digits
keep their separators ("1,036"). Addresses, handles and e-mail are not words. Thai, Lao, Burmese,
Khmer, Chinese and Japanese are parted by a dictionary (``prepare``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from dashboard.text.prepare import BETWEEN, mask, original, prepare, separate
from dashboard.text.unicode_form import APOSTROPHES, SILENT, normal_form

# Combining marks are not \w in Python's re; without them Hindi, Thai or vowelled Arabic fall apart.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u0900-\u0963\u0966-\u0eff"
    f"\u0f71-\u0f84\u0f90-\u0fbc\u102b-\u103e\u1056-\u1059\u17b4-\u17d3{SILENT}"
)
LETTER = rf"(?:[^\W_{APOSTROPHES}]|[{_MARKS}])"
INITIAL = rf"[^\W\d_{APOSTROPHES}]"
# Articles, pronouns and prepositions of the Romance languages and Irish before a vowel or a number.
ELIDED = (
    "l d j m t s n c b v h qu jusqu lorsqu puisqu quoiqu all dall dell nell sull coll pell gl agl"
    " dagl degl negl sugl un quell quest bell sant nessun anch com senz tutt"
).split()
# Digits too: "all'8", "l'11 settembre".
VOWELS = "aeiouyhàáâäãèéêëìíîïòóôöõùúûüœæ0123456789"
_CAPITAL_VOWELS = VOWELS.upper()
_ELISION = (
    rf"(?=[A-Za-z]{{1,7}}[{APOSTROPHES}])"  # most words have none: known sooner than the list
    rf"(?![cC][{APOSTROPHES}][hH])"  # one letter in Breton
    rf"(?ai:{'|'.join(sorted(ELIDED, key=len, reverse=True))})"
    rf"[{APOSTROPHES}](?=[{VOWELS}{_CAPITAL_VOWELS}])"
)
TOKEN = re.compile(
    r"\d+(?:[.,]\d+)+"
    rf"|{INITIAL}\.(?:{INITIAL}\.)+"
    rf"|(?:{_ELISION})"
    rf"|{LETTER}+(?:[{APOSTROPHES}]{LETTER}+)*"
)
# Between a word and the next: a space, a hyphen, or nothing that is seen.
JOINS = {" ": 1, "\u00a0": 1, BETWEEN: 1, "": 1, "-": 2, "\u2010": 2, "\u2011": 2}
SENTENCE_MARKS = frozenset('.!?…:;"“”\n。！？')

LINE_ENDS = tuple('.!?…:;,"”’)。！？')

# In capitals these are names; as pronouns they are stop words.
CAPITAL_WORDS = frozenset({"us", "who", "it", "un"})

Span = tuple[int, int]


@lru_cache(maxsize=1 << 16)
def normalise_token(raw: str) -> str:
    """The counted form of one matched token."""
    if raw.isascii() and raw.isalpha() and raw.islower():  # most tokens: nothing to do
        return raw
    token = normal_form(raw)
    if token.endswith("'s") and len(token) > 2:
        token = token[:-2]
    dotted = "." in token and not token[0].isdigit()
    if dotted:
        token = token.replace(".", "")
    if token in CAPITAL_WORDS and (dotted or raw[: len(token)].isupper()):
        token = token.upper()
    return token or raw


def tokenise(text: str) -> list[tuple[str, Span]]:
    """Tokens of ``text`` with their character spans, in order. Empty text gives ``[]``."""
    parted, signs = separate(mask(text))
    found = ((match.group(), match.span()) for match in TOKEN.finditer(parted))
    if not signs:
        return [(normalise_token(raw), span) for raw, span in found]
    return [
        (normalise_token(raw), (original(start, signs), original(end, signs)))
        for raw, (start, end) in found
    ]


def count_words(text: str) -> int:
    """Number of tokens in ``text`` by the token rule."""
    return sum(1 for _ in TOKEN.finditer(prepare(text)))
