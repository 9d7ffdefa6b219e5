"""The voices of an index as columns, from their layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.index import Index
from dashboard.index.storage.container import Strings
from dashboard.text.quotations.sentences.lexicon import lexicon
from dashboard.text.quotations.speakers.roles import ROLES, carrier_of
from dashboard.text.quotations.voices import KINDS

_LEAST_SHARE = 0.1
_TEXTS = ("written", "verb", "channel", "addressee", "rule")


@dataclass(frozen=True)
class VoiceRows:
    """``rows``, one for each voice in the order of articles and text: ``article`` (position),
    ``passage`` (number in it), ``start``, ``end``, ``kind``, ``speaker`` ("": nobody), ``written``,
    ``verb``, ``channel``, ``addressee``, ``role``, ``rule``, ``confidence``, ``chain``, ``phrase``
    ("" none), ``carrier`` (the agency or outlet that ``channel`` names, "" none) and ``carries``,
    its role. ``read`` (n_articles,): whether the rules know the language of the article."""

    rows: pd.DataFrame
    read: NDArray[np.bool_]


_NUMBERS = ("passage", "start", "end", "kind", "role", "confidence")
_KEPT: WeakKeyDictionary[Index, VoiceRows] = WeakKeyDictionary()


def voice_rows(index: Index) -> VoiceRows:
    """All voices of an index; read once. Raises ``MissingLayer`` for an index without them."""
    layer = index.layer("voices")
    if index in _KEPT:
        return _KEPT[index]
    columns: dict[str, list[NDArray[Any]]] = {name: [] for name in (*_NUMBERS, "article")}
    texts: dict[str, list[NDArray[np.object_]]] = {name: [] for name in _TEXTS}
    for own, segment in zip(layer.segments, index.segments, strict=True):
        for name in _NUMBERS:
            columns[name].append(np.asarray(own[name]))
        columns["article"].append(own["article"].astype(np.int64) + segment.first_article)
        for name in _TEXTS:
            table = np.asarray([*Strings.of(own, f"{name}s"), ""], dtype=object)
            texts[name].append(table[own[name]])
    # An index from which all articles were deleted has no segment.
    made: dict[str, Any] = {
        name: np.concatenate(parts or [np.zeros(0, np.int64)]) for name, parts in columns.items()
    }
    made |= {name: np.concatenate(parts or [np.zeros(0, object)]) for name, parts in texts.items()}
    joint = layer.joint
    for name in ("speaker", "phrase"):
        table = np.asarray([*Strings.of(joint, f"{name}s"), ""], dtype=object)
        made[name] = table[joint[name]]
    made["chain"] = np.asarray(joint["chain"])
    made["kind"] = np.asarray(KINDS, dtype=object)[made["kind"]]
    made["role"] = np.asarray(ROLES, dtype=object)[made["role"]]
    made["role"] = _one_role(made["speaker"], made["role"])
    carriers = {name: carrier_of(name, lexicon("en")) for name in set(made["channel"].tolist())}
    for i, name in enumerate(("carrier", "carries")):
        made[name] = np.asarray([carriers[c][i] for c in made["channel"]], dtype=object)
    read = np.concatenate([np.zeros(0, bool), *(own["read"] for own in layer.segments)])
    _KEPT[index] = found = VoiceRows(pd.DataFrame(made), read)
    return found


def _one_role(speakers: NDArray[Any], roles: NDArray[Any]) -> NDArray[Any]:
    """Of each voice the role that its speaker has in all articles: the most frequent one that tells
    something, if a tenth of the uses have it; a senator is often just named."""
    uses = pd.DataFrame({"speaker": speakers, "role": roles}).value_counts().reset_index(name="n")
    uses["share"] = uses["n"] / uses.groupby("speaker")["n"].transform("sum")
    uses["plain"] = uses["role"].isin(("person", "unknown", "unnamed"))
    uses.loc[(uses["share"] < _LEAST_SHARE) & ~uses["plain"], "plain"] = True
    order = ["plain", "n", "role"]
    best = uses.sort_values(order, ascending=[True, False, True], kind="stable")
    one = best.drop_duplicates("speaker").set_index("speaker")["role"]
    # “Critics” at the beginning of a sentence looked like a name.
    common = one.index.str[:1].str.islower() & (one == "person")
    one[common] = "unnamed"
    found: NDArray[Any] = pd.Series(speakers).map(one).to_numpy(dtype=object)
    return found
