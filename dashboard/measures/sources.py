"""Sources: how each one tells it, by topic mix and by distinctive words. Articles whose source is
unknown are counted elsewhere and never compared here as if they were one outlet."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.store import Index
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


def source_topics(index: Index, scope: Scope) -> pd.DataFrame:
    """``SOURCE_TOPIC_COLUMNS``: topic mix of each known source in scope, every topic a row.

    share: n_words / n_source_words, summing to one per source over all topics. ci_low, ci_high:
    95 % Wilson interval with an effective number of units. interval_unit: ``articles`` for a
    source with five or more, whose shares vary as they do between them (linearised ratio
    variance, Cochran 1977, ch. 6); else ``passages``, by Kish's effective number
    (sum w)^2 / sum w^2 of their lengths w: it then speaks of these articles, not of the source.
    """
    passages = scope.without_topics().passage_mask(index)
    source = index.source_of[index.article_of]
    n_topics = len(index.topics)
    rows = []
    for position, name in enumerate(s.name for s in index.sources):
        chosen = passages & (source == position)
        if not chosen.any():
            continue
        topic, lengths = index.topic_of[chosen], index.n_words[chosen].astype(float)
        _, article = np.unique(index.article_of[chosen], return_inverse=True)
        n_articles = int(article.max()) + 1
        cells = np.bincount(article * n_topics + topic, lengths, n_articles * n_topics)
        words = cells.reshape(n_articles, n_topics)
        total = words.sum()
        n_passages = np.bincount(topic, minlength=n_topics)
        for i, t in enumerate(index.topics):
            if scope.topics and t.topic_id not in scope.topics:
                continue
            share = words[:, i].sum() / total
            if n_articles >= MIN_CLUSTERS:
                n_effective = _effective_articles(words[:, i], words.sum(axis=1))
            else:
                n_effective = total**2 / (lengths**2).sum()
            low, high = wilson_interval(share, n_effective)
            unit = "articles" if n_articles >= MIN_CLUSTERS else "passages"
            n_words = int(words[:, i].sum())
            rows.append(
                (name, t.topic_id, share, n_words, int(total), int(n_passages[i]), low, high, unit)
            )
    return pd.DataFrame(rows, columns=SOURCE_TOPIC_COLUMNS)


def _effective_articles(words: NDArray[Any], lengths: NDArray[Any]) -> float:
    """Number of independent articles that would give the share's variance between articles; by
    Kish's formula where every article agrees."""
    n, total = len(lengths), lengths.sum()
    share = words.sum() / total
    variance = n / (n - 1) * ((words - share * lengths) ** 2).sum() / total**2
    kish = total**2 / (lengths**2).sum()
    return float(share * (1 - share) / variance) if variance > 1e-12 else float(kish)


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
    outlets and bylines, and words that only occur inside a longer phrase are left out. With fewer
    than two sources: no rows.
    """
    everyone = Scope((), scope.topics, scope.date_from, scope.date_to, scope.query)
    wanted = _present(index, scope)
    chosen = scope if len(wanted) > 1 else everyone
    present = _present(index, chosen)
    if len(present) < 2:
        return pd.DataFrame(columns=KEYNESS_COLUMNS)
    source = index.source_of[index.article_of]
    passages = chosen.passage_mask(index) & (source >= 0)
    hidden = index.terms["is_stop"] | index.terms["is_inside"] | index.terms["is_self"]
    n_terms = len(hidden)
    lengths = np.diff(index.term_indptr)
    cells = np.repeat(passages, lengths)
    by_source = np.argsort(np.repeat(source, lengths)[cells], kind="stable")
    terms = index.term_indices[cells][by_source].astype(np.int64)
    counts = index.term_counts[cells][by_source]
    bounds = np.searchsorted(np.repeat(source, lengths)[cells][by_source], [*present, 1 << 40])
    pooled = np.bincount(terms, counts, n_terms)
    n_pooled = float(index.n_words[passages].sum())
    # A term once for each article it stands in.
    articles = np.repeat(index.article_of, lengths)[cells][by_source]
    pairs = np.sort(articles * n_terms + terms)  # several times as fast as np.unique
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    in_articles = np.bincount(pairs % n_terms, minlength=n_terms)
    pair_source = index.source_of[pairs // n_terms]
    by_source = np.argsort(pair_source, kind="stable")
    pair_terms = (pairs % n_terms)[by_source]
    pair_bounds = np.searchsorted(pair_source[by_source], [*present, 1 << 40])
    read = np.unique(index.article_of[passages])
    n_of_source = np.bincount(index.source_of[read], minlength=len(index.sources))
    candidates = np.flatnonzero(~hidden.to_numpy() & (pooled >= 2))
    surface = index.terms["surface"].to_numpy(dtype=object)[candidates]
    by_name = np.empty(len(surface), dtype=np.int64)  # place of each term in the alphabet
    by_name[np.argsort(surface.astype(str), kind="stable")] = np.arange(len(surface))
    tables = []
    for i, position in enumerate(present):
        if position not in wanted:
            continue
        own = slice(bounds[i], bounds[i + 1])
        of_source = passages & (source == position)
        n_own = float(index.n_words[of_source].sum())
        y_own = np.bincount(terms[own], counts[own], n_terms)
        y_rest = pooled - y_own
        delta, z = log_odds(y_own[candidates], y_rest[candidates], n_own, n_pooled - n_own)
        own = slice(pair_bounds[i], pair_bounds[i + 1])
        n_articles = np.bincount(pair_terms[own], minlength=n_terms)
        leaning = np.flatnonzero(y_own[candidates] * (z > 0))  # without a use nothing leans
        order = leaning[np.lexsort((by_name[leaning], -np.round(z[leaning], 9)))][:N_TERMS]
        shown = candidates[order]
        p = [
            fisher_exact(
                int(n_articles[t]), int(n_of_source[position]), int(in_articles[t]), len(read)
            )
            for t in shown
        ]
        q = _benjamini_hochberg(np.asarray(p), len(candidates))
        tables.append(
            pd.DataFrame(
                {
                    "source": index.sources[position].name,
                    "term": surface[order],
                    "z": z[order],
                    "log_odds": delta[order],
                    "n_source": y_own[shown].astype(int),
                    "n_rest": y_rest[shown].astype(int),
                    "n_articles": n_articles[shown],
                    "q": q,
                    "distinguishable": q < MAX_Q,
                },
                columns=KEYNESS_COLUMNS,
            )
        )
    return pd.concat(tables, ignore_index=True)


def fisher_exact(k: int, n: int, n_with: int, n_all: int) -> float:
    """Probability that ``k`` or more of ``n`` articles have a term when ``n_with`` of ``n_all`` do
    and articles are dealt at random: one-sided exact test (Fisher 1935)."""

    def log_choose(top: int, bottom: int) -> float:
        return math.lgamma(top + 1) - math.lgamma(bottom + 1) - math.lgamma(top - bottom + 1)

    total = log_choose(n_all, n)
    tail = sum(
        math.exp(log_choose(n_with, i) + log_choose(n_all - n_with, n - i) - total)
        for i in range(max(k, n + n_with - n_all), min(n, n_with) + 1)
    )
    return min(1.0, tail)


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
    source = index.source_of[index.article_of[scope.passage_mask(index)]]
    return [int(p) for p in np.unique(source) if p >= 0]


def _benjamini_hochberg(p: NDArray[np.float64], n_tests: int) -> NDArray[np.float64]:
    """Adjusted p; of ``n_tests`` those not in ``p`` count as no evidence at all."""
    order = np.argsort(p, kind="stable")
    ranked = p[order] * n_tests / np.arange(1, len(p) + 1)
    q = np.empty_like(p)
    q[order] = np.minimum(1.0, np.minimum.accumulate(ranked[::-1])[::-1])
    return q
