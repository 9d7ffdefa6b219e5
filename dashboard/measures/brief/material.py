"""The material of a brief: what was read of a scope, and the themes that its sources share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.index.index import Index
from dashboard.measures.brief.reading import (
    Concepts,
    Read,
    ReadSentences,
    read_articles,
    read_sentences,
)
from dashboard.measures.brief.themes import Echoes, Theme, find_echoes, find_themes
from dashboard.scope import Scope

_LABEL_WORDS = 3


@dataclass(frozen=True)
class Material:
    """What is read of a scope. ``echoes``: of each story that several sources tell; ``themes``:
    those of most sources first; ``story_ids``: by number of the story."""

    read: Read
    concepts: Concepts
    sentences: ReadSentences
    echoes: dict[int, Echoes]
    themes: list[Theme]
    story_ids: list[str]

    @staticmethod
    def of(index: Index, scope: Scope) -> Material:
        """The material of a scope, kept for the next table that asks for it. Raises
        ``MissingLayer`` for an index without stories or sentences."""
        return _material(index, scope)

    def label(self, theme: Theme) -> str:
        """Up to three words that most sentences of a theme share, rare ones first, in the order of
        its head."""
        head, idf = self.sentences.concepts(theme.head), self.concepts.idf
        others = [self.sentences.concepts(i) for i in theme.carried.values() if i != theme.head]
        n_with = np.sum([np.isin(head, other) for other in others], axis=0)
        best = head[np.argsort(-n_with * idf[head], kind="stable")][:_LABEL_WORDS]
        words = [self.concepts.words[i] for i in best.tolist()]
        text = self.sentences.text[theme.head].casefold()
        return ", ".join(sorted(words, key=lambda word: _place(text, word)))


# Two tables of a page read the same; so few that an index that was replaced is soon let go.
@lru_cache(maxsize=4)
def _material(index: Index, scope: Scope) -> Material:
    read = read_articles(index, scope)
    concepts = Concepts.of(index, read)
    sentences = read_sentences(index, read, concepts)
    echoes: dict[int, Echoes] = {}
    themes: list[Theme] = []
    for story in range(len(read.whole)):
        found = find_echoes(read, sentences, concepts, story)
        if found is not None:
            echoes[story] = found
            themes += find_themes(found, sentences, story)
    themes.sort(key=lambda theme: -len(theme.carried))
    joint = index.layer("stories").joint
    names = joint["story_id"][joint["story_of"][read.articles]]
    first = [int(np.flatnonzero(read.story == s)[0]) for s in range(len(read.whole))]
    ids = [names[i].decode("ascii") for i in first]
    return Material(read, concepts, sentences, echoes, themes, ids)


def _place(text: str, word: str) -> int:
    """Where a concept first stands in a text: by its first letters, as forms differ."""
    at = text.find(word.casefold()[:6])
    return at if at >= 0 else len(text)
