"""Files to records: the content decides which reader, then the name.

Readers are loaded when a file needs them: plain text needs none of the libraries of the others.
"""

from __future__ import annotations

import importlib
import io
import zipfile
from collections.abc import Callable, Mapping
from typing import IO, Any

from dashboard.corpus.limits import reader_limits
from dashboard.corpus.readers.address_lists import read_addresses
from dashboard.corpus.readers.sniffing import (
    FORMATS,
    HEAD,
    archive_kind,
    ending_of,
    format_of_name,
    office_kind,
    sniff,
)
from dashboard.corpus.readers.text import read_text
from dashboard.corpus.record import OutOfMemory, Reading, Record, RefusedFile, Sink
from dashboard.corpus.report import Problem
from dashboard.errors import is_memory
from dashboard.wording import bytes_in_words

__all__ = ["Reading", "Record", "RefusedFile", "is_known_format", "is_streamed", "read_data"]

MAX_LINES = 200_000  # each is looked at on its own when a text is cleaned
MAX_FILE = 500 * 10**6  # of formats that are read as a whole
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_TABLES = frozenset(("csv", "parquet", "excel", "json"))
_STREAMED = frozenset(("csv", "parquet", "json"))
# What may stand under these names as well as what they promise, without a word about it.
_ALSO_NAMED = {
    "text": {"proquest", "csv"},
    "html": {"factiva"},
    "document": {"factiva"},
    "mbox": {"eml"},
    "eml": {"mbox"},
}


def read_data(
    data: bytes | IO[bytes],
    file: str,
    folder: str = "",
    mapping: Mapping[str, str] | None = None,
    sink: Sink | None = None,
) -> Reading:
    """Read one file that is not an archive.

    Parameters
    ----------
    data : bytes or binary file
        The whole file; a seekable one is read in pieces where its format allows it.
    file : str
        Its name for the report; its last part tells what the content leaves open.
    folder : str
        Sub-folder that names the source of its articles, "" if none.
    mapping : mapping of str to str, optional
        For tables: our field to their column.
    sink : callable, optional
        Takes the records as they are read; the result then holds none.

    Returns
    -------
    Reading
        Its records and what was odd about them.

    Raises
    ------
    RefusedFile
        Nothing of the file can be used, not even what the sink was given; the reason and the
        remedy are for the user.
    """
    named = format_of_name(file)
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    head = stream.read(HEAD)
    if not head:
        raise RefusedFile("the file is empty", "remove it, or save it again", named)
    key = identify(head, file, stream)
    stream.seek(0)
    promised = FORMATS[named] if named else None
    differs = promised is not None and key != named and key not in _ALSO_NAMED.get(named, ())
    try:
        if key in _STREAMED:
            reading = _reader(key)(stream, file, folder, mapping, sink)
        else:
            reading = _reader(key)(_whole(stream), file, folder, mapping, sink)
    except RefusedFile as error:
        error.file_format = error.file_format or key
        if differs and promised is not None:
            reason = f"named {ending_of(file)}, but this is {FORMATS[key].what}: {error.reason}"
            raise RefusedFile(reason, error.remedy, error.file_format) from error
        raise
    if differs:
        reason = f"named {ending_of(file)}, but this is {FORMATS[key].what}; read as what it is"
        reading.problems.insert(0, Problem(None, None, reason, "give it the right ending"))
    if sink is not None:
        for record in reading.records:
            sink(record)
        reading.records = []
    return reading


def _whole(stream: IO[bytes]) -> bytes:
    # By its size: read(MAX_FILE) would ask the system for that much memory whatever the file holds.
    size = stream.seek(0, io.SEEK_END)
    if size > MAX_FILE:
        reason = f"larger than {bytes_in_words(MAX_FILE)}"
        raise RefusedFile(reason, "split it into several files")
    stream.seek(0)
    return stream.read()


def is_streamed(head: bytes, name: str) -> bool:
    """True for a file that is read in pieces, going by its first 64 kB and its name."""
    try:
        return not archive_kind(head) and sniff(head, name) in _STREAMED
    except RefusedFile:
        return False


def identify(head: bytes, name: str, stream: Any) -> str:
    """Return the key of a file's format; ``stream`` is the file itself, looked into when a zip.

    Raises
    ------
    RefusedFile
        It can't be read, or is an archive.
    """
    kind = archive_kind(head)
    if not kind:
        return sniff(head, name)
    key = office_of(stream, name) if kind == "zip" else ""
    if not key:
        reason = "this is an archive in an archive (nested), which is not opened"
        raise RefusedFile(reason, "unpack it and add its files themselves", kind)
    return key


def office_of(stream: Any, name: str) -> str:
    """Return "excel" or "document" for a zip that is one, damaged ones by their name; else "".

    Raises
    ------
    RefusedFile
        It is a document of a kind that can't be read.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                with archive.open("mimetype") as kind:
                    if kind.read(len(_SPREADSHEET) + 1).strip() == _SPREADSHEET:
                        return "excel"
            return office_kind(names)
    except RefusedFile:
        raise
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        # Cut short, it has lost its list of members.
        named = format_of_name(name)
        return named if named in ("excel", "document") else ""


def is_known_format(name: str) -> bool:
    """True when a file's ending promises a format that can be read."""
    return bool(format_of_name(name))


def _reader(key: str) -> Callable[..., Reading]:
    if key == "text":
        return _read_text
    chosen = FORMATS[key]
    try:
        read = getattr(importlib.import_module(f".{chosen.module}", __package__), chosen.reader)
    except (ImportError, AttributeError) as error:
        raise _not_loaded(key, error) from error

    def call(
        data: Any, file: str, folder: str, mapping: Mapping[str, str] | None, sink: Sink | None
    ) -> Reading:
        try:
            if key in _STREAMED:
                found = read(data, file, mapping, sink)
            elif key in _TABLES:
                found = read(data, file, mapping)
            else:
                found = read(data, file, folder)
        except ImportError as error:
            raise _not_loaded(key, error) from error
        assert isinstance(found, Reading)
        return found

    return call


def _read_text(data: bytes, file: str, folder: str, mapping: object, sink: object) -> Reading:
    if data.count(b"\n") + data.count(b"\r") > MAX_LINES:
        reason = f"more than {MAX_LINES:,} lines, too many for one article"
        raise RefusedFile(reason, "split it into one file per article", "text")
    return read_addresses(data, file) or read_text(data, file, folder)


def _not_loaded(key: str, error: Exception) -> RefusedFile:
    if isinstance(error, ImportError) and is_memory(error):
        allowed = bytes_in_words(reader_limits().memory_bytes)
        reason = f"reading {FORMATS[key].what} needs more memory than the {allowed} allowed"
        remedy = "read it where there is more memory, or convert the file to text or CSV"
        return OutOfMemory(reason, remedy, key)
    return RefusedFile(
        f"{FORMATS[key].what} can't be read here: a part of the program is not installed",
        "install everything in requirements.txt, or convert the file to text or CSV",
        key,
    )
