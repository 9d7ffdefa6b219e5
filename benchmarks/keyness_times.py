"""How long each view of the words that lean to sources takes, on an index N times over.

    python benchmarks/keyness_times.py INDEX [--times N]

INDEX is a folder that `python -m dashboard build` made in one segment, with stories, of 5,000
articles or more. With N its segment stands N times in the index that is asked: N times the
articles, stories and slices, the same words; files are read from the page cache, as in a server
that was asked before. Sums are made as a build makes them. CPU times of one process: of the third
call with nothing kept of it, and of one more.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.larger import many_times
from dashboard.index.index import Index, open_index
from dashboard.measures import TABLES
from dashboard.measures.keyness import keyness
from dashboard.measures.keyness.sides import two_sides
from dashboard.scope import Scope


def views(index: Index) -> Iterator[tuple[str, Callable[[str], pd.DataFrame]]]:
    """What a reader may ask for, by name; each takes what is compared within."""
    order = sorted(index.sources, key=lambda source: -source.n_articles)
    first, second, *_ = ids = tuple(source.source_id for source in order[:10])
    table = TABLES["keyness"]
    start, end = index.date_range or (None, None)
    assert start is not None
    assert end is not None
    scopes = {
        "ten sources": Scope(),
        "ten, “border”": Scope(query="border"),
        "ten, half of the time": Scope(date_from=start + (end - start) / 2),
        "ten, a topic": Scope(topics=(index.cut().topics[0].topic_id,)),
    }
    for name, scope in scopes.items():
        yield name, lambda within, scope=scope: table(index, scope, ids, within)

    def sides(a: Scope, b: Scope | None) -> Callable[[str], pd.DataFrame]:
        def found(within: str) -> pd.DataFrame:
            two = two_sides(index, Scope(), a, b)
            return table(two.index, two.scope, None, within)

        return found

    yield "A against B", sides(Scope(sources=(first,)), Scope(sources=(second,)))
    yield "A against the rest", sides(Scope(sources=(first,)), None)
    yield "“border” against the rest", sides(Scope(query="border"), None)


def seconds(call: Callable[[], Any]) -> float:
    """CPU time of a call."""
    begin = time.process_time()
    call()
    return time.process_time() - begin


def main() -> None:
    """Print a line for each view."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("--times", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = open_index(options.index)
        if options.times > 1:
            index = many_times(index, options.times, Path(folder))
        print(f"{index.n_articles:,} articles")
        for within, said in (("", "what they cover"), ("story", "how they tell it")):
            for name, view in views(index):
                for _ in range(3):
                    keyness._kept.cache_clear()  # noqa: SLF001
                    found = seconds(lambda view=view, within=within: view(within))
                kept = seconds(lambda view=view, within=within: view(within))
                print(
                    f"{said:18} {name:28} {1000 * found:7.0f} ms, kept {1000 * kept:5.1f} ms",
                    flush=True,
                )


if __name__ == "__main__":
    main()
