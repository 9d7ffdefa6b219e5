"""Topics of little text: NMF of passages, as many topics as the passages carry.

Non-negative matrix factorisation (Lee & Seung 1999) on sublinear, L2-normed TF-IDF with the
deterministic NNDSVD start (Boutsidis & Gallopoulos 2008). Reliability follows the stability idea
of Greene, O'Callaghan & Cunningham (2014): refit on subsamples, see what comes back.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning

MIN_PASSAGES = 4  # a smaller theme is an anecdote
MIN_STABILITY = 0.45
SUBSAMPLE = 0.8
N_TOP = 10
ROUNDS = 60

Array = NDArray[np.float64]


def fit_nmf(
    matrix: sp.csr_matrix, article_of: NDArray[np.int64], most: int, runs: int, random_state: int
) -> tuple[Array, Array, float]:
    """Components (k, n_features), reliability (k,) and that of shuffled text.

    The largest k up to ``most`` at which every topic has four passages or more, from two articles
    or more where there are two, and the fit comes back on ``runs`` subsamples; the steadiest
    otherwise. Too little text gives k = 0.
    """
    n, n_articles = matrix.shape[0], len(np.unique(article_of))
    rng = np.random.default_rng(random_state)
    best: tuple[float, Array, Array] | None = None
    for k in _candidates(min(most, min(matrix.shape), n // MIN_PASSAGES)):
        components = _nmf(k, matrix)
        assigned = strongest(project(matrix, components), components)
        if not _is_sound(assigned, article_of, k, n_articles):
            continue
        reliability = _stability(matrix, components, assigned, runs, rng)
        overall = float(reliability.mean())
        if best is None or overall > best[0]:
            best = overall, components, reliability
        if overall >= MIN_STABILITY:
            break
    if best is None:
        return np.zeros((0, matrix.shape[1])), np.zeros(0), 0.0
    _, components, reliability = best
    shuffled = shuffle_words(matrix, rng)
    null = _nmf(len(components), shuffled)
    assigned = strongest(project(shuffled, null), null)
    return components, reliability, float(_stability(shuffled, null, assigned, runs, rng).mean())


def project(matrix: sp.csr_matrix, components: NDArray[np.floating], rounds: int = ROUNDS) -> Array:
    """(n, k) non-negative least-squares weights of ``components`` in each row of ``matrix``, by
    coordinate descent (HALS, Cichocki & Phan 2009). A row's weights depend on that row alone."""
    target = np.asarray(matrix @ components.T, dtype=np.float64)
    gram = (components @ components.T).astype(np.float64)
    weights = np.zeros_like(target)
    for _ in range(rounds):
        for t in range(len(gram)):
            if gram[t, t] > 0:
                step = (target[:, t] - weights @ gram[t]) / gram[t, t]
                weights[:, t] = np.maximum(weights[:, t] + step, 0.0)
    return weights


def strongest(weights: Array, components: NDArray[np.floating]) -> NDArray[np.int64]:
    """(n,) topic with the largest share in each row's reconstruction; -1 without any."""
    if not len(components):
        return np.full(len(weights), -1)
    scaled = weights * np.linalg.norm(components, axis=1)
    return np.where(scaled.max(axis=1) > 1e-9, scaled.argmax(axis=1), -1)


def shuffle_words(matrix: sp.csr_matrix, rng: np.random.Generator) -> sp.csr_matrix:
    """The same words, as often, dealt to units at random: text in which there is nothing to
    find."""
    cells = matrix.tocoo()
    rows = sp.csr_matrix(
        (cells.data, (rng.integers(0, matrix.shape[0], matrix.nnz), cells.col)), shape=matrix.shape
    )
    norm = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows.data /= np.repeat(np.where(norm > 0, norm, 1), np.diff(rows.indptr))
    return rows


def _candidates(most: int) -> list[int]:
    """Numbers of topics to try, best first: fine, but no more than the passages carry."""
    if most < 1:
        return []
    step = max(1, most // 6)  # a large corpus isn't asked for every number
    return [*range(most, 1, -step), 1]


def _nmf(k: int, matrix: sp.csr_matrix) -> Array:
    # Where the fit is exact, scikit-learn takes the root of a rounding error below nought.
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        warnings.simplefilter("ignore", ConvergenceWarning)  # 200 rounds are enough to name themes
        model = NMF(k, init="nndsvd", random_state=0, max_iter=200)
        return np.asarray(model.fit(matrix.astype(np.float64)).components_, dtype=np.float64)


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
    components: Array,
    assigned: NDArray[np.int64],
    runs: int,
    rng: np.random.Generator,
) -> Array:
    """(k,) how well each topic returns when a fifth of the passages is left out: the mean over
    refits of the Jaccard overlap with its best match, of passages or of top ten terms, whichever
    is lower (1: always returns whole)."""
    n, k = len(assigned), len(components)
    terms_then = _top_terms(components)
    same_passages, same_terms = np.zeros(k), np.zeros(k)
    for _ in range(runs):
        kept = np.sort(rng.choice(n, max(round(SUBSAMPLE * n), min(n, k)), replace=False))
        refit = _nmf(min(k, len(kept)), matrix[kept])
        again = strongest(project(matrix[kept], refit), refit)
        passages_then = [set(np.flatnonzero(assigned[kept] == t)) for t in range(k)]
        passages_now = [set(np.flatnonzero(again == t)) for t in range(len(refit))]
        terms_now = _top_terms(refit)
        same_passages += [max(_jaccard(a, b) for b in passages_now) for a in passages_then]
        same_terms += [max(_jaccard(then, now) for now in terms_now) for then in terms_then]
    return np.minimum(same_passages, same_terms) / runs


def _top_terms(components: Array) -> list[set[int]]:
    return [set(np.argsort(-row, kind="stable")[:N_TOP].tolist()) for row in components]


def _jaccard(a: set[Any], b: set[Any]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0
