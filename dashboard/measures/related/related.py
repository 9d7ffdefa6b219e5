"""Related words: those that the corpus uses in the same company."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.grouped import ungrouped
from dashboard.index.index import Index
from dashboard.index.layers.layer import Arrays, MissingLayer
from dashboard.index.layers.related import Related
from dashboard.measures.columns import KEYWORDS
from dashboard.measures.keyness.uses import article_uses
from dashboard.measures.registry import table
from dashboard.measures.related.vectors import DIMENSIONS, LEAST_SIMILARITY, neighbours
from dashboard.measures.related.windows import (
    LEAST_ARTICLES,
    MOST_ARTICLES,
    MOST_CONTEXTS,
    MOST_WORDS,
    WINDOW,
    compared_words,
    count_windows,
    sampled_articles,
)
from dashboard.scope import Scope
from dashboard.text.queries.expressions import is_expression
from dashboard.text.query import parse_keyword
from dashboard.wording import count, in_quotes

MOST, FOUND_HERE = 10, 1_000
METHOD = f"""
Words are related here when this corpus uses them in the same company. Nothing is known of their
meaning: opposites keep the same company too. For each word and phrase it is counted how often it
stands up to {WINDOW} words from each of the {MOST_CONTEXTS:,} words in most articles, as positive
pointwise mutual information with smoothed contexts; of that, the singular vectors of the
{DIMENSIONS} largest singular values are kept (Levy, Goldberg and Dagan 2015). **Similarity** is the
cosine of two words’ vectors, at most 1.

A word is **shown** where both halves of the articles say so by themselves: it is among the nearest
in each, and at least {LEAST_SIMILARITY} similar. How many count as nearest is set so that with
neighbours dealt at random one word in twenty would have one. Only words in {LEAST_ARTICLES}
articles or more are compared, at most the {MOST_WORDS:,} that are in most. Stop words, house style
and names of outlets are left out, and of words one of which holds the other (“Kavanaugh”, “Brett
Kavanaugh”) all but the most similar, or the keyword. Copies are read once; of more than
{MOST_ARTICLES:,} articles a sample of {MOST_ARTICLES:,}. Similarity is of the whole corpus, not of
what is in view; articles are counted in view.
"""


@table(
    "related_words",
    words="related",
    row=f"a word related to a keyword, the most similar first, up to {MOST} each",
    columns={
        "word": "the keyword, as it was asked for",
        "related": "a word or phrase used in the same company",
        "similarity": "cosine of their vectors (at most 1), over the whole corpus",
        "similarity_least": "the smaller one of the two halves of the articles",
        "n_articles": "articles in scope that have the keyword",
        "n_related": "articles in scope that have the related word",
        "n_both": "articles in scope that have both",
        "n_read": "articles of the corpus that similarity was found in",
    },
    options=[KEYWORDS],
    method=METHOD,
)
def related_words(
    index: Index, scope: Scope, keywords: Sequence[str] | None = None
) -> pd.DataFrame:
    """The words related to ``keywords`` (without it the suggested ones), each one word or phrase.
    No rows for one that has none: :func:`why_none` says why. Raises ``UnreadableQuery``, and
    ``MissingLayer`` for an index of more than 1,000 articles without the layer ``related``, or
    built without it."""
    index = ungrouped(index)
    kept = _kept(index)
    slices = scope.slice_mask(index)
    parts = []
    for text in dict.fromkeys(index.keywords if keywords is None else keywords):
        place = _place(kept, _number(index, text))
        own = np.flatnonzero(kept["term"] == place)[:MOST] if place >= 0 else np.zeros(0, np.int64)
        if len(own):
            parts.append(_rows(index, slices, kept, own).assign(word=text))
    if not parts:
        return related_words.frame()
    return pd.concat(parts, ignore_index=True)[[*related_words.columns]]


def _rows(
    index: Index, slices: NDArray[np.bool_], kept: Arrays, own: NDArray[np.int64]
) -> pd.DataFrame:
    compared = kept["compared"]
    terms = compared[np.append(kept["term"][own[:1]], kept["related"][own])].astype(np.int64)
    uses = article_uses(index, terms, slices)
    n_with = np.bincount(uses.term, minlength=len(terms))
    has = np.zeros(index.n_articles, dtype=bool)
    has[uses.article[uses.term == 0]] = True
    n_both = np.bincount(uses.term[has[uses.article]], minlength=len(terms))
    return pd.DataFrame(
        {
            "related": np.asarray(index.lexicon.surfaces.take(terms[1:]), dtype=object),
            "similarity": kept["similarity"][own],
            "similarity_least": kept["least"][own],
            "n_articles": n_with[0],
            "n_related": n_with[1:],
            "n_both": n_both[1:],
            "n_read": int(kept["n_articles"][0]),
        }
    )


def why_none(index: Index, keyword: str) -> str:
    """Why ``related_words`` has no row for a keyword, in words. Raises as that does."""
    index = ungrouped(index)
    kept = _kept(index)
    if index.n_articles < LEAST_ARTICLES:
        return (
            f"a word has to be in {LEAST_ARTICLES} articles to be compared, and this corpus has "
            f"{index.n_articles}"
        )
    number = _number(index, keyword)
    if number < 0:
        return f"{in_quotes(keyword)} isn’t one word or phrase that this corpus counts"
    compared = kept["compared"]
    if _place(kept, number) < 0:
        n_with, full = int(index.lexicon.doc_freq[number]), len(compared) == MOST_WORDS
        least = int(index.lexicon.doc_freq[compared[-1]]) if full else LEAST_ARTICLES
        if n_with >= least:
            return f"{in_quotes(keyword)} is a stop word, house style or the name of an outlet"
        few = f"{in_quotes(keyword)} is in {count(n_with, 'article')}"
        return f"{few}; words are compared from {least:,} on"
    return "none is near it in both halves of the articles"


def _kept(index: Index) -> Arrays:
    """What the layer has; of few articles found now where the build didn't make it."""
    try:
        return index.layer(Related.name).joint
    except MissingLayer as error:
        if error.on_purpose or index.n_articles > FOUND_HERE:
            raise
        return _found(index)


@lru_cache(maxsize=4)
def _found(index: Index) -> Arrays:
    return related_of(index)


def related_of(index: Index) -> Arrays:
    """What the layer ``related`` keeps of an index."""
    index = ungrouped(index)
    words, articles = compared_words(index), sampled_articles(index)
    found = neighbours(count_windows(index, words, articles))
    kept = _telling(index, words[found.word], words[found.near])
    return {
        "compared": words.astype(np.int64),
        "n_articles": np.asarray([len(articles)], dtype=np.int64),
        "term": found.word[kept].astype(np.int32),
        "related": found.near[kept].astype(np.int32),
        "similarity": found.similarity[kept],
        "least": found.least[kept],
    }


def _telling(index: Index, of: NDArray[np.int64], near: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the terms ``near`` those of ``of`` say something new, those of one term being in
    order: not where the words of one are among those of the term, or of one said before, or the
    other way round."""
    lexicon = index.lexicon
    bounds, words = lexicon.phrase_offsets.tolist(), lexicon.phrase_words.tolist()
    of_phrase = {
        number: frozenset(words[begin:end])
        for number, (begin, end) in zip(lexicon.phrases.tolist(), pairwise(bounds), strict=True)
    }
    said: dict[int, list[frozenset[int]]] = {}
    kept = np.zeros(len(of), dtype=bool)
    for i, (term, other) in enumerate(zip(of.tolist(), near.tolist(), strict=True)):
        before = said.setdefault(term, [of_phrase.get(term, frozenset([term]))])
        own = of_phrase.get(other, frozenset([other]))
        if not any(own <= each or each <= own for each in before):
            before.append(own)
            kept[i] = True
    return kept


def _number(index: Index, keyword: str) -> int:
    """The lexicon number of a keyword of one word or phrase; -1 for any other."""
    patterns = parse_keyword(keyword)
    if len(patterns) != 1:
        return -1
    pattern = patterns[0]
    tokens = list(pattern.tokens)
    if pattern.prefix or pattern.near or pattern.shapes or any(map(is_expression, tokens)):
        return -1
    numbers = [index.lexicon.find(token) for token in tokens]
    return numbers[0] if len(numbers) == 1 else index.lexicon.find_phrase(numbers)


def _place(kept: Arrays, number: int) -> int:
    """The place of a term among those compared, -1 for none."""
    at = np.flatnonzero(kept["compared"] == number)
    return int(at[0]) if len(at) else -1
