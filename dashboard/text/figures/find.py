"""The figures of a passage."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.text.figures import surroundings
from dashboard.text.figures.numbers import DASHES, HALVES, Amount, Tokens, read_amount
from dashboard.text.figures.units import UnitFound, unit_of
from dashboard.text.figures.words import FigureWords, figure_words

Span = tuple[int, int]
# The first digit of each number, and fractions of one character.
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"[0-9]+|[½¼¾⅓⅔]")


@dataclass(frozen=True)
class Figure:
    """A figure from character ``start`` to ``end`` of its passage, in that sentence there.

    ``low`` and ``high``: its value, the same but for a range; ``step``: the value of its last
    digit. ``unit``: "USD", "%", "years", what is counted; "USD a year" for a rate. ``direction``
    and ``qualifier``: see ``surroundings``. ``first_day``, ``last_day``: of its period, since 1970;
    None without one. ``about``, ``said``: characters; (0, 0) for nothing. ``words``: CRC-32
    of the stems around it, and whether they stand next to it; ``head``: of the last of ``about``,
    or 0. ``confidence``: 0 to 1."""

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


@dataclass(frozen=True)
class _Read:
    """A number with its unit, or a range of two."""

    unit: UnitFound
    low: Amount
    high: Amount


def _of_sentence(
    tokens: Tokens, number: int, dates: Sequence[surroundings.Dated], words: FigureWords
) -> Iterator[Figure]:
    read = [one for one in _numbers(tokens, words) if not _is_none(tokens, one.unit, dates)]
    said = surroundings.said_by(tokens, words) if read else (0, 0)
    for one in read:
        unit, low, high = one.unit, one.low, one.high
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
            _with_rate(tokens, unit, words),
            surroundings.direction_of(tokens, unit, words),
            surroundings.qualifier_of(tokens, unit, words),
            period.first_day if period else None,
            period.last_day if period else None,
            _characters(tokens, about),
            _characters(tokens, said),
            tuple(surroundings.context_words(tokens, unit, about, words)),
            surroundings.code(tokens.small[about[1] - 1]) if about[1] else 0,
            unit.sure,
        )


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


def _with_rate(tokens: Tokens, unit: UnitFound, words: FigureWords) -> str:
    """The unit, with "a year" where the number is one of each year."""
    at = unit.end
    if unit.kind in ("money", "count", "measure", "percent"):
        rate = tokens.word(at + 1)
        if words.has("per", tokens.word(at)) and words.has("rates", rate):
            return f"{unit.unit} a {rate.removesuffix('s')}".strip()
        if words.has("yearly", tokens.word(at)):
            return f"{unit.unit} a year".strip()
    return unit.unit


def _numbers(tokens: Tokens, words: FigureWords) -> Iterator[_Read]:
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
                read = _Read(unit, amount, amount)
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


def _one_in(tokens: Tokens, amount: Amount, words: FigureWords) -> _Read | None:
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
    return _Read(unit, share, share)


def _has_unit(tokens: Tokens, amount: Amount, words: FigureWords) -> bool:
    unit = unit_of(tokens, amount, words)
    return unit is not None and unit.kind != "count"


def _range(tokens: Tokens, low: Amount, words: FigureWords) -> _Read | None:
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
    return _Read(replace(unit, first=min(unit.first, low.first)), low, high)


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


def _multiple(tokens: Tokens, i: int, words: FigureWords) -> _Read | None:
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
    return _Read(UnitFound("multiple", "times", i, i + 1, sure=0.7), amount, amount)


def _ranked(tokens: Tokens, i: int, words: FigureWords) -> _Read | None:
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
    return _Read(
        UnitFound("rank", "", i, max(stop, end), noun, 0.6 if value > 1 else 0.5), amount, amount
    )
