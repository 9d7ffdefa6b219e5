"""Running a stage over segments: one after the other, or in a pool of processes.

A ``Run`` takes a stage function, the arguments of each task, and yields what each task returns as
it is done. Stage functions are pure and idempotent, so that a task that is lost can be run again;
what they make depends on the corpus only, never on the run. ``distributed`` supplies a run on a
Dask cluster.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any

Run = Callable[[Callable[..., str], Sequence[tuple[Any, ...]]], Iterator[str]]


def run_here(stage: Callable[..., str], tasks: Sequence[tuple[Any, ...]]) -> Iterator[str]:
    """One task after the other, in this process."""
    for task in tasks:
        yield stage(*task)


def pool_run(n_workers: int) -> Run:
    """A run on that many processes of this machine. A worker that dies ends the build: what is
    done stays, and the next build goes on from there."""

    def run(stage: Callable[..., str], tasks: Sequence[tuple[Any, ...]]) -> Iterator[str]:
        if len(tasks) < 2:
            yield from run_here(stage, tasks)
            return
        # Not by fork: threads of numerical libraries don't survive it.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(min(n_workers, len(tasks)), mp_context=context) as pool:
            futures = [pool.submit(stage, *task) for task in tasks]
            try:
                for future in as_completed(futures):
                    yield future.result()
            finally:
                for future in futures:
                    future.cancel()

    return run
