"""Reading in a process of its own, with limits: a hostile file costs itself and nothing else.

The process lives as long as one import and is started again when a file kills it. The two talk
in JSON over a pipe. Text files and small tables, which are read by this project's own code, are
read where they are: starting a process takes longer than that.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dashboard.corpus.files.archive import SPLIT
from dashboard.corpus.files.parts import Part, open_checked, read_parts
from dashboard.corpus.importing.messages import FRAME, dump, dump_record, load
from dashboard.corpus.limits import (
    can_limit,
    limit_process,
    most_unpacked,
    needs_memory,
    reader_limits,
    seconds_for,
    write_up_to,
)
from dashboard.corpus.readers.registry import Record, RefusedFile
from dashboard.corpus.readers.sniffing import HEAD, archive_kind, format_of_name, sniff
from dashboard.corpus.record import OutOfMemory
from dashboard.places import PACKAGE

SMALL_TABLE = 5 * 1024**2
_LARGE = 200 * 1024**2  # a file that gets a process of its own
_LARGEST_FRAME = 1024**3
_ARCHIVE_TIMES = 10  # as long as one file an archive may take in all
_MOST_DEATHS = 5  # of one archive's members; then the rest of it is given up

# The kinds of messages: lines of records, the member that is begun, bytes read, a part's end.
_RECORDS, _MEMBER, _POSITION, _PART = b"R", b"M", b"T", b"P"

# The package's own __init__ loads pandas, which a reader doesn't need.
_START = (
    "import sys, types; package = types.ModuleType('dashboard'); package.__path__ = [sys.argv[1]];"
    "sys.modules['dashboard'] = package;"
    "from dashboard.corpus.importing.process import serve;"
    "serve(*map(int, sys.argv[2:]))"
)


# Takes lines of records, whole ones.
Out = Callable[[bytes], object]


class FileReader:
    """Reads files one after the other, each where it is safe to; use it in a ``with``.

    Parameters
    ----------
    mapping : mapping of str to str, optional
        For tables: our field to their column.
    folder : Path, optional
        Where the process may put a large member of an archive while it reads it.
    progress : callable, optional
        Told now and then how many bytes of the file have been read.
    """

    def __init__(
        self,
        mapping: Mapping[str, str] | None = None,
        folder: Path | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self._mapping = dict(mapping or {})
        self._folder = folder
        self._progress = progress or (lambda position: None)
        self._room = 0  # for files up to this size the process has the limits
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Any = None
        self._own_process = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def read(self, path: Path, file: str, folder: str, out: Out) -> Iterator[Part]:
        """Read a file; arguments and parts as for ``read_parts``. Never raises for its content.

        The records of a part go to ``out`` before it is yielded, as lines of
        ``wire.dump_record``; those of a part that is refused are none.
        """
        if self._own_process and _is_risky(path, file):
            yield from self._read_apart(path, file, folder, out)
        else:
            yield from self._read_here(path, file, folder, out)

    def _read_here(
        self, path: Path, file: str, folder: str, out: Out, skip: int = 0
    ) -> Iterator[Part]:
        lines = _RecordLines(out, self._progress)
        for part in _parts(path, file, folder, self._mapping, skip, None, lines):
            if isinstance(part.refused, OutOfMemory) and can_limit():
                # Files that need much are read apart: it is the build itself that has no memory.
                raise MemoryError
            lines.end(part)
            yield part

    def _read_apart(self, path: Path, file: str, folder: str, out: Out) -> Iterator[Part]:
        size = path.stat().st_size
        seconds = seconds_for(size)
        deadline = time.monotonic() + _ARCHIVE_TIMES * seconds
        skip = deaths = 0
        while True:
            if not self._start(size):
                yield from self._read_here(path, file, folder, out, skip)
                return
            request = [os.fspath(path), file, folder, self._mapping, skip]
            member = ""
            try:
                self._pipe.send_bytes(dump(request))
                while frame := self._next(min(seconds, deadline - time.monotonic())):
                    kind, content = frame[:1], frame[1:]
                    if kind == _RECORDS:
                        out(content)
                    elif kind == _MEMBER:
                        member = load(content)
                    elif kind == _POSITION:
                        self._progress(int(content))
                    else:
                        yield load(content)
                        member = ""
                        skip += 1
                return
            except (EOFError, OSError, TimeoutError) as error:
                reason, remedy = self._cause_of_death(error, seconds)
            deaths += 1
            refused = RefusedFile(reason, remedy, format_of_name(member or file))
            name = f"{file}/{member}" if member else file
            yield Part(name, member, refused=refused)
            if not member:
                return
            skip += 1
            if deaths >= _MOST_DEATHS or time.monotonic() > deadline:
                reason = "the rest of the archive was not read: too many of its files fail"
                yield Part(
                    file, refused=RefusedFile(reason, "unpack it and add the files you need")
                )
                return

    def _start(self, size: int) -> bool:
        """Start the process unless it runs; False where that can't be done."""
        if size > self._room:
            self._stop()
        if self._process is not None:
            return True
        if not can_limit():
            self._own_process = False
            return False
        from multiprocessing.connection import Pipe

        self._pipe, theirs = Pipe()
        self._room = max(size, _LARGE)
        cpu_seconds = max(reader_limits().cpu_seconds, int(_ARCHIVE_TIMES * seconds_for(size)))
        arguments = (theirs.fileno(), cpu_seconds, most_unpacked(self._room))
        folder = {"TMPDIR": os.fspath(self._folder)} if self._folder else {}
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _START, str(PACKAGE), *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": str(PACKAGE.parent),
                     "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1",
                     "OPENBLAS_NUM_THREADS": "1", **folder},
            )  # fmt: skip
        except OSError:
            self._own_process = False
            self._pipe.close()
        finally:
            theirs.close()
        return self._process is not None

    def _stop(self) -> None:
        if self._process is not None:
            self._pipe.close()
            self._process.kill()
            self._process.wait()
            self._process = None

    def _next(self, seconds: float) -> bytes:
        """Return the next message: its kind, then its content; empty at the end of the file."""
        if not self._pipe.poll(max(seconds, 0)):
            raise TimeoutError
        return bytes(self._pipe.recv_bytes(_LARGEST_FRAME))

    def _cause_of_death(self, error: Exception, seconds: float) -> tuple[str, str]:
        process = self._process
        assert process is not None
        if isinstance(error, TimeoutError):
            self._stop()
            return f"reading it takes longer than {seconds:.0f} seconds", SPLIT
        try:
            code = process.wait(5)
        except subprocess.TimeoutExpired:
            code = 0
        self._stop()
        if code in (-signal.SIGKILL, -signal.SIGABRT):
            return needs_memory(), SPLIT
        if code == -signal.SIGXCPU:
            return "reading it takes too long", SPLIT
        return "reading it failed: it is damaged", "save it again, or leave it out"


def _is_risky(path: Path, file: str) -> bool:
    """True unless the file is plain text, a small table, or nothing that can be read."""
    try:
        with open_checked(path, file) as stream:
            head = stream.read(HEAD)
        if archive_kind(head):
            return True
        key = sniff(head, file)
        return key != "text" and not (key == "csv" and path.stat().st_size < SMALL_TABLE)
    except (RefusedFile, OSError):
        return False


class _RecordLines:
    """Takes records and hands on lines of them, many at a time."""

    def __init__(self, out: Out, progress: Callable[[int], None]) -> None:
        self._out, self._progress = out, progress
        self._position: Callable[[], int] | None = None
        self._lines: list[bytes] = []
        self._size = 0

    def add(self, record: Record) -> None:
        line = dump_record(record)
        self._lines.append(line)
        self._size += len(line)
        if self._size > FRAME:
            self.flush()

    def at(self, position: Callable[[], int] | None) -> None:
        self._position = position

    def end(self, part: Part) -> None:
        if part.reading is None:
            self._lines, self._size = [], 0
        self.flush()

    def flush(self) -> None:
        if self._lines:
            self._out(b"".join(self._lines))
            self._lines, self._size = [], 0
            if self._position:
                self._progress(self._position())


def _parts(
    path: Path,
    file: str,
    folder: str,
    mapping: Mapping[str, str],
    skip: int,
    announce: Callable[[str], None] | None,
    lines: _RecordLines,
) -> Iterator[Part]:
    lines.at(None)
    try:
        yield from read_parts(path, file, folder, mapping, skip, announce, lines.add, lines.at)
    except MemoryError:
        yield Part(file, refused=OutOfMemory(needs_memory(), SPLIT))


def serve(number: int, cpu_seconds: int, largest_file: int) -> None:
    """Read what the parent asks for over the pipe of that file number, until it closes."""
    from multiprocessing.connection import Connection

    limit_process(reader_limits().memory_bytes, cpu_seconds)
    write_up_to(largest_file)
    pipe = Connection(number)
    lines = _RecordLines(
        lambda content: pipe.send_bytes(_RECORDS + content),
        lambda position: pipe.send_bytes(_POSITION + str(position).encode()),
    )

    def say(member: str) -> None:
        pipe.send_bytes(_MEMBER + dump(member))

    while True:
        try:
            path, file, folder, mapping, skip = load(pipe.recv_bytes(_LARGEST_FRAME))
        except EOFError:
            return
        for part in _parts(Path(path), file, folder, mapping, skip, say, lines):
            lines.end(part)
            pipe.send_bytes(_PART + dump(part))
        pipe.send_bytes(b"")
