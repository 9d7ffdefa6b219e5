"""How far terms lean to one side of a comparison, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.measures.statistics.inference import benjamini_hochberg

#: Columns that tables of leaning terms share.
TERM_COLUMNS = {
    "log_odds": "log-odds ratio of its use, the source against the others (natural logarithm)",
    "ci_low": "lower end of its 95 % interval, articles as units; null: one article only",
    "ci_high": "upper end of it",
    "q": "chance that articles dealt anew would lean as far, adjusted (0 to 1)",
    "n_group": "its uses by the source",
    "n_rest": "its uses by the others",
    "rate_group": "uses per 1,000 words of the source",
    "rate_rest": "uses per 1,000 words of the others",
    "df_group": "articles of the source that have it",
    "df_rest": "articles of the others that have it",
    "distinguishable": "whether it stands out beyond chance: q < .05",
}
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SCREENED = 150  # terms of a source that are tested; the others count as no evidence
MAX_Q = 0.05
_TWO_SIDED = 1.959964
_LEAST = float(np.log(1.05))
LENGTH_CLASSES, ARTICLES_A_CLASS = 8, 40


@dataclass(frozen=True)
class Leaning:
    """Of one source, over some terms: ``columns`` (of the analysed terms), uses and articles with
    the term on both sides, ``log_odds``, its variance over articles, and ``p``. ``words``,
    ``articles``: of the source and of the others. ``least``: articles with a term from which on it
    could be found, and ``n_tests`` of the terms could."""

    columns: Ints
    own: Ints
    rest: Ints
    df_own: Ints
    df_rest: Ints
    log_odds: Floats
    variance: Floats
    p: Floats
    words: tuple[int, int]
    articles: tuple[int, int]
    least: int
    n_tests: int
    stratum: str

    @property
    def q(self) -> Floats:
        """p, adjusted over all terms that could be found (Benjamini & Hochberg 1995); 1 for one
        that is in fewer than ``least`` articles."""
        tested = self.df_own + self.df_rest >= self.least
        found = np.ones(len(self.p))
        found[tested] = benjamini_hochberg(self.p[tested], self.n_tests)
        return found

    @property
    def interval(self) -> tuple[Floats, Floats]:
        """95 % of ``log_odds``, articles as units; NaN where a side has one article only."""
        error = np.sqrt(self.variance) if min(self.articles) > 1 else np.nan
        half = _TWO_SIDED * error
        return self.log_odds - half, self.log_odds + half

    def columns_at(self, at: Ints) -> dict[str, NDArray[Any]]:
        """What tables say of the terms at these positions, by the names of ``TERM_COLUMNS``."""
        q, (low, high) = self.q[at], self.interval
        return {
            "log_odds": self.log_odds[at],
            "ci_low": low[at],
            "ci_high": high[at],
            "q": q,
            "n_group": self.own[at],
            "n_rest": self.rest[at],
            "rate_group": 1000 * self.own[at] / max(self.words[0], 1),
            "rate_rest": 1000 * self.rest[at] / max(self.words[1], 1),
            "df_group": self.df_own[at],
            "df_rest": self.df_rest[at],
            "distinguishable": q < MAX_Q,
        }

    def order(self, terms: Sequence[str]) -> Ints:
        """Positions of the terms that lean to the source, used 1.05 times as often or more (less
        would read “1.0×”): what is beyond chance first, then by the least times as often that the
        articles allow (half a use added on both sides, or terms that the others never use would all
        come first); of the others, what is nearest to it first. Ties go by their letters:
        ``terms``, one for each of ``columns``."""
        times = np.log((self.own + 0.5) / self.words[0]) - np.log(
            (self.rest + 0.5) / max(self.words[1], 1)
        )
        least = np.round(times - _TWO_SIDED * np.sqrt(self.variance), 9)
        leaning = np.flatnonzero(self.log_odds >= _LEAST)
        q, p = self.q[leaning], np.round(self.p[leaning], 9)
        clear = q < MAX_Q
        by = np.lexsort(
            (
                np.asarray(terms, dtype=str)[leaning],
                -least[leaning],
                np.where(clear | (self.n_tests == 0), 0, p),
                ~clear,
            )
        )
        found: Ints = leaning[by]
        return found


def screened(counts: Ints, words: Ints, group: int, candidates: NDArray[np.bool_]) -> Ints:
    """The columns of ``counts`` (n_groups, n_terms) that are worth a test for one group: those with
    the largest deviance if words were independent, ascending. That chooses what is tested, and
    decides nothing."""
    own, n_own = counts[group], int(words[group])
    n = max(int(words.sum()), 1)
    pooled = counts.sum(axis=0, dtype=counts.dtype)
    more = np.flatnonzero(candidates & (own > n_own / n * pooled))
    uses, rest = own[more].astype(float), (pooled - own)[more].astype(float)
    expected = n_own / n * (uses + rest)
    left = np.where(rest > 0, rest, 1.0)
    deviance = uses * np.log(uses / expected) + rest * np.log(left / (uses + rest - expected))
    if len(more) > SCREENED:
        least = np.partition(deviance, len(more) - SCREENED)[len(more) - SCREENED]
        more = more[deviance >= least]
    return more


def of_ratio(y: Floats, n_articles: int, spread: Floats) -> Floats:
    """Variance of the logarithm of a rate of ``y`` uses: ``spread`` is the sum over articles of
    (uses - rate x words) squared (linearised variance of a ratio, Cochran 1977, ch. 6). Never less
    than that of independent words; half a use added, so that no use is no certainty."""
    by_article = spread * (n_articles / max(n_articles - 1, 1))
    found: Floats = np.maximum(by_article, y + 0.5) / (y + 0.5) ** 2
    return found


def length_classes(words: Ints) -> Ints:
    """(n_articles,) class of each article by its length: up to 8 of about equally many."""
    n = min(max(len(words) // ARTICLES_A_CLASS, 1), LENGTH_CLASSES)
    edges = np.quantile(words, np.arange(1, n) / n)
    found: Ints = np.searchsorted(edges, words, side="right")
    return found
