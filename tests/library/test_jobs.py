"""Builds of users' corpora: started once, stopped for good, failures said."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.corpus.limits import builds_at_once
from dashboard.index.building.progress import Progress
from dashboard.index.storage.workspace import STATUS, WORK
from dashboard.library import jobs
from dashboard.library.corpora import UserCorpus, create_corpus


class Process:
    """Stands for a child process."""

    def __init__(self, command: list[str], **kwargs: Any) -> None:
        self.command = command
        self.returncode: int | None = None
        started.append(self)

    def poll(self) -> int | None:
        return self.returncode

    def terminate(self) -> None:
        self.returncode = -15

    def wait(self) -> None:
        pass


started: list[Process] = []


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[UserCorpus]:
    monkeypatch.setenv("NEWSPRISM_CACHE", str(tmp_path))
    monkeypatch.setattr(subprocess, "Popen", Process)
    started.clear()
    jobs._running.clear()
    yield create_corpus("x")
    jobs._running.clear()


def test_many_visitors_start_one_build(corpus: UserCorpus) -> None:
    (corpus.folder / "wanted").touch()
    threads = [threading.Thread(target=jobs.build_status, args=(corpus,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(started) == 1


def test_stopped_is_stopped(corpus: UserCorpus) -> None:
    jobs.start_build(corpus)
    assert jobs.build_status(corpus).state == "running"
    jobs.stop_build(corpus)
    assert jobs.build_status(corpus).state == "none"
    assert len(started) == 1


def test_a_failure_is_said_and_a_new_build_forgets_it(corpus: UserCorpus) -> None:
    jobs.start_build(corpus)
    (corpus.folder / "build.log").write_text("reading\nnewsprism: no such column", "utf-8")
    started[0].returncode = 2
    assert jobs.build_status(corpus) == jobs.JobStatus("failed", "no such column")
    jobs.start_build(corpus)
    assert jobs.build_status(corpus).state == "running"
    started[1].returncode = -9
    assert "memory" in jobs.build_status(corpus).text


def test_how_far_it_is_is_what_the_build_wrote(corpus: UserCorpus) -> None:
    said = Progress(file=corpus.index / STATUS)
    (corpus.index / WORK).mkdir(parents=True)
    said.stage("reading files", 0.2)
    jobs.start_build(corpus)
    # What a build that was stopped wrote is not said of this one.
    assert jobs.build_status(corpus) == jobs.JobStatus("running", "starting")
    said.stage("counting", 0.8)
    said.step(4, 4)
    assert jobs.build_status(corpus) == jobs.JobStatus("running", "counting · 4 of 4", 0.8)


def test_others_wait(corpus: UserCorpus) -> None:
    others = [create_corpus(str(i)) for i in range(builds_at_once())]
    for other in others:
        jobs.start_build(other)
    jobs.start_build(corpus)
    assert jobs.build_status(corpus).state == "waiting"
    started[0].returncode = 0
    jobs.build_status(others[0])
    assert jobs.build_status(corpus).state == "running"


def test_an_update_adds_layers_and_leaves_the_index_open(corpus: UserCorpus) -> None:
    jobs.start_update(corpus)
    jobs.start_update(corpus)
    assert [process.command[-4:] for process in started] == [
        ["--out", str(corpus.index), "--update", "--limits"]
    ]
    assert jobs.build_status(corpus) == jobs.JobStatus("updating", "starting")
    started[0].returncode = 0
    assert jobs.build_status(corpus).state == "none"  # there is no index here to be ready
    jobs.start_build(corpus)
    assert "--update" not in started[1].command
    assert jobs.build_status(corpus).state == "running"
    jobs.start_update(corpus)
    assert len(started) == 2  # a build makes the layers too


def test_an_update_that_fails_says_no_folder(corpus: UserCorpus) -> None:
    jobs.start_update(corpus)
    (corpus.folder / "build.log").write_text(f"newsprism: {corpus.folder} is damaged", "utf-8")
    started[0].returncode = 2
    status = jobs.build_status(corpus)
    assert status.state == "failed"
    assert "could not be brought up to date" in status.text
    assert str(corpus.folder) not in status.text


def test_an_update_waits_its_turn(corpus: UserCorpus) -> None:
    for i in range(builds_at_once()):
        jobs.start_build(create_corpus(str(i)))
    jobs.start_update(corpus)
    assert jobs.build_status(corpus).state == "updating"
    assert len(started) == builds_at_once()


def test_a_build_whose_index_can_be_opened_only_adds_to_it(corpus: UserCorpus) -> None:
    jobs.start_build(corpus)
    (corpus.index / WORK).mkdir(parents=True)
    tell = Progress(None, corpus.index / STATUS)
    tell.stage("writing the index", 1.0)
    assert jobs.build_status(corpus).state == "running"
    tell.can_open = True
    tell.stage("finding voices", 1.0)
    status = jobs.build_status(corpus)
    assert (status.state, status.text) == ("updating", "finding voices")
    jobs.start_update(corpus)  # that build goes on with it
    assert len(started) == 1
