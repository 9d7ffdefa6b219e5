"""One corpus built by a loop, a pool and Dask clusters, one of which loses its workers: time,
processor time of all processes, and hashes, which must be the same."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dashboard.corpus.importing import spool
from dashboard.formats.tables import render_table
from dashboard.index.building.build import build_index
from dashboard.index.building.executors import Run, pool_run, run_here
from dashboard.index.index import open_index
from dashboard.measures import TABLES
from dashboard.scope import Scope

ENGINES = ["loop", "2 processes", "4 processes", "Dask, 2 workers", "Dask, 3 workers killed"]


def build(engine: str, file: Path, out: Path) -> None:
    """Build, and print hashes and topics as JSON."""
    name, _, rest = engine.partition(", ")
    if name == "Dask":
        build_on_dask(int(rest.split()[0]), "killed" in rest, file, out)
    else:
        build_index([file], out, run=run_here if name == "loop" else pool_run(int(name.split()[0])))
    index = open_index(out)
    index.check()
    tables = hashlib.sha256()
    for name, table in TABLES.items():
        tables.update(name.encode() + render_table(table(index, Scope()), "csv"))
    print(
        json.dumps(
            {
                "segments": len(index.segments),
                "index": index.index_id,
                **index.manifest["hashes"],
                "tables": tables.hexdigest()[:16],
                "topics": [[t.label, t.n_passages] for t in index.cut().topics],
            }
        )
    )


def build_on_dask(n_workers: int, kill: bool, file: Path, out: Path) -> None:
    from distributed import LocalCluster

    from dashboard.index.building.distributed import cluster_run

    with LocalCluster(
        n_workers=n_workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=50,
    ) as cluster:
        run = cluster_run(cluster.scheduler_address)
        build_index([file], out, run=killing(cluster, run) if kill else run)


def killing(cluster: Any, run: Run) -> Run:
    """The same, but worker 0 is killed after the first segment is read, worker 1 after half of
    them, worker 2 after the first is counted."""

    def killed(stage: Callable[..., str], tasks: Sequence[tuple[Any, ...]]) -> Iterator[str]:
        victims = {1: 0, max(2, len(tasks) // 2): 1} if "read" in stage.__name__ else {1: 2}
        for number, name in enumerate(run(stage, tasks), 1):
            if number in victims:
                os.kill(cluster.workers[victims[number]].pid, signal.SIGKILL)
            yield name

    return killed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--records", type=int, default=256, help="articles a batch; two a segment")
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    spool.BATCH_RECORDS = given.records
    if given.engine:
        build(given.engine, given.file, given.out)
        return
    print(f"{'engine':<24}{'seconds':>9}{'CPU s':>8}  words, phrases, articles, tables")
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for engine in ENGINES:
            command = [sys.executable, __file__, str(given.file), "--records", str(given.records)]
            command += ["--engine", engine, "--out", str(Path(folder) / engine)]
            began = time.monotonic()
            child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            assert child.stdout
            said = child.stdout.read()
            _, status, used = os.wait4(child.pid, 0)  # with all processes that it waited for
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode:
                sys.exit(f"{engine} failed")
            results.append(json.loads(said.splitlines()[-1]))
            hashes = " ".join(results[-1][n] for n in ("words", "phrases", "articles", "tables"))
            seconds = time.monotonic() - began
            print(
                f"{engine:<24}{seconds:>9.1f}{used.ru_utime + used.ru_stime:>8.1f}  {hashes}",
                flush=True,
            )
    same = all(result == results[0] for result in results)
    print(f"{results[0]['segments']} segments; {'all the same' if same else 'NOT THE SAME'}")
    sys.exit(not same)


if __name__ == "__main__":
    main()
