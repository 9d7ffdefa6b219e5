"""Sources: how each one tells it, by topic mix and by distinctive words. Articles whose source is
unknown are counted elsewhere and never compared here as if they were one outlet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.term_counts import Selection, article_counts, term_counts
from dashboard.index.counts.topic_mix import mix_sums, source_sums
from dashboard.index.index import Index
from dashboard.index.terms.lexicon import INSIDE, SELF, STOP
from dashboard.measures.inference import benjamini_hochberg, fisher_exact, log_odds, may_lead
from dashboard.measures.mixes import mixes, surprise
from dashboard.scope import Scope

SOURCE_TOPIC_COLUMNS = [
    "source", "topic_id", "share", "n_words", "n_source_words", "n_passages", "ci_low", "ci_high",
    "interval_unit", "n_articles", "share_rest", "residual",
]  # fmt: skip
KEYNESS_COLUMNS = [
    "source", "term", "z", "log_odds", "n_source", "n_rest", "n_articles", "q", "distinguishable",
]  # fmt: skip

MAX_Q = 0.05
N_TERMS = 50
MOST_SOURCES = 20  # compared at once; those with most words in scope


def source_topics(index: Index, scope: Scope) -> pd.DataFrame:
    """``SOURCE_TOPIC_COLUMNS``: topic mix of each known source in scope, every topic a row.

    share: n_words / n_source_words, summing to one per source over all topics; ci_low, ci_high,
    interval_unit: see ``mixes``. share_rest: the topic's share of the words of the other known
    sources in scope; residual: how surprising the difference is, see ``surprise``. n_articles: of
    the source.
    """
    articles = scope.without_topics().article_mask(index)
    sums = mix_sums(index, np.where(articles, index.source_of, -1), len(index.sources))
    shown = np.flatnonzero(sums.words)
    topics = np.asarray(scope.topic_positions(index), dtype=np.int64)
    if not len(shown) or not len(topics):
        return pd.DataFrame(columns=SOURCE_TOPIC_COLUMNS)
    found, against = mixes(sums, shown, topics), surprise(sums, shown, topics)
    cells, shape = np.ix_(shown, topics), (len(shown), len(topics))
    names = np.asarray([index.sources[i].name for i in shown], dtype=object)
    topic_ids = np.asarray([index.topics[i].topic_id for i in topics], dtype=object)

    def of_source(values: NDArray[Any]) -> NDArray[Any]:
        return np.broadcast_to(values.reshape(-1, 1), shape).ravel()

    return pd.DataFrame(
        {
            "source": of_source(names),
            "topic_id": np.tile(topic_ids, len(shown)),
            "share": found.share.ravel(),
            "n_words": sums.topic_words[cells].ravel().astype(np.int64),
            "n_source_words": of_source(sums.words[shown]).astype(np.int64),
            "n_passages": sums.n_passages[cells].ravel().astype(np.int64),
            "ci_low": found.ci_low.ravel(),
            "ci_high": found.ci_high.ravel(),
            "interval_unit": of_source(found.units),
            "n_articles": of_source(sums.n_articles[shown]).astype(np.int64),
            "share_rest": against.share_rest.ravel(),
            "residual": against.residual.ravel(),
        }
    )


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
    selection, (n_of_source, words_of) = _sums_of(index, scope)
    present = wanted = np.flatnonzero(n_of_source[:-1])
    if len(wanted) < 2:
        selection, (n_of_source, words_of) = _sums_of(index, replace(scope, sources=()))
        present = np.flatnonzero(n_of_source[:-1])
    wanted = wanted[np.isin(wanted, present)]
    if len(present) < 2 or not len(wanted):
        return pd.DataFrame(columns=KEYNESS_COLUMNS)
    largest = np.argsort(-words_of[wanted], kind="stable")[:MOST_SOURCES]
    shown_sources = np.sort(wanted[largest])
    n_groups = len(shown_sources) + 1
    group_of = np.full(len(index.sources) + 1, -1)  # the last: of unknown source
    group_of[present] = n_groups - 1  # the rest
    group_of[shown_sources] = np.arange(len(shown_sources))
    counts = term_counts(index, selection, group_of, n_groups)
    words, n_of_group = (
        np.bincount(group_of[present], each[present], n_groups).astype(np.int64)
        for each in (words_of, n_of_source)
    )
    numbers = index.lexicon.analysed
    hidden = index.lexicon.flags[numbers] & (STOP | INSIDE | SELF) > 0
    pooled = counts.sum(axis=0, dtype=counts.dtype)
    candidates = ~hidden & (pooled >= 2)
    found = []
    leading = may_lead(counts, words, candidates, N_TERMS)
    for own, n_own, columns in zip(counts[:-1], words[:-1].tolist(), leading, strict=False):
        n_rest = int(words.sum()) - n_own
        delta, z = log_odds(own[columns], pooled[columns] - own[columns], n_own, n_rest)
        order = _strongest(index, numbers[columns], z)
        found.append((columns[order], delta[order], z[order]))
    source = np.repeat(np.arange(len(found)), [len(each) for each, *_ in found])
    columns, delta, z = (np.concatenate(each) for each in zip(*found, strict=True))
    shown, at = np.unique(columns, return_inverse=True)
    surfaces = np.asarray(index.lexicon.surfaces.take(numbers[shown]), dtype=object)
    with_term = article_counts(index, selection, group_of, n_groups, shown)
    n_articles = with_term[at, source]
    p = fisher_exact(n_articles, n_of_group[source], with_term.sum(axis=1)[at], n_of_group.sum())
    n_tests = int(np.count_nonzero(candidates))
    q = np.concatenate([benjamini_hochberg(p[source == i], n_tests) for i in range(len(found))])
    n_source = counts[source, columns]
    names = np.asarray([index.sources[i].name for i in shown_sources], dtype=object)
    return pd.DataFrame(
        {
            "source": names[source],
            "term": surfaces[at],
            "z": z,
            "log_odds": delta,
            "n_source": n_source.astype(np.int64),
            "n_rest": (pooled[columns] - n_source).astype(np.int64),
            "n_articles": n_articles.astype(np.int64),
            "q": q,
            "distinguishable": q < MAX_Q,
        }
    )


def _strongest(
    index: Index, numbers: NDArray[np.int64], z: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Positions of up to ``N_TERMS`` positive z, the largest first, ties in the alphabet."""
    leaning = np.flatnonzero(z > 0)
    z = np.round(z, 9)
    if len(leaning) > N_TERMS:
        least = -np.partition(-z[leaning], N_TERMS - 1)[N_TERMS - 1]
        leaning = leaning[z[leaning] >= least]
    ranked = leaning[np.argsort(-z[leaning])]
    if len(ranked) > N_TERMS or not np.diff(z[ranked]).all():
        names = dict(
            zip(leaning.tolist(), index.lexicon.surfaces.take(numbers[leaning]), strict=True)
        )
        in_order = sorted(leaning.tolist(), key=lambda i: (-z[i], names[i]))[:N_TERMS]
        ranked = np.asarray(in_order, dtype=np.int64)
    return ranked


def _sums_of(index: Index, scope: Scope) -> tuple[Selection, NDArray[np.int64]]:
    return scope.selection(index), source_sums(index, scope.slice_mask(index))
