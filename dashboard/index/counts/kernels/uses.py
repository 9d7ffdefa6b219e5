"""Compiled sums over the uses of terms, for large corpora; ``text.kernels`` has the rules. Without
numba, and for few articles, the packages that call them have the same sums in numpy."""

from __future__ import annotations

import math

from dashboard.text.kernels import Array, compiled


@compiled
def count_uses(
    lists: Array, starts: Array, ends: Array, slices: Array, article: Array, own: Array, out: Array
) -> None:
    """Count, in ``out[lists[i]]``, the articles of the slices ``slices[starts[i]:ends[i]]``, which
    ascend, that are marked in ``own`` (n_slices,)."""
    for i in range(len(lists)):
        last, n = -1, 0
        for at in range(starts[i], ends[i]):
            one = slices[at]
            here, chosen = article[one], own[one]
            n += chosen & (here != last)
            last = here if chosen else last
        out[lists[i]] += n


@compiled
def gather_uses(
    lists: Array,
    starts: Array,
    ends: Array,
    slices: Array,
    counts: Array,
    article: Array,
    own: Array,
    first: int,
    place: Array,
    articles: Array,
    uses: Array,
) -> None:
    """Write each of the articles that ``count_uses`` counts, plus ``first``, and its uses, to
    ``place[lists[i]]`` and on, which moves past them."""
    for i in range(len(lists)):
        last, to = -1, place[lists[i]] - 1
        for at in range(starts[i], ends[i]):
            one = slices[at]
            if not own[one]:
                continue
            here = article[one]
            if here != last:
                to, last = to + 1, here
                articles[to] = here + first
                uses[to] = 0
            uses[to] += counts[at]
        place[lists[i]] = to + 1


@compiled
def tally_uses(
    lists: Array,
    starts: Array,
    ends: Array,
    slices: Array,
    counts: Array,
    key: Array,
    cell: Array,
    words: Array,
    articles: Array,
    uses: Array,
    tally: Array,
    products: Array,
    rest: Array,
) -> int:
    """Count the articles by their uses of each term and by cell: of list i those with y uses, in
    ``tally[lists[i], y - 1, cell]``; those with more than it has room for go to ``rest``, as
    (list, cell, y), and their number is returned.

    ``key``: of each slice twice its article, and one more where it is read; ``cell``, ``words``: of
    each article; ``products``: (…, n_cells) sums of uses x words; ``articles``, ``uses``: room for
    the longest list.
    """
    n_rest, most = 0, tally.shape[1]
    for i in range(len(lists)):
        n, last, y = -1, -1, 0
        for at in range(starts[i], ends[i]):  # without jumps, which nothing could foretell
            both = key[slices[at]]
            here = both >> 1
            same = here == last
            n += 1 - same
            y = y * same + counts[at] * (both & 1)
            articles[n], uses[n] = here, y
            last = here
        to, product = tally[lists[i]], products[lists[i]]
        for k in range(n + 1):
            here, y = articles[k], uses[k]
            if y == 0:
                continue
            at = cell[here]
            product[at] += y * words[here]
            if y <= most:
                to[y - 1, at] += 1
            else:
                rest[n_rest, 0], rest[n_rest, 1], rest[n_rest, 2] = lists[i], at, y
                n_rest += 1
    return n_rest


@compiled
def add_sides(
    indptr: Array,
    terms: Array,
    counts: Array,
    rows: Array,
    side: Array,
    article: Array,
    out: Array,
) -> None:
    """Add row ``rows[i]`` of a CSR matrix to column ``side[i]`` (0 or 1) of ``out`` (n_terms, 4),
    and count in column 2 the different articles with a term, which ascend; column 3: the last of
    them, -1 before the first call."""
    for i in range(len(rows)):
        row, to, one = rows[i], side[i], article[i]
        for at in range(indptr[row], indptr[row + 1]):
            of = out[terms[at]]
            of[to] += counts[at]
            of[2] += of[3] != one
            of[3] = one


@compiled
def add_stratum(
    of: Array, cells: Array, mean: Array, sums: Array, moment: Array, found: Array
) -> None:
    """Add to ``moment`` and ``found`` what a stratum with the term has; see ``deal_within``."""
    first, second = 0.0, 0.0  # sums of the scores and of their squares, without the term
    for one in range(len(mean)):
        expected, many = mean[one], cells[one]
        first -= many * expected
        second += many * expected * expected
    size, share = of[0], of[4]
    all_first, all_second = first + sums[0], second + sums[1]
    moment[1] += of[2] * (sums[1] - (all_first * all_first - first * first) / size)
    with_term = -3 * all_first * all_second + 2 * all_first * all_first * all_first / size
    without = -3 * first * second + 2 * first * first * first / size
    moment[2] += of[3] * (sums[2] + (with_term - without) / size)
    found[0] += sums[3] * (1 - share)
    found[1] += sums[4] * share
    found[3] += (sums[3] + sums[4]) * share * (1 - share)


@compiled
def deal_within(
    ends: Array,
    place: Array,
    uses: Array,
    stratum: Array,
    length: Array,
    is_own: Array,
    class_sizes: Array,
    cells: Array,
    facts: Array,
    sums: Array,
    touched: Array,
    usual: Array,
    moments: Array,
    effect: Array,
) -> None:
    """Of each term, whose entries in ``place`` and ``uses`` end at ``ends``: what dealing within
    the strata that have it adds to ``moments`` (n_terms, 3: see ``dealing.Dealt``), over what it
    would be if they had not; its mean score ``usual`` (n_terms, n_classes); and ``effect``
    (n_terms, 4): weighed uses of both sides, the spread of their difference over strata, the
    variance of independent words.

    Of each place: ``stratum``, ``length`` class, ``is_own``. ``cells``: (n_strata, n_classes)
    articles; ``facts``: (n_strata, 5) articles, share of them that is own, factors of the second
    and third moment, the own share of words. ``sums``: (n_strata, 5) zeros, left so; ``touched``:
    (n_strata,).
    """
    begin, n_classes = 0, len(class_sizes)
    for term in range(len(ends)):
        mean, moment, found = usual[term], moments[term], effect[term]
        for at in range(begin, ends[term]):
            mean[length[place[at]]] += math.log1p(uses[at])
        for one in range(n_classes):
            mean[one] /= class_sizes[one]
        n = 0
        for at in range(begin, ends[term]):
            article, y = place[at], uses[at]
            one, own = stratum[article], is_own[article]
            to, score, expected = sums[one], math.log1p(y), mean[length[article]]
            if to[3] + to[4] == 0:
                touched[n] = one
                n += 1
            above = score - expected
            to[0] += score
            to[1] += above * above - expected * expected
            to[2] += above * above * above + expected * expected * expected
            to[3] += y * own
            to[4] += y * (1 - own)
            moment[0] += score * (own - facts[one, 1])
        for k in range(n):
            one = touched[k]
            add_stratum(facts[one], cells[one], mean, sums[one], moment, found)
        for k in range(n):
            to, share = sums[touched[k]], facts[touched[k], 4]
            apart = to[3] * (1 - share) / (found[0] + 0.5) - to[4] * share / (found[1] + 0.5)
            found[2] += apart * apart
            for one in range(5):
                to[one] = 0
        begin = ends[term]
