"""The sentences of an article, from their layer."""

from __future__ import annotations

from itertools import pairwise

from dashboard.index.index import Index


def article_sentences(index: Index, position: int) -> list[list[tuple[int, int]]]:
    """Start and end, in characters, of the sentences of each passage of an article. Raises
    ``MissingLayer`` for an index without sentences."""
    at = index.segment_number(position)
    arrays, segment = index.layer("sentences").segments[at], index.segments[at]
    row = position - segment.first_article
    a, b = segment.arrays["article_passages"][row : row + 2].tolist()
    first = arrays["first"][a : b + 1].tolist()
    begin, end = first[0], first[-1]
    starts, ends = arrays["start"][begin:end].tolist(), arrays["end"][begin:end].tolist()
    spans = list(zip(starts, ends, strict=True))
    return [spans[i - begin : j - begin] for i, j in pairwise(first)]
