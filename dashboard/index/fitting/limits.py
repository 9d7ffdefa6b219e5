"""Every limit of a topic fit, derived from the size of the corpus; measured in docs/topics.md."""

from __future__ import annotations

from typing import Any

import numpy as np

GRAPH_ARTICLES, GRAPH_UNITS = 100, 1_000  # fewer whole articles, or passages, are read by NMF


def derive_limits(n_units: int, n_articles: int) -> dict[str, Any]:
    """Every limit of a fit on ``n_units`` of text from ``n_articles``, by name."""
    graph = n_units >= (GRAPH_ARTICLES if n_units == n_articles else GRAPH_UNITS)
    fitted = n_units if n_units <= 50_000 else 30_000
    default = int(np.clip(round(1.5 * np.log2(max(n_units, 1))), 6, 24))
    shared = {
        "method": "graph" if graph else "nmf",
        "units": n_units,
        "articles": n_articles,
        "units_fitted": fitted,
        "n_topics": default,
        "min_df": 2 if n_units < 1_000 else 5 if n_units < 5_000 else 10,
        "max_df": 0.5 if graph else 0.45,
    }
    if not graph:
        runs = 20 if n_units < 200 else 8
        most = min(int(np.sqrt(n_units)), default)
        return {**shared, "n_topics": most, "n_subsamples": runs}
    return {
        **shared,
        "n_components": 100,
        "svd_units": 15_000,
        # With four the topics of news_6k are as good and return as well, those of shuffled text
        # return better: the axes of noise take longer to settle. It gets four, or it would be a
        # lower bar.
        "svd_rounds": 2,
        "svd_rounds_of_shuffled_text": 4,
        "n_neighbours": 15,
        "resolution": 3.0,
        "n_runs": 9,
        "min_leaf": max(5.0, 0.001 * fitted),
        "max_leaves": 100,
        "n_subsamples": 4 if fitted <= 1_000 else 3,
        "subsample_units": min(round(0.8 * fitted), 5_000),
        "null_units": min(fitted, 2_500),
    }
