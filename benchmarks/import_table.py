"""Reading a table: articles a second and the peak of memory, without and with the line rules.

    python benchmarks/import_table.py PATH...

Each way is measured in a process of its own, on processor time: "read" turns the file into
records; "auto", "always" and "never" add the decision about the line rules and what follows
from it. Growth is the peak of memory above what the loaded libraries take.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

WAYS = ("read", "auto", "always", "never")


def measure(path: Path, way: str) -> str:
    """Return a line of the report."""
    from dashboard.corpus.clean_mode import mark_cleaned
    from dashboard.corpus.cleaning import clean_lines
    from dashboard.corpus.readers import read_data

    read_data(b"title,text\nA,A text of some words.\n", "warm.csv")
    if path.suffix in (".parquet", ".pq"):
        import pyarrow.parquet  # noqa: F401
    data = path.read_bytes()
    before = peak()
    start = time.process_time()
    reading = read_data(data, path.name)
    total = len(reading.records) + reading.refused
    cleaned = 0
    if way in ("auto", "always", "never"):
        for record in mark_cleaned(reading.records, way):  # type: ignore[arg-type]
            if not record.cleaned:
                clean_lines(record.text.split("\n"), title=record.title, is_row=True)
                cleaned += 1
    seconds = time.process_time() - start
    rate = total / seconds if seconds else 0.0
    return (
        f"{path.name:28} {way:8} {total:7,} articles {seconds:7.2f} s {rate:9,.0f} a second"
        f"  {peak() - before:5.0f} MB growth  {cleaned:,} through the line rules"
    )


def peak() -> float:
    """Return the peak of this process's memory in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


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
