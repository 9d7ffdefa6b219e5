"""Archives: zip, tar and single compressed files, member by member.

A large table lies in a file without a name while it is read; everything else stays in memory.

Nothing is believed that an archive says of itself: bytes are counted as they come out.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import IO, Any

from dashboard.corpus.files.find import is_hidden
from dashboard.corpus.files.member import Member, Store
from dashboard.corpus.files.unpacking import (
    AGAIN,
    CHUNK,
    Counted,
    TooMuch,
    Total,
    check_ratio,
    unpacked,
)
from dashboard.corpus.limits import most_unpacked
from dashboard.corpus.readers.sniffing import archive_kind
from dashboard.corpus.record import RefusedFile

MAX_MEMBERS = 50_000  # what they hold is bounded as well
_MOST_COUNTED = 100_000  # members beyond the limit, which are only counted

SPLIT = "split it into smaller files"
_DRIVE = re.compile(r"[A-Za-z]:")


def read_members(stream: IO[bytes], kind: str, inner: str = "") -> Iterator[Member]:
    """Yield the files of an archive in its order; folders and hidden files are left out.

    Parameters
    ----------
    stream : binary file
        The archive, at its start. A zip must be seekable.
    kind : str
        As ``archive_kind`` says. A compressed file that holds no tar is one member without name.
    inner : str
        What such a file is called without the archive's ending.

    Raises
    ------
    RefusedFile
        Nothing of the archive can be read. Once a member came out, what is wrong with the
        rest is a refused member instead.
    """
    limit = most_unpacked(stream.seek(0, io.SEEK_END))
    stream.seek(0)
    if kind == "zip":
        members = _zip_members(stream, limit)
    elif kind == "tar":
        members = _tar_members(Counted(iter(lambda: stream.read(CHUNK), b""), limit), "tar")
    else:
        members = _compressed_members(stream, kind, inner, limit)
    names: dict[str, int] = {}
    for member in members:
        if member.name:
            # Of two files with one name both are read: the second gets a number.
            names[member.name] = number = names.get(member.name, 0) + 1
            if number > 1:
                stem, dot, ending = member.name.rpartition(".")
                name = f"{stem} ({number}).{ending}" if dot else f"{ending} ({number})"
                member = replace(member, name=name)
        yield member


def _zip_members(stream: IO[bytes], limit: int) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(stream)
        infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error) as error:
        raise RefusedFile("the archive is damaged or incomplete", AGAIN, "zip") from error
    ordered = sorted(infos, key=lambda info: info.header_offset)
    for info, following in pairwise(ordered):
        if info.header_offset + 30 + info.compress_size > following.header_offset:
            reason = "the archive is damaged or unsafe: its files lie over each other"
            raise RefusedFile(reason, "zip the files again", "zip")
    total = Total(limit)
    files = [
        info for info in infos if not info.filename.endswith("/") and not _skipped(_zip_name(info))
    ]
    if not files:
        raise RefusedFile("the archive is empty", "add files to it and zip it again", "zip")
    for number, info in enumerate(files):
        rest = len(files) - number
        if number >= MAX_MEMBERS:
            yield _too_many(rest)
            return
        name = _zip_name(info)
        refused = _unsafe(name) or _zip_refusal(info)
        if refused:
            yield Member(name, refused=refused)
            continue
        try:
            with archive.open(info) as opened:
                member = _read_counted(name, opened, total, info.compress_size)
            yield member
        except TooMuch as error:
            yield Member(name, refused=RefusedFile(str(error), SPLIT, "zip"))
            if error.whole:
                if rest > 1:
                    yield _unread(rest - 1)
                return
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error,
                NotImplementedError, RuntimeError):  # fmt: skip
            reason = "it is damaged: its content is not what the archive says (size or checksum)"
            yield Member(name, refused=RefusedFile(reason, AGAIN, "zip"))


def _zip_name(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if not info.flag_bits & 0x800:
        # Many programs write UTF-8 without saying so; the standard's own code page is the rest.
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    return _tidy_name(name)


def _zip_refusal(info: zipfile.ZipInfo) -> RefusedFile | None:
    if info.flag_bits & 0x41:
        reason = "it is encrypted (protected by a password)"
        return RefusedFile(reason, "unpack it with its password and zip it again without", "zip")
    mode = info.external_attr >> 16
    if info.create_system == 3 and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        reason = "links and devices are not supported"
        return RefusedFile(reason, "put the file itself into the archive", "zip")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        reason = "it is compressed in a way that is not supported"
        return RefusedFile(reason, "zip it again with the standard compression", "zip")
    return None


def _read_counted(name: str, opened: Any, total: Total | None, packed: int | None) -> Member:
    """Read a member in pieces; stop as soon as it is too large, or grew too much."""
    with Store(name) as store:
        while piece := opened.read(CHUNK):
            if total:
                total.add(len(piece))
            store.add(piece)
            if packed is not None:
                check_ratio(store.size, packed)
        return store.member()


def _tar_members(stream: Counted, kind: str) -> Iterator[Member]:
    number = 0
    name = ""
    refused: RefusedFile | None = None
    try:
        source: Any = stream  # only its read() is used
        archive: Any
        with tarfile.open(fileobj=source, mode="r|") as archive:
            for info in archive:
                archive.members = []  # the module would remember every one
                name = ""
                if info.isdir() or _skipped(_tidy_name(info.name)):
                    continue
                name = _tidy_name(info.name)
                number += 1
                if number > MAX_MEMBERS:
                    yield _too_many(_count_rest(archive))
                    return
                yield _tar_member(archive, info, name)
                name = ""
        if stream.is_cut:
            refused = RefusedFile("the archive is incomplete: its end is missing", AGAIN, kind)
    except RefusedFile as error:  # of the compression around it
        refused = error
    except TooMuch as error:
        refused = RefusedFile(str(error), SPLIT, kind)
    except (tarfile.TarError, EOFError, OSError, ValueError, OverflowError, struct.error,
            RecursionError):  # fmt: skip
        refused = RefusedFile("the archive is damaged or incomplete", AGAIN, kind)
    if number == 0:
        raise refused or RefusedFile("the archive is empty", "add files to it", kind)
    if refused:
        yield Member(name, refused=refused)


def _tar_member(archive: Any, info: tarfile.TarInfo, name: str) -> Member:
    refused = _unsafe(name)
    if not info.isreg() or info.issparse():
        reason = "links and devices are not supported"
        refused = RefusedFile(reason, "put the file itself into the archive", "tar")
    opened = None if refused else archive.extractfile(info)
    if opened is None:
        return Member(name, refused=refused)
    with opened:
        try:
            return _read_counted(name, opened, None, None)
        except TooMuch as error:
            if error.whole:
                raise
            return Member(name, refused=RefusedFile(str(error), SPLIT, "tar"))


def _count_rest(archive: Any) -> int:
    rest = 1
    for info in archive:
        archive.members = []
        rest += info.isreg() and not _skipped(_tidy_name(info.name))
        if rest >= _MOST_COUNTED:
            break
    return rest


def _compressed_members(stream: IO[bytes], kind: str, inner: str, limit: int) -> Iterator[Member]:
    counted = Counted(unpacked(stream, kind), limit)
    try:
        head = counted.read(CHUNK)
        if archive_kind(head) == "tar":
            rest = iter(lambda: counted.read(CHUNK), b"")
            yield from _tar_members(Counted(_chained(head, rest), limit), "tar")
            return
        with Store("", inner) as store:
            store.add(head)
            while piece := counted.read(CHUNK):
                store.add(piece)
    except TooMuch as error:
        raise RefusedFile(str(error), SPLIT, kind) from error
    yield store.member()


def _chained(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


def _too_many(rest: int) -> Member:
    reason = f"{rest:,} more files were not read: an archive may hold up to {MAX_MEMBERS:,} of them"
    return Member("", refused=RefusedFile(reason, "split the archive into several"), unread=rest)


def _unread(rest: int) -> Member:
    reason = f"{rest:,} more files were not read, since the archive is too large"
    return Member("", refused=RefusedFile(reason, "split the archive into several"), unread=rest)


def _tidy_name(name: str) -> str:
    name = unicodedata.normalize("NFC", name.replace("\\", "/"))
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    while name.startswith("./"):
        name = name[2:]
    return name or "(no name)"


def _skipped(name: str) -> bool:
    """True for what a system put there: hidden files, and everything in hidden folders."""
    return any(is_hidden(part) for part in name.split("/") if part not in ("", ".", ".."))


def _unsafe(name: str) -> RefusedFile | None:
    parts = name.split("/")
    if name.startswith("/") or _DRIVE.match(name) or ".." in parts or len(name) > 1000:
        reason = "its path is unsafe: it points out of the archive"
        return RefusedFile(reason, "pack it again from the folder that holds the files")
    return None
