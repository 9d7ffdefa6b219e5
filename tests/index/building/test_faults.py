"""Builds that are killed, stopped, or run out of room: the index is old or new, whole, always."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.cli import main
from dashboard.corpus.importing import spool
from dashboard.index.building import build
from dashboard.index.building.build import build_index
from dashboard.index.building.change import add_articles, delete_articles, find_topics_anew
from dashboard.index.building.progress import BuildStatus, Say
from dashboard.index.index import Index, open_index
from dashboard.index.storage import folder as store
from dashboard.index.storage import workspace
from dashboard.index.storage.folder import IndexFolderError
from dashboard.measures import TABLES
from dashboard.scope import Scope
from tests.index.building.test_change import write_rows
from tests.needs import meet

ROOT = Path(__file__).resolve().parents[3]
DRIVER = [sys.executable, "-m", "tests.index.driver"]
#: A process that does little starts sooner: nothing to compile, one thread.
LIGHT = {"NEWSPRISM_ENGINE": "numpy", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@pytest.fixture(scope="module", autouse=True)
def _small_segments() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "BATCH_RECORDS", 8)
        patch.setattr(build, "BATCHES_A_SEGMENT", 1)
        yield


def facts(folder: Path) -> tuple[dict[str, str], list[str]]:
    """What tells the index apart, every byte of it verified."""
    index = open_index(folder)
    index.check()
    return index.manifest["hashes"], [*TABLES["articles"](index, Scope())["title"]]


def trials() -> Iterator[Callable[..., tuple[int, int]]]:
    with subprocess.Popen(
        DRIVER, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, env={**os.environ, **LIGHT},
    ) as driver:  # fmt: skip
        assert driver.stdin
        assert driver.stdout
        stdin, stdout = driver.stdin, driver.stdout

        def trial(folder: Path, arguments: list[Any], number: int) -> tuple[int, int]:
            stdin.write(json.dumps([str(folder), list(map(str, arguments)), number]) + "\n")
            stdin.flush()
            code, events = json.loads(stdout.readline())
            return code, events

        yield trial
        stdin.close()


@pytest.fixture(scope="module")
def trial() -> Iterator[Callable[..., tuple[int, int]]]:
    """Exit code and number of events of a command that kills itself at one of them."""
    yield from trials()


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="counts a child's events: Linux")
@pytest.mark.parametrize("change", ["build", "add", "delete", "refit"])
def test_a_build_that_is_killed_leaves_old_or_new(
    change: str, trial: Callable[..., tuple[int, int]], tmp_path: Path
) -> None:
    """By SIGKILL, before any time that it touches the folder: at the first, at seeded random ones,
    and at the last ones, where it publishes, adds a layer and cleans up."""
    first = write_rows(tmp_path / "a.csv", range(16))
    second = write_rows(tmp_path / "b.csv", range(12, 28))
    out, old = tmp_path / "x", tmp_path / "old"
    build_index([first], old, clean="never")
    gone = str(open_index(old).article_rows([3])["article_id"][0])
    arguments = {
        "build": ["build", first, second, "--clean", "never", "--out", out],
        "add": ["build", second, "--add", "--clean", "never", "--out", out],
        "delete": ["build", "--delete", gone, "--out", out],
        "refit": ["build", "--refit", "--out", out],
    }[change]

    def start() -> None:
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(old, out)

    start()
    code, n_events = trial(out, arguments, 0)
    assert code == 0
    states = {"old": facts(old), "new": facts(out)}
    files = sorted(p.name for p in out.iterdir())
    assert n_events > 30
    rng = random.Random(change)
    late = range(n_events - 12, n_events + 1, 4)
    seen = []
    for number in sorted(
        {1, *rng.sample(range(2, n_events - 12), 4 if change == "build" else 1), *late}
    ):
        start()
        code, _ = trial(out, arguments, number)
        assert code == -signal.SIGKILL
        now = facts(out)
        assert now in states.values(), number
        seen.append("new" if now == states["new"] else "old")
        if change != "delete" or seen[-1] == "old":
            assert trial(out, arguments, 0)[0] == 0, number
        assert facts(out) == states["new"], number
        # Nothing is left of the build that was killed.
        if change != "delete" or seen[-1] == "old":
            assert len(list(out.iterdir())) == len(files), number
    assert seen == sorted(seen, key=["old", "new"].index)  # it becomes new once
    if change != "refit":
        assert states["old"] != states["new"]
        assert set(seen) == {"old", "new"}


def test_a_work_folder_that_is_half_deleted_is_not_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_rows(tmp_path / "a.csv", range(24))
    build_index([path], tmp_path / "x")
    monkeypatch.setattr(workspace, "remove_tree", _delete_some)
    with pytest.raises(KeyboardInterrupt):
        build_index([path], tmp_path / "x")
    monkeypatch.undo()
    assert list((tmp_path / "x" / ".build").rglob("spool.json"))
    build_index([path], tmp_path / "x")
    facts(tmp_path / "x")


def _delete_some(folder: Path) -> None:
    for path in folder.rglob("*.bin"):
        path.unlink()
    raise KeyboardInterrupt


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize(
    ("number", "whole_group"),
    [(signal.SIGINT, True), (signal.SIGTERM, False)],
    ids=["Ctrl-C", "SIGTERM"],
)
def test_a_pool_ends_with_its_build(
    number: signal.Signals, whole_group: bool, tmp_path: Path
) -> None:
    first = write_rows(tmp_path / "a.csv", range(16))
    out = tmp_path / "x"
    build_index([first], out, clean="never")
    before = facts(out)
    second = write_rows(tmp_path / "b.csv", range(32))
    child = subprocess.Popen(
        [*DRIVER, "build", second, "--out", out, "--workers", "2"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        env={**os.environ, **LIGHT, "WAIT_IN": "reading articles"},
    )  # fmt: skip
    assert child.stdout
    assert child.stdout.readline() == b"waiting\n"
    assert len(members(child.pid)) >= 3
    os.killpg(child.pid, number) if whole_group else os.kill(child.pid, number)
    _, said = child.communicate()  # which ends when the last of them has closed it
    while members(child.pid):
        time.sleep(0.01)  # a zombie is left for a moment
    if number == signal.SIGINT:
        assert child.returncode == 2
        assert said.decode().splitlines()[-1].endswith("the index is as it was last written")
        assert b"Traceback" not in said
    else:
        assert child.returncode == -number
    assert facts(out) == before
    assert main(["build", str(second), "--out", str(out)]) == 0  # and there is no lock
    assert len(facts(out)[1]) == 32


def members(group: int) -> list[int]:
    """Processes of a process group."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, of = path.read_text().rpartition(")")[2].split()[:3]
            if int(of) == group and state != "Z":
                found.append(int(path.parent.name))
    return found


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a file system in memory, by options."""
    meet("small-disk")
    mounted = []

    def mount(options: str) -> Path:
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        subprocess.run(command, check=True)
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk(
    small_disk: Callable[[str], Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = small_disk("size=2m") / "x"
    build_index([write_rows(tmp_path / "a.csv", range(8))], out, clean="never")
    before, files = facts(out), sorted(out.iterdir())
    large = write_rows(tmp_path / "b.csv", range(700))
    capfd.readouterr()
    assert main(["build", str(large), "--out", str(out)]) == 2
    said = capfd.readouterr()
    assert said.out == ""
    message = said.err.splitlines()[-1]
    assert re.search(r"full: this build needs about [\d,]+ MB in all", message), message
    assert "Traceback" not in said.err
    assert facts(out) == before
    # A smaller build takes the place of the one that found no room, and there is an end of it.
    assert main(["build", str(write_rows(tmp_path / "c.csv", range(12))), "--out", str(out)]) == 0
    assert len(facts(out)[1]) == 12
    assert len(list(out.iterdir())) == len(files) + 1  # two generations


@pytest.mark.parametrize("room", range(0, 90_000, 15_000))
def test_a_disk_that_fills_up_while_it_publishes(
    room: int, small_disk: Callable[[str], Path], tmp_path: Path
) -> None:
    """Whatever room is left when the last stage begins."""
    out = small_disk("size=3m") / "x"
    build_index([write_rows(tmp_path / "a.csv", range(8))], out, clean="never")
    before = facts(out)
    path = write_rows(tmp_path / "b.csv", range(16))
    say = filler(out.parent, room)
    with contextlib.suppress(IndexFolderError):
        build_index([path], out, say, clean="never")
        assert room
    after = facts(out)
    assert len(after[1]) in (8, 16)
    assert (after == before) is (len(after[1]) == 8)
    (out.parent / "filler").unlink()
    build_index([path], out, clean="never")
    assert len(facts(out)[1]) == 16
    assert len(list(out.glob("gen-*"))) == 2


def filler(disk: Path, room: int) -> Say:
    def say(status: BuildStatus) -> None:
        if status.stage.startswith("writing"):
            free = shutil.disk_usage(disk).free
            (disk / "filler").write_bytes(bytes(max(0, free - room)))

    return say


def test_a_folder_that_can_not_be_written(
    small_disk: Callable[[str], Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    disk = small_disk("size=3m")
    path = write_rows(tmp_path / "a.csv", range(8))
    build_index([path], disk / "x")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert len(facts(disk / "x")[1]) == 8  # it is served
    for name in ("x", "new"):
        capfd.readouterr()
        assert main(["build", str(path), "--out", str(disk / name)]) == 2
        assert re.fullmatch(
            r"newsprism: .*disk0/\S+: Read-only file system\n", capfd.readouterr().err
        )


def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_link(*_: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    first = write_rows(tmp_path / "a.csv", range(16))
    build_index([first], tmp_path / "x", clean="never")
    monkeypatch.setattr(store.os, "link", no_link)
    add_articles([write_rows(tmp_path / "b.csv", range(12, 24))], tmp_path / "x", clean="never")
    find_topics_anew(tmp_path / "x")
    gone = open_index(tmp_path / "x").article_rows([0])["article_id"][0]
    delete_articles(tmp_path / "x", [gone])
    assert len(facts(tmp_path / "x")[1]) == 23


def test_no_change_is_lost_when_two_come_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One opens the index, another publishes, and then the first comes to the lock: it starts from
    what the other made."""
    out = tmp_path / "x"
    build_index([write_rows(tmp_path / "a.csv", range(8))], out, clean="never")
    second = write_rows(tmp_path / "b.csv", range(8, 16))
    third = write_rows(tmp_path / "c.csv", range(16, 24))

    def meanwhile(folder: Path) -> Index:
        index = open_index(folder)
        monkeypatch.undo()
        add_articles([second], out, clean="never")
        return index

    monkeypatch.setattr("dashboard.index.building.change.open_index", meanwhile)
    add_articles([third], out, clean="never")
    assert len(facts(out)[1]) == 24


def test_an_index_that_is_published_twice_while_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [write_rows(tmp_path / f"{n}.csv", range(8 * n, 8 * n + 8)) for n in range(3)]
    out = tmp_path / "x"
    build_index(paths[:1], out, clean="never")
    read = store.read_pointer
    pointed = read(out)

    def meanwhile(folder: Path) -> tuple[str, str]:
        monkeypatch.undo()
        for path in paths[1:]:
            add_articles([path], out, clean="never")
        return pointed

    monkeypatch.setattr(store, "read_pointer", meanwhile)
    assert open_index(out).n_articles == 24


def test_a_work_folder_of_another_version_is_not_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_rows(tmp_path / "a.csv", range(24))

    def stopped(stage: Any, tasks: Any) -> Iterator[str]:
        yield stage(*tasks[0])
        raise KeyboardInterrupt

    monkeypatch.setattr(workspace, "code_id", lambda: "another")
    with pytest.raises(KeyboardInterrupt):
        build_index([path], tmp_path / "x", run=stopped)
    monkeypatch.undo()
    read: list[str] = []

    def run(stage: Any, tasks: Any) -> Iterator[str]:
        for task in tasks:
            read.append(stage.__name__)
            yield stage(*task)

    build_index([path], tmp_path / "x", run=run)
    assert read.count("read_segment") == 3


def test_a_system_without_locks_and_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has neither module."""
    for name in ("fcntl", "resource"):
        monkeypatch.setitem(sys.modules, name, None)
    made = build_index([write_rows(tmp_path / "a.csv", range(8))], tmp_path / "x")["made"]
    assert made["cpu_seconds"] > 0
    assert len(facts(tmp_path / "x")[1]) == 8


def test_more_segments_than_a_process_may_have_files_open(tmp_path: Path) -> None:
    """The limit is raised as far as it may be: 15 segments are 30 files."""
    path = write_rows(tmp_path / "a.csv", range(120))
    code = (
        "import resource, sys; from tests.index import driver; "
        "resource.setrlimit(resource.RLIMIT_NOFILE, (30, 400)); sys.exit(driver.main())"
    )
    child = subprocess.run(
        [sys.executable, "-c", code, "build", path, "--out", tmp_path / "x"],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, **LIGHT},
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    assert len(open_index(tmp_path / "x").segments) == 15
