"""The words that figures of a language are told by: ``words_LANGUAGE.txt`` beside this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

Words = frozenset[str]
#: Lists of how a number is meant, with a bit each.
MEANINGS = {"needed": 1, "expected": 2, "asked": 4, "whole": 8, "several": 32}
_IDLE = ("small", "up", "down", "records", "said")


@dataclass(frozen=True)
class FigureWords:
    """The lists of one language: sets of words, and words with what they stand for. Words of
    several parts have hyphens: "more-than"."""

    lists: Mapping[str, Words]
    values: Mapping[str, Mapping[str, str]]
    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    letters: Mapping[str, float]
    fractions: Mapping[str, float]
    multiples: Mapping[str, float]
    ordinals: Mapping[str, float]
    months: Mapping[str, int]
    #: Form → unit and its kind, "duration" or "measure".
    units: Mapping[str, tuple[str, str]]
    #: Form → what happens to what is counted: "dead", "hurt", "won".
    roles: Mapping[str, str]
    #: Form → bits of ``MEANINGS``, 0 for a word that only begins one.
    meanings: Mapping[str, int]
    #: What a figure can begin with; without those that stand for one.
    starters: Words
    triggers: Words
    #: What never says what a number is of.
    idle: Words
    decimal: str = "."
    group: str = ","
    nouns_capital: bool = False
    plural_endings: tuple[str, ...] = field(default=("s",))

    def has(self, name: str, word: str) -> bool:
        """Whether ``word`` is in the list ``name``."""
        return word in self.lists.get(name, ())


def _sections(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            lines = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


def _values(lines: list[str]) -> dict[str, str]:
    pairs = (line.split() for line in lines)
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def _units(lines: list[str]) -> dict[str, tuple[str, str]]:
    found = {}
    for line in lines:
        head, _, forms = line.partition("=")
        unit, _, kind = head.partition(":")
        found.update({form: (unit.strip(), kind.strip()) for form in forms.split()})
    return found


def _meanings(lists: Mapping[str, Words]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, bit in MEANINGS.items():
        for form in lists.get(name, ()):
            found[form] = bit
            found.setdefault(form.partition("-")[0], 0)
    return found


@cache
def figure_words(language: str) -> FigureWords | None:
    """The words of a language (ISO 639-1), None for one whose figures can't be told."""
    if not language.isalpha():
        return None
    path = Path(__file__).with_name(f"words_{language}.txt")
    if not path.is_file():
        return None
    sections = _sections(path.read_text(encoding="utf-8"))
    values = {name: _values(lines) for name, lines in sections.items()}
    lists = {name: frozenset(" ".join(lines).split()) for name, lines in sections.items()}

    def amounts(name: str) -> dict[str, float]:
        return {word: float(value) for word, value in values.get(name, {}).items()}

    written = values["format"]
    numbers, scales = amounts("numbers"), amounts("scales")
    fractions, multiples = amounts("fractions"), amounts("multiples")
    ordinals = amounts("ordinals")
    told = {*numbers, *scales, *fractions, *multiples, *ordinals}
    return FigureWords(
        lists,
        values,
        numbers,
        scales,
        amounts("letters"),
        fractions,
        multiples,
        ordinals,
        {word: int(value) for word, value in values["months"].items()},
        _units(sections["units"]),
        {form: role for form, (role, _) in _units(sections.get("roles", [])).items()},
        _meanings(lists),
        frozenset({*numbers, *fractions, *multiples, *ordinals}),
        frozenset(told - {w for w, value in {**numbers, **ordinals}.items() if value == 1}),
        frozenset().union(*(lists.get(name, ()) for name in _IDLE)),
        written["decimal"],
        written["group"],
        "nouns_capital" in lists,
        tuple(sorted(lists.get("plural_endings", {"s"}))),
    )
