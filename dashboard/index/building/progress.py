"""Progress of a build: stage, how much is done, speed and time left, in one line and in a file; and
how it went."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from dashboard.files import replace
from dashboard.index.index import Index
from dashboard.text.prepare import segmenter
from dashboard.text.tokenise import engine_for

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


Say = Callable[[BuildStatus], None]


class Progress:
    """Tells ``say`` each stage and, now and then, how far it is; the last word is in ``file``.
    ``begin``: how much was done before, 0 to 1. ``n_bytes``: of text in all, once it is known; each
    part of a stage counts as an equal share of it."""

    n_bytes = 0
    #: How much of the build the stages up to ``stage(…, 1)`` are.
    part = 1.0
    can_open = False

    def __init__(
        self, say: Say | None = None, file: Path | None = None, begin: float = 0.0
    ) -> None:
        self._say, self._file = say or (lambda status: None), file
        self._last = 0.0
        self._stage, self._from, self._to, self._began = "", begin, begin, 0.0

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
        self._say(status)


def read_status(file: Path) -> BuildStatus | None:
    """What a build said last; None when there is no such file, or half of one."""
    try:
        return BuildStatus(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def made_by(
    facts: Sequence[Mapping[str, Any]],
    began: float,
    old: Index | None = None,
    n_deleted: int = 0,
) -> dict[str, Any]:
    """How the build went: for its last line, and for ``info``. ``n_bytes``, ``n_deleted``: since
    the index was first built."""
    cpu_seconds, peak = used_here()
    n_bytes = sum(f["n_bytes"] for f in facts)
    before = old.manifest["made"] if old else {}
    return {
        "n_bytes": n_bytes + before.get("n_bytes", 0),
        "bytes_read": n_bytes,
        "n_deleted": n_deleted + before.get("n_deleted", 0),
        "seconds": round(time.monotonic() - began, 2),
        "cpu_seconds": round(cpu_seconds, 2),
        "peak_memory_bytes": peak,
        "engine": engine_for(n_bytes),
        "segmenter": _segmenter(facts) or before.get("segmenter", ""),
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in ("numpy", "scikit-learn", "pyarrow")},
        },
    }


def _segmenter(facts: Sequence[Mapping[str, Any]]) -> str:
    return segmenter() if any(f["n_unspaced"] for f in facts) else ""


def used_here() -> tuple[float, int]:
    """CPU seconds of this process and its children that have ended, and the peak memory of the
    largest of them in bytes; 0 where the system doesn't say. A cluster's are not in it."""
    try:
        import resource
    except ImportError:
        return time.process_time(), 0
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    unit = 1 if sys.platform == "darwin" else 1024
    return (
        sum(u.ru_utime + u.ru_stime for u in used),
        max(u.ru_maxrss for u in used) * unit,
    )
