"""The working folder: what was done for the same build stays, and only one build is at work."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from dashboard.index.storage.folder import IndexFolderError
from dashboard.index.storage.workspace import locked, workspace


def leave(out: Path, spec: str, name: str, error: BaseException) -> set[str]:
    """Names in the working folder when a build of ``spec`` begins, which writes ``name`` and is
    cut off by ``error``."""
    there: set[str] = set()

    def begin() -> None:
        with workspace(out, spec, 0) as work:
            there.update(p.name for p in work.iterdir())
            (work / name).touch()
            raise error

    with pytest.raises(type(error)):
        begin()
    return there


def test_the_same_build_goes_on_another_begins_anew(tmp_path: Path) -> None:
    assert leave(tmp_path, "a", "one", KeyboardInterrupt()) == set()
    assert leave(tmp_path, "a", "two", OSError(errno.EIO, "Input/output error")) == {"one"}
    assert leave(tmp_path, "b", "three", KeyboardInterrupt()) == set()
    with workspace(tmp_path, "b", 0) as work:
        assert (work / "three").exists()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_says_how_much_is_needed(tmp_path: Path) -> None:
    with (
        pytest.raises(IndexFolderError, match=r"needs about 10 GB in all, .* are free"),
        workspace(tmp_path, "a", 2 * 10**9),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert (tmp_path / ".build").is_dir()  # to go on from


def test_one_build_has_the_lock(tmp_path: Path) -> None:
    with locked(tmp_path / "x"):
        with pytest.raises(IndexFolderError, match="Another build"), locked(tmp_path / "x"):
            pass
        with locked(tmp_path / "y"):
            pass
    with pytest.raises(ZeroDivisionError), locked(tmp_path / "x"):
        raise ZeroDivisionError
    with locked(tmp_path / "x"):
        pass


def test_what_is_no_index_is_not_locked(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").touch()
    with pytest.raises(IndexFolderError, match="not empty"), locked(tmp_path):
        pass
    with pytest.raises(IndexFolderError, match="is a file"), locked(tmp_path / "photo.jpg"):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["photo.jpg"]
