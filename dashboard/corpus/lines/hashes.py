"""Which lines of many articles may recur: 64-bit hashes instead of lines, counted by numpy."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dashboard.corpus.lines.units import may_wrap, split_units
from dashboard.text.lines import line_sketches

_AT_ONCE = 2**20  # lines
_HELD = 2**22  # lines whose hashes are kept; beyond, they are worked out again
_MIXER = np.uint64(0x9E3779B97F4A7C15)

Places = npt.NDArray[np.bool_]


class _Part(NamedTuple):
    """Some articles (not held): the hash of each line, mixed with its source's, and where the
    lines of each begin."""

    articles: list[tuple[str | None, str]]
    hashes: npt.NDArray[np.uint64]
    starts: npt.NDArray[np.int64]  # one more than articles


class HashedLines:
    """The lines of articles by hash, article after article.

    Two lines of one source and one sketch have the same hash; others hardly ever have. The
    numbers of a wrapped text's lines are those of its units, else those of all its lines.
    """

    def __init__(self, articles: Iterable[tuple[str | None, str]], size: int) -> None:
        self._articles = articles
        self.n_articles: Counter[str | None] = Counter()
        self._held: list[_Part] | None = []
        # Four places a line, of 120 characters on average; at most 128 MB.
        self._bits = min(max(size // 30, 2**16).bit_length(), 27)
        self._seen = np.zeros(2**self._bits, np.uint8)
        held = 0
        for part in self._read():
            self.n_articles.update(source for source, _ in part.articles)
            self._count(part)
            held += len(part.hashes)
            if self._held is not None:
                self._held.append(part._replace(articles=[]))
                if held > _HELD:
                    self._held = None

    def recurring(self) -> Places:
        """Return a mark for each place where a line falls that is in two articles of a source."""
        places: Places = self._seen == 2
        return places

    def places_of(self, sketches: Mapping[str | None, Iterable[bytes]]) -> Places:
        """Return a mark for each place where one of these lines of a source falls."""
        places = np.zeros(len(self._seen), np.bool_)
        for source, of_source in sketches.items():
            hashes = np.fromiter(map(hash, of_source), np.int64).view(np.uint64)
            places[self._places(_mixed(hashes, np.full(len(hashes), _seed(source))))] = True
        return places

    def articles_with(self, places: Places) -> Iterator[tuple[str | None, str, list[int]]]:
        """Yield source, text and the numbers of lines of articles that have lines there."""
        for part in self._parts():
            marked = np.flatnonzero(places[self._places(part.hashes)])
            ends = np.searchsorted(marked, part.starts)
            for n, (source, text) in enumerate(part.articles):
                if ends[n] < ends[n + 1]:
                    found = marked[ends[n] : ends[n + 1]] - part.starts[n]
                    yield source, text, found.tolist()

    def _parts(self) -> Iterator[_Part]:
        if self._held is None:
            yield from self._read()
            return
        articles = iter(self._articles)
        for part in self._held:
            yield part._replace(articles=list(islice(articles, len(part.starts) - 1)))

    def _read(self) -> Iterator[_Part]:
        articles: list[tuple[str | None, str]] = []
        hashes, starts = array("q"), [0]
        for source, text in self._articles:
            articles.append((source, text))
            hashes.extend(map(hash, _sketches(text)))
            starts.append(len(hashes))
            if len(hashes) > _AT_ONCE:
                yield _part(articles, hashes, starts)
                articles, hashes, starts = [], array("q"), [0]
        yield _part(articles, hashes, starts)

    def _count(self, part: _Part) -> None:
        # Stable, so that the lines of one hash are in the order of their articles.
        order = np.argsort(part.hashes, kind="stable")
        ordered = part.hashes[order]
        numbers = np.repeat(np.arange(len(part.articles)), np.diff(part.starts))[order]
        same = ordered[1:] == ordered[:-1]
        twice = ordered[1:][same & (numbers[1:] != numbers[:-1])]
        places = self._places(ordered[np.append(True, ~same)] if len(ordered) else ordered)
        before = self._seen[places] > 0
        # In this order: of two lines that fall in one place, the one seen twice must win.
        self._seen[places[~before]] = 1
        self._seen[places[before]] = 2
        self._seen[self._places(twice)] = 2

    def _places(self, hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
        return hashes >> np.uint64(64 - self._bits)


def _part(articles: list[tuple[str | None, str]], hashes: array[int], starts: list[int]) -> _Part:
    ends = np.array(starts)
    seeds = np.fromiter((_seed(source) for source, _ in articles), np.int64, len(articles))
    raw = np.frombuffer(hashes, np.int64).view(np.uint64)
    return _Part(articles, _mixed(raw, np.repeat(seeds, np.diff(ends))), ends)


def _seed(source: str | None) -> int:
    return hash((source,))


def _mixed(hashes: npt.NDArray[np.uint64], seeds: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    return (hashes ^ seeds.view(np.uint64)) * _MIXER


def _sketches(text: str) -> list[bytes]:
    raw = text.split("\n")
    return [unit.sketch for unit in split_units(raw)] if may_wrap(raw) else line_sketches(text)
