"""Vectors of words from what stands around them, and which of them are near each other."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

SMOOTHING = 0.75  # of the contexts' frequencies
LEAST_TOGETHER, BEYOND = 2, 1.5  # places, and standard errors above what chance would give
DIMENSIONS, SPARE, STEPS = 100, 20, 5
CHANCE = 0.05  # of a word to have a neighbour where none belongs
LEAST_SIMILARITY = 0.3
_ROWS = 1_000


class Neighbours(NamedTuple):
    """Entry by entry, ``word`` ascending, the most similar first: a word, one ``near`` it, their
    ``similarity``, and ``least``, the smaller one of two halves."""

    word: Ints
    near: Ints
    similarity: NDArray[np.float64]
    least: NDArray[np.float64]


def associations(counts: Floats) -> Floats:
    """Positive pointwise mutual information (n_words, n_contexts), 0 or more, in nats, of how often
    words stand near contexts, with the contexts' frequencies to the power of .75, or rare ones
    would weigh most (Levy, Goldberg & Dagan 2015). Cells that chance gives as well are 0: those of
    one place, or of less than 1.5 standard errors more than expected."""
    of_word = counts.sum(axis=1, dtype=np.float64)
    of_context = counts.sum(axis=0, dtype=np.float64)
    total = max(of_word.sum(), 1.0)
    smooth = of_context**SMOOTHING
    smooth /= max(smooth.sum(), 1.0)
    found = np.zeros(counts.shape, dtype=np.float32)
    at = np.flatnonzero(counts >= LEAST_TOGETHER)
    word, context = at // counts.shape[1], at % counts.shape[1]
    seen = counts.ravel()[at].astype(np.float64)
    expected = of_word[word] * of_context[context] / total
    information = np.log(seen / (of_word[word] * smooth[context]))
    clear = (seen > expected + BEYOND * np.sqrt(expected)) & (information > 0)
    found.ravel()[at[clear]] = information[clear]
    return found


def word_vectors(associated: Floats) -> Floats:
    """(n_words, up to 100) of length 1, or 0 for a word without associations: the left singular
    vectors of the largest singular values, times the root of these (Levy, Goldberg & Dagan 2015),
    by subspace iteration (Halko, Martinsson & Tropp 2011)."""
    products = associated.T @ associated
    size = min(DIMENSIONS, len(products) // 2)
    shape = (len(products), min(size + SPARE, len(products)))
    basis = np.random.default_rng(15).standard_normal(shape).astype(np.float32)
    for _ in range(STEPS):
        basis = np.linalg.qr(products @ basis)[0]
    values, turned = np.linalg.eigh(basis.T @ (products @ basis))
    values, turned = values[len(values) - size :], turned[:, len(values) - size :]
    scaled = (basis @ turned) / np.maximum(values, 1e-6) ** 0.25
    vectors = associated @ scaled.astype(np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: Floats = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 1e-6)
    return found


def neighbours(halves: Floats) -> Neighbours:
    """The words near each other in both ``halves`` (2, n_words, n_contexts) of the articles.

    One is near a word when it is among its k most similar (cosine) in both halves, and at least .3
    similar in each and in both together. k is such that of words with random neighbours 5 % would
    have one: k² / n_words = .05. So of fewer than 20 words there is none."""
    n_words = halves.shape[1]
    most = math.isqrt(int(CHANCE * n_words))
    if not most or not halves.shape[2]:
        none = np.zeros(0, dtype=np.int64)
        return Neighbours(none, none, none.astype(float), none.astype(float))
    (first, of_first), (second, of_second) = (
        _nearest(word_vectors(associations(half)), most) for half in halves
    )
    key, at_first, at_second = np.intersect1d(first, second, True, return_indices=True)
    vectors = word_vectors(associations(halves.sum(axis=0)))
    word, near = key // n_words, key % n_words
    similarity = np.einsum("ij,ij->i", vectors[word], vectors[near]).astype(np.float64).round(3)
    least = np.minimum(of_first[at_first], of_second[at_second]).astype(np.float64).round(3)
    kept = similarity >= LEAST_SIMILARITY
    order = np.lexsort((near, -similarity, word))
    order = order[kept[order]]
    return Neighbours(word[order], near[order], similarity[order], least[order])


def _nearest(vectors: Floats, most: int) -> tuple[Ints, Floats]:
    """``word * n_words + other`` of the ``most`` others nearest to each word, and their cosines;
    none below ``LEAST_SIMILARITY``."""
    n_words = len(vectors)
    keys, cosines = [], []
    for first in range(0, n_words, _ROWS):
        similar = vectors[first : first + _ROWS] @ vectors.T
        place = np.arange(len(similar))
        similar[place, first + place] = -1.0
        at = np.flatnonzero(similar >= LEAST_SIMILARITY)
        cosine = similar.ravel()[at]
        word = at // n_words
        order = np.lexsort((-cosine, word))
        rank = np.arange(len(at)) - np.searchsorted(word, word)
        chosen = order[rank < most]
        keys.append(at[chosen] + first * n_words)
        cosines.append(cosine[chosen])
    return np.concatenate(keys), np.concatenate(cosines)
