"""A fitted topic model on the disk, and what assigns passages to its leaves."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.index.container import Container, Strings, pack_strings, with_prefix, write_container
from dashboard.index.features import fold
from dashboard.index.lexicon import STOP, Lexicon
from dashboard.index.topic_model import ARRAYS, TopicModel
from dashboard.index.workspace import write_json

_STRINGS = ("features", "surfaces", "forms")
_OF_UNITS = ("assigned", "mixes")  # of the fit's own texts: not needed again


@dataclass(frozen=True)
class NamedModel:
    """A model, and up to three names of each node of its tree, with the nodes' ids for links."""

    model: TopicModel
    labels: list[list[str]]
    node_ids: list[str]


def write_model(folder: Path, named: NamedModel) -> None:
    """Write ``topics.bin`` and ``topics.json``."""
    model = replace(
        named.model,
        assigned=np.zeros(0, np.int64),
        mixes=np.zeros((0, named.model.n_leaves), np.float32),
    )
    arrays = {name: getattr(model, name) for name in (*ARRAYS, "form_feature")}
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
    }
    write_json(folder / "topics.json", facts)


def read_model(folder: Path) -> NamedModel:
    """What :func:`write_model` wrote."""
    arrays = Container(folder / "topics.bin")
    facts: dict[str, Any] = json.loads((folder / "topics.json").read_text(encoding="utf-8"))
    labels, node_ids = facts.pop("labels"), facts.pop("node_ids")
    parts: dict[str, Any] = {n: list(Strings.of(arrays, n)) for n in _STRINGS}
    parts |= {n: arrays[n] for n in (*ARRAYS, "form_feature")}
    return NamedModel(TopicModel(**parts, **facts), labels, node_ids)


def feature_of_terms(model: TopicModel, lexicon: Lexicon) -> NDArray[np.int32]:
    """(n_terms,) the feature that each term of the lexicon counts towards, -1 for none. A word that
    the model does not know but whose singular or plural it does counts as that."""
    known = dict(zip(model.forms, model.form_feature.tolist(), strict=True))
    stems = {fold(form): f for form, f in reversed(known.items()) if " " not in form}
    flags = lexicon.flags.tolist()
    return np.fromiter(
        (
            known.get(term, -1 if flag & STOP or " " in term else stems.get(fold(term), -1))
            for term, flag in zip(lexicon.terms, flags, strict=True)
        ),
        np.int32,
        len(lexicon),
    )
