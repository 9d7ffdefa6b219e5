"""Tokens: the one token rule, the same for counting, searching and highlighting.

A token is a run of Unicode letters, digits and combining marks, lower-cased. Apostrophes stay
inside a word ("don't"), a possessive "'s" is dropped, hyphens separate ("no-limits" is "no
limits"), dots of an abbreviation are dropped ("U.S." and "US" are "US", not the pronoun), digits
keep their separators ("1,036"). Chinese and Japanese runs give overlapping character bigrams.
"""

from __future__ import annotations

import re
from functools import lru_cache

CJK_RANGES = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Combining marks are no \w in Python's re; without them Hindi, Thai or vowelled Arabic fall apart.
_MARKS = "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0eff"
LETTER = rf"(?:[^\W_{CJK_RANGES}]|[{_MARKS}])"
INITIAL = rf"[^\W\d_{CJK_RANGES}]"
APOSTROPHES = "'’"
TOKEN = re.compile(
    rf"(?P<cjk>[{CJK_RANGES}]+)"
    r"|\d+(?:[.,]\d+)+"
    rf"|(?:{INITIAL}\.){{2,}}"
    rf"|{LETTER}+(?:[{APOSTROPHES}]{LETTER}+)*"
)
CJK = re.compile(f"[{CJK_RANGES}]")
JOINS = {" ": 1, "\u00a0": 1, "-": 2, "\u2010": 2, "\u2011": 2}
SENTENCE_MARKS = frozenset('.!?…:;"“”\n。！？')

LINE_ENDS = tuple('.!?…:;,"”’)。！？')

# In capitals these are names; as pronouns they are stop words.
CAPITAL_WORDS = frozenset({"us", "who", "it", "un"})

Span = tuple[int, int]


@lru_cache(maxsize=1 << 16)
def normalise_token(raw: str) -> str:
    """The counted form of one matched token."""
    if raw.isalpha() and raw.islower():  # most tokens: nothing to do
        return raw
    token = raw.lower().replace("’", "'")
    if token.endswith("'s") and len(token) > 2:
        token = token[:-2]
    dotted = "." in token and not token[0].isdigit()
    if dotted:
        token = token.replace(".", "")
    if token in CAPITAL_WORDS and (dotted or raw[: len(token)].isupper()):
        token = token.upper()
    return token


def tokenise(text: str) -> list[tuple[str, Span]]:
    """Tokens of ``text`` with their character spans, in order. Empty text gives ``[]``."""
    tokens: list[tuple[str, Span]] = []
    for match in TOKEN.finditer(text):
        if match.lastgroup and match.end() - match.start() > 1:
            raw, start = match.group(), match.start()
            tokens += [(raw[i : i + 2], (start + i, start + i + 2)) for i in range(len(raw) - 1)]
        else:
            tokens.append((normalise_token(match.group()), match.span()))
    return tokens


def count_words(text: str) -> int:
    """Number of tokens in ``text`` by the token rule."""
    found = TOKEN.findall(text)  # of each token, its CJK run or ""
    return len(found) + sum(len(run) - 2 for run in found if len(run) > 2)
