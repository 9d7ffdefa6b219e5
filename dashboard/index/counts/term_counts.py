"""Terms by group of sources: uses, and articles, in whatever is selected of an index.

Where the corpus is large, the sums that the build made (``storage.sums``) replace slices wherever a
whole cell is asked for; for a text query, or a small corpus, slices are counted one by one. The
result is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.index.counts.count_table import CountTable
from dashboard.index.counts.grouped import GroupedIndex, ungrouped
from dashboard.index.counts.topic_mix import is_compiled, mix_sums, select_slices, source_sums
from dashboard.index.index import Index
from dashboard.index.storage.sums import ALL, MOSTLY, Days, Sums

_CELL_TO_POSTING = 2.5  # how long it takes to read a cell of a row, by that of a posting
_LIST_TO_POSTING = 2_000  # how long numpy takes to begin with a list of postings
_GROUP_BITS = 8  # of what is looked up for a posting; the other 24 are its article in the segment


@dataclass(frozen=True)
class Selection:
    """What of an index is asked for: the text on ``leaves`` (n_leaves + 1,; the last: none; None:
    all) in ``articles`` (n_articles,). ``days``: first and last, None for no bound, where whole
    sources and days are all that articles are selected by; None where anything else is."""

    articles: NDArray[np.bool_]
    leaves: NDArray[np.bool_] | None = None
    days: Days | None = None


def term_counts(
    index: Index, selection: Selection, group_of: NDArray[np.int64], n_groups: int
) -> NDArray[np.int64]:
    """(n_groups, n_analysed) uses of each analysed term in each group of sources.

    ``group_of``: (n_sources + 1,) group of each source, then of the unknown; -1 is left out, and
    so must every source be that ``selection`` leaves out.
    """
    index, group_of = _by_source(index, selection, group_of)
    return _counts(index, selection, group_of, n_groups, None)


def article_counts(
    index: Index,
    selection: Selection,
    group_of: NDArray[np.int64],
    n_groups: int,
    columns: NDArray[np.int64],
) -> NDArray[np.int64]:
    """(n_columns, n_groups) articles of each group that use each of these analysed terms in what is
    selected of them."""
    index, group_of = _by_source(index, selection, group_of)
    if (
        _sums(index, selection, columns) is None
        and _nearly_all(index, selection, group_of, n_groups) is None
    ):
        terms = index.lexicon.analysed[columns]
        of_slice = _group_of_slices(index, selection, group_of, n_groups)
        n_postings = int(index.lexicon.doc_freq[terms].sum())  # about: an article has few slices
        n_cells = np.count_nonzero(of_slice) * index.cells_per_slice
        n_lists = 0 if is_compiled(index) else len(terms) * len(index.segments)
        if n_cells * _CELL_TO_POSTING > n_postings + n_lists * _LIST_TO_POSTING:
            return _by_postings(index, terms, of_slice, n_groups)
    return _counts(index, selection, group_of, n_groups, columns).T


def _sums(index: Index, selection: Selection, columns: NDArray[np.int64] | None) -> Sums | None:
    """The sums that answer; None for articles where one may be in several cells."""
    if selection.days is None or (columns is not None and selection.leaves is not None):
        return None
    return index.sums


def _counts(
    index: Index,
    selection: Selection,
    group_of: NDArray[np.int64],
    n_groups: int,
    columns: NDArray[np.int64] | None,
) -> NDArray[np.int64]:
    """Uses, or of some ``columns`` the articles."""
    table = CountTable(index, n_groups + 1, columns)
    leaves, days = selection.leaves, selection.days
    sums = _sums(index, selection, columns)
    if sums is None or days is None:
        nearly = _nearly_all(index, selection, group_of, n_groups)
        if nearly is None:
            table.add_slices(np.flatnonzero(selection.articles), group_of, leaves)
        else:
            _add_what_is_left(table, nearly, selection.articles, group_of)
        return table.out[:-1]
    cover = sums.cover(leaves, days)
    has_row = (sums.row_of_source >= 0) & cover.rows[sums.row_of_source]
    rest = _largest_left(index, group_of, n_groups)
    to = group_of.copy()
    if rest >= 0:
        to[to < 0] = n_groups
        to[to == rest] = -1
    for source in np.flatnonzero(has_row & (to >= 0)).tolist():
        table.add_cells(sums, int(sums.row_of_source[source]), cover.cells, to[source])
    alone = np.where(has_row, -1, to)
    if (alone[_articles_by_source(index) > 0] >= 0).any():
        within = cover.times[sums.time_of] & (alone >= 0)[index.source_of]
        table.add_slices(np.flatnonzero(within), alone, leaves)
    if rest >= 0:  # what the others leave of all
        others = table.out.sum(axis=0, dtype=table.out.dtype)
        table.add_cells(sums, ALL, cover.cells, rest)
        table.out[rest] -= others
    if cover.beyond.any():
        beyond = np.flatnonzero(cover.beyond[sums.time_of])
        table.add_slices(beyond[~_within(index.days[beyond], days)], group_of, leaves, -1)
    if not cover.times.all():
        left = selection.articles & ~cover.times[sums.time_of]
        table.add_slices(np.flatnonzero(left), group_of, leaves)
    return table.out[:-1]


def _nearly_all(
    index: Index, selection: Selection, group_of: NDArray[np.int64], n_groups: int
) -> tuple[Sums, int] | None:
    """The sums of the whole index and the group that has most of its articles; None where none
    has."""
    sums = ungrouped(index).sums
    if sums is None or selection.leaves is not None:
        return None
    group = group_of[index.source_of[selection.articles]]
    sizes = np.bincount(group + 1, minlength=n_groups + 1)[1:]
    largest = int(np.argmax(sizes))
    return (sums, largest) if sizes[largest] > MOSTLY * index.n_articles else None


def _add_what_is_left(
    table: CountTable,
    nearly: tuple[Sums, int],
    articles: NDArray[np.bool_],
    group_of: NDArray[np.int64],
) -> None:
    """Add all groups of the ``articles``: the largest is what the others leave of the whole. The
    last row of the table takes what is in no group."""
    (sums, largest), last = nearly, len(table.out) - 1
    others = np.where(group_of < 0, last, np.where(group_of == largest, -1, group_of))
    table.add_slices(np.flatnonzero(articles), others, None)
    table.add_slices(np.flatnonzero(~articles), np.full(len(group_of), last), None)
    rest = table.out.sum(axis=0, dtype=table.out.dtype)
    table.add_cells(sums, ALL, sums.cover(None, (None, None)).cells, largest)
    table.out[largest] -= rest


def _by_source(
    index: Index, selection: Selection, group_of: NDArray[np.int64]
) -> tuple[Index, NDArray[np.int64]]:
    """Groups of articles as groups of sources, of which there are sums, where no source is in
    several of them."""
    if not isinstance(index, GroupedIndex) or index.group_of_source is None:
        return index, group_of
    n_sources = len(index.group_of_source)
    chosen = np.bincount(index.index.source_of[selection.articles] % n_sources, minlength=n_sources)
    return index.index, np.where(chosen > 0, group_of[index.group_of_source], -1)


def _within(day: NDArray[np.datetime64], days: Days) -> NDArray[np.bool_]:
    first, last = days
    within = np.ones(len(day), dtype=bool)
    if first is not None:
        within &= day >= first
    if last is not None:
        within &= day <= last
    return within


def _largest_left(index: Index, group_of: NDArray[np.int64], n_groups: int) -> int:
    """The group that is counted faster as the total less the other groups; -1 for none."""
    n_articles = _articles_by_source(index)
    sizes = np.bincount(group_of + 1, n_articles, n_groups + 1)
    left_out, sizes = sizes[0], sizes[1:]
    sources = np.bincount(group_of + 1, minlength=n_groups + 1)[1:]
    # Of one source it is as quick by itself.
    largest = int(np.argmax(np.where(sources > 1, sizes, 0)))
    return largest if sources[largest] > 1 and sizes[largest] > left_out else -1


def _articles_by_source(index: Index) -> NDArray[np.int64]:
    known = np.asarray([s.n_articles for s in index.sources], dtype=np.int64)
    return np.append(known, index.n_articles - known.sum())


def _group_of_slices(
    index: Index, selection: Selection, group_of: NDArray[np.int64], n_groups: int
) -> NDArray[Any]:
    """(n_slices,) group of each slice that is selected plus one, 0 for the others; small numbers,
    as they are looked up at random."""
    kind = np.uint8 if n_groups < 1 << _GROUP_BITS else np.uint32
    of_article = (group_of + 1).astype(kind)[index.source_of] * selection.articles
    if selection.leaves is None:
        of_slice: NDArray[Any] = of_article[index.slice_article]
        return of_slice
    return select_slices(index, of_article, selection.leaves)[0]


def _by_postings(
    index: Index, terms: NDArray[np.int64], group: NDArray[Any], n_groups: int
) -> NDArray[np.int64]:
    """``group``: see ``_group_of_slices``."""
    counts = np.zeros((len(terms), n_groups + 1), dtype=np.int64)
    compiled = is_compiled(index)
    shift = 8 * group.dtype.itemsize
    for segment in index.segments:
        arrays = segment.arrays
        article = arrays["slice_article"]
        own = group[segment.first_slice : segment.first_slice + len(article)]
        if not own.any():
            continue
        found, starts, ends = segment.posted(terms)
        if compiled:
            from dashboard.index.counts.kernels.sums import count_articles

            kind = np.uint32 if shift == _GROUP_BITS else np.uint64
            room = np.empty(len(own), kind), np.empty((ends - starts).max(initial=0), kind)
            slices = arrays["posting_slices"]
            count_articles(found, starts, ends, slices, article, own, shift, *room, counts)
            continue
        for i, start, end in zip(found.tolist(), starts.tolist(), ends.tolist(), strict=True):
            slices = arrays["posting_slices"][start:end]
            slices = slices[own[slices] > 0]
            first = np.diff(article[slices], prepend=-1) > 0  # slices ascend, and so do articles
            counts[i] += np.bincount(own[slices[first]], minlength=n_groups + 1)
    return counts[:, 1:]


def warm_up(index: Index) -> None:
    """Compile the sums of a large index and keep their code: no visitor waits for it."""
    if not is_compiled(index):
        return
    few = np.arange(index.n_articles) < 1
    groups = np.zeros(len(index.sources) + 1, dtype=np.int64)
    for selection in (Selection(few), Selection(few, days=(None, None))):
        term_counts(index, selection, groups, 1)
        article_counts(index, selection, groups, 1, np.arange(1))
    leaves = np.ones(len(index.leaf_passages), dtype=bool)
    of_slice = _group_of_slices(index, Selection(few, leaves), groups, 1)
    _by_postings(index, index.lexicon.analysed[:1], of_slice, 1)
    mix_sums(index, index.cut(), np.where(few, 0, -1), 1)
    source_sums(index, few[index.slice_article])
