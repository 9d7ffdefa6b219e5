"""Words used in the same company: found once, when the index is built."""

from __future__ import annotations

from typing import ClassVar

from dashboard.index.layers.layer import Arrays, Layer, SegmentView


class Related(Layer):
    """Joint arrays. ``compared``: (n_compared,) lexicon numbers of the terms that were compared,
    those in most articles first; ``n_articles``: (1,) articles that were read for it. An entry for
    each term and one related to it, the most similar first: ``term`` and ``related``, places in
    ``compared``; ``similarity``, and ``least``, the smaller one of two halves of the articles."""

    name: ClassVar[str] = "related"
    version: ClassVar[int] = 1
    whole: ClassVar[bool] = True

    def extract(self, segment: SegmentView) -> Arrays:
        """None: no segment knows the company of a word."""
        return {}
