"""How likely a comparison is to find a difference that is there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.grouped import grouped
from dashboard.index.counts.term_counts import article_counts
from dashboard.index.index import Index
from dashboard.index.terms.lexicon import NAME
from dashboard.measures.columns import BY, DRAWN, KNOWN_SOURCE, KNOWN_SOURCE_ID
from dashboard.measures.keyness.compared import Compared, compared
from dashboard.measures.keyness.keyness import WITHIN
from dashboard.measures.keyness.leaning import MAX_Q
from dashboard.measures.keyness.told import StrataCounts, strata_of_each
from dashboard.measures.registry import table
from dashboard.measures.statistics.dealing import worth_testing
from dashboard.scope import Scope

TIMES, SHAPE = 3.0, 0.3  # of the term that is to be found: see METHOD
WORD, PHRASE, NAME_OF = "word", "phrase", "name"
#: Uses of it by the others, for each word of text.
RATES = {WORD: 0.5e-3, PHRASE: 0.05e-3, NAME_OF: 0.2e-3}
WANTED = 0.5
_MOST_ARTICLES = 1_000_000

METHOD = """
The term that is to be found is used by the others .5 times in 1,000 words if it is a word, .2 times
if a name, .05 times if a phrase, and three times as often by the source, in bursts: most articles
have none (negative binomial, shape .3). In 5.8 million words of American news one word in 600, one
name in 100 and one phrase in 250 is as frequent. Its power is that of the test of `keyness` by the
normal approximation, at the threshold that a term has to pass if it is the only one that differs.
Within stories, articles count by how many they can be compared with there. `n_needed`: articles of
the source, with as many others, for one in two; within stories, in stories such as there are.
"""


@table(
    "power",
    row="a known source and a kind of term",
    columns={
        "source": KNOWN_SOURCE,
        "kind": "`word`, `phrase` or `name`",
        "n_articles": "its articles that are compared",
        "n_rest": "articles of the others that are",
        "n_tests": "terms of the kind that could be found at all; 0: none could",
        "power": "chance to find one that it uses three times as often (0 to 1)",
        "n_needed": "articles of the source for a chance of one in two; null: more than a million",
        **KNOWN_SOURCE_ID,
    },
    options=[DRAWN, WITHIN, BY],
    method=METHOD,
)
def power(
    index: Index, scope: Scope, drawn: Sequence[str] | None = None, within: str = "", by: str = ""
) -> pd.DataFrame:
    """What ``keyness`` could find of each source: over all articles in scope, or, ``within``
    "story", in stories that it shares with others. With fewer than two sources: no rows. Raises
    ``MissingLayer`` for ``within`` on an index without stories."""
    index = grouped(index, by)
    groups = compared(index, scope, drawn)
    if groups is None:
        return power.frame()
    rows = []
    kinds = _kinds(groups)
    for source, (length, units, doc_freq) in zip(
        groups.sources.tolist(), _told(groups) if within else _covered(groups), strict=True
    ):
        own, rest = units.n_own, units.n_rest
        least, n_tests = worth_testing(doc_freq[kinds != ""], own, own + rest, MAX_Q)
        for kind in RATES:
            n_of_kind = int((doc_freq[kinds == kind] >= least).sum()) if n_tests else 0
            found = chance_to_find(length, kind, units, n_tests) if n_of_kind else 0.0
            rows.append(
                (
                    index.source_names[source],
                    kind,
                    own,
                    rest,
                    n_of_kind,
                    found,
                    articles_needed(length, kind, units, max(n_tests, 100)),
                    index.source_ids[source],
                )
            )
    return power.frame(rows).astype({"n_needed": "Int64"})


def _kinds(of: Compared) -> NDArray[np.object_]:
    """(n_analysed,) the kind of each term; "" for those that are never compared."""
    lexicon = of.index.lexicon
    is_name = (lexicon.flags[lexicon.analysed] & NAME) != 0
    is_phrase = np.isin(lexicon.analysed, lexicon.phrases)
    kinds = np.where(is_name, NAME_OF, np.where(is_phrase, PHRASE, WORD))
    return np.where(of.candidates, kinds, "").astype(object)


@dataclass(frozen=True)
class Units:
    """Articles that are compared, over strata of n articles: ``n_own`` of the source, ``n_rest``
    others; ``pairs``, the sum of own x rest / n, tells as much as that many pairs of articles do,
    times two; ``own``, ``rest`` and ``both``: the same, times the share of own, of rest, and of
    both multiplied."""

    n_own: int
    n_rest: int
    pairs: float
    own: float
    rest: float
    both: float

    @classmethod
    def of(cls, n_own: NDArray[Any], n: NDArray[Any]) -> Units:
        """``n``: (n_strata,) articles of each, ``n_own`` of them the source's."""
        n_own, n = np.asarray(n_own, dtype=float), np.asarray(n, dtype=float)
        share = n_own / np.maximum(n, 1)
        pairs = n_own * (1 - share)
        sums = (pairs, pairs * share, pairs * (1 - share), pairs * share * (1 - share))
        total = int(n_own.sum())
        return cls(total, int(n.sum()) - total, *(float(each.sum()) for each in sums))

    def times(self, factor: float) -> Units:
        """So many times as many strata."""
        sums = (self.pairs, self.own, self.rest, self.both)
        n = round(self.n_own * factor), round(self.n_rest * factor)
        return Units(*n, *(each * factor for each in sums))


def _covered(of: Compared) -> Iterator[tuple[float, Units, NDArray[np.int64]]]:
    """Of each source the mean length of articles, the articles, and (n_analysed,) articles with
    each term."""
    articles, words = of.words_of_articles()
    n_terms = len(of.index.lexicon.analysed)
    whole, every = np.minimum(of.groups, 0), np.flatnonzero(of.candidates)
    doc_freq = np.zeros(n_terms, dtype=np.int64)
    doc_freq[every] = article_counts(of.index, of.selection, whole, 1, every)[:, 0]
    for source in of.sources.tolist():
        own = int((of.index.source_of[articles] == source).sum())
        yield (
            float(words.mean()),
            Units.of(np.asarray([own]), np.asarray([len(articles)])),
            doc_freq,
        )


def _told(of: Compared) -> Iterator[tuple[float, Units, NDArray[np.int64]]]:
    """The same within stories."""
    articles, words = of.words_of_articles()
    counts, none = StrataCounts(of, articles), np.zeros(len(of.index.lexicon.analysed), np.int64)
    for strata in strata_of_each(of):
        if strata is None:
            yield float(words.mean()), Units.of(np.zeros(1), np.zeros(1)), none
        else:
            doc_freq = counts.within(strata)[1]
            yield float(strata.words.mean()), Units.of(strata.n_own, strata.n), doc_freq


def chance_to_find(length: float, kind: str, units: Units, n_tests: int) -> float:
    """The power for articles of ``length`` words; 0 where nothing can be found."""
    if not n_tests or not units.pairs:
        return 0.0
    usual, spread = _score(length * RATES[kind])
    more, spread_own = _score(length * RATES[kind] * TIMES)
    apart, pairs = more - usual, units.pairs
    pooled = units.own * spread_own + units.rest * spread + units.both * apart**2
    least = -NormalDist().inv_cdf(MAX_Q / n_tests / 2)
    varies = math.sqrt(units.rest * spread_own + units.own * spread)
    return NormalDist().cdf((apart * pairs - least * math.sqrt(pooled)) / varies)


def articles_needed(length: float, kind: str, units: Units, n_tests: int) -> int | None:
    """Articles of the source for a power of one in two: with as many others, or, where ``units``
    are of several strata, in more of such strata. None where a million would be too few."""
    in_strata = units.pairs and not math.isclose(
        units.pairs, units.n_own * units.n_rest / (units.n_own + units.n_rest)
    )
    few, many = 1, _MOST_ARTICLES
    while few < many:
        middle = (few + many) // 2
        if in_strata:
            asked = units.times(middle / units.n_own)
        else:
            asked = Units.of(np.asarray([middle]), np.asarray([2 * middle]))
        if chance_to_find(length, kind, asked, n_tests) >= WANTED:
            many = middle
        else:
            few = middle + 1
    return few if few < _MOST_ARTICLES else None


@lru_cache(maxsize=64)
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
