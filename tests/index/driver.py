"""The command line, few refits, tiny segments; it can be told to kill itself, or to stop and wait.

``python -m tests.index.driver build …``, with ``WAIT_IN=stage`` in the environment: the build
sleeps after the first part of that stage, when the pool has its workers.

``python -m tests.index.driver`` alone reads a list of trials as JSON from standard input, one a
line: ``[folder, arguments, n]``. For each it forks, so that nothing is imported again, and the
child runs the command and kills itself by SIGKILL just before the n-th time it opens, renames,
links or removes something in that folder (0: never). It prints exit code and number of such events.
"""

from __future__ import annotations

import json
import math
import os
import signal
import sys
import time
from typing import Any

from dashboard import cli
from dashboard.corpus.importing import spool
from dashboard.corpus.parsing.language import detect_languages
from dashboard.index.building import build, change, progress  # noqa: F401  (before the forks)
from dashboard.index.building.progress import Progress
from tests.index.refits import use_few_refits

EVENTS = {"open", "os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir"}


def wait_in(stage: str) -> None:
    step = Progress.step

    def stepped(self: Progress, *args: Any) -> None:
        step(self, *args)
        if self._stage == stage:
            print("waiting", flush=True)
            time.sleep(600)

    Progress.step = stepped  # type: ignore[method-assign]


def die_at(number: int, folder: str, events: int) -> None:
    """Count events in ``folder``; the count goes to the file handle ``events`` as it grows."""
    seen = 0

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal seen
        if event in EVENTS and any(folder in str(a) for a in args[:2]):
            seen += 1
            os.pwrite(events, b"%9d" % seen, 0)
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def main() -> int:
    # What runs in the background of a shell has Ctrl-C switched off, and its children with it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    spool.BATCH_RECORDS, build.BATCHES_A_SEGMENT = 8, 1
    use_few_refits()
    progress._EVERY = math.inf  # a slow run touches the folder as often as a quick one
    if stage := os.environ.get("WAIT_IN"):
        wait_in(stage)
    if len(sys.argv) > 1:
        return cli.main()
    detect_languages(["A text, so that every child finds the language model loaded."])[0]
    for line in sys.stdin:
        folder, arguments, number = json.loads(line)
        events = os.memfd_create("events")
        child = os.fork()
        if child == 0:
            die_at(number, folder, events)
            os._exit(cli.main(arguments))
        _, status = os.waitpid(child, 0)
        seen = int(os.pread(events, 9, 0) or 0)
        print(json.dumps([os.waitstatus_to_exitcode(status), seen]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
