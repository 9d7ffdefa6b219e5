"""How likely a comparison is to find a difference that is there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.grouped import grouped
from dashboard.index.counts.term_counts import article_counts
from dashboard.index.index import Index
from dashboard.measures.columns import BY, DRAWN, KNOWN_SOURCE, KNOWN_SOURCE_ID
from dashboard.measures.keyness.compared import Compared, compared
from dashboard.measures.keyness.leaning import MAX_Q
from dashboard.measures.registry import table
from dashboard.measures.statistics.dealing import worth_testing
from dashboard.scope import Scope

RATE, TIMES, SHAPE = 0.5e-3, 3.0, 0.3  # of the word that is to be found: see METHOD
WANTED = 0.5
_MOST_ARTICLES = 1_000_000

METHOD = """
The word that is to be found is used .5 times in 1,000 words by the others and three times as often
by the source, in bursts: most articles have none (negative binomial, shape .3). Its power is that
of the test of `keyness` by the normal approximation, at the threshold that a word has to pass if it
is the only one that differs. `n_needed`: articles of the source, with as many others, for one in
two.
"""


@table(
    "power",
    row="a known source",
    columns={
        "source": KNOWN_SOURCE,
        "n_articles": "its articles",
        "n_rest": "articles of the others",
        "n_tests": "terms that could be found at all; 0: nothing could",
        "power": "chance to find a word that it uses three times as often (0 to 1)",
        "n_needed": "articles on each side for a chance of one in two",
        **KNOWN_SOURCE_ID,
    },
    options=[DRAWN, BY],
    method=METHOD,
)
def power(
    index: Index, scope: Scope, drawn: Sequence[str] | None = None, by: str = ""
) -> pd.DataFrame:
    """What ``keyness`` could find of each source, over all articles in scope. With fewer than two
    sources: no rows."""
    index = grouped(index, by)
    groups = compared(index, scope, drawn)
    if groups is None:
        return power.frame()
    articles, words = groups.words_of_articles()
    length = float(words.mean())
    doc_freq = _doc_freq(groups)
    rows = []
    for source in groups.sources.tolist():
        own = int((index.source_of[articles] == source).sum())
        rest = len(articles) - own
        _, n_tests = worth_testing(doc_freq, own, own + rest, MAX_Q)
        rows.append(
            (
                index.source_names[source],
                own,
                rest,
                n_tests,
                chance_to_find(length, own, rest, n_tests),
                articles_needed(length, max(n_tests, 100)),
                index.source_ids[source],
            )
        )
    return power.frame(rows)


def _doc_freq(of: Compared) -> NDArray[np.int64]:
    columns = np.flatnonzero(of.candidates)
    whole = np.minimum(of.groups, 0)
    return article_counts(of.index, of.selection, whole, 1, columns)[:, 0]


def chance_to_find(length: float, n_own: int, n_rest: int, n_tests: int) -> float:
    """The power for articles of ``length`` words; 0 where nothing can be found."""
    if not n_tests or not n_own or not n_rest:
        return 0.0
    (usual, spread), (more, spread_own) = (_score(length * RATE * k) for k in (1.0, TIMES))
    share = n_own / (n_own + n_rest)
    apart = more - usual
    pooled = share * spread_own + (1 - share) * spread + share * (1 - share) * apart**2
    least = -NormalDist().inv_cdf(MAX_Q / n_tests / 2)
    dealing = math.sqrt(pooled * (1 / n_own + 1 / n_rest))
    return NormalDist().cdf(
        (apart - least * dealing) / math.sqrt(spread_own / n_own + spread / n_rest)
    )


def articles_needed(length: float, n_tests: int) -> int:
    """Articles on each side for a power of one in two."""
    few, many = 1, _MOST_ARTICLES
    while few < many:
        middle = (few + many) // 2
        if chance_to_find(length, middle, middle, n_tests) >= WANTED:
            many = middle
        else:
            few = middle + 1
    return few


def _score(mean: float) -> tuple[float, float]:
    """Mean and variance of log(1 + uses), uses negative binomial (shape ``SHAPE``)."""
    p, chance, total, first, second = SHAPE / (SHAPE + mean), 0.0, 0.0, 0.0, 0.0
    chance = p**SHAPE
    for y in range(10_000):
        score = math.log1p(y)
        total, first, second = total + chance, first + chance * score, second + chance * score**2
        if 1 - total < 1e-9:
            break
        chance *= (y + SHAPE) / (y + 1) * (1 - p)
    return first, second - first**2
