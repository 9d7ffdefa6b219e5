"""Scores of topic words: NPMI as gensim's ``c_npmi`` has it, in array operations, and diversity."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

EPSILON = 1e-12


def npmi(
    topics: Sequence[Sequence[int]],
    ids: NDArray[np.int32],
    offsets: NDArray[np.int64],
    window: int = 10,
) -> NDArray[np.float64]:
    """(n_topics,) mean NPMI over the pairs of each topic's words (Bouma 2009; Röder et al. 2015).

    topics: word ids; ids, offsets: the texts, text ``i`` is ``ids[offsets[i]:offsets[i + 1]]``.
    Probabilities are shares of the boolean windows of ``window`` words, a shorter text being one
    window. As gensim slides its window, a word is gone when the first of its copies in the window
    leaves it; kept here, for published figures have it.
    """
    words = np.unique(np.concatenate([np.asarray(t) for t in topics]))
    position = np.full(max(int(ids.max(initial=0)), int(words.max())) + 1, -1)
    position[words] = np.arange(len(words))
    found = position[ids]
    lengths = np.diff(offsets)
    text = np.repeat(np.arange(len(lengths)), lengths)
    at = np.flatnonzero(found >= 0)
    windows = np.maximum(lengths - window + 1, 1)
    first = np.concatenate([[0], np.cumsum(windows)])
    place = at - offsets[text[at]]
    last = np.maximum(lengths[text[at]] - window, 0)
    low = np.clip(place - window + 1, 0, last)
    same = (text[at] * len(words) + found[at]) * np.int64(lengths.max(initial=0) + 1)
    copies = np.sort(same + place)
    gone = copies[np.searchsorted(copies, same + low)] - same  # the first copy from ``low`` on
    spans = np.minimum(gone, last) - low + 1
    low += first[text[at]]
    rows = np.repeat(low - np.cumsum(spans) + spans, spans) + np.arange(spans.sum())
    cells = sp.csr_matrix(
        (np.ones(len(rows), np.float32), (rows, np.repeat(found[at], spans))),
        shape=(int(first[-1]), len(words)),
    )
    cells.data[:] = 1.0  # a word counts once in a window
    joint = np.asarray((cells.T @ cells).todense(), dtype=np.float64) / first[-1]
    each = joint.diagonal()
    with np.errstate(divide="ignore", invalid="ignore"):
        pairs = np.log((joint + EPSILON) / (each[:, None] * each[None])) / -np.log(joint + EPSILON)
    scores = []
    for topic in topics:
        cell = position[np.asarray(topic)]
        scores.append(pairs[np.ix_(cell, cell)][np.tril_indices(len(cell), -1)].mean())
    return np.asarray(scores)


def diversity(topics: Sequence[Sequence[int]]) -> float:
    """Share of the words of all topics that are different words (Dieng et al. 2020)."""
    return len({w for t in topics for w in t}) / sum(map(len, topics))
