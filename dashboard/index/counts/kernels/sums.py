"""Compiled sums over count matrices, for large corpora; ``text.kernels`` has the rules."""

from __future__ import annotations

import numpy as np

from dashboard.text.kernels import Array, compiled

# Where the only bit of a 64-bit number is set: (number * _ODD) >> 58 is another for each of them.
_ODD, _MOVE, _ONE = np.uint64(0x03F79D71B4CB0A89), np.uint64(58), np.uint64(1)
_PLACE = np.zeros(64, dtype=np.int64)
for _i in range(64):
    _PLACE[(0x03F79D71B4CB0A89 << _i & 0xFFFFFFFFFFFFFFFF) >> 58] = _i


@compiled
def sum_rows(
    indptr: Array,
    terms: Array,
    counts: Array,
    order: Array,
    bounds: Array,
    sums: Array,
    marks: Array,
    out_indptr: Array,
    out_terms: Array,
    out_counts: Array,
) -> None:
    """Sum rows ``order[bounds[b]:bounds[b + 1]]`` of a CSR matrix for each group b of them.

    ``sums``: (n_terms,) and ``marks``: (n_terms // 64 + 1,) uint64, zeros, left so. The result is
    CSR with ascending terms; ``out_terms`` and ``out_counts`` must hold as many cells as the rows.
    """
    n = 0
    for group in range(len(bounds) - 1):
        for i in range(bounds[group], bounds[group + 1]):
            row = order[i]
            for cell in range(indptr[row], indptr[row + 1]):
                term = terms[cell]
                sums[term] += counts[cell]
                marks[term >> 6] |= _ONE << np.uint64(term & 63)
        for word in range(len(marks)):
            left = marks[word]
            while left:
                lowest = left & (~left + _ONE)
                term = (word << 6) + _PLACE[(lowest * _ODD) >> _MOVE]
                out_terms[n] = term
                out_counts[n] = sums[term]
                sums[term] = 0
                n += 1
                left ^= lowest
            marks[word] = 0
        out_indptr[group + 1] = n


@compiled
def add_term_rows(
    indptr: Array, terms: Array, counts: Array, rows: Array, group: Array, sign: int, out: Array
) -> None:
    """Add row ``rows[i]`` of a CSR matrix, ``sign`` times, to row ``group[i]`` of ``out`` (…,
    n_terms)."""
    for i in range(len(rows)):
        row, to = rows[i], out[group[i]]
        for cell in range(indptr[row], indptr[row + 1]):
            to[terms[cell]] += sign * counts[cell]


@compiled
def add_cells(terms: Array, counts: Array, starts: Array, ends: Array, out: Array) -> None:
    """Add cells [start, end), for each pair, to ``out`` (n_terms,)."""
    for i in range(len(starts)):
        for cell in range(starts[i], ends[i]):
            out[terms[cell]] += counts[cell]


@compiled
def add_some_cells(
    terms: Array, counts: Array, starts: Array, ends: Array, column: Array, out: Array
) -> None:
    """The same for terms with a ``column`` (n_terms,) in ``out``; -1 is left out."""
    for i in range(len(starts)):
        for cell in range(starts[i], ends[i]):
            to = column[terms[cell]]
            if to >= 0:
                out[to] += counts[cell]


@compiled
def add_article_counts(
    indptr: Array,
    terms: Array,
    rows: Array,
    group: Array,
    article: Array,
    column: Array,
    last: Array,
    sign: int,
    out: Array,
) -> None:
    """Count, ``sign`` times, the different articles, which ascend, in row ``group[i]`` of ``out``,
    for each term of row ``rows[i]`` with a ``column`` in it; ``last``: (n_columns,) of -1 before
    the first call."""
    for i in range(len(rows)):
        row, counts, one = rows[i], out[group[i]], article[i]
        for cell in range(indptr[row], indptr[row + 1]):
            to = column[terms[cell]]
            if to >= 0:
                counts[to] += sign * (last[to] != one)
                last[to] = one


@compiled
def mark_slices(
    article: Array, leaf: Array, of_article: Array, leaves: Array, of_slice: Array, found: Array
) -> None:
    """For slices on ``leaves`` the value of their article in ``of_article``, for others zero;
    ``found``: (n_articles,) zeros before; articles with such a slice are marked in it."""
    for one in range(len(article)):
        value = of_article[article[one]] * leaves[leaf[one]]
        of_slice[one] = value
        found[article[one]] |= value


@compiled
def count_articles(
    lists: Array,
    starts: Array,
    ends: Array,
    slices: Array,
    article: Array,
    group: Array,
    shift: int,
    key: Array,
    kept: Array,
    out: Array,
) -> None:
    """Count, in row ``lists[i]`` of ``out`` (…, n_groups + 1), the different articles of each group
    in ``slices[starts[i]:ends[i]]``, which ascend. ``group``: of each slice, 0 for one that is left
    out; fits in ``shift`` bits. ``key``, ``kept``: room for as many slices, and for the longest
    list."""
    zero, groups = key.dtype.type(0), key.dtype.type((1 << shift) - 1)
    for one in range(len(group)):
        both = key.dtype.type(article[one] << shift | group[one])
        key[one] = both if group[one] > 0 else zero
    for i in range(len(lists)):
        n = 0
        for at in range(starts[i], ends[i]):  # without jumps, which nothing could foretell
            own = key[slices[at]]
            kept[n] = own
            n += own != zero
        row, last = out[lists[i]], zero
        for at in range(n):
            own = kept[at]
            row[own & groups] += own != last
            last = own


@compiled
def sum_sources(article: Array, words: Array, mask: Array, source_of: Array, out: Array) -> None:
    """By source, the unknown last: distinct articles and words of the slices in ``mask``;
    ``out``: (2, n_sources + 1) zeros before."""
    last, source, n_articles, n_words = -1, 0, 0, 0
    for one in range(len(article)):
        here, chosen = article[one], mask[one]
        if source_of[here] != source:
            out[0, source] += n_articles
            out[1, source] += n_words
            source, n_articles, n_words = source_of[here], 0, 0
        n_articles += chosen & (here != last)
        n_words += chosen * words[one]
        last = here if chosen else last
    out[0, source] += n_articles
    out[1, source] += n_words


@compiled
def add_mixes(
    article: Array,
    topic: Array,
    words: Array,
    passages: Array,
    squares: Array,
    group_of: Array,
    by_group: Array,
    by_cell: Array,
) -> None:
    """The sums of ``counts.MixSums``, in its order: (4, n_groups) and (4, n_groups, n_topics),
    zeros before. The first five arrays are over slices; slices of an article, and in it those of a
    topic, are neighbours, but for the last topic: what is Other may be in several places."""
    n, first, last = len(article), 0, by_cell.shape[2] - 1
    while first < n:
        one, end, length, other = article[first], first, 0, 0
        while end < n and article[end] == one:
            length += words[end]
            end += 1
        group = group_of[one]
        if group < 0:
            first = end
            continue
        by_group[0, group] += 1
        by_group[1, group] += length
        by_group[2, group] += float(length) * length
        while first < end:
            about, own, n_passages = topic[first], 0, 0
            while first < end and topic[first] == about:
                own += words[first]
                n_passages += passages[first]
                by_group[3, group] += squares[first]
                first += 1
            by_cell[0, group, about] += own
            by_cell[2, group, about] += float(own) * length
            by_cell[3, group, about] += n_passages
            if about == last:
                other += own
            else:
                by_cell[1, group, about] += float(own) * own
        if other:
            by_cell[1, group, last] += float(other) * other
