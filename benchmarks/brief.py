"""How long a brief takes.

    python benchmarks/brief.py INDEX [QUERY]

CPU seconds of each table for the scope, from an index that is open but not yet read.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard.index.index import open_index
from dashboard.measures import TABLES
from dashboard.scope import Scope


def main(folder: str, query: str = "") -> None:
    """Print a line for each table."""
    index, scope = open_index(Path(folder)), Scope(query=query)
    n = int(scope.article_mask(index).sum())
    print(f"{n:,} of {index.n_articles:,} articles in scope")
    for name, options in (
        ("news alone", {"part": "news"}),
        ("brief", {}),
        ("omissions", {}),
        ("prominence", {}),
        ("findings", {}),
    ):
        start = time.process_time()
        table = TABLES["brief" if name == "news alone" else name](index, scope, **options)
        print(f"{name:<12} {time.process_time() - start:6.2f} CPU s  {len(table):>5} rows")


if __name__ == "__main__":
    main(*sys.argv[1:])
