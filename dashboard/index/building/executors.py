"""Running a stage over segments: one after the other, or in a pool of processes.

A ``Run`` takes a stage function, the arguments of each task, and yields what each task returns as
it is done. Stage functions are pure and idempotent, so that a task that is lost can be run again;
what they make depends on the corpus only, never on the run. ``distributed`` supplies a run on a
Dask cluster.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from dashboard.errors import NewsprismError

Run = Callable[[Callable[..., str], Sequence[tuple[Any, ...]]], Iterator[str]]


class RunError(NewsprismError):
    """The processes or workers could not finish; the message says what to do. What is done stays,
    and the next build goes on from there."""


def run_here(stage: Callable[..., str], tasks: Sequence[tuple[Any, ...]]) -> Iterator[str]:
    """One task after the other, in this process."""
    for task in tasks:
        yield stage(*task)


def pool_run(n_workers: int) -> Run:
    """A run on that many processes of this machine; they end with it, however it ends. Raises
    :class:`RunError` when one of them is killed."""

    def run(stage: Callable[..., str], tasks: Sequence[tuple[Any, ...]]) -> Iterator[str]:
        if len(tasks) < 2:
            yield from run_here(stage, tasks)
            return
        # Not by fork: threads of numerical libraries don't survive it.
        context = multiprocessing.get_context("spawn")
        stopped, stop = context.Pipe(duplex=False)
        n = min(n_workers, len(tasks))
        with stopped, stop, ProcessPoolExecutor(n, context, _become_worker, (stopped,)) as pool:
            with _without_interrupts():  # who is being born would say a traceback
                futures = [pool.submit(stage, *task) for task in tasks]
            try:
                for future in as_completed(futures):
                    yield future.result()
            except BrokenProcessPool as error:
                raise RunError(
                    "A process of the build was killed, perhaps for want of memory. Build again, "
                    "with fewer --workers: it goes on where it stopped."
                ) from error
            except BaseException:
                stop.close()  # nobody waits for what is half done: it is done again
                raise

    return run


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C waits until after this; processes started meanwhile never hear of it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _become_worker(stopped: Connection) -> None:
    """Leave Ctrl-C to the parent, and end when its end of the pipe is closed or the parent dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wait() -> None:
        stopped.poll(None)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
