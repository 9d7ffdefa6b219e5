"""Mixes of topics: what share of the words of a group of articles each topic has, and how sure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.topic_mix import MixSums
from dashboard.index.topics.model import MIXED, TEMPLATE
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
    """Residuals of each group against all others: the difference of both shares on the arcsine
    scale, where the spread of a share is the same however small it is, over its standard error;
    2 asin sqrt((n share + 3/8) / (n + 3/4)) has variance 1 / (n + 1/2) (Anscombe 1948). Units are
    articles: n is Kish's effective number of them by their lengths, as the words of one article
    are not independent. About standard normal where a topic is as common in the group as
    elsewhere, also for groups of which hardly an article is on it. There adjusted residuals
    (Haberman 1973) aren't: of 230 sources dealt out at random they always find some that lean.
    NaN with fewer than five articles in the group or elsewhere, and where no text is on the topic.
    """
    cells = np.ix_(groups, topics)
    n, total = sums.n_articles[groups][:, None], sums.words[groups][:, None]
    squares = sums.length_squares[groups][:, None]
    n_rest, total_rest = sums.n_articles.sum() - n, sums.words.sum() - total
    squares_rest = sums.length_squares.sum() - squares
    own = sums.topic_words[cells]
    rest = sums.topic_words.sum(axis=0)[topics] - own
    with np.errstate(divide="ignore", invalid="ignore"):
        share_rest = np.where(total_rest > 0, rest / total_rest, np.nan)
        angle, variance = _arcsine(own / total, total**2 / squares)
        angle_rest, variance_rest = _arcsine(share_rest, total_rest**2 / squares_rest)
        residual = (angle - angle_rest) / np.sqrt(variance + variance_rest)
    known = (n >= MIN_ARTICLES) & (n_rest >= MIN_ARTICLES) & (own + rest > 0)
    return Surprise(np.where(known & np.isfinite(residual), residual, np.nan), share_rest)


def _arcsine(
    share: NDArray[np.float64], n: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A share of ``n`` units on the arcsine scale, and its variance there."""
    return 2 * np.arcsin(np.sqrt((n * share + 3 / 8) / (n + 3 / 4))), 1 / (n + 1 / 2)


def separating_topics(source_topics: pd.DataFrame, topics: pd.DataFrame) -> list[str]:
    """Topic ids that a source leans to, or away from, beyond chance: those with a q of at most 5 %,
    the clearest first. What is no single theme (mixed, a house template, Other) is left out.
    ``source_topics``, ``topics``: the tables of these names."""
    clear = source_topics[source_topics["q"] <= MAX_Q]
    clear = clear[clear["topic_id"].isin(_themes(topics))]
    largest = clear["residual"].abs().groupby(clear["topic_id"]).max()
    return [str(topic) for topic in largest.sort_values(ascending=False, kind="stable").index]


def _themes(topics: pd.DataFrame) -> pd.Series:
    """The ids of the topics that are a single theme."""
    is_theme = ~topics["reliability_word"].isin([MIXED, TEMPLATE])
    return topics.loc[is_theme & (topics["topic_id"] != OTHER_ID), "topic_id"]


def intervals_apart(
    source_topics: pd.DataFrame, topics: pd.DataFrame, compared: Collection[str]
) -> list[str]:
    """Topic ids of which two of the sources ``compared`` (ids) have 95 % intervals that don't
    overlap, those with the widest gap first; of sources with articles enough to be judged, and of
    themes alone, as :func:`separating_topics`."""
    judged = source_topics["interval_unit"] == ARTICLES
    judged &= source_topics["topic_id"].isin(_themes(topics))
    rows = source_topics[judged & source_topics["source_id"].isin(compared)]
    ends = rows.groupby("topic_id")[["ci_low", "ci_high"]]
    gap = ends.max()["ci_low"] - ends.min()["ci_high"]
    return [str(topic) for topic in gap[gap > 0].sort_values(ascending=False, kind="stable").index]
