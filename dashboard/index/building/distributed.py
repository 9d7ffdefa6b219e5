"""A run on a Dask cluster that exists already; the only module that imports Dask.

The workers must see the folder that is built in under the same path, and have this package in the
same version. Over the wire go the name of a stage function, paths and short strings, never text.
Tasks are idempotent and never overwrite their input, so that Dask may run again what a lost worker
did, finished tasks too.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

from distributed import Client, KilledWorker, as_completed
from distributed.comm.addressing import get_address_host_port

from dashboard.index.building.executors import Run, RunError
from dashboard.places import code_id

ATTEMPTS = 5  # a task that fails, for want of memory say, is given to others so often
_PATIENCE = 10.0  # seconds, for the scheduler and the first worker


def cluster_run(scheduler: str) -> Run:
    """A run on the cluster of that address, such as ``tcp://10.0.0.5:8786``. Raises
    :class:`RunError` when nothing answers there; the run does when no worker comes within ten
    seconds, when one has other code or doesn't see the folder, and when a task's workers were lost
    too often (Dask's ``allowed-failures``)."""
    try:  # before files are read for it
        host, port = get_address_host_port(scheduler, strict=True)
        socket.create_connection((host, port), _PATIENCE).close()
    except (OSError, ValueError) as error:
        raise RunError(
            f"no Dask scheduler answers at {scheduler} ({error}); its address is such as "
            "tcp://10.0.0.5:8786"
        ) from error

    def run(stage: Callable[..., str], tasks: Sequence[tuple[Any, ...]]) -> Iterator[str]:
        if not tasks:
            return
        with Client(  # type: ignore[no-untyped-call, unused-ignore]
            scheduler, timeout=_PATIENCE, set_as_default=False
        ) as client:
            try:
                client.wait_for_workers(1, timeout=_PATIENCE)
            except TimeoutError as error:
                raise RunError(f"The cluster at {scheduler} has no worker; start one.") from error
            futures = [
                client.submit(work, code_id(), stage, task, pure=False, retries=ATTEMPTS)
                for task in tasks
            ]
            try:
                for future in as_completed(futures, loop=client.loop):  # type: ignore[no-untyped-call, unused-ignore]
                    yield future.result()
            except CancelledError as error:
                raise RunError(
                    f"The scheduler at {scheduler} was lost. Start it and its workers, then build "
                    "again: it goes on where it stopped."
                ) from error
            except KilledWorker as error:
                raise RunError(
                    f"Workers of {scheduler} were lost too often, perhaps for want of memory. "
                    "Build again, with fewer threads a worker: it goes on where it stopped."
                ) from error
            finally:
                client.cancel(futures)

    return run


def work(code: str, stage: Callable[..., str], task: Sequence[Any]) -> str:
    """On a worker: the stage, if it would do there what it does at the client's."""
    if code_id() != code:
        raise RunError(
            f"The worker on {socket.gethostname()} has another version of this package; install "
            "the same one everywhere and start the workers again."
        )
    for path in (part for part in task if isinstance(part, Path)):
        folder = path.parent if path.suffix else path  # a file may yet have to be written
        if not folder.is_dir():
            raise RunError(
                f"The worker on {socket.gethostname()} doesn't see {folder}; build in a folder "
                "that all machines share under one path."
            )
    return stage(*task)
