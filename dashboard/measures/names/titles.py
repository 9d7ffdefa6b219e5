"""What each source puts before a name at its first mention: “president”, “leader”, “strongman”."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.index.index import Index
from dashboard.measures.columns import KNOWN_SOURCE, KNOWN_SOURCE_ID
from dashboard.measures.keyness.leaning import MAX_Q
from dashboard.measures.names.rows import METHOD, NAMES, first_uses, numbers_of, uses_in_scope
from dashboard.measures.registry import table
from dashboard.measures.statistics.inference import benjamini_hochberg, fisher_exact
from dashboard.scope import Scope

TITLES_METHOD = (
    METHOD
    + """
**What is put before a name** are the words right before it that say what somebody is, at the first
mention in each article; nationalities are left out, so that “Chinese President” is *president*. A
title is *distinguishable* in a source when **more of its articles** that name the person have it
than chance would give, against the other known sources: Fisher's exact test on articles, at a false
discovery rate of 5 % over all rows of a name (Benjamini and Hochberg).
"""
)


@table(
    "titles_of_names",
    row="what a source puts before a name at first mention, the names in the order of `names`, the "
    "sources by their articles, the most frequent title first",
    columns={
        "name": "the name, as `names` has it",
        "source": KNOWN_SOURCE,
        "title": "what is put before it, small; null: nothing",
        "n_articles": "articles of the source in scope whose first mention has it",
        "n_named": "articles of the source in scope that name it",
        "n_articles_rest": "articles of the other known sources whose first mention has it",
        "n_named_rest": "articles of the other known sources that name it",
        "share": "n_articles of n_named (0 to 1)",
        "share_rest": "n_articles_rest of n_named_rest (0 to 1); null: no others name it",
        "q": "chance of so many articles if all sources did the same, adjusted (0 to 1)",
        "distinguishable": "whether it stands out beyond chance: q < .05",
        **KNOWN_SOURCE_ID,
    },
    options=[NAMES],
    method=TITLES_METHOD,
)
def titles_of_names(index: Index, scope: Scope, names: Sequence[str] | None = None) -> pd.DataFrame:
    """What stands before ``names``, without it the 20 most widely named, at first mention. Raises
    ``MissingLayer`` for an index without names."""
    rows, uses = uses_in_scope(index, scope)
    wanted = numbers_of(rows, uses, names)
    chosen = uses[np.isin(rows.name[uses], wanted)]
    chosen = chosen[first_uses(rows, chosen)]
    source = index.source_of[rows.article[chosen]]
    chosen, source = chosen[source >= 0], source[source >= 0]
    data = pd.DataFrame({"name": rows.name[chosen], "source": source, "title": rows.title[chosen]})
    if data.empty:
        return titles_of_names.frame()
    found = data.value_counts().reset_index(name="n_articles")
    found["n_source"] = found.groupby(["name", "source"])["n_articles"].transform("sum")
    found["n_name"] = found.groupby("name")["n_articles"].transform("sum")
    found["n_with"] = found.groupby(["name", "title"])["n_articles"].transform("sum")
    found["q"] = 1.0
    for _, own in found.groupby("name"):
        p = fisher_exact(own["n_articles"], own["n_source"], own["n_with"], own["n_name"])
        found.loc[own.index, "q"] = benjamini_hochberg(p, len(own))
    found["text"] = [rows.titles[i] for i in found["title"]]
    place = {number: i for i, number in enumerate(wanted.tolist())}
    found["place"] = found["name"].map(place)
    found = found.sort_values(
        ["place", "n_source", "source", "n_articles", "text"],
        ascending=[True, False, True, False, True],
        kind="stable",
    )
    n_rest = (found["n_name"] - found["n_source"]).to_numpy()
    n_rest_articles = (found["n_with"] - found["n_articles"]).to_numpy()
    position = found["source"].to_numpy(np.int64)
    return titles_of_names.frame(
        {
            "name": [rows.names[i] for i in found["name"]],
            "source": index.source_names[position],
            "title": [text or None for text in found["text"]],
            "n_articles": found["n_articles"].to_numpy(),
            "n_named": found["n_source"].to_numpy(),
            "n_articles_rest": n_rest_articles,
            "n_named_rest": n_rest,
            "share": (found["n_articles"] / found["n_source"]).to_numpy(),
            "share_rest": np.where(n_rest > 0, n_rest_articles / np.maximum(n_rest, 1), np.nan),
            "q": found["q"].to_numpy(),
            "distinguishable": (found["q"] < MAX_Q).to_numpy(),
            "source_id": index.source_ids[position],
        }
    )
