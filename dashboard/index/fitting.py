"""Fitting topics: which articles a fit reads, and what of it an index keeps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.index.container import Container, Strings
from dashboard.index.labels import label_topics
from dashboard.index.lexicon import STOP, Lexicon
from dashboard.index.segments import bounds, read_segment_tokens
from dashboard.index.stream import TokenStream
from dashboard.index.terms import TermTable, count_terms
from dashboard.index.topics import TopicModel, fit_topics, fold

#: Corpora up to this size are read whole; of larger ones, a sample chosen by content.
MOST_FITTED = 50_000
SAMPLE = 20_000
#: Below so many articles topics are themes of passages, above of articles.
FEW_ARTICLES = 1_000
_TWO_BITS = 0b11  # of a token's flags: joined, shape, then one bit for initial


@dataclass(frozen=True)
class Fit:
    """What a fit found. ``phrases``: word numbers and surface of each phrase that is counted;
    ``inside``: terms that mostly stand inside a longer one; ``labels``: up to three names a leaf;
    ``own_names``: words of outlets' and authors' names.
    """

    terms: TermTable
    model: TopicModel
    labels: list[list[str]]
    phrases: dict[tuple[int, ...], str]
    inside: frozenset[str]
    own_names: frozenset[str]


@dataclass(frozen=True)
class Sample:
    """Tokens of the chosen articles, in order of article id; ``word``: lexicon number of each word
    of the stream; ``article_of``: (n_texts,) article of each text."""

    stream: TokenStream
    word: NDArray[np.int64]
    article_of: NDArray[np.int64]

    @property
    def n_articles(self) -> int:
        return int(self.article_of.max(initial=-1)) + 1


def min_phrase_df(n_articles: int) -> int:
    """In how many texts a phrase must stand to be counted: chance pairs grow with the corpus."""
    return 2 if n_articles < FEW_ARTICLES else 5 if n_articles < 20_000 else 10


def read_sample(work: Path, names: Sequence[str], lexicon: Lexicon) -> Sample:
    """The articles that a fit reads: all, or those with the smallest ids, which are hashes of
    content: neither order nor names of files can matter."""
    ids: list[tuple[str, int, int]] = []
    for i, name in enumerate(names):
        column = Strings.of(Container(work / f"articles-{name}.bin"), "article_id")
        ids += [(article_id, i, row) for row, article_id in enumerate(column)]
    most = len(ids) if len(ids) <= MOST_FITTED else SAMPLE
    place = {(i, row): n for n, (_, i, row) in enumerate(sorted(ids)[:most])}
    by_passages = len(ids) < FEW_ARTICLES
    texts: list[tuple[int, NDArray[np.int32], NDArray[np.int8]]] = []
    for i, name in enumerate(names):
        tokens = read_segment_tokens(work, name)
        first = bounds(tokens.article_of, tokens.n_articles)
        for row in range(tokens.n_articles):
            if (i, row) not in place or first[row] == first[row + 1]:
                continue
            cuts = tokens.offsets[first[row] : first[row + 1] + 1]
            for start, end in pairwise((cuts if by_passages else cuts[[0, -1]]).tolist()):
                texts.append((place[i, row], tokens.ids[start:end], tokens.flags[start:end]))
    texts.sort(key=lambda text: text[0])  # stable: passages of an article stay in order
    none = np.zeros(0, dtype=np.int32)
    flags = np.concatenate([none.astype(np.int8), *(t[2] for t in texts)])
    word, local = np.unique(np.concatenate([none, *(t[1] for t in texts)]), return_inverse=True)
    stream = TokenStream(
        vocabulary=[lexicon.terms[w] for w in word.tolist()],
        surfaces=[lexicon.surfaces[w] for w in word.tolist()],
        ids=local.astype(np.int32),
        offsets=np.cumsum([0, *(len(t[1]) for t in texts)]).astype(np.int64),
        joined=flags & _TWO_BITS,
        shape=flags >> 2 & _TWO_BITS,
        initial=(flags >> 4 & 1).astype(bool),
    )
    return Sample(stream, word.astype(np.int64), np.asarray([t[0] for t in texts], dtype=np.int64))


def fit_sample(
    sample: Sample, stop: frozenset[str], names: Collection[str], random_state: int
) -> Fit:
    """Topics and phrases of a sample. ``names``: words of outlets' and authors' names."""
    terms = count_terms(sample.stream, stop, min_phrase_df(sample.n_articles))
    model = fit_topics(terms, sample.article_of, random_state)
    labels = label_topics(terms, model, sample.article_of, is_self_reference(terms, names))
    phrases = {
        tuple(int(sample.word[t]) for t in tokens): terms.surface[i]
        for i, tokens in enumerate(terms.tokens)
        if len(tokens) > 1
    }
    inside = frozenset(terms.term[i] for i in np.flatnonzero(terms.is_inside))
    return Fit(terms, model, labels, phrases, inside, frozenset(names))


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


def pack_model(fit: Fit, lexicon: Lexicon) -> dict[str, NDArray[Any]]:
    """What ``count_segment`` assigns passages with. INTERIM"""
    feature_of = np.full(len(lexicon), -1, dtype=np.int32)
    folded = {}
    for f, t in enumerate(fit.model.features.tolist()):
        term = fit.terms.term[t]
        folded[fold(term) if " " not in term else term] = f
    for i, term in enumerate(lexicon.terms):
        feature = folded.get(fold(term) if " " not in term else term)
        if feature is not None and not lexicon.flags[i] & STOP:
            feature_of[i] = feature
    components = fit.model.components
    norms = np.linalg.norm(components, axis=1, keepdims=True)
    return {
        "feature_of": feature_of,
        "components": (components / np.where(norms > 0, norms, 1)).astype(np.float32),
    }
