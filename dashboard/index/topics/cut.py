"""The topics at one number of them: a cut of the merge tree, beside the index that all share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dashboard.index.topics.nodes import Topic, TopicNodes, list_topics


@dataclass(frozen=True, eq=False)
class TopicCut:
    """``nodes`` of the tree as ``topics``, the largest first and Other last.

    ``of_leaf``: (n_leaves + 1,) position in ``topics`` of each leaf, then of no leaf, which is leaf
    -1. ``slice_leaf``: (n_slices,) the index's. Two cuts are equal when they are the same object.
    """

    nodes: TopicNodes
    topics: tuple[Topic, ...]
    of_leaf: NDArray[np.int64]
    slice_leaf: NDArray[np.integer]

    @classmethod
    def of(
        cls,
        nodes: TopicNodes,
        leaf_passages: NDArray[np.int64],
        slice_leaf: NDArray[np.integer],
        size: int | None = None,
    ) -> TopicCut:
        """The tree cut into ``size`` topics, Other apart; ``None`` for the default number.
        ``leaf_passages``: see ``list_topics``. Raises ``ValueError`` for a size that the tree can't
        be cut into."""
        topics, of_leaf = list_topics(nodes, leaf_passages, size)
        return cls(nodes, tuple(topics), of_leaf, slice_leaf)

    @cached_property
    def slice_topic(self) -> NDArray[np.int16]:
        """(n_slices,) position in ``topics``."""
        # Short numbers: there may be millions, for each cut in use.
        topic: NDArray[np.int16] = self.of_leaf.astype(np.int16)[self.slice_leaf]
        return topic

    @property
    def size(self) -> int:
        """How many topics there are, Other apart."""
        return sum(topic.node >= 0 for topic in self.topics)

    @cached_property
    def topic_ids(self) -> NDArray[np.object_]:
        """(n_topics,) id of each topic."""
        return np.asarray([topic.topic_id for topic in self.topics], dtype=object)

    @cached_property
    def labels(self) -> NDArray[np.object_]:
        """Labels of the topics: (n_topics,)."""
        return np.asarray([t.label for t in self.topics], dtype=object)

    def topic(self, topic_id: str) -> Topic:
        """The topic of that id. Raises ``KeyError``."""
        return {t.topic_id: t for t in self.topics}[topic_id]

    def holding(self, node_id: str) -> list[str]:
        """The ids of the topics that hold text of a node of the tree; none for an id that isn't
        there."""
        if node_id not in self.nodes.node_ids:
            return []
        leaves = self.nodes.held[self.nodes.node_ids.index(node_id)]
        touched = set(self.of_leaf[:-1][leaves].tolist())
        return [t.topic_id for i, t in enumerate(self.topics) if i in touched]
