"""The layers there are, each after those it needs."""

from __future__ import annotations

from collections.abc import Collection

from dashboard.index.layers.copies import Copies
from dashboard.index.layers.figures import Figures
from dashboard.index.layers.house_style import HouseStyle
from dashboard.index.layers.layer import Layer
from dashboard.index.layers.names import Names
from dashboard.index.layers.own_columns import OwnColumns
from dashboard.index.layers.related import Related
from dashboard.index.layers.rises import Rises
from dashboard.index.layers.sentences import Sentences
from dashboard.index.layers.stories import Stories
from dashboard.index.layers.timeline import Timeline
from dashboard.index.layers.voices import Voices

LAYERS: tuple[Layer, ...] = (
    Sentences(),
    Copies(),
    Stories(),
    Timeline(),
    Voices(),
    Figures(),
    HouseStyle(),
    Names(),
    OwnColumns(),
    Rises(),
    Related(),
)


def layer_named(name: str) -> Layer:
    """The layer of that name. Raises KeyError."""
    return {layer.name: layer for layer in LAYERS}[name]


def slow_layers(without: Collection[str] = ()) -> list[str]:
    """The layers that can wait until the index can be opened, of those not ``without``."""
    slow = left_out([layer.name for layer in LAYERS if layer.slow])
    return [name for name in slow if name not in without]


def left_out(names: Collection[str]) -> list[str]:
    """The layers that are not made without those of ``names``: they and what needs them, in order.
    Raises KeyError for a name that is none."""
    out = {layer_named(name).name for name in names}
    for layer in LAYERS:
        if not out.isdisjoint(layer.needs):
            out.add(layer.name)
    return [layer.name for layer in LAYERS if layer.name in out]


def current_versions(without: Collection[str] = ()) -> dict[str, str]:
    """Of each layer its version and those of the layers it needs: what makes its files current;
    none of the layers ``without``, see ``left_out``."""
    found: dict[str, str] = {}
    for layer in LAYERS:
        if layer.name in without:
            continue
        found[layer.name] = ".".join([str(layer.version), *(found[n] for n in layer.needs)])
    return found


def built_versions(without: Collection[str] = ()) -> dict[str, str]:
    """The same without the layers that are made of the whole index."""
    whole = {layer.name for layer in LAYERS if layer.whole}
    return current_versions({*without, *whole})
