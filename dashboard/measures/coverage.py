"""Coverage: which articles are here, from whom, of when, and what was set aside in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from dashboard.index.index import Index
from dashboard.index.storage.articles import field_rows
from dashboard.measures.periods import Periods, sort_cells
from dashboard.measures.registry import table
from dashboard.measures.vocabulary import ARTICLE_ID, DATE, FIRST, MOST, PERIOD, SOURCE, SOURCE_ID
from dashboard.scope import Scope

METHOD = """
An article stands on its publication date. **Stated**: the text or table says it. **Inferred**:
worked out from the text, for example a month and day with a weekday. **Given**: from a
`metadata.csv` beside the files. **Bounded** (only "not before") and **unknown** dates are undated:
counted, and in a lane of their own.
"""


@table(
    "articles",
    row="an article, by date (undated last), then file and row",
    columns={
        "article_id": ARTICLE_ID,
        "file": "file it came from",
        "row": "its row in a file that is a table, from 1; null: the file is the article",
        "title": "headline; null: none",
        "source": SOURCE,
        "original_source": "agency or outlet that the source names as its own source; null: none",
        "date": DATE,
        "date_basis": "how the date is known: `given`, `stated`, `inferred`, `bounded`, `unknown`",
        "authors": "names of the authors; null: none known",
        "url": "address of the article; null: none known",
        "n_words": "words of the text that is kept, without the title",
        "language": "ISO 639-1 code; `unknown`: too short or too mixed to tell",
        **SOURCE_ID,
    },
    options=[FIRST, MOST],
    method=METHOD,
)
def articles(index: Index, scope: Scope, first: int = 0, most: int | None = None) -> pd.DataFrame:
    """The articles in scope without the ``first`` ones, at most ``most`` of them. A date that is
    only bounded is no date; ``date_basis`` says so."""
    chosen = index.by_date[scope.article_mask(index)[index.by_date]]
    last = None if most is None else first + most
    return index.article_rows(chosen[first:last], [*articles.columns])


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
    },
)
def summary(index: Index, scope: Scope) -> pd.DataFrame:
    """How many articles there are, and what is known of them."""
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
    }
    return summary.frame([row] if row["n_articles"] else None)


@table(
    "coverage",
    row="a period and source with articles",
    columns={"period": PERIOD, "source": SOURCE, "n_articles": "articles", **SOURCE_ID},
    method=METHOD,
)
def coverage(index: Index, scope: Scope) -> pd.DataFrame:
    """Articles by period and source, in the order of both."""
    mask = scope.article_mask(index)
    periods = Periods.of(index, scope)
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
    "lines",
    row="a line as it was read, blank ones too",
    columns={
        "article_id": ARTICLE_ID,
        "file": "file of the article",
        "line": "number of the line in it, from 1",
        "label": "what the line is; `keep`: part of the text",
        "reason": "why it is thought to be that",
        "text": "the line",
    },
)
def lines(index: Index, scope: Scope) -> pd.DataFrame:
    """Every raw line of the articles in scope with its label and reason."""
    rows = [
        (article.article_id, article.file, line.number, line.label, line.reason, line.text)
        for article, position in _in_scope(index, scope)
        for line in index.record(position).lines
    ]
    return lines.frame(rows)


@table(
    "fields",
    row="a field of an article",
    columns={
        "article_id": ARTICLE_ID,
        "field": "what it is: `title`, `source`, `original_source`, `date`, `authors`, `url`",
        "value": "its value; null: unknown",
        "basis": "how it is known: `given`, `stated`, `inferred`, `bounded`, `unknown`",
        "line": "line that says it, from 1; null: no line does",
        "evidence": "the words it was read from, or why it is thought so",
    },
)
def fields(index: Index, scope: Scope) -> pd.DataFrame:
    """What is known of each article, on what basis, and the evidence."""
    rows = [
        row
        for article, position in _in_scope(index, scope)
        for row in field_rows(article.article_id, index.record(position).fields)
    ]
    return fields.frame(rows).astype({"line": "Int64"})


def _in_scope(index: Index, scope: Scope) -> Iterator[tuple[Any, int]]:
    """Article id and file, and position, of the articles in scope, in order of file and row."""
    positions = np.flatnonzero(scope.article_mask(index))
    rows = index.article_rows(positions, ["file", "row", "article_id"])
    order = rows.sort_values(["file", "row", "article_id"], kind="stable").index
    return zip(rows.loc[order].itertuples(index=False), positions[order].tolist(), strict=True)
