"""Keywords with commas between, in a box or an address: which they are, which can be counted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.text.query import UnreadableQuery, parse_keyword
from dashboard.wording import in_quotes

# In quotes, in brackets, between digits (5,000) or in /a{2,}/ a comma belongs to the keyword.
_KEYWORD = re.compile(
    r'(?:"[^"]*"|“[^”]*”|\([^()]*\)|[^,]|(?<=\d),(?=\d)|(?<=\{\d),(?=\})|(?<=\{\d\d),(?=\}))+'
)


def separate(text: str) -> list[str]:
    """The keywords of a line, each once, whatever its capitals; none of a blank one."""
    found = {" ".join(k.split()).casefold(): k.strip() for k in _KEYWORD.findall(text)}
    return [keyword for keyword in found.values() if keyword]


def countable(tokens: Iterable[str]) -> tuple[list[str], list[str]]:
    """The keywords of a link's tokens that can be counted, and of the others a sentence each that
    says why not."""
    found: list[str] = []
    wrong: list[str] = []
    for text in dict.fromkeys(keyword for token in tokens for keyword in separate(token)):
        try:
            why = "" if parse_keyword(text) else "it contains no word to count"
        except UnreadableQuery as error:
            why = str(error)
        if why:
            wrong.append(f"The keyword {in_quotes(text)} is left out: {why}.")
        else:
            found.append(text)
    return found, wrong
