"""The index folder: immutable generations, checksummed, published by one atomic rename.

``DIR/CURRENT`` names the generation and the checksum of its manifest; the manifest names every
file. A new generation is written beside the old one (files that both have are linked, not copied),
so a reader sees old or new, never half. No pickle; what a byte was when it was written is verified
before it is used.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dashboard.errors import NewsprismError
from dashboard.files import remove_tree, replace
from dashboard.index.storage.container import Container, DamagedFile

FORMAT = 5
CURRENT = "CURRENT"
MANIFEST = "manifest.json"


class IndexFolderError(NewsprismError):
    """The folder holds no index, or one that is damaged or foreign; the message says what to do."""


def is_index(folder: Path) -> bool:
    """Whether ``folder`` was written by :func:`publish`."""
    return (folder / CURRENT).is_file()


def check_target(folder: Path) -> None:
    """Raise :class:`IndexFolderError` where an index must not be written: over a file, or into a
    folder that holds something else."""
    if folder.exists() and not folder.is_dir():
        raise IndexFolderError(f"{folder} is a file; name a folder for the index.")
    # What a build left behind that was killed while it wrote is nobody's.
    others = [p for p in folder.iterdir() if not _is_ours(p)] if folder.is_dir() else []
    if others and not is_index(folder):
        raise IndexFolderError(
            f"{folder} is not empty and holds no index; name a new or empty folder."
        )


def _is_ours(path: Path) -> bool:
    return path.name.startswith((".draft-", "gen-", ".build", ".lock"))


def publish(folder: Path, files: Mapping[str, Path], facts: Mapping[str, Any]) -> None:
    """Make ``files`` (name → where it is now, on the same disk) and ``facts`` the current
    generation. The one before is kept for readers that have it open, older ones go. Raises
    OSError; the index is then as it was."""
    for left in folder.glob(".draft-*"):  # of builds that were killed; this one has the lock
        remove_tree(left)
    draft = folder / f".draft-{os.getpid()}"
    try:
        draft.mkdir()
        for name, path in files.items():
            link(path, draft / name)
            if path.suffix != ".bin":  # a container was synced when it was written
                _sync(draft / name)
        entries = {name: _entry(draft / name) for name in sorted(files)}
        manifest = json.dumps(
            {"format": FORMAT, **facts, "files": entries}, indent=1, sort_keys=True
        )
        (draft / MANIFEST).write_text(manifest, encoding="utf-8")
        _sync(draft / MANIFEST)
        _sync(draft)
        pointer = draft / CURRENT  # written now: from here on nothing needs room
        name = f"gen-{_next_number(folder):06d}"
        pointer.write_text(f"{name} {hashlib.sha256(manifest.encode()).hexdigest()}\n")
        _sync(pointer)
        before, _ = read_pointer(folder)
        replace(draft, folder / name)
    except BaseException:
        remove_tree(draft)
        raise
    replace(folder / name / CURRENT, folder / CURRENT)
    _sync(folder)
    for gone in _generations(folder):
        if gone not in (before, name):
            remove_tree(folder / gone)  # what is in use goes with the next one


def link(path: Path, to: Path) -> None:
    """Make ``to`` the same file as ``path``, or, on a file system without links, a copy, which
    has its name only when it is whole; a ``to`` that is there already stays. Raises OSError."""
    try:
        os.link(path, to)
    except FileExistsError:
        return
    except FileNotFoundError:
        raise
    except OSError:  # every file system says in words of its own that it has no links
        draft = to.with_name(f".{to.name}-{os.getpid()}")
        try:
            shutil.copyfile(path, draft)
            _sync(draft)
            replace(draft, to)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


def write_json(path: Path, data: object) -> None:
    """Write beside, then rename: never half a file."""
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    draft.write_text(json.dumps(data), encoding="utf-8")
    replace(draft, path)


def _entry(path: Path) -> str:
    """What identifies a file as the one that was written: a container's checksum covers its arrays,
    which it verifies itself."""
    return Container(path).checksum if path.suffix == ".bin" else _sha256(path)


def open_generation(folder: Path) -> tuple[Path, dict[str, Any], dict[str, Container], str]:
    """The current generation: its folder, manifest, containers by name, and the checksum of the
    manifest, through it of every byte.

    Raises :class:`IndexFolderError` when ``folder`` holds no index, one of another format version,
    or a damaged one; damage inside an array shows when the array is first used.
    """
    while True:
        if not is_index(folder):
            raise IndexFolderError(
                f"{folder} holds no index; make one with: build PATH --out {folder}"
            )
        pointed = read_pointer(folder)
        try:
            return _open(folder)
        except IndexFolderError:
            if pointed == read_pointer(folder):
                raise
            # Published twice since CURRENT was read: what it named is gone.


def _open(folder: Path) -> tuple[Path, dict[str, Any], dict[str, Container], str]:
    try:
        name, expected = (folder / CURRENT).read_text(encoding="utf-8").split()
        generation = folder / Path(name).name
        raw = (generation / MANIFEST).read_bytes()
        if hashlib.sha256(raw).hexdigest() != expected:
            raise DamagedFile(f"{MANIFEST} was changed")
        manifest = json.loads(raw)
        if manifest["format"] != FORMAT:
            raise IndexFolderError(
                f"{folder} was written in format {manifest['format']}, this version reads "
                f"{FORMAT}; build it again."
            )
        containers = {}
        for file, entry in manifest["files"].items():
            path = generation / file
            if path.suffix == ".bin":
                containers[path.stem] = Container(path)
                if containers[path.stem].checksum != entry:
                    raise DamagedFile(f"{file} is another file")
            elif _sha256(path) != entry:
                raise DamagedFile(f"{file} was changed")
    except IndexFolderError:
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexFolderError(f"{folder} is a damaged index ({error}); build it again.") from error
    return generation, manifest, containers, expected


def read_pointer(folder: Path) -> tuple[str, str]:
    """Name and fingerprint of the current generation; empty where there is none."""
    try:
        name, fingerprint = (folder / CURRENT).read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return "", ""
    return name, fingerprint


def _next_number(folder: Path) -> int:
    return max((int(name.removeprefix("gen-")) for name in _generations(folder)), default=0) + 1


def _generations(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.glob("gen-*") if p.is_dir())


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Flush a file, or (where the system can) the names in a folder, to the disk."""
    if path.is_dir():
        # Windows and some network drives can't: there a rename is on the disk by itself.
        with contextlib.suppress(OSError):
            _sync_opened(path, os.O_RDONLY)
        return
    _sync_opened(path, os.O_RDWR)  # Windows syncs only what was opened to be written to


def _sync_opened(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
