"""Where a sentence stands: what every row with a sentence has."""

from __future__ import annotations

from typing import Any, Final

from dashboard.index.index import Index
from dashboard.measures.brief.reading import Read, ReadSentences
from dashboard.measures.columns import ARTICLE_ID, DATE, PASSAGE_ID

#: The columns of a table whose rows are made by :func:`evidence`, after its ``sentence``.
EVIDENCE: Final = {
    "article_id": ARTICLE_ID,
    "passage_id": PASSAGE_ID,
    "source": "who writes it; null: unknown",
    "source_id": "id of that source; null: unknown",
    "date": DATE,
    "start": "where the sentence begins in its passage (characters from 0)",
    "end": "where it ends there, this character not included",
}


def evidence(index: Index, read: Read, sentences: ReadSentences, i: int) -> dict[str, Any]:
    """Sentence ``i`` with its article, source, date and place."""
    position = int(read.articles[sentences.article[i]])
    start, end = int(sentences.start[i]), int(sentences.end[i])
    return evidence_at(index, position, int(sentences.passage[i]), start, end)


def evidence_at(index: Index, position: int, passage: int, start: int, end: int) -> dict[str, Any]:
    """The text from ``start`` to ``end`` in a passage (from 0) of an article, with the same."""
    columns = ["article_id", "source", "source_id", "date"]
    article = next(index.article_rows([position], columns).itertuples(index=False))
    return {
        "sentence": index.passages(position)[passage][start:end],
        "article_id": article.article_id,
        "passage_id": f"{article.article_id}-{passage + 1:03d}",
        "source": article.source,
        "source_id": article.source_id,
        "date": article.date,
        "start": start,
        "end": end,
    }
