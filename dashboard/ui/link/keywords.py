"""The keywords of a link: which of them can be counted."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.text.query import UnreadableQuery, parse_keyword
from dashboard.wording import in_quotes


def countable(keywords: Iterable[str]) -> tuple[list[str], list[str]]:
    """The keywords that can be counted, and of the others a sentence each that says why not."""
    found, wrong = [], []
    for text in keywords:
        try:
            why = "" if parse_keyword(text) else "it contains no word to count"
        except UnreadableQuery as error:
            why = str(error)
        if why:
            wrong.append(f"The keyword {in_quotes(text)} is left out: {why}.")
        else:
            found.append(text)
    return found, wrong
