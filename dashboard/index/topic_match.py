"""Old topics in a new fit: which is which, and what appeared, split, merged or vanished."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from dashboard.index.topic_model import TopicModel, default_nodes, node_components

SAME = 0.5  # cosine of components from which two are taken for one topic; docs/topics.md


@dataclass(frozen=True)
class TopicMatching:
    """Nodes of the old and the new tree. same: old → new; similarity: old → cosine with it;
    split: old → two or more new; merged: new → two or more old; appeared: new; vanished: old."""

    same: dict[int, int]
    similarity: dict[int, float]
    split: dict[int, list[int]]
    merged: dict[int, list[int]]
    appeared: list[int]
    vanished: list[int]


def match_topics(
    old: TopicModel, new: TopicModel, k_old: int | None = None, k_new: int | None = None
) -> TopicMatching:
    """Match the topics of two models at a cut of each (default: their own).

    Pairs are chosen so that their cosines sum to the most (Kuhn 1955), over the words that either
    knows; below ``SAME`` a pair is none. What is left over but like a topic that is taken came by a
    split or went in a merger.
    """
    before, after = default_nodes(old, k_old), default_nodes(new, k_new)
    cosine = _cosines(old, new, before, after)
    rows, columns = linear_sum_assignment(-cosine)
    pairs = [(i, j) for i, j in zip(rows, columns, strict=True) if cosine[i, j] >= SAME]
    same = {int(before[i]): int(after[j]) for i, j in pairs}
    split: dict[int, list[int]] = {}
    merged: dict[int, list[int]] = {}
    appeared, vanished = [], []
    for j in sorted(set(range(len(after))) - {j for _, j in pairs}):
        i = int(cosine[:, j].argmax()) if len(before) else -1
        if i >= 0 and cosine[i, j] >= SAME and int(before[i]) in same:
            split.setdefault(int(before[i]), [same[int(before[i])]]).append(int(after[j]))
        else:
            appeared.append(int(after[j]))
    taken = {new_node: old_node for old_node, new_node in same.items()}
    for i in sorted(set(range(len(before))) - {i for i, _ in pairs}):
        j = int(cosine[i].argmax()) if len(after) else -1
        if j >= 0 and cosine[i, j] >= SAME and int(after[j]) in taken:
            merged.setdefault(int(after[j]), [taken[int(after[j])]]).append(int(before[i]))
        else:
            vanished.append(int(before[i]))
    return TopicMatching(
        same=same,
        similarity={int(before[i]): float(cosine[i, j]) for i, j in pairs},
        split={node: sorted(parts) for node, parts in split.items()},
        merged={node: sorted(parts) for node, parts in merged.items()},
        appeared=appeared,
        vanished=vanished,
    )


def _cosines(
    old: TopicModel, new: TopicModel, before: NDArray[np.int64], after: NDArray[np.int64]
) -> NDArray[np.float64]:
    """(n_before, n_after) cosine of components over the words known to either, each less the mean
    of its corpus: what all texts share would make all topics alike."""
    position = {f: i for i, f in enumerate(new.features)}
    known = dict(zip(new.forms, new.form_feature.tolist(), strict=True))
    column = np.asarray([position.get(f, known.get(f, -1)) for f in old.features], dtype=np.int64)
    sides = []
    for model, nodes in ((old, before), (new, after)):
        rows = node_components(model.components, model.sizes, model.parents)[nodes]
        if model.n_leaves > 1:
            rows -= np.average(model.components, axis=0, weights=np.maximum(model.sizes, 1))
        norm = np.linalg.norm(rows, axis=1, keepdims=True)
        sides.append(rows / np.maximum(norm, 1e-12))
    shared = np.zeros((len(before), len(new.features)), dtype=np.float32)
    found = np.flatnonzero(column >= 0)
    np.add.at(shared.T, column[found], sides[0][:, found].T)
    return np.asarray(shared @ sides[1].T, dtype=np.float64)
