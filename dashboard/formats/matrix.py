"""How often each article uses each term, as SciPy keeps a sparse matrix."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.arrays import ranges
from dashboard.index.index import Index
from dashboard.measures import TABLES
from dashboard.scope import Scope

Arrays = dict[str, NDArray[Any]]


def matrix_bytes(index: Index, scope: Scope) -> bytes:
    """An ``.npz`` file that ``scipy.sparse.load_npz`` opens: (n_articles, n_terms) uses of each
    analysed term (words and phrases that are neither stop words nor rare) in what is in scope of
    each article, by date as in ``articles``. Two more arrays in it: ``vocabulary`` (n_terms,) and
    ``article_ids`` (n_articles,), both text. An empty scope has no rows."""
    return _packed(_counted(index, scope)[0])


def topic_data_bytes(index: Index, scope: Scope) -> bytes:
    """The ``.npz`` of ``matrix_bytes`` with what topicwizard's ``TopicData`` holds beside it:
    ``corpus`` (n_articles,) each article's text in scope, ``document_topic_matrix`` (n_articles,
    n_topics) the share of its words in scope that each topic of the cut has, zeros where none is of
    a topic, ``topic_term_matrix`` (n_topics, n_terms) uses of each term in what is of the topic,
    ``topic_names`` (n_topics,). An empty scope has no rows."""
    arrays, chosen, by_topic = _counted(index, scope)
    cut, shape = scope.cut(index), (len(chosen), len(scope.cut(index).topics))
    row_of = np.full(index.n_articles, -1, dtype=np.int64)
    row_of[chosen] = np.arange(len(chosen))
    slices = np.flatnonzero(scope.slice_mask(index) & (cut.slice_topic < shape[1]))
    cells = row_of[index.slice_article[slices]] * shape[1] + cut.slice_topic[slices]
    words = np.bincount(cells, index.slice_words[slices], shape[0] * shape[1]).reshape(shape)
    passages = TABLES["passages"](index, scope).groupby("article_id", sort=False)["text"]
    texts = {str(article): "\n".join(found) for article, found in passages}
    return _packed({
        **arrays,
        "corpus": np.asarray([texts.get(i, "") for i in arrays["article_ids"]], dtype=np.str_),
        "document_topic_matrix": words / np.maximum(words.sum(axis=1, keepdims=True), 1),
        "topic_term_matrix": by_topic[: shape[1]],
        "topic_names": cut.labels.astype(np.str_),
    })  # fmt: skip


def _packed(arrays: Arrays) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def _counted(index: Index, scope: Scope) -> tuple[Arrays, NDArray[np.int64], NDArray[np.int64]]:
    """The arrays of ``matrix_bytes``; the articles of its rows; and (n_topics + 1, n_terms) uses of
    each term in each topic, then in what is of none."""
    chosen = index.by_date[scope.article_mask(index)[index.by_date]]
    row_of = np.full(index.n_articles, -1, dtype=np.int64)
    row_of[chosen] = np.arange(len(chosen))
    n_terms, in_scope = len(index.lexicon.analysed), scope.slice_mask(index)
    keys, uses = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    cut = scope.cut(index)
    by_topic = np.zeros((len(cut.topics) + 1, n_terms), dtype=np.int64)
    for segment in index.segments:
        indptr = segment.arrays["row_indptr"]
        slices = np.arange(len(indptr) - 1)
        slices = slices[in_scope[segment.first_slice + slices]]
        rows = row_of[index.slice_article[segment.first_slice + slices]]
        at = ranges(indptr[slices], indptr[slices + 1])
        terms = segment.arrays["row_terms"][at].astype(np.int64)
        n_each = indptr[slices + 1] - indptr[slices]
        keys.append(np.repeat(rows, n_each) * n_terms + terms)
        uses.append(segment.arrays["row_counts"][at].astype(np.int64))
        topics = np.repeat(cut.slice_topic[segment.first_slice + slices], n_each)
        np.add.at(by_topic, (topics.astype(np.int64), terms), uses[-1])
    cells, which = np.unique(np.concatenate(keys), return_inverse=True)
    counts = np.bincount(which, np.concatenate(uses), len(cells)).astype(np.int64)
    rows = cells // max(n_terms, 1)
    surfaces = [index.lexicon.surfaces[i] for i in index.lexicon.analysed.tolist()]
    ids = index.article_rows(chosen, ["article_id"])["article_id"].tolist()
    arrays: Arrays = {
        "format": np.asarray(b"csr"),
        "shape": np.asarray([len(chosen), n_terms], dtype=np.int64),
        "data": counts,
        "indices": (cells % max(n_terms, 1)).astype(np.int32),
        "indptr": np.searchsorted(rows, np.arange(len(chosen) + 1)).astype(np.int32),
        "vocabulary": np.asarray(surfaces, dtype=np.str_),
        "article_ids": np.asarray(ids, dtype=np.str_),
    }
    return arrays, chosen, by_topic
