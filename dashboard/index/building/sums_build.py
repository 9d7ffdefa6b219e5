"""Sums over a whole index, made by the build so that comparisons of a large corpus read few cells;
``storage.sums`` says which sums there are.

Everything is made of the counts by slice of all segments, one source at a time, and in the same
way with numba and without.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.index.counts.term_rows import Adder, TermRows, stack, to_rows
from dashboard.index.storage.container import Container, write_container
from dashboard.index.storage.sums import (
    ALL,
    MARKED_FROM,
    N_LONG,
    N_SHORT,
    SHORT_IN_LONG,
    SUMMED_FROM,
    Layout,
)
from dashboard.index.storage.workspace import give_back

_MOST_SOURCES = 100  # the largest, that have sums of their own
_PER_SUM = 4  # slices, at least, for which a sum by leaf and time is kept
_AT_ONCE = 1 << 20  # cells of slices that are summed together
_LEAVES_AT_ONCE = 6  # in full tables
_PER_FILE = 1 << 22  # cells of sums
_MOST_IN_CELL = 1 << 32


def write_sums(
    folder: Path,
    counts: Sequence[Container],
    joint: Mapping[str, NDArray[Any]],
    n_sources: int,
    n_leaves: int,
    n_terms: int,
) -> dict[str, Path]:
    """Write ``sums.bin`` and ``sums-NNN.bin`` to ``folder`` from the ``counts`` of the segments;
    returns the path of each by name, none for a corpus of few articles."""
    if len(joint["source_of"]) < SUMMED_FROM or not n_terms:
        return {}
    maker = _Maker(counts, joint, n_leaves, n_terms)
    source = np.where(joint["source_of"] < 0, n_sources, joint["source_of"])[joint["slice_article"]]
    sizes = np.bincount(source, minlength=n_sources + 1)
    largest = np.argsort(-sizes, kind="stable")[:_MOST_SOURCES]
    kept = largest[sizes[largest] >= MARKED_FROM]
    by_leaf_and_time = sizes[kept] >= _PER_SUM * maker.layout.n_leaves * N_LONG
    row_of_source = np.full(n_sources + 1, -1, dtype=np.int32)
    row_of_source[kept] = np.arange(1, len(kept) + 1)
    order = np.argsort(source, kind="stable")
    ends = np.cumsum(sizes)

    def made() -> Iterator[dict[str, NDArray[Any]]]:
        yield maker.of_all()
        for one, has_times in zip(kept.tolist(), by_leaf_and_time.tolist(), strict=True):
            yield maker.of_slices(order[ends[one] - sizes[one] : ends[one]], has_times)

    files: dict[str, Path] = {}
    file_of_row = np.zeros(len(kept) + 1, dtype=np.int32)
    held: dict[str, NDArray[Any]] = {}
    n_cells = 0

    def flush() -> None:
        name = f"sums-{len(files):03d}.bin"
        files[name] = folder / name
        write_container(files[name], held)
        held.clear()

    for row, arrays in enumerate(made(), ALL):
        file_of_row[row] = len(files)
        held |= {f"{row}.{name}": array for name, array in arrays.items()}
        n_cells += len(arrays["terms"])
        give_back()
        if n_cells >= _PER_FILE:
            flush()
            n_cells = 0
    if held:
        flush()
    files["sums.bin"] = folder / "sums.bin"
    write_container(
        files["sums.bin"],
        {
            "row_of_source": row_of_source,
            "file_of_row": file_of_row,
            "by_leaf_and_time": np.concatenate([[True], by_leaf_and_time]),
            "time_of": maker.time_of.astype(np.uint8),
            "first_day": maker.first_day,
            "last_day": maker.last_day,
            "n_leaves": np.asarray([maker.layout.n_leaves]),
        },
    )
    return files


class _Maker:
    """The sums of any slices. ``time_of``: (n_articles,) short time of each article, ``N_SHORT``
    for an undated one; ``first_day``, ``last_day``: (N_SHORT,) of each time."""

    def __init__(
        self,
        counts: Sequence[Container],
        joint: Mapping[str, NDArray[Any]],
        n_leaves: int,
        n_terms: int,
    ) -> None:
        self.counts = counts
        self.time_of, self.first_day, self.last_day = _times(joint["days"])
        self.article, self.first_slice = joint["slice_article"], joint["first_slice"]
        leaf = joint["slice_leaf"].astype(np.int64)
        self.layout = Layout(n_leaves + 1)
        self.leaf = np.where(leaf < 0, n_leaves, leaf)
        n_words = int(joint["slice_words"].sum(dtype=np.int64))
        self.adder = Adder(n_terms, np.uint32 if n_words < _MOST_IN_CELL else np.uint64)

    def of_all(self) -> dict[str, NDArray[Any]]:
        """Sums of all slices; added up in full tables, of some leaves after the others."""
        n_leaves, n_times = self.layout.n_leaves, N_LONG + 1
        by_both: list[TermRows] = []
        by_leaf: list[TermRows] = []
        for leaf in range(0, n_leaves, _LEAVES_AT_ONCE):
            n_keys = min(_LEAVES_AT_ONCE, n_leaves - leaf) * n_times
            table = np.zeros((n_keys, self.adder.n_terms), self.adder.dtype)
            for segment, slices in self._segments():
                key = self._leaf_and_time(slices) - leaf * n_times
                self.adder.add(TermRows.of(segment), np.where(key < n_keys, key, -1), table)
                segment.release()
            both, alone = self._of_leaves(to_rows(table))
            by_both.append(both)
            by_leaf.append(alone)
            give_back()
        del table, both, alone
        uses, articles = np.zeros((2, N_SHORT + 1, self.adder.n_terms), self.adder.dtype)
        for segment, slices in self._segments():
            article, time = self._articles(slices)
            merged = self.adder.sums(TermRows.of(segment), article, len(time))
            self.adder.add(merged, time, uses)
            self.adder.add(merged.ones(), time, articles)
            segment.release()
        whole = to_rows(uses), to_rows(articles)
        del uses, articles, merged
        give_back()
        return self._arrays([*by_both, *by_leaf], *whole)

    def _segments(self) -> Iterator[tuple[Container, NDArray[np.int64]]]:
        """Each with the numbers of its slices."""
        ends = [*self.first_slice[1:].tolist(), len(self.article)]
        for segment, first, end in zip(self.counts, self.first_slice.tolist(), ends, strict=True):
            yield segment, np.arange(first, end)

    def of_slices(self, slices: NDArray[np.int64], has_times: bool) -> dict[str, NDArray[Any]]:
        """Sums of ``slices``, which ascend. ``has_times``: also by leaf and time together."""
        n_keys = self.layout.n_leaves * (N_LONG + 1)
        parts: list[tuple[TermRows, TermRows, TermRows]] = []
        for own in self._parts(slices):
            rows = self._gather(own)
            article, time = self._articles(own)
            merged = self.adder.sums(rows, article, len(time))
            parts.append(
                (
                    self.adder.sums(rows, self._leaf_and_time(own), n_keys),
                    self.adder.sums(merged, time, N_SHORT + 1),
                    self.adder.sums(merged.ones(), time, N_SHORT + 1),
                )
            )
        by_leaf, uses, articles = (
            self.adder.sums(stack(each), np.tile(np.arange(n), len(parts)), n)
            for each, n in zip(
                zip(*parts, strict=True), (n_keys, N_SHORT + 1, N_SHORT + 1), strict=True
            )
        )
        dated, of_leaf = self._of_leaves(by_leaf)
        if not has_times:
            n = self.layout.n_leaves * N_LONG
            dated = TermRows(np.zeros(n + 1, np.int64), dated.terms[:0], dated.counts[:0])
        return self._arrays([dated, of_leaf], uses, articles)

    def _of_leaves(self, by_leaf: TermRows) -> tuple[TermRows, TermRows]:
        """By leaf and dated long time, and by leaf alone, of sums by leaf and long time."""
        n_times = N_LONG + 1
        n_leaves = (len(by_leaf.indptr) - 1) // n_times
        leaf, time = np.divmod(np.arange(n_leaves * n_times), n_times)
        return by_leaf.keep(time < N_LONG), self.adder.sums(by_leaf, leaf, n_leaves)

    def _arrays(
        self, of_leaves: Sequence[TermRows], uses: TermRows, articles: TermRows
    ) -> dict[str, NDArray[Any]]:
        """A row, in the order of ``Layout``. ``uses``, ``articles``: by short time."""
        whole = []
        for each in (uses, articles):
            long = self.adder.sums(each, np.arange(N_SHORT + 1) // SHORT_IN_LONG, N_LONG + 1)
            one = self.adder.sums(long, np.zeros(N_LONG + 1, np.int64), 1)
            whole.append(stack([long.take(np.arange(N_LONG)),
                                   each.take(np.arange(N_SHORT)), one]))  # fmt: skip
        cells = stack([*of_leaves, whole[0]])
        return {
            "indptr": cells.indptr,
            "terms": cells.terms,
            "uses": cells.counts.astype(self.adder.dtype, copy=False),
            "articles": whole[1].counts.astype(self.adder.dtype, copy=False),
        }

    def _parts(self, slices: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
        """The slices by stretches of time, so many that not too much is held at once."""
        cells = self._lengths[slices]
        long = self._long(slices)
        per_time = np.bincount(long, cells, N_LONG + 1)
        part = (np.cumsum(per_time) - 1) // _AT_ONCE
        for one in np.unique(part[np.bincount(long, minlength=N_LONG + 1) > 0]):
            yield slices[part[long] == one]

    @property
    def _lengths(self) -> NDArray[np.int64]:
        """(n_slices,) cells of each."""
        if not hasattr(self, "_found_lengths"):
            self._found_lengths = np.concatenate([np.diff(c["row_indptr"]) for c in self.counts])
        return self._found_lengths

    def _long(self, slices: NDArray[np.int64]) -> NDArray[np.int64]:
        """Long time of each slice, ``N_LONG`` for an undated one."""
        long: NDArray[np.int64] = self.time_of[self.article[slices]] // SHORT_IN_LONG
        return long

    def _leaf_and_time(self, slices: NDArray[np.int64]) -> NDArray[np.int64]:
        return self.leaf[slices] * (N_LONG + 1) + self._long(slices)

    def _articles(self, slices: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Number of each slice's article among those of the slices, and the time of each."""
        articles, number = np.unique(self.article[slices], return_inverse=True)
        return number, self.time_of[articles]

    def _gather(self, slices: NDArray[np.int64]) -> TermRows:
        parts = []
        bounds = np.searchsorted(slices, [*self.first_slice.tolist(), len(self.article)])
        for segment, first, a, b in zip(
            self.counts, self.first_slice.tolist(), bounds[:-1], bounds[1:], strict=True
        ):
            if a < b:
                parts.append(TermRows.of(segment).take(slices[a:b] - first))
                segment.release()
        return stack(parts)


def _times(
    days: NDArray[np.datetime64],
) -> tuple[NDArray[np.int64], NDArray[np.datetime64], NDArray[np.datetime64]]:
    """Times of about equally many articles, of whole days; ``first_day`` is after ``last_day`` in
    one without any."""
    found, number, n_of_day = np.unique(
        days[~np.isnat(days)], return_inverse=True, return_counts=True
    )
    of_day = (np.cumsum(n_of_day) - n_of_day) * N_SHORT // max(int(n_of_day.sum()), 1)
    time_of = np.full(len(days), N_SHORT, dtype=np.int64)
    time_of[~np.isnat(days)] = of_day[number]
    bounds = np.searchsorted(of_day, np.arange(N_SHORT + 1))
    first = np.full(N_SHORT, np.datetime64("9999-12-31"))
    last = np.full(N_SHORT, np.datetime64("0001-01-01"))
    filled = np.diff(bounds) > 0
    first[filled], last[filled] = found[bounds[:-1][filled]], found[bounds[1:][filled] - 1]
    return time_of, first, last
