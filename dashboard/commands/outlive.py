"""A build in a child process, so that somebody is left to say that the system ended it.

Where memory runs out, Linux ends a process without a word (SIGKILL): no exception can say it. The
one that waits has loaded nothing, takes 4 MB, and is not the one that is chosen.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

_ENDED = (
    "the system ended this build, most likely for want of memory ({} in all); read fewer articles "
    "at a time (build --add), or give it more. The index is as it was last written"
)
_LIKELY = "500"  # of 1,000: the system rather ends a build than the dashboard that waits for it
_PR_SET_PDEATHSIG = 1


def can_outlive() -> bool:
    """On Linux, and before there are threads, which a fork leaves behind."""
    return sys.platform == "linux" and threading.active_count() == 1


def outlive(work: Callable[[], int]) -> int:
    """Return what ``work`` returns, which a child does, or 2 with one line where that is killed.

    In the child it returns as well. Signals to end or to pause go on to the child, which is in a
    group of its own: what a terminal sends to all comes once. However this process ends, so does
    the child.
    """
    passed_on = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGTSTP, signal.SIGCHLD}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, passed_on)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    parent = os.getpid()
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        _end_with(parent)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return work()
    while True:
        number = signal.sigwait(passed_on)
        if number == signal.SIGTSTP:
            os.kill(child, signal.SIGSTOP)
            os.kill(parent, signal.SIGSTOP)  # here it stays until it goes on
            os.kill(child, signal.SIGCONT)
        elif number != signal.SIGCHLD:
            os.kill(child, number)
        elif (ended := os.waitpid(child, os.WNOHANG))[0]:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            return _code(ended[1])


def _end_with(parent: int) -> None:
    """Let this process be killed when ``parent`` ends, and before others when memory runs out."""
    first_to_end()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def first_to_end() -> None:
    """Where memory runs out, let Linux end this process, and those it starts, before others."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_LIKELY, encoding="ascii")


def _code(status: int) -> int:
    """The exit code for a child's; a signal that ended it ends this process too, but for the one
    that memory is defended by."""
    if not os.WIFSIGNALED(status):
        return os.WEXITSTATUS(status)
    number = os.WTERMSIG(status)
    if number != signal.SIGKILL:
        with contextlib.suppress(OSError):  # some can't be set
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    from dashboard.corpus.limits import host_memory
    from dashboard.wording import bytes_in_words

    print("newsprism: " + _ENDED.format(bytes_in_words(host_memory())), file=sys.stderr)
    return 2
