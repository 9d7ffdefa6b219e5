"""Sources: how each one tells it, by topic mix and by distinctive words. Articles whose source is
unknown are counted elsewhere and never compared here as if they were one outlet."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts import articles_of_terms, term_counts
from dashboard.index.lexicon import INSIDE, SELF, STOP
from dashboard.index.opened import Index
from dashboard.scope import Scope

SOURCE_TOPIC_COLUMNS = [
    "source", "topic_id", "share", "n_words", "n_source_words", "n_passages", "ci_low", "ci_high",
    "interval_unit",
]  # fmt: skip
KEYNESS_COLUMNS = [
    "source", "term", "z", "log_odds", "n_source", "n_rest", "n_articles", "q", "distinguishable",
]  # fmt: skip

PRIOR_WORDS = 500  # weight of the prior, in words of the pooled text (Monroe et al. 2008)
MAX_Q = 0.05
MIN_CLUSTERS = 5
N_TERMS = 50
MOST_SOURCES = 20  # compared at once; those with most words in scope


def source_topics(index: Index, scope: Scope) -> pd.DataFrame:
    """``SOURCE_TOPIC_COLUMNS``: topic mix of each known source in scope, every topic a row.

    share: n_words / n_source_words, summing to one per source over all topics. ci_low, ci_high:
    95 % Wilson interval with an effective number of units. interval_unit: ``articles`` for a
    source with five or more, whose shares vary as they do between them (linearised ratio
    variance, Cochran 1977, ch. 6); else ``passages``, by Kish's effective number
    (sum w)^2 / sum w^2 of their lengths w: it then speaks of these articles, not of the source.
    """
    mask = scope.without_topics().slice_mask(index) & (index.source_of[index.slice_article] >= 0)
    n_sources, n_topics = len(index.sources), len(index.topics)
    # Leaves of one topic stand together in an article, whatever the cut of the tree.
    key = index.slice_article[mask].astype(np.int64) * n_topics + index.slice_topic[mask]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    words = _sums(index.slice_words[mask], first)
    article, topic = key[first] // max(n_topics, 1), key[first] % max(n_topics, 1)
    source = index.source_of[article].astype(np.int64)
    read = np.flatnonzero(np.bincount(article))
    lengths = np.bincount(article, words)  # in scope are all topics of an article
    cell = source * n_topics + topic
    shape = (n_sources, n_topics)

    def by_cell(values: NDArray[Any]) -> NDArray[np.float64]:
        sums: NDArray[Any] = np.bincount(cell, values, n_sources * n_topics)
        return sums.reshape(shape)

    def by_source(values: NDArray[Any]) -> NDArray[np.float64]:
        sums: NDArray[Any] = np.bincount(index.source_of[read], values, n_sources)
        return sums

    lengths_read = lengths[read]
    topic_words, squares = by_cell(words), by_cell(words**2)
    products = by_cell(words * lengths[article])
    n_passages = by_cell(_sums(index.slice_passages[mask], first))
    total, n_articles = by_source(lengths_read), by_source(np.ones(len(read)))
    length_squares = by_source(lengths_read**2)
    passage_squares = np.bincount(source, _sums(index.slice_squares[mask], first), n_sources)
    rows = []
    for position in np.flatnonzero(n_articles):
        name, n = index.sources[position].name, int(n_articles[position])
        for i in scope.topic_positions(index):
            share = float(topic_words[position, i] / total[position])
            if n >= MIN_CLUSTERS:
                # Sum over articles of (words - share x length) squared.
                spread = (
                    squares[position, i]
                    - 2 * share * products[position, i]
                    + share**2 * length_squares[position]
                )
                n_effective = _effective_articles(
                    share, n, float(total[position]), spread, float(length_squares[position])
                )
            else:
                n_effective = float(total[position] ** 2 / passage_squares[position])
            low, high = wilson_interval(share, n_effective)
            unit = "articles" if n >= MIN_CLUSTERS else "passages"
            rows.append(
                (name, index.topics[i].topic_id, share, int(topic_words[position, i]),
                 int(total[position]), int(n_passages[position, i]), low, high, unit)
            )  # fmt: skip
    return pd.DataFrame(rows, columns=SOURCE_TOPIC_COLUMNS)


def _sums(values: NDArray[Any], first: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sums of the runs that begin at ``first``."""
    if not len(first):
        return np.zeros(0)
    return np.add.reduceat(values, first, dtype=np.float64)


def _effective_articles(
    share: float, n: int, total: float, spread: float, length_squares: float
) -> float:
    """Number of independent articles that would give the share's variance between articles; by
    Kish's formula where every article agrees."""
    variance = n / (n - 1) * spread / total**2
    if variance > 1e-12:
        return share * (1 - share) / variance
    return total**2 / length_squares


def wilson_interval(share: float, n: float, z: float = 1.959964) -> tuple[float, float]:
    """95 % score interval of a share (Wilson 1927); (0, 1) for n = 0."""
    if n <= 0:
        return 0.0, 1.0
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # The bounds hold the share itself, also where rounding would put 0 outside by 1e-17.
    return min(share, max(0.0, centre - half)), max(share, min(1.0, centre + half))


def keyness(index: Index, scope: Scope) -> pd.DataFrame:
    """``KEYNESS_COLUMNS``: up to 50 terms that lean to each known source in scope, strongest first.

    log_odds and z: log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn
    2008, eq. 16 to 22), the prior 500 words of the pooled text. A source is compared with the
    other known sources in scope; a single one with all others under the same dates, topics and
    query. n_source, n_rest: uses; n_articles: articles of the source with the term. z takes words
    as independent, which the words of one article are not; the test is therefore made on articles:
    q is Fisher's exact p that so many of the source's articles have the term by chance, adjusted
    over its terms (Benjamini & Hochberg 1995). distinguishable: q < .05. Stop words, names of
    outlets and bylines, and words that only occur inside a longer phrase are left out. Of more than
    20 sources those with most words have rows (a source filter chooses others; the rest are then
    still what a word is compared with where no source is chosen). With fewer than two: no rows.
    """
    everyone = Scope((), scope.topics, scope.date_from, scope.date_to, scope.query)
    wanted = _present(index, scope)
    chosen = scope if len(wanted) > 1 else everyone
    present = _present(index, chosen)
    if len(present) < 2 or not set(present) & set(wanted):
        return pd.DataFrame(columns=KEYNESS_COLUMNS)
    mask = chosen.slice_mask(index)
    source = np.where(mask, index.source_of[index.slice_article], -1).astype(np.int64)
    shown_sources = _largest(index, [p for p in present if p in wanted], source)
    group_of = np.full(len(index.sources) + 1, len(shown_sources))  # the last group: the rest
    group_of[shown_sources] = np.arange(len(shown_sources))
    group = np.where(source >= 0, group_of[source], -1)
    counts = term_counts(index, group, len(shown_sources) + 1)
    pooled = counts.sum(axis=0)
    words = np.bincount(group + 1, index.slice_words, len(shown_sources) + 2)[1:]
    read = np.unique(index.slice_article[source >= 0])
    n_of_source = np.bincount(index.source_of[read], minlength=len(index.sources))
    numbers = index.lexicon.analysed
    hidden = index.lexicon.flags[numbers] & (STOP | INSIDE | SELF) > 0
    candidates = np.flatnonzero(~hidden & (pooled >= 2))
    leaning: list[tuple[NDArray[Any], ...]] = []
    for i in range(len(shown_sources)):
        y_own = counts[i, candidates]
        y_rest = pooled[candidates] - y_own
        delta, z = log_odds(y_own, y_rest, words[i], words.sum() - words[i])
        order = _strongest(index, numbers[candidates], np.where(y_own > 0, z, 0.0))
        leaning.append((order, *(v[order] for v in (y_own, y_rest, delta, z))))
    shared = np.unique(np.concatenate([order for order, *_ in leaning]))
    with_term = articles_of_terms(index, numbers[candidates[shared]], source, len(index.sources))
    n_with_all = with_term.sum(axis=1)
    tables = []
    for position, (order, y_own, y_rest, delta, z) in zip(shown_sources, leaning, strict=True):
        terms, at = numbers[candidates[order]], np.searchsorted(shared, order)
        n_articles, n_with = with_term[at, position], n_with_all[at]
        p = [
            fisher_exact(int(k), int(n_of_source[position]), int(n), len(read))
            for k, n in zip(n_articles, n_with, strict=True)
        ]
        q = _benjamini_hochberg(np.asarray(p), len(candidates))
        tables.append(
            pd.DataFrame(
                {
                    "source": index.sources[position].name,
                    "term": [index.lexicon.surfaces[t] for t in terms.tolist()],
                    "z": z,
                    "log_odds": delta,
                    "n_source": y_own,
                    "n_rest": y_rest,
                    "n_articles": n_articles,
                    "q": q,
                    "distinguishable": q < MAX_Q,
                },
                columns=KEYNESS_COLUMNS,
            )
        )
    return pd.concat(tables, ignore_index=True)


def _largest(index: Index, present: list[int], source: NDArray[np.int64]) -> list[int]:
    """Of the sources present, those with most words in scope, in the corpus's order."""
    if len(present) <= MOST_SOURCES:
        return present
    words = np.bincount(source + 1, index.slice_words, len(index.sources) + 1)[1:]
    return sorted(sorted(present, key=lambda p: (-words[p], p))[:MOST_SOURCES])


def _strongest(
    index: Index, numbers: NDArray[np.int64], z: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Positions of up to ``N_TERMS`` positive z, the largest first, ties in the alphabet."""
    leaning = np.flatnonzero(z > 0)
    z = np.round(z, 9)
    if len(leaning) > N_TERMS:
        least = -np.partition(-z[leaning], N_TERMS - 1)[N_TERMS - 1]
        leaning = leaning[z[leaning] >= least]
    names = {int(i): index.lexicon.surfaces[int(numbers[i])] for i in leaning}
    ranked = sorted(leaning.tolist(), key=lambda i: (-z[i], names[i]))[:N_TERMS]
    return np.asarray(ranked, dtype=np.int64)


def fisher_exact(k: int, n: int, n_with: int, n_all: int) -> float:
    """Probability that ``k`` or more of ``n`` articles have a term when ``n_with`` of ``n_all`` do
    and articles are dealt at random: one-sided exact test (Fisher 1935)."""
    least, largest = max(0, n + n_with - n_all), min(n, n_with)
    if not least < k <= largest:
        return float(k <= least)
    # Each tail is summed away from the mean, where its terms fall, until they add nothing.
    if k * n_all > n * n_with:
        return min(1.0, _tail(k, 1, largest, n, n_with, n_all))
    return 1.0 - min(1.0, _tail(k - 1, -1, least, n, n_with, n_all))


def _tail(i: int, step: int, last: int, n: int, n_with: int, n_all: int) -> float:
    """Hypergeometric probabilities from ``i`` to ``last``, each by its ratio to the one before."""

    def log_choose(top: int, bottom: int) -> float:
        return math.lgamma(top + 1) - math.lgamma(bottom + 1) - math.lgamma(top - bottom + 1)

    term = math.exp(
        log_choose(n_with, i) + log_choose(n_all - n_with, n - i) - log_choose(n_all, n)
    )
    total = 0.0
    while term > 1e-17 * total and (last - i) * step >= 0:
        total += term
        low = i if step > 0 else i - 1  # the ratio of low + 1 to low
        up, down = (n_with - low) * (n - low), (low + 1) * (n_all - n_with - n + low + 1)
        if not up or not down:
            break
        term *= up / down if step > 0 else down / up
        i += step
    return total


def log_odds(
    y_own: NDArray[Any], y_rest: NDArray[Any], n_own: float, n_rest: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Log-odds ratio and z of terms with counts ``y_own`` of ``n_own`` words against ``y_rest`` of
    ``n_rest``; the prior is ``PRIOR_WORDS`` of the pooled text. Every term occurs somewhere."""
    prior = PRIOR_WORDS * (y_own + y_rest) / (n_own + n_rest)
    own, rest = y_own + prior, y_rest + prior
    delta = np.log(own / (n_own + PRIOR_WORDS - own)) - np.log(rest / (n_rest + PRIOR_WORDS - rest))
    return delta, delta / np.sqrt(1 / own + 1 / rest)


def _present(index: Index, scope: Scope) -> list[int]:
    """Positions of the known sources with words in scope."""
    source = index.source_of[index.slice_article[scope.slice_mask(index)]]
    return np.flatnonzero(np.bincount(source + 1, minlength=1)[1:]).tolist()


def _benjamini_hochberg(p: NDArray[np.float64], n_tests: int) -> NDArray[np.float64]:
    """Adjusted p; of ``n_tests`` those not in ``p`` count as no evidence at all."""
    order = np.argsort(p, kind="stable")
    ranked = p[order] * n_tests / np.arange(1, len(p) + 1)
    q = np.empty_like(p)
    q[order] = np.minimum(1.0, np.minimum.accumulate(ranked[::-1])[::-1])
    return q
