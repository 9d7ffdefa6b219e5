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
)
from dashboard.measures.keyness.leaning import MAX_Q
from dashboard.measures.passages import context
from dashboard.measures.registry import Option, table
from dashboard.measures.statistics.inference import benjamini_hochberg, fisher_exact, log_odds
from dashboard.scope import Scope
from dashboard.text.hits import find_spans
from dashboard.text.query import parse_keyword
from dashboard.text.token_rule import tokenise

WIDTH = 5  # words on each side
_MOST_TERMS = 50
_LEAST_USES = 2

METHOD = f"""
The words up to {WIDTH} words before and after each use of the name or term, in the same passage. As
in keyness: log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008),
the source's windows against those of the other sources, and **z** divides it by its standard error.
A word is *distinguishable* only when **more of the source's articles** that use the name have it
there than chance would give (Fisher's exact test on articles, at a false discovery rate of 5 %,
Benjamini and Hochberg). Stop words, names of outlets and bylines are set aside.
"""

WORD = Option("word", "--word", "WORD", "only where this word stands near it")
IN_SOURCE = Option("in_source")


@table(
    "wording",
    row="a word near the name or term that leans to a known source, strongest first, up to 50 each",
    columns={
        "keyword": "the name or term, as it was asked for",
        "source": KNOWN_SOURCE,
        "term": "the word",
        "z": "log_odds over its standard error",
        "log_odds": "log-odds ratio of its use there, the source against the others (natural "
        "logarithm)",
        "n_source": "its uses there by the source",
        "n_rest": "its uses there by the others",
        "n_articles": "articles of the source that have it there",
        "n_with": "articles of the source with the name or term",
        "q": "chance of so many articles if it were everybody's, adjusted (0 to 1)",
        "distinguishable": "whether it stands out beyond chance: q < .05",
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
    source in scope, of ``drawn`` (ids) only. No rows for one that fewer than two sources use.
    Raises ``UnreadableQuery``."""
    asked = index.keywords[:1] if keywords is None else dict.fromkeys(keywords)
    parts = [part for text in asked for part in _leaning(index, scope, text, drawn)]
    return wording.frame(pd.concat(parts, ignore_index=True) if parts else None)


def _leaning(
    index: Index, scope: Scope, text: str, drawn: Sequence[str] | None
) -> Iterator[pd.DataFrame]:
    """The rows of one keyword, source by source."""
    keyword = parse_keyword(text)
    article, _, word = words_around(index, keyword, scope.slice_mask(index), WIDTH)
    source = index.source_of[article]
    article, word, source = (each[source >= 0] for each in (article, word, source))
    present, groups = np.unique(source, return_inverse=True)
    n_groups = len(present)
    if n_groups < 2:
        return
    terms, term = np.unique(word, return_inverse=True)
    counts = np.bincount(groups * len(terms) + term, minlength=n_groups * len(terms))
    counts = counts.reshape(n_groups, len(terms)).astype(np.int64)
    with_term = _articles(article, groups, term, n_groups, len(terms))
    n_of_group = np.bincount(groups[np.unique(article, return_index=True)[1]], minlength=n_groups)
    pooled, totals = counts.sum(axis=0), counts.sum(axis=1)
    shown = index.lexicon.flags[terms] & (STOP | SELF) == 0
    candidates = shown & (pooled >= _LEAST_USES)
    for group, position in enumerate(present.tolist()):
        if drawn is not None and index.source_ids[position] not in drawn:
            continue
        columns = np.flatnonzero(candidates & (counts[group] > 0))
        own, rest = counts[group, columns], pooled[columns] - counts[group, columns]
        delta, z = log_odds(own, rest, totals[group], int(totals.sum() - totals[group]))
        n_articles, n_with = with_term[group, columns], with_term[:, columns].sum(axis=0)
        p = fisher_exact(n_articles, n_of_group[group], n_with, n_of_group.sum())
        q = benjamini_hochberg(p, int(candidates.sum()))
        part = pd.DataFrame(
            {
                "keyword": text,
                "source": index.source_names[position],
                "term": np.asarray(index.lexicon.surfaces.take(terms[columns]), dtype=object),
                "z": z,
                "log_odds": delta,
                "n_source": own,
                "n_rest": rest,
                "n_articles": n_articles,
                "n_with": n_of_group[group],
                "q": q,
                "distinguishable": q < MAX_Q,
                "source_id": index.source_ids[position],
            }
        )
        part = part[part["z"].round(9) > 0]
        order = part.sort_values(["z", "term"], ascending=[False, True], kind="stable")
        if len(order):
            yield order.head(_MOST_TERMS)


def _articles(
    article: NDArray[np.int64],
    groups: NDArray[np.int64],
    term: NDArray[np.int64],
    n_groups: int,
    n_terms: int,
) -> NDArray[np.int64]:
    """(n_groups, n_terms) in how many articles of each group each term stands."""
    pairs, at = np.unique(np.stack([article, term]), axis=1, return_index=True)
    counts = np.bincount(groups[at] * n_terms + pairs[1], minlength=n_groups * n_terms)
    return counts.reshape(n_groups, n_terms).astype(np.int64)


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
    columns = ["article_id", "source", "date", "source_id"]
    for position, number in zip(index.by_date[pairs[0]].tolist(), pairs[1].tolist(), strict=True):
        if most is not None and len(rows) >= most:
            break
        text = index.passages(position)[number]
        facts = next(index.article_rows([position], columns).itertuples(index=False))
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
