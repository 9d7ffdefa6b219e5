"""Where the app keeps its indexes: reused while nothing changed, never in the checkout."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from dashboard import places
from dashboard.index.building import build
from dashboard.index.building.build import build_index
from dashboard.index.building.progress import BuildStatus
from dashboard.index.index import open_index
from dashboard.index.storage.folder import IndexFolderError
from dashboard.library import indexes
from dashboard.library.indexes import (
    BuildError,
    BuildStopped,
    build_in_child,
    complete_index,
    ensure_index,
    ensure_layers,
    resume_index,
    stop_index,
)
from dashboard.places import cache_folder, input_id

TEXT = "Harbour strike\n\nDockers voted on Tuesday to go on with their strike, the union said.\n"


def test_the_setting_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path / "here"))
    assert cache_folder() == tmp_path / "here"


def test_where_nothing_can_be_written_it_is_temporary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("NEWSPRISM_CACHE", str(blocked / "a"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked / "b"))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(places.tempfile, "tempdir", str(tmp_path / "tmp"))
    places._temporary_folder.cache_clear()
    folder = cache_folder()
    assert folder == cache_folder()
    assert folder.parent == tmp_path / "tmp"
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.rmdir()
    folder.symlink_to(tmp_path)  # somebody else was first
    places._temporary_folder.cache_clear()
    other = cache_folder()
    assert other != folder
    assert other.stat().st_mode & 0o777 == 0o700
    places._temporary_folder.cache_clear()


def test_a_new_cache_folder_is_closed_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path / "here"))
    assert cache_folder().stat().st_mode & 0o777 == 0o700
    monkeypatch.delenv("NEWSPRISM_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    (tmp_path / "caches" / "newsprism").mkdir(parents=True, mode=0o755)  # of an older version
    assert cache_folder() == tmp_path / "caches" / "newsprism"
    assert cache_folder().stat().st_mode & 0o777 == 0o700


def test_the_name_follows_the_files(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text(TEXT)
    first = input_id([tmp_path])
    assert input_id([tmp_path]) == first
    text.write_text(TEXT + "More.")
    changed = input_id([tmp_path])
    assert changed != first
    (tmp_path / "metadata.csv").write_text("file,source\na.txt,Port News\n")
    assert input_id([tmp_path]) != changed
    assert input_id([text]) != input_id([tmp_path])


def test_an_index_is_built_once_and_again_when_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a.txt").write_text(TEXT)
    folder = ensure_index([tmp_path / "a.txt"])
    before = (folder / "CURRENT").stat().st_mtime_ns
    assert ensure_index([tmp_path / "a.txt"]) == folder
    assert (folder / "CURRENT").stat().st_mtime_ns == before
    os.truncate(next(folder.glob("gen-*/joint.bin")), 10)
    assert open_index(ensure_index([tmp_path / "a.txt"])).n_articles == 1


def test_an_index_opens_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a.txt").write_text(TEXT)
    made = tmp_path / "made"
    build_in_child([tmp_path / "a.txt"], made)
    assert ensure_index([made]) == made
    with pytest.raises(IndexFolderError, match=r"made is an index, and an index opens alone"):
        ensure_index([made, tmp_path / "a.txt"])
    os.truncate(next(made.glob("gen-*/joint.bin")), 10)
    before = sorted(path.name for path in made.rglob("*"))
    assert ensure_index([made]) == made  # the user's: never built over
    assert sorted(path.name for path in made.rglob("*")) == before
    assert not (tmp_path / "cache").exists()


def test_what_went_wrong_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path / "cache"))
    with pytest.raises(BuildError, match="no such file or folder"):
        ensure_index([tmp_path / "missing"])


def test_who_asks_for_an_index_hears_how_far_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    heard: list[str] = []
    folder = ensure_index([tmp_path / "a.txt"], lambda now: heard.append(now.describe()))
    assert heard
    assert open_index(folder).n_articles == 1
    heard.clear()
    assert ensure_index([tmp_path / "a.txt"], lambda now: heard.append(now.describe())) == folder
    assert not heard  # it is there


def test_a_build_outlives_the_visitor_who_asked_for_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")

    def leave(now: object) -> None:
        raise RuntimeError("the page is gone")

    with pytest.raises(RuntimeError, match="gone"):
        ensure_index([tmp_path / "a.txt"], leave)
    # The next visitor waits for the same build.
    assert open_index(ensure_index([tmp_path / "a.txt"])).n_articles == 1


def test_a_build_that_is_stopped_is_built_only_when_it_is_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path / "cache"))
    paths = [tmp_path / "a.txt"]
    paths[0].write_text(TEXT)
    wait = ([sys.executable, "-c", "import time; time.sleep(3600)"], dict(os.environ))
    monkeypatch.setattr(indexes, "build_command", lambda *_: wait)
    found: list[BaseException] = []

    def ask() -> None:
        with pytest.raises(BuildStopped) as raised:
            ensure_index(paths)
        found.append(raised.value)

    visitor = threading.Thread(target=ask)
    visitor.start()
    while cache_folder() / input_id(paths) not in indexes._children:
        assert visitor.is_alive()
        visitor.join(0.05)
    stop_index(paths)
    visitor.join()
    assert len(found) == 1
    ask()  # at once, without another build
    monkeypatch.undo()
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path / "cache"))
    resume_index(paths)
    assert open_index(ensure_index(paths)).n_articles == 1


#: A build of a little text as if it were much; it waits for a file before its slow layers.
SLOWLY = """
import sys, time
from pathlib import Path
from dashboard.index.building import build
text, out, go = map(Path, sys.argv[1:])
build.LARGE = 1
def say(status):
    while status.stage.startswith("finding timeline") and not go.exists():
        time.sleep(0.05)
build.build_index([text], out, say)
"""


def test_an_index_of_much_text_is_there_before_its_slow_layers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path / "cache"))
    text, go = tmp_path / "a.txt", tmp_path / "go"
    text.write_text(TEXT)
    out = cache_folder() / input_id([text])
    command = [sys.executable, "-c", SLOWLY, str(text), str(out), str(go)]
    child = (command, {**os.environ, "PYTHONPATH": str(places.PACKAGE.parent)})
    monkeypatch.setattr(indexes, "build_command", lambda *_: child)
    early = open_index(ensure_index([text]))
    assert "voices" in early.manifest["to_come"]
    complete_index(early)  # the build is at work: nothing to begin
    assert indexes._builds[out].is_alive()
    go.touch()
    ensure_layers([text])  # waits for that build
    late = open_index(out)
    assert late.manifest["to_come"] == []
    assert "voices" in late.layer_versions


def test_layers_that_an_ended_server_left_to_come_are_made_behind_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path / "cache"))
    text = tmp_path / "a.txt"
    text.write_text(TEXT)
    out = cache_folder() / input_id([text])

    def cut(status: BuildStatus) -> None:
        if status.stage.startswith("finding timeline"):
            raise KeyboardInterrupt

    monkeypatch.setattr(build, "LARGE", 1)
    with pytest.raises(KeyboardInterrupt):
        build_index([text], out, cut)
    early = open_index(ensure_index([text]))
    assert early.manifest["to_come"]
    complete_index(early)
    build_of_layers = indexes._builds[out]
    complete_index(early)
    assert indexes._builds[out] is build_of_layers  # once
    build_of_layers.join()
    assert open_index(out).manifest["to_come"] == []
