"""Compiled sums over count matrices, for large corpora; see ``kernels`` for the rules."""

from __future__ import annotations

import numpy as np

from dashboard.index.kernels import Array, compiled


@compiled
def sum_rows(
    indptr: Array,
    terms: Array,
    counts: Array,
    order: Array,
    bounds: Array,
    sums: Array,
    out_indptr: Array,
    out_terms: Array,
    out_counts: Array,
) -> None:
    """Sum rows ``order[bounds[b]:bounds[b + 1]]`` of a CSR matrix for each group b of them.

    ``sums``: (n_terms,) zeros, left so. The result is CSR; ``out_terms`` and ``out_counts`` must
    hold as many cells as the matrix.
    """
    n = 0
    for group in range(len(bounds) - 1):
        first = n
        for i in range(bounds[group], bounds[group + 1]):
            row = order[i]
            for cell in range(indptr[row], indptr[row + 1]):
                term = terms[cell]
                if sums[term] == 0:
                    out_terms[n] = term
                    n += 1
                sums[term] += counts[cell]
        for cell in range(first, n):
            out_counts[cell] = sums[out_terms[cell]]
            sums[out_terms[cell]] = 0
        out_indptr[group + 1] = n


@compiled
def groups_of(order: Array, bounds: Array, group: Array, found: Array) -> bool:
    """The group that all rows of each part have; False when some part has several."""
    for part in range(len(bounds) - 1):
        one = group[order[bounds[part]]]
        for i in range(bounds[part] + 1, bounds[part + 1]):
            if group[order[i]] != one:
                return False
        found[part] = one
    return True


@compiled
def add_rows(indptr: Array, terms: Array, counts: Array, group: Array, out: Array) -> None:
    """Add each row to the row ``group[row]`` of ``out`` (n_groups, n_terms); -1 is left out."""
    for row in range(len(group)):
        to = group[row]
        if to >= 0:
            for cell in range(indptr[row], indptr[row + 1]):
                out[to, terms[cell]] += counts[cell]


@compiled
def add_blocks(
    indptr: Array,
    terms: Array,
    counts: Array,
    bounds: Array,
    block_indptr: Array,
    block_terms: Array,
    block_counts: Array,
    group: Array,
    out: Array,
) -> None:
    """:func:`add_rows` by blocks of neighbouring rows whose sums are known: of a block that is
    wholly in one group the sum is added, of one that mostly is, the sum without the other rows."""
    for block in range(len(bounds) - 1):
        first, last = bounds[block], bounds[block + 1]
        one, several, inside, outside = np.int64(-1), False, 0, 0
        for row in range(first, last):
            cells = indptr[row + 1] - indptr[row]
            if group[row] < 0:
                outside += cells
            else:
                inside += cells
                if one < 0:
                    one = group[row]
                elif group[row] != one:
                    several = True
        if one < 0:
            continue
        whole = block_indptr[block + 1] - block_indptr[block]
        if not several and whole + outside < inside:
            for cell in range(block_indptr[block], block_indptr[block + 1]):
                out[one, block_terms[cell]] += block_counts[cell]
            for row in range(first, last):
                if group[row] < 0:
                    for cell in range(indptr[row], indptr[row + 1]):
                        out[one, terms[cell]] -= counts[cell]
        else:
            for row in range(first, last):
                to = group[row]
                if to >= 0:
                    for cell in range(indptr[row], indptr[row + 1]):
                        out[to, terms[cell]] += counts[cell]


@compiled
def count_articles(
    lists: Array,
    starts: Array,
    ends: Array,
    slices: Array,
    article: Array,
    group: Array,
    out: Array,
) -> None:
    """Count, in row ``lists[i]`` of ``out`` (…, n_groups), the different articles of each group in
    ``slices[starts[i]:ends[i]]``, which ascend; a slice of group -1 is left out."""
    for i in range(len(lists)):
        last = -1
        for at in range(starts[i], ends[i]):
            one = slices[at]
            to = group[one]
            if to >= 0 and article[one] != last:
                last = article[one]
                out[lists[i], to] += 1


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
    topic, are neighbours."""
    n, first = len(article), 0
    while first < n:
        one, end, length = article[first], first, 0
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
            by_cell[1, group, about] += float(own) * own
            by_cell[2, group, about] += float(own) * length
            by_cell[3, group, about] += n_passages
