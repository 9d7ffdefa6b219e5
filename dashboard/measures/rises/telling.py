"""What goes with a rise: the headlines of its period, and whether sources explain it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.index.layers.layer import MissingLayer
from dashboard.measures.rises.counts import PeriodCounts
from dashboard.measures.statistics.dealing import chance, dealt, log_ways

Ints = NDArray[np.int64]
MOST_HEADLINES, MOST_LIKELY = 3, 20
BETWEEN = " · "
ALPHA = 0.05
COLUMNS = {
    "flag": "`new source: NAME`: gone once each source is compared with itself alone, and most of "
    "it is NAME, which has no article before; `mix of sources`: gone so, without one; otherwise "
    "empty",
    "headlines": "of the articles that have it most, one a story, up to three",
    "article_ids": "ids of these articles, a space between them",
}


class Rise(NamedTuple):
    """A term (its place in the counts), the periods it is about, and those that it is compared
    with, which hold them; ends are behind the last."""

    term: int
    first: int
    end: int
    from_first: int
    to_end: int


def told(of: PeriodCounts, rises: Sequence[Rise], falls: Sequence[bool]) -> dict[str, list[str]]:
    """The values of ``COLUMNS`` for each of ``rises``; ``falls``: which are less, not more."""
    found: dict[str, list[str]] = {name: [] for name in COLUMNS}
    terms = sorted({rise.term for rise in rises})
    uses = dict(zip(terms, of.uses(terms), strict=True))
    sources, stories = _Sources(of), _stories(of)
    likely = []
    for rise, fall in zip(rises, falls, strict=True):
        article, n_uses = uses[rise.term]
        found["flag"].append(sources.flag(rise, article, fall))
        inside = (of.period[article] >= rise.first) & (of.period[article] < rise.end)
        likely.append(_likely(of, article[inside], n_uses[inside]))
    every = np.unique(np.concatenate([np.zeros(0, np.int64), *likely]))
    rows = of.index.article_rows(every, ["article_id", "title"])
    ids = dict(zip(every.tolist(), rows["article_id"], strict=True))
    titles = {
        a: " ".join((t or "").split()) for a, t in zip(every.tolist(), rows["title"], strict=True)
    }
    for rise, few in zip(rises, likely, strict=True):
        best = _best(few.tolist(), titles, stories, of.terms[rise.term])
        found["headlines"].append(BETWEEN.join(titles[article] for article in best))
        found["article_ids"].append(" ".join(ids[article] for article in best))
    return found


class _Sources:
    """Articles of each source by period."""

    def __init__(self, of: PeriodCounts) -> None:
        self._of = of
        n_sources, n_periods = len(of.index.sources) + 1, len(of.names)
        self._source = of.index.source_of.astype(np.int64) % n_sources
        dated = of.period >= 0
        cells = self._source[dated] * n_periods + of.period[dated]
        self._sizes = np.bincount(cells, minlength=n_sources * n_periods).reshape(
            n_sources, n_periods
        )

    def flag(self, rise: Rise, article: Ints, fall: bool) -> str:
        """Whether the articles of a rise are as many as each source's own share would give: dealt
        anew within sources, they would be so far from it in more than 5 % of cases."""
        names, period = self._of.index.source_names, self._of.period[article]
        sizes = self._sizes[:, rise.from_first : rise.to_end]
        source = self._source[article]
        compared = (period >= rise.from_first) & (period < rise.to_end)
        inside = (period >= rise.first) & (period < rise.end)
        own = np.bincount(source[inside], minlength=len(sizes))
        every = np.bincount(source[compared], minlength=len(sizes)).astype(float)
        n_own, n = self._sizes[:, rise.first : rise.end].sum(axis=1), sizes.sum(axis=1)
        if fall:  # more articles without it
            own, every = n_own - own, n - every
        there = n > 0
        moved = dealt(own[there].astype(float), n_own[there], n[there], (every[there],) * 3)
        if float(moved.off) > 0 and float(chance(moved, log_ways(n_own[there], n[there]))) < ALPHA:
            return ""
        new = (self._sizes[:, : rise.first].sum(axis=1) == 0) & (n_own > 0)
        new[-1] = False
        largest = int(np.argmax(np.where(new, own, -1)))
        if not fall and new[largest] and 2 * own[largest] > own.sum():
            return f"new source: {names[largest]}"
        return "mix of sources"


def _stories(of: PeriodCounts) -> Ints:
    """(n_articles,) story of each article; its own number below 0 where it has none."""
    alone = -1 - np.arange(of.index.n_articles)
    try:
        story = np.asarray(of.index.layer("stories").joint["story_of"], dtype=np.int64)
    except MissingLayer:
        return alone
    return np.where(story >= 0, story, alone)


def _likely(of: PeriodCounts, article: Ints, uses: Ints) -> Ints:
    """The articles that use a term most for their length; of those alike the earlier."""
    dense = np.round(uses / np.sqrt(of.index.article_words[article] + 50.0), 9)
    place = np.empty(of.index.n_articles, dtype=np.int64)
    place[of.index.by_date] = np.arange(len(place))
    found: Ints = article[np.lexsort((place[article], -dense))][:MOST_LIKELY]
    return found


def _best(
    articles: Sequence[int], titles: Mapping[int, str], stories: Ints, term: str
) -> list[int]:
    """Those with the term in their headline first, one a story."""
    named = [article for article in articles if titles[article]]
    in_order = sorted(named, key=lambda article: term.casefold() not in titles[article].casefold())
    by_story: dict[int, int] = {}
    for article in in_order:
        by_story.setdefault(int(stories[article]), article)
    return list(by_story.values())[:MOST_HEADLINES]
