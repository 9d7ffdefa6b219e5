"""A word shift: which words make the text of now different from that of then, and how much."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.term_counts import term_counts
from dashboard.index.index import Index
from dashboard.index.terms.lexicon import SELF, STOP
from dashboard.measures.keyness.compared import Compared
from dashboard.measures.keyness.covered import sides_of, term_sums
from dashboard.measures.registry import table
from dashboard.measures.rises.then_and_now import NOW, SINCE, THEN, parted
from dashboard.scope import Scope

N_WORDS = 100
ALPHA = 1 / 3  # of rank-turbulence divergence
_TWO_SIDED = 1.959964
Floats = NDArray[np.float64]

METHOD = """
Of all words but stop words and the names of outlets, each text has shares; how far the two sets of
shares are apart is the Jensen–Shannon divergence (Lin 1991), in bits, which is a sum over words
(Gallagher et al. 2021). **Contribution**: a word's part of it. Its 95 % interval takes articles as
units: the variance of both rates over articles (Cochran 1977), carried through the formula to first
order. Small texts differ by chance alone: read the interval, not only the order. **Rank
turbulence** is a second view, which gives rare words more room: the difference of the two ranks to
the power of −1/3 (Dodds et al. 2023, α = 1/3).
"""


@table(
    "word_shift",
    words="word",
    row="a word whose share differs between then and now, the largest part first, up to 100",
    columns={
        "word": "the word",
        "direction": "`up`: more now; or `down`",
        "since": "first day of now (YYYY-MM-DD)",
        "contribution": "its part of the Jensen–Shannon divergence (0 to 1)",
        "ci_low": "lower end of its 95 % interval, articles as units; null: one article on a side",
        "ci_high": "upper end of it",
        "divergence": "the Jensen–Shannon divergence of all words (bits, 0 to 1)",
        "rate_then": "uses per 10,000 words then, of the words that are compared",
        "rate_now": "uses per 10,000 words now",
        "rank_then": "place among the words of then, from 1; equal uses share the mean place",
        "rank_now": "place among the words of now",
        "turbulence": "its part of the rank-turbulence divergence (0 to 1)",
    },
    options=[SINCE],
    method=METHOD,
)
def word_shift(index: Index, scope: Scope, since: date | None = None) -> pd.DataFrame:
    """Words of now and then, over the dated articles in scope. No rows where one of the two has no
    text. ``contribution``: ½ p log2(p/m) + ½ q log2(q/m) of its shares p and q, m their mean, as a
    part of the sum over all words."""
    found = parted(index, scope, since)
    if found is None:
        return word_shift.frame()
    groups, first = found
    both = np.asarray([NOW, THEN])
    of = Compared(groups, scope, both, both)
    counts = term_counts(groups, of.selection, of.groups, 2).astype(np.int64)
    lexicon = index.lexicon
    flags = lexicon.flags[lexicon.analysed] & (STOP | SELF)
    is_word = (flags == 0) & ~np.isin(lexicon.analysed, lexicon.phrases) & (counts.sum(axis=0) > 0)
    columns = np.flatnonzero(is_word)
    counts = counts[:, columns]
    sums = counts.sum(axis=1)
    if not sums.all():
        return word_shift.frame()
    share = counts / sums[:, None]
    part = contributions(share[NOW], share[THEN])
    ranks = np.stack([_ranks(each) for each in counts])
    turbulence = np.abs(ranks[NOW] ** -ALPHA - ranks[THEN] ** -ALPHA) ** (1 / (ALPHA + 1))
    words = np.asarray(lexicon.surfaces.take(lexicon.analysed[columns]), dtype=object)
    at = np.lexsort((words.astype(str), -np.round(part, 15)))[:N_WORDS]
    at = at[part[at] > 0]
    error = _errors(of, columns[at], share[:, at], sums)
    total = float(part.sum()) or 1.0
    return word_shift.frame(
        {
            "word": words[at],
            "direction": np.where(share[NOW, at] > share[THEN, at], "up", "down").astype(object),
            "since": np.full(len(at), first.isoformat(), dtype=object),
            "contribution": part[at] / total,
            "ci_low": np.maximum(part[at] - _TWO_SIDED * error, 0.0) / total,
            "ci_high": (part[at] + _TWO_SIDED * error) / total,
            "divergence": np.full(len(at), total),
            "rate_then": 1e4 * share[THEN, at],
            "rate_now": 1e4 * share[NOW, at],
            "rank_then": ranks[THEN, at],
            "rank_now": ranks[NOW, at],
            "turbulence": turbulence[at] / max(float(turbulence.sum()), 1e-300),
        }
    )


def contributions(p: Floats, q: Floats) -> Floats:
    """Of each word to the Jensen–Shannon divergence of two sets of shares, in bits."""
    mean = (p + q) / 2
    found = np.zeros(len(mean))
    for each in (p, q):
        there = each > 0
        found[there] += each[there] * np.log2(each[there] / mean[there]) / 2
    return np.maximum(found, 0.0)


def _ranks(counts: NDArray[np.int64]) -> Floats:
    """Places from 1, the largest first; equal counts share the mean of their places."""
    _, of, sizes = np.unique(-counts, return_inverse=True, return_counts=True)
    ends = np.cumsum(sizes)
    found: Floats = (ends - (sizes - 1) / 2)[of]
    return found


def _errors(
    of: Compared, columns: NDArray[np.int64], share: Floats, sums: NDArray[np.int64]
) -> Floats:
    """Standard error of each contribution in bits; NaN with one article on a side."""
    index = of.index
    articles, words = of.words_of_articles()
    sides = sides_of(of.groups[index.source_of[articles]], words, 2)
    n = np.bincount(sides.group, minlength=2)
    term = term_sums(of, articles, sides, index.lexicon.analysed[columns].astype(np.int64))
    mean = share.mean(axis=0)
    variance = np.zeros(len(columns))
    for side in (NOW, THEN):
        rate = term.uses[side] / max(float(term.words[side]), 1.0)
        spread = (
            term.squares[side]
            - 2 * rate * term.products[side]
            + rate**2 * term.length_squares[side]
        )
        ratio = np.maximum(spread, 0.0) * n[side] / max(n[side] - 1, 1) / float(sums[side]) ** 2
        slope = np.log2(np.maximum(share[side], 0.5 / sums[side]) / mean) / 2
        variance += slope**2 * ratio
    return np.sqrt(variance) if n.min() > 1 else np.full(len(columns), np.nan)
