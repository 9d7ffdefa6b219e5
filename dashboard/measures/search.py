"""Search: the passages behind a number, and keywords in their context."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.index.query import find_keyword, find_spans, parse_keyword
from dashboard.index.store import Index
from dashboard.scope import Scope

PASSAGE_COLUMNS = ["passage_id", "article_id", "source", "text", "topic_id", "n_words"]
CONCORDANCE_COLUMNS = [
    "keyword", "article_id", "passage_id", "source", "date", "left", "match", "right",
]  # fmt: skip
CONTEXT = 90  # characters on each side
MOST_HITS = 100  # per keyword


def passages(index: Index, scope: Scope) -> pd.DataFrame:
    """``PASSAGE_COLUMNS``: passages in scope, in the order of articles and text."""
    mask = scope.passage_mask(index)
    table: pd.DataFrame = index.passages[mask].copy()
    topic_ids = np.asarray([t.topic_id for t in index.topics] + [None], dtype=object)
    table["topic_id"] = topic_ids[index.topic_of[mask]]
    table["n_words"] = index.n_words[mask]
    return table[PASSAGE_COLUMNS].reset_index(drop=True)


def concordance(index: Index, scope: Scope, keywords: Sequence[str] | None = None) -> pd.DataFrame:
    """``CONCORDANCE_COLUMNS``: keywords in context, by date, the first 100 hits of each.

    left, right: up to 90 characters of the passage around ``match``, cut at words.
    """
    mask = scope.passage_mask(index)
    rows: list[tuple[str | None, ...]] = []
    days = index.articles["date"].to_numpy(dtype=object)
    sources = index.articles["source"].to_numpy(dtype=object)
    for text in dict.fromkeys(index.keywords if keywords is None else keywords):
        keyword = parse_keyword(text)
        starts = find_keyword(keyword, index.vocabulary, index.ids, index.offsets)
        hit = np.unique(np.searchsorted(index.offsets, starts, side="right") - 1)
        hit = hit[mask[hit]]
        day = index.days[index.article_of[hit]]
        found = 0
        for position in hit[np.lexsort((hit, day))]:
            if found == MOST_HITS:
                break
            row = index.passages.iloc[position]
            article = int(index.article_of[position])
            for start, end in find_spans(keyword, row["text"]):
                if found == MOST_HITS:
                    break
                found += 1
                left, match, right = context(row["text"], start, end)
                rows.append(
                    (text, row["article_id"], row["passage_id"], sources[article], days[article],
                     left, match, right)
                )  # fmt: skip
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
