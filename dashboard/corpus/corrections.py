"""Corrections: what a user said of articles after they were read. Keyed by content, so they hold
when files are renamed, moved or read again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.corpus.article import Article, Field, Line

CORRECTABLE = ("title", "source", "date")
STORY_PARTS = ("articles", "names")
_EVIDENCE = "corrected by hand"
_RENAMED = "in place of “"


@dataclass
class Corrections:
    """articles: article id → field → value ("" for unknown); lines: article id → numbers of lines
    put back into the text; sources: a source's name (``""`` the unknown) → the name to use;
    stories: under ``articles``, article id → id of the story that it was put into; under ``names``,
    id of a story → the name it was given; aliases: a name of somebody → the name to use, "" for
    what names nobody; notes: id of a note → the rest of it, as in ``Note``; families: name of a
    source → the family it is of, "" for the one that was found."""

    articles: dict[str, dict[str, str]] = field(default_factory=dict)
    lines: dict[str, list[int]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    stories: dict[str, dict[str, str]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    notes: dict[str, dict[str, Any]] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)

    def apply(self, article: Article) -> Article:
        """The article with its corrections, each of basis "given"; as it is when there are none."""
        said = self.articles.get(article.article_id, {})
        restored = set(self.lines.get(article.article_id, ()))
        fields = dict(article.fields)
        name = fields["source"].value or ""
        if name in self.sources:
            fields["source"] = Field(
                self.sources[name], "given", f"{_RENAMED}{name or 'unknown'}”", None, _EVIDENCE
            )
        for key, value in said.items():
            if key in CORRECTABLE:
                fields[key] = (
                    Field(value, "given", _EVIDENCE, None, _EVIDENCE)
                    if value
                    else Field(None, "unknown", f"{_EVIDENCE}: unknown", None, _EVIDENCE)
                )
        lines = tuple(
            Line(line.number, line.text, "keep", "restored by hand")
            if line.number in restored and line.label != "keep" and line.text.strip()
            else line
            for line in article.lines
        )
        return replace(article, fields=fields, lines=lines)


def read_corrections(path: Path) -> Corrections:
    """Corrections of a JSON file; none when there is no such file.

    Raises ValueError when the file is not a corrections file; what doesn't fit in it is left out.
    """
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Corrections()
    if not isinstance(data, Mapping):
        raise ValueError(f"{path.name} is not a corrections file")
    articles = {
        str(key): {f: str(v) for f, v in said.items() if f in CORRECTABLE and _fits(f, v)}
        for key, said in dict(data.get("articles") or {}).items()
        if isinstance(said, Mapping)
    }
    lines = {
        str(key): [n for n in numbers if isinstance(n, int)]
        for key, numbers in dict(data.get("lines") or {}).items()
        if isinstance(numbers, list)
    }
    sources = {
        str(k): str(v).strip() for k, v in dict(data.get("sources") or {}).items() if str(v).strip()
    }
    stories = {
        part: {str(k): str(v) for k, v in dict(said).items() if str(v).strip()}
        for part, said in dict(data.get("stories") or {}).items()
        if part in STORY_PARTS and isinstance(said, Mapping)
    }
    aliases, families = (
        {str(k): v.strip() for k, v in dict(data.get(part) or {}).items() if isinstance(v, str)}
        for part in ("aliases", "families")
    )
    notes = {str(k): dict(v) for k, v in dict(data.get("notes") or {}).items() if _is_note(v)}
    return Corrections(articles, lines, sources, stories, aliases, notes, families)


def _is_note(value: object) -> bool:
    texts, numbers = ("article_id", "label", "note", "by", "at"), ("passage", "start", "end")
    return (
        isinstance(value, Mapping)
        and set(value) - {"note_id"} == {*texts, *numbers}
        and all(isinstance(value[name], str) for name in texts)
        and isinstance(value["passage"], int)
        and all(value[name] is None or isinstance(value[name], int) for name in numbers)
    )


def is_correction(evidence: object) -> bool:
    """Whether a field's evidence says that it was corrected."""
    return isinstance(evidence, str) and evidence.startswith((_EVIDENCE, _RENAMED))


def is_day(text: str) -> bool:
    """Whether ``text`` is a day as corrections and ``metadata.csv`` write it: YYYY-MM-DD."""
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _fits(name: str, value: object) -> bool:
    return isinstance(value, str) and (name != "date" or value == "" or is_day(value))
