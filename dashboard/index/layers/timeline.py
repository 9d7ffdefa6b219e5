"""Timeline: the dates in the sentences of each article, and which sentences are statements."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from dashboard.index.layers.layer import Arrays, Layer, SegmentView
from dashboard.text.dates.around import BASES
from dashboard.text.dates.find import DateExpression, Reader
from dashboard.text.dates.spans import GRANULARITIES
from dashboard.text.dates.statements import content_words, is_statement
from dashboard.text.dates.tense import TENSES

#: Array → its type, of one number a date.
_COLUMNS: dict[str, Any] = {
    "article": np.int32, "sentence": np.int32, "first_day": "datetime64[D]",
    "last_day": "datetime64[D]", "granularity": np.uint8, "tense": np.uint8, "basis": np.uint8,
    "start": np.int32, "end": np.int32, "is_statement": np.bool_,
}  # fmt: skip


class Timeline(Layer):
    """Arrays of a segment, (n_dates,) in the order of the text: ``article``, its position in the
    segment; ``sentence``, its number in the layer of sentences; ``first_day`` and ``last_day``,
    both included; ``granularity``, ``tense`` and ``basis``, positions in ``GRANULARITIES``,
    ``TENSES`` and ``BASES``; ``start`` and ``end`` of the words, in characters of the passage;
    ``is_statement``. ``word_offsets`` (n_dates + 1,) and ``words``: ``content_words`` of the
    sentence without its dates, none where it is no statement.

    Dates lean on the article's day; an unknown language is read as English, as sentences are, and
    one without a grammar has no dates.
    """

    name: ClassVar[str] = "timeline"
    version: ClassVar[int] = 2
    needs: ClassVar[tuple[str, ...]] = ("sentences",)
    slow: ClassVar[bool] = True

    def extract(self, segment: SegmentView) -> Arrays:
        """One pass over the sentences of each article, in order."""
        sentences = segment.layers["sentences"]
        first, starts, ends = (sentences[name] for name in ("first", "start", "end"))
        bounds = segment.article_passages
        languages = segment.articles.column("language")
        days = segment.articles.days
        rows: list[tuple[Any, ...]] = []
        offsets: list[int] = [0]
        words: list[NDArray[np.uint32]] = []
        n_words = 0
        for row, passages in enumerate(segment.passages()):
            day = days[row]
            language = languages[row] if languages[row] not in ("", "unknown") else "en"
            reader = Reader(None if np.isnat(day) else day.item(), language)
            own = first[bounds[row] : bounds[row + 1] + 1].tolist()
            for text, (a, b) in zip(passages, pairwise(own), strict=True):
                spans = list(zip(starts[a:b].tolist(), ends[a:b].tolist(), strict=True))
                for number, found in enumerate(reader.read_passage(text, spans), a):
                    if not found:
                        continue
                    start, end = spans[number - a]
                    sentence = text[start:end]
                    said = is_statement(sentence, language)
                    rest = _without(sentence, found) if said else ""
                    content = np.asarray(content_words(rest), np.uint32)
                    for date in found:
                        rows.append(
                            (row, number, date.value.first, date.value.last,
                             GRANULARITIES.index(date.value.granularity), TENSES.index(date.tense),
                             BASES.index(date.basis), start + date.start, start + date.end, said)
                        )  # fmt: skip
                        words.append(content)
                        n_words += len(content)
                        offsets.append(n_words)
        columns = zip(*rows, strict=True) if rows else ([] for _ in _COLUMNS)
        arrays = {
            name: np.asarray(list(column), dtype=dtype)
            for (name, dtype), column in zip(_COLUMNS.items(), columns, strict=True)
        }
        joined = np.concatenate([np.zeros(0, np.uint32), *words])
        return {**arrays, "word_offsets": np.asarray(offsets, np.int64), "words": joined}


def _without(sentence: str, found: Sequence[DateExpression]) -> str:
    bounds = [0, *(place for date in found for place in (date.start, date.end)), len(sentence)]
    return " ".join(sentence[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True))
