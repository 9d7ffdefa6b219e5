"""What a fit found, counted and cut for benchmarks and tests; a build does it by segment."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from dashboard.index.fitting.features import count_matrix_of, feature_of_each, in_columns
from dashboard.index.terms.fit_terms import TermTable
from dashboard.index.topics.model import TopicModel
from dashboard.index.topics.tree import cut


def count_features(terms: TermTable, model: TopicModel) -> sp.csr_matrix:
    """Counts (n_units, n_features) of the model's features over the units of any term table."""
    column = feature_of_each(model, terms.term, terms.is_stop)
    used = np.flatnonzero(column >= 0)
    return in_columns(count_matrix_of(terms)[:, used], column[used], len(model.idf))


def gather_articles(terms: TermTable, article_of: NDArray[np.int64], n_articles: int) -> TermTable:
    """The table counted over articles, one row each, instead of passages; ``unit_freq`` too."""
    n = len(article_of)
    gather = sp.csr_matrix(
        (np.ones(n, np.float32), (article_of, np.arange(n))), shape=(n_articles, n)
    )
    counts = (gather @ count_matrix_of(terms)).tocsr()
    counts.sort_indices()
    return replace(
        terms,
        unit_freq=counts.getnnz(axis=0).astype(np.int64),
        indptr=counts.indptr.astype(np.int64),
        indices=counts.indices.astype(np.int32),
        data=counts.data.astype(np.int32),
    )


def cut_tree(model: TopicModel, k: int) -> NDArray[np.int64]:
    """(n_leaves,) topic of each leaf when the tree is cut into ``k`` (1 to n_leaves); topic ``t``
    is node ``default_nodes(model, k)[t]``. ``ValueError`` for another ``k``."""
    return cut(model.parents, k) if model.n_leaves else np.zeros(0, dtype=np.int64)
