"""The bursts of all articles, as the build found and kept them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dashboard.index.index import Index
from dashboard.index.layers.layer import Arrays, MissingLayer
from dashboard.index.layers.rises import Rises
from dashboard.index.storage.container import Strings, pack_strings, with_prefix


def packed(table: pd.DataFrame) -> Arrays:
    """The columns of a table of texts and numbers, as the layer has them."""
    arrays: dict[str, Any] = {}
    for name, column in table.items():
        if pd.api.types.is_numeric_dtype(column):
            arrays[str(name)] = column.to_numpy()
        else:
            arrays |= with_prefix(str(name), pack_strings(column.tolist()))
    return arrays


def kept_columns(index: Index, names: list[str]) -> dict[str, Any] | None:
    """The same columns again; None where the index doesn't have them."""
    try:
        arrays = index.layer(Rises.name).joint
    except MissingLayer:
        return None
    return {
        name: np.asarray(arrays[name]) if name in arrays else list(Strings.of(arrays, name))
        for name in names
    }


def is_kept(index: Index) -> bool:
    """Whether the index has them."""
    return kept_columns(index, []) is not None
