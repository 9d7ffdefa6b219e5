"""Progress of a build: stage, how much is done, speed and time left, in one line and in a file."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from dashboard.files import replace

Say = Callable[[str], None]
T = TypeVar("T")
_EVERY = 0.5  # seconds between two lines


@dataclass(frozen=True)
class BuildStatus:
    """``share``: of the whole build, 0 to 1; ``done`` of ``total`` in this stage; MB of text a
    second and seconds left where they are known; ``can_open``: whether the index is there already
    and only gains from what follows."""

    stage: str
    share: float
    done: int = 0
    total: int = 0
    mb_per_s: float | None = None
    seconds_left: float | None = None
    can_open: bool = False

    def describe(self) -> str:
        """ "reading articles · 3 of 12 · 14 MB/s · 20 s left"."""
        parts = [self.stage]
        if 1 < self.total < 10**6:  # parts, not bytes
            parts.append(f"{self.done:,} of {self.total:,}")
        if self.mb_per_s is not None:
            parts.append(f"{self.mb_per_s:.0f} MB/s" if self.mb_per_s >= 10 else
                         f"{self.mb_per_s:.1f} MB/s")  # fmt: skip
        if self.seconds_left is not None and self.seconds_left >= 1:
            left = self.seconds_left
            parts.append(f"{left:.0f} s left" if left < 120 else f"{left / 60:.0f} min left")
        return " · ".join(parts)


class Progress:
    """Tells ``say`` each stage and, now and then, how far it is; the last word is in ``file``.
    ``n_bytes``: of text in all, once it is known; each part of a stage counts as an equal share of
    it."""

    n_bytes = 0
    #: How much of the build the stages up to ``stage(…, 1)`` are.
    part = 1.0
    can_open = False

    def __init__(self, say: Say | None = None, file: Path | None = None) -> None:
        self._say, self._file = say or (lambda line: None), file
        self._last, self._said = 0.0, ""
        self._stage, self._from, self._to, self._began = "", 0.0, 0.0, 0.0

    def stage(self, name: str, upto: float) -> None:
        """Begin a stage at whose end ``upto`` of the build is done."""
        self._stage, self._from, self._began = name, self._to, time.monotonic()
        self._to = upto * self.part
        self._tell(BuildStatus(name, self._from, can_open=self.can_open))

    def step(self, done: int, total: int, n_bytes: int = 0) -> None:
        """``done`` of ``total`` of the stage's parts, so far ``n_bytes`` of text."""
        now = time.monotonic()
        if now - self._last < _EVERY and done < total:
            return
        spent = now - self._began
        share = done / total if total else 1.0
        n_bytes = n_bytes or round(self.n_bytes * share)
        self._tell(
            BuildStatus(
                self._stage,
                self._from + (self._to - self._from) * share,
                done,
                total,
                n_bytes / 1e6 / spent if n_bytes and spent > 0 else None,
                spent * (1 - share) / share if share and spent > 1 else None,
                self.can_open,
            )
        )

    def over(self, parts: Iterator[T], total: int) -> Iterator[T]:
        """The parts, each of them a step. Their generator is closed at once when no more are
        wanted: after Ctrl-C a pool must not go on."""
        try:
            for done, part in enumerate(parts, 1):
                yield part
                self.step(done, total)
        finally:
            if isinstance(parts, Generator):
                parts.close()

    def _tell(self, status: BuildStatus) -> None:
        self._last = time.monotonic()
        if self._file is not None:
            draft = self._file.with_name(f".{self._file.name}-{os.getpid()}")
            draft.write_text(json.dumps(asdict(status)), encoding="utf-8")
            with contextlib.suppress(PermissionError):  # somebody reads it: the next will do
                replace(draft, self._file)
        if (line := status.describe()) != self._said:
            self._said = line
            self._say(line)


def read_status(file: Path) -> BuildStatus | None:
    """What a build said last; None when there is no such file, or half of one."""
    try:
        return BuildStatus(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
