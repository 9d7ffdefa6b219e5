"""Where the dashboard keeps the indexes it builds, and how it builds one: in a child process.

The folder is outside the checkout: ``NEWSPRISM_CACHE`` if set, else the user's cache folder, else
(where nothing can be written) the temporary folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from dashboard.errors import NewsprismError
from dashboard.index.building.progress import BuildStatus, read_status
from dashboard.index.index import Index, open_index
from dashboard.index.storage.container import DamagedFile
from dashboard.index.storage.folder import CURRENT, IndexFolderError, is_index
from dashboard.index.storage.workspace import STATUS
from dashboard.places import PACKAGE, cache_folder, input_id

Said = Callable[[BuildStatus], object]
Command = tuple[list[str], dict[str, str]]

_POLL = 0.5  # seconds between looks at a build
CHECKED_WHOLE = 50 * 1024**2  # bytes of text; of a larger index each part on its first use


class BuildError(NewsprismError):
    """The child process could not build; the message is its last line, meant for the user."""


class BuildStopped(BuildError):
    """Somebody stopped the build; it is not begun again before :func:`resume_index`."""


class _Build(threading.Thread):
    """A build that goes on when the visitor who asked for it has left."""

    def __init__(self, run: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._run = run
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self._run()
        except Exception as error:  # raised where it was asked for
            self.error = error


_builds: dict[Path, _Build] = {}
_children: dict[Path, subprocess.Popen[str]] = {}
_stopped: set[Path] = set()
_lock = threading.Lock()


def ensure_index(paths: Sequence[Path], said: Said = lambda _: None) -> Path:
    """The index folder of ``paths``, as :func:`find_index` gives it, built now where there is none;
    of much text as soon as it can be opened, while the build goes on.

    ``said`` hears how far the build is, every half second; whoever asks while it runs hears of the
    same build. Raises :class:`BuildError` with what the user can do about it,
    :class:`BuildStopped`, and ``IndexFolderError`` for an index among several paths.
    """
    if found := find_index(paths):
        return found
    folder = cache_folder() / input_id(paths)
    if folder in _stopped:
        raise BuildStopped("Reading was stopped")
    _wait_for(folder, partial(build_in_child, paths, folder), said, till_it_opens=True)
    return folder


def stop_index(paths: Sequence[Path]) -> None:
    """End the build of ``paths``, for all who wait for it; what it has done is kept for another."""
    folder = cache_folder() / input_id(paths)
    _stopped.add(folder)
    child = _children.get(folder)
    if child is not None and child.poll() is None:
        child.terminate()


def resume_index(paths: Sequence[Path]) -> None:
    """Let the index of ``paths`` be built again after :func:`stop_index`."""
    _stopped.discard(cache_folder() / input_id(paths))


def ensure_layers(paths: Sequence[Path], said: Said = lambda _: None) -> None:
    """Make the layers that the index kept for ``paths`` lacks, without reading the files again; an
    index that ``paths`` names itself stays as it is. ``said`` and ``BuildError``: see
    :func:`ensure_index`."""
    if given_index(paths) is None:
        folder = cache_folder() / input_id(paths)
        _wait_for(folder, partial(_run_in_child, update_command(folder), folder), said)


def complete_index(index: Index) -> None:
    """See that the layers still to come of an index in the cache folder are made, without waiting;
    a build that is at work makes them itself. Tried once."""
    folder = index.folder.parent
    if index.manifest.get("to_come") and folder.parent == cache_folder():
        with _lock:
            if folder not in _builds:  # begun by a server that has ended since
                _begin(folder, partial(_run_in_child, update_command(folder), folder))


def _begin(folder: Path, run: Callable[[], None]) -> _Build:
    build = _builds[folder] = _Build(run)
    build.start()
    return build


def _wait_for(
    folder: Path, run: Callable[[], None], said: Said, till_it_opens: bool = False
) -> None:
    with _lock:
        build = _builds.get(folder)
        if build is None or not build.is_alive():
            build = _begin(folder, run)
    while build.is_alive():
        build.join(_POLL)
        if (status := read_status(folder / STATUS)) is not None:
            if till_it_opens and status.can_open:
                return
            said(status)
    if build.error is not None:
        raise build.error


def find_index(paths: Sequence[Path]) -> Path | None:
    """The one path that is an index itself, as it is; else the undamaged one that is kept for these
    files; None where there is none. Raises ``IndexFolderError`` for an index among several
    paths."""
    if found := given_index(paths):
        return found
    folder = cache_folder() / input_id(paths)
    if is_index(folder):
        try:
            index = open_index(folder)
            if index.made.n_bytes < CHECKED_WHOLE:
                index.check()
            return folder
        except (IndexFolderError, DamagedFile):
            pass  # damaged or of another format: it is built again
    return None


def given_index(paths: Sequence[Path]) -> Path | None:
    """The index folder that ``paths`` names, which is opened and never built over. Raises
    ``IndexFolderError`` when it stands among other paths."""
    found = [path for path in paths if is_index(path)]
    if found and len(paths) > 1:
        raise IndexFolderError(
            f"{found[0]} is an index, and an index opens alone: name either the index, or "
            "files and folders of articles."
        )
    return found[0] if found else None


def discard_index(paths: Sequence[Path]) -> None:
    """Give up the index kept for ``paths``, found damaged: it is built again when it is needed."""
    (cache_folder() / input_id(paths) / CURRENT).unlink(missing_ok=True)


def build_command(
    paths: Sequence[Path],
    out: Path,
    corrections: Path | None = None,
    mapping: Mapping[str, str] | None = None,
    limited: bool = False,
) -> Command:
    """Command and environment of ``python -m dashboard build``, whose memory and crashes are its
    own; ``limited`` where the files are a stranger's."""
    command = [sys.executable, "-m", "dashboard", "build", *map(str, paths), "--out", str(out)]
    if corrections is not None:
        command += ["--corrections", str(corrections)]
    for field, column in (mapping or {}).items():
        # As a cell of CSV: the name of a column may hold a comma.
        said = f"{field}={column}".replace('"', '""')
        command += ["--map", f'"{said}"']
    command += ["--keep-empty"]  # the pages show the report of what could not be read
    return _in_child(command, limited)


def update_command(out: Path, limited: bool = False) -> Command:
    """Command and environment of ``python -m dashboard build --update``, which makes the layers
    that the index ``out`` lacks."""
    command = [sys.executable, "-m", "dashboard", "build", "--out", str(out), "--update"]
    return _in_child(command, limited)


def _in_child(command: list[str], limited: bool) -> Command:
    limits = ["--limits"] if limited else []
    environment = {"PYTHONPATH": str(PACKAGE.parent), "PYTHONIOENCODING": "utf-8"}
    return [*command, *limits], {**os.environ, **environment}


def build_in_child(paths: Sequence[Path], out: Path) -> None:
    """Build ``out`` from ``paths`` in a child process. Raises :class:`BuildError`."""
    _run_in_child(build_command(paths, out), out)


def _run_in_child(child: Command, out: Path) -> None:
    command, environment = child
    (out / STATUS).unlink(missing_ok=True)  # of a build that was stopped
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=environment, stdout=pipe, stderr=pipe, encoding="utf-8", errors="replace"
    ) as running:
        _children[out] = running
        _, said = running.communicate()
    if running.returncode:
        if out in _stopped:
            raise BuildStopped("Reading was stopped")
        lines = said.strip().splitlines()
        known = running.returncode == 2 and lines
        raise BuildError(
            lines[-1].removeprefix("newsprism: ")
            if known
            else f"The build stopped unexpectedly (exit code {running.returncode}). Run "
            "`python -m dashboard build PATH --out DIR` to see why."
        )
