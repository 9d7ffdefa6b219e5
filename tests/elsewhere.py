"""A Windows machine with a cp1252 console, on the one that is here: its files and processes.

``pytest -p tests.elsewhere tests/…`` runs tests under it; the command line that they start in
processes of its own runs under it too (``python -m tests.elsewhere build …``).

What it imitates: no ``fcntl``, ``resource`` and ``pthread_sigmask``, no ``exec``; a file
opened to be read can't be synced; a file in use can't be renamed, replaced or removed, nor the
folder it is in; no hard links (a memory stick, exFAT); output takes the letters of cp1252.
"""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
_get_flags, _flock = fcntl.fcntl, fcntl.flock
_Popen = subprocess.Popen.__init__


def in_use() -> set[str]:
    """The files that this process has open or mapped."""
    found = set()
    for number in os.listdir("/proc/self/fd"):
        try:
            file = os.readlink(f"/proc/self/fd/{number}")
            if os.path.isfile(file):
                found.add(file)
        except OSError:  # the one that listed them
            continue
    return found


def _refuse(path: Any, function: str) -> None:
    whole = os.path.realpath(os.fspath(path)) if isinstance(path, str | os.PathLike) else ""
    if whole and any(f == whole or f.startswith(whole + os.sep) for f in in_use()):
        raise PermissionError(errno.EACCES, f"{function}: in use by a process", str(path))


def _guarded(name: str, n_paths: int) -> Callable[..., Any]:
    original = getattr(os, name)

    def call(*paths: Any, **options: Any) -> Any:
        if "dir_fd" not in options:  # rmtree, which removes by what it has open
            for path in paths[:n_paths]:
                _refuse(path, name)
        elif options["dir_fd"] is not None:
            folder = os.readlink(f"/proc/self/fd/{options['dir_fd']}")
            _refuse(os.path.join(folder, os.fspath(paths[0])), name)
        return original(*paths, **options)

    return call


def _sync(handle: int) -> None:
    if _get_flags(handle, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
        raise OSError(errno.EBADF, "Bad file descriptor")


def _no_link(source: Any, target: Any, **_: Any) -> None:
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, "exists", str(target))
    raise OSError(errno.EINVAL, "Incorrect function", str(source))


def _locking(handle: int, _mode: int, _n_bytes: int) -> None:
    try:
        _flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise PermissionError(errno.EACCES, "Permission denied") from error


def _start(self: Any, command: Any, *args: Any, **options: Any) -> None:
    if isinstance(command, list) and command[1:3] == ["-m", "dashboard"]:
        command = [command[0], "-m", "tests.elsewhere", *command[3:]]
    _Popen(self, command, *args, **options)


def imitate() -> None:
    """From here on this process is elsewhere, and so are the command lines that it starts."""
    for module in ("fcntl", "resource"):
        sys.modules[module] = None  # type: ignore[assignment]
    msvcrt: Any = types.ModuleType("msvcrt")
    msvcrt.locking, msvcrt.LK_NBLCK = _locking, 2
    sys.modules["msvcrt"] = msvcrt
    for name in ("replace", "rename"):
        setattr(os, name, _guarded(name, 2))
    for name in ("remove", "unlink", "rmdir"):
        setattr(os, name, _guarded(name, 1))
    os.fsync, os.link = _sync, _no_link  # type: ignore[assignment]
    for name in ("execv", "execve"):
        delattr(os, name)
    del signal.pthread_sigmask
    os.environ.setdefault("PYTHONIOENCODING", "cp1252")
    subprocess.Popen.__init__ = _start  # type: ignore[method-assign]


def pytest_configure() -> None:
    imitate()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    assert "resource" in sys.modules
    assert sys.modules["resource"] is None


if __name__ == "__main__":
    imitate()
    from dashboard.cli import main

    sys.exit(main())
