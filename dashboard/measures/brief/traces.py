"""Traces of a theme in articles where no sentence echoes it: its words apart, or its number."""

from __future__ import annotations

import re
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from dashboard.index.index import Index
from dashboard.measures.brief.material import Material
from dashboard.measures.brief.themes import Theme
from dashboard.text.figures.find import Figure, find_figures

#: Share of a theme's words, weighed in the story, that two sentences in a row may hold at most; and
#: weighed in the corpus alone, where what all sources write of counts too, that one may.
MOST_HELD, MOST_IN_ONE = 0.16, 0.28
_ALIKE = 0.15  # how far two numbers may be apart, as a part of the larger
_WITH_SAME_UNIT, _WITH_OTHER, _WITH_YEAR = 1, 2, 2  # other words that a shared number takes
_YEAR = re.compile(r"(?<![\w.,$€£])(?:1[5-9]|20)\d\d(?!\w|[.,]\d)")


class Traces:
    """Where a story's articles may tell a theme in other words."""

    def __init__(self, index: Index, material: Material) -> None:
        self._material = material
        articles = material.read.articles
        languages = index.article_rows(articles, ["language"])["language"].tolist()
        self._languages = ["en" if x in ("", "unknown") else x for x in languages]
        self._figures = cache(self._read_figures)
        self._of_story = cache(self._weigh)

    def of(self, theme: Theme, source: int) -> bool:
        """Whether a source has a trace of a theme that it doesn't echo: two sentences in a row that
        hold .16 of its weight in the story; one that holds .28 of it in the corpus; one with a
        number of it (a figure within .15) and another of its words, two where other things are
        counted; or one with a year of it and two of its words."""
        read, sentences = self._material.read, self._material.sentences
        at, weight = self._of_story(theme.story)
        words = self._words[theme.head]
        idf = self._material.concepts.idf
        total, in_corpus = (sum(w[word] for word in words) for w in (weight, idf))
        before, before_article = frozenset[int](), -1
        for i in at[read.source[sentences.article[at]] == source].tolist():
            shared = words & self._words[i]
            article = int(sentences.article[i])
            both = shared | before if article == before_article else shared
            if sum(weight[word] for word in both) >= MOST_HELD * total:
                return True
            if sum(idf[word] for word in shared) >= MOST_IN_ONE * in_corpus:
                return True
            if shared and self._same_number(theme.head, i, shared):
                return True
            before, before_article = shared, article
        return False

    @cached_property
    def _words(self) -> list[frozenset[int]]:
        sentences = self._material.sentences
        return [frozenset(sentences.concepts(i).tolist()) for i in range(len(sentences.text))]

    def _weigh(self, story: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The sentences of a story, and what each concept weighs there: as in ``find_echoes``."""
        sentences, idf = self._material.sentences, self._material.concepts.idf
        at = np.flatnonzero(self._material.read.story[sentences.article] == story)
        ids = np.concatenate([np.zeros(0, np.int64), *(sentences.concepts(i) for i in at.tolist())])
        n_with = np.bincount(ids, minlength=len(idf))
        return at, np.log(len(at) / np.maximum(n_with, 1)) * idf

    def _same_number(self, head: int, other: int, shared: frozenset[int]) -> bool:
        text = self._material.sentences.text
        if len(shared) >= _WITH_YEAR and set(_YEAR.findall(text[head])) & set(
            _YEAR.findall(text[other])
        ):
            return True
        return any(
            one.kind == two.kind
            and _near(one.low, two.low)
            and len(shared) >= (_WITH_SAME_UNIT if one.unit == two.unit else _WITH_OTHER)
            for one in self._figures(head)
            for two in self._figures(other)
        )

    def _read_figures(self, i: int) -> list[Figure]:
        text = self._material.sentences.text[i]
        language = self._languages[self._material.sentences.article[i]]
        return find_figures(text, [(0, len(text))], language)


def _near(one: float, two: float) -> bool:
    return abs(one - two) <= _ALIKE * max(abs(one), abs(two))
