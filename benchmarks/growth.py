"""Time and memory of the layers ``copies`` and ``stories`` at a corpus N times an index.

    python benchmarks/growth.py INDEX N… [--only copies|stories]

INDEX: a folder that ``build`` made, with one segment. Its articles over and over in other words,
sources as they are, the days of a round shifted by up to half a year, so that a day has about N
times the articles. No index is built: the steps that read all segments are given mapped files, as
by a build.

- ``copies``: words are numbered anew each time; each tenth article begins with half of the next.
- ``stories``: words trade places with others about as frequent; rare ones are drawn from so many
  more as a corpus of that size has (Heaps' law), so that articles of two rounds are like by chance.

Processor seconds, and the most memory that the process holds beyond its files, above what it held
before.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Thread
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard.index.index import Index, open_index
from dashboard.index.layers.copies import Copies
from dashboard.index.layers.layer import SegmentView
from dashboard.index.layers.stories import Stories
from dashboard.index.stories.words import N_FEATURES

_BAND = 64  # words of like frequency that trade places
_RARE = 2  # articles
_HEAPS = 0.6
_SHIFT = (
    180  # days that a round is earlier or later at most, so that none tells of another's events
)

Made = TypeVar("Made")


class Articles:
    """As much of an article store as the layers read; ``number`` tells rounds apart."""

    def __init__(self, index: Index, number: int) -> None:
        self._articles = index.segments[0].articles
        shift = np.random.default_rng(number).integers(-_SHIFT, _SHIFT + 1) if number else 0
        self.days = self._articles.days + np.timedelta64(int(shift), "D")
        self._number = number

    def __len__(self) -> int:
        return len(self._articles)

    def column(self, name: str) -> Sequence[Any]:
        found = self._articles.column(name)
        if name != "article_id" or not self._number:
            return found
        rng = np.random.default_rng(self._number)
        return [f"{key:016x}" for key in rng.integers(1 << 62, size=len(found)).tolist()]


def copies_views(index: Index, times: int, folder: Path) -> list[SegmentView]:
    """Segments for ``copies``, each with its sample."""
    (segment,) = index.segments
    views = []
    for number in range(times):
        counts: dict[str, Any] = {n: segment.arrays[n] for n in ("offsets", "article_passages")}
        bounds = counts["offsets"][counts["article_passages"]]
        numbers = np.random.default_rng(number).permutation(len(index.lexicon)).astype(np.int32)
        words = numbers[segment.arrays["ids"]]
        for start, end, stop in zip(bounds[:-2:10], bounds[1:-1:10], bounds[2::10], strict=False):
            half = min(end - start, stop - end) // 2
            words[start : start + half] = words[end : end + half]
        counts["ids"] = _mapped(words, folder / f"{number}.npy")
        bare = _view(index, number, counts, {})
        views.append(_view(index, number, counts, {"copies": Copies().extract(bare)}))
    return views


def stories_views(index: Index, times: int, folder: Path) -> list[SegmentView]:
    """Segments for ``stories``, with the rows of words that the index has."""
    (arrays,) = index.layer("stories").segments
    stems, of, frequency = np.unique(
        arrays["feature"], return_inverse=True, return_counts=True
    )  # fmt: skip
    by_frequency = np.argsort(-frequency, kind="stable")
    common = by_frequency[: int((frequency > _RARE).sum())]
    rare = by_frequency[len(common) :]
    row = np.repeat(np.arange(len(index.segments[0].articles)), np.diff(arrays["indptr"]))
    pool = np.random.default_rng(0).integers(N_FEATURES, size=int(len(rare) * times**_HEAPS))
    views = []
    for number in range(times):
        own = dict(arrays)
        if number:
            rng, other = np.random.default_rng(number), stems.copy()
            traded = np.lexsort((rng.random(len(common)), np.arange(len(common)) // _BAND))
            other[common] = stems[common[traded]]
            other[rare] = rng.choice(pool, len(rare))
            order = np.lexsort((other[of], row))
            for name, values in (("feature", other[of]), ("weight", arrays["weight"]),
                                 ("is_key", arrays["is_key"])):  # fmt: skip
                own[name] = _mapped(values[order], folder / f"{number}-{name}.npy")
        views.append(_view(index, number, {}, {"stories": own}))
    return views


def stories_joined(index: Index, views: Sequence[SegmentView]) -> dict[str, NDArray[Any]]:
    """What ``stories`` makes of all segments; each round has the copies that the index has."""
    there = index.layer("copies").joint
    first = np.arange(len(views))[:, None] * index.n_articles
    copies = {name: (there[name] + first).ravel() for name in ("pair_a", "pair_b")}
    copies["pair_kind"] = np.tile(there["pair_kind"], len(views))
    return dict(Stories().settle(views, {}, {"copies": copies}))


def _view(index: Index, number: int, counts: Any, layers: Any) -> SegmentView:
    articles = cast("Any", Articles(index, number))
    return SegmentView(articles, counts, index.lexicon, layers)


def _mapped(values: NDArray[Any], path: Path) -> NDArray[Any]:
    np.save(path, values)
    found: NDArray[Any] = np.load(path, mmap_mode="r")
    return found


def _held() -> int:
    """kB that are no file's."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))


def measured(work: Callable[[], Made]) -> tuple[Made, float, float]:
    """What ``work`` makes, its processor seconds, and the most MB it held above those before."""
    before, done, most = _held(), Event(), 0

    def watch() -> None:
        nonlocal most
        while not done.wait(0.01):
            most = max(most, _held())

    watching = Thread(target=watch, daemon=True)
    watching.start()
    began = time.process_time()
    found = work()
    seconds = time.process_time() - began
    done.set()
    watching.join()
    return found, seconds, (most - before) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("times", type=int, nargs="+")
    parser.add_argument("--only", choices=["copies", "stories"])
    arguments = parser.parse_args()
    index = open_index(arguments.index)
    for times in arguments.times:
        said = f"{times * index.n_articles:9,} articles"
        if arguments.only != "stories":
            with tempfile.TemporaryDirectory() as folder:
                began = time.process_time()
                views = copies_views(index, times, Path(folder))
                made = time.process_time() - began
                found, seconds, most = measured(lambda v=views: Copies().join(v))  # type: ignore[misc]
            print(f"{said}, copies: made up and sampled {made:.1f} s, together {seconds:.1f} s, "
                  f"{most:,.0f} MB, {len(found['pair_a']):,} pairs", flush=True)  # fmt: skip
        if arguments.only != "copies":
            with tempfile.TemporaryDirectory() as folder:
                views = stories_views(index, times, Path(folder))
                found, seconds, most = measured(lambda v=views: stories_joined(index, v))  # type: ignore[misc]
            sizes = [len(found["story_id"]), int((found["basis"] > 0).sum())]
            print(f"{said}, stories: together {seconds:.1f} s, {most:,.0f} MB, {sizes[0]:,} "
                  f"stories, {sizes[1]:,} articles in company", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
