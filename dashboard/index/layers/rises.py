"""What rose, of all articles together: found once, when the index is built."""

from __future__ import annotations

from typing import ClassVar

from dashboard.index.layers.layer import Arrays, Layer, SegmentView


class Rises(Layer):
    """The table ``bursts`` of all articles, a joint array for each of its columns; of a column of
    text ``NAME.bytes`` and ``NAME.offsets``, as ``pack_strings`` gives them."""

    name: ClassVar[str] = "rises"
    version: ClassVar[int] = 1
    whole: ClassVar[bool] = True

    def extract(self, segment: SegmentView) -> Arrays:
        """None: no segment knows what rose."""
        return {}
