"""The layers there are, each after those it needs."""

from __future__ import annotations

from dashboard.index.layers.copies import Copies
from dashboard.index.layers.figures import Figures
from dashboard.index.layers.layer import Layer
from dashboard.index.layers.names import Names
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
    Names(),
)


def layer_named(name: str) -> Layer:
    """The layer of that name. Raises KeyError."""
    return {layer.name: layer for layer in LAYERS}[name]


def current_versions() -> dict[str, str]:
    """Of each layer its version and those of the layers it needs: what makes its files current."""
    found: dict[str, str] = {}
    for layer in LAYERS:
        found[layer.name] = ".".join([str(layer.version), *(found[n] for n in layer.needs)])
    return found
