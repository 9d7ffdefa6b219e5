"""Builds of users' corpora: child processes, a few at a time, watched by what they write."""

from __future__ import annotations

import subprocess
import threading
from dataclasses import dataclass
from typing import Literal

from dashboard.corpus.limits import builds_at_once
from dashboard.index.building.progress import read_status
from dashboard.index.storage.folder import is_index
from dashboard.index.storage.workspace import STATUS
from dashboard.library.corpora import UserCorpus
from dashboard.library.indexes import build_command, update_command

_running: dict[str, subprocess.Popen[bytes]] = {}
_lock = threading.RLock()  # every visitor's session polls from a thread of its own


@dataclass(frozen=True)
class JobStatus:
    """``ready``: the index is there. ``running``, ``waiting``: ``text`` is the stage, ``share`` of
    the build is done (0 to 1). ``updating``: the same while layers are added to an index, by an
    update or the end of its build; it can be read meanwhile. ``failed``: ``text`` is the message
    for the user. ``none``: nothing was built yet."""

    state: Literal["none", "waiting", "running", "updating", "failed", "ready"]
    text: str = ""
    share: float = 0.0


_UPDATE = "update"  # what the file ``wanted`` says where layers alone are to be made


def start_build(corpus: UserCorpus) -> None:
    """Build (again) in a child process; it waits when others are being built."""
    with _lock:
        stop_build(corpus)
        _want(corpus, "")


def start_update(corpus: UserCorpus) -> None:
    """Make the layers that its index lacks, in a child process that waits like a build. Where a
    build or an update is going or waiting already, that one goes on."""
    with _lock:
        if not (corpus.folder / "wanted").exists():
            _want(corpus, _UPDATE)


def _want(corpus: UserCorpus, what: str) -> None:
    (corpus.folder / "failed").unlink(missing_ok=True)
    (corpus.folder / "wanted").write_text(what, "utf-8")
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
        if process.returncode:
            (corpus.folder / "failed").write_text(_why(corpus, process.returncode), "utf-8")
        (corpus.folder / "wanted").unlink(missing_ok=True)
    if (corpus.folder / "wanted").exists():
        if corpus.token not in _running:
            _start_waiting(corpus)
        updates = _is_update(corpus)
        if corpus.token in _running:
            said = read_status(corpus.index / STATUS)
            text, share = (said.describe(), said.share) if said else ("starting", 0.0)
            updates = updates or (said is not None and said.can_open)
            return JobStatus("updating" if updates else "running", text, share)
        text = "waiting for other corpora to finish"
        return JobStatus("updating" if updates else "waiting", text)
    if (corpus.folder / "failed").exists():
        return JobStatus("failed", (corpus.folder / "failed").read_text("utf-8"))
    return JobStatus("ready" if is_index(corpus.index) else "none")


def _start_waiting(corpus: UserCorpus) -> None:
    busy = sum(process.poll() is None for process in _running.values())
    if busy >= builds_at_once():
        return
    (corpus.index / STATUS).unlink(missing_ok=True)  # of a build that was stopped
    if _is_update(corpus):
        command, environment = update_command(corpus.index, limited=True)
    else:
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


def _is_update(corpus: UserCorpus) -> bool:
    return (corpus.folder / "wanted").read_text("utf-8") == _UPDATE


def _why(corpus: UserCorpus, code: int) -> str:
    """Why the build or update failed, for the user."""
    if _is_update(corpus):
        return "The index could not be brought up to date. Read the articles again."
    if code == 2:
        return _last_line(corpus).removeprefix("newsprism: ")
    if code < 0:  # the system ended it
        return (
            "The articles could not be read within the limits on time and memory. "
            "Try fewer or smaller files."
        )
    return (
        "Reading the articles stopped unexpectedly. Read them again; if that doesn’t help, whoever "
        "runs this dashboard finds the reason in the log of this corpus."
    )


def _last_line(corpus: UserCorpus) -> str:
    try:
        log = (corpus.folder / "build.log").read_text("utf-8", "replace")
    except OSError:
        return ""
    return (log.strip().splitlines() or [""])[-1]
