"""Which files there are: folders are walked, names made short, ``metadata.csv`` set apart."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .overrides import NAME, file_key, is_overrides

_HIDDEN = frozenset(("thumbs.db", "desktop.ini", "__macosx"))
# Folders that say when, not who: they name no source.
_DATE_FOLDER = re.compile(r"[\d\W_]+|(?:19|20)\d\d.{0,6}")


class CorpusError(ValueError):
    """There is nothing to open at all; the message says what happened and what to do."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read.

    ``name`` is its path relative to the folder given; ``folder`` the sub-folder that names its
    source; ``metadata`` the metadata files that may speak of it, the farthest first, each with
    the name that the file has there.
    """

    path: Path
    name: str
    folder: str
    metadata: tuple[tuple[Path, str], ...]


def find_files(paths: Sequence[Path]) -> tuple[list[InputFile], dict[Path, str]]:
    """Return the files under ``paths`` in the order of their names, and the metadata files.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders. Hidden files are skipped unless named themselves; links to folders
        are not followed.

    Returns
    -------
    list of InputFile, dict of Path to str
        The latter maps each ``metadata.csv`` to its name for the report.

    Raises
    ------
    CorpusError
        No path, or one that doesn't exist.
    """
    if not paths:
        raise CorpusError("No path was given. Name a folder of text files, or a file.")
    missing = sorted(str(path) for path in paths if not os.path.lexists(path))
    if missing:
        raise CorpusError(f"No such file or folder: {', '.join(missing)}. Check the path.")
    roots: dict[Path, Path] = {}  # each file and the folder that its name is relative to
    for path in sorted(Path(os.path.abspath(path)) for path in paths):
        if path.is_dir():
            for file in _walk(path):
                # Of two folders given, one in the other, the outer one names the file.
                roots[file] = min(roots.get(file, path), path, key=lambda root: len(root.parts))
        else:
            roots.setdefault(path, path.parent)
    beside: dict[Path, list[Path]] = {}
    for folder in {place for file, root in roots.items() for place in _between(file, root)}:
        beside[folder] = _metadata_in(folder)
    names = _names({**roots, **{path: path.parent for found in beside.values() for path in found
                                if path not in roots}})  # fmt: skip
    files: list[InputFile] = []
    for file, root in roots.items():
        if is_overrides(file.name):
            continue
        metadata = tuple(
            (place, file_key(file.relative_to(folder).as_posix()))
            for folder in _between(file, root)
            for place in beside[folder]
        )
        files.append(InputFile(file, names[file], _source_folder(file, root), metadata))
    files.sort(key=lambda file: file.name)
    metadata_files = {path for found in beside.values() for path in found}
    metadata_files |= {path for path in roots if is_overrides(path.name)}
    return files, {path: names[path] for path in sorted(metadata_files)}


def _walk(folder: Path) -> list[Path]:
    files: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _is_hidden(name)]
        # A link to a folder isn't followed, but the report says so.
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        files.extend(Path(place, name) for name in (*names, *links) if not _is_hidden(name))
    return files


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _HIDDEN


def _between(file: Path, root: Path) -> list[Path]:
    """Return the folders from ``root`` down to the one that holds ``file``."""
    parents = [parent for parent in file.parents if parent == root or root in parent.parents]
    return parents[::-1]


def _metadata_in(folder: Path) -> list[Path]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [folder / name for name in names if is_overrides(name) and (folder / name).is_file()]


def _source_folder(file: Path, root: Path) -> str:
    """Return the nearest sub-folder that can be the name of a source, "" if none."""
    for parent in file.relative_to(root).parents:
        if parent.name and not _DATE_FOLDER.fullmatch(parent.name):
            return _shown(parent.name)
    return ""


def _names(roots: dict[Path, Path]) -> dict[Path, str]:
    """Return a name per file: relative to its root, longer where two would be alike."""
    names = {file: _shown(file.relative_to(root).as_posix()) for file, root in roots.items()}
    for depth in range(1, 64):
        counts: dict[str, int] = {}
        for name in names.values():
            counts[name] = counts.get(name, 0) + 1
        alike = [file for file, name in names.items() if counts[name] > 1]
        if not alike:
            break
        for file in alike:
            above = roots[file].parts[-depth:]
            relative = file.relative_to(roots[file]).as_posix()
            names[file] = _shown("/".join((*above, relative)).replace("//", "/"))
    return names


def _shown(name: str) -> str:
    """Return a name that can be printed and compared, whatever bytes the disk holds."""
    printable = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", printable)


__all__ = ["NAME", "CorpusError", "InputFile", "find_files"]
