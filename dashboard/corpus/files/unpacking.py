"""Bytes as they come out of compressed files, in small pieces and counted."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Iterator
from typing import IO, Any

from dashboard.corpus.readers.sniffing import archive_kind
from dashboard.corpus.record import RefusedFile

MAX_RATIO = 200
CHUNK = 64 * 1024
_RATIO_FROM = 1024**2  # a smaller file may be as regular as it likes
_XZ_MEMORY = 128 * 1024**2
_GZIP_WINDOW = 31  # expect a gzip header, and check its sum
_LONGEST_MAGIC = 10

AGAIN = "download or save it again"


class TooMuch(Exception):
    """A limit is reached; ``whole`` when it is the archive's and not only the member's."""

    def __init__(self, reason: str, whole: bool = False) -> None:
        super().__init__(reason)
        self.whole = whole


class Total:
    """Bytes that came out of one archive so far."""

    def __init__(self, limit: int) -> None:
        self.bytes, self._limit = 0, limit

    def add(self, size: int) -> None:
        self.bytes += size
        if self.bytes > self._limit:
            limit = self._limit // 1024**2
            raise TooMuch(f"too large: the archive expands to more than {limit} MB", whole=True)


def check_ratio(size: int, packed: int) -> None:
    if size > _RATIO_FROM and size > MAX_RATIO * max(packed, 1):
        raise TooMuch(f"too large: it expands to more than {MAX_RATIO} times its size")


class Counted:
    """A file to read forwards from pieces of bytes; knows whether it ended in zeros."""

    def __init__(self, pieces: Iterator[bytes], limit: int) -> None:
        self._pieces = pieces
        self._buffer = b""
        self._total = Total(limit)
        self._last = b""
        self.ended = False

    def read(self, size: int) -> bytes:
        parts = [self._buffer]
        have = len(self._buffer)
        while have < size:
            piece = next(self._pieces, b"")
            if not piece:
                self.ended = True
                break
            self._total.add(len(piece))
            parts.append(piece)
            have += len(piece)
        data = b"".join(parts)
        self._buffer, data = data[size:], data[:size]
        self._last = (self._last + data)[-512:]
        return data

    @property
    def is_cut(self) -> bool:
        """The end was reached without the empty blocks that end a tar."""
        return self.ended and any(self._last)


def unpacked(stream: IO[bytes], kind: str) -> Iterator[bytes]:
    """Yield what a compressed file holds, in small pieces; several streams follow each other."""
    unpacker = _unpacker(kind)
    data = stream.read(CHUNK)
    packed, size = len(data), 0
    try:
        while True:
            feed, at_end = b"", False
            if unpacker.needs_input:
                if not data:
                    data = stream.read(CHUNK)
                    packed += len(data)
                feed, data, at_end = data, b"", not data
            piece = unpacker.decompress(feed, CHUNK)
            size += len(piece)
            check_ratio(size, packed)
            if piece:
                yield piece
            if unpacker.eof:
                data = unpacker.unused_data
                if len(data) < _LONGEST_MAGIC:
                    more = stream.read(CHUNK)
                    packed += len(more)
                    data += more
                if archive_kind(data) != kind:  # the end, or padding after it
                    return
                unpacker = _unpacker(kind)
            elif at_end and not piece:
                raise EOFError
    except (EOFError, OSError, ValueError, zlib.error, lzma.LZMAError) as error:
        reason = "the compressed file is damaged or incomplete"
        if "emory" in str(error):
            reason = "too large: unpacking the file needs more memory than is allowed"
        raise RefusedFile(reason, AGAIN, kind) from error


def _unpacker(kind: str) -> Any:
    if kind == "gzip":
        return _Gunzip()
    if kind == "bzip2":
        return bz2.BZ2Decompressor()
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)


class _Gunzip:
    """zlib behind the interface that bz2 and lzma have."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(_GZIP_WINDOW)

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._stream.decompress(self._stream.unconsumed_tail + data, max_length)

    @property
    def eof(self) -> bool:
        return self._stream.eof

    @property
    def unused_data(self) -> bytes:
        return self._stream.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._stream.unconsumed_tail
