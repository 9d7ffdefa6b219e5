"""The user's own columns of an opened index: their values, and which articles have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.corpus.own_columns import FAMILY
from dashboard.index.families import families
from dashboard.index.index import Index
from dashboard.index.layers.layer import Arrays, MissingLayer
from dashboard.index.storage.container import Strings

NAME = "own_columns"
_BETWEEN = "~"
_CODES = {ord("!"): "!e", ord("~"): "!s", ord(":"): "!c"}


@dataclass(frozen=True, eq=False)
class OwnColumn:
    """One column: ``values``, those of most articles first; ``codes`` (n_articles,), the
    number of the value from 1, 0 where the article has none."""

    name: str
    values: tuple[str, ...]
    codes: NDArray[np.integer[Any]]

    @property
    def has_unknown(self) -> bool:
        """Whether some article has no value."""
        return bool((self.codes == 0).any())

    def mask(self, values: Sequence[str]) -> NDArray[np.bool_]:
        """(n_articles,) which articles have one of ``values``; "" stands for none."""
        wanted = np.asarray(["" in values, *(value in values for value in self.values)])
        found: NDArray[np.bool_] = wanted[self.codes]
        return found


def own_columns(index: Index) -> dict[str, OwnColumn]:
    """The columns that were kept, by name, and the families of sources, where some are known; no
    others for an index that was built without them. ``index``: by its sources."""
    return _own_columns(index)


def not_kept(index: Index) -> dict[str, str]:
    """The columns that were read but not kept, with why."""
    joint = _joint(index)
    if not joint:
        return {}
    return dict(zip(Strings.of(joint, "left_out"), Strings.of(joint, "why"), strict=True))


# So few that an index that was replaced is soon let go.
@lru_cache(maxsize=4)
def _own_columns(index: Index) -> dict[str, OwnColumn]:
    joint = _joint(index)
    found = {}
    if joint:
        values, first = Strings.of(joint, "values"), joint["first"].tolist()
        found = {
            name: OwnColumn(name, tuple(values[first[i] : first[i + 1]]), joint["codes"][i])
            for i, name in enumerate(Strings.of(joint, "names"))
        }
    if (family := family_column(index)) is not None:
        found = {name: c for name, c in found.items() if name.casefold() != FAMILY}
        found[family.name] = family
    return found


def family_column(index: Index) -> OwnColumn | None:
    """The families of sources as a column; None where each source is its own. ``index``: by its
    sources."""
    of = families(index)
    return OwnColumn(of.column, of.names, of.of_article + 1) if of.any_known else None


def _joint(index: Index) -> Arrays:
    """The joint arrays of the layer; none for an index built before there was one."""
    if NAME not in index.layer_versions:
        return {}
    try:
        return index.layer(NAME).joint
    except MissingLayer:  # another version
        return {}


def write_where(where: Sequence[tuple[str, str]]) -> str:
    """Values of columns as a link has them: "bias:left~bias:right", signs that part as codes."""
    parts = ((part.translate(_CODES) for part in pair) for pair in where)
    return _BETWEEN.join(":".join(pair) for pair in parts)


def read_where(text: str) -> list[tuple[str, str]]:
    """What :func:`write_where` wrote; what it can't have written is left out."""
    pairs = []
    for token in filter(None, text.split(_BETWEEN)):
        name, colon, value = token.partition(":")
        for sign, code in (("~", "!s"), (":", "!c"), ("!", "!e")):
            name, value = name.replace(code, sign), value.replace(code, sign)
        if colon and name:
            pairs.append((name, value))
    return list(dict.fromkeys(pairs))
