"""What a number is for each of: miles an hour, dollars a gallon, deaths per 100,000."""

from __future__ import annotations

from dataclasses import replace

from dashboard.text.figures.numbers import DASHES, Tokens
from dashboard.text.figures.units import UnitFound
from dashboard.text.figures.words import FigureWords

_KINDS = ("money", "count", "measure", "percent")


def with_rate(tokens: Tokens, unit: UnitFound, words: FigureWords) -> UnitFound:
    """The unit with what it is for each of, "USD a gallon", and the tokens of that; as it is
    without one. Another name of the same is one unit: miles an hour are mph."""
    if unit.kind not in _KINDS:
        return unit
    of, end = _of_each(tokens, unit, words)
    if not of:
        return unit
    name = f"{unit.unit} a {of}".strip()
    name = words.values.get("same_rates", {}).get(name.replace(" ", "-"), name)
    return replace(unit, unit=name, end=end)


def _of_each(tokens: Tokens, unit: UnitFound, words: FigureWords) -> tuple[str, int]:
    """What one of the number is for, in the singular, and the token after it; "" for nothing."""
    at = unit.end
    of_time = words.values.get("yearly", {}).get(tokens.word(at), "")
    if of_time:
        return of_time, at + 1
    at += tokens.word(at) in DASHES  # 125-mile-per-hour winds
    link = tokens.word(at)
    of = at + 1 + (tokens.word(at + 1) in DASHES)
    word = tokens.word(of)
    is_strict = words.has("per_number", link)
    is_later = not is_strict and words.has("apart", tokens.word(of + 1))
    if not words.has("per", link) or is_later:
        return "", at  # “killed 12 people a day after the vote”
    if words.has("rates", word):
        return word.removesuffix("s"), of + 1
    # “Found 12 people a mile from the town”
    if words.has("rates_each", word) and (is_strict or unit.kind in ("money", "measure")):
        return word, of + 1
    if is_strict and (word[:1].isdigit() or word in words.scales):
        return word, of + 1
    return "", at


def is_denominator(tokens: Tokens, unit: UnitFound, words: FigureWords) -> bool:
    """Whether the number is what another is for each of: "15 per 100,000 people"."""
    return words.has("per_number", tokens.word(unit.first - 1))
