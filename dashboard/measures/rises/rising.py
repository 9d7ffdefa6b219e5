"""Words that rise and fall: now against then, tested on articles as keyness is."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.grouped import ungrouped
from dashboard.index.index import Index
from dashboard.measures.keyness.compared import Compared
from dashboard.measures.keyness.covered import covered
from dashboard.measures.keyness.house_style import in_house_style
from dashboard.measures.keyness.leaning import Leaning
from dashboard.measures.registry import table
from dashboard.measures.rises.counts import PeriodCounts
from dashboard.measures.rises.telling import COLUMNS, Rise, told
from dashboard.measures.rises.then_and_now import NOW, SINCE, THEN, parted
from dashboard.scope import Scope

N_TERMS = 50

METHOD = """
Uses now against uses then: the log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi
and Quinn 2008), its 95 % interval with articles as units. A term is *distinguishable* where dealing
the articles anew to now and then would rarely lean as far, at a false discovery rate of 5 % (as in
`keyness`). Articles of unknown source count; undated ones don't. A difference that vanishes when
each source is compared with itself alone is marked. House style and stop words are set aside.
"""


@table(
    "rising",
    words="term",
    row="a term that is used more now than then, or less, up to 50 of each, the clearest first",
    columns={
        "term": "the word or phrase",
        "direction": "`up` or `down`",
        "since": "first day of now (YYYY-MM-DD)",
        "log_odds": "log-odds ratio of its use, now against then (natural logarithm)",
        "ci_low": "lower end of its 95 % interval, articles as units; null: one article only",
        "ci_high": "upper end of it",
        "q": "chance that articles dealt anew would lean as far, adjusted (0 to 1)",
        "rate_now": "uses per 1,000 words now",
        "rate_then": "uses per 1,000 words then",
        "df_now": "articles of now that have it",
        "df_then": "articles of then that have it",
        "distinguishable": "whether it stands out beyond chance: q < .05",
        **COLUMNS,
    },
    options=[SINCE],
    method=METHOD,
)
def rising(index: Index, scope: Scope, since: date | None = None) -> pd.DataFrame:
    """Terms that lean to now and to then; headlines are those of the time that they lean to. No
    rows where one of the two has no article."""
    found = parted(index, scope, since)
    if found is None:
        return rising.frame()
    groups, first = found
    both = np.asarray([NOW, THEN])
    sides = covered(Compared(groups, scope, both, both))
    parts = [
        _rows(groups, scope, leaning, side, first)
        for side, leaning in zip((NOW, THEN), sides, strict=True)
    ]
    parts = [part for part in parts if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else rising.frame()


def _rows(index: Index, scope: Scope, of: Leaning, side: int, first: date) -> pd.DataFrame:
    order = of.order(index.lexicon.surfaces.take(index.lexicon.analysed[of.columns]))
    order = order[~in_house_style(index, side, index.lexicon.analysed[of.columns[order]])]
    at = order[:N_TERMS]
    numbers = index.lexicon.analysed[of.columns[at]]
    terms = tuple(index.lexicon.surfaces.take(numbers))
    found = of.columns_at(at)
    counts = _counts(index, scope, terms, of.columns[at])
    place = 1 if side == NOW else 0
    rises = [Rise(i, place, place + 1, 0, 2) for i in range(len(terms))]
    sign, (now, then) = (1, ("group", "rest")) if side == NOW else (-1, ("rest", "group"))
    low, high = sign * found["ci_low"], sign * found["ci_high"]
    return rising.frame(
        {
            "term": list(terms),
            "direction": ["up" if side == NOW else "down"] * len(terms),
            "since": [first.isoformat()] * len(terms),
            "log_odds": sign * found["log_odds"],
            "ci_low": np.minimum(low, high),
            "ci_high": np.maximum(low, high),
            "q": found["q"],
            "rate_now": found[f"rate_{now}"],
            "rate_then": found[f"rate_{then}"],
            "df_now": found[f"df_{now}"],
            "df_then": found[f"df_{then}"],
            "distinguishable": found["distinguishable"],
            **told(counts, rises, [False] * len(terms)),
        }
    )


def _counts(
    index: Index, scope: Scope, terms: tuple[str, ...], columns: NDArray[np.int64]
) -> PeriodCounts:
    """Then and now as two periods."""
    mask = scope.article_mask(index)
    group = index.source_of.astype(np.int64)
    period = np.where(mask & (group >= 0), np.where(group == NOW, 1, 0), -1)
    sizes = np.bincount(period[period >= 0], minlength=2)
    none = np.zeros((len(terms), 2), dtype=np.int64)
    names = np.asarray(["then", "now"], dtype=object)
    slices = scope.slice_mask(index)
    return PeriodCounts(ungrouped(index), slices, names, period, sizes, terms, columns, none)
