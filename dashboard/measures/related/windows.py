"""Which words are compared, on which articles, and how often one stands near another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import ranges
from dashboard.index.index import Index
from dashboard.index.layers.layer import MissingLayer
from dashboard.index.terms.lexicon import INSIDE, SELF, STOP
from dashboard.index.terms.match_phrases import match_phrases
from dashboard.measures.keyness.house_style import in_house_style
from dashboard.measures.rises.counts import group_by
from dashboard.scope import Scope

Ints = NDArray[np.int64]
Places = NDArray[np.int16]

LEAST_ARTICLES = 20  # with a word
MOST_WORDS, MOST_CONTEXTS = 5_000, 1_000
MOST_ARTICLES = 10_000
WINDOW = 5  # words before and after
AT_ONCE = 1_000  # articles that are read together


def compared_words(index: Index) -> Ints:
    """Lexicon numbers of the words and phrases that are compared, those in most articles first,
    then by spelling: in 20 articles or more, up to 5,000. Stop words, house style, names of outlets
    and what has no letter are left out."""
    lexicon = index.lexicon
    shown = (lexicon.flags & (STOP | INSIDE | SELF) == 0) & (lexicon.doc_freq >= LEAST_ARTICLES)
    words = np.flatnonzero(shown)
    whole = group_by(index, np.zeros(index.n_articles, dtype=np.int64), ["all"])
    words = words[~in_house_style(whole, 0, words)] if len(words) else words
    terms = lexicon.terms.take(words)
    lettered = [any(letter.isalpha() for letter in term) for term in terms]
    words, spelling = words[lettered], np.asarray(terms, dtype=str)[lettered]
    order = np.lexsort((spelling, -lexicon.doc_freq[words]))
    found: Ints = words[order[:MOST_WORDS]]
    return found


def sampled_articles(index: Index) -> Ints:
    """The articles that are read, in order of their ids, which are as good as random: all of up to
    10,000, else the first. Copies count once where the index knows them."""
    try:
        once = Scope(copies_once=True).article_mask(index)
    except MissingLayer:
        once = np.ones(index.n_articles, dtype=bool)
    found: Ints = index.by_id[once[index.by_id]][:MOST_ARTICLES]
    return found


def count_windows(index: Index, words: Ints, articles: Ints) -> NDArray[np.float32]:
    """(2, n_words, n_contexts) how often each context stands up to five words before or after each
    of ``words``, in every other one of ``articles`` and in the rest. Contexts are the first 1,000
    of ``words`` that are single words. A word beside itself doesn't count, nor does a phrase's own
    word within it."""
    contexts = np.flatnonzero(~np.isin(words, index.lexicon.phrases))[:MOST_CONTEXTS]
    context_of = np.full(len(words) + 1, -1, dtype=np.int16)  # the last: of no word
    context_of[contexts] = np.arange(len(contexts))
    one = np.int32(1)  # of the counts' kind: else each is converted
    halves = np.zeros((2, len(words), len(contexts)), dtype=np.float32)
    for half in (0, 1):
        found = np.zeros(len(words) * len(contexts), dtype=np.int32)
        for text, phrase, at, size in _spread(index, words, articles[half::2]):
            for word, near in chain(_neighbours(text), _around(text, phrase, at, size)):
                context = context_of[near]
                counted = (context >= 0) & (word != near)
                cells = word[counted].astype(np.int64) * len(contexts) + context[counted]
                np.add.at(found, cells, one)
        halves[half] = found.reshape(halves[half].shape)
    return halves


def _neighbours(text: Places) -> Iterator[tuple[Places, Places]]:
    """Each word of the text with each that stands near it, and the other way round."""
    at = np.flatnonzero(text >= 0)
    word = text[at]
    for following in range(1, WINDOW + 1):
        near = at[following:] - at[:-following] <= WINDOW
        before, behind = word[:-following][near], word[following:][near]
        yield before, behind
        yield behind, before


def _around(text: Places, phrase: Places, at: Ints, size: Ints) -> Iterator[tuple[Places, Places]]:
    """Each phrase with the words before and behind it; -1 where none of the compared stands."""
    for apart in range(1, WINDOW + 1):
        yield phrase, text[at - apart]
        yield phrase, text[at + size - 1 + apart]


def _spread(
    index: Index, words: Ints, articles: Ints
) -> Iterator[tuple[Places, Places, Ints, Ints]]:
    """Some articles at a time, their text as places in ``words``, -1 for other words and five times
    before and after each article; the phrases in it as places in ``words``, where they begin, and
    their lengths."""
    place = np.full(len(index.lexicon), -1, dtype=np.int16)
    place[words] = np.arange(len(words))
    lexicon = index.lexicon.with_phrases(place[index.lexicon.phrases] >= 0)
    size_of = np.zeros(len(lexicon), dtype=np.int64)
    size_of[lexicon.phrases] = np.diff(lexicon.phrase_offsets)
    for start in range(0, len(articles), AT_ONCE):
        ids, passages, lengths = _tokens(index, articles[start : start + AT_ONCE])
        gap = np.repeat(np.arange(1, len(lengths) + 1) * WINDOW, lengths)
        text = np.full(len(ids) + (len(lengths) + 1) * WINDOW, -1, dtype=np.int16)
        text[np.arange(len(ids)) + gap] = place[ids]
        at, phrase = match_phrases(ids, np.concatenate([[0], np.cumsum(passages)]), lexicon)
        yield text, place[phrase], at + gap[at], size_of[phrase]


def _tokens(index: Index, articles: Ints) -> tuple[NDArray[np.int32], Ints, Ints]:
    """The words of the articles by number, the length of each passage, and of each article."""
    parts: list[tuple[NDArray[np.int32], Ints, Ints]] = [
        (np.zeros(0, np.int32), np.zeros(0, np.int64), np.zeros(0, np.int64))
    ]
    articles = np.sort(articles)
    firsts = [segment.first_article for segment in index.segments]
    ends = np.searchsorted(articles, [*firsts, index.n_articles])
    for segment, (begin, end) in zip(index.segments, pairwise(ends.tolist()), strict=True):
        if begin == end:
            continue
        rows = articles[begin:end] - segment.first_article
        passages = np.asarray(segment.arrays["article_passages"], dtype=np.int64)
        offsets = np.asarray(segment.arrays["offsets"], dtype=np.int64)
        own = ranges(passages[rows], passages[rows + 1])
        first, last = offsets[passages[rows]], offsets[passages[rows + 1]]
        ids = segment.arrays["ids"][ranges(first, last)]
        parts.append((ids, offsets[own + 1] - offsets[own], last - first))
    ids, lengths, of_articles = (np.concatenate(each) for each in zip(*parts, strict=True))
    return ids, lengths, of_articles
