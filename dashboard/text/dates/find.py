"""Dates in the sentences of an article."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from dashboard.text.dates.around import Around, Basis
from dashboard.text.dates.grammar import Grammar, grammar_of
from dashboard.text.dates.readings import READINGS
from dashboard.text.dates.spans import DateValue
from dashboard.text.dates.tense import Tense, clause_tense

_BEFORE = re.compile(r"([^\W_]+)[’'\"“”(]*[ \u00a0\n]*[’'\"“(]*$")
_AFTER = re.compile(r"[ \u00a0-]?([^\W\d_]+)")
_CUE = re.compile(r"[^\W\d_]+|%")
_MONEY = {"%": "percent", "$": "billion"}
_LEFT = 40  # characters before a match that are looked at


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
        self._grammar = grammar_of(self.language)
        if self.anchor is not None and not 1000 < self.anchor.year < 2900:
            self.anchor = None

    def read(self, sentence: str) -> list[DateExpression]:
        """The dates of the next sentence, in order; none overlaps another."""
        grammar = self._grammar
        found: list[DateExpression] = []
        if grammar is None:
            return found
        end = 0
        for start in grammar.starts.finditer(sentence):
            at, head = start.start(1), start[1]
            if at < end:
                continue
            word = head.partition(" ")[0].casefold().rstrip(".")
            pattern = grammar.by_start.get(word, grammar.by_start["#"])
            match = pattern.match(sentence, at)
            date = self._read(grammar, sentence, match) if match else None
            if date is not None:
                found.append(date)
                end = date.end
                self._reference = (date.value, date.basis)
        return found

    def _read(self, grammar: Grammar, sentence: str, match: re.Match[str]) -> DateExpression | None:
        rule = match.lastgroup or ""
        a, b = match.span(rule)
        article = grammar.articles.get(rule)
        if article and sentence[:a].casefold().endswith(f"{article} "):
            a -= len(article) + 1
        tense = clause_tense(grammar, sentence, a, b)
        left = sentence[max(0, a - _LEFT) : a]
        before, after = _BEFORE.search(left), _AFTER.match(sentence, b)
        word = before[1] if before else ""
        follows = after[1] if after else ""
        around = Around(
            grammar=grammar,
            words={
                name.rpartition("_")[0]: text.casefold()
                for name, text in match.groupdict().items()
                if text is not None and name != rule
            },
            anchor=self.anchor,
            tense=tense,
            reference=self._reference,
            before=word.casefold(),
            after=follows.casefold(),
            is_name_before=word[:1].isupper() and len(left) > len(word) + 1,
            is_name_after=follows[:1].isupper(),
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
