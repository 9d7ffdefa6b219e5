"""Search: articles by relevance to a query."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.index.counts.postings import word_counts
from dashboard.index.index import Index
from dashboard.measures.columns import (
    ARTICLE_ID,
    DATE,
    FIRST,
    MOST,
    SOURCE,
    SOURCE_ID,
)
from dashboard.measures.registry import table
from dashboard.scope import Scope
from dashboard.text.query import parse_query

K1, B = 1.2, 0.75  # how soon more uses stop to count; how much long articles are held against

METHOD = """
The articles that have all parts of the search, ordered by **BM25** (Robertson and Zaragoza 2009;
k1 = 1.2, b = 0.75): for each of its words, the more often an article uses it for its length and the
fewer other articles have it, the higher. Headlines count as text.
"""


@table(
    "search",
    row="an article in scope by relevance to `--query`, the first 50; none without a query",
    columns={
        "article_id": ARTICLE_ID,
        "rank": "place in that order, from 1",
        "score": "relevance (BM25, a sum over the words of the query)",
        "title": "headline; null: none",
        "source": SOURCE,
        "date": DATE,
        **SOURCE_ID,
    },
    options=[FIRST, MOST],
    method=METHOD,
)
def search(index: Index, scope: Scope, first: int = 0, most: int | None = 50) -> pd.DataFrame:
    """Articles in scope by relevance to the query, at most ``most`` of them after the first
    ``first``; none without a word to look for.

    score: BM25 (Robertson & Zaragoza 2009) with k1 = 1.2 and b = .75, summed over the
    different words of the query, alternatives too; a prefix is one word; a title counts as text.
    The weight of a word that ``n`` of ``N`` articles have is log(1 + (N - n + .5) / (n + .5)), the
    one added so that no word counts against an article (as Lucene does). Articles with equal
    scores are in the order of ``articles``.
    """
    scores = np.zeros(index.n_articles)
    # A dictionary keeps the words in order: the sum is the same in every run.
    words = dict.fromkeys(
        (token, pattern.prefix and i == len(pattern.tokens) - 1)
        for keyword in parse_query(scope.query).keywords()
        for pattern in keyword
        for i, token in enumerate(pattern.tokens)
    )
    lengths = index.article_words + index.title_words
    relative = lengths / max(lengths.mean(), 1) if len(lengths) else lengths
    for word, prefix in words:
        articles, uses = word_counts(index, word, prefix)
        weight = np.log1p((len(scores) - len(articles) + 0.5) / (len(articles) + 0.5))
        scores[articles] += weight * uses / (uses + K1 * (1 - B + B * relative[articles]))
    mask = scope.article_mask(index) if words else np.zeros(index.n_articles, dtype=bool)
    last = None if most is None else first + most
    if last is not None and np.count_nonzero(mask) > last:  # the others needn't be sorted
        scores_in = scores[mask]
        mask = mask & (scores >= np.partition(scores_in, len(scores_in) - last - 1)[-last - 1])
    chosen = index.by_date[mask[index.by_date]]
    ranked = chosen[np.argsort(-scores[chosen], kind="stable")][first:last]
    found = index.article_rows(ranked, ["article_id", "title", "source", "date", "source_id"])
    found["rank"] = np.arange(first + 1, first + 1 + len(ranked))
    found["score"] = scores[ranked]
    return found[[*search.columns]]
