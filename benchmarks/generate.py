"""A corpus of any size from a real one, for measuring at sizes nobody has at hand.

    python benchmarks/generate.py SOURCE N OUT.parquet [--group-column topic] [--random-state 0]

SOURCE is Parquet, CSV or JSON Lines, an article a row; OUT has id, title, text, source, date and
url, in row groups of 2,000. Each article takes source, group, date (± 28 days), paragraphs and
number of sentences from a real one. Its sentences come from articles of the same group (70 %) or
from any; 15 % are the head of one and the tail of another; some content words are swapped for
others of like frequency and shape, so that word pairs vary; words in one or two articles of the
source get a suffix as often as the growth of the source's vocabulary asks for (Heaps' law). No text
comes twice. The same source, size, seed and numpy give the same file. Memory holds the source and
one row group, and 8 bytes for each article made. For languages that put spaces between words.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.sentence_pool import read_pool
from benchmarks.synthesis import FIELDS, SCHEMA, SUFFIXES, Growth, Source, generate, predicted

GROUP_COLUMNS = ("topic", "group", "section", "category")


def read_source(path: Path, columns: dict[str, str], group_column: str | None = None) -> Source:
    """Read a table; ``columns`` names the column of a field where it isn't the field's own name.

    Raises ValueError when there is no such column or no text.
    """
    if path.suffix == ".csv":
        import pyarrow.csv

        lines = pyarrow.csv.ParseOptions(newlines_in_values=True)
        table = pyarrow.csv.read_csv(path, parse_options=lines)
    elif path.suffix in (".jsonl", ".ndjson"):
        import pyarrow.json

        table = pyarrow.json.read_json(path)
    else:
        table = pq.read_table(path)
    group = group_column or next((c for c in GROUP_COLUMNS if c in table.column_names), None)
    wanted = {name: columns.get(name) or name for name in FIELDS}
    missing = [c for c in [*columns.values(), wanted["text"], group] if c]
    missing = [c for c in missing if c not in table.column_names]
    if missing:
        raise ValueError(f"no column {missing[0]}; there are: {', '.join(table.column_names)}")

    def values(column: str | None) -> list[str]:
        if column not in table.column_names:
            return [""] * table.num_rows
        return table[column].cast(pa.large_string()).fill_null("").to_pylist()

    sources = values(wanted["source"])
    pool = read_pool(
        values(wanted["text"]), values(wanted["title"]), values(group) if group else sources,
        SUFFIXES,
    )  # fmt: skip
    dates, urls = ([v[i] for i in pool.kept] for v in map(values, (wanted["date"], wanted["url"])))
    return Source(
        pool,
        [sources[i] for i in pool.kept],
        dates,
        np.array([_day(date) for date in dates], dtype="datetime64[D]"),
        [urlsplit(url).hostname or "" if "[" not in url else "" for url in urls],
    )


def _day(text: str) -> np.datetime64:
    try:
        return np.datetime64(text[:10], "D")
    except ValueError:
        return np.datetime64("NaT")


def write(tables: Iterator[tuple[pa.Table, Growth]], out: Path) -> tuple[int, int, Growth | None]:
    """Write to a draft that takes the name ``out`` when it is whole; return articles, bytes of
    text and the last state of the vocabulary."""
    draft = out.with_name(f".{out.name}-{os.getpid()}")
    articles, size, growth = 0, 0, None
    try:
        with pq.ParquetWriter(draft, SCHEMA, compression="zstd", compression_level=1,
                              use_dictionary=["source", "date"]) as writer:  # fmt: skip
            for table, state in tables:
                writer.write_table(table)
                growth = state
                articles += table.num_rows
                size += table["text"].nbytes
        os.replace(draft, out)
    finally:
        draft.unlink(missing_ok=True)
    return articles, size, growth


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, generate, write, and say how far the vocabulary came."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("source", type=Path, metavar="SOURCE")
    parser.add_argument("articles", type=int, metavar="N")
    parser.add_argument("out", type=Path, metavar="OUT.parquet")
    for name in (*FIELDS, "group"):
        parser.add_argument(f"--{name}-column", metavar="NAME")
    parser.add_argument("--random-state", type=int, default=0)
    given = parser.parse_args(arguments)
    columns = {name: column for name in FIELDS if (column := getattr(given, f"{name}_column"))}
    try:
        source = read_source(given.source, columns, given.group_column)
        start = time.process_time()
        made = write(generate(source, given.articles, given.random_state), given.out)
    except (OSError, ValueError, pa.ArrowInvalid) as error:
        parser.exit(2, f"{given.source}: {error}\n")
    articles, size, growth = made
    seconds = time.process_time() - start
    print(
        f"{articles:,} articles, {size / 1e6:,.0f} MB of text in {seconds:,.1f} s of processor "
        f"time after {start:.1f} s for the source: {articles / max(seconds, 1e-9):,.0f} a second; "
        f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"
    )
    if growth:
        wanted = predicted(source.pool, growth.beta, growth.words)
        print(
            f"{growth.words:,} words; Heaps' law: beta {growth.beta:.3f}, "
            f"{wanted:,.0f} types predicted, {growth.reached:,} reached"
        )


if __name__ == "__main__":
    main()
