"""Progress: the last word is in a file, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.index.building import progress
from dashboard.index.building.progress import BuildStatus, Progress, read_status


def test_the_file_says_what_was_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    told: list[BuildStatus] = []
    tell = Progress(told.append, tmp_path / "status.json")
    tell.stage("reading articles", 0.5)
    assert read_status(tmp_path / "status.json") == BuildStatus("reading articles", 0.0)
    now += 10
    tell.step(1, 4, n_bytes=20_000_000)
    status = read_status(tmp_path / "status.json")
    assert status == BuildStatus("reading articles", 0.125, 1, 4, 2.0, 30.0)
    tell.step(2, 4)  # too soon to say
    tell.stage("counting", 1.0)
    assert list(tell.over("ab", 2)) == ["a", "b"]
    assert read_status(tmp_path / "status.json") == BuildStatus("counting", 1.0, 2, 2)
    assert [said.describe() for said in told] == [
        "reading articles", "reading articles · 1 of 4 · 2.0 MB/s · 30 s left",
        "counting", "counting · 2 of 2",
    ]  # fmt: skip
    assert [p.name for p in tmp_path.iterdir()] == ["status.json"]


def test_a_part_is_taken_for_as_much_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    told: list[BuildStatus] = []
    tell = Progress(told.append)
    tell.n_bytes = 40_000_000
    tell.stage("counting", 1.0)
    now += 2
    tell.step(2, 4)
    assert told[-1].describe() == "counting · 2 of 4 · 10 MB/s · 2 s left"


def test_half_a_file_is_no_status(tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    assert read_status(path) is None
    Progress(None, path).stage("counting", 1.0)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert read_status(path) is None
    for other in (b"\xff", b"[]", b"1", b"{}", json.dumps({"stage": "a", "more": 1}).encode()):
        path.write_bytes(other)
        assert read_status(path) is None
