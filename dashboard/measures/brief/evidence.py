"""Where a sentence stands: what every row with a sentence has."""

from __future__ import annotations

from typing import Any

from dashboard.index.index import Index
from dashboard.measures.brief.reading import Read, ReadSentences


def evidence(index: Index, read: Read, sentences: ReadSentences, i: int) -> dict[str, Any]:
    """Sentence ``i`` with its article, source, date and place."""
    position = int(read.articles[sentences.article[i]])
    columns = ["article_id", "source", "source_id", "date"]
    article = next(index.article_rows([position], columns).itertuples(index=False))
    return {
        "sentence": sentences.text[i],
        "article_id": article.article_id,
        "passage_id": f"{article.article_id}-{sentences.passage[i] + 1:03d}",
        "source": article.source,
        "source_id": article.source_id,
        "date": article.date,
        "start": int(sentences.start[i]),
        "end": int(sentences.end[i]),
    }
