"""The lexicon's phrases in streams of numbered words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dashboard.index.terms.lexicon import Lexicon


def match_phrases(
    ids: NDArray[np.int32], offsets: NDArray[np.int64], lexicon: Lexicon
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the lexicon's phrases are: positions in ``ids`` and the phrases' numbers. What is
    between the words doesn't matter, as in a search for them."""
    paths: dict[tuple[int, int], int] = {}  # (node, word) → node; node 0 is the empty path
    ends: dict[int, int] = {}
    words = lexicon.phrase_words.tolist()
    bounds = lexicon.phrase_offsets.tolist()
    for number, first, last in zip(lexicon.phrases.tolist(), bounds, bounds[1:], strict=False):
        node = 0
        for word in words[first:last]:
            node = paths.setdefault((node, word), len(paths) + 1)
        ends[node] = number
    if not ends or len(ids) < 2:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    width = len(lexicon)
    keys = np.asarray(sorted(node * width + word for node, word in paths), dtype=np.int64)
    targets = np.asarray([paths[k // width, k % width] for k in keys.tolist()], dtype=np.int64)
    phrase_at = np.full(len(paths) + 1, -1, dtype=np.int64)
    phrase_at[list(ends)] = list(ends.values())
    step = np.zeros((width, 2), dtype=bool)  # may begin, may follow
    for (node, word), _ in paths.items():
        step[word, min(node, 1)] = True
    alive = np.flatnonzero(step[ids[:-1], 0] & step[ids[1:], 1])
    end_of_text = offsets[np.searchsorted(offsets, alive, side="right")]
    node_at = np.zeros(len(alive), dtype=np.int64)
    found_at, found = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    depth = 0
    while len(alive):
        wanted = node_at * width + ids[alive + depth]
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        there = keys[place] == wanted
        alive, node_at, end_of_text = alive[there], targets[place[there]], end_of_text[there]
        complete = phrase_at[node_at] >= 0
        found_at.append(alive[complete])
        found.append(phrase_at[node_at[complete]])
        depth += 1
        inside = alive + depth < end_of_text
        alive, node_at, end_of_text = alive[inside], node_at[inside], end_of_text[inside]
    at, number = np.concatenate(found_at), np.concatenate(found)
    order = np.lexsort((number, at))
    return at[order], number[order]
