"""Where a build works: a folder beside the generations, one build at a time, kept when cut off."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.files import lock, remove_tree, replace
from dashboard.index.storage.folder import IndexFolderError, check_target
from dashboard.places import code_id
from dashboard.wording import bytes_in_words

WORK, LOCK = ".build", ".lock"
STATUS = f"{WORK}/status.json"  # what a build said last: see ``progress``
#: Disk that a build takes for each byte of text, measured: batches, working files and the index.
_DISK_PER_BYTE = 5
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Nobody else builds in ``out``, which is made if there is none; what is read of the index
    here stays current. Raises :class:`IndexFolderError` when another build is at work there, and
    when ``out`` holds something else."""
    check_target(out)
    out.mkdir(parents=True, exist_ok=True)
    with (out / LOCK).open("w") as handle:
        if not lock(handle):
            raise IndexFolderError(f"Another build is at work in {out}; wait for it, or stop it.")
        yield


@contextmanager
def workspace(out: Path, spec: str, n_bytes: int) -> Iterator[Path]:
    """The working folder of a build of ``out``, for the holder of the lock: with what an earlier
    build of the same ``spec`` by the same code left when it was cut off, else empty; removed at the
    end. ``n_bytes``: size of the input. Raises :class:`IndexFolderError` when the disk is full."""
    # A folder for each spec: a task of a build that was killed, still at work on a cluster, can't
    # write into the folder of another.
    work = out / WORK / hashlib.sha256(f"{spec} {code_id()}".encode()).hexdigest()[:16]
    try:
        work.mkdir(parents=True, exist_ok=True)
        for other in work.parent.iterdir():
            if other.is_dir() and other != work:
                _remove(other)
        yield work
        _remove(work)
        remove_tree(work.parent)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        held = sum(p.stat().st_size for p in work.rglob("*") if p.is_file())
        disk = next(p for p in (out, *out.absolute().parents) if p.exists())
        needed = bytes_in_words(max(n_bytes * _DISK_PER_BYTE, 2 * held))
        free = bytes_in_words(shutil.disk_usage(disk).free)
        raise IndexFolderError(
            f"The disk of {out} is full: this build needs about {needed} in all, of which it holds "
            f"{bytes_in_words(held)}; {free} are free. Make room, then build again: it goes on "
            "where it stopped. The index is as it was."
        ) from error


def _remove(path: Path) -> None:
    """Rename, then delete: what is half deleted must not look like a build to go on with."""
    gone = path.with_suffix(".gone")
    if path != gone:
        remove_tree(gone)
        replace(path, gone)
    remove_tree(gone)


def give_back() -> None:
    """Return memory that was freed to the system, where the C library would keep it (glibc)."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
