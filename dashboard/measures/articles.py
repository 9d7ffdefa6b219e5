"""Articles: which there are, what is known of each, and what was set aside in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from dashboard.index.counts.own_columns import not_kept, own_columns
from dashboard.index.index import Index
from dashboard.index.layers.by_hand import notes_in
from dashboard.index.storage.articles import field_rows
from dashboard.measures.columns import ARTICLE_ID, DATE, FIRST, MOST, SOURCE, SOURCE_ID
from dashboard.measures.registry import table
from dashboard.scope import Scope

DATES_METHOD = """
An article stands on its publication date. **Stated**: the text or table says it. **Inferred**:
worked out from the text, for example a month and day with a weekday. **Given**: from a
`metadata.csv` beside the files. **Bounded** (only "not before") and **unknown** dates are undated:
counted, and in a lane of their own.
"""

OWN_METHOD = """
Columns of your own tables that are none of our fields, and entries of a `metadata.csv` or of front
matter, sort articles into groups: kept are up to 12 of them with 2 to 200 different values.
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
    method=DATES_METHOD + OWN_METHOD,
)
def articles(index: Index, scope: Scope, first: int = 0, most: int | None = None) -> pd.DataFrame:
    """The articles in scope in order of date, at most ``most`` of them after the first ``first``. A
    date that is only bounded is null; ``date_basis`` says so. The user's own columns follow,
    each as "column: NAME"; null: none."""
    chosen = index.by_date[scope.article_mask(index)[index.by_date]]
    last = None if most is None else first + most
    rows = index.article_rows(chosen[first:last], [*articles.columns])
    for column in own_columns(index).values():
        values = np.asarray([None, *column.values], dtype=object)
        rows[f"column: {column.name}"] = values[column.codes[chosen[first:last]]]
    return rows


@table(
    "own_columns",
    row="a column of the user's own, and each of its values in scope",
    columns={
        "column": "its name",
        "value": "the value; null: the articles without one, or all of a column that isn't kept",
        "n_articles": "articles in scope; null: the column isn't kept",
        "left_out": "why the column isn't kept; null: it is",
    },
    method=OWN_METHOD,
)
def own_column_values(index: Index, scope: Scope) -> pd.DataFrame:
    """The columns that articles can be sorted by with their values, then those that were read but
    not kept."""
    mask = scope.article_mask(index)
    rows: list[tuple[str, str | None, int | None, str | None]] = []
    for column in own_columns(index).values():
        counts = np.bincount(column.codes[mask], minlength=len(column.values) + 1).tolist()
        pairs = zip([*column.values, None], [*counts[1:], counts[0]], strict=True)
        rows += [(column.name, value, n, None) for value, n in pairs if n]
    rows += [(name, None, None, why) for name, why in not_kept(index).items()]
    return own_column_values.frame(rows).astype({"n_articles": "Int64"})


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
    "notes",
    row="a note on an article in scope, or on one of its passages, the first made first",
    columns={
        "article_id": ARTICLE_ID,
        "start": "where the text begins in its passage (from 0); null: all of an article",
        "end": "where it ends there, this character not included",
        "label": "the label; null: none",
        "note": "the note; null: none",
        "by": "who made it; null: not said",
        "at": "when, in UTC",
        "passage_id": "id of the passage; null: the note is on the whole article",
        "quote": "the text that it is on; null: the whole article",
        "title": "headline of the article; null: none",
        "source": SOURCE,
        "date": DATE,
        "note_id": "id of the note",
        **SOURCE_ID,
    },
)
def notes(index: Index, scope: Scope) -> pd.DataFrame:
    """What users noted on the articles in scope: a coding sheet."""
    mask = scope.article_mask(index)
    rows: list[tuple[Any, ...]] = []
    for note in notes_in(index.manifest):
        position = index.position(note.article_id)
        if position is None or not mask[position]:
            continue
        about = ["title", "source", "date", "source_id"]
        title, source, day, source_id = index.article_rows([position], about).iloc[0]
        passages = index.passages(position)
        there = 0 < note.passage <= len(passages)
        quote = passages[note.passage - 1][note.start : note.end] if there else None
        passage_id = f"{note.article_id}-{note.passage:03d}" if note.passage else None
        said = (note.label or None, note.note or None, note.by or None, note.at)
        rows.append(
            (note.article_id, note.start, note.end, *said, passage_id, quote, title, source, day,
             note.note_id, source_id)
        )  # fmt: skip
    return notes.frame(rows).astype({"start": "Int64", "end": "Int64"})


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
