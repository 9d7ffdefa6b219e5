"""How far a build is, on standard error."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from dashboard.index.building.progress import BuildStatus, Say

_WIDTH = 24  # characters of the bar


@contextmanager
def shown_progress(stream: TextIO | None = None) -> Iterator[Say]:
    """What a build tells its progress to: on a terminal a bar with the time left, in one line that
    is written over and gone at the end; in a pipe or a file a line a stage."""
    stream = stream or sys.stderr
    if not stream.isatty():
        yield _StageLines(stream).tell
        return
    bar = _Bar(stream)
    try:
        yield bar.tell
    finally:
        bar.clear()


class _StageLines:
    def __init__(self, stream: TextIO) -> None:
        self._stream, self._stage = stream, ""

    def tell(self, status: BuildStatus) -> None:
        if status.stage != self._stage:
            self._stage = status.stage
            print(status.stage, file=self._stream, flush=True)


class _Bar:
    def __init__(self, stream: TextIO) -> None:
        self._stream, self._drawn = stream, 0

    def tell(self, status: BuildStatus) -> None:
        done = round(_WIDTH * status.share)
        line = f"[{'#' * done}{'.' * (_WIDTH - done)}] {status.share:4.0%} {status.describe()}"
        self._write(line[: shutil.get_terminal_size().columns - 1])

    def clear(self) -> None:
        self._write("")
        self._stream.write("\r")
        self._stream.flush()

    def _write(self, line: str) -> None:
        # Spaces, not a code of the terminal: old ones on Windows would print it.
        self._stream.write("\r" + line.ljust(self._drawn))
        self._drawn = len(line)
        self._stream.flush()
