"""What two sources have in common: text, and stories."""

from __future__ import annotations

import numpy as np

from dashboard.index.counts.grouped import ungrouped
from dashboard.index.counts.independence import shared_words
from dashboard.measures.keyness.compared import Compared
from dashboard.measures.similarity.likeness import Resemblance
from dashboard.measures.statistics.inference import effective_number, wilson_interval


def by_text(of: Compared) -> Resemblance:
    """Of the source with fewer words, the share of them that also stands in an article of the
    other; Wilson's interval, articles as units (see ``effective_number``). Raises ``MissingLayer``
    for an index without copies."""
    index, n = of.index, len(of.sources)
    articles, _ = of.words_of_articles()
    group = of.groups[index.source_of[articles]]
    articles, group = articles[group < n], group[group < n]
    length = index.article_words[articles].astype(float)
    n_of = np.bincount(group, minlength=n)
    total, squares = (np.bincount(group, length**k, n) for k in (1, 2))
    article, other, shared = shared_words(index, articles)
    cell = of.groups[index.source_of[article]] * n + of.groups[other]
    words = index.article_words[article].astype(float)
    y, y_squares, products = (
        np.bincount(cell, weights, n * n).reshape(n, n)
        for weights in (shared, shared.astype(float) ** 2, shared * words)
    )
    share = y / np.maximum(total, 1)[:, None]
    spread = y_squares - 2 * share * products + share**2 * squares[:, None]
    number = effective_number(
        n_of[:, None], share, np.maximum(total, 1)[:, None], spread, squares[:, None] + 1e-12
    )
    low, high = wilson_interval(share, number)
    smaller = np.where(total[:, None] <= total[None, :], 1, 0)
    np.fill_diagonal(smaller, 1)
    return _of_smaller(smaller, (share, low, high))


def by_stories(of: Compared) -> Resemblance:
    """Of the stories of the source that tells fewer, the share that the other tells too; stories
    are those that several sources of the corpus tell: were others out of scope left out, two
    sources would have all of theirs in common. Wilson's interval, stories as units. Raises
    ``MissingLayer`` for an index without stories."""
    index, n = of.index, len(of.sources)
    story_of = index.layer("stories").joint["story_of"]
    articles, _ = of.words_of_articles()
    story = story_of[articles].astype(np.int64)
    source = index.source_of[articles].astype(np.int64)
    everyone = np.column_stack([story_of, ungrouped(index).source_of])
    tellers = np.bincount(np.unique(everyone[(everyone >= 0).all(axis=1)], axis=0)[:, 0])
    here = np.flatnonzero(story >= 0)
    here = here[np.append(tellers, 0)[story[here].clip(max=len(tellers))] > 1]
    stories, at = np.unique(story[here], return_inverse=True)
    told = np.zeros((n + 1, len(stories)))
    told[of.groups[source[here]], at] = 1
    told = told[:n]
    n_told = told.sum(axis=1)
    both = told @ told.T
    share = both / np.maximum(n_told, 1)[:, None]
    low, high = wilson_interval(share, np.broadcast_to(n_told[:, None], share.shape))
    smaller = np.where(n_told[:, None] <= n_told[None, :], 1, 0)
    found = _of_smaller(smaller, (share, low, high))
    found.similarity[np.minimum(n_told[:, None], n_told[None, :]) == 0] = np.nan
    return found


def _of_smaller(smaller: np.ndarray, values: tuple[np.ndarray, ...]) -> Resemblance:
    """Symmetric: what is said of the smaller one of each pair."""
    share, low, high = (np.where(smaller == 1, each, each.T) for each in values)
    for each in (low, high):
        np.fill_diagonal(each, np.nan)
    np.fill_diagonal(share, 1.0)
    unknown = np.full_like(share, np.nan)
    return Resemblance(share, low, high, unknown, unknown)
