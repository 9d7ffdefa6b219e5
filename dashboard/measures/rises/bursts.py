"""Bursts: stretches of time in which many more articles than usual have a term."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.grouped import ungrouped
from dashboard.index.index import Index
from dashboard.index.layers.layer import Arrays
from dashboard.measures.columns import KEYWORDS
from dashboard.measures.periods import period_days
from dashboard.measures.registry import table
from dashboard.measures.rises.automaton import find_bursts, sharpest
from dashboard.measures.rises.counts import PeriodCounts, count_periods
from dashboard.measures.rises.kept import kept_columns, packed
from dashboard.measures.rises.telling import COLUMNS, Rise, told
from dashboard.measures.statistics.inference import benjamini_hochberg
from dashboard.scope import Scope

MOST_ROWS, LOOKED_AT = 300, 1_000  # bursts that are listed, of those that are looked at
MAX_Q = 0.05
A_UNIT, MOST_SHOWN = 2, 20  # bursts to begin with: of a year, and of all
SAME = 0.75  # of a burst's articles that another has too: one thing
LIFT = 4.0  # in odds, over other articles of the time
TOGETHER = 1 / 3  # of the periods of two bursts: at one time
INSIDE = 0.8  # of a word's articles that have it in a longer term: a part of that
METHOD = """
For each period, how many articles there are and how many have the term. A **burst** is a stretch in
which the upper state of a two-state automaton fits better: twice the term's usual share, at a cost
for entering it (Kleinberg 2002, for batches; s = 2, γ = 1). It is kept where Fisher's exact test on
articles, times the stretches that there could be, passes a false discovery rate of 5 % over all
terms in five articles or more (Benjamini and Hochberg): with dates dealt at random, one corpus in
twenty shows a burst, or fewer. In front
are those with the sharpest peak: the stretch of the burst with the best fit for its length
(log-likelihood ratio over the root of its periods, times 1 − share elsewhere ÷ share). Terms that
the same articles have are listed under the first of them. A rise that vanishes
when each source is compared with itself alone is marked: a source came in, or the mix changed.
House style and stop words are set aside; headlines are not counted.
"""


@table(
    "bursts",
    words="term",
    row="a burst of a term, the most telling first, up to 300",
    columns={
        "term": "the word, phrase or keyword",
        "first": "its first period, as in `trends`",
        "last": "its last period",
        "peak": "the first period of the stretch of it that stands out most",
        "peak_last": "the last period of that stretch; headlines and flag are about it",
        "n_with": "articles of the burst that have it",
        "n_articles": "all dated articles of its periods",
        "share": "n_with of n_articles (0 to 1)",
        "share_rest": "share of the other dated articles that have it (0 to 1)",
        "weight": "how much better the burst fits than the usual share (Kleinberg; nats)",
        "q": "chance of as many with dates dealt anew, adjusted (0 to 1)",
        "lead": "the term in front of it that the same articles have; empty: none",
        **COLUMNS,
    },
    options=[KEYWORDS],
    method=METHOD,
)
def bursts(index: Index, scope: Scope, keywords: Sequence[str] | None = None) -> pd.DataFrame:
    """Bursts of all terms of the corpus, or of ``keywords`` (as in ``trends``), over the dated
    articles in scope. No rows with fewer than two periods. Those of all articles were found when
    the index was built, if it has the layer ``rises``. Raises ``UnreadableQuery``."""
    if keywords is None and scope.is_everything:
        columns = kept_columns(ungrouped(index), list(bursts.columns))
        if columns is not None:
            return bursts.frame(columns)
    of = count_periods(index, scope, None if keywords is None else tuple(keywords))
    found = find_bursts(of.n_with, of.n_articles)
    q = benjamini_hochberg(found.p, max(len(of.terms), len(found.p), 1))
    kept = np.flatnonzero(q < MAX_Q)
    clear = found.weight[kept] / np.sqrt(found.end[kept] - found.first[kept])
    kept = kept[np.argsort(-clear, kind="stable")[:LOOKED_AT]]
    peaks = {
        int(i): sharpest(
            of.n_with[found.series[i]], of.n_articles, int(found.first[i]), int(found.end[i])
        )
        for i in kept
    }
    order = sorted(
        peaks, key=lambda i: (-peaks[i].score, of.terms[found.series[i]], found.first[i])
    )[:MOST_ROWS]
    rises = {
        i: Rise(int(found.series[i]), int(found.first[i]), int(found.end[i]), 0, len(of.names))
        for i in order
    }
    leads, place = _leads(of, [rises[i] for i in order])
    lead_of = dict(zip(order, leads, strict=True))
    place_of = dict(zip(order, place, strict=True))
    order.sort(key=lambda i: (place_of[i], lead_of[i] != ""))
    sharp = [rises[i]._replace(first=peaks[i].first, end=peaks[i].end) for i in order]
    at = np.asarray(order, dtype=np.int64)
    return bursts.frame(
        {
            "term": [of.terms[rise.term] for rise in sharp],
            "first": of.names[found.first[at]],
            "last": of.names[found.end[at] - 1],
            "peak": [of.names[rise.first] for rise in sharp],
            "peak_last": [of.names[rise.end - 1] for rise in sharp],
            **_shares(of, [rises[i] for i in order]),
            "weight": found.weight[at],
            "q": q[at],
            "lead": [lead_of[i] for i in order],
            **told(of, sharp, [False] * len(sharp)),
        }
    )


def rises_of(index: Index) -> Arrays:
    """What the layer ``rises`` keeps of an index."""
    arrays = packed(bursts(index, Scope()))
    count_periods.cache_clear()  # the counts of all terms: a build needs them once
    return arrays


def _shares(of: PeriodCounts, rises: Sequence[Rise]) -> dict[str, NDArray[Any]]:
    """How many articles of each burst have its term, and how many of the others."""
    k = np.asarray([of.n_with[r.term, r.first : r.end].sum() for r in rises], dtype=np.int64)
    n = np.asarray([of.n_articles[r.first : r.end].sum() for r in rises], dtype=np.int64)
    k_all = of.n_with.sum(axis=1)[[r.term for r in rises]] if rises else k
    n_rest = np.maximum(of.n_articles.sum() - n, 1)
    return {
        "n_with": k,
        "n_articles": n,
        "share": k / np.maximum(n, 1),
        "share_rest": (k_all - k) / n_rest,
    }


def standing_out(table: pd.DataFrame) -> pd.DataFrame:
    """Of ``bursts`` the rows to begin with, by time: of each year (month, day) the two most telling
    that lead others, so that one great event leaves room for others. Where a leading term is left
    out of the table, the first of those under it leads."""
    lead = table["lead"].where(table["lead"].isin(table["term"]), "")
    orphans = table["lead"].where(lead == "", "")
    first = (orphans == "") | ~orphans.duplicated()
    leads = table[(lead == "") & first & (table["flag"] == "")]
    days = [period_days(name)[0] for name in leads["peak"]]
    years = len({day.year for day in days})
    letters = 4 if years > 2 else 7 if len({day.isoformat()[:7] for day in days}) > 2 else 10
    units = pd.Series([day.isoformat()[:letters] for day in days], leads.index, dtype=object)
    nth = units.groupby(units).cumcount()
    chosen = leads[(nth < A_UNIT).to_numpy(dtype=bool)]
    shown = nth[chosen.index].sort_values(kind="stable").index[:MOST_SHOWN]
    return chosen.loc[shown].sort_values(["peak", "first"], kind="stable")


def _leads(of: PeriodCounts, rises: Sequence[Rise]) -> tuple[list[str], list[int]]:
    """Of each burst the term under which it stands: one before it that largely the same articles
    have; "" where there is none. A word whose articles nearly all have it in a longer term, such as
    a name in full, stands under that. And the place of each, where a longer term takes that of its
    word."""
    terms = sorted({rise.term for rise in rises})
    uses = dict(zip(terms, of.uses(terms), strict=True))
    sets = []
    for rise in rises:
        article = uses[rise.term][0]
        period = of.period[article]
        sets.append(set(article[(period >= rise.first) & (period < rise.end)].tolist()))
    shares = [
        len(own) / int(of.n_articles[rise.first : rise.end].sum())
        for own, rise in zip(sets, rises, strict=True)
    ]
    heads: list[int] = []
    under = [-1] * len(rises)
    for i, own in enumerate(sets):
        for head in heads:
            nested = _is_part(of, rises[head], rises[i]) or _is_part(of, rises[i], rises[head])
            if not nested and _overlap(rises[i], rises[head]) < TOGETHER:
                continue
            if _goes_with(len(own & sets[head]), len(own), shares[head], 0.5 if nested else SAME):
                under[i] = head
                break
        else:
            heads.append(i)
    place = list(range(len(rises)))
    for head in heads:
        for i in [i for i, h in enumerate(under) if h == head]:
            if _is_part(of, rises[head], rises[i]) and len(sets[i] & sets[head]) >= INSIDE * len(
                sets[head]
            ):
                under = [i if h == head else h for h in under]
                under[head], under[i] = i, -1
                place[i] = head
                break
    return [of.terms[rises[head].term] if head >= 0 else "" for head in under], place


def _goes_with(shared: int, own: int, share: float, least: float) -> bool:
    """Whether at least a part of the articles of a burst have another term too, and more clearly so
    than any articles of its time: by four times in odds."""
    odds = (shared + 0.5) / (own - shared + 0.5)
    return shared >= least * own and odds >= LIFT * share / max(1 - share, 1e-9)


def _overlap(a: Rise, b: Rise) -> float:
    """Share of the periods of either that are of both."""
    both = max(min(a.end, b.end) - max(a.first, b.first), 0)
    return both / (a.end - a.first + b.end - b.first - both)


def _is_part(of: PeriodCounts, short: Rise, long: Rise) -> bool:
    """Whether the words of a term stand in a longer one."""
    a, b = (f" {of.terms[rise.term].casefold()} " for rise in (short, long))
    return len(a) < len(b) and a in b
