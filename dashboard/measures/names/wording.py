"""Same thing, other words: what each source puts around a name or a term."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.word_windows import words_around
from dashboard.index.index import Index
from dashboard.index.terms.lexicon import SELF, STOP
from dashboard.measures.columns import (
    ARTICLE_ID,
    DATE,
    DRAWN,
    KEYWORDS,
    KNOWN_SOURCE,
    KNOWN_SOURCE_ID,
    MOST,
    PASSAGE_ID,
    SOURCE,
    SOURCE_ID,
    WORD,
)
from dashboard.measures.keyness.covered import TermSums, sides_of
from dashboard.measures.keyness.house_style import in_house_style
from dashboard.measures.keyness.leaning import TERM_COLUMNS, screened
from dashboard.measures.keyness.uses import ArticleUses
from dashboard.measures.passages import article_facts, context
from dashboard.measures.registry import Option, table
from dashboard.scope import Scope
from dashboard.text.hits import find_spans
from dashboard.text.query import parse_keyword
from dashboard.text.token_rule import tokenise

WIDTH = 5  # words on each side
_MOST_TERMS = 50
_LEAST_USES = 2
_MOST_SOURCES = 20

METHOD = f"""
The words up to {WIDTH} words before and after each use of the name or term, in the same passage, of
the articles that use it. They are compared as in keyness: the **log-odds ratio** with an
informative Dirichlet prior (Monroe, Colaresi and Quinn 2008), the source's windows against those of
the other sources, with a 95 % interval that takes articles as units. A word is *distinguishable*
when it leans further than it would if articles were dealt to the sources anew, at a false discovery
rate of 5 % (Benjamini and Hochberg). Stop words, names of outlets, bylines and house style are set
aside.
"""

IN_SOURCE = Option("in_source")


@table(
    "wording",
    words="term",
    row="a word near the name or term that leans to a known source, what is beyond chance first, "
    "up to 50 each",
    columns={
        "keyword": "the name or term, as it was asked for",
        "source": KNOWN_SOURCE,
        "term": "the word",
        **TERM_COLUMNS,
        "n_articles": "articles of the source with the name or term",
        **KNOWN_SOURCE_ID,
    },
    options=[KEYWORDS, DRAWN],
    method=METHOD,
)
def wording(
    index: Index,
    scope: Scope,
    keywords: Sequence[str] | None = None,
    drawn: Sequence[str] | None = None,
) -> pd.DataFrame:
    """The words near ``keywords`` (without it the first suggested one) that lean to each known
    source in scope: those ``drawn`` (ids), without it the 20 with the most words there. No rows for
    one that fewer than two sources use. Raises ``UnreadableQuery``."""
    asked = index.keywords[:1] if keywords is None else dict.fromkeys(keywords)
    parts = [part for text in asked for part in _leaning(index, scope, text, drawn)]
    return wording.frame(pd.concat(parts, ignore_index=True) if parts else None)


def _leaning(
    index: Index, scope: Scope, text: str, drawn: Sequence[str] | None
) -> Iterator[pd.DataFrame]:
    """The rows of one keyword, source by source."""
    article, _, word = words_around(index, parse_keyword(text), scope.slice_mask(index), WIDTH)
    known = index.source_of[article] >= 0
    article, word = article[known], word[known]
    articles, place = np.unique(article, return_inverse=True)
    source = index.source_of[articles].astype(np.int64)
    words = np.bincount(place, minlength=len(articles)).astype(np.int64)
    compared = _compared(index, source, words, drawn)
    if len(np.unique(source)) < 2 or not len(compared):
        return
    group_of = np.full(len(index.source_ids), len(compared))
    group_of[compared] = np.arange(len(compared))
    group, n_groups = group_of[source], len(compared) + 1
    terms, term = np.unique(word, return_inverse=True)
    at = np.bincount(group[place] * len(terms) + term, minlength=n_groups * len(terms))
    counts = at.reshape(n_groups, len(terms)).astype(np.int64)
    shown = index.lexicon.flags[terms] & (STOP | SELF) == 0
    candidates = shown & (counts.sum(axis=0) >= _LEAST_USES)
    words_of = np.bincount(group, words, n_groups).astype(np.int64)
    leading = [screened(counts, words_of, i, candidates) for i in range(n_groups - 1)]
    pairs, uses = np.unique(np.stack([term, place]), axis=1, return_counts=True)
    doc_freq = np.bincount(pairs[0], minlength=len(terms))[candidates]
    chosen = np.unique(np.concatenate(leading))
    kept = np.isin(pairs[0], chosen)
    of_chosen = ArticleUses(
        np.searchsorted(chosen, pairs[0][kept]), pairs[1][kept], uses[kept].astype(np.int64)
    )
    sums = TermSums.of_uses(of_chosen, sides_of(group, words, n_groups), len(chosen))
    for i, columns in enumerate(leading):
        leaning = sums.leaning(i, columns, np.searchsorted(chosen, columns), doc_freq)
        position = compared[i]
        order = leaning.order(index.lexicon.surfaces.take(terms[leaning.columns]))
        styled = in_house_style(index, position, terms[leaning.columns[order]])
        order = order[~styled][:_MOST_TERMS]
        numbers = terms[leaning.columns[order]]
        if len(order):
            yield pd.DataFrame(
                {
                    "keyword": text,
                    "source": index.source_names[position],
                    "term": np.asarray(index.lexicon.surfaces.take(numbers), dtype=object),
                    **leaning.columns_at(order),
                    "n_articles": leaning.articles[0],
                    "source_id": index.source_ids[position],
                }
            )


def _compared(
    index: Index, source: NDArray[np.int64], words: NDArray[np.int64], drawn: Sequence[str] | None
) -> NDArray[np.int64]:
    """Positions of the sources that have rows: those drawn, else those with the most words."""
    total = np.bincount(source, words, len(index.source_ids))
    order = np.argsort(-total, kind="stable")
    present = order[total[order] > 0]
    if drawn is not None:
        return present[np.isin(index.source_ids[present].astype(str), list(drawn))]
    return present[:_MOST_SOURCES]


@table(
    "wording_uses",
    row="a use of the name or term with a word near it, by date",
    columns={
        "article_id": ARTICLE_ID,
        "passage_id": PASSAGE_ID,
        "source": SOURCE,
        "date": DATE,
        "left": "up to 90 characters of the passage before it, cut at a word",
        "match": "the name or term",
        "right": "up to 90 characters of the passage after it, cut at a word",
        **SOURCE_ID,
    },
    options=[KEYWORDS, WORD, IN_SOURCE, MOST],
    method=METHOD,
)
def wording_uses(
    index: Index,
    scope: Scope,
    keywords: Sequence[str] | None = None,
    word: str = "",
    in_source: str | None = None,
    most: int | None = None,
) -> pd.DataFrame:
    """The uses of ``keywords`` (any of them; without it the first suggested one) in scope, with
    ``word`` those that have it near them, of the source ``in_source`` (an id) only; the first
    ``most``. Raises ``UnreadableQuery``."""
    asked = index.keywords[:1] if keywords is None else dict.fromkeys(keywords)
    parsed = tuple(pattern for text in asked for pattern in parse_keyword(text))
    article, passage, near = words_around(index, parsed, scope.slice_mask(index), WIDTH)
    tokens = [token for token, _ in tokenise(word)]
    wanted = index.lexicon.find(tokens[0]) if len(tokens) == 1 else -1
    keep = near == wanted if word else np.ones(len(near), dtype=bool)
    if in_source is not None:
        keep &= index.source_ids[index.source_of[article]] == in_source
    place = np.empty(index.n_articles, dtype=np.int64)
    place[index.by_date] = np.arange(index.n_articles)
    pairs = np.unique(np.stack([place[article[keep]], passage[keep]]), axis=1)
    rows: list[tuple[object, ...]] = []
    positions = index.by_date[pairs[0]]
    open_at, passages = -1, [""]
    articles = article_facts(index, positions, ["article_id", "source", "date", "source_id"])
    for position, number, facts in zip(
        positions.tolist(), pairs[1].tolist(), articles, strict=True
    ):
        if most is not None and len(rows) >= most:
            break
        if position != open_at:
            open_at, passages = position, index.passages(position)
        text = passages[number]
        for start, end in find_spans(parsed, text):
            if not word or tokens[0] in _near(text, start, end):
                rows.append(
                    (facts.article_id, f"{facts.article_id}-{number + 1:03d}", facts.source,
                     facts.date, *context(text, start, end), facts.source_id)
                )  # fmt: skip
    return wording_uses.frame(rows[:most])


def _near(text: str, start: int, end: int) -> set[str]:
    """The words near a stretch of a passage."""
    before = [token for token, _ in tokenise(text[:start])][-WIDTH:]
    return {*before, *(token for token, _ in tokenise(text[end:])[:WIDTH])}
