"""Mixes of topics: what share of the words of a group of articles each topic has, and how sure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.topic_mix import MixSums
from dashboard.index.topics.nodes import OTHER_ID
from dashboard.measures.statistics.inference import effective_number, wilson_interval

MIN_ARTICLES = 5
MAX_Q = 0.05
ARTICLES, PASSAGES = "articles", "passages"


@dataclass(frozen=True)
class Mixes:
    """By group and topic ``share``, ``ci_low``, ``ci_high``; by group (n_groups, 1) ``units``,
    ``articles`` or ``passages``, which the interval counts."""

    share: NDArray[np.float64]
    ci_low: NDArray[np.float64]
    ci_high: NDArray[np.float64]
    units: NDArray[np.object_]


def mixes(sums: MixSums, groups: NDArray[np.int64], topics: NDArray[np.int64]) -> Mixes:
    """Shares of ``topics`` in ``groups`` (positions in ``sums``, each with words), with 95 % Wilson
    intervals for an effective number of units.

    From five articles on the units are articles, whose shares vary as they do between them (see
    ``effective_number``). Fewer give passages, by Kish's effective number (sum w)^2 / sum w^2 of
    their lengths w: the interval then speaks of these articles only.
    """
    cells = np.ix_(groups, topics)
    n, total = sums.n_articles[groups][:, None], sums.words[groups][:, None]
    length_squares = sums.length_squares[groups][:, None]
    share = sums.topic_words[cells] / total
    # Sum over articles of (words - share x length) squared.
    spread = sums.squares[cells] - 2 * share * sums.products[cells] + share**2 * length_squares
    articles = effective_number(n, share, total, spread, length_squares)
    passages = total**2 / sums.passage_squares[groups][:, None]
    articles = np.minimum(articles, passages)  # articles that agree by chance prove no more
    by_article = n >= MIN_ARTICLES
    low, high = wilson_interval(share, np.where(by_article, articles, passages))
    return Mixes(share, low, high, np.where(by_article, ARTICLES, PASSAGES).astype(object))


@dataclass(frozen=True)
class Surprise:
    """By group and topic: ``residual`` and ``share_rest``, the topic's share of the other groups'
    words."""

    residual: NDArray[np.float64]
    share_rest: NDArray[np.float64]


def surprise(sums: MixSums, groups: NDArray[np.int64], topics: NDArray[np.int64]) -> Surprise:
    """Adjusted residuals (Haberman 1973) of each group against all others, with articles as units:
    Kish's effective number of them by their lengths stands for n, as the words of one article are
    not independent. About standard normal where a topic is as common in the group as elsewhere.
    NaN with fewer than five articles in the group or elsewhere, and where no text is on the topic.
    """
    cells = np.ix_(groups, topics)
    n, total = sums.n_articles[groups][:, None], sums.words[groups][:, None]
    squares = sums.length_squares[groups][:, None]
    n_rest, total_rest = sums.n_articles.sum() - n, sums.words.sum() - total
    squares_rest = sums.length_squares.sum() - squares
    own = sums.topic_words[cells]
    rest = sums.topic_words.sum(axis=0)[topics] - own
    pooled = (own + rest) / (total + total_rest)
    with np.errstate(divide="ignore", invalid="ignore"):
        share_rest = np.where(total_rest > 0, rest / total_rest, np.nan)
        per_unit = squares / total**2 + squares_rest / total_rest**2
        residual = (own / total - share_rest) / np.sqrt(pooled * (1 - pooled) * per_unit)
    enough = (n >= MIN_ARTICLES) & (n_rest >= MIN_ARTICLES)
    return Surprise(np.where(enough & np.isfinite(residual), residual, np.nan), share_rest)


def separating_topics(by_article: pd.DataFrame) -> list[str]:
    """Topic ids in which at least two sources differ, the clearest first: z of the
    difference, its standard error from their intervals, over all pairs and topics at a false
    discovery rate of 5 % (Benjamini & Hochberg 1995)."""
    of_topic: dict[str, NDArray[np.float64]] = {}
    for topic_id, rows in by_article[by_article["topic_id"] != OTHER_ID].groupby("topic_id"):
        share = rows["share"].to_numpy(dtype=float)
        error = (rows["ci_high"] - rows["ci_low"]).to_numpy(dtype=float) / (2 * 1.96)
        i, j = np.triu_indices(len(share), 1)
        of_topic[str(topic_id)] = np.abs(share[i] - share[j]) / np.hypot(error[i], error[j])
    tests = np.concatenate([np.zeros(0), *of_topic.values()])
    # Of n tests the k best pass, for the largest k such that k are below p = .05 k / n. Counting
    # down from n ends there, and needs no p of half a million pairs.
    passing, before, least = len(tests), -1, math.inf
    while passing not in (before, 0):
        least = -NormalDist().inv_cdf(MAX_Q * passing / len(tests) / 2)
        passing, before = int(np.count_nonzero(tests >= least)), passing
    largest = {topic_id: float(z.max(initial=0)) for topic_id, z in of_topic.items()}
    found = [topic_id for topic_id, z in largest.items() if passing and z >= least]
    return sorted(found, key=lambda topic_id: -largest[topic_id])
