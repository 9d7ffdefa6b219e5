"""Search: articles by relevance to a query."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice, product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.postings import count_keyword, word_counts
from dashboard.index.index import Index
from dashboard.index.layers.layer import MissingLayer
from dashboard.index.terms.spelling import similar_words
from dashboard.measures.columns import (
    ARTICLE_ID,
    DATE,
    FIRST,
    MOST,
    SOURCE,
    SOURCE_ID,
)
from dashboard.measures.registry import Option, table
from dashboard.scope import Scope
from dashboard.text.queries.expressions import is_expression
from dashboard.text.query import parse_keyword, parse_query
from dashboard.wording import count, join_words

MOST_SPELLINGS = 3
_PHRASE = re.compile(r'["“”„(/]|\b(?:OR|NEAR)\b')  # marks and operators of its own
K1, B = 1.2, 0.75  # how soon more uses stop to count; how much long articles are held against

METHOD = """
The articles that have all parts of the search, ordered by **BM25** (Robertson and Zaragoza 2009;
k1 = 1.2, b = 0.75): for each of its words, the more often an article uses it for its length and the
fewer other articles have it, the higher. Headlines count as text; names of sources and authors
choose articles and don’t rank them. *Copies once* lists the first of articles that are copies of
each other, *stories once* the first of each story.
"""
#: What of several articles only the first is listed, by the layer that knows.
FOLDS = {"copies": ("copies", "copy_group"), "story": ("stories", "story_of")}


def respelt(index: Index, query: str) -> list[tuple[str, int]]:
    """The query with a word that the corpus doesn't have, or hardly has, replaced by one that it
    has, and how many articles that finds; where no single word helps, with all such words replaced.
    [] where no word is like them. Raises ``UnreadableQuery``."""
    tokens = dict.fromkeys(
        token
        for keyword in parse_query(query).keywords()
        for pattern in keyword
        for token in pattern.tokens
        if not is_expression(token)
    )
    likes = {token: similar_words(index.lexicon, token, MOST_SPELLINGS) for token in tokens}
    each = [{token: word} for token, words in likes.items() for word in words]
    several = [words for words in likes.values() if words]
    every = [
        dict(zip((token for token, words in likes.items() if words), words, strict=True))
        for words in islice(product(*several), MOST_SPELLINGS**2)
    ]
    found = _finding(index, query, each)
    return found or (_finding(index, query, every)[:MOST_SPELLINGS] if len(several) > 1 else [])


def _finding(
    index: Index, query: str, replaced: Sequence[Mapping[str, str]]
) -> list[tuple[str, int]]:
    """The query with these words for others, those that find articles, and how many."""
    found = []
    for words in replaced:
        other = query
        for token, word in words.items():
            other = re.sub(rf"(?<!\w){re.escape(token)}(?!\w)", word, other, flags=re.I)
        n = int(Scope(query=other).article_mask(index).sum()) if other != query else 0
        found += [(other, n)] * bool(n)
    return found


def respelt_keyword(index: Index, keyword: str) -> list[tuple[str, int]]:
    """The same of a keyword, whose words are a phrase."""
    if _PHRASE.search(keyword):
        return respelt(index, keyword)
    return [(other.strip('"'), n) for other, n in respelt(index, f'"{keyword}"')]


def why_unused(index: Index, keyword: str) -> str:
    """Why no article in view uses a keyword: it is out of view, or nowhere. Raises
    ``UnreadableQuery``."""
    slices, _ = count_keyword(index, parse_keyword(keyword))
    n = len(np.unique(index.slice_article[slices]))
    if n:
        verb = "uses" if n == 1 else "use"
        return f"{count(n, 'article')} of the corpus {verb} it, none of them in view."
    return "No article of the corpus uses it."


def fold_of(text: str) -> str:
    """``text`` as one of ``FOLDS``. Raises ``ValueError``, which says what there is."""
    if text not in FOLDS:
        raise ValueError(join_words(list(FOLDS), "or"))
    return text


ONCE = Option("once", "--once", "WHAT", "one hit only of each group of copies, or story", fold_of)


@table(
    "search",
    row="an article in scope by relevance to `--query`, the first 50; none without a query",
    columns={
        "article_id": ARTICLE_ID,
        "rank": "place in that order, from 1",
        "score": "relevance (BM25, a sum over the words of the query)",
        "title": "headline; null: none",
        "source": SOURCE,
        "date": DATE,
        **SOURCE_ID,
        "n_copies": "other articles in scope that are copies of it; null: not known",
        "n_story": "other articles in scope of its story; null: not known",
    },
    options=[ONCE, FIRST, MOST],
    method=METHOD,
)
def search(
    index: Index, scope: Scope, first: int = 0, most: int | None = 50, once: str = ""
) -> pd.DataFrame:
    """Articles in scope by relevance to the query, at most ``most`` of them after the first
    ``first``; none without a word to look for. ``once``: one of ``FOLDS``, of whose groups only the
    first is a row; raises ``MissingLayer``.

    score: BM25 (Robertson & Zaragoza 2009) with k1 = 1.2 and b = .75, summed over the
    different words of the query, alternatives too; a prefix is one word, and so is an expression; a
    title counts as text.
    The weight of a word that ``n`` of ``N`` articles have is log(1 + (N - n + .5) / (n + .5)), the
    one added so that no word counts against an article (as Lucene does). Articles with equal
    scores are in the order of ``articles``.
    """
    scores, has_words = _scores(index, scope.query)
    mask = scope.article_mask(index) if has_words else np.zeros(index.n_articles, dtype=bool)
    found_in, last = mask, None if most is None else first + most
    if last is not None and not once and np.count_nonzero(mask) > last:
        scores_in = scores[mask]  # the others needn't be sorted
        mask = mask & (scores >= np.partition(scores_in, len(scores_in) - last - 1)[-last - 1])
    chosen = index.by_date[mask[index.by_date]]
    ranked = chosen[np.argsort(-scores[chosen], kind="stable")]
    if once:
        ranked = ranked[np.sort(np.unique(_groups(index, once)[ranked], return_index=True)[1])]
    ranked = ranked[first:last]
    found = index.article_rows(ranked, ["article_id", "title", "source", "date", "source_id"])
    found["rank"] = np.arange(first + 1, first + 1 + len(ranked))
    found["score"] = scores[ranked]
    for name, fold in (("n_copies", "copies"), ("n_story", "story")):
        found[name] = pd.array(_others(index, fold, found_in, ranked), dtype="Int64")
    return found[[*search.columns]]


def n_found(index: Index, scope: Scope, once: str = "") -> int:
    """How many rows ``search`` has in all for a scope with a query. Raises ``MissingLayer``."""
    mask = scope.article_mask(index)
    return len(np.unique(_groups(index, once)[mask])) if once else int(mask.sum())


def _groups(index: Index, fold: str) -> NDArray[np.int64]:
    """(n_articles,) the group of each article; one that is in none is its own."""
    group = np.asarray(_group_numbers(index, fold), dtype=np.int64)
    return np.where(group < 0, -1 - np.arange(len(group)), group)


def _group_numbers(index: Index, fold: str) -> NDArray[np.int32]:
    """(n_articles,) the group of each article, below 0 for none. Raises ``MissingLayer``."""
    layer, name = FOLDS[fold]
    return index.layer(layer).joint[name]


def _others(
    index: Index, fold: str, mask: NDArray[np.bool_], ranked: NDArray[np.int64]
) -> list[int | None]:
    """Of each article how many others of ``mask`` are in its group; None without the layer."""
    try:
        groups = _group_numbers(index, fold)
    except MissingLayer:
        return [None] * len(ranked)
    own = groups[ranked]
    beside = groups[mask]
    beside = beside[np.isin(beside, own[own >= 0])]
    sizes = np.bincount(beside, minlength=int(own.max(initial=0)) + 1)
    found: list[int | None] = np.where(own < 0, 0, sizes[np.maximum(own, 0)] - 1).tolist()
    return found


def _scores(index: Index, query: str) -> tuple[NDArray[np.float64], bool]:
    """(n_articles,) relevance, and whether the query has a word to look for."""
    scores = np.zeros(index.n_articles)
    # A dictionary keeps the words in order: the sum is the same in every run.
    words = dict.fromkeys(
        (token, pattern.prefix and i == len(pattern.tokens) - 1)
        for keyword in parse_query(query).keywords()
        for pattern in keyword
        for i, token in enumerate(pattern.tokens)
    )
    n_words = index.article_words.sum(dtype=np.int64) + index.title_words.sum()
    usual = max(n_words / max(index.n_articles, 1), 1)
    for word, prefix in words:
        articles, uses = word_counts(index, word, prefix)
        weight = np.log1p((len(scores) - len(articles) + 0.5) / (len(articles) + 0.5))
        relative = (index.article_words[articles] + index.title_words[articles]) / usual
        scores[articles] += weight * uses / (uses + K1 * (1 - B + B * relative))
    return scores, bool(words)
