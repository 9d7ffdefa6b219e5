"""Search: articles by relevance, the passages behind a number, keywords in their context."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from dashboard.index.counts.postings import count_keyword, passages_with, word_counts
from dashboard.index.index import Index
from dashboard.index.layers.layer import LayerArrays
from dashboard.scope import Scope
from dashboard.text.query import find_spans, parse_keyword, parse_query

SEARCH_COLUMNS = ["article_id", "rank", "score", "title", "source", "date"]
PASSAGE_COLUMNS = ["passage_id", "article_id", "source", "text", "topic_id", "n_words"]
CONCORDANCE_COLUMNS = [
    "keyword", "article_id", "passage_id", "source", "date", "left", "match", "right",
]  # fmt: skip
SENTENCE_COLUMNS = [
    "article_id", "passage_id", "source_id", "source", "date", "sentence", "start", "end", "text",
]  # fmt: skip
CONTEXT = 90  # characters on each side
MOST_HITS = 100  # per keyword
K1, B = 1.2, 0.75  # how soon more uses stop to count; how much long articles are held against


def search(index: Index, scope: Scope, first: int = 0, most: int | None = 50) -> pd.DataFrame:
    """``SEARCH_COLUMNS``: articles in scope by relevance to the query, ``most`` from rank
    ``first`` + 1 on; none without a word to look for.

    score: BM25 (Robertson & Zaragoza 2009) with k1 = 1.2 and b = .75, summed over the
    different words of the query, alternatives too; a prefix is one word; a title counts as text.
    The weight of a word that ``n`` of ``N`` articles have is log(1 + (N - n + .5) / (n + .5)), the
    one added so that no word counts against an article (as Lucene does). Articles with equal
    scores are in the order of ``articles``.
    """
    scores = np.zeros(index.n_articles)
    # A dictionary keeps the words in order: the sum is the same in every run.
    words = dict.fromkeys(
        (token, pattern.prefix and i == len(pattern.tokens) - 1)
        for keyword in parse_query(scope.query)
        for pattern in keyword
        for i, token in enumerate(pattern.tokens)
    )
    lengths = index.article_words + index.title_words
    relative = lengths / max(lengths.mean(), 1) if len(lengths) else lengths
    for word, prefix in words:
        articles, uses = word_counts(index, word, prefix)
        weight = np.log1p((len(scores) - len(articles) + 0.5) / (len(articles) + 0.5))
        scores[articles] += weight * uses / (uses + K1 * (1 - B + B * relative[articles]))
    mask = scope.article_mask(index) if words else np.zeros(index.n_articles, dtype=bool)
    last = None if most is None else first + most
    if last is not None and np.count_nonzero(mask) > last:  # the others needn't be sorted
        scores_in = scores[mask]
        mask = mask & (scores >= np.partition(scores_in, len(scores_in) - last - 1)[-last - 1])
    chosen = index.by_date[mask[index.by_date]]
    ranked = chosen[np.argsort(-scores[chosen], kind="stable")][first:last]
    table = index.article_rows(ranked, ["article_id", "title", "source", "date"])
    table["rank"] = np.arange(first + 1, first + 1 + len(ranked))
    table["score"] = scores[ranked]
    return table[SEARCH_COLUMNS]


def passages(index: Index, scope: Scope, most: int | None = None) -> pd.DataFrame:
    """``PASSAGE_COLUMNS``: passages in scope, in the order of articles (by date, as in the table
    ``articles``) and text; the first ``most`` of them."""
    chosen = index.by_date[scope.article_mask(index)[index.by_date]]
    topics = set(scope.topic_positions(index))
    topic_ids = [t.topic_id for t in index.topics]
    rows: list[tuple[Any, ...]] = []
    for position in chosen.tolist():
        if most is not None and len(rows) >= most:
            break
        article = next(index.article_rows([position], ["article_id", "source"]).itertuples())
        found, lengths = index.passage_topics(position)
        texts = index.passages(position)
        for number, (text, topic, n_words) in enumerate(
            zip(texts, found.tolist(), lengths.tolist(), strict=True), 1
        ):
            if topic in topics:
                passage_id = f"{article.article_id}-{number:03d}"
                rows.append(
                    (passage_id, article.article_id, article.source, text, topic_ids[topic],
                     n_words)
                )  # fmt: skip
    return pd.DataFrame(rows[:most], columns=PASSAGE_COLUMNS)


def sentences(index: Index, scope: Scope, most: int | None = None) -> pd.DataFrame:
    """``SENTENCE_COLUMNS``: the sentences of the passages in scope, in the order of articles (by
    date, as in the table ``articles``) and text; the first ``most`` of them.

    sentence: its number in the article, from 1; start, end: in characters of the passage. Raises
    ``MissingLayer`` for an index without sentences.
    """
    layer = index.layer("sentences")
    chosen = index.by_date[scope.article_mask(index)[index.by_date]]
    topics = set(scope.topic_positions(index))
    ids = {source.name: source.source_id for source in index.sources}
    rows: list[tuple[Any, ...]] = []
    for position in chosen.tolist():
        if most is not None and len(rows) >= most:
            break
        columns = ["article_id", "source", "date"]
        article_id, source, day = next(index.article_rows([position], columns).itertuples(False))
        of_passage, _ = index.passage_topics(position)
        spans = _spans(index, layer, position)
        number = 0
        for n, (text, own) in enumerate(zip(index.passages(position), spans, strict=True)):
            for start, end in own:
                number += 1
                if of_passage[n] in topics:
                    passage_id = f"{article_id}-{n + 1:03d}"
                    rows.append(
                        (article_id, passage_id, ids.get(source), source, day, number, start, end,
                         text[start:end])
                    )  # fmt: skip
    return pd.DataFrame(rows[:most], columns=SENTENCE_COLUMNS)


def _spans(index: Index, layer: LayerArrays, position: int) -> list[list[tuple[int, int]]]:
    """Start and end of the sentences of each passage of an article."""
    at = index.segment_number(position)
    arrays, segment = layer.segments[at], index.segments[at]
    row = position - segment.first_article
    a, b = segment.arrays["article_passages"][row : row + 2].tolist()
    first = arrays["first"][a : b + 1].tolist()
    begin, end = first[0], first[-1]
    starts, ends = arrays["start"][begin:end].tolist(), arrays["end"][begin:end].tolist()
    spans = list(zip(starts, ends, strict=True))
    return [spans[i - begin : j - begin] for i, j in pairwise(first)]


def concordance(index: Index, scope: Scope, keywords: Sequence[str] | None = None) -> pd.DataFrame:
    """``CONCORDANCE_COLUMNS``: keywords in context, by date, the first 100 hits of each.

    left, right: up to 90 characters of the passage around ``match``, cut at words.
    """
    mask = scope.slice_mask(index)
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
            of_passage, _ = index.passage_topics(position)
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
    columns = ["article_id", "source", "date"]
    articles = dict(
        zip(read, index.article_rows(read, columns).itertuples(index=False), strict=True)
    )
    rows = [
        (text, *articles[position][:1], f"{articles[position][0]}-{number:03d}",
         *articles[position][1:], *parts)
        for text, position, number, *parts in hits
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=CONCORDANCE_COLUMNS)


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
