"""In how many articles of each period terms are: what bursts and change points are found in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.index.counts.grouped import GroupedIndex, ungrouped
from dashboard.index.counts.own_columns import OwnColumn
from dashboard.index.counts.postings import count_keyword
from dashboard.index.index import Index
from dashboard.index.terms.lexicon import INSIDE, SELF, STOP
from dashboard.measures.keyness.house_style import in_house_style
from dashboard.measures.keyness.uses import article_uses
from dashboard.measures.periods import Periods
from dashboard.scope import Scope
from dashboard.text.query import parse_keyword

MOST_PERIODS = 180
#: Articles with a term, of all terms that are counted at once: for each article of the corpus so
#: many, within these bounds. Each of them takes a hundred bytes.
AT_ONCE, LEAST_AT_ONCE, MOST_AT_ONCE = 10, 500_000, 10_000_000
LEAST_ARTICLES = 5  # with a term: rarer ones are not looked at
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class PeriodCounts:
    """``n_with``: (n_terms, n_periods) articles of each period with each term; ``n_articles``:
    (n_periods,) all of them; ``names``: the periods that have articles, by time. ``period``:
    (n_articles,) the period of each article in scope, -1 for the undated and those out of scope.
    ``columns``: of the analysed terms; -1 for the ``keywords`` of a user."""

    index: Index
    slices: NDArray[np.bool_]
    names: NDArray[np.object_]
    period: Ints
    n_articles: Ints
    terms: tuple[str, ...]
    columns: Ints
    n_with: Ints

    def uses(self, at: Sequence[int]) -> list[tuple[Ints, Ints]]:
        """Of each of these terms the dated articles in scope that have it, and their uses."""
        found = {}
        numbers = [i for i in at if self.columns[i] >= 0]
        wanted = self.index.lexicon.analysed[self.columns[numbers]].astype(np.int64)
        entries = article_uses(self.index, wanted, self.slices)
        ends = np.searchsorted(entries.term, np.arange(len(numbers) + 1))
        for i, a, b in zip(numbers, ends, ends[1:], strict=False):
            found[i] = entries.article[a:b], entries.uses[a:b]
        for i in set(at) - set(numbers):
            found[i] = _keyword_uses(self.index, self.terms[i], self.slices)
        return [self._dated(*found[i]) for i in at]

    def _dated(self, article: Ints, uses: Ints) -> tuple[Ints, Ints]:
        dated = self.period[article] >= 0
        return article[dated], uses[dated]


def group_by(index: Index, codes: Ints, values: Sequence[str]) -> GroupedIndex:
    """The index with groups of articles in the place of sources: ``codes`` (n_articles,) the group
    of each from 0, -1 for none."""
    numbers: Any = codes + 1
    return GroupedIndex(ungrouped(index), OwnColumn("", tuple(values), numbers))


@lru_cache(maxsize=4)
def count_periods(
    index: Index, scope: Scope, keywords: tuple[str, ...] | None = None
) -> PeriodCounts:
    """The counts of the analysed terms (or of ``keywords``) that are in five articles or more.
    House style, stop words and words that only stand in longer phrases are left out."""
    index = ungrouped(index)
    every = Periods.of(index, scope, MOST_PERIODS)
    mask = scope.article_mask(index)
    period = np.where(mask & (every.number < len(every.names) - 1), every.number, -1)
    here = np.unique(period[period >= 0])
    place = np.full(len(every.names) + 1, -1)
    place[here] = np.arange(len(here))
    period = place[period]
    n_articles = np.bincount(period[period >= 0], minlength=len(here))
    slices = scope.slice_mask(index)
    if keywords is None:
        columns = _candidates(index, mask)
        n_with = _by_period(index, columns, slices, period, len(here))
        kept = n_with.sum(axis=1) >= LEAST_ARTICLES
        columns, n_with = columns[kept], n_with[kept]
        terms = tuple(index.lexicon.surfaces.take(index.lexicon.analysed[columns]))
    else:
        terms, columns = tuple(dict.fromkeys(keywords)), np.full(len(set(keywords)), -1)
        n_with = np.zeros((len(terms), len(here)), dtype=np.int64)
        for i, keyword in enumerate(terms):
            article, _ = _keyword_uses(index, keyword, slices)
            article = article[period[article] >= 0]
            n_with[i] = np.bincount(period[article], minlength=len(here))
    return PeriodCounts(
        index, slices, every.names[here], period, n_articles, terms, columns, n_with
    )


def _candidates(index: Index, mask: NDArray[np.bool_]) -> Ints:
    """Columns of the analysed terms that are looked at; house style is that of the sources of
    ``mask``, (n_articles,) what is in scope."""
    lexicon = index.lexicon
    shown = np.flatnonzero(lexicon.flags[lexicon.analysed] & (STOP | INSIDE | SELF) == 0)
    shown = shown[lexicon.doc_freq[lexicon.analysed[shown]] >= LEAST_ARTICLES]
    within = group_by(index, np.where(mask, 0, -1), ["in scope"])
    styled = in_house_style(within, 0, lexicon.analysed[shown].astype(np.int64))
    found: Ints = shown[~styled]
    return found


def _by_period(
    index: Index, columns: Ints, slices: NDArray[np.bool_], period: Ints, n_periods: int
) -> Ints:
    """(n_columns, n_periods) articles with each term, some terms at a time."""
    terms = index.lexicon.analysed[columns].astype(np.int64)
    at_once = min(max(AT_ONCE * index.n_articles, LEAST_AT_ONCE), MOST_AT_ONCE)
    parts = np.cumsum(index.lexicon.doc_freq[terms]) // at_once
    found = np.zeros((len(terms), n_periods), dtype=np.int64)
    for part in np.unique(parts) if n_periods else ():
        own = np.flatnonzero(parts == part)
        entries = article_uses(index, terms[own], slices)
        at = period[entries.article]
        dated = at >= 0
        cells = entries.term[dated] * n_periods + at[dated]
        found[own] = np.bincount(cells, minlength=len(own) * n_periods).reshape(-1, n_periods)
    return found


def _keyword_uses(index: Index, keyword: str, slices: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    at, uses = count_keyword(index, parse_keyword(keyword))
    kept = slices[at]
    article, place = np.unique(index.slice_article[at[kept]], return_inverse=True)
    return article.astype(np.int64), np.bincount(place, uses[kept], len(article)).astype(np.int64)
