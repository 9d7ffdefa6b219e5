"""Bytes to clean articles: read, label, date and attribute whatever the user has.

``read_corpus`` is all that the layers above need; nothing here knows of topics or pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .article import FIELD_NAMES, Article, Basis, Field, Label, Line
from .cleaning import clean_lines
from .files import CorpusError, InputFile, find_files
from .metadata import read_fields, source_field
from .overrides import Overrides, file_key, read_overrides
from .readers import Record, RefusedFile, read_file
from .repeats import repeated_lines
from .report import FileReport, Problem, Report
from .units import Unit, split_units

__all__ = [
    "FIELD_NAMES",
    "Article",
    "Basis",
    "Corpus",
    "CorpusError",
    "Field",
    "FileReport",
    "Label",
    "Line",
    "Problem",
    "Report",
    "read_corpus",
]

_NOTHING_LEFT = "no article text left after cleaning"


@dataclass
class Corpus:
    """The articles that were kept, sorted by (file, row, article_id), and the import report."""

    articles: list[Article] = field(default_factory=list)
    report: Report = field(default_factory=Report)


@dataclass(slots=True)
class _Draft:
    """A record on its way to an article."""

    record: Record
    raw: list[str]
    units: list[Unit]
    source: Field
    overrides: list[tuple[str, Overrides]]


def read_corpus(paths: Sequence[Path | str]) -> Corpus:
    """Read files and folders into clean articles.

    Parameters
    ----------
    paths : sequence of Path or str
        Text files, tables, and folders of them. The order doesn't matter, nor does naming
        a file twice.

    Returns
    -------
    Corpus
        Without articles when there is nothing to keep; the report says why.

    Raises
    ------
    CorpusError
        No path is given, or one that doesn't exist.
    """
    files, metadata_files = find_files([Path(path) for path in paths])
    report = Report()
    overrides = _read_metadata(metadata_files, report)
    drafts: list[_Draft] = []
    entries: dict[str, FileReport] = {}
    first: dict[tuple[str, str, str, str], Record] = {}
    for file in files:
        entry, records = _read(file)
        entries[file.name] = entry
        report.files.append(entry)
        applying = [(key, overrides[place]) for place, key in file.metadata if place in overrides]
        for record in records:
            kept = first.setdefault(record.same_as, record)
            if kept is not record:
                entry.merged += 1
                entry.problems.append(_merged(record, kept))
                continue
            raw = split_lines(record.text)
            source = source_field(record, raw)
            for key, given in applying:
                source = given.fields.get(key, {}).get("source", source)
            given_to = applying if record.row is None else []
            drafts.append(_Draft(record, raw, split_units(raw), source, given_to))
    articles = []
    repeated = repeated_lines([(draft.source.value, draft.units) for draft in drafts])
    for draft in drafts:
        entry = entries[draft.record.file]
        article = _article(draft, repeated.get(draft.source.value, frozenset()))
        if any(line.label == "keep" for line in article.lines):
            entry.kept += 1
            articles.append(article)
        else:
            entry.quarantined += 1
            entry.problems.append(
                Problem(draft.record.row, None, _NOTHING_LEFT, "check that the article was copied")
            )
    _note_missing(files, overrides, report)
    for entry in report.files:
        entry.problems.sort(key=lambda problem: (problem.row or 0, problem.column or ""))
    report.files.sort(key=lambda entry: entry.file)
    report.check()
    articles.sort(key=lambda article: (article.file, article.row or 0, article.article_id))
    return Corpus(articles, report)


def split_lines(text: str) -> list[str]:
    """Return the lines of ``text`` as editors number them; a last line end begins no line."""
    return text.removesuffix("\n").split("\n")


def _read(file: InputFile) -> tuple[FileReport, list[Record]]:
    try:
        reading = read_file(file.path, file.name, file.folder)
    except RefusedFile as error:
        entry = FileReport(file.name, error.file_format or "text", 1, 0, 1, 0)
        entry.problems.append(Problem(None, None, error.reason, error.remedy))
        return entry, []
    entry = FileReport(file.name, reading.format, encoding=reading.encoding)
    entry.records = len(reading.records) + reading.refused
    entry.quarantined = reading.refused
    entry.problems.extend(reading.problems)
    return entry, reading.records


def _merged(record: Record, kept: Record) -> Problem:
    place = kept.file if kept.row is None else f"{kept.file}, row {kept.row}"
    reason = f"the same article as {place}; the two are counted as one"
    return Problem(record.row, None, reason, "nothing needs doing, or remove one of them")


def _article(draft: _Draft, repeated: frozenset[str]) -> Article:
    record = draft.record
    lines = clean_lines(
        draft.raw,
        title=record.title,
        is_row=record.row is not None,
        repeated=repeated,
        units=draft.units,
    )
    fields = read_fields(record, lines, draft.source)
    for key, given in draft.overrides:
        fields = given.apply(key, fields)
    return Article(record.article_id, record.file, record.row, fields, tuple(lines))


def _read_metadata(files: dict[Path, str], report: Report) -> dict[Path, Overrides]:
    overrides = {}
    for path, name in files.items():
        entry = FileReport(name, "metadata")
        report.files.append(entry)
        try:
            found = read_overrides(path.read_bytes())
        except OSError as error:
            found = Overrides()
            reason = f"the file can't be opened: {error.strerror}"
            found.problems.append(Problem(None, None, reason, "check that you may read it"))
        entry.encoding = found.encoding
        entry.problems = found.problems
        overrides[path] = found
    return overrides


def _note_missing(
    files: Sequence[InputFile], overrides: dict[Path, Overrides], report: Report
) -> None:
    formats = {entry.file: entry.format for entry in report.files}
    for place, found in overrides.items():
        keys = {
            key: formats[file.name] for file in files for at, key in file.metadata if at == place
        }
        texts = {key for key, kind in keys.items() if kind == "text"}
        # A file that wasn't opened may still be there: only one that isn't is worth a word.
        there = {key for key in found.rows if file_key(key) and (place.parent / key).is_file()}
        found.note_missing(texts | (there - set(keys)), set(keys) - texts)
