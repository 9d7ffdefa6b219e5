"""Where the dashboard keeps the indexes it builds, and how it builds one: in a child process.

The folder is outside the checkout: ``NEWSPRISM_CACHE`` if set, else the user's cache folder, else
(where nothing can be written) the temporary folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from dashboard.errors import NewsprismError
from dashboard.index.index import open_index
from dashboard.index.storage.container import DamagedFile
from dashboard.index.storage.folder import CURRENT, IndexFolderError, is_index
from dashboard.places import PACKAGE, cache_folder, input_id

CHECKED_WHOLE = 50 * 1024**2  # bytes of text; of a larger index each part on its first use


class BuildError(NewsprismError):
    """The child process could not build; the message is its last line, meant for the user."""


def ensure_index(paths: Sequence[Path]) -> Path:
    """The index folder of ``paths``: the one path that is an index itself, as it is; else the one
    kept for these files, built now unless an undamaged one exists.

    Raises :class:`BuildError` with what the user can do about it, and ``IndexFolderError`` for an
    index among several paths.
    """
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
            pass  # damaged or of another format: built again below
    build_in_child(paths, folder)
    return folder


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
) -> tuple[list[str], dict[str, str]]:
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
    if limited:
        command += ["--limits"]
    return command, {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}


def build_in_child(paths: Sequence[Path], out: Path) -> None:
    """Build ``out`` from ``paths`` in a child process. Raises :class:`BuildError`."""
    command, environment = build_command(paths, out)
    result = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, errors="replace"
    )
    if result.returncode:
        lines = result.stderr.strip().splitlines()
        known = result.returncode == 2 and lines
        raise BuildError(
            lines[-1].removeprefix("newsprism: ")
            if known
            else f"The build stopped unexpectedly (exit code {result.returncode}). Run "
            "`python -m dashboard build PATH --out DIR` to see why."
        )
