"""Numbers of digits or words: their value, and how exactly they are said."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.text.figures.words import FigureWords

#: Digits with their points, words with an apostrophe, single marks. No two can overlap.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]|_")
_MOST_DIGITS = 16
DASHES = frozenset("-–—‑")
HALVES = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}


class Tokens:
    """The tokens of a sentence: as written, in small letters, and where (characters of the
    passage)."""

    def __init__(self, text: str, start: int, end: int) -> None:
        spans = [m.span() for m in _TOKEN.finditer(text, start, end)]
        self.written = [text[a:b] for a, b in spans]
        self.small = [w.lower() for w in self.written]
        self.starts = [a for a, _ in spans]
        self.ends = [b for _, b in spans]

    def __len__(self) -> int:
        return len(self.written)

    def word(self, i: int) -> str:
        """The token in small letters, "" outside the sentence."""
        return self.small[i] if 0 <= i < len(self.small) else ""

    def touches(self, i: int) -> bool:
        """Whether no space parts token ``i`` from the one before."""
        return 0 < i < len(self.starts) and self.starts[i] == self.ends[i - 1]


@dataclass(frozen=True)
class Amount:
    """A number from token ``first`` up to ``end``. ``step``: the value of its last digit that says
    something: 1e9 of "240 billion", 10,000 of "240,000". ``digits``: it is written in them."""

    first: int
    end: int
    value: float
    step: float
    digits: bool
    scaled: bool = False
    fraction: bool = False


def read_amount(tokens: Tokens, i: int, words: FigureWords) -> Amount | None:
    """The number that begins at token ``i``; None where there is none. Ordinals are not read."""
    token = tokens.written[i]
    if token[0].isdigit():
        read = _digits(token, words)
        if read is None:
            return None
        value, step = read
        if tokens.word(i + 1) in HALVES:
            value, step, end = value + HALVES[tokens.word(i + 1)], 0.25, i + 2
            return _scaled(tokens, i, end, value, step, words, digits=True)
        if tokens.word(i + 1) == "/" and tokens.touches(i + 1) and tokens.touches(i + 2):
            below = _digits(tokens.written[i + 2], words)
            if below is None or not 0 < value < below[0] <= 10 or tokens.word(i + 3) == "/":
                return None
            share = value / below[0]
            return Amount(i, i + 3, share, 0.05, True, fraction=True)
        return _scaled(tokens, i, i + 1, value, step, words, digits=True)
    if token in HALVES:
        return Amount(i, i + 1, HALVES[token], 0.05, True, fraction=True)
    return _in_words(tokens, i, words)


def _digits(token: str, words: FigureWords) -> tuple[float, float] | None:
    """Value and step of a token of digits; None for dates, versions, addresses, clock times."""
    if len(token) > 2 * _MOST_DIGITS or not token[0].isdigit():
        return None
    whole, point, decimals = token.partition(words.decimal)
    groups = whole.split(words.group)
    if words.decimal in decimals or words.group in decimals:
        return None
    if len(groups) > 1 and (
        not 1 <= len(groups[0]) <= 3 or any(len(g) != 3 for g in groups[1:]) or groups[0] == "0"
    ):
        return None
    plain = "".join(groups)
    if not plain.isdecimal() or len(plain) > _MOST_DIGITS or (point and not decimals.isdecimal()):
        return None
    if len(plain) > 1 and plain[0] == "0":
        return None
    value = float(f"{int(plain)}.{decimals or 0}")
    if point:
        return value, 10.0 ** -len(decimals)
    return value, _step(plain)


def _step(digits: str) -> float:
    """The value of the last digit that is not 0, of two digits at least."""
    zeros = len(digits) - len(digits.rstrip("0"))
    return float(10 ** min(zeros, max(len(digits) - 2, 0)))


def _scaled(
    tokens: Tokens, first: int, end: int, value: float, step: float, words: FigureWords, *,
    digits: bool,
) -> Amount:  # fmt: skip
    scaled = False
    at = end
    if tokens.word(at) in DASHES and tokens.word(at + 1) in words.scales:
        at += 1
    glued = tokens.touches(at + 1) and tokens.word(at + 1)[:1].isdigit()  # 9M729: a name
    if tokens.touches(at) and not glued and tokens.word(at) in words.letters:
        factor, end, scaled = words.letters[tokens.word(at)], at + 1, True
        value, step = value * factor, step * factor
    while tokens.word(at) in words.scales:
        factor = words.scales[tokens.word(at)]
        value, step, at, scaled = value * factor, step * factor, at + 1, True
        end = at
    return Amount(first, end, value, step, digits, scaled)


def _half(tokens: Tokens, i: int, words: FigureWords) -> Amount:
    at = i + 1 + words.has("article", tokens.word(i + 1))
    at += tokens.word(at) in DASHES
    if tokens.word(at) in words.scales:
        factor = words.scales[tokens.word(at)]
        return Amount(i, at + 1, factor / 2, factor / 10, False, True)
    return Amount(i, i + 1, 0.5, 0.05, False, fraction=True)


def _in_words(tokens: Tokens, i: int, words: FigureWords) -> Amount | None:
    """A number in words: "twenty-five thousand", "half a million", "two and a half", "two-thirds",
    "a dozen"."""
    word = tokens.word(i)
    if words.fractions.get(word) == 0.5:
        return _half(tokens, i, words)
    if word in words.fractions:
        alone = words.has("article", tokens.word(i - 1)) and tokens.word(i + 1) == "of"
        share = words.fractions[word]
        return Amount(i - 1, i + 1, share, 0.05, False, fraction=True) if alone else None
    if words.has("article", word) and tokens.word(i + 1) in words.scales:
        return _scaled(tokens, i, i + 1, 1.0, 1.0, words, digits=False)
    total, group, at, last = 0.0, 0.0, i, -1
    while True:
        word = tokens.word(at)
        skip = word in DASHES or (words.has("and", word) and at > i and group >= 100)
        following = tokens.word(at + 1)
        if skip and last >= 0 and (following in words.numbers or following in words.scales):
            at += 1
            continue
        if word in words.numbers:
            value = words.numbers[word]
            # "nineteen eighty", "two three": two numbers, or a year.
            if (
                last >= 0
                and not (group % 100 >= 20 and group % 10 == 0 and value < 10)
                and (group % 100)
            ):
                break
            group, last = group + value, at
        elif word in words.scales and last >= 0:
            factor = words.scales[word]
            if factor == 100:
                group *= 100
            else:
                total, group = total + group * factor, 0.0
            last = at
        else:
            break
        at += 1
    if last < 0:
        return None
    value, end = total + group, last + 1
    step = _step(str(int(value)))
    after = end + 1 if tokens.word(end) in DASHES else end
    if (
        value < 10
        and tokens.word(after) in words.fractions
        and words.fractions.get(tokens.word(after), 0) != 0.5
    ):
        share = value * words.fractions[tokens.word(after)]
        return Amount(i, after + 1, share, 0.05, False, fraction=True) if share < 1 else None
    if words.has("and", tokens.word(end)) and words.has("article", tokens.word(end + 1)):
        part = words.fractions.get(tokens.word(end + 2), 0.0)
        if part in (0.5, 0.25):
            return _scaled(tokens, i, end + 3, value + part, 0.1, words, digits=False)
    return Amount(i, end, value, step, False, scaled=total > 0)
