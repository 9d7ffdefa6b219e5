"""Each use of a keyword with the words beside it, and how many uses each source has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.index.counts.word_windows import Hits
from dashboard.index.index import Index
from dashboard.measures.columns import (
    ARTICLE_ID,
    DATE,
    FIRST,
    KEYWORDS,
    MOST,
    PASSAGE_ID,
    PERIOD,
    SOURCE,
    SOURCE_ID,
    WORD,
)
from dashboard.measures.concordance.uses import SORTS, WIDTH, sort_of, sorted_uses
from dashboard.measures.passages import CONTEXT, context
from dashboard.measures.periods import Periods
from dashboard.measures.registry import Option, table
from dashboard.measures.statistics.rates import RATE_METHOD, Rates
from dashboard.scope import Scope
from dashboard.text.token_rule import tokenise

METHOD = f"""
Every use of the keyword in the text of the articles in view; headlines are not read. An order by
the words before or after it goes by their letters, goes on with the next words on that side, and
then by date; a use that begins or ends its passage has no word there and comes last. *Near* is
within {WIDTH} words before or after, in the same passage.
"""
SORT = Option("sort", "--sort", "ORDER", f"by what: {', '.join(SORTS)}", sort_of)


@table(
    "concordance",
    row="a use of a keyword in the text, all of them, by date unless `--sort` says otherwise",
    columns={
        "keyword": "the keyword, as it was asked for",
        "article_id": ARTICLE_ID,
        "passage_id": PASSAGE_ID,
        "source": SOURCE,
        "date": DATE,
        "left": f"up to {CONTEXT} characters of the passage before it, cut at a word",
        "hit": "the words found",
        "right": f"up to {CONTEXT} characters of the passage after it, cut at a word",
        **SOURCE_ID,
        "start": "where it begins in its passage (characters from 0)",
    },
    options=[KEYWORDS, SORT, WORD, FIRST, MOST],
    method=METHOD,
)
def concordance(
    index: Index,
    scope: Scope,
    keywords: Sequence[str] | None = None,
    sort: str = "date",
    word: str = "",
    first: int = 0,
    most: int | None = None,
) -> pd.DataFrame:
    """Uses of ``keywords`` (without it the suggested ones) in their context, keyword by keyword in
    the order ``sort``; with ``word`` only those that have it near them. Of each keyword at most
    ``most`` after the first ``first``. No rows for one that isn't used. Raises ``UnreadableQuery``,
    and ``ValueError`` for an order that there isn't."""
    rows: list[tuple[Any, ...]] = []
    last = None if most is None else first + most
    for text in dict.fromkeys(index.keywords if keywords is None else keywords):
        found = sorted_uses(index, scope, text, sort, word)
        rows += _lines(index, text, found.take(np.arange(len(found.article))[first:last]))
    return concordance.frame(rows)


def _lines(index: Index, keyword: str, found: Hits) -> list[tuple[Any, ...]]:
    """A row of the table for each use."""
    rows: list[tuple[Any, ...]] = [()] * len(found.article)
    columns = ["article_id", "source", "date", "source_id"]
    facts = list(index.article_rows(found.article, columns).itertuples(index=False))
    open_at, passages = -1, [""]
    tokens: dict[int, list[tuple[int, int]]] = {}
    # Article by article, so that each text is read once.
    for n in np.lexsort((found.passage, found.article)).tolist():
        position, number, token = (int(a[n]) for a in (found.article, found.passage, found.token))
        if position != open_at:
            open_at, passages, tokens = position, index.passages(position), {}
        if number not in tokens:
            tokens[number] = [span for _, span in tokenise(passages[number])]
        start = tokens[number][token][0]
        end = tokens[number][token + int(found.length[n]) - 1][1]
        article_id, source, day, source_id = facts[n]
        parts = context(passages[number], start, end)
        passage_id = f"{article_id}-{number + 1:03d}"
        rows[n] = (keyword, article_id, passage_id, source, day, *parts, source_id, start)
    return rows


@table(
    "uses",
    row="a source with articles in scope, by its uses of a keyword; one it has none of too",
    columns={
        "keyword": "the keyword, as it was asked for",
        "source": SOURCE,
        "n_uses": "uses of the keyword in the text in scope",
        "n_with": "articles in scope whose text uses it",
        "n_articles": "articles in scope",
        "n_words": "words of the text in scope",
        "per_10k": "uses per 10,000 words; null: no words",
        "rate_low": "lower end of its 95 % interval; null: fewer than five articles",
        "rate_high": "upper end of it",
        **SOURCE_ID,
    },
    options=[KEYWORDS, WORD],
    method=METHOD + RATE_METHOD,
)
def uses(
    index: Index, scope: Scope, keywords: Sequence[str] | None = None, word: str = ""
) -> pd.DataFrame:
    """Uses of ``keywords`` (without it the suggested ones) by source, most first; with ``word``
    only those that have it near them. Raises ``UnreadableQuery``."""
    n = len(index.source_ids)
    source_of = np.where(index.source_of < 0, n - 1, index.source_of)
    slices = scope.slice_mask(index)
    words_of = np.bincount(index.slice_article[slices], index.slice_words[slices], index.n_articles)
    words = np.bincount(source_of, words_of, n).astype(np.int64)
    here = scope.article_mask(index)
    n_articles = np.bincount(source_of[here], minlength=n)
    rates = Rates(np.where(here, source_of, -1), words_of, n)
    parts = []
    for text in dict.fromkeys(index.keywords if keywords is None else keywords):
        article = sorted_uses(index, scope, text, "date", word).article
        n_uses = np.bincount(source_of[article], minlength=n)
        n_with = np.bincount(source_of[np.unique(article)], minlength=n)
        order = np.argsort(-n_uses, kind="stable")
        order = order[n_articles[order] > 0]
        low, high = rates.intervals(article, np.ones(len(article)))
        parts.append(
            pd.DataFrame(
                {
                    "keyword": text,
                    "source": index.source_names[order],
                    "n_uses": n_uses[order],
                    "n_with": n_with[order],
                    "n_articles": n_articles[order],
                    "n_words": words[order],
                    "per_10k": 1e4 * n_uses[order] / np.where(words[order], words[order], np.nan),
                    "rate_low": low[order],
                    "rate_high": high[order],
                    "source_id": index.source_ids[order],
                }
            )
        )
    return uses.frame(pd.concat(parts, ignore_index=True) if parts else None)


@table(
    "dispersion",
    row="a use of a keyword in the text, by date",
    columns={
        "keyword": "the keyword, as it was asked for",
        "article_id": ARTICLE_ID,
        "source": SOURCE,
        "date": DATE,
        "period": PERIOD,
        "place": "share of the article’s words that stand before it (0 to 1)",
        **SOURCE_ID,
    },
    options=[KEYWORDS, WORD],
    method=METHOD,
)
def dispersion(
    index: Index, scope: Scope, keywords: Sequence[str] | None = None, word: str = ""
) -> pd.DataFrame:
    """Where ``keywords`` (without it the suggested ones) stand, in time and in each article; with
    ``word`` only the uses that have it near them. Raises ``UnreadableQuery``."""
    periods = Periods.of(index, scope)
    parts = []
    for text in dict.fromkeys(index.keywords if keywords is None else keywords):
        found = sorted_uses(index, scope, text, "date", word)
        rows = index.article_rows(found.article, ["article_id", "source", "date", "source_id"])
        rows["keyword"] = text
        rows["period"] = periods.names[periods.number[found.article]]
        rows["place"] = found.before / np.maximum(index.article_words[found.article], 1)
        parts.append(rows[[*dispersion.columns]])
    return dispersion.frame(pd.concat(parts, ignore_index=True) if parts else None)
