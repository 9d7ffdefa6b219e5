"""Every record of the files given, with its report entry and what ``metadata.csv`` says of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from dashboard.corpus.files.find import Found, InputFile, find_files, member_folder, wrapper_of
from dashboard.corpus.files.metadata_csv import NAME, Overrides, file_key, read_overrides
from dashboard.corpus.files.parts import Part
from dashboard.corpus.importing.messages import load_record
from dashboard.corpus.importing.process import FileReader
from dashboard.corpus.readers.sniffing import ARCHIVE_ENDINGS, ending_of
from dashboard.corpus.report import FileReport, Problem, Report


@dataclass(slots=True)
class RecordRun:
    """Records of one part that lie one after the other in a file, with what concerns them all.

    Attributes
    ----------
    entry : FileReport
        Where they are reported.
    file, member : str
        Their file's name, with the member's path; that path alone, "" for a file of its own.
    start, end : int
        Where their lines (of ``wire.dump_record``) are.
    overrides : list of (str, Overrides)
        What is given for the file, under which name, the farthest first.
    wrapped : (str, str) or None
        The folder that only wraps the archive, and what names the records' source in its place.
    """

    entry: FileReport
    file: str
    member: str
    start: int
    end: int
    overrides: list[tuple[str, Overrides]]
    wrapped: tuple[str, str] | None

    def note(self, problem: Problem) -> None:
        """Add a problem to the report of the file."""
        self.entry.note(in_member(problem, self.member))


@dataclass(slots=True)
class _Spooled:
    """A part that was read, and where its records' lines are."""

    part: Part
    start: int
    end: int
    count: int


@dataclass(slots=True)
class Metadata:
    """The metadata files met: by place, and the formats of the files that each may speak of."""

    found: dict[Path, Overrides] = field(default_factory=dict)
    described: dict[Path, dict[str, str]] = field(default_factory=dict)
    # Where the problems of each are reported: its own entry, or one of the files beside it.
    entries: dict[Path, tuple[FileReport, str]] = field(default_factory=dict)

    def note_problems(self) -> None:
        """Report what is wrong with their rows; to be called once all records were met."""
        for place, given in self.found.items():
            kinds = self.described.get(place, {})
            texts = {key for key, kind in kinds.items() if kind == "text"}
            # A file that wasn't opened may still be there: only one that isn't is worth a word.
            unknown = {key for key, _ in given.rows} - set(kinds)
            there = {key for key in unknown if file_key(key) and (place.parent / key).is_file()}
            given.note_missing(texts, set(kinds) - texts, there)
            entry, prefix = self.entries[place]
            for problem in given.problems:
                entry.note(in_member(problem, prefix))


def gather(
    paths: Sequence[Path],
    records: IO[bytes],
    mapping: Mapping[str, str] | None = None,
    folder: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[list[RecordRun], Report, Metadata]:
    """Read all files under ``paths``.

    Parameters
    ----------
    paths : sequence of Path
        Files, archives and folders.
    records : binary file
        New, to be read and written; gets a line per record.
    mapping : mapping of str to str, optional
        For tables: our field to their column.
    folder : Path, optional
        For what has to be laid aside while it is read.
    progress : callable, optional
        Told how many bytes of the files have been read, and of how many.

    Returns
    -------
    list of Run, Report, Metadata
        The runs in the order of reading. The report counts the records and those set aside;
        what becomes of the others (kept, merged, set aside) the caller adds, and the problems
        of the metadata once each record met the overrides of its run.

    Raises
    ------
    CorpusError
        No path is given, or one that doesn't exist.
    """
    found = find_files(paths)
    report = Report()
    runs: list[RecordRun] = []
    metadata = _read_metadata(found, report)
    say = progress or (lambda done, total: None)
    sizes = [_size(file.path) for file in found.files]
    total, done = sum(sizes), 0
    with FileReader(mapping, folder, lambda position: say(done + position, total)) as reader:
        for file, size in zip(found.files, sizes, strict=True):
            entry = FileReport(file.name, "")
            report.files.append(entry)
            for place, _ in file.metadata:
                metadata.entries.setdefault(place, (entry, NAME))
            runs += _runs(file, _spooled(reader, file, records), entry, metadata, records)
            done += size
            say(done, total)
    _note_folders(found, report)
    return runs, report, metadata


def _note_folders(found: Found, report: Report) -> None:
    """Say which folders hold nothing to read, and which are parts of saved pages."""
    for name, reason in found.empty.items():
        entry = FileReport(name, "folder")
        entry.note(Problem(None, None, reason, "put files into it, or give another"))
        report.files.append(entry)
    for name, page in found.of_pages.items():
        entry = FileReport(name, "folder")
        reason = f"not read: it holds the pictures and scripts of the saved page “{page}”"
        remedy = "if it holds articles too, move them to another folder"
        entry.note(Problem(None, None, reason, remedy))
        report.files.append(entry)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0


def _spooled(reader: FileReader, file: InputFile, records: IO[bytes]) -> list[_Spooled]:
    """Read a file; its records go to the end of ``records``."""
    parts: list[_Spooled] = []
    count = 0

    def out(lines: bytes) -> None:
        nonlocal count
        count += lines.count(b"\n")
        records.write(lines)

    start = records.tell()
    for part in reader.read(file.path, file.name, file.folder, out):
        if part.reading is None:
            records.seek(start)
            records.truncate()
            count = 0
        end = records.tell()
        parts.append(_Spooled(part, start, end, count))
        start, count = end, 0
    return parts


def _runs(
    file: InputFile,
    spooled: Sequence[_Spooled],
    entry: FileReport,
    metadata: Metadata,
    records: IO[bytes],
) -> list[RecordRun]:
    parts = [each.part for each in spooled]
    inside: list[tuple[Path, str]] = []
    for part in parts:
        if part.metadata is not None:
            place = file.path / part.member
            metadata.found[place] = read_overrides(part.metadata)
            metadata.entries[place] = (entry, part.member)
            inside.append((place, part.member.rpartition("/")[0]))
    inside.sort(key=lambda each: len(each[1]))
    runs: list[RecordRun] = []
    wrapper = wrapper_of([part.member for part in parts if part.member])
    formats: set[str] = set()
    encodings: set[str] = set()
    for each in spooled:
        part = each.part
        if part.refused is not None:
            refused = part.refused
            problem = Problem(None, None, refused.reason, refused.remedy)
            entry.note(in_member(problem, part.member))
            entry.records += part.unread
            entry.quarantined += part.unread
            if not part.member:
                formats.add(refused.file_format)
            if not entry.headers:
                entry.headers, entry.previews = refused.headers, refused.previews
        reading = part.reading
        if reading is None:
            continue
        entry.records += each.count + reading.refused
        entry.quarantined += reading.refused
        entry.unlisted += reading.unlisted
        for problem in reading.problems:
            entry.note(in_member(problem, part.member))
        encodings.add(reading.encoding)
        formats.add(reading.format)
        if reading.columns and not entry.columns:  # of several tables in an archive, the first
            entry.columns, entry.samples = reading.columns, reading.samples
            entry.choice, entry.guessed, entry.asked = (
                reading.choice,
                reading.guessed,
                reading.asked,
            )
            entry.headers, entry.previews = reading.headers, reading.previews
        entry.unused |= {n: why for n, why in reading.unused.items() if n not in entry.unused}
        given = _given(file, part, inside)
        kind = "text" if given and _is_one_text(each, records) else reading.format
        for place, key in given:
            metadata.described.setdefault(place, {})[key] = kind
        applying = [(key, metadata.found[at]) for at, key in given if at in metadata.found]
        wrapped = None
        if wrapper:
            named = member_folder(part.member, file.name, wrapper) or file.folder
            wrapped = (member_folder(part.member, file.name), named)
        if each.count:
            run = RecordRun(entry, part.file, part.member, each.start, each.end, applying, wrapped)
            runs.append(run)
    kind = ""
    if any(part.member for part in parts):
        ending = ending_of(file.name)
        kind = ending[1:] if ending in ARCHIVE_ENDINGS else "archive"
    entry.format = kind or next(iter(sorted(formats - {""})), "unknown")
    entry.encoding = ", ".join(sorted(encodings - {""}))
    return runs


def _is_one_text(spooled: _Spooled, records: IO[bytes]) -> bool:
    """True for a part that is one article, no table of one row."""
    if spooled.count != 1:
        return False
    records.seek(spooled.start)
    record = load_record(records.readline())
    records.seek(0, os.SEEK_END)
    return record.row is None


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


def in_member(problem: Problem, member: str) -> Problem:
    return replace(problem, reason=f"{member}: {problem.reason}") if member else problem


def _read_metadata(found: Found, report: Report) -> Metadata:
    metadata = Metadata()
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
