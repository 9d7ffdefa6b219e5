"""Copies: which articles share text, how much of it, and who could have had it first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.index.index import Index
from dashboard.index.layers.copies import KINDS
from dashboard.measures.columns import DATE, MOST, SOURCE
from dashboard.measures.registry import table
from dashboard.scope import Scope

METHOD = """
**Containment** is the share of the shorter article's different runs of eight words that the other
article has too (Broder 1997), whatever else stands in either: copies of news are cut and get new
openings. From 80 % on, two articles are the **same article**, from 50 % on a **shared copy**. Less
is **shares passages**, where the runs still hold 15 % of the shorter one's words, and 25 words or
more. Text that many articles carry which have nothing else in common, a house template, does not
count as shared. A sample of the runs finds the pairs; all runs are then compared.

Who could have had the text **first** is said only where the dates differ.
"""


@table(
    "copies",
    row="a pair of articles in scope that share text, those that share most first",
    columns={
        "article_a": "id of the article of the two that is earlier in the order of `articles`",
        "article_b": "id of the other one",
        "containment": "share of the shorter one's different 8-word runs that the other has too "
        "(0 to 1)",
        "n_shared_words": "words of the shorter one that stand in these runs",
        "kind": "`same article` (containment from .8), `shared copy` (from .5) or "
        "`shares passages`",
        "first": "id of the article that could have had the text first: that of the earlier day; "
        "null: same day, or one is undated",
        "group": "number of the group of copies that the two belong to; null: to none, they only "
        "share passages",
        "title_a": "headline of `article_a`; null: none",
        "title_b": "headline of `article_b`; null: none",
        "source_a": f"{SOURCE}, of `article_a`",
        "source_b": f"{SOURCE}, of `article_b`",
        "date_a": f"{DATE}; of `article_a`",
        "date_b": f"{DATE}; of `article_b`",
        "source_id_a": "id of the source of `article_a`, for links and `--source`; null: unknown",
        "source_id_b": "id of the source of `article_b`; null: unknown",
    },
    options=[MOST],
    method=METHOD,
)
def copies(index: Index, scope: Scope, most: int | None = None) -> pd.DataFrame:
    """Pairs of articles in scope that share text, at most ``most`` of them. Raises ``MissingLayer``
    for an index without copies."""
    joint = index.layer("copies").joint
    mask = scope.article_mask(index)
    a, b = joint["pair_a"], joint["pair_b"]
    chosen = np.flatnonzero(mask[a] & mask[b])
    place = np.empty(index.n_articles, dtype=np.int64)
    place[index.by_date] = np.arange(index.n_articles)
    swap = place[b[chosen]] < place[a[chosen]]
    a, b = (np.where(swap, b[chosen], a[chosen]), np.where(swap, a[chosen], b[chosen]))
    containment, words = joint["pair_containment"][chosen], joint["pair_words"][chosen]
    order = np.lexsort((place[b], place[a], -words, -containment))[:most]
    a, b, chosen = a[order], b[order], chosen[order]
    columns = ["article_id", "title", "source", "date", "source_id"]
    one, other = index.article_rows(a, columns), index.article_rows(b, columns)
    groups = joint["copy_group"]
    is_tied = (groups[a] >= 0) & (groups[a] == groups[b])
    return copies.frame(
        {
            "article_a": one["article_id"],
            "article_b": other["article_id"],
            "containment": containment[order].astype(np.float64).round(4),
            "n_shared_words": words[order].astype(np.int64),
            "kind": np.asarray([*KINDS], dtype=object)[joint["pair_kind"][chosen]],
            "first": one["article_id"].where(index.days[a] < index.days[b], None),
            "group": pd.Series(groups[a] + 1, dtype="Int64").where(is_tied),
            "title_a": one["title"],
            "title_b": other["title"],
            "source_a": one["source"],
            "source_b": other["source"],
            "date_a": one["date"],
            "date_b": other["date"],
            "source_id_a": one["source_id"],
            "source_id_b": other["source_id"],
        }
    )


def sharing(index: Index, position: int) -> pd.DataFrame:
    """The articles of the whole corpus that share text with one, those that share most first:
    ``position``, ``containment``, ``n_shared_words`` and ``kind`` as in ``copies``. Raises
    ``MissingLayer``."""
    joint = index.layer("copies").joint
    a, b = joint["pair_a"], joint["pair_b"]
    chosen = np.flatnonzero((a == position) | (b == position))
    chosen = chosen[np.argsort(-joint["pair_containment"][chosen], kind="stable")]
    return pd.DataFrame(
        {
            "position": (a[chosen].astype(np.int64) + b[chosen] - position),
            "containment": joint["pair_containment"][chosen].astype(np.float64),
            "n_shared_words": joint["pair_words"][chosen].astype(np.int64),
            "kind": np.asarray([*KINDS], dtype=object)[joint["pair_kind"][chosen]],
        }
    )
