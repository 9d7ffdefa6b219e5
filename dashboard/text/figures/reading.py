"""The numbers of a sentence with their units: plain ones, ranges, shares, multiples and ranks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboard.text.figures.numbers import DASHES, HALVES, Amount, Tokens, read_amount
from dashboard.text.figures.units import UnitFound, unit_of
from dashboard.text.figures.words import FigureWords


@dataclass(frozen=True)
class NumberRead:
    """A number with its unit, or a range of two."""

    unit: UnitFound
    low: Amount
    high: Amount


def read_numbers(tokens: Tokens, words: FigureWords) -> Iterator[NumberRead]:
    """Every number that has a unit, in order; none overlap."""
    begin = 0
    for i in _begins(tokens, words):
        if i < begin:
            continue
        read = _ranked(tokens, i, words) or _multiple(tokens, i, words)
        if read is None:
            amount = read_amount(tokens, i, words)
            if amount is None:
                continue
            begin = amount.end
            read = _one_in(tokens, amount, words) or _range(tokens, amount, words)
            unit = None if read else unit_of(tokens, amount, words)
            if unit is not None:
                read = NumberRead(unit, amount, amount)
        if read is not None:
            begin = max(read.unit.end, read.high.end)
            yield read


def _begins(tokens: Tokens, words: FigureWords) -> Iterator[int]:
    """The tokens that a number can begin with."""
    for i, small in enumerate(tokens.small):
        if small in words.starters or small[0] in "0123456789" or small in HALVES:
            yield i
        elif small in words.scales and words.has("article", tokens.word(i - 1)):
            yield i - 1


def _one_in(tokens: Tokens, amount: Amount, words: FigureWords) -> NumberRead | None:
    """One in five, three out of ten: a share."""
    at = amount.end
    if tokens.word(at) == "out" and tokens.word(at + 1) == "of":
        at += 2
    elif tokens.word(at) in ("in", "of") and amount.value < 10:
        at += 1
        if tokens.word(at - 1) == "of" and tokens.word(at) in words.lists.get("definite", ()):
            return None
    else:
        return None
    whole = read_amount(tokens, at, words) if at < len(tokens) else None
    if whole is None or not amount.value < whole.value <= 1_000_000 or whole.fraction:
        return None
    if amount.value != int(amount.value) or amount.scaled or (whole.digits != amount.digits):
        return None
    if tokens.word(whole.end) == "%" or (whole.digits and whole.value > 1500):
        return None
    if _has_unit(tokens, whole, words):
        return None
    share = Amount(amount.first, whole.end, amount.value / whole.value, 0.01, amount.digits,
                   fraction=True)  # fmt: skip
    unit = UnitFound("percent", "%", amount.first, whole.end, sure=0.75)
    return NumberRead(unit, share, share)


def _has_unit(tokens: Tokens, amount: Amount, words: FigureWords) -> bool:
    unit = unit_of(tokens, amount, words)
    return unit is not None and unit.kind != "count"


def _range(tokens: Tokens, low: Amount, words: FigureWords) -> NumberRead | None:
    """Two numbers of one unit: 10 to 20 percent, $2-3bn, between 5 and 7 million people."""
    at, own = low.end, False
    if tokens.word(at) in ("%", "percent"):
        at, own = at + 1, True
    link = tokens.word(at)
    if link not in words.lists.get("range", ()):
        return None
    before = tokens.word(low.first - 1)
    sign = before in ("$", "€", "£", "¥")
    if sign:
        before, own = tokens.word(low.first - 2), True
    between = words.has("between", before)
    if words.has("and", link) and not (between and before != "from"):
        return None
    if link == "or" and (own or not (low.value < 10 and not low.digits)):
        return None
    then = at + 1 + (tokens.word(at + 1) in ("$", "€", "£", "¥"))
    high = read_amount(tokens, then, words) if then < len(tokens) else None
    if high is None or high.fraction or low.fraction:
        return None
    if high.scaled and not low.scaled and not low.value >= 1000:
        factor = high.step / 10.0 ** round(_exponent(high, tokens, words))
        low = replace(low, value=low.value * factor, step=low.step * factor, scaled=True)
    joined = replace(high, first=low.first, scaled=low.scaled or high.scaled)
    if tokens.word(then - 1) in ("$", "€", "£", "¥") or (own and sign):
        unit = unit_of(tokens, replace(joined, first=low.first), words)
    else:
        unit = unit_of(tokens, joined, words)
    if unit is None or not low.value < high.value or unit.kind == "rank":
        return None
    if link == "to" and before == "from" and (own or _moved(tokens, low.first, words)):
        return None
    if link == "to" and own and _moved(tokens, low.first, words):
        return None
    return NumberRead(replace(unit, first=min(unit.first, low.first)), low, high)


def _exponent(amount: Amount, tokens: Tokens, words: FigureWords) -> float:
    """Of the step of a scaled number without its scale: 0 of 3 billion, -1 of 3.5 billion."""
    written = tokens.written[amount.first]
    _, point, decimals = written.partition(words.decimal)
    if point:
        return -len(decimals)
    return min(len(written) - len(written.rstrip("0")), max(len(written) - 2, 0)) if (
        written.isdecimal()) else 0  # fmt: skip


def _moved(tokens: Tokens, first: int, words: FigureWords) -> bool:
    """Whether something rose or fell before the number."""
    before = tokens.small[max(first - 8, 0) : first]
    return any(words.has(way, word) for word in before for way in ("up", "down"))


def _multiple(tokens: Tokens, i: int, words: FigureWords) -> NumberRead | None:
    """Doubled, threefold, twice as many."""
    small, after = tokens.small[i], tokens.word(i + 1)
    if small not in words.multiples or tokens.touches(i) or after in DASHES:
        return None
    if small in ("double", "triple", "doubles") and after not in (
        "the",
        "that",
        "its",
        "their",
        "in",
    ):
        return None
    if small == "twice" and after not in ("as", "the"):
        return None
    if tokens.written[i][0].isupper() and i:
        return None
    amount = Amount(i, i + 1, words.multiples[small], 0.1, False)
    return NumberRead(UnitFound("multiple", "times", i, i + 1, sure=0.7), amount, amount)


def _ranked(tokens: Tokens, i: int, words: FigureWords) -> NumberRead | None:
    """The fifth term, their 42nd meeting, the first visit since 2010."""
    small = tokens.small[i]
    end = i + 1
    if small in words.ordinals:
        value = words.ordinals[small]
    elif (
        small.isdecimal()
        and len(small) < 5
        and words.has("ordinal_endings", tokens.word(end))
        and (tokens.touches(end))
    ):
        value, end = float(small), end + 1
    else:
        return None
    if tokens.written[i][0].isupper() and i:
        return None
    at = end
    while (
        at < end + 3
        and at < len(tokens)
        and tokens.written[at][0].islower()
        and not (words.has("ranked", tokens.small[at]))
        and tokens.small[at] not in words.lists["small"]
    ):
        at += 1
    to_date = tokens.word(at) == "to" and tokens.word(at + 1) == "date"
    if not (to_date or words.has("ranked", tokens.word(at))):
        return None
    row = words.has("in_a_row", tokens.word(at))
    rest = tokens.small[at : at + 12]
    if value == 1 and not any(words.has("since", word) for word in rest):
        return None
    span = tokens.word(at) in ("day", "week", "month", "quarter", "year", "season", "time")
    is_counted = row or "row" in rest or "since" in rest or tokens.word(at) == "time"
    if value > 1 and span and not is_counted:
        return None
    amount = Amount(i, end, value, 1.0, small.isdecimal())
    stop = at if to_date else at + 1
    noun = (end, stop) if stop > end else (0, 0)
    return NumberRead(
        UnitFound("rank", "", i, max(stop, end), noun, 0.6 if value > 1 else 0.5), amount, amount
    )
