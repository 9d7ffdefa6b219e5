"""A run on a Dask cluster that exists already; the only module that imports Dask.

The workers must see the folder that is built in under the same path, and have this package. Tasks
are idempotent and never overwrite their input, so that Dask may run again what a lost worker did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from distributed import Client, as_completed

from dashboard.index.runs import Run

ATTEMPTS = 5  # a task whose worker is lost is given to others so often


def cluster_run(scheduler: str) -> Run:
    """A run on the cluster of that address, such as ``tcp://10.0.0.5:8786``. Raises OSError when
    no scheduler answers there within ten seconds."""

    def run(stage: Callable[..., str], tasks: Sequence[tuple[Any, ...]]) -> Iterator[str]:
        with Client(scheduler, timeout=10, set_as_default=False) as client:
            futures = [client.submit(stage, *task, pure=False, retries=ATTEMPTS) for task in tasks]
            for future in as_completed(futures):
                yield future.result()

    return run
