"""Passages: those behind a number, their sentences, and keywords in their context."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.index.counts.article_sentences import article_sentences
from dashboard.index.counts.postings import count_keyword, passages_with
from dashboard.index.index import Index
from dashboard.measures.columns import (
    ARTICLE_ID,
    DATE,
    KEYWORDS,
    MOST,
    PASSAGE_ID,
    SOURCE,
    SOURCE_ID,
    TOPIC_ID,
)
from dashboard.measures.registry import table
from dashboard.scope import Scope
from dashboard.text.hits import find_spans
from dashboard.text.query import parse_keyword

CONTEXT = 90  # characters on each side
MOST_HITS = 100  # per keyword


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
    options=[MOST],
)
def passages(index: Index, scope: Scope, most: int | None = None) -> pd.DataFrame:
    """The passages in scope, the first ``most`` of them; no rows for an empty scope."""
    chosen = index.by_date[scope.article_mask(index)[index.by_date]]
    topics = set(scope.topic_positions(index))
    cut = scope.cut(index)
    rows: list[tuple[Any, ...]] = []
    for position in chosen.tolist():
        if most is not None and len(rows) >= most:
            break
        columns = ["article_id", "source", "source_id"]
        article = next(index.article_rows([position], columns).itertuples())
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
    return passages.frame(rows[:most])


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
    columns = ["article_id", "source_id", "source", "date"]
    rows: list[tuple[Any, ...]] = []
    for position in chosen.tolist():
        if most is not None and len(rows) >= most:
            break
        article_id, *article = next(index.article_rows([position], columns).itertuples(False))
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


@table(
    "concordance",
    row="a use of a keyword, by date, the first 100 of each keyword",
    columns={
        "keyword": "the keyword, as it was asked for",
        "article_id": ARTICLE_ID,
        "passage_id": PASSAGE_ID,
        "source": SOURCE,
        "date": DATE,
        "left": "up to 90 characters of the passage before it, cut at a word",
        "match": "the words found",
        "right": "up to 90 characters of the passage after it, cut at a word",
        **SOURCE_ID,
    },
    options=[KEYWORDS],
)
def concordance(index: Index, scope: Scope, keywords: Sequence[str] | None = None) -> pd.DataFrame:
    """Uses of ``keywords`` (without it the suggested ones) in their context; no rows for one that
    isn't used."""
    mask, cut = scope.slice_mask(index), scope.cut(index)
    topics = set(scope.topic_positions(index))
    hits: list[tuple[Any, ...]] = []
    for text in dict.fromkeys(index.keywords if keywords is None else keywords):
        keyword = parse_keyword(text)
        slices, _ = count_keyword(index, keyword)
        has_hit = np.zeros(index.n_articles, dtype=bool)
        has_hit[index.slice_article[slices[mask[slices]]]] = True
        dated = index.by_date[has_hit[index.by_date]]
        found = 0
        for position, numbers in zip(
            dated.tolist(), passages_with(index, keyword, dated.tolist()), strict=False
        ):
            of_passage = cut.slice_topic[index.passage_slices(position)]
            texts = index.passages(position)
            for number in numbers.tolist():
                passage = texts[number]
                spans = find_spans(keyword, passage) if of_passage[number] in topics else []
                for start, end in spans[: MOST_HITS - found]:
                    found += 1
                    hits.append((text, position, number + 1, *context(passage, start, end)))
            if found == MOST_HITS:
                break
    read = sorted({position for _, position, *_ in hits})
    columns = ["article_id", "source", "date", "source_id"]
    articles = dict(
        zip(read, index.article_rows(read, columns).itertuples(index=False), strict=True)
    )
    rows = [
        (text, article_id, f"{article_id}-{number:03d}", source, day, *parts, source_id)
        for text, position, number, *parts in hits
        for article_id, source, day, source_id in [articles[position]]
    ]
    return concordance.frame(rows)


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
