"""One segment of an opened index."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.index.storage.articles import ArticleStore
from dashboard.index.storage.container import Container


@dataclass(frozen=True)
class Segment:
    """One segment's counts, ``arrays``, and where its articles and slices begin in the index.

    Arrays: tokens ``ids`` (lexicon numbers) with passage ``offsets``; ``passage_slice`` and
    ``passage_near`` (cosine to the centre of its leaf); ``article_passages`` (n_articles + 1,);
    ``title_ids``, ``title_offsets``; counts by slice of the analysed terms (CSR ``row_indptr``,
    ``row_terms``, ``row_counts``); for each of ``posting_terms`` the slices that have it
    (``posting_offsets``, ``posting_slices``, ``posting_counts``), ``doc_freq`` (articles) and
    ``count``.
    """

    arrays: Container
    articles: ArticleStore
    first_article: int
    first_slice: int

    def posted(
        self, terms: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Positions in ``posting_terms`` of those of ``terms`` that this segment has, and the first
        and last + 1 of the postings of each."""
        posted, offsets = self.arrays["posting_terms"], self.arrays["posting_offsets"]
        # Of the same type, or the larger array would be converted.
        at = np.searchsorted(posted, terms.astype(posted.dtype))
        found = np.flatnonzero(posted.take(at, mode="clip") == terms) if len(posted) else at[:0]
        return found, offsets[at[found]], offsets[at[found] + 1]
