"""A text too large to hold: the part of it that is being read, and what follows."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from dashboard.corpus.decoding.encodings import CHECK_LETTERS, decode, is_mixed
from dashboard.corpus.report import Problem

# Up to here a file is decoded as a whole; of a larger one so much tells the encoding.
WHOLE = 16 * 1024**2
# A row or record that is longer is none: a quotation mark is missing, or a bracket.
LONGEST = 64 * 1024**2
_STEP = 2 * 1024**2
_CHUNK = 1024**2
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


class Window:
    """The text of a file from some position on.

    ``text`` is what can be seen of it, ``at_end`` whether nothing follows, ``size`` about how many
    characters the file has. Positions count from the window's beginning and become smaller by
    what ``slide`` returns.
    """

    def __init__(self, text: str = "", more: Iterator[str] | None = None, size: int = 0) -> None:
        self.text = text
        self._more: Iterator[str] = more or iter(())
        self.at_end = more is None
        self.size = size or len(text)
        if more is not None:
            self.grow()

    def grow(self, limit: float = 2 * LONGEST) -> bool:
        """See as much again; False when the file ends, or ``limit`` characters are in sight."""
        if self.at_end or len(self.text) >= limit:
            return False
        self._read(max(2 * _STEP, 2 * len(self.text)))
        return True

    def slide(self, position: int) -> int:
        """Forget what is before ``position`` if that is much; return how much was forgotten."""
        if self.at_end or position < _STEP:
            return 0
        self.text = self.text[position:]
        self._read(2 * _STEP)
        return position

    def line_end(self, position: int) -> int:
        """Return where the line that holds ``position`` ends, the line end excluded."""
        stop = self.text.find("\n", position)
        while stop < 0 and self.grow():
            stop = self.text.find("\n", position)
        return len(self.text) if stop < 0 else stop

    def _read(self, size: int) -> None:
        pieces = [self.text]
        have = len(self.text)
        while have < size:
            piece = next(self._more, None)
            if piece is None:
                self.at_end = True
                break
            pieces.append(piece)
            have += len(piece)
        self.text = "".join(pieces)


@dataclass(slots=True)
class ByteSource:
    """The bytes of a table and how they are read as text.

    ``escaped``: those that are not UTF-8 come as lone surrogates, so that each can be named.
    """

    stream: IO[bytes]
    size: int
    encoding: str = "utf-8"
    problems: list[Problem] = field(default_factory=list)
    escaped: bool = False
    text: str | None = None

    def open(self) -> Window:
        """Return the text from its beginning, without a mark, its line ends as "\\n"."""
        if self.text is not None:
            return Window(self.text)
        return Window("", self._pieces(), self.size)

    def _pieces(self) -> Iterator[str]:
        errors = "surrogateescape" if self.escaped else "replace"
        codec = "utf-8" if self.escaped else self.encoding
        bare = codecs.getincrementaldecoder(codec)(errors)
        decoder = io.IncrementalNewlineDecoder(bare, translate=True)
        position = 0
        while True:
            self.stream.seek(position)  # the file may be read a second time meanwhile
            chunk = self.stream.read(_CHUNK)
            if not chunk:
                break
            piece = decoder.decode(chunk)
            yield piece if position else piece.removeprefix("\ufeff")
            position += len(chunk)
        yield decoder.decode(b"", final=True)


def source_of(data: bytes | IO[bytes]) -> ByteSource:
    """Find out how a table is to be read; a file is seekable, and read to its end.

    Up to 16 MB a text is decoded at once. Of a larger file that is not UTF-8 the first 16 MB tell
    the encoding.

    Raises
    ------
    RefusedFile
        The bytes are not text.
    """
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    head = stream.read(WHOLE)
    if size > WHOLE and not head.startswith(_WIDE):
        head = head[: head.rfind(b"\n") + 1] or head
    decoded = decode(head, nul_allowed=True, repair=False)  # cells are, each by itself
    source = ByteSource(stream, size, decoded.encoding, list(decoded.problems), is_mixed(decoded))
    if size <= WHOLE:
        source.text = decoded.text
        if source.escaped:
            text = head.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
            source.text = text.replace("\r\n", "\n").replace("\r", "\n")
    elif source.encoding == "utf-8" and not source.problems and not _is_utf8(stream):
        reason = "some bytes are not UTF-8; read as Windows-1252"
        source.problems.append(Problem(None, None, reason, CHECK_LETTERS))
        source.escaped = True
    return source


def _is_utf8(stream: IO[bytes]) -> bool:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
