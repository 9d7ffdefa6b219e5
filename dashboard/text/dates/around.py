"""What a reading sees: a match with what stands around it, and how it chooses among years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal, NamedTuple

from dashboard.text.dates.grammar import Grammar
from dashboard.text.dates.spans import DateValue
from dashboard.text.dates.tense import Tense

Basis = Literal["stated", "by the article's date", "by a date in the text"]
#: In the order of the numbers that the layer stores.
BASES: tuple[Basis, ...] = ("stated", "by the article's date", "by a date in the text")
STATED, BY_ARTICLE, BY_TEXT = BASES
Found = tuple[DateValue, Basis] | None
_FAR, NEAR = 270, 120  # days


class Around(NamedTuple):
    """A match and what stands around it. ``words``: what each class matched, in small letters;
    ``anchor``: the day of the article; ``reference``: the date before it in the text, with how
    that is known, ``day``: the same of days; ``before``, ``after``: the words next to it, in small
    letters, and whether they are written as names are; ``is_capital``, ``is_daypart_capital``:
    whether the match is, and the part of the day in it; ``cues``: the words of the sentence."""

    grammar: Grammar
    words: Mapping[str, str]
    anchor: dt.date | None
    tense: Tense
    reference: tuple[DateValue, Basis] | None
    day: tuple[DateValue, Basis] | None
    before: str
    after: str
    is_name_before: bool
    is_name_after: bool
    is_capital: bool
    is_daypart_capital: bool
    cues: frozenset[str]

    def has(self, name: str) -> bool:
        """Whether a class is in the match."""
        return name in self.words

    def number(self, name: str) -> int:
        """The number that a class matched: written in figures, or the value of the word."""
        word = self.words[name]
        if word.isdigit():
            return int(word)
        return int(self.value(name) or 0)

    def value(self, name: str) -> str:
        """The value of the word that a class matched."""
        own = self.grammar.values[name.rstrip("2")]
        word = self.words[name]
        return own.get(word) or own.get(word.rstrip("."), "")

    def is_in(self, word: str, name: str) -> bool:
        """Whether a word is in a class."""
        return word in self.grammar.words.get(name, ())

    def looks_the_other_way(self, value: DateValue) -> bool:
        """Whether a date that leans on another would lie ahead of what is told as past."""
        return self.tense == "past" and self.anchor is not None and value.first > self.anchor

    @property
    def is_counted(self) -> bool:
        """Whether what follows is counted by the number: "2000 miles", "2019 people"."""
        return self.is_in(self.after, "counted")


def by_article(value: DateValue | None) -> Found:
    return (value, BY_ARTICLE) if value else None


def by_tense(around: Around, candidates: list[DateValue]) -> Found:
    """Of dates in order of time: the last one begun for the past, the first one not over for what
    is to come, else the nearest."""
    anchor = around.anchor
    if anchor is None or not candidates:
        return None
    past = [c for c in candidates if c.first <= anchor]
    ahead = [c for c in candidates if c.last >= anchor]
    tense = around.tense
    if around.before == "since":
        tense = "past"
    nearest = min(candidates, key=lambda c: (away(c, anchor), c.first))
    # Who writes in January of the March before last says so.
    is_odd = past and away(past[-1], anchor) > _FAR and away(nearest, anchor) < NEAR
    if tense == "past" and past and around.before != "by" and not is_odd:
        return past[-1], BY_ARTICLE
    if tense == "future" and ahead:
        return ahead[0], BY_ARTICLE
    return nearest, BY_ARTICLE


def away(value: DateValue, anchor: dt.date) -> int:
    if value.first <= anchor <= value.last:
        return 0
    return min(abs((value.first - anchor).days), abs((value.last - anchor).days))


def years_around(around: Around) -> range:
    return range(0) if around.anchor is None else range(
        max(2, around.anchor.year - 1), min(9998, around.anchor.year + 2)
    )  # fmt: skip
