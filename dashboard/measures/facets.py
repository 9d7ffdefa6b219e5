"""Facets: what can be filtered by, and how many articles each choice would show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd

from dashboard.index.counts.own_columns import own_columns, write_where
from dashboard.index.index import Index
from dashboard.measures.periods import bin_starts, period_name
from dashboard.measures.registry import table
from dashboard.scope import UNDATED, UNKNOWN_SOURCE, Scope

RECENT_DAYS = 90
RECENT = "recent"


@table(
    "facets",
    row="a choice of a filter; a source or topic without articles has one too",
    columns={
        "filter": "`source`, `topic`, `dates` or `where`",
        "choice": "id of the source (`_`: unknown) or topic; `2024` or `2024-Q2`; `recent`: the "
        "last 90 days of the corpus; `undated`; column and value as a link has them, `bias:left`, "
        "without a value the articles that have none",
        "n_articles": "articles that it would show: of the scope without this filter",
    },
)
def facets(index: Index, scope: Scope) -> pd.DataFrame:
    """How many articles each choice of a filter would show beside the other filters."""
    rows = [
        *_sources(index, scope),
        *_topics(index, scope),
        *_dates(index, scope),
        *_values(index, scope),
    ]
    return facets.frame([dict(zip(facets.columns, row, strict=True)) for row in rows])


_Rows = Iterator[tuple[str, str, int]]


def _sources(index: Index, scope: Scope) -> _Rows:
    mask = replace(scope, sources=()).mask_apart(index, index.source_of)
    counts = np.bincount(index.source_of[mask] + 1, minlength=len(index.sources) + 1)
    for source, n in zip(index.sources, counts[1:].tolist(), strict=True):
        yield "source", source.source_id, n
    if (index.source_of < 0).any():
        yield "source", UNKNOWN_SOURCE, int(counts[0])


def _values(index: Index, scope: Scope) -> _Rows:
    for column in own_columns(index).values():
        others = tuple(pair for pair in scope.where if pair[0] != column.name)
        mask = replace(scope, where=others).mask_apart(index, column.codes)
        counts = np.bincount(column.codes[mask], minlength=len(column.values) + 1).tolist()
        for value, n in zip(column.values, counts[1:], strict=True):
            yield "where", write_where([(column.name, value)]), n
        if column.has_unknown:
            yield "where", write_where([(column.name, "")]), counts[0]


def _topics(index: Index, scope: Scope) -> _Rows:
    cut, mask = scope.cut(index), scope.without_topics().slice_mask(index)
    n_topics = len(cut.topics)
    # An article has several slices of a topic: pairs are counted once.
    pairs = index.slice_article[mask].astype(np.int64) * n_topics + cut.slice_topic[mask]
    counts = np.bincount(np.unique(pairs) % max(n_topics, 1), minlength=n_topics)
    for topic, n in zip(cut.topics, counts.tolist(), strict=True):
        yield "topic", topic.topic_id, n


def _dates(index: Index, scope: Scope) -> _Rows:
    free = replace(scope, date_from=None, date_to=None, undated=False)
    is_dated, every = ~np.isnat(index.days), index.date_range
    if every is None:
        return
    first, last = every
    if last - first > timedelta(days=RECENT_DAYS):
        since = last - timedelta(days=RECENT_DAYS - 1)
        yield "dates", RECENT, int(replace(free, date_from=since).article_mask(index).sum())
    present, _ = index.days_present
    for width in ("year", "quarter"):
        starts = np.unique(bin_starts(present, width))
        if len(starts) > 1:
            at = np.full(index.n_articles, len(starts))  # of the undated
            at[is_dated] = np.searchsorted(starts, bin_starts(index.days[is_dated], width))
            counts = np.bincount(at[free.mask_apart(index, at)], minlength=len(starts) + 1)
            for start, n in zip(starts, counts[:-1], strict=True):
                yield "dates", period_name(start, width), int(n)
    if index.n_undated:
        yield "dates", UNDATED, int(replace(free, undated=True).article_mask(index).sum())
