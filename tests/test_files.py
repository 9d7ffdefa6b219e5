"""Files in use, locks, and removing what resists."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dashboard import files

ROOT = Path(__file__).resolve().parents[1]


def test_a_file_in_use_for_a_moment_is_replaced_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, refusals = files.os.replace, iter([1, 2, 3])

    def busy(path: Path, to: Path) -> None:
        if next(refusals, None):
            raise PermissionError
        original(path, to)

    monkeypatch.setattr(files.os, "replace", busy)
    monkeypatch.setattr(files.time, "sleep", lambda _: None)
    (tmp_path / "a").write_text("new")
    (tmp_path / "b").write_text("old")
    files.replace(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "new"


def test_what_could_not_be_removed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "x"
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "held").write_text("")
    (folder / "free").write_text("")
    original = files.os.unlink

    def held(path: str, **options: int) -> None:
        if str(path).endswith("held"):
            raise PermissionError
        original(path, **options)

    monkeypatch.setattr(files.os, "unlink", held)
    assert files.remove_tree(folder) == [folder / "in" / "held"]
    monkeypatch.undo()
    assert files.remove_tree(folder) == []
    assert not folder.exists()
    assert files.remove_tree(folder) == []


def test_a_lock_is_free_when_its_process_is_gone(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom dashboard import files\n"
        "handle = Path(sys.argv[1]).open('w')\nprint(files.lock(handle), flush=True)\ninput()"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "lock")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        with (tmp_path / "lock").open("w") as handle:
            assert not files.lock(handle)
            other.communicate("\n")
            assert files.lock(handle)
