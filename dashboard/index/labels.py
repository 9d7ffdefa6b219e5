"""Names of topics: phrases of the text itself that belong to one topic's passages."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
from numpy.typing import NDArray

from dashboard.index.terms import TermTable
from dashboard.index.topics import TopicModel, fold
from dashboard.index.words import (
    ADJECTIVE_ENDINGS,
    DATE_WORDS,
    DEMONYMS,
    EDGE_WORDS,
    NEWS_WORDS,
    NOUNS_LIKE_ADJECTIVES,
    TITLE_WORDS,
)

N_PARTS = 3
LABEL_LENGTH = 40
PHRASE_SHARE = 0.4
MIN_PART = 0.5  # of the head's score; a weaker second name misleads
PHRASE_BONUS = 1.35
INSIDE_MALUS = 0.15
ADJECTIVE_MALUS = 0.4


def label_topics(
    terms: TermTable,
    model: TopicModel,
    article_of: NDArray[np.int64],
    barred: NDArray[np.bool_],
) -> list[list[str]]:
    """Per topic up to three surface forms, the name first; no form names two topics.

    Score of term g in topic t: sqrt(P(g|t)) x max(0, NPMI(g, t)) over passages (Bouma 2009), times
    its weight in the topic, phrases preferred; g stands in two articles or more where there are
    two. ``article_of`` (n_passages,) is each passage's article, ``barred`` (n_terms,) marks terms
    that may not name anything (outlets, bylines).
    """
    n_passages, k = len(terms.indptr) - 1, model.components.shape[0]
    rows = np.repeat(np.arange(n_passages), np.diff(terms.indptr))
    in_topic = np.zeros((k, len(terms)))
    for topic in range(k):
        member = model.assigned[rows] == topic
        in_topic[topic] = np.bincount(terms.indices[member], minlength=len(terms))
    size = np.asarray([np.count_nonzero(model.assigned == t) for t in range(k)], dtype=float)
    usable = _usable(terms, n_passages) & ~barred
    pairs = np.unique(np.stack([terms.indices, article_of[rows]]), axis=1)
    article_freq = np.bincount(pairs[0], minlength=len(terms))
    usable &= article_freq >= min(2, len(np.unique(article_of)))
    with np.errstate(divide="ignore", invalid="ignore"):
        given_topic = in_topic / size[:, None]
        joint = in_topic / n_passages
        expected = terms.doc_freq[None, :] / n_passages * size[:, None] / n_passages
        npmi = np.log(joint / expected) / -np.log(joint)
    npmi = np.nan_to_num(npmi, nan=0.0, posinf=0.0, neginf=0.0)
    score = np.sqrt(given_topic) * np.clip(npmi, 0, None)
    score *= np.where([len(t) > 1 for t in terms.tokens], PHRASE_BONUS, 1.0)
    score *= np.where(terms.is_inside, INSIDE_MALUS, 1.0)
    plain = np.asarray([_is_adjective(t) for t in terms.term], dtype=bool) & ~terms.is_name
    score *= np.where(plain, ADJECTIVE_MALUS, 1.0)
    score *= 0.5 + _centrality(terms, model)
    score *= usable
    score[in_topic < min(2, int(size.min(initial=2)))] = 0.0
    labels: list[list[str]] = [[] for _ in range(k)]
    taken: set[str] = set()
    head_score = score.max(axis=1, initial=0.0)
    for part in range(N_PARTS):  # heads first, so that the best name goes to whom it fits best
        for topic in sorted(range(k), key=lambda t: (-head_score[t], t)):
            least = MIN_PART * head_score[topic] if part else 0.0
            chosen = _next_part(terms, score[topic], least, labels[topic], taken)
            if chosen and (part == 0 or len(" · ".join([*labels[topic], chosen])) <= LABEL_LENGTH):
                labels[topic].append(chosen)
                taken.add(chosen.lower())
    return [parts or [f"Theme {topic + 1}"] for topic, parts in enumerate(labels)]


def _centrality(terms: TermTable, model: TopicModel) -> NDArray[np.float64]:
    """(k, n_terms) weight of each term in each topic, 1 for the topic's heaviest; a phrase that is
    no feature has the mean of its words."""
    k = model.components.shape[0]
    weight = np.zeros((len(terms), k))
    if not model.components.size:
        return weight.T
    weight[model.features] = (model.components / model.components.max(axis=1, keepdims=True)).T
    shown = {fold(terms.term[f]): int(f) for f in model.features}
    words = [i for i, tokens in enumerate(terms.tokens) if len(tokens) == 1]
    weight[words] = weight[[shown.get(fold(terms.term[i]), i) for i in words]]
    lengths = np.asarray([len(tokens) for tokens in terms.tokens])
    parts = np.asarray([t for tokens in terms.tokens for t in tokens], dtype=np.int64)
    sums = np.add.reduceat(weight[parts], np.concatenate([[0], np.cumsum(lengths)[:-1]]))
    best: NDArray[np.float64] = np.maximum(weight, sums / lengths[:, None])
    return best.T


def _usable(terms: TermTable, n_passages: int) -> NDArray[np.bool_]:
    """Terms that can name a theme: content words that are not everywhere; no bare verbs."""
    usable: NDArray[np.bool_] = ~terms.is_stop & (terms.doc_freq >= min(2, n_passages))
    single = np.asarray([len(t) == 1 for t in terms.tokens], dtype=bool)
    usable &= ~(single & (terms.doc_freq > 0.45 * n_passages))
    useless = [_says_nothing(*t) for t in zip(terms.term, terms.is_name, strict=True)]
    usable &= ~np.asarray(useless, dtype=bool)
    return usable


def _is_adjective(term: str) -> bool:
    return term.endswith(ADJECTIVE_ENDINGS) and term not in NOUNS_LIKE_ADJECTIVES


def _says_nothing(term: str, is_name: bool) -> bool:
    words = set(term.split())
    if words <= NEWS_WORDS | DATE_WORDS | DEMONYMS or words & TITLE_WORDS:
        return True
    plain = term in EDGE_WORDS or term.endswith(("ly", "ed", "ing"))
    return len(words) == 1 and plain and not is_name


def _next_part(
    terms: TermTable,
    score: NDArray[np.float64],
    least: float,
    chosen: list[str],
    taken: set[str],
) -> str | None:
    """The best form left that is no one else's and mostly new here; for a word, the phrase that
    holds it where one scores nearly as well."""
    used = {word for part in chosen for word in _words(part)}
    best = [int(i) for i in np.lexsort((np.arange(len(score)), -score))[:60] if score[i] > least]
    free = [
        i
        for i in best
        if terms.surface[i].lower() not in taken
        and len(_words(terms.surface[i]) & used) * 2 < len(_words(terms.surface[i]))
    ]
    if not free:
        return None
    first = free[0]
    if len(terms.tokens[first]) == 1:
        longer = [
            i
            for i in free[1:]
            if terms.tokens[first][0] in terms.tokens[i] and score[i] >= PHRASE_SHARE * score[first]
        ]
        first = longer[0] if longer else first
    return terms.surface[first]


def _words(surface: str) -> set[str]:
    return {fold(word.lower()) for word in re.split(r"[ -]", surface)}


def slug(text: str) -> str:
    """A short ASCII token for links: "Belt and Road" → ``belt-and-road``; other scripts give
    ``""`` (the caller then numbers by content)."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40].strip("-")
