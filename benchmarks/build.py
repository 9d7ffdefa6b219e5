"""A whole build, stage by stage, beside scikit-learn's CountVectorizer counting the same text.

    python benchmarks/build.py FILE [--out FOLDER] [--clean never] [--text-column NAME] [--no-peers]

FILE is a table that `python -m dashboard build` reads (Parquet or CSV). Each way runs in a process
of its own, on processor time of all its processes, after a warm-up on the first 1,000 rows
(libraries and compiled code are loaded then). Speed is that of the text that is kept, on one core.
Peak memory is the largest of any process. CountVectorizer counts words and pairs of words of the
same column, n-grams in fewer than 5 texts left out, and does nothing else. ``--out`` keeps the
index.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

WARM_UP = 1_000  # rows
PEERS = {
    "CountVectorizer, our rule": "oracle",
    "CountVectorizer, its own pattern": "default",
}
LINE = "{:36} {:>8} {:>7} {:>6}"


def spent() -> float:
    """Processor seconds of this process and of those of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def peak() -> float:
    """Largest memory of this process or any of its children so far, in MB."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return max(u.ru_maxrss for u in used) / 1024


def first_rows(file: Path, to: Path) -> Path:
    """The first rows of a table as a file of its own."""
    if file.suffix == ".csv":
        pd.read_csv(file, nrows=WARM_UP).to_csv(to / "warm.csv", index=False)
        return to / "warm.csv"
    import pyarrow as pa
    import pyarrow.parquet as pq

    batch = next(pq.ParquetFile(file).iter_batches(WARM_UP))
    pq.write_table(pa.Table.from_batches([batch]), to / "warm.parquet")
    return to / "warm.parquet"


def build(file: Path, out: Path, clean: str) -> dict[str, object]:
    """Build once; seconds of each stage, peak memory and what was built."""
    from dashboard.index.building.build import build_index

    with tempfile.TemporaryDirectory() as folder:
        small = first_rows(file, Path(folder))
        build_index([small], Path(folder) / "index", clean=clean)  # type: ignore[arg-type]
    stages: list[tuple[str, float]] = []

    def say(line: str) -> None:
        stage = line.partition(" · ")[0]
        if not stages or stages[-1][0] != stage:
            stages.append((stage, spent()))

    facts = build_index([file], out, say, clean=clean)  # type: ignore[arg-type]
    ends = [*(at for _, at in stages[1:]), spent()]
    return {
        "stages": [
            (name, end - at) for (name, at), end in zip(stages, ends, strict=True)
        ],
        "peak": peak(),
        "n_bytes": facts["made"]["n_bytes"],
        "n_articles": facts["n_articles"],
        "engine": facts["made"]["engine"],
        "disk": sum(p.stat().st_size for p in out.rglob("*") if p.is_file()),
    }  # fmt: skip


def count_by_peer(file: Path, way: str, column: str) -> dict[str, object]:
    """Words and pairs by CountVectorizer, once."""
    from benchmarks.terms import counter, read_texts

    texts = read_texts(file, column)
    count = counter(way, (1, 2))
    count(texts[:WARM_UP])
    start = spent()
    count(texts)
    return {"seconds": spent() - start, "peak": peak()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--clean", default="never", choices=("auto", "always", "never"))
    parser.add_argument("--text-column", default="text")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one == "ours":
        print(json.dumps(build(options.file, options.out, options.clean)))
        return
    if options.one:
        print(json.dumps(count_by_peer(options.file, options.one, options.text_column)))
        return

    def run(way: str, out: Path) -> dict[str, object]:
        command = [sys.executable, __file__, str(options.file), "--one", way, "--out", str(out)]
        command += ["--clean", options.clean, "--text-column", options.text_column]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        found: dict[str, object] = json.loads(answer)
        return found

    with tempfile.TemporaryDirectory() as folder:
        made = run("ours", options.out or Path(folder) / "index")
        mb = made["n_bytes"] / 1e6

        def show(name: str, seconds: float, most: float | None = None) -> None:
            speed = f"{mb / max(seconds, 0.01):.1f}"
            memory = "" if most is None else f"{most:.0f}"
            print(LINE.format(name, f"{seconds:.1f}", speed, memory), flush=True)

        print(
            f"{made['n_articles']:,} articles, {mb:,.1f} MB of text, engine {made['engine']}, "
            f"index of {made['disk'] / 1e6:,.0f} MB\n"
        )
        print(LINE.format("", "CPU s", "MB/s", "MB"))
        for name, seconds in made["stages"]:
            show(name, seconds)
        show("whole build", sum(seconds for _, seconds in made["stages"]), made["peak"])
        for name, way in {} if options.no_peers else PEERS.items():
            one = run(way, Path(folder))
            show(name, one["seconds"], one["peak"])


if __name__ == "__main__":
    main()
