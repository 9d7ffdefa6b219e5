"""A fitted topic model on the disk, with the names of its nodes."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.index.storage.container import (
    Container,
    Strings,
    pack_strings,
    with_prefix,
    write_container,
)
from dashboard.index.storage.folder import write_json
from dashboard.index.topics.given import GivenTopics
from dashboard.index.topics.model import ARRAYS, TopicModel

_STRINGS = ("features", "surfaces", "forms")


@dataclass(frozen=True)
class NamedModel:
    """A model, and up to three names of each node of its tree, with the nodes' ids for links.
    ``placed``: (n_placed,) numbers of the ids (see ``id_number``) of the articles that have
    ``model.positions``. ``given``: the user's own topics, None where they were fitted."""

    model: TopicModel
    labels: list[list[str]]
    node_ids: list[str]
    placed: NDArray[np.int64]
    given: GivenTopics | None = None


def write_model(folder: Path, named: NamedModel) -> None:
    """Write ``topics.bin`` and ``topics.json``."""
    # Where the fit's own texts went is not needed again.
    model = replace(named.model, assigned=np.zeros(0, np.int64))
    arrays = {name: getattr(model, name) for name in (*ARRAYS, "form_feature")}
    arrays["placed"] = named.placed
    if named.given is not None:
        arrays |= {"given": named.given.numbers, "given_leaf": named.given.leaf}
    for name in _STRINGS:
        arrays |= with_prefix(name, pack_strings(getattr(model, name)))
    write_container(folder / "topics.bin", arrays)
    facts = {
        "labels": named.labels,
        "node_ids": named.node_ids,
        "kind": list(model.kind),
        "overall": model.overall,
        "null": model.null,
        "n_default": model.n_default,
        "settings": dict(model.settings),
        "given": named.given and dict(named.given.facts),
    }
    write_json(folder / "topics.json", facts)


def read_model(folder: Path) -> NamedModel:
    """What :func:`write_model` wrote."""
    arrays = Container(folder / "topics.bin")
    facts: dict[str, Any] = json.loads((folder / "topics.json").read_text(encoding="utf-8"))
    labels, node_ids = facts.pop("labels"), facts.pop("node_ids")
    parts: dict[str, Any] = {n: list(Strings.of(arrays, n)) for n in _STRINGS}
    parts |= {n: arrays[n] for n in (*ARRAYS, "form_feature")}
    given = None
    if (said := facts.pop("given", None)) is not None:
        given = GivenTopics(arrays["given"], arrays["given_leaf"], said)
    return NamedModel(TopicModel(**parts, **facts), labels, node_ids, arrays["placed"], given)
