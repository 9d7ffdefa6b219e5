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

from .archives import SPLIT
from .limits import limit_process, needs_memory, reader_limits, seconds_for, write_no_files
from .parts import Part, open_checked, read_parts
from .readers import RefusedFile
from .readers.sniffing import HEAD, archive_kind, format_of_name, sniff
from .wire import dump, frames, load

SMALL_TABLE = 5 * 1024**2
_LARGEST_FRAME = 1024**3
_ARCHIVE_TIMES = 10  # as long as one file an archive may take in all
_MOST_DEATHS = 5  # of one archive's members; then the rest of it is given up

# The package's own __init__ loads pandas, which a reader doesn't need.
_START = (
    "import sys, types; package = types.ModuleType('dashboard'); package.__path__ = [sys.argv[1]];"
    "sys.modules['dashboard'] = package; from dashboard.corpus.worker import serve;"
    "serve(int(sys.argv[2]))"
)
_PACKAGE = Path(__file__).resolve().parent.parent


class Reader:
    """Reads files one after the other, each where it is safe to; use it in a ``with``."""

    def __init__(self, mapping: Mapping[str, str] | None = None) -> None:
        self._mapping = dict(mapping or {})
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

    def read(self, path: Path, file: str, folder: str = "") -> Iterator[Part]:
        """Read a file; arguments and parts as for ``read_parts``. Never raises for its content."""
        if self._own_process and _is_risky(path, file):
            yield from self._read_apart(path, file, folder)
        else:
            yield from _read_here(path, file, folder, self._mapping)

    def _read_apart(self, path: Path, file: str, folder: str) -> Iterator[Part]:
        seconds = seconds_for(path.stat().st_size)
        deadline = time.monotonic() + _ARCHIVE_TIMES * seconds
        skip = deaths = 0
        while True:
            if not self._start():
                yield from _read_here(path, file, folder, self._mapping, skip)
                return
            request = [os.fspath(path), file, folder, self._mapping, skip]
            member = ""
            try:
                self._pipe.send_bytes(dump(request))
                part: Part | None = None
                while (frame := self._next(min(seconds, deadline - time.monotonic()))) is not None:
                    if isinstance(frame, str):
                        member = frame
                    elif isinstance(frame, Part):
                        part = frame
                    elif frame:
                        assert part is not None
                        assert part.reading is not None
                        part.reading.records.extend(frame)
                    else:
                        assert part is not None
                        yield part
                        part, member = None, ""
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

    def _start(self) -> bool:
        """Start the process unless it runs; False where that can't be done."""
        if self._process is not None:
            return True
        if os.name != "posix":
            self._own_process = False
            return False
        from multiprocessing.connection import Pipe

        self._pipe, theirs = Pipe()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _START, str(_PACKAGE), str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": str(_PACKAGE.parent),
                     "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1",
                     "OPENBLAS_NUM_THREADS": "1"},
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

    def _next(self, seconds: float) -> Any:
        if not self._pipe.poll(max(seconds, 0)):
            raise TimeoutError
        return load(self._pipe.recv_bytes(_LARGEST_FRAME))

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


def _read_here(
    path: Path,
    file: str,
    folder: str,
    mapping: Mapping[str, str],
    skip: int = 0,
    announce: Callable[[str], None] | None = None,
) -> Iterator[Part]:
    try:
        yield from read_parts(path, file, folder, mapping, skip, announce)
    except MemoryError:
        yield Part(file, refused=RefusedFile(needs_memory(), SPLIT))


def serve(number: int) -> None:
    """Read what the parent asks for over the pipe of that file number, until it closes."""
    from multiprocessing.connection import Connection

    limits = reader_limits()
    limit_process(limits.memory_bytes, limits.cpu_seconds)
    write_no_files()
    pipe = Connection(number)

    def say(member: str) -> None:
        pipe.send_bytes(dump(member))

    while True:
        try:
            path, file, folder, mapping, skip = load(pipe.recv_bytes(_LARGEST_FRAME))
        except EOFError:
            return
        for part in _read_here(Path(path), file, folder, mapping, skip, say):
            for frame in frames(part):
                pipe.send_bytes(frame)
        pipe.send_bytes(dump(None))
