"""The uses of a keyword in a scope, in the order that was asked for."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dashboard.index.counts.grouped import ungrouped
from dashboard.index.counts.word_windows import NEIGHBOURS, Hits, keyword_hits, words_around
from dashboard.index.index import Index
from dashboard.scope import Scope
from dashboard.text.query import parse_keyword
from dashboard.text.token_rule import tokenise
from dashboard.wording import join_words

WIDTH: Final = 5  # words on each side that are near

#: Orders of uses, each with its name.
SORTS: Final = {
    "date": "Date",
    "source": "Source",
    "left1": "1st word before",
    "left2": "2nd word before",
    "left3": "3rd word before",
    "right1": "1st word after",
    "right2": "2nd word after",
    "right3": "3rd word after",
}


def sort_of(text: str) -> str:
    """``text`` as the name of an order. Raises ``ValueError``, which says what there is."""
    if text not in SORTS:
        raise ValueError(join_words(list(SORTS), "or"))
    return text


@lru_cache(maxsize=8)  # a page asks four times
def uses_by_date(index: Index, scope: Scope, keyword: str) -> Hits:
    """Uses in the text in scope by date (undated last), article and place. Raises
    ``UnreadableQuery``."""
    hits = keyword_hits(ungrouped(index), parse_keyword(keyword), scope.slice_mask(index))
    place = np.empty(index.n_articles, dtype=np.int64)
    place[index.by_date] = np.arange(index.n_articles)
    return hits.take(np.argsort(place[hits.article], kind="stable"))


def sorted_uses(index: Index, scope: Scope, keyword: str, sort: str, word: str = "") -> Hits:
    """Uses of a keyword in one of ``SORTS``, with ``word`` those that have it within ``WIDTH``
    words; equal ones by date. An order by a neighbour goes on with the others on its side, from the
    nearest on; where there is none comes last. Raises ``ValueError``, ``UnreadableQuery``."""
    hits = uses_by_date(index, scope, keyword)
    if word:
        hits = hits.take(_has_near(index, scope, keyword, word, hits))
    if sort_of(sort) == "date":
        return hits
    if sort == "source":
        names = np.asarray([*(s.name.casefold() for s in index.sources), "\U0010ffff"])
        return hits.take(np.argsort(names[index.source_of[hits.article]], kind="stable"))
    side = hits.near[:, :NEIGHBOURS][:, ::-1] if sort[:4] == "left" else hits.near[:, NEIGHBOURS:]
    first = int(sort[-1]) - 1
    nearest_last = [i for i in reversed(range(NEIGHBOURS)) if i != first]
    keys = [_ranks(index, side[:, i]) for i in (*nearest_last, first)]
    return hits.take(np.lexsort(keys))


def _ranks(index: Index, words: NDArray[np.int64]) -> NDArray[np.int64]:
    """Numbers that order words by their letters; of none the largest."""
    different, at = np.unique(words, return_inverse=True)
    terms = [str(index.lexicon.terms[n]).casefold() for n in different.tolist() if n >= 0]
    terms = ["\U0010ffff"] * (len(different) - len(terms)) + terms
    rank = np.empty(len(terms), dtype=np.int64)
    rank[sorted(range(len(terms)), key=terms.__getitem__)] = np.arange(len(terms))
    return rank[at]


def _has_near(index: Index, scope: Scope, keyword: str, word: str, hits: Hits) -> NDArray[np.bool_]:
    """(n,) whether a word stands within ``WIDTH`` words of each use, in the same passage."""
    tokens = [token for token, _ in tokenise(word)]
    wanted = index.lexicon.find(tokens[0]) if len(tokens) == 1 else -1
    near = np.zeros(len(hits.article), dtype=bool)
    if wanted < 0:
        return near
    places = keyword_hits(ungrouped(index), parse_keyword(f'"{word}"'), scope.slice_mask(index))
    # Passages lie apart by more than any distance that counts.
    reach = 1 << 20
    step = int(max(hits.passage.max(initial=0), places.passage.max(initial=0))) + 1
    of_word = np.sort((places.article * step + places.passage) * reach + places.token)
    start = (hits.article * step + hits.passage) * reach + hits.token
    end = start + hits.length
    before = np.searchsorted(of_word, start) - np.searchsorted(of_word, start - WIDTH)
    behind = np.searchsorted(of_word, end + WIDTH) - np.searchsorted(of_word, end)
    return np.asarray(before + behind > 0)


def nearby(index: Index, scope: Scope, keyword: str) -> tuple[NDArray[np.int64], ...]:
    """Article and lexicon number of each word within ``WIDTH`` words of a use, each place once."""
    asked = parse_keyword(keyword)
    article, _, word = words_around(ungrouped(index), asked, scope.slice_mask(index), WIDTH)
    return article, word
