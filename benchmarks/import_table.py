"""Importing a table: articles a second on one core, and the peak of memory, by file and way.

    python benchmarks/import_table.py PATH...

Each way is measured in a process of its own: "never" without the line rules, "always" with them,
"auto" with the decision about them and what follows from it. The seconds are processor time from
the file to articles, of this process and of the one that reads; the model that tells languages is
loaded before. Growth is the peak of this process above what the loaded libraries take, and the
whole of the reading process at its peak.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

WAYS = ("never", "auto", "always")


def measure(path: Path, way: str) -> str:
    """Return a line of the report."""
    from dashboard.corpus.importing.batches import read_batch
    from dashboard.corpus.importing.spool import spool_records
    from dashboard.corpus.parsing.language import detect_languages

    detect_languages(["The council voted on Tuesday to fund a new bridge across the river."])[0]
    before, start = peak(resource.RUSAGE_SELF), seconds()
    with tempfile.TemporaryDirectory() as folder:
        spool = spool_records([path], Path(folder), clean=way)  # type: ignore[arg-type]
        for batch in spool.batches:
            _, outcomes = read_batch(batch)
            spool.add(outcomes)
    spool.report.check()
    taken = seconds() - start
    total = spool.report.totals["records"]
    grown = peak(resource.RUSAGE_SELF) - before
    return (
        f"{path.name:28} {path.stat().st_size / 1024**2:7,.0f} MB  {way:7}"
        f" {total:9,} articles {taken:8.2f} s {total / taken:7,.0f} a second"
        f"  growth {grown:4.0f} MB and {peak(resource.RUSAGE_CHILDREN):4.0f} MB"
    )


def seconds() -> float:
    """Return the processor time of this process and of those that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def peak(who: int) -> float:
    """Return the peak of memory in MB: of this process, or of the largest that has ended."""
    return resource.getrusage(who).ru_maxrss / 1024


def main() -> None:
    """Measure each path in each way."""
    if len(sys.argv) == 4 and sys.argv[1] == "--one":
        print(measure(Path(sys.argv[3]), sys.argv[2]))
        return
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for path in sys.argv[1:]:
        for way in WAYS:
            subprocess.run([sys.executable, __file__, "--one", way, path], check=True)


if __name__ == "__main__":
    main()
