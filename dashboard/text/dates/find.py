"""Dates in the sentences of an article."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter

from dashboard.text.dates.around import Around, Basis
from dashboard.text.dates.grammar import Grammar, Groups, grammar_of
from dashboard.text.dates.readings import READINGS
from dashboard.text.dates.spans import DateValue
from dashboard.text.dates.tense import Tense, clause_tense

_WORD = re.compile(r"[^\W_]+")
_BESIDE = " \u00a0\u202f\n’'\"“”("  # between a date and the word before it
_AFTER = re.compile(r"[ \u00a0-]?([^\W\d_]+)")
_CUE = re.compile(r"[^\W\d_]+|%")
_MONEY = {"%": "percent", "$": "billion"}
_MOST_AGE = 6  # sentences after which "the same day" is no longer that one
_end = itemgetter(1)
_BREAK = "\n"  # between passages: no date goes over it
_LEFT = 30  # characters before a match that are looked at


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date in a sentence, ``sentence[start:end]``. ``tense``: which way its clause looks."""

    start: int
    end: int
    value: DateValue
    tense: Tense
    basis: Basis


@dataclass
class Reader:
    """Reads the sentences of one article in order: a date may lean on the one before it.

    ``anchor``: the day of the article; without it only dates are found that say their year.
    ``language``: an ISO 639-1 code; one without a grammar has no dates.
    """

    anchor: dt.date | None
    language: str = "en"

    def __post_init__(self) -> None:
        self._reference: tuple[DateValue, Basis] | None = None
        self._day: tuple[DateValue, Basis] | None = None  # the last that was a day, …
        self._age = 0  # … and how many sentences ago
        self._grammar = grammar_of(self.language)
        if self.anchor is not None and not 1000 < self.anchor.year < 2900:
            self.anchor = None

    def read(self, sentence: str) -> list[DateExpression]:
        """The dates of the next sentence, in order; none overlaps another."""
        found = self.read_passages([sentence], [[(0, len(sentence))]])
        return [date for _, _, dates in found for date in dates]

    def read_passages(
        self, passages: Sequence[str], sentences: Sequence[Sequence[tuple[int, int]]]
    ) -> Iterator[tuple[int, int, list[DateExpression]]]:
        """Of the sentences ``passage[start:end]`` of the next passages, in order, those that have
        dates: the numbers of the passage and of the sentence in it, and the dates. A sentence that
        has no place for one isn't looked at."""
        grammar = self._grammar
        if grammar is None:
            return
        text = _BREAK.join(passages)  # one search for all of them
        bounds = list(accumulate((len(each) + len(_BREAK) for each in passages), initial=0))
        first = list(accumulate(map(len, sentences), initial=0))
        passage, number, n_read = 0, -1, 0
        begin, end, free = 0, 0, 0
        found: list[DateExpression] = []
        for at, head in grammar.places.of(text):
            if at >= end:
                if found:
                    yield passage, number, found
                    found = []
                passage = bisect_right(bounds, at, passage) - 1
                offset = bounds[passage]
                number = bisect_right(sentences[passage], at - offset, key=_end)
                if number == len(sentences[passage]):
                    continue
                self._pass(first[passage] + number + 1 - n_read)
                n_read = first[passage] + number + 1
                begin, end = (offset + place for place in sentences[passage][number])
                free = begin
            if at < free:
                continue
            word = head.partition(" ")[0].casefold().rstrip(".")
            pattern, groups = grammar.by_start[word]
            match = pattern.match(text, at, end)
            if match is None:
                continue
            date = self._read(grammar, text[begin:end], match, begin, groups)
            if date is not None:
                found.append(date)
                free = begin + date.end
                self._reference = (date.value, date.basis)
                if date.value.granularity == "day":
                    self._day, self._age = self._reference, 0
        if found:
            yield passage, number, found
        self._pass(first[-1] - n_read)

    def _pass(self, n_sentences: int) -> None:
        self._age += n_sentences
        if self._age > _MOST_AGE:
            self._day = None

    def _read(
        self,
        grammar: Grammar,
        sentence: str,
        match: re.Match[str],
        begin: int,
        groups: Groups,
    ) -> DateExpression | None:
        rule = match.lastgroup or ""
        a, b = (place - begin for place in match.span(rule))
        article = grammar.articles.get(rule)
        if article and sentence[max(0, a - len(article) - 1) : a].casefold() == f"{article} ":
            a -= len(article) + 1
        tense = clause_tense(grammar, sentence, a, b)
        left = sentence[max(0, a - _LEFT) : a]
        beside = left.rstrip(_BESIDE)
        is_word = beside[-1:].isalnum()
        word = _WORD.findall(beside, beside.rfind(" ") + 1)[-1] if is_word else ""
        after = _AFTER.match(sentence, b)
        follows = after[1] if after else ""
        around = Around(
            grammar=grammar,
            words={name: text.casefold() for name, group in groups[rule] if (text := match[group])},
            anchor=self.anchor,
            tense=tense,
            reference=self._reference,
            day=self._day,
            before=word.casefold(),
            after=follows.casefold(),
            is_name_before=word[:1].isupper() and len(left) > len(word) + 1,
            is_name_after=follows[:1].isupper(),
            is_capital=match[rule][:1].isupper(),
            is_daypart_capital=match[rule].rpartition(" ")[2][:1].isupper(),
            cues=frozenset(
                _MONEY.get(w, w)
                for w in _CUE.findall(sentence.casefold().replace("$", " billion "))
            )
            if grammar.readings[rule] == "bare_quarter"
            else frozenset(),
        )
        read = READINGS[grammar.readings[rule]](around)
        if read is None:
            return None
        value, basis = read
        return DateExpression(a, b, value, tense, basis)
