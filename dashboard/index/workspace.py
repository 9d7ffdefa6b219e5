"""Where a build works: a folder beside the generations, one build at a time, kept when cut off."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dashboard.index.store import IndexFolderError, check_target

WORK, LOCK, SPEC, STATUS = ".build", ".lock", "spec", "status.json"
#: Disk that a build takes for each byte of text, measured: batches, working files and the index.
_DISK_PER_BYTE = 5


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Nobody else builds in ``out``, which is made if there is none; what is read of the index
    here stays current. Raises :class:`IndexFolderError` when another build is at work there, and
    when ``out`` holds something else."""
    check_target(out)
    out.mkdir(parents=True, exist_ok=True)
    with (out / LOCK).open("w") as handle:
        _lock(handle, out)
        yield


@contextmanager
def workspace(out: Path, spec: str, n_bytes: int) -> Iterator[Path]:
    """The working folder of a build of ``out``, for who has the lock: with what an earlier build of
    the same ``spec`` left when it was cut off, else empty; removed at the end. ``n_bytes``: size of
    the input. Raises :class:`IndexFolderError` when the disk is full."""
    work = out / WORK
    if _read(work / SPEC) != spec:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        (work / SPEC).write_text(spec, encoding="utf-8")
    try:
        yield work
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        needed, free = n_bytes * _DISK_PER_BYTE, shutil.disk_usage(out).free
        raise IndexFolderError(
            f"The disk of {out} is full: this build needs about {_in_words(needed)} in all, "
            f"{_in_words(free)} are free. Make room, then build again: it goes on where it "
            "stopped. The index is as it was."
        ) from error
    shutil.rmtree(work, ignore_errors=True)


def _lock(handle: IO[str], out: Path) -> None:
    try:
        import fcntl
    except ImportError:  # a system without such locks
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise IndexFolderError(
            f"Another build is at work in {out}; wait for it, or stop it."
        ) from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def _in_words(n_bytes: int) -> str:
    return f"{n_bytes / 1e9:.1f} GB" if n_bytes >= 1e9 else f"{max(1, n_bytes // 10**6):,} MB"


def write_json(path: Path, data: object) -> None:
    """Write beside, then rename: never half a file."""
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    draft.write_text(json.dumps(data), encoding="utf-8")
    os.replace(draft, path)
