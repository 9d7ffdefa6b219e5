"""The table of how alike sources are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.index.counts.grouped import grouped
from dashboard.index.index import Index
from dashboard.measures.columns import BY, DRAWN, KNOWN_SOURCE, KNOWN_SOURCE_ID
from dashboard.measures.keyness.compared import Compared, compared
from dashboard.measures.registry import Option, one_of, table
from dashboard.measures.similarity.articles import by_terms, by_topics
from dashboard.measures.similarity.likeness import Resemblance, likeness
from dashboard.measures.similarity.shared import by_stories, by_text
from dashboard.scope import Scope

LEAST_MAPPED = 7  # sources
TERMS, TOPICS, TEXT, STORIES = "terms", "topics", "text", "stories"
METHOD = """
**Words** and **topics**: how much an article of the one source resembles one of the other, over how
much articles of each source resemble each other. 1 is as alike as two random halves of one source
are, however few its articles (chance may give a little more); a plain cosine would call every
small source different. Words weigh by how rare they are; stop words, names of outlets and house
style are left out. The 95 % interval leaves out a twentieth of a source's articles at a time. Where
it reaches 1, two sources are *not distinguishable*. On the diagonal: the plain cosine of two halves
of the source, which is the most that a plain cosine could show. Of a source with more than 400
articles, 400 at equal steps in time are read; with fewer than five nothing is said.

**Shared text**: of the words of the source that has fewer, the share that also stands in an article
of the other. **Stories**: of the stories of the source that tells fewer, the share that the other
tells too; stories are those that several sources of the corpus tell. Both with Wilson's
interval.

Sources are in the order that puts like beside like (average linkage, with the optimal order of its
leaves: Bar-Joseph, Gifford and Jaakkola 2001).
"""


def _of_vectors(make: Callable[[Compared], object]) -> Callable[[Compared], Resemblance]:
    return lambda of: likeness(make(of), len(of.sources))  # type: ignore[arg-type]


_MEASURES: dict[str, Callable[[Compared], Resemblance]] = {
    TERMS: _of_vectors(by_terms),
    TOPICS: _of_vectors(by_topics),
    TEXT: by_text,
    STORIES: by_stories,
}


ALIKE = Option(
    "alike", "--alike", "WHAT", "alike in what: `terms` (default), `topics`, `text` or `stories`",
    one_of(_MEASURES),
)  # fmt: skip


@table(
    "similarity",
    row="a pair of known sources, each source with itself and with those after it",
    columns={
        "source": KNOWN_SOURCE,
        "other": "name of the other source",
        "similarity": "how alike: 1 as two halves of one source (words, topics); of the smaller "
        "one, the share that both have (text, stories); null: too few articles",
        "ci_low": "lower end of its 95 % interval",
        "ci_high": "upper end of it",
        "distinguishable": "whether they differ beyond chance (words, topics): the interval ends "
        "below 1",
        "observed": "plain cosine of both; of a source with itself: of two halves of it",
        "ceiling": "what it would be if both had the same kind of articles",
        "n_articles": "articles of the source",
        "n_other": "articles of the other",
        **KNOWN_SOURCE_ID,
        "other_id": "id of the other source",
    },
    options=[ALIKE, DRAWN, BY],
    method=METHOD,
)
def similarity(
    index: Index,
    scope: Scope,
    alike: str = TERMS,
    drawn: Sequence[str] | None = None,
    by: str = "",
) -> pd.DataFrame:
    """How alike the known sources in scope are, up to 20 of them, in the order of a tree of
    likeness. With fewer than two: no rows. Raises ``MissingLayer`` for shared text or stories on an
    index without them."""
    index = grouped(index, by)
    of = compared(index, scope, drawn)
    if of is None or len(of.sources) < 2:
        return similarity.frame()
    found = _MEASURES[alike](of)
    # How articles are parted into segments changes the last digits of sums.
    alikeness, low, high, observed, ceiling = (
        np.round(each, 9)
        for each in (found.similarity, found.low, found.high, found.observed, found.ceiling)
    )
    order = leaf_order(alikeness)
    articles, _ = of.words_of_articles()
    n_of = np.bincount(index.source_of[articles], minlength=len(index.sources))[of.sources]
    first, second = (order[each] for each in np.triu_indices(len(order)))
    pairs = first, second
    names, ids = index.source_names[of.sources], index.source_ids[of.sources]
    judged = alike in (TERMS, TOPICS)
    return similarity.frame(
        {
            "source": names[first],
            "other": names[second],
            "similarity": alikeness[pairs],
            "ci_low": low[pairs],
            "ci_high": high[pairs],
            "distinguishable": (high[pairs] < 1) & judged,
            "observed": observed[pairs],
            "ceiling": ceiling[pairs],
            "n_articles": n_of[first],
            "n_other": n_of[second],
            "source_id": ids[first],
            "other_id": ids[second],
        }
    )


def leaf_order(similarity: NDArray[np.float64]) -> NDArray[np.int64]:
    """Positions (n,) so that like is beside like: average linkage of 1 - similarity (unknown: 0),
    leaves in the order that makes neighbours most alike (Bar-Joseph, Gifford & Jaakkola 2001)."""
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    n = len(similarity)
    if n < 3:
        return np.arange(n)
    apart = np.clip(1 - np.nan_to_num(similarity), 0, None)
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform((apart + apart.T) / 2), "average", optimal_ordering=True)
    found: NDArray[np.int64] = leaves_list(tree).astype(np.int64)
    return found


def places(table: pd.DataFrame) -> pd.DataFrame:
    """Columns source_id, source, x, y: a map on which sources are as far apart as they are unlike
    (classical scaling of sqrt(2 - 2 similarity), Torgerson 1952), and ``kept``, the share of the
    squared distances that it shows. Sources without a similarity are left out; fewer than seven
    are no map, and no rows. ``table``: of :func:`similarity`."""
    own = table[(table["source_id"] == table["other_id"]) & table["similarity"].notna()]
    if len(own) < LEAST_MAPPED:
        return pd.DataFrame(columns=["source_id", "source", "x", "y", "kept"])
    ids = own["source_id"].tolist()
    at = {each: i for i, each in enumerate(ids)}
    alike = np.eye(len(ids))
    for a, b, value in zip(table["source_id"], table["other_id"], table["similarity"], strict=True):
        if a in at and b in at:
            alike[at[a], at[b]] = alike[at[b], at[a]] = min(np.nan_to_num(value), 1.0)
    centred = alike - alike.mean(axis=0) - alike.mean(axis=1)[:, None] + alike.mean()
    values, vectors = np.linalg.eigh(centred)
    values, vectors = values[::-1][:2], vectors[:, ::-1][:, :2]
    # The same map on every machine: the largest part of an axis is to the right, or above.
    turned = vectors * np.sign(vectors[np.abs(vectors).argmax(axis=0), [0, 1]])
    x, y = (turned * np.sqrt(np.maximum(values, 0))).T
    shown = float(
        np.maximum(values, 0).sum() / max(np.abs(np.linalg.eigvalsh(centred)).sum(), 1e-12)
    )
    return pd.DataFrame(
        {"source_id": ids, "source": own["source"].tolist(), "x": x, "y": y, "kept": shown}
    )
