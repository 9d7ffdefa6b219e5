"""Coverage: how many articles there are, from whom and from when."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.index.counts.grouped import grouped, n_families
from dashboard.index.index import Index
from dashboard.measures.articles import DATES_METHOD
from dashboard.measures.columns import (
    BY,
    KNOWN_SOURCE,
    KNOWN_SOURCE_ID,
    PERIOD,
    SOURCE,
    SOURCE_ID,
    WIDTH,
)
from dashboard.measures.periods import Periods, sort_cells
from dashboard.measures.registry import table
from dashboard.scope import Scope


@table(
    "summary",
    row="the articles in scope as a whole; none where there is no article",
    columns={
        "n_articles": "articles",
        "n_words": "words of their texts",
        "n_sources": "known sources",
        "n_unknown": "articles of unknown source",
        "n_undated": "articles without a date",
        "n_days": "different days of publication",
        "first_day": "first of them (YYYY-MM-DD); null: all are undated",
        "last_day": "last of them (YYYY-MM-DD); null: all are undated",
        "top_day": "the day of most articles, of several the last; null: all are undated",
        "n_top_day": "articles of that day",
        "effective_sources": "how many independent sources the known ones amount to, by their "
        "families and the text that these share; null: the index doesn't know",
        "n_families": "families of the known sources: see `families`",
    },
    options=[BY],
)
def summary(index: Index, scope: Scope, by: str = "") -> pd.DataFrame:
    """How many articles are in scope and what is known of them: one row; none for an empty
    scope."""
    index = grouped(index, by)
    mask = scope.article_mask(index)
    source, days = index.source_of[mask], index.days[mask]
    days, per_day = np.unique(days[~np.isnat(days)], return_counts=True)
    top = len(days) - 1 - int(np.argmax(per_day[::-1])) if len(days) else None
    row = {
        "n_articles": int(mask.sum()),
        "n_words": int(index.article_words[mask].sum()),
        "n_sources": len(np.unique(source[source >= 0])),
        "n_unknown": int((source < 0).sum()),
        "n_undated": int(mask.sum() - per_day.sum()),
        "n_days": len(days),
        "first_day": str(days[0]) if len(days) else None,
        "last_day": str(days[-1]) if len(days) else None,
        "top_day": str(days[top]) if top is not None else None,
        "n_top_day": int(per_day[top]) if top is not None else 0,
        "effective_sources": scope.effective_sources(index),
        "n_families": n_families(index, mask),
    }
    return summary.frame([row] if row["n_articles"] else None)


@table(
    "coverage",
    row="a period and source with articles",
    columns={"period": PERIOD, "source": SOURCE, "n_articles": "articles", **SOURCE_ID},
    options=[BY, WIDTH],
    method=DATES_METHOD,
)
def coverage(index: Index, scope: Scope, by: str = "", width: str | None = None) -> pd.DataFrame:
    """Articles by period and source, in the order of both; a period without articles has no row.
    ``width``: one of ``WIDTHS``."""
    index, mask = grouped(index, by), scope.article_mask(index)
    periods = Periods.of(index, scope, width=width)
    n_sources = len(index.sources) + 1
    cell = periods.number[mask] * n_sources + index.source_of[mask] % n_sources
    counts = np.bincount(cell, minlength=len(periods.names) * n_sources)
    filled = np.flatnonzero(counts)
    cells = coverage.frame(
        {
            "period": periods.names[filled // n_sources],
            "source": index.source_names[filled % n_sources],
            "n_articles": counts[filled],
            "source_id": index.source_ids[filled % n_sources],
        }
    )
    return sort_cells(cells)


@table(
    "periods",
    row="a period with articles",
    columns={"period": PERIOD, "n_articles": "articles", "n_sources": "their known sources"},
    options=[BY, WIDTH],
    method=DATES_METHOD,
)
def periods(index: Index, scope: Scope, by: str = "", width: str | None = None) -> pd.DataFrame:
    """Articles by period, in order; a period without articles has no row. ``width``: one of
    ``WIDTHS``."""
    cells = coverage(index, scope, by, width)
    by_period = cells.groupby("period", sort=False, dropna=False)
    counted = by_period.agg(n_articles=("n_articles", "sum"), n_sources=("source", "nunique"))
    return periods.frame(counted.reset_index())


LANES_METHOD = """
For each source the periods in which it has an article, joined where they follow each other: a
stretch ends where a period has none. A **gap** is a period without an article of the source, in
view as it is filtered, between its first and its last; it may be a hole in the collection or a
source that published nothing. Articles without a date are a row of their own.
"""


@table(
    "lanes",
    row="a stretch of periods in each of which a source has articles, or its undated articles",
    columns={
        "source": SOURCE,
        "first": "its first period, as in `trends`; null: the undated articles",
        "last": "its last period; null: the undated articles",
        "n_periods": "periods of the stretch; 0: the undated articles",
        "gap": "periods without an article of the source between the stretch before and this one",
        "n_articles": "articles",
        **SOURCE_ID,
    },
    options=[BY, WIDTH],
    method=LANES_METHOD,
)
def lanes(index: Index, scope: Scope, by: str = "", width: str | None = None) -> pd.DataFrame:
    """When each source's articles begin, pause and end, sources in order of their name, stretches
    in time, the undated last. ``width``: one of ``WIDTHS``."""
    index, mask = grouped(index, by), scope.article_mask(index)
    periods = Periods.of(index, scope, width=width)
    n_names, n_sources = len(periods.names), len(index.sources) + 1
    cell = (index.source_of[mask] % n_sources) * n_names + periods.number[mask]
    counts = np.bincount(cell, minlength=n_names * n_sources)
    filled = np.flatnonzero(counts)
    source, period = np.divmod(filled, n_names)
    undated = period == n_names - 1
    place = np.append(periods.place, periods.place.max(initial=0) + 2)[period]
    step = np.diff(place, prepend=0)
    other = np.diff(source, prepend=-1) != 0
    starts = np.flatnonzero(other | undated | (step > 1))
    ends = np.append(starts, len(filled))[1:] - 1
    found = lanes.frame(
        {
            "source": index.source_names[source[starts]],
            "first": periods.names[period[starts]],
            "last": periods.names[period[ends]],
            "n_periods": np.where(undated[starts], 0, ends - starts + 1),
            "gap": np.where(other[starts] | undated[starts], 0, step[starts] - 1),
            "n_articles": np.add.reduceat(counts[filled], starts) if len(starts) else starts,
            "source_id": index.source_ids[source[starts]],
        }
    )
    return found.sort_values("source", na_position="last", kind="stable").reset_index(drop=True)


@table(
    "source_dates",
    row="a known source",
    columns={
        "source": KNOWN_SOURCE,
        "n_articles": "articles",
        "n_dated": "those with a date",
        "first_day": "first of them (YYYY-MM-DD); null: all are undated",
        "quarter_day": "the day by which a quarter of them are out",
        "median_day": "the day by which half of them are",
        "three_quarters_day": "the day by which three quarters of them are",
        "last_day": "last of them",
        **KNOWN_SOURCE_ID,
    },
    options=[BY],
    method=DATES_METHOD,
)
def source_dates(index: Index, scope: Scope, by: str = "") -> pd.DataFrame:
    """When each source's articles are from: quartiles of their days (the nearest article's, no
    day between two), in order of the sources' names."""
    index, mask = grouped(index, by), scope.article_mask(index)
    known = mask & (index.source_of >= 0)
    counts = np.bincount(index.source_of[known], minlength=len(index.sources))
    dated = known & ~np.isnat(index.days)
    n_dated = np.bincount(index.source_of[dated], minlength=len(index.sources))
    # One number holds source and day: sorting by two takes thrice as long.
    day = index.days[dated].astype("datetime64[D]").astype(np.int64)
    earliest, span = (int(day.min()), int(np.ptp(day)) + 1) if len(day) else (0, 1)
    ordered = np.sort(index.source_of[dated].astype(np.int64) * span + (day - earliest)) % span
    starts = np.cumsum(n_dated) - n_dated
    there = np.flatnonzero(counts)

    def day_at(share: float) -> list[str | None]:
        places = starts[there] + np.floor(share * (n_dated[there] - 1) + 0.5).astype(np.int64)
        return [
            str(np.datetime64(int(ordered[place]) + earliest, "D")) if n else None
            for place, n in zip(places.tolist(), n_dated[there].tolist(), strict=True)
        ]

    quartiles = ("first_day", "quarter_day", "median_day", "three_quarters_day", "last_day")
    rows = source_dates.frame(
        {
            "source": index.source_names[there],
            "n_articles": counts[there],
            "n_dated": n_dated[there],
            "source_id": index.source_ids[there],
            **{name: day_at(i / 4) for i, name in enumerate(quartiles)},
        }
    )
    return rows.sort_values("source", kind="stable").reset_index(drop=True)
