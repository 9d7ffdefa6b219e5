"""Parameters of the link: how long each may be, which page it goes with, how a value is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote_plus

from dashboard.scope import SEPARATOR

#: Longest value of each parameter, percent-encoded; together a link stays under 2,000 characters.
CARRIED = {
    "corpus": 40, "src": 420, "topic": 260, "from": 10, "to": 10, "q": 318, "copies": 4,
    "story": 24, "where": 140, "compare": 50, "k": 4, "kw": 256, "hide": 56,
    "measure": 20, "order": 10, "part": 3,
}  # fmt: skip
PLAIN = {
    "article": 40, "beside": 62, "page": 6, "detail": 48, "relevance": 4, "by": 8, "relation": 6,
    "rows": 6, "when": 7, "told": 3, "speaker": 70, "cited": 70,
    "name": 48, "mark": 48, "within": 5, "a": 58, "b": 58, "alike": 7, "sort": 6, "near": 40,
    "nth": 2, "once": 6, "among": 60, "since": 10, "period": 7, "smooth": 2, "scale": 3,
    "lanes": 1, "marks": 7, "status": 5, "words": 4,
}  # fmt: skip
#: Which page each of them goes with.
PAGES = {
    "articles": ("article", "beside", "page", "once", "marks"),
    "concordance": ("page", "nth", "sort", "near"),
    "figures": ("page", "status"),
    "stories": ("page",),
    "names": ("name", "mark", "rows"),
    "sources": ("rows", "within", "a", "b", "alike", "words"),
    "timeline": ("page", "when", "told"),
    "trends": ("among", "nth", "since", "period", "smooth", "scale", "lanes"),
    "topics": ("detail", "page", "relevance", "by", "relation", "rows"),
    "voices": ("speaker", "cited"),
}

#: Those that open something else on the page, which is then read from its top.
OPENS = ("article", "beside", "detail", "page")
#: Those that put another list in the place of the one drawn, which then begins with its first page.
ORDERS = ("detail", "when", "told", "nth", "sort", "near", "once", "status")


def written(value: str | date | Sequence[str] | None) -> str:
    """A value as its token; a list as tokens with `~` between them."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, date):
        return value.isoformat()
    return SEPARATOR.join(" ".join(v.replace(SEPARATOR, " ").split()) for v in value)


def length(value: str) -> int:
    """Characters of a token in the address, percent-encoded."""
    return len(quote_plus(value, safe=SEPARATOR, errors="replace"))
