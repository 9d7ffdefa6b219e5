"""What the layers of an index take, in processor seconds of one process.

    python benchmarks/layers.py make NEWS.parquet OUT.parquet [--times 6]
    python benchmarks/layers.py time INDEX [sentences copies stories timeline …]

``make`` writes a table of news over and over, each time with other letters in half of the different
words of three letters or more, those that dates are made of left alone; each tenth article begins
with the first half of the one after it. ``time`` makes layers of an index that ``python -m
dashboard build`` made, in the order given, each of the arrays of those before it or, where these
aren't given, of those in the index. Nothing is written into the index.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard.index.index import Index, open_index
from dashboard.index.layers.layer import Arrays, SegmentView
from dashboard.index.layers.registry import layer_named
from dashboard.text.dates.grammar import grammar_of

WORD = re.compile(r"[A-Za-z]{3,}")
VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxz"


def turned(by: int) -> dict[int, str]:
    """Letters, each for the one ``by`` places on among vowels or consonants."""
    found = {}
    for letters in VOWELS, CONSONANTS:
        for i, letter in enumerate(letters):
            other = letters[(i + by) % len(letters)]
            found |= {ord(letter): other, ord(letter.upper()): other.upper()}
    return found


def in_other_words(by: int) -> Callable[[str], str]:
    """A function from a text to the same in other words."""
    grammar = grammar_of("en")
    assert grammar is not None
    of_dates = {part for own in grammar.words.values() for word in own
                for part in word.replace(".", "").split()}  # fmt: skip
    letters = turned(by)

    def other(match: re.Match[str]) -> str:
        word = match[0].lower()
        is_same = word in of_dates or zlib.crc32(word.encode()) % 2 == by % 2
        return match[0] if is_same else match[0].translate(letters)

    return lambda text: WORD.sub(other, text)


def make(news: Path, out: Path, times: int) -> None:
    table = pd.read_parquet(news)
    parts = [table]
    for by in range(1, times):
        part, told = table.copy(), in_other_words(by)
        for column in {"title", "text"} & {*table.columns}:
            part[column] = [told(cell) if isinstance(cell, str) else cell for cell in part[column]]
        if "url" in part:
            part["url"] = [
                f"{cell}?{by}" if isinstance(cell, str) else cell for cell in part["url"]
            ]
        parts.append(part)
    whole = pd.concat(parts, ignore_index=True)
    texts = [cell if isinstance(cell, str) else "" for cell in whole["text"]]
    for i in range(0, len(texts) - 1, 10):
        own, following = texts[i], texts[i + 1]
        texts[i] = f"{following[: len(following) // 2]}\n\n{own[len(own) // 2 :]}"
    whole.assign(text=texts).to_parquet(out)
    print(f"{len(whole):,} articles")


def _view(index: Index, number: int, layers: Mapping[str, Arrays]) -> SegmentView:
    segment = index.segments[number]
    # Arrays in memory read as those of a file do.
    return SegmentView(segment.articles, segment.arrays, index.lexicon, layers)  # type: ignore[arg-type]


def time_layers(folder: Path, names: Sequence[str]) -> None:
    index = open_index(folder)
    made: dict[str, list[Arrays]] = {}
    joint: dict[str, Arrays] = {}
    total = 0.0
    for name in names:
        layer = layer_named(name)
        for needed in {*layer.needs} - {*made}:
            made[needed] = [*index.layer(needed).segments]
            joint[needed] = index.layer(needed).joint
        views = [_view(index, i, {n: made[n][i] for n in layer.needs})
                 for i in range(len(index.segments))]  # fmt: skip
        began = time.process_time()
        made[name] = [layer.extract(view) for view in views]
        extracted = time.process_time() - began
        views = [_view(index, i, {n: made[n][i] for n in (*layer.needs, name)})
                 for i in range(len(index.segments))]  # fmt: skip
        began = time.process_time()
        joint[name] = layer.settle(views, {}, {n: joint[n] for n in layer.needs})
        joined = time.process_time() - began
        total += extracted + joined
        print(f"{name:12} {extracted:7.1f} s by segment {joined:7.1f} s together "
              f"{index.n_articles / (extracted + joined):9,.0f} articles/s")  # fmt: skip
    print(f"{'all':12} {total:7.1f} s for {index.n_articles:,} articles")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make")
    making.add_argument("news", type=Path)
    making.add_argument("out", type=Path)
    making.add_argument("--times", type=int, default=6)
    timing = commands.add_parser("time")
    timing.add_argument("index", type=Path)
    default = ["sentences", "copies", "stories", "timeline"]
    timing.add_argument("layers", nargs="*", default=default)
    arguments = parser.parse_args()
    if arguments.command == "make":
        make(arguments.news, arguments.out, arguments.times)
    else:
        time_layers(arguments.index, arguments.layers)


if __name__ == "__main__":
    main()
