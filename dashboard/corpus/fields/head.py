"""What is written above a text: labelled fields, and the address it was copied from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.corpus.article import tidy
from dashboard.corpus.lines import rules
from dashboard.corpus.lines.units import Unit
from dashboard.corpus.parsing.addresses import outlet_of
from dashboard.corpus.parsing.column_names import ALIASES, NEEDS_VALUES, normal_name

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\"]{3,2000}", re.I)
# What people write above a text, and the front matter of Markdown.
_HEADER = re.compile(r"(?P<label>[^\W\d_][\w ]{1,24}) ?[:：] ?(?P<value>\S.{0,500})")
_REASONS = {"title": "title", "source": "names the source", "authors": "byline",
            "date": "date", "url": "web address"}  # fmt: skip
_FIELDS = ("title", "source", "authors", "date", "url")
# The same word means another thing elsewhere: "Rubrik" is a title in Swedish, a section in German.
_NO_LABELS = frozenset(("rubrik", "name", "host", "day", "time", "page", "by"))
_MORE_LABELS = {"link": "url", "byline": "authors", "published": "date", "url": "url"}


def _field_of(label: str) -> str:
    """Return the field that a label names, in any of the languages of tables' columns."""
    name = normal_name(label)
    if name in _MORE_LABELS or name in _NO_LABELS | NEEDS_VALUES or len(name) < 2:
        return _MORE_LABELS.get(name, "")
    return next((field for field in _FIELDS if name in ALIASES[field]), "")


def written_header(raw: Sequence[str]) -> dict[str, tuple[str, int, str]]:
    """Return what labelled lines above a text say: value, line and words by field.

    Two fields at least, in lines that follow one another; a single "Source: …" is not a header.
    """
    found: dict[str, tuple[str, int, str]] = {}
    for number, line in enumerate(raw[:30], 1):
        text = tidy(line[:600])
        match = _HEADER.fullmatch(text)
        field = _field_of(match["label"]) if match else ""
        if match is None or not field:
            if found or (text and text.strip("-+=")):
                break
            continue
        value = match["value"].strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1].strip()
        if value:
            found.setdefault(field, (value, number, text))
    return found if len(found) > 1 else {}


def header_verdicts(raw: Sequence[str]) -> dict[int, rules.Verdict]:
    """Return what the labelled lines above a text are, by their positions: none is text."""
    found = written_header(raw)
    return {
        number - 1: rules.Verdict("metadata", _REASONS[field])
        for field, (_, number, _) in found.items()
    }


def url_of_line(text: str) -> str:
    match = ADDRESS.search(text)
    return match[0].rstrip(".,;") if match else ""


def first_paragraph(raw: Sequence[str]) -> int:
    """Return the number of the first line of running text, of the first 60 lines."""
    for number, text in enumerate(raw[:60], 1):
        if len(text) > 40 and Unit(0, 0, tidy(text), False).is_paragraph:
            return number
    return 61


def article_url(lines: Sequence[tuple[int, str, bool]]) -> tuple[str, int | None]:
    """Return the address on a line of its own: the first above the text, else the only one."""
    found = []
    for number, text, in_head in lines:
        verdict = rules.judge(text) if "http" in text or "www." in text else None
        if verdict is None or verdict.reason != "web address":
            continue
        url = url_of_line(text)
        if outlet_of(url):
            found.append((url, number, in_head))
    head = [item for item in found if item[2]]
    if head:
        return head[0][0], head[0][1]
    return (found[0][0], found[0][1]) if len(found) == 1 else ("", None)
