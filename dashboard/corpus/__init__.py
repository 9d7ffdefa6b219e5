"""Bytes to clean articles: read, label, date and attribute whatever the user has.

``read_corpus`` is all that the layers above need; nothing here knows of topics or pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from .article import FIELD_NAMES, Article, Basis, Field, Label, Line, content_id
from .clean_mode import CleanMode, mark_cleaned
from .cleaning import clean_lines
from .corrections import Corrections, read_corrections
from .files import CorpusError
from .gathering import Item, gather
from .hosts import is_web_address
from .language import detect_language
from .metadata import read_fields, source_field
from .overrides import NO_ADDRESS
from .readers import Record
from .repeats import repeated_lines
from .report import FileReport, Problem, Report
from .units import Unit, split_units

__all__ = [
    "FIELD_NAMES",
    "Article",
    "Basis",
    "CleanMode",
    "Corpus",
    "CorpusError",
    "Corrections",
    "Field",
    "FileReport",
    "Label",
    "Line",
    "Problem",
    "Report",
    "read_corpus",
    "read_corrections",
]

_NOTHING_LEFT = "no article text left after cleaning"
_HEAD_LINES = 100  # enough to tell the language
_MAX_LISTED = 50
_CHECK_COPIED = "check that the article was copied"


@dataclass
class Corpus:
    """The articles that were kept, sorted by (file, row, article_id), and the import report."""

    articles: list[Article] = field(default_factory=list)
    report: Report = field(default_factory=Report)


@dataclass(slots=True)
class _Draft:
    """A record on its way to an article."""

    item: Item
    raw: list[str]
    units: list[Unit]
    source: Field
    given: Mapping[str, Field]
    article_id: str


def read_corpus(
    paths: Sequence[Path | str],
    corrections: Corrections | None = None,
    mapping: Mapping[str, str] | None = None,
    clean: CleanMode = "auto",
) -> Corpus:
    """Read files and folders into clean articles.

    Parameters
    ----------
    paths : sequence of Path or str
        Text files, tables, and folders of them. The order doesn't matter, nor does naming
        a file twice.
    corrections : Corrections, optional
        What the user said of articles after an earlier reading.
    mapping : mapping of str to str, optional
        For tables: our field to their column, where the names alone would not tell.
    clean : "auto", "always" or "never"
        Whether the rules for lines of page furniture are put to the texts; auto samples a
        table and leaves them out where its texts are clean.

    Returns
    -------
    Corpus
        Without articles when there is nothing to keep; the report says why.

    Raises
    ------
    CorpusError
        No path is given, or one that doesn't exist.
    """
    items, report = gather([Path(path) for path in paths], mapping)
    _mark_cleaned(items, clean)
    drafts: list[_Draft] = []
    first: dict[tuple[str, str, str, str], Record] = {}
    described: dict[tuple[str, str, str, str], tuple[str, str, str, str]] = {}
    ids: set[str] = set()
    _drop_addresses(items)
    for item in items:
        record = item.record
        given = _given(item)
        key = _same_as(record, given)
        if given and record.row is not None:
            described.setdefault(record.same_as, key)
        elif record.row is not None:  # what is given for a row holds for its later copies as well
            key = described.get(record.same_as, key)
        kept = first.setdefault(key, record)
        if kept is not record:
            item.entry.merged += 1
            item.note(_merged(record, kept))
            continue
        raw = split_lines(record.text)
        source = record.fields.get("source") or source_field(record, raw)
        source = given.get("source", source)
        article_id = record.article_id
        if article_id in ids:  # alike as read; only what the user gave tells them apart
            article_id = content_id(key[0], record.text, key[2], key[3], record.url)
        ids.add(article_id)
        units = [] if record.cleaned else split_units(raw)
        drafts.append(_Draft(item, raw, units, source, given, article_id))
    articles = []
    repeated = repeated_lines([(draft.source.value, draft.units) for draft in drafts])
    for draft in drafts:
        entry = draft.item.entry
        article = _article(draft, repeated.get(draft.source.value, frozenset()))
        if corrections is not None:
            article = corrections.apply(article)
        if any(line.label == "keep" for line in article.lines):
            entry.kept += 1
            articles.append(article)
        else:
            entry.quarantined += 1
            draft.item.note(Problem(draft.item.record.row, None, _NOTHING_LEFT, _CHECK_COPIED))
    for entry in report.files:
        entry.problems.sort(key=lambda problem: (problem.row or 0, problem.column or ""))
    report.files.sort(key=lambda entry: entry.file)
    report.check()
    articles.sort(key=lambda article: (article.file, article.row or 0, article.article_id))
    return Corpus(articles, report)


def split_lines(text: str) -> list[str]:
    """Return the lines of ``text`` as editors number them; a last line end begins no line."""
    return text.removesuffix("\n").split("\n")


def _given(item: Item) -> dict[str, Field]:
    """Return what the user gave for a text file or the row of a table."""
    fields: dict[str, Field] = {}
    for key, overrides in item.overrides:
        fields = overrides.apply(key, item.record.row, fields)
    return fields


def _same_as(record: Record, given: Mapping[str, Field]) -> tuple[str, str, str, str]:
    """Return what two records of one article have in common, after what the user gave."""
    title, text, source, date = record.same_as
    values = [
        given[name].value or "" if name in given else value
        for name, value in (("title", title), ("source", source), ("date", date))
    ]
    return values[0], text, values[1], values[2]


def _drop_addresses(items: Sequence[Item]) -> None:
    """Take out what stands for an address but is none, such as "javascript:"; say so."""
    counts: Counter[int] = Counter()
    for item in items:
        record = item.record
        url = record.fields["url"].value if "url" in record.fields else record.url
        if not url or is_web_address(url):
            continue
        fields = {name: value for name, value in record.fields.items() if name != "url"}
        item.record = replace(record, url="", fields=fields)
        counts[id(item.entry)] += 1
        if counts[id(item.entry)] <= _MAX_LISTED:
            column = item.entry.columns.get("url", "url")
            reason = f"“{url[:40]}” is no web address"
            item.note(Problem(record.row, column, reason, NO_ADDRESS))


def _merged(record: Record, kept: Record) -> Problem:
    place = kept.file if kept.row is None else f"{kept.file}, row {kept.row}"
    reason = f"the same article as {place}; the two are counted as one"
    return Problem(record.row, None, reason, "nothing needs doing, or remove one of them")


def _mark_cleaned(items: Sequence[Item], mode: CleanMode) -> None:
    """Decide for each file whether the line rules are put to its texts."""
    files: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        files[item.entry.file, item.member].append(item)
    for group in files.values():
        records = mark_cleaned([item.record for item in group], mode)
        for item, record in zip(group, records, strict=True):
            item.record = record


def _article(draft: _Draft, repeated: frozenset[str]) -> Article:
    record = draft.item.record
    if record.cleaned:
        lines = as_read(draft.raw)
    else:
        lines = clean_lines(
            draft.raw,
            title=record.title,
            is_row=record.row is not None,
            repeated=repeated,
            units=draft.units,
        )
    fields = {**read_fields(record, lines, draft.source), **record.fields}
    fields.update(draft.given)
    kept = " ".join(line.text for line in lines[:_HEAD_LINES] if line.label == "keep")
    language = detect_language(kept)
    return Article(draft.article_id, record.file, record.row, fields, tuple(lines), language)


def as_read(raw: Sequence[str]) -> list[Line]:
    """Lines of a text that is the article's own already: all kept but blank ones."""
    return [
        Line(number, text, "keep", "the article's own text")
        if text.strip()
        else Line(number, text, "boilerplate", "blank line")
        for number, text in enumerate(raw, 1)
    ]
