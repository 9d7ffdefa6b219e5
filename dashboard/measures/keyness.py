"""Keyness: the words that lean to each source. Articles whose source is unknown are counted
elsewhere and never compared here as if they were one outlet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.grouped import grouped
from dashboard.index.counts.term_counts import Selection, article_counts, term_counts
from dashboard.index.counts.topic_mix import source_sums
from dashboard.index.index import Index
from dashboard.index.terms.lexicon import INSIDE, SELF, STOP
from dashboard.measures.columns import BY, DRAWN, KNOWN_SOURCE, KNOWN_SOURCE_ID
from dashboard.measures.registry import table
from dashboard.measures.statistics.inference import (
    benjamini_hochberg,
    fisher_exact,
    log_odds,
    may_lead,
)
from dashboard.scope import Scope

MAX_Q = 0.05
N_TERMS = 50
MOST_SOURCES = 20  # compared at once; those with most words in scope

METHOD = """
Log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008): how much more
a source uses a word than the others do, pulled towards the pooled text by a prior of 500 words, and
divided by its standard error: **z**. That takes words as independent, and the words of one article
are not: two articles on one subject would make its words their source's. So a word is
*distinguishable* only when **more of the source's articles** have it than chance would give
(Fisher's exact test on articles, at a false discovery rate of 5 %, Benjamini and Hochberg).
Stop words, names of outlets and bylines are set aside.
"""


@table(
    "keyness",
    row="a term that leans to a known source, strongest first, up to 50 each",
    columns={
        "source": KNOWN_SOURCE,
        "term": "the word or phrase",
        "z": "log_odds over its standard error",
        "log_odds": "log-odds ratio of its use, the source against the others (natural logarithm)",
        "n_source": "its uses by the source",
        "n_rest": "its uses by the others",
        "n_articles": "articles of the source that have it",
        "q": "chance of so many articles if it were everybody's, adjusted (0 to 1)",
        "distinguishable": "whether it stands out beyond chance: q < .05",
        **KNOWN_SOURCE_ID,
    },
    options=[DRAWN, BY],
    method=METHOD,
)
def keyness(
    index: Index, scope: Scope, drawn: Sequence[str] | None = None, by: str = ""
) -> pd.DataFrame:
    """The terms that lean to each known source in scope.

    log_odds and z: log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn
    2008, eq. 16 to 22), the prior 500 words of the pooled text. A source is compared with the
    other known sources in scope; a single one with all others under the same dates, topics and
    query. z takes words
    as independent, which the words of one article are not; the test is therefore made on articles:
    q is Fisher's exact p that so many of the source's articles have the term by chance, adjusted
    over its terms (Benjamini & Hochberg 1995). distinguishable: q < .05. Stop words, names of
    outlets and bylines, and words that only occur inside a longer phrase are left out. The sources
    ``drawn`` (ids) have rows, without it the 20 with most words; the rest are still what a word is
    compared with. With fewer than two: no rows.
    """
    index = grouped(index, by)
    selection, (n_of_source, words_of) = _sums_of(index, scope)
    present = wanted = np.flatnonzero(n_of_source[:-1])
    if len(wanted) < 2:
        selection, (n_of_source, words_of) = _sums_of(index, scope.over_all_sources(index))
        present = np.flatnonzero(n_of_source[:-1])
    wanted = wanted[np.isin(wanted, present)]
    if len(present) < 2 or not len(wanted):
        return keyness.frame()
    if drawn is not None:
        wanted = wanted[np.isin(index.source_ids[wanted], list(drawn))]
    largest = np.argsort(-words_of[wanted], kind="stable")[:MOST_SOURCES]
    shown_sources = np.sort(wanted[largest])
    if not len(shown_sources):
        return keyness.frame()
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
    return keyness.frame(
        {
            "source": index.source_names[shown_sources[source]],
            "term": surfaces[at],
            "z": z,
            "log_odds": delta,
            "n_source": n_source.astype(np.int64),
            "n_rest": (pooled[columns] - n_source).astype(np.int64),
            "n_articles": n_articles.astype(np.int64),
            "q": q,
            "distinguishable": q < MAX_Q,
            "source_id": index.source_ids[shown_sources[source]],
        }
    )


def _strongest(
    index: Index, numbers: NDArray[np.int64], z: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Positions of up to ``N_TERMS`` positive z, the largest first, ties in alphabetical order."""
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
