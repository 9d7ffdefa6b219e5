"""Themes: sentences of several sources that say alike, around the one that most of them echo."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.measures.brief.reading import Concepts, Read, ReadSentences

MOST_SENTENCES = 2_500  # of a story that is compared sentence by sentence
ALIKE = 0.25  # cosine from which one sentence echoes another
FAINT = 0.15  # cosine below which nothing in an article comes near a sentence
_LEAST_SHARED = 3  # concepts; "what may happen next" is echoed by nobody


@dataclass(frozen=True)
class Echoes:
    """How the sentences of one story are like those of its sources.

    ``at``: (n,) the sentences; ``source``: (n,) whose they are; ``sources``: (n_sources,) those
    there are. ``nearest``: (n, n_sources) cosine of the sentence of each source that comes nearest;
    ``echo``: (n, n_sources) place in ``at`` of the one that echoes it, -1 for none and for its own
    source. ``alike``: (n, n) whether one echoes the other."""

    at: NDArray[np.int64]
    source: NDArray[np.int64]
    sources: NDArray[np.int64]
    nearest: NDArray[np.float32]
    echo: NDArray[np.int64]
    alike: NDArray[np.bool_]

    @property
    def support(self) -> NDArray[np.int64]:
        """(n,) how many other sources echo each sentence."""
        found: NDArray[np.int64] = (self.echo >= 0).sum(axis=1)
        return found

    @property
    def strength(self) -> NDArray[np.float64]:
        """(n,) how many echo it and, below 1, how closely."""
        close = np.where(self.echo >= 0, self.nearest, 0).mean(axis=1)
        strength: NDArray[np.float64] = self.support + close
        return strength


def find_echoes(
    read: Read, sentences: ReadSentences, concepts: Concepts, story: int
) -> Echoes | None:
    """What echoes what in a story; None for one of a single source, or one too long to compare.

    Likeness is the cosine of the concepts of two sentences, each weighted by log(sentences /
    sentences with it) in the story times its idf in the corpus. An echo is a whole sentence from a
    cosine of .25 with three concepts in common."""
    at = np.flatnonzero(read.story[sentences.article] == story)
    source = read.source[sentences.article[at]]
    sources = np.unique(source)
    if len(sources) < 2 or len(at) > MOST_SENTENCES:
        return None
    cosine, shared = _compare(sentences, at, concepts.idf)
    alike = (cosine >= ALIKE) & (shared >= _LEAST_SHARED) & sentences.is_whole[at]
    nearest = np.stack([cosine[:, source == s].max(axis=1) for s in sources], axis=1)
    echo = np.full(nearest.shape, -1, dtype=np.int64)
    for column, s in enumerate(sources.tolist()):
        close = np.where(alike & (source == s), cosine, 0)
        best = close.argmax(axis=1)
        found = (close[np.arange(len(at)), best] > 0) & (source != s)
        echo[found, column] = best[found]
    return Echoes(at, source, sources, nearest, echo, alike)


@dataclass(frozen=True)
class Theme:
    """``head``: the sentence that others are compared with; ``carried``: by source the sentence
    that tells it, the head's own first, then the nearest; ``silent``: sources of the story in which
    nothing comes near it."""

    story: int
    head: int
    carried: dict[int, int]
    silent: tuple[int, ...]


def find_themes(echoes: Echoes, sentences: ReadSentences, story: int) -> list[Theme]:
    """The themes of a story that at least two sources carry, those of most sources first.

    Leader clustering (Hartigan 1975, ch. 3): the statement that most sources echo leads, takes what
    is like it, and the next is found among the rest."""
    strength = np.where(sentences.is_statement[echoes.at], echoes.strength, 0)
    themes: list[Theme] = []
    while strength.max(initial=0) >= 1:
        head = int(np.argmax(strength))
        near, echo = echoes.nearest[head], echoes.echo[head]
        order = sorted(np.flatnonzero(echo >= 0).tolist(), key=lambda s: -near[s])
        taken = [head, *echo[order].tolist()]
        whose = [echoes.source[head], *echoes.sources[order]]
        others = (near < FAINT) & (echoes.sources != echoes.source[head])
        themes.append(
            Theme(
                story,
                int(echoes.at[head]),
                {int(s): int(echoes.at[i]) for s, i in zip(whose, taken, strict=True)},
                tuple(echoes.sources[others].tolist()),
            )
        )
        strength[echoes.alike[taken].any(axis=0) | echoes.alike[:, taken].any(axis=1)] = 0
        strength[taken] = 0
    return themes


def _compare(
    sentences: ReadSentences, at: NDArray[np.int64], idf: NDArray[np.float64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(n, n) cosines of sentences, 0 with itself, and how many concepts they share."""
    rows = np.repeat(np.arange(len(at)), np.diff(sentences.indptr)[at])
    ids = np.concatenate([np.zeros(0, np.int64), *(sentences.concepts(i) for i in at.tolist())])
    n_with = np.bincount(ids, minlength=len(idf))
    used = np.flatnonzero(n_with > 1)
    column = np.full(len(idf), -1)
    column[used] = np.arange(len(used))
    weight = (np.log(len(at) / np.maximum(n_with, 1)) * idf).astype(np.float32)
    squares = np.bincount(rows, weight[ids].astype(np.float64) ** 2, len(at))
    has = np.zeros((len(at), len(used)), dtype=np.float32)
    known = column[ids] >= 0
    has[rows[known], column[ids[known]]] = 1
    shared: NDArray[np.float32] = has @ has.T
    has *= weight[used]
    has /= np.sqrt(np.maximum(squares, 1e-9)).astype(np.float32)[:, None]
    cosine: NDArray[np.float32] = has @ has.T
    np.fill_diagonal(cosine, 0)
    return cosine, shared
