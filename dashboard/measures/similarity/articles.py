"""The articles of sources as vectors: of words, or of topics."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import ranges, run_starts
from dashboard.index.counts.term_rows import TermRows
from dashboard.measures.keyness.compared import Compared
from dashboard.measures.keyness.house_style import in_house_style
from dashboard.measures.similarity.likeness import Vectors

MOST_ARTICLES = 400  # of a source; of more, so many at equal steps in time
MOST_TERMS = 4_000  # those in most of the articles
LEAST_DOC_FREQ = 2
Ints = NDArray[np.int64]


def chosen_articles(of: Compared) -> tuple[Ints, Ints]:
    """Articles that are read, by source in order of time, undated last; and the number of each
    one's source among those compared."""
    articles, _ = of.words_of_articles()
    group = of.groups[of.index.source_of[articles]]
    kept = group < len(of.sources)
    articles, group = articles[kept], group[kept]
    days = of.index.days[articles]
    order = np.lexsort((articles, days.astype("int64"), np.isnat(days), group))
    articles, group = articles[order], group[order]
    n_of = np.bincount(group, minlength=len(of.sources))
    place = np.arange(len(group)) - (np.cumsum(n_of) - n_of)[group]
    most = np.minimum(n_of, MOST_ARTICLES)[group]
    step = place * most // np.maximum(n_of[group], 1)
    first = np.diff(group * (MOST_ARTICLES + 1) + step, prepend=-1) != 0
    return articles[first], group[first]


def by_terms(of: Compared) -> Vectors:
    """Words and phrases that are compared, without house style: log(1 + uses) times the logarithm
    of how rare a term is (Salton & Buckley 1988), each article of length one."""
    index = of.index
    articles, group = chosen_articles(of)
    article, term, uses = _uses(of, articles)
    n_terms = len(index.lexicon.analysed)
    wanted = of.candidates.copy()
    for source in of.sources.tolist():
        wanted &= ~in_house_style(index, source, index.lexicon.analysed)
    doc_freq = np.bincount(term, minlength=n_terms)
    wanted &= doc_freq >= LEAST_DOC_FREQ
    frequent = np.argsort(-np.where(wanted, doc_freq, 0), kind="stable")[:MOST_TERMS]
    column = np.full(n_terms, -1)
    column[frequent[wanted[frequent]]] = np.arange(int(wanted[frequent].sum()))
    kept = column[term] >= 0
    article, term, uses = article[kept], term[kept], uses[kept]
    value = np.log1p(uses) * np.log(len(articles) / doc_freq[term])
    length = np.sqrt(np.bincount(article, value**2, len(articles)))
    value /= np.maximum(length, 1e-12)[article]
    return Vectors(article, column[term], value, max(int(column.max(initial=-1)) + 1, 1), group)


def _uses(of: Compared, articles: Ints) -> tuple[Ints, Ints, Ints]:
    """Place in ``articles``, term and uses, what is read of each article added up."""
    index, read = of.index, of.slices
    first, end = index.article_slices[articles], index.article_slices[articles + 1]
    slices, place = ranges(first, end), np.repeat(np.arange(len(articles)), end - first)
    slices, place = slices[read[slices]], place[read[slices]]
    keys, counts = [], []
    n_terms = len(index.lexicon.analysed)
    starts = np.asarray([s.first_slice for s in index.segments] + [len(index.slice_article)])
    for i, segment in enumerate(index.segments):
        own = (slices >= starts[i]) & (slices < starts[i + 1])
        rows = TermRows.of(segment.arrays).take(slices[own] - starts[i])
        of_cell = np.repeat(place[own], np.diff(rows.indptr))
        keys.append(of_cell * n_terms + rows.terms.astype(np.int64))
        counts.append(rows.counts.astype(np.int64))
    key, count = np.concatenate(keys), np.concatenate(counts)
    order = np.argsort(key, kind="stable")
    key, count = key[order], count[order]
    if not len(key):
        return key, key, count
    begin = run_starts(key)
    return key[begin] // n_terms, key[begin] % n_terms, np.add.reduceat(count, begin)


def by_topics(of: Compared) -> Vectors:
    """Shares of each article's words by topic, what is no theme left out; articles without any
    topic are none of them."""
    index, cut = of.index, of.scope.cut(of.index)
    articles, group = chosen_articles(of)
    n_topics = max(len(cut.topics), 1)
    first, end = index.article_slices[articles], index.article_slices[articles + 1]
    slices, place = ranges(first, end), np.repeat(np.arange(len(articles)), end - first)
    topic = cut.of_leaf[index.slice_leaf[slices]].astype(np.int64)
    other = np.asarray([t.topic_id == "other" for t in cut.topics] + [True])
    kept = of.slices[slices] & ~other[np.minimum(topic, len(cut.topics))]
    words = np.bincount(
        place[kept] * n_topics + topic[kept],
        index.slice_words[slices[kept]],
        len(articles) * n_topics,
    ).reshape(-1, n_topics)
    some = words.sum(axis=1) > 0
    words, group = words[some], group[some]
    article, column = np.nonzero(words)
    share = words[article, column] / words.sum(axis=1)[article]
    return Vectors(article, column, share, n_topics, group)
