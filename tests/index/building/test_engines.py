"""The same index, byte for byte, whoever does the work and wherever: one process, a pool, a Dask
cluster, one that loses its workers; any order of files, time zone, locale and hash seed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard.cli import main
from dashboard.corpus.importing import spool
from dashboard.formats.tables import render_table
from dashboard.index.building import build
from dashboard.index.building.build import build_index
from dashboard.index.building.executors import Run, RunError, pool_run, run_here
from dashboard.index.index import Index, open_index
from dashboard.index.storage.container import Container
from dashboard.measures import TABLES
from dashboard.scope import Scope
from tests.index.building.test_change import write_rows
from tests.needs import meet

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Built:
    """An index, and all tables of it as the command line writes them."""

    index: Index
    tables: dict[str, bytes]

    @classmethod
    def at(cls, folder: Path) -> Built:
        index = open_index(folder)
        index.check()
        tables = {
            name: render_table(table(index, scope), "csv")
            for name, table in TABLES.items()
            for scope in (Scope(),)
        }
        return cls(index, tables)


@pytest.fixture(scope="module", autouse=True)
def _small_segments() -> Iterator[None]:
    # Segments are cut where the build was started: no worker needs to know.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "BATCH_RECORDS", 8)
        patch.setattr(build, "BATCHES_A_SEGMENT", 1)
        patch.setenv("NEWSPRISM_ENGINE", "numpy")  # in new processes, which then start sooner
        yield


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("files")
    return [write_rows(folder / f"{n}.csv", range(20 * n, 20 * n + 24)) for n in range(3)]


@pytest.fixture(scope="module")
def reference(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Built:
    out = tmp_path_factory.mktemp("reference") / "x"
    build_index(files, out, run=run_here)
    built = Built.at(out)
    assert len(built.index.segments) == 8
    assert len(built.index.cut().topics) > 1
    return built


def assert_same(built: Built, reference: Built) -> None:
    one, other = built.index, reference.index
    assert one.manifest["hashes"] == other.manifest["hashes"]
    assert one.index_id == other.index_id
    assert [t.label for t in one.cut().topics] == [t.label for t in other.cut().topics]
    components = [Container(i.folder / "topics.bin")["components"] for i in (one, other)]
    assert np.allclose(*components, rtol=0, atol=1e-6)
    for name, table in reference.tables.items():
        assert built.tables[name] == table, name


def test_a_pool(files: list[Path], reference: Built, tmp_path: Path) -> None:
    build_index(files, tmp_path / "x", run=pool_run(3))
    assert_same(Built.at(tmp_path / "x"), reference)


def test_any_order_of_files(files: list[Path], reference: Built, tmp_path: Path) -> None:
    for number, order in enumerate(([2, 0, 1], [1, 0, 2, 1])):
        build_index([files[i] for i in order], tmp_path / str(number))
        assert_same(Built.at(tmp_path / str(number)), reference)


def test_any_time_zone_locale_and_hash_seed(
    files: list[Path], reference: Built, tmp_path: Path
) -> None:
    settings = [
        {"TZ": "Pacific/Auckland", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"},
        {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    ]
    outs = [tmp_path / "naïve folder, 新", tmp_path / "x"]  # any path, too
    command = [sys.executable, "-m", "tests.index.driver", "build", *files, "--out"]
    children = [
        subprocess.Popen(
            [*command, out],
            env={**os.environ, "NEWSPRISM_ENGINE": "", **setting},
            cwd=ROOT,
            stderr=subprocess.PIPE,
        )
        for setting, out in zip(settings, outs, strict=True)
    ]
    for child, out in zip(children, outs, strict=True):
        _, said = child.communicate()
        assert child.returncode == 0, said.decode()
        assert_same(Built.at(out), reference)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Three workers, processes of their own that are started again when they are killed."""
    meet("dask")
    import dask
    import distributed

    with (
        # A worker that was killed is given up sooner.
        dask.config.set({"distributed.comm.timeouts.connect": "2s"}),
        distributed.LocalCluster(
            n_workers=3,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",  # any free port: a run beside this has its own
            silence_logs=50,
        ) as cluster,
    ):
        yield cluster


def on(cluster: Any) -> Run:
    from dashboard.index.building.distributed import cluster_run

    return cluster_run(cluster.scheduler_address)


def test_a_cluster(cluster: Any, files: list[Path], reference: Built, tmp_path: Path) -> None:
    build_index(files, tmp_path / "x", run=on(cluster))
    assert_same(Built.at(tmp_path / "x"), reference)


def test_a_cluster_that_loses_each_worker_once(
    cluster: Any, files: list[Path], reference: Built, tmp_path: Path
) -> None:
    """Killed with what they have done and are doing: Dask runs again what was finished, too."""
    wanted = {("read_segment", 1): 0, ("read_segment", 5): 1, ("count_segment", 3): 2}
    killed = []

    def run(stage: Callable[..., str], tasks: Sequence[tuple[Any, ...]]) -> Iterator[str]:
        for number, name in enumerate(on(cluster)(stage, tasks)):
            worker = wanted.get((stage.__name__, number))
            if worker is not None:
                killed.append(cluster.workers[worker].pid)
                os.kill(killed[-1], signal.SIGKILL)
            yield name

    build_index(files, tmp_path / "x", run=run)
    assert len(set(killed)) == 3
    assert_same(Built.at(tmp_path / "x"), reference)


def test_a_cluster_that_is_not_there_or_not_alike(
    cluster: Any, capfdbinary: pytest.CaptureFixture[bytes], files: list[Path], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def errors(address: str) -> str:
        arguments = ["build", *map(str, files), "--out", str(tmp_path / "x")]
        assert main([*arguments, "--scheduler", address]) == 2
        return capfdbinary.readouterr().err.decode().splitlines()[-1]

    from dashboard.index.building import distributed

    for address in ("nonsense", "tcp://127.0.0.1:1"):
        assert f"no Dask scheduler answers at {address}" in errors(address)
    assert not (tmp_path / "x").exists()
    monkeypatch.setattr(distributed, "code_id", lambda: "another")
    assert "another version" in errors(cluster.scheduler_address)


@pytest.mark.needs("dask")
def test_a_worker_that_does_not_see_the_folder(tmp_path: Path) -> None:
    from dashboard.index.building import distributed

    with pytest.raises(RunError, match="doesn't see"):
        distributed.work(distributed.code_id(), build.count_segment, (tmp_path / "no", "000000"))


def test_a_process_that_dies_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="was killed"):
        list(pool_run(2)(os._exit, [(1,), (1,)]))  # type: ignore[arg-type]


@pytest.mark.parametrize("lost", ["scheduler", "workers"])
def test_a_cluster_that_is_lost_is_named(
    lost: str, cluster: Any, files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError

    from dashboard.index.building import distributed

    def answers(*_: Any, **__: Any) -> Iterator[Any]:
        raise (
            FutureCancelledError("work-1", "connection lost")
            if lost == "scheduler"
            else KilledWorker("work-1", None, 3)
        )
        yield

    monkeypatch.setattr(distributed, "as_completed", answers)
    with pytest.raises(RunError, match=rf"(?i){lost}.* lost"):
        build_index(files, tmp_path / "x", run=on(cluster))
