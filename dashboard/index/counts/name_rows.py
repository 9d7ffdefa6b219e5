"""The uses of names of an index as columns, from their layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from dashboard.index.index import Index
from dashboard.index.storage.container import Strings

_NUMBERS = ("passage", "start", "end")


@dataclass(frozen=True)
class NameRows:
    """Arrays over the uses of names, in the order of articles and text: ``article`` (position),
    ``passage`` (number in it), ``start``, ``end``; ``name``, ``written`` and ``title`` (numbers
    into ``names``, ``writings`` and ``titles``). ``kinds``: of each of ``names`` (position in
    ``text.names.shared.KINDS``). ``read`` (n_articles,): whether the rules know the language of the
    article. Uses that turned out to name nobody are left out."""

    article: NDArray[np.int64]
    passage: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    name: NDArray[np.int64]
    written: NDArray[np.int64]
    title: NDArray[np.int64]
    names: Sequence[str]
    kinds: NDArray[np.uint8]
    writings: Sequence[str]
    titles: Sequence[str]
    read: NDArray[np.bool_]


_KEPT: WeakKeyDictionary[Index, NameRows] = WeakKeyDictionary()


def name_rows(index: Index) -> NameRows:
    """All uses of names of an index, with what was said of names by hand; read once. Raises
    ``MissingLayer`` for an index without them."""
    layer = index.layer("names")
    if index in _KEPT:
        return _KEPT[index]
    columns: dict[str, list[NDArray[np.int64]]] = {name: [] for name in (*_NUMBERS, "article")}
    texts: dict[str, dict[str, int]] = {"written": {}, "title": {}}
    for own, segment in zip(layer.segments, index.segments, strict=True):
        for name in _NUMBERS:
            columns[name].append(own[name].astype(np.int64))
        columns["article"].append(own["article"].astype(np.int64) + segment.first_article)
        for name, numbers in texts.items():
            table = [numbers.setdefault(text, len(numbers)) for text in Strings.of(own, f"{name}s")]
            numbered = np.asarray([*table, 0], dtype=np.int64)
            columns.setdefault(name, []).append(numbered[own[name]])
    # An index from which all articles were deleted has no segment.
    empty = [np.zeros(0, np.int64)]
    made = {name: np.concatenate(columns.get(name) or empty) for name in (*columns, *texts)}
    own_names = list(Strings.of(layer.joint, "names"))
    names, number = _renamed(own_names, index.manifest.get("aliases", {}))
    made["name"] = number[layer.joint["name"]]
    kept = np.asarray([name != "" for name in names], dtype=bool)[made["name"]]
    kinds = np.zeros(len(names), dtype=np.uint8)
    kinds[number[::-1]] = layer.joint["kind"][::-1]  # of several the first
    kept_name = number == np.arange(len(number))
    kinds[number[kept_name]] = layer.joint["kind"][kept_name]
    read = np.concatenate([np.zeros(0, bool), *(own["read"] for own in layer.segments)])
    _KEPT[index] = found = NameRows(
        **{name: array[kept] for name, array in made.items()},
        names=names,
        kinds=kinds,
        writings=list(texts["written"]),
        titles=list(texts["title"]),
        read=read,
    )
    return found


def _renamed(
    names: Sequence[str], aliases: Mapping[str, str]
) -> tuple[list[str], NDArray[np.int64]]:
    """The names with those that were given by hand, and the number there of each of ``names``."""
    every = {name: i for i, name in enumerate(names)}
    number = np.arange(len(names), dtype=np.int64)
    for alias, name in aliases.items():
        if alias in every:
            number[every[alias]] = every.setdefault(name, len(every))
    return list(every), number
