"""Files as every system lets them be changed: what is in use on Windows is tried again."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

#: Seconds between tries. Virus scanners and readers hold a file for a moment.
_WAITS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)


def replace(path: Path, to: Path) -> None:
    """Give ``path`` the name ``to``, whoever has it now: a file in place of a file, or a folder
    where there is none. Raises OSError."""
    _again(lambda: os.replace(path, to))


def remove_tree(folder: Path) -> list[Path]:
    """Remove a folder with everything in it; the files that could not be removed, sorted."""

    def made_writable(function: Callable[[str], Any], path: str, _: object) -> None:
        try:
            if not os.path.islink(path):
                os.chmod(path, stat.S_IRWXU)  # Windows keeps what may only be read
            function(path)
        except OSError:
            return  # tried again, then listed

    for seconds in (0, 0.05, 0.2):
        time.sleep(seconds)
        if sys.version_info >= (3, 12):
            shutil.rmtree(folder, onexc=made_writable)
        else:
            shutil.rmtree(folder, onerror=made_writable)
        if not folder.exists():
            return []
    return sorted(p for p in folder.rglob("*") if not p.is_dir())


def lock(handle: IO[str]) -> bool:
    """Take the lock of an open file until it is closed, or its process ends, however it ends; False
    where another process has it. A file system that has no locks gives it to everybody."""
    try:
        import fcntl
    except ImportError:
        return _lock_bytes(handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    return True


def _lock_bytes(handle: IO[str]) -> bool:
    try:
        import msvcrt
    except ImportError:
        return True
    system: Any = msvcrt  # mypy knows what is in it on Windows only
    try:
        system.locking(handle.fileno(), system.LK_NBLCK, 1)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EDEADLK)
    return True


def _again(change: Callable[[], object]) -> None:
    for seconds in _WAITS:
        try:
            change()
            return
        except PermissionError:
            time.sleep(seconds)
    change()
