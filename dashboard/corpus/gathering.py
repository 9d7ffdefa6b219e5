"""Every record of the files given, with its report entry and what ``metadata.csv`` says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from .files import Found, InputFile, find_files, member_folder, wrapper_of
from .overrides import NAME, Overrides, file_key, read_overrides
from .parts import Part
from .readers import Record
from .readers.sniffing import ARCHIVE_ENDINGS, ending_of
from .report import FileReport, Problem, Report
from .worker import Reader


@dataclass(slots=True)
class Item:
    """A record, where it is reported, and what is given for it (the farthest first).

    ``member`` is its path in an archive, "" for a file of its own.
    """

    record: Record
    entry: FileReport
    member: str
    overrides: list[tuple[str, Overrides]]

    def note(self, problem: Problem) -> None:
        """Add a problem to the report of its file."""
        self.entry.problems.append(_in_member(problem, self.member))


@dataclass(slots=True)
class _Metadata:
    """The metadata files met: by place, and the formats of the files that each may speak of."""

    found: dict[Path, Overrides] = field(default_factory=dict)
    described: dict[Path, dict[str, str]] = field(default_factory=dict)
    # Where the problems of each are reported: its own entry, or one of the files beside it.
    entries: dict[Path, tuple[FileReport, str]] = field(default_factory=dict)


def gather(
    paths: Sequence[Path], mapping: Mapping[str, str] | None = None
) -> tuple[list[Item], Report]:
    """Read all files under ``paths``.

    Parameters
    ----------
    paths : sequence of Path
        Files, archives and folders.
    mapping : mapping of str to str, optional
        For tables: our field to their column.

    Returns
    -------
    list of Item, Report
        The report counts the records and those set aside; what becomes of the items (kept,
        merged, set aside) the caller adds.

    Raises
    ------
    CorpusError
        No path is given, or one that doesn't exist.
    """
    found = find_files(paths)
    report = Report()
    items: list[Item] = []
    metadata = _read_metadata(found, report)
    with Reader(mapping) as reader:
        for file in found.files:
            entry = FileReport(file.name, "")
            report.files.append(entry)
            for place, _ in file.metadata:
                metadata.entries.setdefault(place, (entry, NAME))
            items += _items(file, list(reader.read(file.path, file.name, file.folder)),
                            entry, metadata)  # fmt: skip
    for name, reason in found.empty.items():
        entry = FileReport(name, "folder")
        entry.problems.append(Problem(None, None, reason, "put files into it, or give another"))
        report.files.append(entry)
    _note_missing(metadata)
    for place, given in metadata.found.items():
        entry, prefix = metadata.entries[place]
        entry.problems.extend(_in_member(problem, prefix) for problem in given.problems)
    return items, report


def _items(
    file: InputFile, parts: Sequence[Part], entry: FileReport, metadata: _Metadata
) -> list[Item]:
    inside: list[tuple[Path, str]] = []
    for part in parts:
        if part.metadata is not None:
            place = file.path / part.member
            metadata.found[place] = read_overrides(part.metadata)
            metadata.entries[place] = (entry, part.member)
            inside.append((place, part.member.rpartition("/")[0]))
    inside.sort(key=lambda each: len(each[1]))
    items: list[Item] = []
    wrapper = wrapper_of([part.member for part in parts if part.member])
    formats: set[str] = set()
    encodings: set[str] = set()
    for part in parts:
        if part.refused is not None:
            refused = part.refused
            problem = Problem(None, None, refused.reason, refused.remedy)
            entry.problems.append(_in_member(problem, part.member))
            entry.records += part.unread
            entry.quarantined += part.unread
            if not part.member:
                formats.add(refused.file_format)
            if not entry.headers:
                entry.headers, entry.previews = refused.headers, refused.previews
        reading = part.reading
        if reading is None:
            continue
        entry.records += len(reading.records) + reading.refused
        entry.quarantined += reading.refused
        entry.problems.extend(_in_member(problem, part.member) for problem in reading.problems)
        encodings.add(reading.encoding)
        formats.add(reading.format)
        if reading.columns and not entry.columns:  # of several tables in an archive, the first
            entry.columns, entry.samples = reading.columns, reading.samples
            entry.headers, entry.previews = reading.headers, reading.previews
        given = _given(file, part, inside)
        is_one = len(reading.records) == 1 and reading.records[0].row is None
        for place, key in given:
            kind = "text" if is_one else reading.format
            metadata.described.setdefault(place, {})[key] = kind
        applying = [(key, metadata.found[at]) for at, key in given if at in metadata.found]
        records = reading.records
        for key, overrides in applying:
            overrides.meet(key, (record.row for record in records))
        if wrapper:
            records = [_unwrapped(record, part.member, file, wrapper) for record in records]
        items += [Item(record, entry, part.member, applying) for record in records]
    kind = ""
    if any(part.member for part in parts):
        ending = ending_of(file.name)
        kind = ending[1:] if ending in ARCHIVE_ENDINGS else "archive"
    entry.format = kind or next(iter(sorted(formats - {""})), "unknown")
    entry.encoding = ", ".join(sorted(encodings - {""}))
    return items


def _unwrapped(record: Record, member: str, file: InputFile, wrapper: str) -> Record:
    """Return a record whose source isn't the folder that only wraps the archive."""
    if record.folder != member_folder(member, file.name):
        return record
    return replace(record, folder=member_folder(member, file.name, wrapper) or file.folder)


def _given(
    file: InputFile, part: Part, inside: Sequence[tuple[Path, str]]
) -> list[tuple[Path, str]]:
    """Return the metadata files that may speak of a part, each with its name there."""
    if not part.member:
        return list(file.metadata)
    given = [(place, file_key(f"{key}/{part.member}")) for place, key in file.metadata]
    for place, folder in inside:
        if not folder or part.member.startswith(f"{folder}/"):
            given.append(
                (place, file_key(part.member.removeprefix(f"{folder}/" if folder else "")))
            )
    return given


def _in_member(problem: Problem, member: str) -> Problem:
    return replace(problem, reason=f"{member}: {problem.reason}") if member else problem


def _read_metadata(found: Found, report: Report) -> _Metadata:
    metadata = _Metadata()
    for path, name in found.metadata.items():
        try:
            given = read_overrides(path.read_bytes())
        except OSError as error:
            given = Overrides()
            reason = f"the file can't be opened: {error.strerror}"
            given.problems.append(Problem(None, None, reason, "check that you may read it"))
        metadata.found[path] = given
        if path not in found.beside:
            entry = FileReport(name, "metadata", encoding=given.encoding)
            metadata.entries[path] = (entry, "")
            report.files.append(entry)
    return metadata


def _note_missing(metadata: _Metadata) -> None:
    for place, given in metadata.found.items():
        kinds = metadata.described.get(place, {})
        texts = {key for key, kind in kinds.items() if kind == "text"}
        # A file that wasn't opened may still be there: only one that isn't is worth a word.
        there = {key for key, _ in given.rows if file_key(key) and (place.parent / key).is_file()}
        given.note_missing(texts, set(kinds) - texts, there - set(kinds))
