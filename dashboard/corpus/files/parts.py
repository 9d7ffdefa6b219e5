"""One file given, one or many parts: the file itself, or the members of an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from dashboard.corpus.files.archive import SPLIT, read_members
from dashboard.corpus.files.find import member_folder
from dashboard.corpus.files.member import Member
from dashboard.corpus.files.metadata_csv import is_overrides
from dashboard.corpus.limits import needs_memory
from dashboard.corpus.readers.registry import Reading, RefusedFile, office_of, read_data
from dashboard.corpus.readers.sniffing import (
    ARCHIVE_ENDINGS,
    HEAD,
    archive_kind,
    ending_of,
    format_of_name,
)
from dashboard.corpus.record import OutOfMemory, Record, Sink

_MAX_METADATA = 5 * 1024**2


@dataclass(slots=True)
class Part:
    """What came of one file, or of one member of an archive; one of the three last is set.

    Attributes
    ----------
    file : str
        Its name for records: that of the file, with the member's path after it.
    member : str
        Its path in the archive, "" for the file itself.
    reading, refused, metadata
        Its records; why there are none; or the bytes of a ``metadata.csv``.
    unread : int
        How many members this refusal stands for.
    """

    file: str
    member: str = ""
    reading: Reading | None = None
    refused: RefusedFile | None = None
    metadata: bytes | None = None
    unread: int = 0


def read_parts(
    path: Path,
    file: str,
    folder: str = "",
    mapping: Mapping[str, str] | None = None,
    skip: int = 0,
    announce: Callable[[str], None] | None = None,
    sink: Sink | None = None,
    at: Callable[[Callable[[], int]], None] | None = None,
) -> Iterator[Part]:
    """Read a file or an archive.

    Parameters
    ----------
    path : Path
        Where it is.
    file, folder : str
        Its name for the report; the sub-folder that names its source, "" if none.
    mapping : mapping of str to str, optional
        For tables: our field to their column.
    skip : int
        Members of an archive to leave out, since they were read before.
    announce : callable, optional
        Told the name of each member before it is read.
    sink : callable, optional
        Takes the records of a part before the part is yielded, which then holds none; where that
        one is refused they are none.
    at : callable, optional
        Given what tells how much of the file has been read.

    Yields
    ------
    Part
        Nothing is raised for what the file holds: that is a refused part.
    """
    try:
        with open_checked(path, file) as stream:
            head = stream.read(HEAD)
            stream.seek(0)
            kind = archive_kind(head)
            if at and not head.startswith(b"PAR1"):  # which is read from its end
                at(stream.tell)
            if kind and not (kind == "zip" and office_of(stream, file)):
                stream.seek(0)
                yield from _archive_parts(stream, kind, file, folder, mapping, skip, announce, sink)
                return
            stream.seek(0)
            yield Part(file, reading=_read(stream, file, folder, mapping, sink))
    except RefusedFile as error:
        yield Part(file, refused=error)
    except OSError as error:
        yield Part(file, refused=_unreadable(error))


def _read(
    data: bytes | IO[bytes],
    file: str,
    folder: str,
    mapping: Mapping[str, str] | None,
    sink: Sink | None,
) -> Reading:
    """Read one file; whatever goes wrong in it concerns this file only."""
    try:
        return read_data(data, file, folder, mapping, sink)
    except RefusedFile:
        raise
    except MemoryError as error:
        raise OutOfMemory(needs_memory(), SPLIT) from error
    except RecursionError as error:
        reason = "it is nested too deep to be read"
        raise RefusedFile(reason, "save it in a simpler form") from error
    except Exception as error:
        # A defect of ours or of a library: the other files still come in.
        reason = f"reading it failed ({type(error).__name__}); it may be damaged"
        raise RefusedFile(reason, "save it again, or as plain text or CSV") from error


def open_checked(path: Path, file: str) -> IO[bytes]:
    """Open a regular file that isn't empty.

    Raises
    ------
    RefusedFile
        It is neither, or can't be opened.
    """
    named = format_of_name(file)
    try:
        if path.is_dir():
            reason = "links to folders are not followed"
            raise RefusedFile(reason, "give that folder itself", "unsupported")
        if not path.is_file():
            raise RefusedFile(
                "this is not a regular file", "give a file or a folder", "unsupported"
            )
        if path.stat().st_size == 0:
            raise RefusedFile("the file is empty", "remove it, or save it again", named)
        return path.open("rb")
    except OSError as error:
        raise _unreadable(error) from error


def _unreadable(error: OSError) -> RefusedFile:
    return RefusedFile(f"the file can't be opened: {error.strerror}", "check that you may read it")


def _archive_parts(
    stream: IO[bytes],
    kind: str,
    file: str,
    folder: str,
    mapping: Mapping[str, str] | None,
    skip: int,
    announce: Callable[[str], None] | None,
    sink: Sink | None,
) -> Iterator[Part]:
    for number, member in enumerate(read_members(stream, kind, _inner_name(file))):
        if number < skip:
            member.close()
            continue
        if not member.name and member.refused is None:
            # A single compressed file: its name without the last ending is what it holds.
            try:
                renamed = _renaming(sink, file) if sink else None
                reading = _read(member.content, _inner_name(file), folder, mapping, renamed)
            except RefusedFile as error:
                yield Part(file, refused=error)
                return
            finally:
                member.close()
            reading.records = [replace(record, file=file) for record in reading.records]
            yield Part(file, reading=reading)
            return
        if announce:
            announce(member.name)
        part = _member_part(member, file, folder, mapping, sink)
        member.close()
        yield part


def _inner_name(file: str) -> str:
    return file[: -len(ending_of(file))] if ending_of(file) in ARCHIVE_ENDINGS else file


def _renaming(sink: Sink, file: str) -> Sink:
    def rename(record: Record) -> None:
        sink(replace(record, file=file))

    return rename


def _member_part(
    member: Member,
    file: str,
    folder: str,
    mapping: Mapping[str, str] | None,
    sink: Sink | None,
) -> Part:
    name = f"{file}/{member.name}" if member.name else file
    if member.refused is not None:
        return Part(name, member.name, refused=member.refused, unread=member.unread)
    if is_overrides(member.name.rpartition("/")[2]) and len(member.data) <= _MAX_METADATA:
        return Part(name, member.name, metadata=member.data)
    inside = member_folder(member.name, file) or folder
    try:
        return Part(name, member.name, _read(member.content, name, inside, mapping, sink))
    except RefusedFile as error:
        return Part(name, member.name, refused=error)
