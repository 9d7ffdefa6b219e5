"""The index folder: immutable generations, checksummed, published by one atomic rename.

``DIR/CURRENT`` names the generation and the checksum of its manifest; the manifest names every
file. A new generation is written beside the old one (files that both have are linked, not copied),
so a reader sees old or new, never half. No pickle; what a byte was when it was written is verified
before it is used.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dashboard.index.container import Container, DamagedFile

FORMAT = 3
CURRENT = "CURRENT"
MANIFEST = "manifest.json"


class IndexFolderError(ValueError):
    """The folder is no index, or a damaged or foreign one; the message says what to do."""


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
    return path.name.startswith((".draft-", f".{CURRENT}-", "gen-", ".build", ".lock"))


def publish(folder: Path, files: Mapping[str, Path], facts: Mapping[str, Any]) -> None:
    """Make ``files`` (name → where it is now, on the same disk) and ``facts`` the current
    generation. The one before is kept for readers that have it open, older ones go. Raises
    OSError; the index is then as it was."""
    _remove_leftovers(folder)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder))
    try:
        for name, path in files.items():
            link(path, draft / name)
        entries = {name: _entry(draft / name) for name in sorted(files)}
        manifest = json.dumps(
            {"format": FORMAT, **facts, "files": entries}, indent=1, sort_keys=True
        )
        (draft / MANIFEST).write_text(manifest, encoding="utf-8")
        _sync(draft / MANIFEST)
        old, before = _generations(folder), _current(folder)
        name = _rename(draft, folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    pointer = folder / f".{CURRENT}-{os.getpid()}"
    pointer.write_text(f"{name} {hashlib.sha256(manifest.encode()).hexdigest()}\n")
    _sync(pointer)
    os.replace(pointer, folder / CURRENT)
    for gone in old:
        if gone != before:
            shutil.rmtree(folder / gone, ignore_errors=True)


def link(path: Path, to: Path) -> None:
    """Make ``to`` the same file as ``path``, or a copy where the file system has no links; a
    ``to`` that is there already stays."""
    try:
        os.link(path, to)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EXDEV, errno.EMLINK, errno.EOPNOTSUPP):
            raise
        draft = to.with_name(f".{to.name}-{os.getpid()}")
        shutil.copyfile(path, draft)
        _sync(draft)
        os.replace(draft, to)


def _entry(path: Path) -> str:
    """What tells that a file is the one that was written: a container says it of its arrays, which
    it verifies itself."""
    return Container(path).checksum if path.suffix == ".bin" else _sha256(path)


def open_generation(folder: Path) -> tuple[Path, dict[str, Any], dict[str, Container], str]:
    """The current generation: its folder, manifest, containers by name, and the checksum of the
    manifest, through it of every byte.

    Raises :class:`IndexFolderError` when ``folder`` holds no index, one of another format version,
    or a damaged one; damage inside an array shows when the array is first used.
    """
    if not is_index(folder):
        raise IndexFolderError(f"{folder} holds no index; make one with: build PATH --out {folder}")
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


def _current(folder: Path) -> str:
    try:
        return (folder / CURRENT).read_text(encoding="utf-8").split()[0]
    except (OSError, ValueError, IndexError):
        return ""


def _remove_leftovers(folder: Path) -> None:
    """Drafts of builds that were killed an hour ago or more; a younger one may be at work."""
    for path in (*folder.glob(".draft-*"), *folder.glob(f".{CURRENT}-*")):
        if path.stat().st_mtime < time.time() - 3_600:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()


def _rename(draft: Path, folder: Path) -> str:
    """Rename ``draft`` to the next free generation; two builders at once get different ones."""
    number = 0
    while True:
        old = _generations(folder)
        number = max(number, int(old[-1].removeprefix("gen-")) if old else 0) + 1
        try:
            draft.rename(folder / f"gen-{number:06d}")
        except FileExistsError:
            continue
        except OSError as error:
            if error.errno != errno.ENOTEMPTY:
                raise
            continue
        return f"gen-{number:06d}"


def _generations(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.glob("gen-*") if p.is_dir())


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb") as handle:
        os.fsync(handle.fileno())
