"""Topics: themes found over passages by NMF of TF-IDF, with a reliability for each.

Non-negative matrix factorisation (Lee & Seung 1999) on sublinear, L2-normed TF-IDF with the
deterministic NNDSVD start (Boutsidis & Gallopoulos 2008). Reliability follows the stability idea
of Greene, O'Callaghan & Cunningham (2014): refit on subsamples, see what comes back.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer

from dashboard.index.terms import TermTable

MIN_PASSAGES = 4  # a smaller theme is an anecdote
MIN_STABILITY = 0.45
N_SUBSAMPLES = 20
SUBSAMPLE = 0.8
N_TOP = 10
FIT_LIMIT = 12_000  # passages a fit reads; the rest are assigned to its topics
OTHER = -1


@dataclass(frozen=True)
class TopicModel:
    """assigned: (n_passages,) topic position or ``OTHER``; weights: (n_passages, k) non-negative;
    components: (k, n_features) term weights; features: (n_features,) rows of the term table;
    reliability: (k,) 0 to 1."""

    assigned: NDArray[np.int64]
    weights: NDArray[np.float64]
    components: NDArray[np.float64]
    features: NDArray[np.int64]
    reliability: NDArray[np.float64]


def fit_topics(
    terms: TermTable, article_of: NDArray[np.int64], random_state: int = 0
) -> TopicModel:
    """Topics over the passages of ``terms``; ``article_of`` gives each passage's article.

    As many as the passages carry: every topic has four passages or more, from two articles or more
    where there are two, and the fit comes back on subsamples. Too little text gives no topics
    (k = 0), every passage ``OTHER``.
    """
    n_passages = len(terms.indptr) - 1
    counts, features = select_features(terms)
    matrix = (
        TfidfTransformer(sublinear_tf=True, norm="l2").fit_transform(counts).tocsr()
        if min(counts.shape)
        else counts
    )
    filled = np.flatnonzero(np.diff(matrix.indptr))
    rng = np.random.default_rng(random_state)
    if len(filled) > FIT_LIMIT:
        filled = np.sort(rng.choice(filled, FIT_LIMIT, replace=False))
    fit_on = matrix[filled]
    n_articles = len(np.unique(article_of[filled]))
    best: tuple[float, NMF, NDArray[np.float64]] | None = None
    for k in _candidates(len(filled), min(fit_on.shape)):
        model = _nmf(k, random_state, fit_on)
        assigned = _assign(model.transform(fit_on), model.components_)
        if not _is_sound(assigned, article_of[filled], k, n_articles):
            continue
        reliability = _stability(fit_on, model.components_, assigned, rng)
        overall = float(reliability.mean())
        if best is None or overall > best[0]:
            best = (overall, model, reliability)
        if overall >= MIN_STABILITY:
            break
    if best is None:
        nothing = np.zeros((n_passages, 0))
        return TopicModel(
            np.full(n_passages, OTHER), nothing, np.zeros((0, len(features))), features, np.zeros(0)
        )
    _, model, reliability = best
    weights = model.transform(matrix) * np.linalg.norm(model.components_, axis=1)
    assigned = np.where(weights.max(axis=1) > 1e-9, weights.argmax(axis=1), OTHER)
    return TopicModel(assigned, weights, model.components_, features, reliability)


def select_features(terms: TermTable) -> tuple[sp.csr_matrix, NDArray[np.int64]]:
    """Counts (n_passages, n_features) of what describes themes, and each feature's term.

    Features are words that are no stop words, singular and plural as one under their commoner
    form, and names of several words (a name then weighs more than its parts, as it should); not
    in too few passages to repeat, nor in so many that they tell nothing.
    """
    n_passages = len(terms.indptr) - 1
    counts = sp.csr_matrix(
        (terms.data.astype(np.float64), terms.indices, terms.indptr),
        shape=(n_passages, len(terms)),
    )
    useful = np.flatnonzero(
        [
            not stop and (len(tokens) == 1 or name)
            for stop, tokens, name in zip(terms.is_stop, terms.tokens, terms.is_name, strict=True)
        ]
    )
    forms = [fold(terms.term[i]) if len(terms.tokens[i]) == 1 else terms.term[i] for i in useful]
    group = {form: g for g, form in enumerate(dict.fromkeys(forms))}
    of = np.asarray([group[form] for form in forms], dtype=np.int64)
    folded = counts[:, useful] @ sp.csr_matrix(
        (np.ones(len(of)), (np.arange(len(of)), of)), shape=(len(of), len(group))
    )
    shown = np.zeros(len(group), dtype=np.int64)
    best = np.full(len(group), -1)
    for term, g in zip(useful, of, strict=True):
        if terms.count[term] > best[g]:
            shown[g], best[g] = term, terms.count[term]
    doc_freq = folded.getnnz(axis=0)
    min_df = 2 if n_passages < 2_000 else 5 if n_passages < 50_000 else 10
    kept = np.flatnonzero((doc_freq >= min_df) & (doc_freq <= max(min_df, 0.45 * n_passages)))
    return folded[:, kept].tocsr(), shown[kept]


def fold(word: str) -> str:
    """Plural and singular as one form: the S-stemmer (Harman 1991)."""
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    if word.endswith("s") and len(word) > 3 and not word.endswith(("us", "ss")):
        return word[:-1]
    return word


def _candidates(n_passages: int, limit: int) -> list[int]:
    """Numbers of topics to try, best first: fine, but no more than the passages carry."""
    most = min(int(np.sqrt(n_passages)), int(np.clip(1.5 * np.log2(n_passages or 1), 6, 24)))
    most = min(most, limit, n_passages // MIN_PASSAGES)
    if most < 1:
        return []
    step = max(1, most // 6)  # a large corpus isn't asked for every number
    return [*range(most, 1, -step), 1]


def _nmf(k: int, random_state: int, matrix: sp.csr_matrix) -> NMF:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # 200 rounds are enough to name themes
        return NMF(k, init="nndsvd", random_state=random_state, max_iter=200).fit(matrix)


def _assign(weights: NDArray[np.float64], components: NDArray[np.float64]) -> NDArray[np.int64]:
    """Strongest topic per row, by its share in the row's reconstruction; ``OTHER`` without any."""
    scaled = weights * np.linalg.norm(components, axis=1)
    return np.where(scaled.max(axis=1) > 1e-9, scaled.argmax(axis=1), OTHER)


def _is_sound(
    assigned: NDArray[np.int64], article_of: NDArray[np.int64], k: int, n_articles: int
) -> bool:
    for topic in range(k):
        members = assigned == topic
        if members.sum() < MIN_PASSAGES:
            return False
        if n_articles > 1 and len(np.unique(article_of[members])) < 2:
            return False
    return True


def _stability(
    matrix: sp.csr_matrix,
    components: NDArray[np.float64],
    assigned: NDArray[np.int64],
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """(k,) how well each topic returns when a fifth of the passages is left out: the mean over
    refits of the Jaccard overlap with its best match, of passages or of top ten terms, whichever
    is lower (1: always returns whole)."""
    n, k = len(assigned), len(components)
    runs = N_SUBSAMPLES if n < 200 else 8 if n < 2_000 else 5
    terms_then = _top_terms(components)
    same_passages, same_terms = np.zeros(k), np.zeros(k)
    for _ in range(runs):
        kept = np.sort(rng.choice(n, max(round(SUBSAMPLE * n), min(n, k)), replace=False))
        refit = _nmf(min(k, len(kept)), 0, matrix[kept])
        again = _assign(refit.transform(matrix[kept]), refit.components_)
        passages_then = [set(np.flatnonzero(assigned[kept] == t)) for t in range(k)]
        passages_now = [set(np.flatnonzero(again == t)) for t in range(refit.n_components_)]
        terms_now = _top_terms(refit.components_)
        same_passages += [
            max(_jaccard(then, now) for now in passages_now) for then in passages_then
        ]
        same_terms += [max(_jaccard(then, now) for now in terms_now) for then in terms_then]
    return np.minimum(same_passages, same_terms) / runs


def _top_terms(components: NDArray[np.float64]) -> list[set[int]]:
    return [set(np.argsort(-row, kind="stable")[:N_TOP].tolist()) for row in components]


def _jaccard(a: set[Any], b: set[Any]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0
