"""Whether two checkouts give the same tables: builds the same articles with both, exports every
table for five scopes, and compares what they wrote byte for byte. Columns that only the new one has
are named and left out of the comparison.

    .venv/bin/python benchmarks/same_tables.py OLD NEW PATH [PATH …]

``OLD`` and ``NEW`` are checkouts (``git worktree add /tmp/old COMMIT``); each ``PATH`` is a corpus.
Both run on this interpreter. Exit code 1 where a table differs.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# Runs in a process of each checkout: the command line is what both have in common.
EXPORTER = """
import contextlib, io, json, sys
from dashboard.cli import main
for call in json.load(sys.stdin):
    out = io.StringIO()
    with contextlib.redirect_stderr(out):
        code = main(call)
    print(json.dumps([code, out.getvalue()]))
"""


def run(checkout: Path, *args: str, stdin: str | None = None) -> str:
    """Standard output of Python in a checkout; its indexes and corpora go nowhere else."""
    environment = {**os.environ, "PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1"}
    result = subprocess.run(
        [sys.executable, *args],
        cwd=checkout,
        env=environment,
        input=stdin,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return result.stdout


def tables_of(checkout: Path) -> list[str]:
    code = "import json, dashboard.measures as m; print(json.dumps(list(m.TABLES)))"
    names: list[str] = json.loads(run(checkout, "-c", code))
    return names


def build(checkout: Path, corpus: Path, out: Path) -> None:
    run(checkout, "-m", "dashboard", "build", str(corpus), "--out", str(out))


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def scopes(checkout: Path, index: Path, folder: Path) -> dict[str, list[str]]:
    """Five scopes made from what the old index holds: all, a source, a topic, days, a query."""
    run(checkout, "-c", EXPORTER, stdin=json.dumps([
        ["export", str(index), name, "--out", str(folder / f"{name}.csv")]
        for name in ("articles", "topics", "topic_terms")
    ]))  # fmt: skip

    def column(table: str, name: str) -> list[str]:
        head, *rows = rows_of(folder / f"{table}.csv")
        return [row[head.index(name)] for row in rows if row[head.index(name)]]

    days = sorted(column("articles", "date"))
    sources = column("articles", "source")
    most = max(sorted(set(sources)), key=sources.count)
    topic = column("topics", "topic_id")[0]
    return {
        "all": [],
        "source": ["--source", most],
        "topic": ["--topic", topic],
        "days": ["--from", days[len(days) // 4], "--to", days[3 * len(days) // 4]],
        "query": ["--query", column("topic_terms", "term")[0]],
    }


def export(checkout: Path, index: Path, calls: dict[str, list[str]], folder: Path) -> None:
    """One CSV for each call, and what was said to standard error beside it."""
    wanted = [
        ["export", str(index), *call, "--out", str(folder / f"{name}.csv")]
        for name, call in calls.items()
    ]
    said = run(checkout, "-c", EXPORTER, stdin=json.dumps(wanted)).splitlines()
    for name, line in zip(calls, said, strict=True):
        (folder / f"{name}.txt").write_text(line, encoding="utf-8")


def differences(old: Path, new: Path) -> tuple[str, list[str]]:
    """What differs ("" for nothing) and the columns that are new."""
    if not old.exists() or not new.exists():
        return ("" if old.exists() == new.exists() else "written by one only"), []
    if old.read_bytes() == new.read_bytes():
        return "", []
    before, after = rows_of(old), rows_of(new)
    added = [name for name in after[0] if name not in before[0]]
    kept = [i for i, name in enumerate(after[0]) if name not in added]
    if before == [[row[i] for i in kept] for row in after]:
        return "", added
    if len(before) != len(after):
        return f"{len(before) - 1} rows before, {len(after) - 1} after", added
    pairs = zip(before, after, strict=True)
    row = next(i for i, (a, b) in enumerate(pairs) if a != [b[k] for k in kept])
    return f"row {row}: {before[row]} before, {[after[row][k] for k in kept]} after", added


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--keep", type=Path, help="folder for indexes and tables")
    args = parser.parse_args()
    old, new = args.old.resolve(), args.new.resolve()
    names = tables_of(old)
    n_wrong = 0
    with tempfile.TemporaryDirectory() as temporary:
        top = (args.keep or Path(temporary)).resolve()
        for corpus in args.corpus:
            # Paths are in the reports: both read the same files at the same place.
            place = top / hashlib.sha256(str(corpus.resolve()).encode()).hexdigest()[:8]
            for side, checkout in (("old", old), ("new", new)):
                (place / side).mkdir(parents=True, exist_ok=True)
                if side == "new" or not (place / side / "index" / "CURRENT").exists():
                    build(checkout, corpus.resolve(), place / side / "index")
            (place / "scopes").mkdir(exist_ok=True)
            calls = {
                f"{table}-{scope}": [table, *words]
                for scope, words in scopes(old, place / "old" / "index", place / "scopes").items()
                for table in names
            }
            for side, checkout in (("old", old), ("new", new)):
                export(checkout, place / side / "index", calls, place / side)
            found = {
                name: differences(place / "old" / f"{name}.csv", place / "new" / f"{name}.csv")
                for name in calls
            }
            wrong = {name: text for name, (text, _) in found.items() if text}
            added = sorted({f"{n.split('-')[0]}.{c}" for n, (_, cs) in found.items() for c in cs})
            n_files = sum((place / "old" / f"{name}.csv").exists() for name in calls)
            print(f"{corpus}: {len(calls)} exports, {n_files} tables, {len(wrong)} differ")
            print(f"  new columns: {', '.join(added) or 'none'}")
            for name, text in wrong.items():
                print(f"  {name}: {text[:600]}")
            n_wrong += len(wrong)
    return int(n_wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
