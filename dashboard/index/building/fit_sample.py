"""Fitting topics: which articles a fit reads, and what of it an index keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.index.fitting.given import label_given, model_of_given
from dashboard.index.fitting.limits import GRAPH_ARTICLES
from dashboard.index.fitting.topic_names import label_nodes, node_slugs
from dashboard.index.fitting.topics import fit_topics
from dashboard.index.segments.tokens import bounds, read_segment_tokens
from dashboard.index.storage.articles import ArticleStore, id_number
from dashboard.index.storage.container import Container
from dashboard.index.terms.fit_terms import TermTable, count_terms
from dashboard.index.terms.lexicon import Lexicon
from dashboard.index.topics.given import GivenTopics
from dashboard.index.topics.model_file import NamedModel
from dashboard.text.token_arrays import TokenStream
from dashboard.text.token_flags import unpack_flags
from dashboard.text.token_rule import tokenise

#: Corpora up to this size are read whole; of larger ones, a sample chosen by content.
MOST_FITTED = 30_000
SAMPLE = 15_000


@dataclass(frozen=True)
class Fit:
    """What a fit found. ``terms``: of the texts fitted, with ``is_self`` (n_terms,) names of
    outlets and bylines and ``doc_freq`` (n_terms,) articles of the corpus with the term, estimated
    where the fit read a sample of them; ``phrases``: word numbers and surface of each phrase that
    is counted; ``changes``: what became of the topics of the fit before, see ``carry_over``."""

    terms: TermTable
    named: NamedModel
    phrases: dict[tuple[int, ...], str]
    is_self: NDArray[np.bool_]
    doc_freq: NDArray[np.int64]
    changes: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class FitSample:
    """Tokens of the chosen articles, in order of article id: of each passage where articles are
    few, else whole. ``word``: lexicon number of each word of the stream; ``article_of``,
    ``source_of``: (n_texts,) article of each text, and its source, -1 for unknown;
    ``article_ids``: of the articles chosen, of ``n_corpus`` in all."""

    stream: TokenStream
    word: NDArray[np.int64]
    article_of: NDArray[np.int64]
    source_of: NDArray[np.int64]
    article_ids: list[str]
    n_corpus: int

    @property
    def n_articles(self) -> int:
        return int(self.article_of.max(initial=-1)) + 1


def min_phrase_df(n_articles: int) -> int:
    """How many texts a phrase must be in to be counted: chance pairs grow with the corpus."""
    return 2 if n_articles < 1_000 else 5 if n_articles < 20_000 else 10


def places_of(work: Path, names: Sequence[str]) -> list[tuple[str, str, int | None]]:
    """Id, file and row of each article of these segments."""
    stores = [ArticleStore(Container(work / f"articles-{name}.bin")) for name in names]
    return [
        place
        for store in stores
        for every in [np.arange(len(store))]
        for place in zip(
            *(store.values(name, every) for name in ("article_id", "file", "row")), strict=True
        )
    ]


def read_sample(work: Path, names: Sequence[str], lexicon: Lexicon) -> FitSample:
    """The articles that a fit reads: all, or those with the smallest ids, which are hashes of
    content: neither order nor names of files can matter."""
    ids: list[tuple[str, int, int]] = []
    sources: list[list[str | None]] = []
    for i, name in enumerate(names):
        store = ArticleStore(Container(work / f"articles-{name}.bin"))
        every = np.arange(len(store))
        ids += [
            (article_id, i, row) for row, article_id in enumerate(store.values("article_id", every))
        ]
        sources.append(store.values("source", every))
    code = {s: n for n, s in enumerate(sorted({s for each in sources for s in each if s}))}
    most = len(ids) if len(ids) <= MOST_FITTED else SAMPLE
    place = {(i, row): n for n, (_, i, row) in enumerate(sorted(ids)[:most])}
    by_passages = len(ids) < GRAPH_ARTICLES
    # Where the texts of each article begin and end in its segment.
    cuts: dict[int, NDArray[np.int64]] = {}
    for i, name in enumerate(names):
        tokens = read_segment_tokens(work, name)
        first = bounds(tokens.article_of, tokens.n_articles)
        for row in range(tokens.n_articles):
            if (i, row) in place and first[row] < first[row + 1]:
                own_cuts = tokens.offsets[first[row] : first[row + 1] + 1]
                cuts[place[i, row]] = own_cuts if by_passages else own_cuts[[0, -1]]
    lengths = [np.diff(cuts[n]) for n in sorted(cuts)]
    offsets = np.concatenate([[0], np.cumsum(np.concatenate([*lengths, []]))]).astype(np.int64)
    n_texts = [len(each) for each in lengths]
    begins = dict(zip(sorted(cuts), offsets[np.cumsum([0, *n_texts])].tolist(), strict=False))
    read = np.empty(int(offsets[-1]), dtype=np.int32)
    flags = np.empty(len(read), dtype=np.int8)
    for i, name in enumerate(names):
        tokens = read_segment_tokens(work, name)
        for row in range(tokens.n_articles):
            n = place.get((i, row), -1)
            if n in cuts:
                start, end = int(cuts[n][0]), int(cuts[n][-1])
                to = slice(begins[n], begins[n] + end - start)
                read[to], flags[to] = tokens.ids[start:end], tokens.flags[start:end]
    used = np.zeros(len(lexicon), dtype=bool)
    used[read] = True
    word = np.flatnonzero(used)
    vocabulary = list(compress(lexicon.terms, used))
    surfaces = list(compress(lexicon.surfaces, used))
    if len(lexicon.runs) > 1:  # sorted in each run only
        order = sorted(range(len(word)), key=vocabulary.__getitem__)
        word = word[order]
        vocabulary, surfaces = [vocabulary[i] for i in order], [surfaces[i] for i in order]
    local = np.zeros(len(lexicon), dtype=np.int32)
    local[word] = np.arange(len(word), dtype=np.int32)
    joined, shape, initial = unpack_flags(flags)
    stream = TokenStream(
        vocabulary=vocabulary,
        surfaces=surfaces,
        ids=np.take(local, read, out=read),
        offsets=offsets,
        joined=joined,
        shape=shape,
        initial=initial,
    )
    article_of = np.repeat(np.asarray(sorted(cuts), dtype=np.int64), n_texts)
    source_of = np.full(len(place), -1, dtype=np.int64)
    for (i, row), n in place.items():
        source_of[n] = code.get(sources[i][row] or "", -1)
    chosen = [article_id for article_id, _, _ in sorted(ids)[:most]]
    return FitSample(
        stream, word.astype(np.int64), article_of, source_of[article_of], chosen, len(ids)
    )


def fit_sample(
    sample: FitSample,
    stop: frozenset[str],
    names: Mapping[str, float],
    random_state: int,
    given: tuple[GivenTopics, Sequence[str]] | None = None,
) -> Fit:
    """Topics and phrases of a sample. ``names``: see :func:`self_references`; ``given``: topics in
    the place of those that would be found, see ``match_articles``."""
    terms = count_terms(sample.stream, stop, min_phrase_df(sample.n_articles))
    is_self = self_references(terms.term, terms.is_name, terms.unit_freq, names)
    numbers = np.asarray([id_number(i) for i in sample.article_ids], dtype=np.int64)
    if given is None:
        model = fit_topics(terms, sample.article_of, random_state, sample.source_of)
        labels = label_nodes(terms, model, sample.article_of, is_self, sample.source_of)
    else:
        part = given[0].leaf_of(numbers)[sample.article_of]
        model = model_of_given(terms, sample.article_of, part, len(given[1]), random_state)
        labels = label_given(given[1], model)
    phrases = {
        tuple(int(sample.word[t]) for t in tokens): terms.surface[i]
        for i, tokens in enumerate(terms.tokens)
        if len(tokens) > 1
    }
    placed = np.isfinite(model.positions[:, 0])
    named = NamedModel(
        replace(model, positions=model.positions[placed]),
        labels,
        node_slugs(labels, model),
        numbers[sample.article_of[: len(placed)][placed]],
        given[0] if given else None,
    )
    return Fit(terms, named, phrases, is_self, _doc_freq(terms, sample))


def _doc_freq(terms: TermTable, sample: FitSample) -> NDArray[np.int64]:
    """(n_terms,) articles of the corpus with each term: as many times those of the sample as the
    corpus is larger."""
    found = terms.unit_freq
    if len(sample.article_of) > len(np.unique(sample.article_of)):  # units are passages
        article = np.repeat(sample.article_of, np.diff(terms.indptr))
        pairs = np.unique(article * len(terms) + terms.indices)
        found = np.bincount(pairs % len(terms), minlength=len(terms))
    scale = sample.n_corpus / max(len(sample.article_ids), 1)
    estimated: NDArray[np.int64] = np.rint(found * scale).astype(np.int64)
    return estimated


def self_references(
    terms: Sequence[str],
    is_name: NDArray[np.bool_],
    n_texts: NDArray[np.int64],
    names: Mapping[str, float],
) -> NDArray[np.bool_]:
    """(n_terms,) names of outlets and bylines: they tell who writes, not what is written.

    ``n_texts``: (n_terms,) texts with each term; ``names``: each outlet's or author's name and the
    number of texts that it accounts for. Names in the news are spared: a term that stands in far
    more texts than that (the senator who once wrote a column).
    """
    allowed: dict[str, dict[int, float]] = {}  # word → names that hold it, texts each accounts for
    for number, name in enumerate(sorted(names)):
        for word in {word for word, _ in tokenise(name)}:
            allowed.setdefault(word, {})[number] = names[name]
    barred = np.zeros(len(terms), dtype=bool)
    for i in np.flatnonzero(is_name & (n_texts > 0)).tolist():
        holders = [allowed.get(word, {}) for word in terms[i].split()]
        shared = set.intersection(*(set(h) for h in holders))
        barred[i] = n_texts[i] <= sum(holders[0][name] for name in shared)
    return barred
