"""Passages: those behind a number, and their sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.article_sentences import article_sentences
from dashboard.index.index import Index
from dashboard.measures.columns import (
    ARTICLE_ID,
    DATE,
    FIRST,
    MOST,
    PASSAGE_ID,
    SOURCE,
    SOURCE_ID,
    TOPIC_ID,
)
from dashboard.measures.registry import table
from dashboard.scope import Scope

CONTEXT = 90  # characters on each side
_BLOCK = 500  # articles looked up at once


@table(
    "passages",
    row="a passage, in the order of `articles` and text",
    columns={
        "passage_id": PASSAGE_ID,
        "article_id": ARTICLE_ID,
        "source": SOURCE,
        "text": "the passage",
        "topic_id": TOPIC_ID,
        "n_words": "words of the passage",
        **SOURCE_ID,
    },
    options=[FIRST, MOST],
)
def passages(index: Index, scope: Scope, first: int = 0, most: int | None = None) -> pd.DataFrame:
    """The passages in scope from the one numbered ``first`` (from 0) on, ``most`` of them; no rows
    for an empty scope."""
    mask = scope.slice_mask(index)
    sizes = np.bincount(index.slice_article[mask], index.slice_passages[mask], index.n_articles)
    chosen = index.by_date[scope.article_mask(index)[index.by_date]]
    ends = np.cumsum(sizes[chosen], dtype=np.int64)
    begin = int(np.searchsorted(ends, first, side="right"))
    chosen = chosen[begin:]
    skipped = first - int(ends[begin - 1]) if begin else first
    last = None if most is None else skipped + most
    topics, cut = set(scope.topic_positions(index)), scope.cut(index)
    articles = article_facts(index, chosen, ["article_id", "source", "source_id"])
    rows: list[tuple[Any, ...]] = []
    for position in chosen.tolist():
        if last is not None and len(rows) >= last:
            break
        article = next(articles)
        found, lengths = (
            cut.slice_topic[index.passage_slices(position)],
            index.passage_words(position),
        )
        texts = index.passages(position)
        for number, (text, topic, n_words) in enumerate(
            zip(texts, found.tolist(), lengths.tolist(), strict=True), 1
        ):
            if topic in topics:
                passage_id = f"{article.article_id}-{number:03d}"
                rows.append(
                    (passage_id, article.article_id, article.source, text, cut.topic_ids[topic],
                     n_words, article.source_id)
                )  # fmt: skip
    return passages.frame(rows[skipped:last])


@table(
    "sentences",
    row="a sentence of the passages in scope, in the order of `articles` and text",
    columns={
        "article_id": ARTICLE_ID,
        "passage_id": PASSAGE_ID,
        **SOURCE_ID,
        "source": SOURCE,
        "date": DATE,
        "sentence": "its number in the article, from 1",
        "start": "where it begins in its passage (characters from 0)",
        "end": "where it ends there, this character not included",
        "text": "the sentence",
    },
    options=[MOST],
)
def sentences(index: Index, scope: Scope, most: int | None = None) -> pd.DataFrame:
    """The sentences of the passages in scope, the first ``most`` of them. Raises ``MissingLayer``
    for an index without sentences."""
    index.layer("sentences")  # missing for an empty scope too
    chosen = index.by_date[scope.article_mask(index)[index.by_date]]
    cut, topics = scope.cut(index), set(scope.topic_positions(index))
    articles = article_facts(index, chosen, ["article_id", "source_id", "source", "date"])
    rows: list[tuple[Any, ...]] = []
    for position in chosen.tolist():
        if most is not None and len(rows) >= most:
            break
        article_id, *article = next(articles)
        of_passage = cut.slice_topic[index.passage_slices(position)]
        spans, number = article_sentences(index, position), 0
        for n, (text, own) in enumerate(zip(index.passages(position), spans, strict=True)):
            for start, end in own:
                number += 1
                if of_passage[n] in topics:
                    passage_id = f"{article_id}-{n + 1:03d}"
                    rows.append(
                        (article_id, passage_id, *article, number, start, end, text[start:end])
                    )
    return sentences.frame(rows[:most])


def article_facts(
    index: Index, positions: NDArray[np.int64] | Sequence[int], columns: Sequence[str]
) -> Iterator[Any]:
    """A row of ``Index.article_rows`` for each position, as a named tuple, in their order. They are
    looked up in blocks: one at a time takes a hundred times as long, all at once more than a reader
    who stops early needs."""
    for start in range(0, len(positions), _BLOCK):
        rows = index.article_rows(positions[start : start + _BLOCK], columns)
        yield from rows.itertuples(index=False)


def context(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The words around ``text[start:end]``, on one line, cut at spaces with "…"."""
    left, right = text[:start], text[end:]
    if len(left) > CONTEXT:
        cut = left.find(" ", len(left) - CONTEXT)
        left = "…" + (left[cut:] if cut >= 0 else left[-CONTEXT:])
    if len(right) > CONTEXT:
        cut = right.rfind(" ", 0, CONTEXT)
        right = (right[:cut] if cut >= 0 else right[:CONTEXT]) + " …"
    return left.replace("\n", " "), text[start:end], right.replace("\n", " ")
