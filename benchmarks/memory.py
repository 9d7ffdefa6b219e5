"""Memory of a build, stage by stage, and of a dashboard that builds what its first reader opens.

    python benchmarks/memory.py FILE [--python OTHER] [--only build] [--sessions 10] [--group DIR]

FILE is what ``python -m dashboard build`` reads. Counted is the anonymous memory of all processes
of the tree together, what they share once, looked at ten times a second: what a machine can't take
back, as it does with pages of files. Printed is the most of it in each stage, and of each process
then. First the command line builds FILE; then ``streamlit run app.py -- FILE`` begins without an
index, one session opens all pages while it is built, and at its end ``--sessions`` sessions open
them at once. ``--python``: another interpreter for both, such as that of an environment without
numba. ``--group``: a folder of control groups (version 1 or 2) that both are put into; how often
they met its limit is printed.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.sessions import Reader, Server, opened, serving  # noqa: E402

PAGES = (
    "overview", "brief", "stories", "articles", "concordance", "sources", "topics", "voices",
    "names", "figures", "trends", "timeline", "corpus",
)  # fmt: skip
EVERY = 0.1  # seconds between looks
#: What a group says of its limit, in either version.
FACTS = ("memory.failcnt", "memory.oom_control", "memory.events", "memory.max_usage_in_bytes")


def tree(pid: int) -> list[int]:
    """A process and all that it has started."""
    try:
        own = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        for thread in Path(f"/proc/{pid}/task").iterdir():
            if thread.name != str(pid):
                own += (thread / "children").read_text(encoding="ascii").split()
    except OSError:
        own = []
    return [pid, *(each for child in own for each in tree(int(child)))]


def anonymous(pid: int) -> float:
    """MB of a process that are not pages of files; of what several share its part."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:  # it has ended
        return 0.0
    found = re.search(r"Pss_Anon:\s+(\d+)", text)
    return int(found[1]) * 1024 / 1e6 if found else 0.0


class Watch(threading.Thread):
    """The most that the tree of ``pid`` holds in each ``stage``, and each process then."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.stage = pid, "starting"
        self.peaks: dict[str, list[float]] = {}
        self.seconds: dict[str, float] = defaultdict(float)
        self._ended = threading.Event()

    def run(self) -> None:
        before = time.monotonic()
        while not self._ended.wait(EVERY):
            stage, now = self.stage, time.monotonic()
            self.seconds[stage] += now - before
            before = now
            held = [mb for mb in map(anonymous, tree(self.pid)) if mb]
            if sum(held) > sum(self.peaks.get(stage, [])):
                self.peaks[stage] = held

    def end(self, title: str) -> None:
        """Print the table."""
        self._ended.set()
        self.join()
        print(f"\n{title}\n{'MB':>6}{'s':>6}  of each process")
        for stage, held in self.peaks.items():
            each = " + ".join(f"{mb:.0f}" for mb in held)
            print(f"{sum(held):6.0f}{self.seconds[stage]:6.0f}  {each:20}  {stage}")
        print(f"{max(map(sum, self.peaks.values()), default=0):6.0f}  at most", flush=True)


def inside(group: Path | None) -> list[str]:
    """A command that goes before another one, to put it into ``group``."""
    if group is None:
        return []
    return ["sh", "-c", f'echo $$ > "{group}/cgroup.procs"; exec "$@"', "sh"]


def build(file: Path, folder: Path, python: str, before: Sequence[str]) -> int:
    """Build on the command line; its exit code."""
    command = [*before, python, "-m", "dashboard", "build", str(file)]
    command += ["--out", str(folder / "index")]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        watch = Watch(process.pid)
        watch.start()
        last = ""
        for line in process.stderr or ():
            last = line.strip()
            if re.match(r"(reading|numbering|finding|counting|writing) ", last):
                watch.stage = last[:60]
    watch.end(f"build, exit code {process.returncode}: {last}")
    return process.returncode


async def visit(server: Server, watch: Watch | None = None, when: str = "") -> Reader:
    """One reader opens each page, and stays at the last."""
    for page in PAGES:
        if watch is not None:
            watch.stage = f"{when}{page}"
        reader = await opened(server, page)
        await asyncio.sleep(1)  # what is drawn by itself, later
        if page != PAGES[-1]:
            await reader.socket.close()
    return reader


async def together(server: Server, sessions: int) -> None:
    """So many readers at once, who stay until all have seen all pages."""
    for reader in await asyncio.gather(*(visit(server) for _ in range(sessions))):
        await reader.socket.close()


def dashboard(file: Path, folder: Path, python: str, before: Sequence[str], sessions: int) -> None:
    """A dashboard that has no index yet."""
    cache = folder / "cache"
    cache.mkdir()
    with serving(
        ROOT / "app.py", str(file), folder=ROOT, cache=cache, python=python, before=before
    ) as server:
        watch = Watch(server.process.pid)
        watch.start()
        time.sleep(3)
        try:
            asyncio.run(visit(server, watch, "building, "))
            while len(tree(server.process.pid)) > 1:
                watch.stage = "the build goes on"
                time.sleep(1)
            watch.stage = "built"
            time.sleep(3)
            asyncio.run(visit(server, watch))
            watch.stage = f"{sessions} sessions"
            asyncio.run(together(server, sessions))
        except OSError as error:
            said = (cache / "log.txt").read_text(encoding="utf-8").splitlines()[-5:]
            print(
                f"the server is gone, exit code {server.process.wait(9)}: {error}", *said, sep="\n"
            )
        watch.end(f"dashboard and its build, {len(PAGES)} pages")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--only", choices=["build", "dashboard"])
    parser.add_argument("--sessions", type=int, default=10)
    parser.add_argument("--group", type=Path)
    wanted = parser.parse_args(arguments)
    file, before = wanted.file.resolve(), inside(wanted.group)
    with tempfile.TemporaryDirectory(prefix="memory-") as name:
        if wanted.only != "dashboard":
            build(file, Path(name), wanted.python, before)
        if wanted.only != "build":
            dashboard(file, Path(name), wanted.python, before, wanted.sessions)
    for fact in FACTS if wanted.group else ():
        if (wanted.group / fact).exists():
            said = (wanted.group / fact).read_text(encoding="ascii").split()
            print(fact, *said)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
