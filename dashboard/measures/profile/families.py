"""The table of families: which sources are of one owner or newsroom, and how that is known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.index.families import families as families_of
from dashboard.index.index import Index
from dashboard.measures.columns import KNOWN_SOURCE, KNOWN_SOURCE_ID
from dashboard.measures.registry import table
from dashboard.scope import Scope

METHOD = """
A **family** is the sources of one owner or newsroom. It is taken from what was entered by hand on
the Corpus page; failing that, from what most of a source's articles have in a **column** “family”;
failing that, from the **address**: the domain of more than half of a source's articles (of forty
looked at; without addresses, the domain in its name), if another source shares it. A source of
which none of this is known is its own family. A family counts as one in the effective number of
sources, in what is said of stories and of the whole, and in silences; everywhere else sources stay
apart. Compare families under “Compare by”.
"""


@table(
    "families",
    row="a known source with articles in scope, those of the largest family first",
    columns={
        "family": "name of the family; the source's own where none is known",
        "source": KNOWN_SOURCE,
        "basis": "how it is known: `by hand`, `column`, `address`, or `alone`",
        "n_articles": "articles of the source in scope",
        "n_sources": "known sources of the family in scope",
        **KNOWN_SOURCE_ID,
    },
    method=METHOD,
)
def families(index: Index, scope: Scope) -> pd.DataFrame:
    """The family of each known source in scope; none where there is no such source."""
    of = families_of(index)
    mask = scope.article_mask(index)
    counts = np.bincount(index.source_of[mask] + 1, minlength=len(index.sources) + 1)[1:]
    there = np.flatnonzero(counts)
    sizes = np.bincount(of.of_source[there], minlength=len(of.names))
    totals = np.bincount(of.of_source, counts, minlength=len(of.names))
    own = of.of_source[there]
    order = np.lexsort((there, -counts[there], own, -totals[own]))
    return families.frame(
        [
            (of.names[of.of_source[i]], index.sources[i].name, of.basis[i], int(counts[i]),
             int(sizes[of.of_source[i]]), index.sources[i].source_id)
            for i in there[order].tolist()
        ]
    )  # fmt: skip
