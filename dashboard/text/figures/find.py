"""The figures of a passage."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.text.figures import roles, surroundings
from dashboard.text.figures.numbers import Tokens
from dashboard.text.figures.rates import is_denominator, with_rate
from dashboard.text.figures.reading import read_numbers
from dashboard.text.figures.units import UnitFound
from dashboard.text.figures.words import FigureWords, figure_words

Span = tuple[int, int]
# The first digit of each number, and fractions of one character.
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"[0-9]+|[½¼¾⅓⅔]")


@dataclass(frozen=True)
class Figure:
    """A figure from character ``start`` to ``end`` of its passage, in that sentence there.

    ``low`` and ``high``: its value, the same but for a range; ``step``: the value of its last
    digit. ``unit``: "USD", "%", "years", what is counted; for a rate "USD a year", and its words
    belong to the figure. ``direction`` and ``qualifier``: see ``surroundings``. ``first_day``,
    ``last_day``: of its period, since 1970; None without one. ``about``, ``said``: characters;
    (0, 0) for nothing. ``words``: CRC-32 of the stems around it, and whether they stand next to it;
    ``head``: of the last of ``about``, or 0. ``role`` and ``meant``: what happens to it and how it
    is meant, see ``roles``; ``names``: CRC-32 of the stems of the names near it; ``wording``: see
    ``surroundings``. ``confidence``: 0 to 1."""

    start: int
    end: int
    sentence: int
    low: float
    high: float
    step: float
    kind: str
    unit: str
    direction: str
    qualifier: int
    first_day: int | None
    last_day: int | None
    about: Span
    said: Span
    words: tuple[tuple[int, bool], ...]
    head: int
    role: int
    meant: int
    names: tuple[int, ...]
    wording: int
    confidence: float


def find_figures(
    passage: str,
    sentences: Sequence[Span],
    language: str,
    dates: Sequence[surroundings.Dated] = (),
) -> list[Figure]:
    """The figures of a passage in their order, none for a language without words. ``dates``: those
    of the passage; numbers in them are no figures."""
    words = figure_words(language)
    if words is None:
        return []
    found: list[Figure] = []
    for number in _worth_reading(passage, sentences, dates, words):
        start, end = sentences[number]
        found += _of_sentence(
            Tokens(passage, start, end), number, [d for d in dates if start <= d.start < end], words
        )
    return found


def _worth_reading(
    passage: str,
    sentences: Sequence[Span],
    dates: Sequence[surroundings.Dated],
    words: FigureWords,
) -> list[int]:
    """The sentences with a digit, or a word for a number, outside their dates; in their order."""
    places = [match.start() for match in _DIGIT.finditer(passage)]
    small = passage.lower()
    if len(small) != len(passage):  # İ has two letters in small
        return list(range(len(sentences)))
    for word in words.triggers.intersection(_LETTERS.findall(small)):
        at = small.find(word)
        while at >= 0:
            end = at + len(word)
            if not (small[at - 1 : at].isalpha() or small[end : end + 1].isalpha()):
                places.append(at)
            at = small.find(word, end)
    if dates:
        places = [p for p in places if not any(d.start <= p < d.end for d in dates)]
    since = words.lists.get("since", ())
    places += [at for at in _ones(small, words) if any(w in small[at : at + 150] for w in since)]
    ends = [end for _, end in sentences]
    return sorted({bisect_right(ends, place) for place in places} - {len(sentences)})


def _ones(small: str, words: FigureWords) -> Iterator[int]:
    """Where "first" stands, which is seldom a figure."""
    for word, value in words.ordinals.items():
        at = small.find(word) if value == 1 else -1
        while at >= 0:
            yield at
            at = small.find(word, at + len(word))


def _of_sentence(
    tokens: Tokens, number: int, dates: Sequence[surroundings.Dated], words: FigureWords
) -> Iterator[Figure]:
    read = [
        one
        for one in read_numbers(tokens, words)
        if not _is_none(tokens, one.unit, dates) and not is_denominator(tokens, one.unit, words)
    ]
    said = surroundings.said_by(tokens, words) if read else (0, 0)
    for one in read:
        unit, low, high = with_rate(tokens, one.unit, words), one.low, one.high
        period = surroundings.date_of(tokens, unit, dates, words)
        about = surroundings.about_of(tokens, unit, words)
        scale = 100.0 if unit.kind == "percent" and low.fraction else 1.0
        yield Figure(
            tokens.starts[unit.first],
            tokens.ends[unit.end - 1],
            number,
            low.value * scale,
            high.value * scale,
            max(low.step, high.step) * scale,
            unit.kind,
            unit.unit,
            surroundings.direction_of(tokens, unit, words),
            surroundings.qualifier_of(tokens, unit, words),
            period.first_day if period else None,
            period.last_day if period else None,
            _characters(tokens, about),
            _characters(tokens, said),
            tuple(surroundings.context_words(tokens, one.unit, about, words)),
            surroundings.code(tokens.small[about[1] - 1]) if about[1] else 0,
            *roles.role_and_meaning(tokens, unit, words),
            _names(tokens, unit, said, words),
            surroundings.wording(tokens, unit),
            unit.sure,
        )


def _names(tokens: Tokens, unit: UnitFound, said: Span, words: FigureWords) -> tuple[int, ...]:
    found = roles.names_near(tokens, unit, said, words)
    return tuple(sorted({surroundings.code(tokens.small[i]) for i in found}))


def _is_none(tokens: Tokens, unit: UnitFound, dates: Sequence[surroundings.Dated]) -> bool:
    """Whether the number is part of a date, "two years later", or a margin of error."""
    start, end = tokens.starts[unit.first], tokens.ends[unit.end - 1]
    dated = any(date.start < end and start < date.end for date in dates)
    if tokens.word(unit.first - 1) in ("±", "minus"):  # plus or minus 3 points: a margin of error
        return True
    return dated and unit.kind in ("duration", "count", "rank")


def _characters(tokens: Tokens, span: Span) -> Span:
    begin, end = span
    return (tokens.starts[begin], tokens.ends[end - 1]) if end > begin else (0, 0)
