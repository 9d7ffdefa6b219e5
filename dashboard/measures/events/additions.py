"""What each article of a story adds that none before it had, and how headlines differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.index.counts.article_sentences import article_sentences
from dashboard.index.index import Index
from dashboard.index.stories.words import listed_words
from dashboard.measures.columns import ARTICLE_ID, DATE, MOST, PASSAGE_ID, SOURCE, SOURCE_ID
from dashboard.measures.passages import article_facts
from dashboard.measures.registry import table
from dashboard.scope import Scope
from dashboard.text.statements import is_author_note
from dashboard.text.token_rule import tokenise

METHOD = """
The articles of the story are read in order of date. A sentence counts as **new** when at least half
of its words of weight, and at least three, are in no earlier article, and another is; of each
article the two with the most new words are shown, early ones first. An article that adds nothing
has no row. A note on an article's author is not news.
"""
_LEAST_NEW, _LEAST_SHARE = 3, 0.5
_MOST_ARTICLES, _MOST_SENTENCES, _MOST_EACH = 60, 60, 2
_STEM = 6
_FADING = 0.93


@table(
    "additions",
    row="a sentence that says what no earlier article of the story in scope does",
    columns={
        "article_id": ARTICLE_ID,
        "passage_id": PASSAGE_ID,
        **SOURCE_ID,
        "source": SOURCE,
        "date": DATE,
        "text": "the sentence",
        "n_new": "its words of weight that are in no earlier article",
    },
    options=[MOST],
    method=METHOD,
)
def additions(index: Index, scope: Scope, most: int | None = _MOST_ARTICLES) -> pd.DataFrame:
    """Of the story that the scope is narrowed to, in its first ``most`` articles by date; no rows
    without a story. Raises ``MissingLayer``."""
    index.layer("sentences")
    chosen = index.by_date[scope.article_mask(index)[index.by_date]] if scope.story else []
    seen: set[str] = set()
    rows: list[tuple[Any, ...]] = []
    columns = ["article_id", "source_id", "source", "date", "language", "authors"]
    chosen = np.asarray(chosen, dtype=np.int64)[:most]
    articles = article_facts(index, chosen, columns)
    for place, position in enumerate(chosen.tolist()):
        article_id, *article, language, authors = next(articles)
        found: list[tuple[int, int, str, str]] = []
        own: set[str] = set()
        spans, passages = article_sentences(index, position), index.passages(position)
        lines = [line for text in passages for line in text.split("\n") if line.strip()]
        for n, (text, sentences) in enumerate(zip(passages, spans, strict=True), 1):
            for start, end in sentences:
                words = weighty(text[start:end], language)
                new = words - seen
                # One that has nothing of the story so far is about something else.
                is_new = words & seen and len(new) >= max(_LEAST_NEW, _LEAST_SHARE * len(words))
                said = text[start:end]
                if is_new and not is_author_note(said, lines, authors or "", language):
                    found.append((len(new), len(found), f"{article_id}-{n:03d}", said))
                own |= words
        seen |= own
        best = sorted(found[:_MOST_SENTENCES], key=_rank)[:_MOST_EACH]
        if place:  # the first one adds everything
            rows += [
                (article_id, passage, *article, text, n)
                for n, _, passage, text in sorted(best, key=lambda each: each[1])
            ]
    return additions.frame(rows)


def _rank(sentence: tuple[int, int, str, str]) -> float:
    """Much that is new comes first, and what stands early: news puts it there."""
    return -sentence[0] * _FADING ** sentence[1]


def weighty(text: str, language: str) -> set[str]:
    """The words of a text that aren't small ones, by their first letters."""
    small = listed_words(language)
    return {token[:_STEM] for token, _ in tokenise(text) if len(token) > 2 and token not in small}


def marked(title: str, others: Sequence[Collection[str]]) -> list[tuple[str, bool]]:
    """A headline in parts: each with whether fewer than half of the ``others`` (their words, see
    ``weighty``) have its words."""
    frequency = Counter(word for other in others for word in set(other))
    parts: list[tuple[str, bool]] = []
    at = 0
    for token, (start, end) in tokenise(title):
        says_something = len(token) > 2 and token not in listed_words("en")
        is_own = says_something and 2 * frequency[token[:_STEM]] < len(others)
        parts += [(title[at:start], False), (title[start:end], is_own)]
        at = end
    return [part for part in [*parts, (title[at:], False)] if part[0]]
