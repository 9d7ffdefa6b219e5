"""What users say of stories, names and articles; of stories as arrays that a layer reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.index.layers.layer import Arrays
from dashboard.index.storage.articles import id_number

#: ``articles``: article id → story id; ``names``: story id → name; ``aliases``: a name as the rules
#: have it → the name to use, "" for what is no name; ``families``: name
#: of a source → its family, "" for the one that was found; ``notes``: id of a note → the rest.
ByHand = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Note:
    """What somebody said of an article, ``passage`` 0, or of one of its passages, from 1, from
    character ``start`` to ``end`` in it. ``at``: when, in UTC."""

    note_id: str
    article_id: str
    passage: int
    start: int | None
    end: int | None
    label: str
    note: str
    by: str
    at: str


def notes_in(manifest: Mapping[str, Any]) -> list[Note]:
    """The notes kept with an index, the first made first."""
    found = [Note(**{**said, "note_id": i}) for i, said in manifest.get("notes", {}).items()]
    return sorted(found, key=lambda note: (note.at, note.note_id))


def said_arrays(articles: Mapping[str, str]) -> Arrays:
    """``said_article`` (numbers of the ids) and ``said_story``."""
    return {
        "said_article": np.asarray([id_number(i) for i in articles], dtype=np.int64),
        "said_story": np.asarray(
            [story.encode("ascii", "replace") for story in articles.values()], dtype="S16"
        ),
    }
