"""Numbers, days and lists in words: one way to say each, on every page and on the command line."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date

#: What a cell of a table shows where its value is missing or unknown.
MISSING = "–"
_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


def count(n: int, noun: str, plural: str = "") -> str:
    """ "1 article", "2 articles"; ``plural`` where it is not the noun with an s."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def number(n: int, noun: str = "") -> str:
    """ "five articles", "one article", "1,204 articles"."""
    word = _NUMBERS[n] if n < len(_NUMBERS) else f"{n:,}"
    return f"{word} {noun if n == 1 else noun + 's'}" if noun else word


def every(n: int) -> str:
    """How a sentence about all ``n`` begins: "Both", "All five"; "The" for one."""
    return {1: "The", 2: "Both"}.get(n, f"All {number(n)}")


def capital(text: str) -> str:
    """First letter in upper case."""
    return text[:1].upper() + text[1:]


def percent(share: float) -> str:
    """ "24\u00a0%"; "under 1\u00a0%" for what is more than nothing."""
    return "under 1\u00a0%" if 0 < share < 0.01 else f"{share:.0%}".replace("%", "\u00a0%")


def percent_range(low: float, high: float) -> str:
    """ "3 % to 8 %"; "under 1 %" where both ends are."""
    ends = [percent(low), percent(high)]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def independent(n_sources: int, effective: float | None, n_families: int | None = None) -> str:
    """What follows "14 sources": ", 11.2 independent"; with fewer families than sources ", 12
    families, as much as 11.2 independent ones". Nothing of independence where they share hardly any
    text (less than a tenth of one, or a hundredth of all of them), or where that is unknown."""
    n = n_sources if n_families is None else n_families
    said = "" if n == n_sources else f", {count(n, 'family', 'families')}"
    if effective is None or n - effective < max(0.1, 0.01 * n):
        return said
    worth = f"{effective:.1f} independent"
    return f"{said}, as much as {worth} ones" if said else f", {worth}"


def whose(n_sources: int, n_unknown: int, how_independent: str = "") -> str:
    """ "5 sources, 2.8 independent and 1 article of unknown source"; none of what there is none of.
    ``how_independent``: see :func:`independent`."""
    unknown = f"{count(n_unknown, 'article')} of unknown source"
    if n_unknown and not n_sources:
        return unknown
    return count(n_sources, "source") + how_independent + f" and {unknown}" * (n_unknown > 0)


def join_words(words: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"."""
    head, tail = list(words[:-1]), list(words[-1:])
    return f" {last} ".join([", ".join(head), *tail]) if head else "".join(tail)


def in_quotes(text: str) -> str:
    """ "“trade war”": in quotation marks, once, also where the text brings its own; as it is where
    it is a keyword that joins phrases, '"trade war" NEAR port'."""
    marks = '"“”„«»'
    inner = text[1:-1] if len(text) > 2 and text[0] in marks and text[-1] in marks else ""
    if inner and not set(inner) & set(marks):
        return f"“{inner}”"
    return text if '"' in text and _JOINED.search(text) else f"“{text}”"


_JOINED = re.compile(r"\b(?:OR|NEAR)\b")
#: Signs of a search besides its words (dashboard.text.query): with one it is said as it was typed.
_SIGNS = re.compile(r"""["“”„‟«»＂「」『』()（）=＝:/|]|(?:^|\s)[-−–&]|\b(?:AND|OR|NOT|NEAR)\b""")
_PHRASE = re.compile(r'["“„«][^"“”„«»]*["”»]')


def searched(query: str) -> str:
    """A search in words: "“trade war”" for a phrase, "“trade” and “war”" for words that must all
    be there; with operators as it was typed."""
    words = query.split()
    if len(words) == 1 or _PHRASE.fullmatch(query.strip()):
        return in_quotes(query.strip())
    if _SIGNS.search(query):
        return query.strip()
    return join_words([in_quotes(word) for word in words])


def did_you_mean(wanted: str, known: Iterable[str]) -> str:
    """ "; did you mean keyness?", with the one of ``known`` that is nearest to what was written;
    "" where none is near (difflib's ratio of .6)."""
    from difflib import get_close_matches  # only errors need it

    names = {name.casefold(): name for name in known}
    near = get_close_matches(wanted.casefold(), names, n=1)
    return f"; did you mean {names[near[0]]}?" if near else ""


def rounded(value: float) -> str:
    """To two digits: "0.42", "4.1", "61", "160", "1,900"."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else MISSING
    digits = 1 - math.floor(math.log10(abs(value)))
    return f"{round(value, digits):,.{max(digits, 0)}f}"


def show_day(day: date) -> str:
    """ "16 May 2024", whatever the locale."""
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{day.day} {months[day.month - 1]} {day.year}"


def bytes_in_words(n_bytes: int) -> str:
    """ "2.1 GB", "2 GB", "300 MB": decimal units, as disks and memory settings are sold and set."""
    if n_bytes >= 10**9:
        return f"{n_bytes / 10**9:.1f}".removesuffix(".0") + " GB"
    return f"{max(1, round(n_bytes / 10**6)):,} MB"
