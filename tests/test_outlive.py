"""A build whose process is killed: one line, exit code 2; signals reach it; it ends with its
parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dashboard.corpus.readers import registry
from dashboard.corpus.record import OutOfMemory
from dashboard.index.storage.folder import is_index

ROOT = Path(__file__).resolve().parent.parent
#: Work that ends at the first Ctrl-C, and would say so of a second one.
STOPS = """try:
        time.sleep(600)
    except KeyboardInterrupt:
        time.sleep(.5)
        return 2
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the system ends nobody there")


def started(work: str) -> tuple[subprocess.Popen[str], int]:
    """A process that outlives another one, which has begun and does ``work``; and the child's
    number."""
    program = (
        "import os, signal, sys, time\n"
        # Ctrl-C is heard also where the tests run in the background of a shell.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from dashboard.commands.outlive import outlive\n"
        f"def work():\n    print(os.getpid(), flush=True)\n    {work}\n"
        "sys.exit(outlive(work))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    return process, int(process.stdout.readline())


def is_there(pid: int) -> bool:
    """Whether a process runs; one that nobody has asked after is none."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return said.rpartition(")")[2].split()[0] != "Z"


def end_of(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit code, and what was said."""
    _, said = process.communicate()
    return process.returncode, said


@pytest.mark.parametrize("code", [0, 1, 2])
def test_what_the_work_returns_is_returned(code: int) -> None:
    process, child = started(f"return {code}")
    assert child != process.pid
    assert end_of(process) == (code, "")


def test_a_killed_child_is_one_line_and_exit_code_2() -> None:
    process, child = started("time.sleep(600)")
    assert Path(f"/proc/{child}/oom_score_adj").read_text(encoding="ascii").strip() == "500"
    os.kill(child, signal.SIGKILL)
    code, said = end_of(process)
    assert code == 2
    (line,) = said.splitlines()
    assert line.startswith("newsprism: the system ended this build, most likely for want of memory")
    assert "The index is as it was" in line


@pytest.mark.parametrize("whole_group", [False, True])
def test_stopping_it_stops_the_child_once(whole_group: bool) -> None:
    process, child = started(STOPS)
    if whole_group:
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT)
    assert end_of(process) == (2, "")
    assert not is_there(child)
    process, child = started("time.sleep(600)")
    process.terminate()
    assert end_of(process)[0] == -signal.SIGTERM
    assert not is_there(child)


def test_the_child_ends_with_its_parent() -> None:
    process, child = started("time.sleep(600)")
    process.kill()
    assert end_of(process)[0] == -signal.SIGKILL
    while is_there(child):
        time.sleep(0.01)


def test_a_build_as_a_program_is_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A headline\n\nThe port is closed today.", encoding="utf-8")
    command = [sys.executable, "-m", "dashboard", "build", "--out", str(tmp_path / "index")]
    built = subprocess.run([*command, str(tmp_path / "a.txt")], cwd=ROOT, check=False)
    assert built.returncode == 0
    assert is_index(tmp_path / "index")
    wrong = subprocess.run(
        [*command, str(tmp_path / "none")], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert wrong.returncode == 2
    assert len(wrong.stderr.splitlines()) == 1


def test_a_library_that_finds_no_memory_is_not_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_: object) -> None:
        raise ImportError("libarrow.so: failed to map segment from shared object")

    monkeypatch.setattr(registry.importlib, "import_module", no_room)
    with pytest.raises(OutOfMemory, match="needs more memory than the") as caught:
        registry.read_data(b"PAR1 PAR1", "news.parquet", "")
    assert "requirements" not in str(caught.value)
