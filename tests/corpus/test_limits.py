"""Limits of memory and time, and the process that keeps to them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.corpus import limits
from dashboard.corpus.article import UNKNOWN, Field
from dashboard.corpus.files.parts import Part
from dashboard.corpus.importing import messages
from dashboard.corpus.importing import process as worker
from dashboard.corpus.importing.process import FileReader
from dashboard.corpus.importing.read import read_corpus
from dashboard.corpus.readers.registry import Reading, Record, RefusedFile
from dashboard.corpus.report import Problem
from dashboard.wording import bytes_in_words
from tests.corpus.files.test_archive import zipped

ROOT = Path(__file__).resolve().parents[2]
BODY = "The council voted on Tuesday to fund a new bridge across the river after months of debate."
posix = pytest.mark.skipif(os.name != "posix", reason="no such limits on this system")


def test_settings_change_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "host_memory", lambda: 2**40)
    assert limits.reader_limits().memory_bytes == 2_200 * 10**6
    assert limits.seconds_for(0) == 60
    assert limits.seconds_for(100 * 1024**2) == 600
    monkeypatch.setenv("NEWSPRISM_READER_MB", "300")
    monkeypatch.setenv("NEWSPRISM_BUILD_MB", "nonsense")
    monkeypatch.setenv("NEWSPRISM_READER_SECONDS", "7")
    assert limits.reader_limits().memory_bytes == 300 * 10**6
    assert limits.build_limits().memory_bytes == 6_500 * 10**6
    assert limits.seconds_for(0) == 7
    assert "300 MB" in limits.needs_memory()
    assert bytes_in_words(1_500_000_000) == "1.5 GB"


def imitate(
    monkeypatch: pytest.MonkeyPatch, folder: Path, groups: str, files: dict[str, str]
) -> None:
    """Control groups as these files say; the machine itself has 64 GB."""
    (folder / "cgroup").write_text(groups)
    for name, text in files.items():
        path = folder / "fs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(limits, "_GROUPS", folder / "cgroup")
    monkeypatch.setattr(limits, "_CONTROL", folder / "fs")
    numbers = {"SC_PHYS_PAGES": 16 * 1024**2, "SC_PAGE_SIZE": 4096}
    monkeypatch.setattr(limits.os, "sysconf", numbers.__getitem__)


GB = 1024**3


@pytest.mark.parametrize(
    ("groups", "files", "bytes_"),
    [
        # Version 2: the group itself, one around it, none, a mount that begins in the container.
        ("0::/a/b", {"a/b/memory.max": f"{GB}\n"}, GB),
        ("0::/a/b", {"a/b/memory.max": "max\n", "a/memory.max": f"{2 * GB}"}, 2 * GB),
        ("0::/a/b", {"a/b/memory.max": f"{3 * GB}", "memory.max": f"{2 * GB}"}, 2 * GB),
        ("0::/", {"memory.max": "max"}, 64 * GB),
        ("0::/../../gone", {"memory.max": f"{GB}"}, GB),
        # Version 1, whose number for "no limit" is larger than any machine.
        ("5:cpu:/x\n4:memory:/x", {"memory/x/memory.limit_in_bytes": f"{GB}"}, GB),
        ("4:cpu,memory:/x", {"memory/memory.limit_in_bytes": f"{GB}"}, GB),
        ("4:memory:/", {"memory/memory.limit_in_bytes": "9223372036854771712"}, 64 * GB),
        # Both, and files that say nothing.
        ("4:memory:/x\n0::/", {"memory/x/memory.limit_in_bytes": f"{GB}", "memory.max": "7x"}, GB),
        ("nonsense\n::\n1:name=systemd:/", {}, 64 * GB),
        ("", {}, 64 * GB),
    ],
)  # fmt: skip
def test_the_host_has_what_its_control_groups_leave(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, groups: str, files: dict[str, str], bytes_: int
) -> None:
    imitate(monkeypatch, tmp_path, groups, files)
    assert limits.host_memory() == bytes_


def test_a_small_host_has_small_limits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    imitate(monkeypatch, tmp_path, "0::/", {"memory.max": f"{GB}"})
    assert limits.builds_at_once() == 1
    assert limits.build_limits().memory_bytes == 805 * 10**6
    assert limits.reader_limits().memory_bytes == 536 * 10**6
    assert "536 MB" in limits.needs_memory()
    monkeypatch.setenv("NEWSPRISM_BUILD_MB", "700")
    assert limits.build_limits().memory_bytes == 700 * 10**6
    for host, builds in [(2 * GB, 1), (3 * GB, 2), (8 * GB, 2)]:
        monkeypatch.delenv("NEWSPRISM_BUILD_MB", raising=False)
        (tmp_path / "fs/memory.max").write_text(str(host))
        assert limits.builds_at_once() == builds
        assert builds * limits.build_limits().memory_bytes <= host - 500 * 10**6


def test_a_system_that_says_nothing_has_the_usual_limits(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(limits, "_GROUPS", tmp_path / "none")
    monkeypatch.delattr(limits.os, "sysconf")
    assert limits.builds_at_once() == 2
    assert limits.build_limits().memory_bytes == 6_500 * 10**6


@posix
def test_a_limited_process_gets_no_more(tmp_path: Path) -> None:
    code = (
        "import resource, sys, types\n"
        "package = types.ModuleType('dashboard')\n"
        f"package.__path__ = [{str(ROOT / 'dashboard')!r}]\n"
        "sys.modules['dashboard'] = package\n"
        "from dashboard.corpus.limits import limit_process, write_up_to\n"
        "limit_process(300 * 10**6, 100); limit_process(10**12, 10**6); write_up_to(0)\n"
        "assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)\n"
        "assert resource.getrlimit(resource.RLIMIT_CPU)[1] == 100\n"
        "try: bytearray(400 * 1024**2)\n"
        "except MemoryError: print('memory')\n"
        "try:\n"
        "    with open(sys.argv[1], 'wb') as stream: stream.write(b'x')\n"
        "except OSError: print('file')\n"
    )
    result = subprocess.run(
        [sys.executable, "-B", "-c", code, tmp_path / "x"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.split() == ["memory", "file"]


def test_everything_survives_the_way_between_the_processes() -> None:
    record = Record(
        "a.csv", 3, "text \ud800\n", "t", folder="f", date_field=Field("2024-01-01", "stated"),
        fields={"title": Field("t", "inferred", "e", 4, "m")}, cleaned=True,
    )  # fmt: skip
    assert record.date_field is not UNKNOWN
    reading = Reading(
        "csv", [record, Record("a.csv", 4, "x")], 2, [Problem(1, "c", "r", "m")], "utf-8"
    )
    reading.columns, reading.samples = {"text": "body"}, {"text": ["a", "b"]}
    for part in (
        Part("a.zip/a.csv", "a.csv", reading),
        Part("a.zip/metadata.csv", "metadata.csv", metadata=bytes(range(256))),
    ):
        assert messages.load(messages.dump(part)) == part
    refused = Part("a", refused=RefusedFile("reason", "remedy", "csv"), unread=3)
    back = messages.load(messages.dump(refused))
    assert vars(back.refused) == vars(refused.refused)
    assert back.unread == 3
    for each in reading.records:
        line = messages.dump_record(each)
        assert line.count(b"\n") == 1
        assert messages.load_record(line) == each
    # The plain record is by far the most frequent: nothing is made of its date.
    assert messages.load_record(messages.dump_record(Record("a", 1, "x"))).date_field is UNKNOWN


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader of .eml files that does what the first word of the file's body says."""
    start = (
        "from dashboard.corpus.readers.mail import archives as mail\n"
        "import os, time\n"
        "def read(data, file, folder=''):\n"
        "    if b'kill' in data: os.kill(os.getpid(), 9)\n"
        "    if b'abort' in data: os.abort()\n"
        "    if b'segfault' in data: os.kill(os.getpid(), 11)\n"
        "    if b'sleep' in data: time.sleep(600)\n"
        "    if b'memory' in data: bytearray(10**13)\n"
        "    if b'raise' in data: raise KeyError('x')\n"
        "    if b'loud' in data: print('noise', flush=True); os.write(1, b'noise')\n"
        "    return normal(data, file, folder)\n"
        "normal, mail.read_eml = mail.read_eml, read\n"
        "from dashboard.corpus.importing.process import serve\n"
    )
    first, last = worker._START.split("from dashboard.corpus.importing.process import serve;")
    monkeypatch.setattr(
        worker, "_START", first.replace("; ", "\n").replace(";", "\n") + start + last
    )


def letter(word: str) -> bytes:
    return (
        "From: Jo <jo@example.org>\nDate: Mon, 1 Jan 2024 00:00:00 +0000\nReceived: x\n"
        f"Message-ID: <{word}@x>\nSubject: {word}\n\n{word} {BODY}\n"
    ).encode()


@posix
@pytest.mark.usefixtures("hostile")
def test_a_hostile_file_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Little time for the one that never ends, and for the others more than they need.
    monkeypatch.setattr(worker, "seconds_for", lambda size: 2.0 if size > 2_000 else 300.0)
    words = ["kill", "abort", "segfault", "sleep", "memory", "raise", "loud", "good"]
    for word in words:
        (tmp_path / f"{word}.eml").write_bytes(letter(word))
    (tmp_path / "sleep.eml").write_bytes(letter("sleep") + b"." * 2_000)
    corpus = read_corpus([tmp_path])
    reasons = {file.file: file.problems[0].reason for file in corpus.report.files if file.problems}
    kept = {article.file for article in corpus.articles}
    assert kept == {"good.eml", "loud.eml"}
    for word in ("kill", "abort", "memory"):
        assert "memory" in reasons[f"{word}.eml"]
    assert "longer than 2 seconds" in reasons["sleep.eml"]
    assert "failed" in reasons["segfault.eml"]
    assert "KeyError" in reasons["raise.eml"]


@posix
@pytest.mark.usefixtures("hostile")
def test_a_hostile_member_costs_only_itself(tmp_path: Path) -> None:
    words = ["a-good", "b-kill", "c-good", "d-segfault", "e-good"]
    path = tmp_path / "drop.zip"
    path.write_bytes(zipped({f"{word}.eml": letter(word) for word in words}))
    corpus = read_corpus([path])
    assert [article.file for article in corpus.articles] == [
        "drop.zip/a-good.eml",
        "drop.zip/c-good.eml",
        "drop.zip/e-good.eml",
    ]
    (entry,) = corpus.report.files
    assert [problem.reason.partition(":")[0] for problem in entry.problems] == [
        "b-kill.eml",
        "d-segfault.eml",
    ]
    path.write_bytes(zipped({f"kill{i}.eml": letter("kill") for i in range(9)}))
    (entry,) = read_corpus([path]).report.files
    assert len(entry.problems) == worker._MOST_DEATHS + 1
    assert "the rest of the archive" in entry.problems[-1].reason


def test_without_processes_files_are_read_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError("no processes")

    monkeypatch.setattr(worker.subprocess, "Popen", refuse)
    path = tmp_path / "drop.zip"
    path.write_bytes(zipped({"a.txt": BODY.encode()}))
    with FileReader() as reader:
        for _ in range(2):
            lines: list[bytes] = []
            (part,) = reader.read(path, "drop.zip", "", lines.append)
            assert part.reading is not None
            assert messages.load_record(b"".join(lines)).text == BODY


@posix
def test_the_process_ends_with_its_reader(tmp_path: Path) -> None:
    path = tmp_path / "drop.zip"
    path.write_bytes(zipped({"a.txt": BODY.encode()}))
    with FileReader() as reader:
        list(reader.read(path, "drop.zip", "", len))
        process = reader._process
        assert process is not None
        assert process.poll() is None
    assert process.returncode is not None
