"""Topics: what the text in scope is about, in shares of its words."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.topic_mix import mix_sums
from dashboard.index.index import Index
from dashboard.index.topics import model as topic_model
from dashboard.index.topics.cut import TopicCut
from dashboard.index.topics.model import MIXED, TEMPLATE, THEME
from dashboard.index.topics.nodes import OTHER_ID, OTHER_KIND, Topic
from dashboard.measures.columns import (
    ARTICLE_ID,
    INTERVAL,
    PERIOD,
    RELIABILITY,
    RELIABILITY_WORD,
    TOPIC,
    TOPIC_ID,
)
from dashboard.measures.periods import Periods
from dashboard.measures.registry import Option, table
from dashboard.measures.statistics.mixes import mixes
from dashboard.scope import Scope

STABLE, TENTATIVE = 0.6, 0.3
STABLE_PASSAGES, TENTATIVE_PASSAGES = 60, 25


def reliability_word(
    reliability: float, n_passages: int, kind: str = THEME, by_chance: float = 0.0
) -> str:
    """``stable``, ``tentative``, ``exploratory``, ``mixed`` or ``template``.

    A topic must return when passages are left out (see ``fit_topics``), more reliably than topics
    of shuffled text (``by_chance``), and rest on enough passages: on a handful, even a theme that
    always returns is an impression, not a finding.
    """
    if kind in (MIXED, TEMPLATE):
        return kind
    if reliability >= STABLE and n_passages >= STABLE_PASSAGES and reliability > by_chance:
        return "stable"
    if reliability >= TENTATIVE and n_passages >= TENTATIVE_PASSAGES and reliability > by_chance:
        return "tentative"
    return "exploratory"


def reliability_words(
    index: Index, reliability: Sequence[float], n_passages: Sequence[int], kinds: Sequence[str]
) -> list[str]:
    """:func:`reliability_word` of each of these topics; ``given`` for all where they were not
    found but come from a file of the user's."""
    by_chance = index.fit.reliability_of_shuffled_text
    if by_chance is None:
        return ["given"] * len(kinds)
    return [
        reliability_word(r, n, kind, by_chance)
        for r, n, kind in zip(reliability, n_passages, kinds, strict=True)
    ]


def asserted(index: Index, shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares of topics, or NaN for all where the topics return no better than those of shuffled
    text: then they are themes to read, not parts to measure."""
    return shares if index.fit.beats_chance else np.full(np.shape(shares), np.nan)


TOPICS_METHOD = """
Articles are cut into passages of about a paragraph, each of which belongs to one topic, so that
every share can be checked by reading: **share** = words in the topic's passages ÷ all words in
view. Text becomes TF-IDF vectors (sublinear term frequency, L2 norm). **Under 100 articles**
non-negative matrix factorisation (NMF, fixed start) of the passages finds the topics. **From 100
on** the nearest neighbours of each article make a graph, whose communities (Leiden) are merged to
topics; a passage goes to the topic that it and its article are nearest to. Of more than 30,000
articles, 15,000 are read to find the topics.

**Reliability** (0 to 1): the topics are found again without a fifth of the text (20 times; 8 from
200 passages on, 3 or 4 times from 100 articles on); it is the mean overlap (Jaccard) with the
best match, of articles, or under 100 of them of passages or ten top words, whichever is lower.
*Stable*: 0.6 or more, on 60 passages or more. *Tentative*: 0.3 or more, on 25 or more; both more
than topics of shuffled text reach. *Exploratory*: everything else, and any topic of a small corpus.
*Mixed*: fewer than half of its articles hold three of its first ten words (under 100 articles:
fewer than half of its passages hold one), so it is several themes, or what others left.
*Template*: the standing phrases of one source, no theme.
Where topics of shuffled text return as well as these, no share is given.

**Topics given in a file** (`build --topics-from FILE`) are not found: all passages of an article
belong to the topic that weighs most there, articles that the file doesn't name to Other. Words,
tree and map are those of found topics; there is nothing to be found again, so no reliability.
"""


@table(
    "topics",
    row="a topic, the largest first, mixed ones and templates after these, Other last",
    columns={
        "topic_id": TOPIC_ID,
        "label": "its name",
        "share": "share of all words in scope (0 to 1; over all topics they sum to 1); null: "
        "topics of shuffled text return as well",
        "n_passages": "its passages in scope",
        "reliability": RELIABILITY,
        "reliability_word": RELIABILITY_WORD,
        "n_words": "its words in scope",
        **INTERVAL,
        "kind": "`theme`, `mixed`, `template` (a source's standing phrases) or `other`",
        "parent": "node of `topic_tree` that it merges into; null: none",
        "size": "its passages in the corpus",
    },
    method=TOPICS_METHOD,
)
def topics(index: Index, scope: Scope) -> pd.DataFrame:
    """The mix of topics. A topic filter leaves rows out and keeps the denominator. Intervals: see
    ``mixes``."""
    articles, cut = scope.without_topics().article_mask(index), scope.cut(index)
    sums = mix_sums(index, cut, np.where(articles, 0, -1), 1)
    chosen = np.asarray(scope.topic_positions(index), dtype=np.int64)
    if not sums.words[0] or not len(chosen):
        return topics.frame()
    found = mixes(sums, np.zeros(1, dtype=np.int64), chosen)
    listed = [cut.topics[i] for i in chosen]
    reliability = np.asarray([t.reliability for t in listed], dtype=float)
    n_passages = [t.n_passages for t in listed]
    rows = topics.frame(
        {
            "topic_id": [t.topic_id for t in listed],
            "label": [t.label for t in listed],
            "share": asserted(index, found.share[0]),
            "n_passages": sums.n_passages[0, chosen].astype(np.int64),
            "reliability": reliability,
            "reliability_word": reliability_words(
                index, reliability.tolist(), n_passages, [t.kind for t in listed]
            ),
            "n_words": sums.topic_words[0, chosen].astype(np.int64),
            "ci_low": asserted(index, found.ci_low[0]),
            "ci_high": asserted(index, found.ci_high[0]),
            "interval_unit": str(found.units[0, 0]),
            "kind": [t.kind for t in listed],
            "parent": pd.Series([t.parent for t in listed], dtype=object),
            "size": n_passages,
        }
    )
    after = rows["kind"].map({MIXED: 1, TEMPLATE: 2}).fillna(0) + 3 * (rows["topic_id"] == OTHER_ID)
    order = np.lexsort((rows["topic_id"], -rows["n_words"], after))
    return rows.iloc[order].reset_index(drop=True)


TERMS_METHOD = """
First come terms that are typical of the topic (mean TF-IDF) and of no other (times the fourth
power of their share of the largest mean in any topic), picked one by one so that they stand in
the same texts. **weight** is the term's share of the uses of all the topic's terms, so it need
not fall with the rank. In a small corpus a term that only occurs inside a longer phrase gives way
to it.
"""

RELEVANCE_METHOD = """
**Bar**: the word's share of the topic's words. **Tick**: its share of all words. Where the bar goes
far beyond the tick the word belongs to the topic; where it doesn't, everybody uses it. Ordered by
**relevance** (Sievert and Shirley 2014): λ · ln(share here) + (1 − λ) · ln(share here ÷ share of
all). At λ = 1 the commonest words of the topic come first, at 0 those that hardly stand elsewhere;
their readers recognised topics best at about 0.6.
"""


def read_relevance(text: str) -> float:
    """λ, 0 to 1. Raises ``ValueError`` for anything else."""
    try:
        relevance = float(text)
    except ValueError:
        relevance = math.nan
    if not 0 <= relevance <= 1:
        raise ValueError("a number from 0 to 1")
    return relevance


RELEVANCE = Option(
    "relevance", "--relevance", "L", "rank terms by relevance at λ, 0 to 1", read_relevance
)


@table(
    "topic_terms",
    words="term",
    row="a term of a topic, best first: up to 30 single words and the phrases between them, or the "
    "40 terms of most relevance with `--relevance`",
    columns={
        "topic_id": TOPIC_ID,
        "rank": "place in that order, from 1",
        "term": "the word or phrase",
        "weight": "its share of the uses of the topic's terms (0 to 1)",
        "lift": "weight over its share of the corpus",
        "relevance": "λ ln weight + (1 - λ) ln lift (Sievert & Shirley 2014), λ .6 unless given",
        "count": "its uses in the topic",
        "topic": TOPIC,
    },
    options=[RELEVANCE],
    method=TERMS_METHOD,
    methods={"relevance": RELEVANCE_METHOD},
)
def topic_terms(index: Index, scope: Scope, relevance: float | None = None) -> pd.DataFrame:
    """The terms that tell each topic, of the whole corpus; the scope only picks topics. Without
    ``relevance`` in the order of ``fitting.words``; raises ``ValueError`` for one that isn't
    between 0 and 1."""
    if relevance is not None and not 0 <= relevance <= 1:
        raise ValueError(f"relevance {relevance} is not between 0 and 1")
    model, tables = None, []
    for i in scope.topic_positions(index):
        topic = scope.cut(index).topics[i]
        if topic.kind == OTHER_KIND:
            continue
        model = model or index.topic_model
        terms = (
            topic_model.topic_terms(model, topic.node)
            if relevance is None
            else topic_model.relevant_terms(model, topic.node, relevance)
        )
        tables.append(terms.assign(topic_id=topic.topic_id, topic=topic.label))
    if not tables:
        return topic_terms.frame()
    return pd.concat(tables, ignore_index=True)[[*topic_terms.columns]]


TRENDS_METHOD = """
Words in the topic's passages ÷ all words of the period. The **95 % interval** is Wilson's with an
effective number of units: articles from five a period on, else passages. A period without articles
is a gap, not a zero. Days, weeks, months, quarters or years: the finest with enough articles.
"""


@table(
    "topic_trends",
    row="a period with articles and a topic",
    columns={
        "period": PERIOD,
        "topic_id": TOPIC_ID,
        "share": "share of the period's words (0 to 1; over all topics they sum to 1)",
        "n_words": "words of the period on the topic",
        "n_period_words": "words of the period",
        "n_articles": "articles of the period",
        **INTERVAL,
        "topic": TOPIC,
    },
    method=TRENDS_METHOD,
)
def topic_trends(index: Index, scope: Scope) -> pd.DataFrame:
    """The mix of topics over time. Intervals: see ``mixes``."""
    periods = Periods.of(index, scope)
    articles, cut = scope.without_topics().article_mask(index), scope.cut(index)
    sums = mix_sums(index, cut, np.where(articles, periods.number, -1), len(periods.names))
    shown = np.flatnonzero(sums.words)
    topics = np.asarray(scope.topic_positions(index), dtype=np.int64)
    if not len(shown) or not len(topics):
        return topic_trends.frame()
    found, cells = mixes(sums, shown, topics), np.ix_(shown, topics)
    return topic_trends.frame(
        {
            "period": np.repeat(periods.names[shown], len(topics)),
            "topic_id": np.tile(cut.topic_ids[topics], len(shown)),
            "share": asserted(index, found.share.ravel()),
            "n_words": sums.topic_words[cells].ravel().astype(np.int64),
            "n_period_words": np.repeat(sums.words[shown], len(topics)).astype(np.int64),
            "n_articles": np.repeat(sums.n_articles[shown], len(topics)).astype(np.int64),
            "ci_low": asserted(index, found.ci_low.ravel()),
            "ci_high": asserted(index, found.ci_high.ravel()),
            "interval_unit": np.repeat(found.units[:, 0], len(topics)),
            "topic": np.tile(cut.labels[topics], len(shown)),
        }
    )


def article_mix(index: Index, cut: TopicCut, position: int) -> list[tuple[Topic, float]]:
    """Topics of one article with their share of its words, the largest first."""
    topic = cut.slice_topic[index.passage_slices(position)]
    words = np.bincount(topic, index.passage_words(position), len(cut.topics))
    order = np.argsort(-words, kind="stable")
    return [(cut.topics[i], float(words[i] / words.sum())) for i in order if words[i] > 0]


@table(
    "article_topics",
    row="an article and a topic it touches",
    columns={
        "article_id": ARTICLE_ID,
        "topic_id": TOPIC_ID,
        "share": "share of the article's words (0 to 1)",
        "topic": TOPIC,
    },
)
def article_topics(index: Index, scope: Scope) -> pd.DataFrame:
    """The topics of each article in scope, by file and row. A topic filter leaves rows out and
    keeps the denominator."""
    mask, cut = scope.without_topics().slice_mask(index), scope.cut(index)
    n_topics = max(len(cut.topics), 1)
    key = index.slice_article[mask].astype(np.int64) * n_topics + cut.slice_topic[mask]
    cells, at = np.unique(key, return_inverse=True)
    words = np.bincount(at, index.slice_words[mask], len(cells))
    article, topic = cells // n_topics, cells % n_topics
    total = np.bincount(article, words)
    wanted = np.isin(topic, scope.topic_positions(index)) & (words > 0)
    article, topic, words = article[wanted], topic[wanted], words[wanted]
    rows = index.article_rows(np.unique(article), ["article_id", "file", "row"])
    place = np.empty(len(rows), dtype=np.int64)
    place[rows.sort_values(["file", "row", "article_id"], kind="stable").index] = np.arange(
        len(rows)
    )
    number = np.searchsorted(np.unique(article), article)
    order = np.lexsort((topic, place[number]))
    return article_topics.frame(
        {
            "article_id": rows["article_id"].to_numpy()[number[order]],
            "topic_id": cut.topic_ids[topic[order]] if len(order) else [],
            "share": asserted(index, words[order] / total[article[order]]),
            "topic": cut.labels[topic[order]] if len(order) else [],
        }
    )
