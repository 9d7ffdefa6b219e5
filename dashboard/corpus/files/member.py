"""A member of an archive, and where its bytes are while it is read."""

from __future__ import annotations

import io
import shutil
import tempfile
from dataclasses import dataclass
from typing import IO

from dashboard.corpus.files.unpacking import TooMuch
from dashboard.corpus.readers.registry import is_streamed
from dashboard.corpus.readers.sniffing import HEAD
from dashboard.corpus.record import RefusedFile

MAX_MEMBER = 200 * 1024**2  # of a format that is read as a whole
IN_MEMORY = 16 * 1024**2


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its path there and its bytes, or why it isn't read.

    A large table comes as a ``stream`` instead of ``data``.
    ``unread`` is how many members this stands for when the archive holds too many or too much.
    """

    name: str
    data: bytes = b""
    refused: RefusedFile | None = None
    unread: int = 0
    stream: IO[bytes] | None = None

    @property
    def content(self) -> bytes | IO[bytes]:
        """Its bytes, or the file that holds them."""
        return self.data if self.stream is None else self.stream

    def close(self) -> None:
        """Give the file back, if there is one."""
        if self.stream is not None:
            self.stream.close()


class Store:
    """Takes the bytes of a member: in memory, or in a file when it is a large table.

    Parameters
    ----------
    name : str
        The member's path.
    inner : str
        What it is called where that says more about its format.
    """

    def __init__(self, name: str, inner: str = "") -> None:
        self._name, self._inner = name, inner or name
        self._file: IO[bytes] = io.BytesIO()
        self._whole = True
        self.size = 0

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if error is not None:
            self._file.close()

    def add(self, piece: bytes) -> None:
        """Take some bytes; raises ``TooMuch`` for a member that is too large to be read."""
        before = self.size
        self.size += len(piece)
        if before <= IN_MEMORY < self.size:
            self._file.seek(0)
            head = self._file.read(HEAD)
            if is_streamed(head, self._inner):
                self._whole = False
                held, self._file = self._file, tempfile.TemporaryFile()  # noqa: SIM115
                held.seek(0)
                shutil.copyfileobj(held, self._file)
            self._file.seek(0, io.SEEK_END)
        if self._whole and self.size > MAX_MEMBER:
            raise TooMuch(f"too large: it expands to more than {MAX_MEMBER // 1024**2} MB")
        self._file.write(piece)

    def member(self) -> Member:
        """Return the member, whose bytes are complete."""
        self._file.seek(0)
        if isinstance(self._file, io.BytesIO):
            return Member(self._name, self._file.getvalue())
        return Member(self._name, stream=self._file)
