"""How often each article uses each term, as SciPy keeps a sparse matrix."""

from __future__ import annotations

import io

import numpy as np

from dashboard.arrays import ranges
from dashboard.index.index import Index
from dashboard.scope import Scope


def matrix_bytes(index: Index, scope: Scope) -> bytes:
    """An ``.npz`` file that ``scipy.sparse.load_npz`` opens: (n_articles, n_terms) uses of each
    analysed term (words and phrases that are neither stop words nor rare) in what is in scope of
    each article, by date as in ``articles``. Two more arrays in it: ``vocabulary`` (n_terms,) and
    ``article_ids`` (n_articles,), both text. An empty scope has no rows."""
    chosen = index.by_date[scope.article_mask(index)[index.by_date]]
    row_of = np.full(index.n_articles, -1, dtype=np.int64)
    row_of[chosen] = np.arange(len(chosen))
    n_terms, in_scope = len(index.lexicon.analysed), scope.slice_mask(index)
    keys, uses = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for segment in index.segments:
        indptr = segment.arrays["row_indptr"]
        slices = np.arange(len(indptr) - 1)
        slices = slices[in_scope[segment.first_slice + slices]]
        rows = row_of[index.slice_article[segment.first_slice + slices]]
        at = ranges(indptr[slices], indptr[slices + 1])
        terms = segment.arrays["row_terms"][at].astype(np.int64)
        keys.append(np.repeat(rows, indptr[slices + 1] - indptr[slices]) * n_terms + terms)
        uses.append(segment.arrays["row_counts"][at].astype(np.int64))
    cells, which = np.unique(np.concatenate(keys), return_inverse=True)
    counts = np.bincount(which, np.concatenate(uses), len(cells)).astype(np.int64)
    rows = cells // max(n_terms, 1)
    surfaces = [index.lexicon.surfaces[i] for i in index.lexicon.analysed.tolist()]
    ids = index.article_rows(chosen, ["article_id"])["article_id"].tolist()
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        format=np.bytes_(b"csr"),
        shape=np.asarray([len(chosen), n_terms], dtype=np.int64),
        data=counts,
        indices=(cells % max(n_terms, 1)).astype(np.int32),
        indptr=np.searchsorted(rows, np.arange(len(chosen) + 1)).astype(np.int32),
        vocabulary=np.asarray(surfaces, dtype=np.str_),
        article_ids=np.asarray(ids, dtype=np.str_),
    )
    return buffer.getvalue()
