"""Pages that hold several whole articles: what a database or a site shows for a search."""

from __future__ import annotations

from dataclasses import replace
from statistics import median
from typing import Any

from dashboard.corpus.article import Field, tidy
from dashboard.corpus.parsing.column_names import ALIASES, bare_name, normal_name
from dashboard.corpus.parsing.dates import find_date
from dashboard.corpus.readers.web.markup import tree_text
from dashboard.corpus.record import Record
from dashboard.text.lines import word_count

_LEAST_WORDS = 40  # of an article; a teaser has fewer
_MOST = 0.6  # share of the page's words that the articles must have together
_UNLIKE = 15  # times as long as the usual one of them: that is the article, the others are teasers
_METHOD = "page of several articles"
_HEADINGS = ("h1", "h2", "h3", "h4")
_SHORT = 200  # characters of a title or an outlet
_HEAD = 12  # first elements with text of an article, where its day stands


def articles_of(tree: Any) -> list[Any]:
    """The articles of a page that holds several, each with a title of its own; none for other
    pages."""
    found = [
        element
        for element in tree.iter("article")
        if next(element.iterancestors("article"), None) is None
        and word_count(element.text_content()) >= _LEAST_WORDS
        and _text_of(element, "title")
    ]
    if len(found) < 2 or len({tidy(element.text_content()) for element in found}) < len(found):
        return []
    sizes = [word_count(tree_text(element)) for element in found]
    are_most = sum(sizes) >= _MOST * word_count(tree_text(tree))
    return found if are_most and max(sizes) <= _UNLIKE * median(sizes) else []


def with_own_fields(record: Record, element: Any, row: int) -> Record:
    """The record of one of several articles, with the title, outlet and day that its element
    names."""
    fields = dict(record.fields)
    for name in ("title", "source"):
        if value := _text_of(element, name):
            fields[name] = Field(value, "stated", value, None, _METHOD)
    if not record.date:
        for text in _first_texts(element):
            found = find_date(text) if len(text) <= _SHORT else None
            if found is not None and found.day is not None:
                fields["date"] = Field(found.day.isoformat(), "stated", text, None, _METHOD)
                break
    title, source, date = (
        fields[name].value or "" if name in fields else "" for name in ("title", "source", "date")
    )
    return replace(record, row=row, title=title, source=source, date=date, fields=fields)


def _text_of(element: Any, field: str) -> str:
    """The text of the first element that is the field by its name or, for a title, a heading."""
    for part in element.iterdescendants():
        is_heading = field == "title" and part.tag in _HEADINGS
        if is_heading or (isinstance(part.tag, str) and _is_named(part, field)):
            text = tidy(part.text_content())
            if text and len(text) <= _SHORT:
                return text
    return ""


def _is_named(element: Any, field: str) -> bool:
    names = [*(element.get("class") or "").split(), element.get("itemprop") or ""]
    for name in map(normal_name, filter(None, names)):
        words = name.split()
        if bare_name(name) in ALIASES[field] or (words and words[0] in ALIASES[field]):
            return True
    return False


def _first_texts(element: Any) -> list[str]:
    texts = (
        tidy(part.text_content())
        for part in element.iterdescendants()
        if isinstance(part.tag, str) and part.text and part.text.strip()
    )
    return [text for text, _ in zip(texts, range(_HEAD), strict=False)]
