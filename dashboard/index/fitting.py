"""Fitting topics: which articles a fit reads, and what of it an index keeps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dashboard.index.container import Container, Strings
from dashboard.index.labels import label_topics
from dashboard.index.lexicon import Words
from dashboard.index.stream import TokenStream
from dashboard.index.terms import TermTable, count_terms
from dashboard.index.topics import TopicModel, fit_topics

#: Corpora up to this size are read whole; of larger ones, a sample chosen by content.
MOST_FITTED = 50_000
SAMPLE = 20_000
#: Below so many articles topics are themes of passages, above of articles.
FEW_ARTICLES = 1_000
_LETTERS, _SHAPES, _INITIAL = 0b11, 0b11, 0b1  # fields of a token's flags


@dataclass(frozen=True)
class Fit:
    """What a fit found. ``phrases``: word numbers and surface of each phrase that is counted;
    ``inside``: terms that mostly stand inside a longer one; ``labels``: up to three names a leaf.
    """

    terms: TermTable
    model: TopicModel
    labels: list[list[str]]
    phrases: dict[tuple[int, ...], str]
    inside: Collection[str]


@dataclass(frozen=True)
class Sample:
    """Tokens of the chosen articles, in order of article id; ``word``: lexicon number of each word
    of the stream; ``article_of``: (n_texts,) article of each text."""

    stream: TokenStream
    word: NDArray[np.int64]
    article_of: NDArray[np.int64]


def read_sample(work: Path, names: Sequence[str], words: Words, n_articles: int) -> Sample:
    """The articles that a fit reads: all, or those with the smallest ids, which are hashes of
    content: neither order nor names of files can matter."""
    most = n_articles if n_articles <= MOST_FITTED else SAMPLE
    ids: list[tuple[str, int, int]] = []
    for i, name in enumerate(names):
        column = Strings.of(Container(work / f"articles-{name}.bin"), "article_id")
        ids += [(article_id, i, row) for row, article_id in enumerate(column)]
    chosen = sorted(ids)[:most]
    place = {(i, row): n for n, (_, i, row) in enumerate(chosen)}
    by_passages = n_articles < FEW_ARTICLES
    texts: list[tuple[int, NDArray[np.int32], NDArray[np.int8]]] = []
    for i, name in enumerate(names):
        tokens = Container(work / f"tokens-{name}.bin")
        numbers = Container(work / f"numbers-{name}.bin")["numbers"]
        offsets, article_of = tokens["offsets"], tokens["article_of"]
        n_own = len(tokens["title_offsets"]) - 1
        bounds = np.searchsorted(article_of, np.arange(n_own + 1))
        for row in range(n_own):
            if (i, row) not in place:
                continue
            cuts = offsets[bounds[row] : bounds[row + 1] + 1]
            cuts = cuts if by_passages else cuts[[0, -1]] if len(cuts) > 1 else cuts
            for start, end in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
                texts.append(
                    (place[i, row], numbers[tokens["ids"][start:end]], tokens["flags"][start:end])
                )
    texts.sort(key=lambda text: text[0])  # stable: passages of an article stay in order
    empty = np.zeros(0, dtype=np.int32)
    ids_all = np.concatenate([empty, *(t[1] for t in texts)])
    flags = np.concatenate([empty.astype(np.int8), *(t[2] for t in texts)])
    word, local = np.unique(ids_all, return_inverse=True)
    stream = TokenStream(
        vocabulary=[words.word[w] for w in word.tolist()],
        surfaces=[words.surface[w] for w in word.tolist()],
        ids=local.astype(np.int32),
        offsets=np.cumsum([0, *(len(t[1]) for t in texts)]).astype(np.int64),
        joined=flags & _LETTERS,
        shape=flags >> 2 & _SHAPES,
        initial=(flags >> 4 & _INITIAL).astype(bool),
    )
    return Sample(
        stream, word.astype(np.int64), np.asarray([t[0] for t in texts], dtype=np.int64)
    )


def fit_sample(
    sample: Sample, stop: frozenset[str], names: Collection[str], random_state: int
) -> Fit:
    """Topics and phrases of a sample. ``names``: words of outlets' and authors' names."""
    terms = count_terms(sample.stream, stop)
    model = fit_topics(terms, sample.article_of, random_state)
    labels = label_topics(terms, model, sample.article_of, is_self_reference(terms, names))
    phrases = {
        tuple(int(sample.word[t]) for t in tokens): terms.surface[i]
        for i, tokens in enumerate(terms.tokens)
        if len(tokens) > 1
    }
    inside = {terms.term[i] for i in np.flatnonzero(terms.is_inside)}
    return Fit(terms, model, labels, phrases, inside)


def is_self_reference(terms: TermTable, names: Collection[str]) -> NDArray[np.bool_]:
    """(n_terms,) names of outlets and bylines: they tell who writes, not what is written."""
    known = set(names)
    return np.asarray(
        [
            bool(name) and known.issuperset(term.split())
            for term, name in zip(terms.term, terms.is_name, strict=True)
        ],
        dtype=bool,
    )
