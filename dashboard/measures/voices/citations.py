"""Citations: whom each source cites, per 1,000 words, and the articles that cite nobody."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.index.counts.voice_rows import voice_rows
from dashboard.index.index import Index
from dashboard.measures.columns import SOURCE, SOURCE_ID
from dashboard.measures.registry import table
from dashboard.measures.statistics.inference import poisson_interval
from dashboard.measures.voices.rows import METHOD, counted, voices_in_scope
from dashboard.scope import Scope

CITATIONS_METHOD = (
    METHOD
    + """
A **citation** is a direct, mixed or indirect quotation whose speaker is sure enough; where it came
through an agency or outlet (“according to Tass”), that one is cited as well. Rates are per 1,000
words of the articles that the rules can read, with exact 95 % Poisson intervals (Garwood 1936).
"""
)
#: The part of `citations` that speaks of articles, not of anybody.
NOBODY = "nobody"


@table(
    "citations",
    row="somebody whom a source cites, the sources by their articles, those cited most first; "
    "after them its articles that cite nobody",
    columns={
        "source": SOURCE,
        "cited": "who is cited; null: in the row of the articles that cite nobody",
        "kind": "what the cited one is, see `quotes`, column `role`; `nobody`: articles without a "
        "citation",
        "count": "citations in the articles of the source in scope; of `nobody`: articles",
        "per_1k": "citations per 1,000 words of these articles; of `nobody`: share of the articles "
        "(0 to 1)",
        "ci_low": "lower end of the exact 95 % interval of the rate; null for `nobody`",
        "ci_high": "upper end of it",
        "n_articles": "articles of the source in scope that the rules can read",
        "n_words": "their words",
        **SOURCE_ID,
    },
    method=CITATIONS_METHOD,
)
def citations(index: Index, scope: Scope) -> pd.DataFrame:
    """Whom each source cites in the articles in scope. Raises ``MissingLayer`` for an index without
    voices."""
    rows = voices_in_scope(index, scope)
    cited = _cited(rows[counted(rows)])
    mask = scope.article_mask(index) & voice_rows(index).read
    if not mask.any():
        return citations.frame()
    sources = index.source_of
    n_sources = len(index.source_names)
    words = np.bincount(sources[mask] % n_sources, index.article_words[mask], n_sources)
    articles = np.bincount(sources[mask] % n_sources, minlength=n_sources)
    silent = mask.copy()
    silent[cited["article"].to_numpy()] = False
    n_silent = np.bincount(sources[silent] % n_sources, minlength=n_sources)
    cited = cited.assign(source=sources[cited["article"].to_numpy()] % n_sources)
    found = cited.groupby(["source", "cited", "kind"]).size().reset_index(name="count")
    found = found.sort_values(
        ["source", "count", "cited"], ascending=[True, False, True], kind="stable"
    )
    nobody = pd.DataFrame(
        {"source": np.flatnonzero(n_silent), "cited": None, "kind": NOBODY,
         "count": n_silent[n_silent > 0]}
    )  # fmt: skip
    found = pd.concat([found.astype({"cited": object}), nobody.astype({"cited": object})])
    place = np.argsort(np.argsort(-articles, kind="stable"))
    found = found.iloc[np.argsort(place[found["source"].to_numpy(int)], kind="stable")]
    source, count = found["source"].to_numpy(int), found["count"].to_numpy(np.int64)
    is_nobody = (found["kind"] == NOBODY).to_numpy()
    total = np.maximum(words[source], 1) / 1000
    low, high = poisson_interval(count)
    return citations.frame(
        {
            "source": index.source_names[source],
            "cited": found["cited"].to_numpy(dtype=object),
            "kind": found["kind"].to_numpy(dtype=object),
            "count": count,
            "per_1k": np.where(is_nobody, count / np.maximum(articles[source], 1), count / total),
            "ci_low": np.where(is_nobody, np.nan, low / total),
            "ci_high": np.where(is_nobody, np.nan, high / total),
            "n_articles": articles[source],
            "n_words": words[source].astype(np.int64),
            "source_id": index.source_ids[source],
        }
    )


def _cited(rows: pd.DataFrame) -> pd.DataFrame:
    """Article, cited and kind of each citation: speakers, and who carried their words."""
    named = rows[rows["speaker"] != ""]
    speakers = pd.DataFrame(
        {"article": named["article"], "cited": named["speaker"], "kind": named["role"]}
    )
    carried = rows[(rows["carrier"] != "") & (rows["carrier"] != rows["speaker"])]
    carriers = pd.DataFrame(
        {"article": carried["article"], "cited": carried["carrier"], "kind": carried["carries"]}
    )
    return pd.concat([speakers, carriers], ignore_index=True)
