"""Old topics in a new fit: which is which, and what appeared, split, merged or vanished."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from dashboard.index.fitting.naming_terms import name_key
from dashboard.index.topics.model import (
    MIXED,
    RESIDUAL,
    THEME,
    TopicModel,
    default_nodes,
    node_directions,
)
from dashboard.index.topics.model_file import NamedModel
from dashboard.index.topics.nodes import label_of
from dashboard.index.topics.tree import leaf_masks

SAME = 0.5  # cosine of components from which two are taken for one topic; docs/topics.md
SAME_NODE = 0.8  # of other nodes, which are alike where one holds the other


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
    """Match the topics of two models at a cut of each (default: their own), Other apart.

    Pairs are chosen so that their cosines sum to the most (Kuhn 1955), over the words that either
    knows; pairs below ``SAME`` are dropped. An unpaired topic that resembles a paired one came from
    a split or went into a merger.
    """
    before, after = _topics_of(old, k_old), _topics_of(new, k_new)
    cosine = _cosines(old, new, before, after)
    pairs = _pairs(cosine, SAME)
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


def _topics_of(model: TopicModel, k: int | None) -> NDArray[np.int64]:
    """The nodes of a cut, except those shown as Other."""
    nodes = default_nodes(model, k)
    shown = [node for node in nodes.tolist() if model.kind[node] != RESIDUAL]
    return np.asarray(shown, dtype=np.int64)


def carry_over(old: NamedModel, new: NamedModel) -> tuple[NamedModel, list[dict[str, Any]]]:
    """``new`` with the ids and names that its topics had in ``old``, and what became of each topic
    at the default number: ``change`` (same, split, merged, appeared, vanished), ``old_id``,
    ``old_label``, ``new_id``, ``new_label``, ``similarity`` (cosine; None unless same).

    Other nodes of the tree keep their ids where they are as good as the same; only the topics' ids
    bring their names along, and nodes that can appear beside these give up words of their names.
    """
    found = match_topics(old.model, new.model)
    node_ids, labels = list(new.node_ids), list(new.labels)
    source = {after: before for before, after in found.same.items()}
    for after, before in source.items():
        labels[after] = old.labels[before]
    _give_way(labels, list(source), new.model)
    rest_old = np.setdiff1d(np.arange(len(old.node_ids)), list(found.same))
    rest_new = np.setdiff1d(np.arange(len(new.node_ids)), list(source))
    for i, j in _pairs(_cosines(old.model, new.model, rest_old, rest_new), SAME_NODE):
        source[int(rest_new[j])] = int(rest_old[i])
    taken = {old.node_ids[before] for before in source.values()}
    for node, own in enumerate(new.node_ids):
        if node in source:
            node_ids[node] = old.node_ids[source[node]]
        else:
            options = [own, *(f"{own[:36]}-{n}" for n in range(2, len(node_ids) + 3))]
            node_ids[node] = next(o for o in options if o not in taken)
            taken.add(node_ids[node])
    pairs = [
        *(("same", b, a, round(found.similarity[b], 4)) for b, a in found.same.items()),
        *(("split", b, a, None) for b, parts in found.split.items() for a in parts
          if a != found.same[b]),
        *(("merged", b, a, None) for a, parts in found.merged.items() for b in parts
          if b not in found.same),
        *(("appeared", None, a, None) for a in found.appeared),
        *(("vanished", b, None, None) for b in found.vanished),
    ]  # fmt: skip
    changes = [
        {
            "change": change,
            "old_id": None if b is None else old.node_ids[b],
            "old_label": None if b is None else label_of(old.labels[b]),
            "new_id": None if a is None else node_ids[a],
            "new_label": None if a is None else label_of(labels[a]),
            "similarity": similarity,
        }
        for change, b, a, similarity in pairs
    ]
    return replace(new, labels=labels, node_ids=node_ids), changes


def _give_way(labels: list[list[str]], named: list[int], model: TopicModel) -> None:
    """Take the names of nodes ``named`` out of those of other themes that share no leaf with
    them."""
    held = leaf_masks(model.parents)
    for node in sorted(set(range(len(labels))) - set(named)):
        if model.kind[node] not in (THEME, MIXED):
            continue
        beside = [labels[other] for other in named if not (held[node] & held[other]).any()]
        taken = {name_key(part) for parts in beside for part in parts}
        rest = [part for part in labels[node] if name_key(part) not in taken]
        labels[node] = rest or [f"Theme {node + 1}"]


def _pairs(cosine: NDArray[np.float64], least: float) -> list[tuple[int, int]]:
    """The pairs of rows and columns whose cosines sum to the most, of ``least`` or more each."""
    rows, columns = linear_sum_assignment(-cosine)
    return [(i, j) for i, j in zip(rows, columns, strict=True) if cosine[i, j] >= least]


def _cosines(
    old: TopicModel, new: TopicModel, before: NDArray[np.int64], after: NDArray[np.int64]
) -> NDArray[np.float64]:
    """(n_before, n_after) cosine of directions over the words known to either."""
    position = {f: i for i, f in enumerate(new.features)}
    known = dict(zip(new.forms, new.form_feature.tolist(), strict=True))
    column = np.asarray([position.get(f, known.get(f, -1)) for f in old.features], dtype=np.int64)
    sides = []
    for model, nodes in ((old, before), (new, after)):
        sides.append(node_directions(model, nodes))
    shared = np.zeros((len(before), len(new.features)), dtype=np.float32)
    found = np.flatnonzero(column >= 0)
    np.add.at(shared.T, column[found], sides[0][:, found].T)
    return np.asarray(shared @ sides[1].T, dtype=np.float64)
