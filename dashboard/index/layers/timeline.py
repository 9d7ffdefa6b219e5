"""Timeline: the dates in the sentences of each article, and which sentences are statements."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, ClassVar

import numpy as np

from dashboard.index.layers.layer import Arrays, Layer, SegmentView
from dashboard.text.dates import allegations, background
from dashboard.text.dates.around import BASES
from dashboard.text.dates.comparisons import is_base
from dashboard.text.dates.find import DateExpression, Reader
from dashboard.text.dates.spans import GRANULARITIES
from dashboard.text.dates.statements import content_words, is_statement
from dashboard.text.dates.tense import TENSES
from dashboard.text.dates.words_before import cue_numbers

#: Array → its type, of one number a date.
_COLUMNS: dict[str, Any] = {
    "article": np.int32, "sentence": np.int32, "first_day": "datetime64[D]",
    "last_day": "datetime64[D]", "granularity": np.uint8, "tense": np.uint8, "basis": np.uint8,
    "start": np.int32, "end": np.int32, "is_statement": np.bool_,
    "is_alleged": np.bool_,
}  # fmt: skip
_EPOCH = dt.date(1970, 1, 1).toordinal()
_GRANULARITY, _TENSE, _BASIS = (
    {name: number for number, name in enumerate(names)} for names in (GRANULARITIES, TENSES, BASES)
)


class Timeline(Layer):
    """Arrays of a segment, (n_dates,) in the order of the text: ``article``, its position in the
    segment; ``sentence``, its number in the layer of sentences; ``first_day`` and ``last_day``,
    both included; ``granularity``, ``tense`` and ``basis``, positions in ``GRANULARITIES``,
    ``TENSES`` and ``BASES``; ``start`` and ``end`` of the words, in characters of the passage;
    ``is_statement``: of a whole sentence, and no date that something is compared with or of what
    lies behind what is told; ``is_alleged``: of a statement, that it only alleges what happened
    then. ``word_offsets`` (n_dates + 1,) and ``words``: ``content_words`` of the sentence without
    its dates, none where it is no statement.

    Dates lean on the article's day; an unknown language is read as English, as sentences are, and
    one without a grammar has no dates.
    """

    name: ClassVar[str] = "timeline"
    version: ClassVar[int] = 4
    needs: ClassVar[tuple[str, ...]] = ("sentences",)
    slow: ClassVar[bool] = True

    def extract(self, segment: SegmentView) -> Arrays:
        """One pass over the sentences of each article, in order."""
        languages = segment.articles.column("language")
        days = segment.articles.days.tolist()
        # Flat, for the garbage collector goes through each tuple that is kept.
        numbers = array("q")
        words, n_words = array("L"), array("q")
        first = 0
        for row, (passages, sentences) in enumerate(segment.sentences()):
            language = languages[row]
            language = "en" if language in ("", "unknown") else language
            bounds = list(accumulate(map(len, sentences), initial=first))
            first = bounds[-1]
            reader = Reader(days[row], language)
            for passage, number, found in reader.read_passages(passages, sentences):
                start, end = sentences[passage][number]
                sentence = passages[passage][start:end]
                said = is_statement(sentence, language)
                content = content_words(_without(sentence, found)) if said else []
                hangs = not cue_numbers(language, *background.CUES).isdisjoint(content)
                alleges = not cue_numbers(language, *allegations.CUES).isdisjoint(content)
                for date in found:
                    told = said and _is_told(sentence, date, language, hangs)
                    alleged = told and alleges and _is_alleged(sentence, date, language)
                    numbers.extend(_row(row, bounds[passage] + number, start, date, told, alleged))
                    words.extend(content if told else ())
                    n_words.append(len(content) if told else 0)
        columns = np.asarray(numbers).reshape(-1, len(_COLUMNS)).T
        return {
            **{name: column.astype(dtype)
               for (name, dtype), column in zip(_COLUMNS.items(), columns, strict=True)},
            "word_offsets": np.concatenate([[0], np.cumsum(n_words)]).astype(np.int64),
            "words": np.asarray(words).astype(np.uint32),
        }  # fmt: skip


def _is_told(sentence: str, date: DateExpression, language: str, hangs: bool) -> bool:
    """Whether what the sentence tells happened on the date. ``hangs``: whether it has a word that a
    date may hang on."""
    start, end = date.start, date.end
    return not is_base(sentence, start, end, language) and not background.is_background(
        sentence, start, end, date.value.granularity, language, has_cue=hangs
    )


def _is_alleged(sentence: str, date: DateExpression, language: str) -> bool:
    return allegations.is_alleged(sentence, date.start, date.end, language)


def _row(
    article: int, sentence: int, start: int, date: DateExpression, said: bool, alleged: bool
) -> tuple[int, ...]:
    value = date.value
    return (
        article, sentence, value.first.toordinal() - _EPOCH, value.last.toordinal() - _EPOCH,
        _GRANULARITY[value.granularity], _TENSE[date.tense], _BASIS[date.basis],
        start + date.start, start + date.end, said, alleged,
    )  # fmt: skip


def _without(sentence: str, found: Sequence[DateExpression]) -> str:
    bounds = [0, *(place for date in found for place in (date.start, date.end)), len(sentence)]
    return " ".join(sentence[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True))
