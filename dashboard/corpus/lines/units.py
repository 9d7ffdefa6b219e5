"""The units of a text: its non-blank lines, with lines wrapped at a fixed width joined."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Literal, TypeVar, overload

from dashboard.corpus.article import Label, tidy
from dashboard.corpus.lines import rules
from dashboard.corpus.parsing import titles
from dashboard.text.lines import (
    MAX_CHARS,
    ascii_lines,
    line_key,
    sketches_of,
    unspaced_words,
)

_SENTENCE_END = re.compile(
    "[.!?…。！？｡؟۔।॥။።‼⁇⁈⁉][\"'”’»›「」『』）)\\]】\u201c]{0,4}(?:\\s?\\[\\d{1,3}\\]){0,3}$"
)
_SHORT_FORMS = tuple("Inc. Ltd. Co. Corp. Jr. Sr. vs. No. St. Mr. Mrs. Dr.".split())
_ABBREVIATION = re.compile(
    rf"(?:\b[A-Z]\.){{2,6}}$|\b(?:{'|'.join(map(re.escape, _SHORT_FORMS))})$"
)
_STRONG_END = re.compile("[.。।؟۔။…]")

PARAGRAPH_WORDS = 8
LONG_WORDS = 26


_Value = TypeVar("_Value")


class _once(Generic[_Value]):
    """A property worked out on first use: functools' takes a lock each time, which costs more."""

    def __init__(self, work: Callable[[Unit], _Value]) -> None:
        self._work, self._name, self.__doc__ = work, work.__name__, work.__doc__

    @overload
    def __get__(self, unit: None, owner: type[Unit]) -> _once[_Value]: ...
    @overload
    def __get__(self, unit: Unit, owner: type[Unit]) -> _Value: ...
    def __get__(self, unit: Unit | None, owner: type[Unit]) -> _once[_Value] | _Value:
        if unit is None:
            return self
        value = unit.__dict__[self._name] = self._work(unit)
        return value


@dataclass
class Unit:
    """One non-blank line, or the lines of a wrapped paragraph, while its label is decided.

    ``first`` and ``last`` are positions in the list of raw lines; ``label`` is "" until decided.
    """

    first: int
    last: int
    text: str
    blank_above: bool
    label: Label | Literal[""] = ""
    reason: str = ""
    sketch: bytes = b""  # of ``line_sketches``
    ascii_text: bytes = b""  # of ``ascii_lines``

    def set(self, label: Label, reason: str) -> None:
        """Decide the label."""
        self.label, self.reason = label, reason

    def clear(self) -> None:
        """Take the label back."""
        self.label, self.reason = "", ""

    @_once
    def size(self) -> int:
        """Number of words."""
        return _size(self.text)

    @_once
    def ends_sentence(self) -> bool:
        """The line ends as a sentence does, quotes and footnote marks aside."""
        last = self.text[-1:]
        if last.isalnum() or (last != "." and not _SENTENCE_END.search(self.text[-40:])):
            return False
        if last != ".":
            return True
        text = self.text
        may_be_short = text[-2:-1].isupper() or text.endswith(_SHORT_FORMS)
        return not (may_be_short and _ABBREVIATION.search(text[-8:]))

    @_once
    def is_paragraph(self) -> bool:
        """Running text: a sentence of some length, or too long for a heading."""
        if self.size >= LONG_WORDS:
            return True
        if self.size < PARAGRAPH_WORDS or not self.ends_sentence:
            return False
        # A headline may end with a question or exclamation mark.
        return (
            bool(_STRONG_END.search(self.text.rstrip("!?！？\"'”’»")))
            or self.text[-1:] not in "!?！？"
        )

    @_once
    def key(self) -> str:
        """``line_key`` of the text."""
        return line_key(self.text)

    @_once
    def title_key(self) -> str:
        """Key of the text as a title: without a mailing list's prefix."""
        return titles.title_key(self.text) if len(self.text) <= MAX_CHARS else self.key

    @_once
    def bare(self) -> str:
        """The text without a bullet."""
        return rules.strip_bullet(self.text)

    @_once
    def is_bulleted(self) -> bool:
        """An item of a list."""
        return rules.is_bulleted(self.text)

    @property
    def is_ambiguous(self) -> bool:
        """A menu word that can be a subheading as well."""
        return len(self.text) <= 20 and self.text.casefold() in rules.AMBIGUOUS

    @property
    def is_subject(self) -> bool:
        """The subject line of a message."""
        return self.text[:8].casefold() == "subject:"

    def is_short_label(self, words: int) -> bool:
        """At most ``words`` words that aren't a sentence, a list item or a speaker's name."""
        if self.size > words or len(self.text) > 40 or self.is_bulleted:
            return False
        return not self.text.endswith((".", "。", "।", ":", "：", ",", "!", "…", '"', "”"))


def split_units(raw: list[str]) -> list[Unit]:
    """Return the units of ``raw`` in order; none for blank lines."""
    texts = [tidy(line) if line else "" for line in raw]
    wrapped = is_wrapped(texts)
    units: list[Unit] = []
    blank = True
    for i, text in enumerate(texts):
        if not text:
            blank = True
            continue
        if wrapped and not blank and _continues(texts[i - 1], text):
            above = units[-1]
            above.last = i
            above.text = f"{above.text} {text}"
        else:
            units.append(Unit(i, i, text, blank))
        blank = False
    whole = ascii_lines("\n".join([unit.text for unit in units]))
    for unit, line, sketch in zip(units, whole.split(b"\n"), sketches_of(whole), strict=False):
        unit.ascii_text, unit.sketch = line, sketch
        # All are asked for these; worked out one by one they would take twice as long.
        known = unit.__dict__
        known["size"] = size = _size(unit.text)
        if size >= LONG_WORDS or size < PARAGRAPH_WORDS:
            known["is_paragraph"] = size >= LONG_WORDS
    return units


def _size(text: str) -> int:
    # Tidy text: single spaces, none at its ends.
    spaces = text.count(" ")
    return spaces + 1 if text.isascii() else spaces + 1 + unspaced_words(text)


def may_wrap(raw: list[str]) -> bool:
    """False for lines of which none can be the continuation of the one above."""
    return not any(len(line) > _WRAP[1] and len(tidy(line)) > _WRAP[1] for line in raw)


# Text wrapped at a fixed width: between these lengths, rarely ending where a sentence does.
_WRAP = (50, 100)


def is_wrapped(texts: list[str]) -> bool:
    """True for lines that break where the width ends, not where the sentence does."""
    inner = full = open_ended = 0
    for text, below in pairwise(texts):
        if not text:
            continue
        if len(text) > _WRAP[1]:
            return False
        if below:
            inner += 1
            if len(text) >= _WRAP[0]:
                full += 1
                open_ended += not _SENTENCE_END.search(text[-8:])
    return full >= 4 and full >= 0.6 * inner and open_ended >= 0.6 * full


def _continues(above: str, text: str) -> bool:
    if len(above) < 45 or rules.is_bulleted(text) or rules.judge(text) is not None:
        return False
    return rules.judge(above) is None
