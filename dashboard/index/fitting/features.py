"""Features: what of a term table describes themes, and its TF-IDF.

TF-IDF is sublinear, ``(1 + ln count) * idf`` with ``idf = ln((1 + n) / (1 + unit_freq)) + 1``, rows
L2-normed: the formula of scikit-learn's ``TfidfTransformer``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from dashboard.index.terms.fit_terms import TermTable
from dashboard.index.topics.model import TopicModel

FEW_ARTICLES = 0.7  # of all


@dataclass(frozen=True)
class Features:
    """names: counted form of each feature, (n_features,); surfaces: how the text writes it;
    forms: (n_forms,) every counted form that counts towards a feature, sorted, and form_feature:
    (n_forms,) which."""

    names: list[str]
    surfaces: list[str]
    forms: list[str]
    form_feature: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.names)


def select_features(
    terms: TermTable,
    min_df: int,
    max_df: float,
    article_of: NDArray[np.int64] | None = None,
) -> tuple[sp.csr_matrix, Features]:
    """Counts (n_units, n_features) of what describes themes, and the features.

    Features are words that are not stop words, singular and plural as one under their commoner
    form. They stand in ``min_df`` units or more and in at most the share ``max_df`` of them.

    ``article_of``, where the units are passages: (n_units,) the article of each. Names of several
    words are features then (a name weighs more than its parts, which helps on a handful of articles
    and changes nothing on thousands), and so are words in more passages, where ``FEW_ARTICLES`` at
    most have them: what half of the articles are about is a theme, not the subject of all.
    """
    n_units = len(terms.indptr) - 1
    single = np.fromiter((len(t) == 1 for t in terms.tokens), bool, len(terms))
    useful = np.flatnonzero(~terms.is_stop & (single | (terms.is_name & (article_of is not None))))
    forms = [fold(terms.term[i]) if single[i] else terms.term[i] for i in useful]
    group: dict[str, int] = {}
    of = np.asarray([group.setdefault(form, len(group)) for form in forms], dtype=np.int64)
    folded = in_columns(count_matrix_of(terms)[:, useful], of, len(group))
    # The commonest form stands for all; ties go to the first.
    order = np.lexsort((np.arange(len(useful)), -terms.count[useful], of))
    first = np.unique(of[order], return_index=True)[1] if len(of) else order
    shown = useful[order][first]
    unit_freq = folded.getnnz(axis=0)
    often = unit_freq > max(min_df, max_df * n_units)
    if article_of is not None and often.any():
        articles, row_of = np.unique(article_of, return_inverse=True)
        member = sp.csr_matrix((np.ones(n_units), (row_of, np.arange(n_units))))
        n_with = (member @ folded[:, often]).getnnz(axis=0)
        often[often] = n_with > FEW_ARTICLES * len(articles)
    kept = np.flatnonzero((unit_freq >= min_df) & ~often)
    position = np.full(len(group), -1)
    position[kept] = np.arange(len(kept))
    known = sorted(
        (terms.term[term], int(position[g]))
        for term, g in zip(useful, of, strict=True)
        if position[g] >= 0
    )
    return folded[:, kept].tocsr(), Features(
        [terms.term[i] for i in shown[kept]],
        [terms.surface[i] for i in shown[kept]],
        [form for form, _ in known],
        np.asarray([feature for _, feature in known], dtype=np.int64),
    )


def feature_of_each(
    model: TopicModel, terms: Sequence[str], is_stop: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """(n_terms,) the feature that each term counts towards, -1 for none. A word that the model does
    not know but whose singular or plural it does counts as that."""
    known = dict(zip(model.forms, model.form_feature.tolist(), strict=True))
    stems = {fold(form): f for form, f in reversed(known.items()) if " " not in form}
    return np.fromiter(
        (
            known.get(term, -1 if stop or " " in term else stems.get(fold(term), -1))
            for term, stop in zip(terms, is_stop.tolist(), strict=True)
        ),
        np.int64,
        len(terms),
    )


def tfidf(counts: sp.csr_matrix, idf: NDArray[np.float32]) -> sp.csr_matrix:
    """float32 TF-IDF of ``counts``, rows of length one (empty rows stay empty)."""
    data = (1.0 + np.log(counts.data)).astype(np.float32) * idf[counts.indices]
    matrix = sp.csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape)
    norm = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    matrix.data /= np.repeat(np.where(norm > 0, norm, 1), np.diff(matrix.indptr))
    return matrix


def inverse_unit_freq(counts: sp.csr_matrix) -> NDArray[np.float32]:
    """(n_features,) smoothed idf."""
    idf = np.log((1 + counts.shape[0]) / (1 + counts.getnnz(axis=0))) + 1
    return idf.astype(np.float32)  # type: ignore[no-any-return]


def content_order(counts: sp.csr_matrix, features: Features) -> NDArray[np.int64]:
    """(n_units,) the units ordered by a hash of their words: the order of the input can't matter,
    and the first of them are a random sample that every machine draws alike."""
    digests = b"".join(blake2b(f.encode(), digest_size=8).digest() for f in features.names)
    keys = np.frombuffer(digests, dtype="<u8").astype(np.uint64)
    cells = keys[counts.indices] * (2 * counts.data.astype(np.uint64) + np.uint64(1))
    cells ^= cells >> np.uint64(29)
    cells *= np.uint64(0xBF58476D1CE4E5B9)
    total = np.concatenate([np.zeros(1, np.uint64), np.cumsum(cells, dtype=np.uint64)])
    row = total[counts.indptr[1:]] - total[counts.indptr[:-1]]
    return np.argsort(row, kind="stable")


def fold(word: str) -> str:
    """Plural and singular as one form: the S-stemmer (Harman 1991)."""
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    if word.endswith("s") and len(word) > 3 and not word.endswith(("us", "ss")):
        return word[:-1]
    return word


def count_matrix_of(terms: TermTable) -> sp.csr_matrix:
    shape = (len(terms.indptr) - 1, len(terms))
    return sp.csr_matrix((terms.data.astype(np.float32), terms.indices, terms.indptr), shape=shape)


def in_columns(counts: sp.csr_matrix, of: NDArray[np.int64], n: int) -> sp.csr_matrix:
    """Columns of ``counts`` added up by group ``of``; indices sorted."""
    groups = sp.csr_matrix((np.ones(len(of), np.float32), (np.arange(len(of)), of)), (len(of), n))
    folded = (counts @ groups).tocsr()
    folded.sort_indices()
    return folded
