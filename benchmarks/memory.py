"""What memory a build holds, stage by stage.

    python benchmarks/memory.py FILE [--python PYTHON]

``python -m dashboard build FILE`` runs with the interpreter named (one of an environment without
numba, say), into a folder of its own. Twice a second the memory of its processes that no file
stands behind is added up (Linux's ``Pss_Anon``; elsewhere the resident memory). Printed: of each
stage the largest sum, and what each process had of it, in MB.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Thread

import psutil

ROOT = Path(__file__).resolve().parent.parent
EVERY = 0.5  # seconds
_PROPORTIONAL = re.compile(r"^Pss_Anon:\s+(\d+) kB", re.MULTILINE)


def held(process: psutil.Process) -> float:
    """MB of a process that only it has."""
    try:
        written = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii")
        found = _PROPORTIONAL.search(written)
        return int(found[1]) / 1000 if found else 0.0
    except OSError:
        return float(process.memory_info().rss) / 1e6


def held_by_all(process: psutil.Process) -> list[float]:
    """MB of a process and of each that it started."""
    try:
        return [held(each) for each in (process, *process.children(recursive=True))]
    except psutil.NoSuchProcess:
        return [0.0]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--python", default=sys.executable)
    options = parser.parse_args()
    stage, most = ["starting"], dict[str, list[float]]()

    def follow(lines: object) -> None:
        for line in lines:  # type: ignore[attr-defined]
            stage[0] = re.split(r" · | in /", line)[0].strip() or stage[0]

    with tempfile.TemporaryDirectory(prefix="memory-") as folder:
        command = [options.python, "-m", "dashboard", "build", str(options.file.resolve())]
        build = subprocess.Popen(
            [*command, "--out", f"{folder}/index"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        Thread(target=follow, args=(build.stderr,), daemon=True).start()
        process = psutil.Process(build.pid)
        while build.poll() is None:
            now = held_by_all(process)
            if sum(now) > sum(most.get(stage[0], [0.0])):
                most[stage[0]] = now
            time.sleep(EVERY)
    for name, each in most.items():
        parts = " + ".join(f"{mb:.0f}" for mb in each)
        print(f"{sum(each):6,.0f} MB  {name}  ({parts})")
    raise SystemExit(build.returncode)


if __name__ == "__main__":
    main()
