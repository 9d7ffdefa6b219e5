"""Words that a house puts before its articles, run into their first lines: "Story highlights"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

_MIN_ARTICLES = 5
_SHARE = 0.1  # of a source's articles begin so
_WORDS = (2, 3, 4)
_NEXT_WORDS = 5  # different ones that follow: with fewer it is part of a name
_ELSEWHERE = 0.1  # of those articles, at most, say it within their text too
_HEAD = 3  # lines
_CHARS = 400
_ENDS = tuple('.!?…"”’»›」』)）。！？।؟۔:')

Openings = dict[str | None, frozenset[str]]


def house_openings(articles: Iterable[tuple[str | None, str]]) -> Openings:
    """Return the words that articles of a source have in common before their first lines.

    They are 2 to 4 words that no other place of the texts has, before a line that is no whole
    sentence, as a heading is that has lost its line end.

    Parameters
    ----------
    articles : iterable of (source, text)
        The articles, gone through once, or twice where there may be such words.

    Returns
    -------
    dict of source to frozenset of str
        As they are written there; sources without any are left out.
    """
    n_articles: Counter[str | None] = Counter()
    following: dict[tuple[str | None, str], Counter[str]] = defaultdict(Counter)
    for source, text in articles:
        n_articles[source] += 1
        for _, opening, word in _candidates(text):
            following[source, opening][word] += 1
    usual: dict[str | None, dict[str, int]] = defaultdict(dict)
    for (source, opening), words in following.items():
        n = words.total()
        if n >= max(_MIN_ARTICLES, _SHARE * n_articles[source]) and len(words) >= _NEXT_WORDS:
            usual[source][opening] = n
    if not usual:
        return {}
    shortest = {source: _shortest(found) for source, found in usual.items()}
    elsewhere: Counter[tuple[str | None, str]] = Counter()
    for source, text in articles:
        for opening in shortest.get(source, ()):
            begins = any(opening == found for _, found, _ in _candidates(text))
            elsewhere[source, opening] += text.casefold().count(opening.casefold()) > begins
    only_there = {
        source: frozenset(o for o, n in found.items() if elsewhere[source, o] <= _ELSEWHERE * n)
        for source, found in shortest.items()
    }
    return {source: found for source, found in only_there.items() if found}


def opening_of(raw: list[str], openings: Collection[str]) -> tuple[int, int] | None:
    """Return the number of the line with one of ``openings`` and where that ends, else None."""
    for number, opening, _ in _candidates("\n".join(raw)) if openings else ():
        if opening in openings and opening in raw[number]:
            return number, raw[number].index(opening) + len(opening)
    return None


def _candidates(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield what may be a house's words at the beginning of a line: its number, those words, and
    the word that follows."""
    seen = 0
    for number, line in enumerate(text[: _HEAD * _CHARS].split("\n")):
        if not line or line.isspace():
            continue
        seen += 1
        if seen > _HEAD:
            return
        words = line[:_CHARS].split()
        if line.rstrip().endswith(_ENDS):
            return
        for size in _WORDS:
            if len(words) < size + 3 or not _begins(words[size]):
                continue
            # In a headline in title case every word begins so.
            if any(word.islower() and len(word) > 3 for word in words[size:]):
                yield number, " ".join(words[:size]), words[size]


def _begins(word: str) -> bool:
    return not word.lstrip("\"'“‘«¿¡(")[:1].islower()


def _shortest(found: Mapping[str, int]) -> dict[str, int]:
    return {
        opening: n
        for opening, n in found.items()
        if not any(opening.startswith(other + " ") for other in found)
    }
