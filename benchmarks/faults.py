"""What becomes of an index whose builds are killed at random moments, and whose files lose bits."""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dashboard.formats.tables import render_table
from dashboard.index.building.progress import read_status
from dashboard.index.index import open_index
from dashboard.index.storage.container import DamagedFile
from dashboard.index.storage.folder import IndexFolderError
from dashboard.index.storage.workspace import STATUS
from dashboard.library.indexes import build_command
from dashboard.measures import TABLES
from dashboard.scope import Scope

START = 1.5  # seconds until a process that builds has begun


def start(file: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
    command, environment = build_command([file], out)
    return subprocess.Popen([*command, *options], env=environment, stderr=subprocess.PIPE)


def finish(file: Path, out: Path, *options: str) -> float:
    """Build to the end; seconds."""
    began = time.monotonic()
    child = start(file, out, *options)
    _, said = child.communicate()
    if child.returncode:
        sys.exit(said.decode())
    return time.monotonic() - began


def tables(folder: Path) -> dict[str, bytes]:
    index = open_index(folder)
    return {name: render_table(table(index, Scope()), "csv") for name, table in TABLES.items()}


def state(folder: Path) -> tuple[dict[str, str], int]:
    """Every byte verified."""
    index = open_index(folder)
    index.check()
    return index.manifest["hashes"], len(TABLES["articles"](index, Scope()))


def kill_builds(file: Path, folder: Path, n: int, every: int, rng: random.Random) -> None:
    """``n`` builds of ``file`` over an index, each killed at a random moment. Every second one
    begins anew; the others go on where the one before stopped, and are killed in the time that is
    left. Every so many moments the next build runs to its end instead."""
    small, out = folder / "old", folder / "x"
    finish(Path(__file__).resolve().parents[1] / "seeds", small)
    shutil.copytree(small, out)
    seconds = finish(file, out)
    states = {"old": state(small), "new": state(out)}
    found: Counter[str] = Counter()
    stages: Counter[str] = Counter()
    ended, done = 0, 0.0
    shutil.rmtree(out)
    shutil.copytree(small, out)
    for number in range(1, n + 1):
        if number % 2:
            shutil.rmtree(out / ".build", ignore_errors=True)
            done = 0.0
        moment = rng.uniform(0, seconds - done)
        (out / STATUS).unlink(missing_ok=True)
        child = start(file, out)
        time.sleep(moment)
        over = child.poll() is not None
        child.send_signal(signal.SIGKILL)
        child.communicate()
        found["ended before"] += over
        told = read_status(out / STATUS)
        stages["at its end" if over else told.stage if told else "before it began"] += 1
        done = min(done + max(moment - START, 0), seconds - START)
        now = state(out)
        found[next((name for name, s in states.items() if s == now), "NEITHER")] += 1
        if number % every == 0:
            print(f"{number} kills", file=sys.stderr, flush=True)
            finish(file, out)
            ended += state(out) == states["new"]
        if state(out) == states["new"]:
            shutil.rmtree(out)
            shutil.copytree(small, out)
            done = 0.0
    print(f"kill -9 at {n} random moments of a build of {seconds:.1f} s over another index:")
    print(f"  whole and old {found['old']}, whole and new {found['new']}, else {found['NEITHER']}")
    print(f"  ({found['ended before']} had ended before); the build after every {every}th gave")
    print(f"  the right hashes {ended} times of {n // every}")
    print("  killed while: " + ", ".join(f"{s} {k}" for s, k in stages.most_common()), flush=True)


def flip_bits(folder: Path, n: int, rng: random.Random) -> None:
    """Single bits over all files: each first, then by size."""
    good = tables(folder)
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.stat().st_size)
    sizes = [p.stat().st_size for p in files]
    found: Counter[str] = Counter()
    for number in range(n):
        path = files[number] if number < len(files) else rng.choices(files, sizes)[0]
        place, bit = rng.randrange(path.stat().st_size), 1 << rng.randrange(8)
        flip(path, place, bit)
        try:
            open_index(folder).check()
            found["passed"] += 1
            print(f"  {path.name}: bit {bit} of byte {place} passed")
        except IndexFolderError:
            found["when opened"] += 1
        except DamagedFile:
            found["when checked"] += 1
        try:  # as the dashboard does: what is not used is not verified
            found["served as they were" if tables(folder) == good else "SERVED OTHERWISE"] += 1
        except (IndexFolderError, DamagedFile):
            found["refused"] += 1
        flip(path, place, bit)
        if number % 50 == 49:
            print(f"{number + 1} flips", file=sys.stderr, flush=True)
    assert tables(folder) == good
    print(f"{n} single bits flipped over {len(files)} files, {sum(sizes) / 1e6:.1f} MB:")
    print(f"  found when opened {found['when opened']}, when checked {found['when checked']},")
    print(f"  not found {found['passed']}; all tables without a check before: refused")
    print(
        f"  {found['refused']}, exact (bits they don't use) {found['served as they were']}, served"
    )
    print(f"  otherwise {found['SERVED OTHERWISE']}", flush=True)


def flip(path: Path, place: int, bit: int) -> None:
    with path.open("r+b") as handle:
        handle.seek(place)
        old = handle.read(1)[0]
        handle.seek(place)
        handle.write(bytes([old ^ bit]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument(
        "--every", type=int, default=10, help="kills before a build runs to its end"
    )
    parser.add_argument("--flips", type=int, default=600)
    parser.add_argument("--random-state", type=int, default=0)
    given = parser.parse_args()
    rng = random.Random(given.random_state)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        finish(given.file, folder / "index")
        if given.flips:
            flip_bits(folder / "index", given.flips, rng)
        if given.kills:
            kill_builds(given.file, folder, given.kills, given.every, rng)


if __name__ == "__main__":
    main()
