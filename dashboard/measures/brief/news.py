"""The news: the few sentences that together say most of what the sources tell alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.measures.brief.reading import Concepts, Read, ReadSentences

MOST_NEWS = 5
OPENING = 6  # sentences of an article among which its news is looked for
_LEAD = 0.35  # what the first sentence is worth beside covering all of a story
_DIVERSITY = 0.15  # what the first sentence of one more source is worth
SAME = 0.5  # overlap from which two sentences on one story say the same
_SAME_ELSEWHERE = 0.8  # on two stories: "met in Beijing" is said of both


def choose_news(
    read: Read, sentences: ReadSentences, concepts: Concepts, most: int = MOST_NEWS
) -> list[int]:
    """Positions of up to ``most`` sentences, in the order of stories and of choice.

    Greedy maximisation of a monotone submodular function (Lin & Bilmes 2011): the weight of the
    concepts covered, story by story, a reward for each source that is not heard yet, and one for
    standing at the top of an article. Stories count by the root of their sources. No
    sentence is chosen that says the same as one before it, and none that covers nothing."""
    rarity = concepts.rarity
    story = read.story[sentences.article]
    source = read.source[sentences.article]
    candidates = np.flatnonzero(sentences.is_statement & (sentences.number < OPENING))
    n_sources = np.bincount(np.unique(np.stack([read.story, read.source]), axis=1)[0])
    size = np.sqrt(n_sources)
    left = concepts.weights(read)
    heard: dict[int, int] = {}
    chosen: list[int] = []
    while len(candidates) and len(chosen) < most:
        gains = np.asarray(
            [
                size[story[i]]
                * (
                    left[story[i], sentences.concepts(i)].sum() * (1 - _LEAD)
                    + _LEAD * np.exp(-sentences.number[i] / 2) * (story[i] not in story[chosen])
                )
                + _DIVERSITY
                * (np.sqrt(heard.get(source[i], 0) + 1) - np.sqrt(heard.get(source[i], 0)))
                for i in candidates.tolist()
            ]
        )
        covers = np.asarray(
            [left[story[i], sentences.concepts(i)].sum() for i in candidates.tolist()]
        )
        gains[covers <= 0] = -1
        best = int(np.argmax(gains))
        if gains[best] <= 0:
            break
        pick = int(candidates[best])
        chosen.append(pick)
        heard[source[pick]] = heard.get(source[pick], 0) + 1
        left[story[pick], sentences.concepts(pick)] = 0
        candidates = np.asarray(
            [
                i
                for i in candidates.tolist()
                if i != pick
                and overlap(sentences, rarity, i, pick)
                < (SAME if story[i] == story[pick] else _SAME_ELSEWHERE)
            ],
            dtype=np.int64,
        )
    return sorted(chosen, key=lambda i: (story[i], chosen.index(i)))


def overlap(sentences: ReadSentences, rarity: NDArray[np.float64], a: int, b: int) -> float:
    """Containment of the concepts of two sentences, each counted by its rarity: the share, in the
    sentence that has less, of what both have (0 to 1)."""
    first, second = sentences.concepts(a), sentences.concepts(b)
    least = min(rarity[first].sum(), rarity[second].sum())
    both = rarity[np.intersect1d(first, second, assume_unique=True)].sum()
    return float(both / least) if least else 0.0
