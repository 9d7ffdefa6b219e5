"""The merge tree of topics and the names of its nodes: topics at any number, without a refit.

numpy only: an open dashboard cuts the tree at every move of a slider.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.index.topics.model import MIXED, RESIDUAL, TEMPLATE, THEME
from dashboard.index.topics.tree import IntArray, leaf_masks, leaf_ranks, nodes_at

OTHER_ID, OTHER_LABEL, OTHER_KIND = "other", "Other", "other"


@dataclass(frozen=True)
class Topic:
    """A theme found over passages; ``topic_id`` is the link token, ``label`` the name shown.

    reliability: None where the topic was given, not found. n_passages: in the whole corpus. kind:
    ``theme``, ``mixed`` (several themes or none), ``template`` (a source's standing phrases) or
    ``other`` (what belongs to none). node: of the merge tree; parent: id of the node that it merges
    into. Other isn't a node.
    """

    topic_id: str
    label: str
    reliability: float | None
    n_passages: int
    kind: str
    parent: str | None = None
    node: int = -1


@dataclass(frozen=True)
class TopicNodes:
    """Each node's ``node_ids`` (for links), ``labels``, ``kind`` and ``reliability``; ``parents``
    and ``heights``: see ``tree``. n_default: nodes of the default cut."""

    node_ids: Sequence[str]
    labels: Sequence[str]
    kind: Sequence[str]
    reliability: NDArray[np.float64]
    parents: IntArray
    heights: NDArray[np.float64]
    n_default: int
    held: NDArray[np.bool_] = field(init=False)
    ranks: IntArray = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "held", leaf_masks(self.parents))
        object.__setattr__(self, "ranks", leaf_ranks(self.parents))

    @property
    def n_leaves(self) -> int:
        return int(self.held.shape[1])

    @property
    def sizes(self) -> range:
        """The numbers of topics, Other apart, that the tree can be cut into; empty without any."""
        finest = sum(self.kind[leaf] != RESIDUAL for leaf in range(self.n_leaves))
        # Themes are never merged with what is not a theme.
        coarsest = len(self._groups - {RESIDUAL})
        coarsest = min(max(coarsest, min(2, finest)), self.default_size)
        return range(coarsest, finest + 1) if finest else range(0)

    @property
    def default_size(self) -> int:
        """Topics of the default cut, Other apart."""
        return len(self.cut())

    def cut(self, size: int | None = None) -> IntArray:
        """The nodes that are the topics when the tree is cut into ``size`` of them (default:
        ``default_size``), Other apart. ``ValueError`` for a size that is not in ``sizes``."""
        if size is None:
            shown = nodes_at(self.parents, self.n_default) if self.n_leaves else self.parents
            return self._themes(shown)
        if not self.sizes:
            raise ValueError(f"there are no topics to cut into {size}")
        if size not in self.sizes:
            raise ValueError(
                f"the topics can be cut into {self.sizes.start} to {self.sizes.stop - 1}, "
                f"not into {size}"
            )
        # With every split there are as many or one more.
        for n_nodes in range(max(size, len(self._groups)), self.n_leaves + 1):
            themes = self._themes(nodes_at(self.parents, n_nodes))
            if len(themes) == size:
                return themes
        raise AssertionError(f"no cut into {size}")

    @property
    def _groups(self) -> set[str]:
        """The kinds that are kept apart in the tree."""
        return {THEME if kind == MIXED else kind for kind in self.kind[: self.n_leaves]}

    def _themes(self, nodes: IntArray) -> IntArray:
        return np.asarray([n for n in nodes.tolist() if self.kind[n] != RESIDUAL], dtype=np.int64)

    def sibling(self, node: int) -> int | None:
        """The node that ``node`` merges with in some coarser cut, None where there is none."""
        parent = self.parents[node]
        if parent < 0:
            return None
        coarsest = self.held[self.cut(self.sizes[0])]
        if not coarsest[:, self.held[parent]].all(axis=1).any():
            return None
        (other,) = (i for i in np.flatnonzero(self.parents == parent).tolist() if i != node)
        return int(other)

    def parent_id(self, node: int) -> str | None:
        """The id of the node that ``node`` merges into, None at the top."""
        return self.node_ids[self.parents[node]] if self.parents[node] >= 0 else None


def read_nodes(
    folder: Path, arrays: Mapping[str, NDArray[Any]], names: Mapping[str, str]
) -> TopicNodes:
    """The nodes of the model that ``write_model`` wrote; ``arrays``: its container; ``names``: of
    nodes by id, that a user gave them."""
    facts: dict[str, Any] = json.loads((folder / "topics.json").read_text(encoding="utf-8"))
    node_ids: list[str] = facts["node_ids"]
    return TopicNodes(
        node_ids=node_ids,
        labels=[
            names.get(node_id) or label_of(parts)
            for node_id, parts in zip(node_ids, facts["labels"], strict=True)
        ],
        kind=facts["kind"],
        reliability=arrays["reliability"],
        parents=arrays["parents"],
        heights=arrays["heights"],
        n_default=facts["n_default"],
    )


def label_of(parts: Sequence[str]) -> str:
    """The name of a node in one line."""
    label = " · ".join(parts)
    return label[:1].upper() + label[1:]


_AFTER = {MIXED: 1, TEMPLATE: 2}  # what is no theme comes after those


def list_topics(
    nodes: TopicNodes, leaf_passages: NDArray[np.int64], size: int | None = None
) -> tuple[list[Topic], IntArray]:
    """Topics of a cut (see ``TopicNodes.cut``), largest first, after these the mixed ones, then
    templates, and Other last if any passage is left; and the topic of each leaf, the last entry
    that of passages without one.

    leaf_passages: (n_leaves + 1,) passages of each leaf, then of none.
    """
    chosen = nodes.cut(size)
    passages = nodes.held[chosen] @ leaf_passages[:-1]

    def place(t: int) -> tuple[int, int, str]:
        node = int(chosen[t])
        return _AFTER.get(nodes.kind[node], 0), -int(passages[t]), nodes.labels[node]

    order = sorted(range(len(chosen)), key=place)
    topics = [
        Topic(
            nodes.node_ids[node],
            nodes.labels[node],
            None if np.isnan(nodes.reliability[node]) else round(float(nodes.reliability[node]), 4),
            int(passages[t]),
            nodes.kind[node],
            nodes.parent_id(node),
            node,
        )
        for t in order
        for node in [int(chosen[t])]
    ]
    of_leaf = np.full(nodes.n_leaves + 1, len(topics), dtype=np.int64)
    for position, topic in enumerate(topics):
        of_leaf[:-1][nodes.held[topic.node]] = position
    left = int(leaf_passages.sum() - passages.sum())
    if left:
        none = None if np.isnan(nodes.reliability).any() else 0.0
        topics.append(Topic(OTHER_ID, OTHER_LABEL, none, left, OTHER_KIND))
    return topics, of_leaf
