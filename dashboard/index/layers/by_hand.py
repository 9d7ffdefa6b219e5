"""What users say of stories and names; of stories as arrays that a layer reads."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dashboard.index.layers.layer import Arrays
from dashboard.index.storage.articles import id_number

#: ``articles``: article id → story id; ``names``: story id → name; ``aliases``: a name as the rules
#: have it → the name to use, "" for what is no name.
ByHand = Mapping[str, Mapping[str, str]]


def said_arrays(articles: Mapping[str, str]) -> Arrays:
    """``said_article`` (numbers of the ids) and ``said_story``."""
    return {
        "said_article": np.asarray([id_number(i) for i in articles], dtype=np.int64),
        "said_story": np.asarray(
            [story.encode("ascii", "replace") for story in articles.values()], dtype="S16"
        ),
    }
