"""How sources tell it: each one's articles against those of others about the same stories, so that
what was covered cancels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dashboard.index.counts.term_counts import article_counts, term_counts
from dashboard.index.index import Index
from dashboard.measures.keyness.compared import Compared
from dashboard.measures.keyness.leaning import MAX_Q, Leaning, length_classes, screened
from dashboard.measures.keyness.uses import ArticleUses, article_uses
from dashboard.measures.statistics.dealing import Dealt, chance, dealt, log_ways, worth_testing
from dashboard.measures.statistics.inference import log_odds

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
STORY, STORY_OR_TOPIC = "story", "story or topic"
ENOUGH = 100  # articles of a source in stories that it shares; with fewer, topics help out


def told(of: Compared) -> Iterator[Leaning | None]:
    """One for each of the sources compared: its articles against others in the same strata, which
    are stories. Where fewer than ``ENOUGH`` of its articles are in a story that others tell too,
    the rest of its articles are compared with the others on their main topic. None where it shares
    neither. Raises ``MissingLayer`` for an index without stories."""
    index = of.index
    articles, words = of.words_of_articles()
    story = index.layer("stories").joint["story_of"][articles].astype(np.int64)
    topic = int(story.max(initial=-1)) + 2 + _main_leaf(index, articles)
    for source in of.sources.tolist():
        is_own = index.source_of[articles] == source
        shared, kind = _has_both(story, is_own), STORY
        label = story
        if (shared & is_own).sum() < ENOUGH:
            kind, label = STORY_OR_TOPIC, np.where(shared, story, topic)
            shared = _has_both(label, is_own)
        if not shared.any():
            yield None
            continue
        _, stratum = np.unique(label[shared], return_inverse=True)
        strata = _Strata(articles[shared], words[shared], stratum, is_own[shared], kind)
        yield _leaning(of, strata, source)


def _has_both(label: Ints, is_own: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether each article's stratum has articles of both sides."""
    n = int(label.max(initial=-1)) + 1
    own = np.bincount(label[is_own], minlength=n)
    both = (own > 0) & (np.bincount(label, minlength=n) > own)
    found: NDArray[np.bool_] = both[label]
    return found


def _main_leaf(index: Index, articles: Ints) -> Ints:
    """The leaf of the topic tree that most of each article's words are on; -1 for none."""
    order = np.lexsort((index.slice_words, index.slice_article))
    article = index.slice_article[order]
    last = np.flatnonzero(np.diff(article, append=index.n_articles + 1))
    leaf = np.full(index.n_articles, -1, dtype=np.int64)
    leaf[article[last]] = index.slice_leaf[order[last]]
    found: Ints = leaf[articles]
    return found


@dataclass(frozen=True)
class _Strata:
    """Articles in strata that have both sides."""

    articles: Ints
    words: Ints
    stratum: Ints
    is_own: NDArray[np.bool_]
    kind: str

    @property
    def n(self) -> Ints:
        """(n_strata,) articles of each."""
        return np.bincount(self.stratum)

    @property
    def n_own(self) -> Ints:
        """(n_strata,) of them those of the source."""
        return np.bincount(self.stratum, self.is_own).astype(np.int64)

    def sums(self, entries: ArticleUses, weights: Floats, n_terms: int) -> Floats:
        """(n_terms, n_strata) of the entries' weights."""
        n = len(self.n)
        at = entries.term * n + self.stratum[entries.article]
        found: Floats = np.bincount(at, weights, n_terms * n).astype(np.float64)
        return found.reshape(n_terms, n)


def _leaning(of: Compared, strata: _Strata, source: int) -> Leaning:
    """One source against the others."""
    index = of.index
    mask = np.zeros(index.n_articles, dtype=bool)
    mask[strata.articles] = True
    selection = replace(of.selection, articles=mask, days=None)
    groups = np.full(len(index.sources) + 1, -1)
    groups[of.present] = 1
    groups[source] = 0
    counts = term_counts(index, selection, groups, 2)
    words = np.bincount(~strata.is_own, strata.words, 2).astype(np.int64)
    candidates = of.candidates & (counts.sum(axis=0) >= 2)
    every = np.flatnonzero(candidates)
    doc_freq = article_counts(index, selection, np.minimum(groups, 0), 1, every)[:, 0]
    columns = screened(counts, words, 0, candidates)
    found = article_uses(
        index, index.lexicon.analysed[columns], of.slices & mask[index.slice_article]
    )
    place = np.searchsorted(strata.articles, found.article)
    entries, n_terms = ArticleUses(found.term, place, found.uses), len(columns)
    own = strata.is_own[place]
    df_own, df_rest = (np.bincount(found.term[each], minlength=n_terms) for each in (own, ~own))
    n_own, n = int(strata.n_own.sum()), len(strata.words)
    least, n_tests = worth_testing(doc_freq, n_own, n, MAX_Q)
    delta, variance = _effect(entries, strata, n_terms)
    return Leaning(
        columns=columns,
        own=counts[0, columns].astype(np.int64),
        rest=counts[1, columns].astype(np.int64),
        df_own=df_own,
        df_rest=df_rest,
        log_odds=delta,
        variance=variance,
        p=chance(_moved(entries, strata, n_terms), log_ways(strata.n_own, strata.n)),
        words=(int(words[0]), int(words[1])),
        articles=(n_own, n - n_own),
        least=least,
        n_tests=n_tests,
        stratum=strata.kind,
    )


def _effect(entries: ArticleUses, strata: _Strata, n_terms: int) -> tuple[Floats, Floats]:
    """The log-odds of the Mantel-Haenszel rates of both sides (Greenland & Robins 1985), uses of
    each stratum weighed by the share of its words that the other side has; and its variance, strata
    as units. Never less than that of independent words."""
    own = strata.is_own[entries.article]
    of_own, of_rest = (
        strata.sums(entries, entries.uses * each.astype(float), n_terms) for each in (own, ~own)
    )
    words_own = np.bincount(strata.stratum, strata.words * strata.is_own)
    share = words_own / np.bincount(strata.stratum, strata.words)
    ours, theirs = of_own * (1 - share), of_rest * share
    both = float((words_own * (1 - share)).sum())
    total = ours.sum(axis=1), theirs.sum(axis=1)
    apart = ours / (total[0][:, None] + 0.5) - theirs / (total[1][:, None] + 0.5)
    n = len(share)
    by_stratum = (apart**2).sum(axis=1) * (n / max(n - 1, 1))
    independent = ((of_own + of_rest) * share * (1 - share)).sum(axis=1) + 0.5
    least = independent / ((total[0] + 0.5) * (total[1] + 0.5))
    return log_odds(*total, both, both), np.maximum(by_stratum, least)


def _moved(entries: ArticleUses, strata: _Strata, n_terms: int) -> Dealt:
    """The scores of the source's articles, and dealing within each stratum. The score is the
    logarithm of 1 + uses, less its mean over all articles of that length."""
    length = length_classes(strata.words)
    n_classes, n_strata = int(length.max(initial=0)) + 1, len(strata.n)
    score = np.log1p(entries.uses)
    at = entries.term * n_classes + length[entries.article]
    usual = np.bincount(at, score, n_terms * n_classes).reshape(n_terms, -1) / np.bincount(length)
    expected = usual[entries.term, length[entries.article]]
    cell = strata.stratum * n_classes + length
    n_of, own_of = (
        np.bincount(cell, weights, n_strata * n_classes).reshape(n_strata, -1)
        for weights in (None, strata.is_own)
    )
    # Articles without the term have a score too: it is as far below what is usual.
    scores = [
        strata.sums(entries, (score - expected) ** k - (-expected) ** k, n_terms)
        + (-usual) ** k @ n_of.T
        for k in (1, 2, 3)
    ]
    own = strata.sums(entries, score * strata.is_own[entries.article], n_terms) - usual @ own_of.T
    return dealt(own, strata.n_own, strata.n, (scores[0], scores[1], scores[2]))
