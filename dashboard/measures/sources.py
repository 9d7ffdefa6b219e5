"""Sources: what share of its words each gives to each topic. Articles whose source is unknown are
counted elsewhere and never compared here as if they were one outlet."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.grouped import grouped
from dashboard.index.counts.topic_mix import mix_sums
from dashboard.index.index import Index
from dashboard.measures.columns import BY, INTERVAL, KNOWN_SOURCE, KNOWN_SOURCE_ID, TOPIC, TOPIC_ID
from dashboard.measures.registry import table
from dashboard.measures.statistics.inference import benjamini_hochberg, normal_p
from dashboard.measures.statistics.mixes import mixes, surprise
from dashboard.measures.topics import asserted
from dashboard.scope import Scope

MIX_METHOD = """
Share of each source's words that stand in passages of the topic. The shares of one source add up to
100 %. **95 % intervals** that lie apart are a hint that two sources differ; as many topics are
looked at, the titles count only what **q** leaves (see the residual). The interval is Wilson's with
an effective number of units, since the words of one passage or article are not independent. For a
source with five articles or more it comes from how much they differ; for fewer it comes from their
passages, and speaks of these articles rather than of the source.
"""

RESIDUAL_METHOD = """
**Residual**: the source's share of words on the topic against that of all other sources, in
standard errors of this difference. Both are taken on the arcsine scale (Anscombe 1948), where a
small share varies no less than a large one. Articles, not words, are the units, by their effective
number (Kish), since the words of one article are not independent. About one bar in twenty is beyond
±2 where nothing leans at all. **q** is adjusted over all sources and topics, in view or not
(Benjamini & Hochberg). Sources with fewer than five articles are not judged.
"""


@table(
    "source_topics",
    row="a known source and topic",
    columns={
        "source": KNOWN_SOURCE,
        "topic_id": TOPIC_ID,
        "share": "share of the source's words on the topic (0 to 1; over all topics they sum to 1)",
        "n_words": "words of the source on the topic",
        "n_source_words": "words of the source",
        "n_passages": "passages of the source on the topic",
        **INTERVAL,
        "n_articles": "articles of the source",
        "share_rest": "share of the other known sources' words on the topic (0 to 1)",
        "residual": "how far the source leans to the topic, in standard errors (arcsine scale); "
        "null: too few articles to tell",
        "q": "chance of a residual as far from zero where the source is like the others, adjusted "
        "over all sources and topics, in view or not (0 to 1); null: too few articles to tell",
        **KNOWN_SOURCE_ID,
        "topic": TOPIC,
    },
    options=[BY],
    method=MIX_METHOD,
    methods={"residual": RESIDUAL_METHOD},
)
def source_topics(index: Index, scope: Scope, by: str = "") -> pd.DataFrame:
    """The topic mix of each known source in scope, every topic a row. Intervals: see ``mixes``;
    residuals: see ``surprise``."""
    index = grouped(index, by)
    articles = scope.without_topics().article_mask(index)
    cut, group = scope.cut(index), np.where(articles, index.source_of, -1)
    sums = mix_sums(index, cut, group, len(index.sources))
    shown = np.flatnonzero(sums.words)
    topics = np.asarray(scope.topic_positions(index), dtype=np.int64)
    if not len(shown) or not len(topics):
        return source_topics.frame()
    found, against = mixes(sums, shown, topics), surprise(sums, shown, topics)
    # A filter for topics changes no test: what leans does so in either view.
    q = _adjusted(surprise(sums, shown, np.arange(len(cut.topic_ids))).residual)[:, topics]
    cells, shape = np.ix_(shown, topics), (len(shown), len(topics))

    def of_source(values: NDArray[Any]) -> NDArray[Any]:
        return np.broadcast_to(values.reshape(-1, 1), shape).ravel()

    return source_topics.frame(
        {
            "source": of_source(index.source_names[shown]),
            "topic_id": np.tile(cut.topic_ids[topics], len(shown)),
            "share": asserted(index, found.share.ravel()),
            "n_words": sums.topic_words[cells].ravel().astype(np.int64),
            "n_source_words": of_source(sums.words[shown]).astype(np.int64),
            "n_passages": sums.n_passages[cells].ravel().astype(np.int64),
            "ci_low": asserted(index, found.ci_low.ravel()),
            "ci_high": asserted(index, found.ci_high.ravel()),
            "interval_unit": of_source(found.units),
            "n_articles": of_source(sums.n_articles[shown]).astype(np.int64),
            "share_rest": asserted(index, against.share_rest.ravel()),
            "residual": asserted(index, against.residual.ravel()),
            "q": asserted(index, q.ravel()),
            "source_id": of_source(index.source_ids[shown]),
            "topic": np.tile(cut.labels[topics], len(shown)),
        }
    )


def _adjusted(residual: NDArray[np.float64]) -> NDArray[np.float64]:
    """q of residuals that are about standard normal (Benjamini & Hochberg 1995); NaN of NaN."""
    q, known = np.full(residual.shape, np.nan), np.isfinite(residual)
    q[known] = benjamini_hochberg(normal_p(residual[known]), int(known.sum()))
    return q
