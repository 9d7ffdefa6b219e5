"""Builds of users' corpora: child processes, a few at a time, watched by what they write."""

from __future__ import annotations

import subprocess
import threading
from dataclasses import dataclass
from typing import Literal

from dashboard.index.building.progress import read_status
from dashboard.index.storage.folder import is_index
from dashboard.index.storage.workspace import STATUS
from dashboard.library.corpora import UserCorpus
from dashboard.library.indexes import build_command

MOST_AT_ONCE = 2
_running: dict[str, subprocess.Popen[bytes]] = {}
_lock = threading.RLock()  # every visitor's session polls from a thread of its own


@dataclass(frozen=True)
class JobStatus:
    """``ready``: the index is there. ``running``, ``waiting``: ``text`` is the stage, ``share`` of
    the build is done (0 to 1). ``failed``: ``text`` is the message for the user. ``none``: nothing
    was built yet."""

    state: Literal["none", "waiting", "running", "failed", "ready"]
    text: str = ""
    share: float = 0.0


_STARTING = JobStatus("running", "starting")


def start_build(corpus: UserCorpus) -> None:
    """Build (again) in a child process; it waits when others are being built."""
    with _lock:
        (corpus.folder / "failed").unlink(missing_ok=True)
        stop_build(corpus)
        (corpus.folder / "wanted").touch()
        _start_waiting(corpus)


def stop_build(corpus: UserCorpus) -> None:
    """End a running build; the index stays as it was."""
    with _lock:
        (corpus.folder / "wanted").unlink(missing_ok=True)
        process = _running.pop(corpus.token, None)
    if process is not None and process.poll() is None:
        process.terminate()
        process.wait()


def build_status(corpus: UserCorpus) -> JobStatus:
    """Where the corpus stands; starts what waits when there is room."""
    with _lock:
        return _status(corpus)


def _status(corpus: UserCorpus) -> JobStatus:
    process = _running.get(corpus.token)
    if process is not None and process.poll() is not None:
        del _running[corpus.token]
        (corpus.folder / "wanted").unlink(missing_ok=True)
        if process.returncode:
            (corpus.folder / "failed").write_text(
                _last_line(corpus).removeprefix("newsprism: ")
                if process.returncode == 2
                else "The articles could not be read within the limits on time and memory. "
                "Try fewer or smaller files.",
                "utf-8",
            )
    if (corpus.folder / "wanted").exists():
        if corpus.token not in _running:
            _start_waiting(corpus)
        if corpus.token in _running:
            said = read_status(corpus.index / STATUS)
            return JobStatus("running", said.describe(), said.share) if said else _STARTING
        return JobStatus("waiting", "waiting for other corpora to finish")
    if (corpus.folder / "failed").exists():
        return JobStatus("failed", (corpus.folder / "failed").read_text("utf-8"))
    return JobStatus("ready" if is_index(corpus.index) else "none")


def _start_waiting(corpus: UserCorpus) -> None:
    busy = sum(process.poll() is None for process in _running.values())
    if busy >= MOST_AT_ONCE:
        return
    (corpus.index / STATUS).unlink(missing_ok=True)  # of a build that was stopped
    command, environment = build_command(
        [corpus.folder / "files"],
        corpus.index,
        corrections=corpus.corrections,
        mapping=corpus.settings.get("mapping") or {},
        limited=True,
    )
    with (corpus.folder / "build.log").open("wb") as log:
        _running[corpus.token] = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
        )


def _last_line(corpus: UserCorpus) -> str:
    try:
        log = (corpus.folder / "build.log").read_text("utf-8", "replace")
    except OSError:
        return ""
    return (log.strip().splitlines() or [""])[-1]
