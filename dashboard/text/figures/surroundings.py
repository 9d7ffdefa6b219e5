"""What a sentence says of a number: how exact it is, up or down, when, of what, and who says it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from dashboard.text.figures.numbers import DASHES, Tokens
from dashboard.text.figures.units import UnitFound
from dashboard.text.figures.words import FigureWords

DIRECTIONS = ("", "up", "down", "up by", "down by", "up to", "down to", "up from", "down from")
#: Bits of what qualifies a number.
ABOUT, AT_LEAST, AT_MOST, RECORD = 1, 2, 4, 8
_BACK = 7  # tokens before a number that may say up or down
_CONTEXT = 15  # tokens on each side whose words a number goes with
_NEAR = 7  # of them on each side stand next to it
_BEFORE_DATE = 5  # of them before a date that say what it is for
_FAR = 16  # tokens from a number to its date
_WORDING, _LEAST_WORDING = 8, 9  # words on each side that are a wording, and the fewest in all
_STOPS = frozenset('.;:!?()[]“”"')
Span = tuple[int, int]


@dataclass(frozen=True)
class Dated:
    """A date in a passage, from character ``start`` to ``end``; its days are since 1970."""

    start: int
    end: int
    first_day: int
    last_day: int


def date_of(
    tokens: Tokens, unit: UnitFound, dates: Sequence[Dated], words: FigureWords
) -> Dated | None:
    """The date nearest to a number in its clause; one after it comes before one ahead. None for a
    length of time or a rank, and no date that the number is compared with: "since 2010"."""
    if unit.kind in ("duration", "rank"):
        return None
    start, end = tokens.starts[unit.first], tokens.ends[unit.end - 1]

    def distance(date: Dated) -> int:
        ahead = date.end <= start
        between = (date.end, start) if ahead else (end, date.start)
        first, last = (bisect_left(tokens.starts, place) for place in between)
        apart = any(small in _STOPS for small in tokens.small[first:last])
        comma = "," in tokens.small[first:last]
        return last - first + ahead + 2 * comma + 2 * _FAR * apart

    def is_other(date: Dated) -> bool:
        at = bisect_left(tokens.starts, date.start)
        before = tokens.small[max(at - _BEFORE_DATE, 0) : at]
        return any(words.has("compared", small) for small in before)

    near = min((d for d in dates if not is_other(d)), key=distance, default=None)
    return near if near is not None and distance(near) <= _FAR else None


def qualifier_of(tokens: Tokens, unit: UnitFound, words: FigureWords) -> int:
    """Bits of how exactly the number is said, and whether it is a record."""
    bits, at = 0, unit.first - 1
    hedges = words.values.get("hedges", {})
    for _ in range(3):
        if tokens.word(at) in ("a", "an", "the"):
            at -= 1
        one = tokens.word(at)
        two, three = f"{tokens.word(at - 1)}-{one}", f"{tokens.word(at - 2)}-{tokens.word(at - 1)}"
        for said, n in ((f"{three}-{one}", 3), (two, 2), (one, 1)):
            if said in hedges:
                bits |= {"~": ABOUT, ">": AT_LEAST, "<": AT_MOST}[hedges[said]]
                at -= n
                break
        else:
            if words.has("records", one) or words.has("records", two):
                bits |= RECORD
                at -= 1 + (not words.has("records", one))
            else:
                break
    if tokens.word(unit.end) == "or" and tokens.word(unit.end + 1) in ("more", "less", "fewer"):
        bits |= AT_LEAST if tokens.word(unit.end + 1) == "more" else AT_MOST
    return bits


def direction_of(tokens: Tokens, unit: UnitFound, words: FigureWords) -> str:
    """One of ``DIRECTIONS``."""
    for i in range(unit.end, min(unit.end + 3, len(tokens))):
        small = tokens.small[i]
        if small in _STOPS or small == ",":
            break
        if words.has("more_after", small) or words.has("less_after", small):
            plain = small in ("more", "less", "fewer") and unit.kind == "count"
            plain |= small in ("up", "down") and tokens.word(i + 1) in ("for", "to", "with", "in")
            return "" if plain else ("up by" if words.has("more_after", small) else "down by")
    link = ""
    for i in range(unit.first - 1, max(unit.first - 1 - _BACK, -1), -1):
        small = tokens.small[i]
        if small in _STOPS:
            break
        if small in ("by", "to", "from") and not link:
            link = small
        elif small in ("from", "than", "of") and not link and unit.first - i > 3:
            break
        elif words.has("up", small) or words.has("down", small):
            way = "up" if words.has("up", small) else "down"
            return f"{way} {link}".strip()
    return ""


def about_of(tokens: Tokens, unit: UnitFound, words: FigureWords) -> Span:
    """The tokens that say what the number is of; (0, 0) where nothing does."""
    if unit.noun != (0, 0):
        return unit.noun
    after = _phrase(tokens, unit.end, words)
    if after[1] > after[0] and unit.kind != "multiple":
        return after
    link = tokens.word(unit.end)
    if unit.kind == "duration" and link != "of":
        return 0, 0
    if link in ("of", "in", "for", "on"):
        begin = unit.end + 1
        while tokens.word(begin) in words.lists.get("definite", ()) or tokens.word(begin) in (
            "a", "an", "all"
        ):  # fmt: skip
            begin += 1
        of = _phrase(tokens, begin, words)
        if link == "of" and of[1] > of[0]:
            return of
        before = _before(tokens, unit, words)
        return before if before[1] > before[0] else of
    return _before(tokens, unit, words)


def _is_content(tokens: Tokens, i: int, words: FigureWords) -> bool:
    return tokens.written[i][0].isalpha() and tokens.small[i] not in words.idle


def _phrase(tokens: Tokens, at: int, words: FigureWords) -> Span:
    end = at
    while end < min(at + 5, len(tokens)) and (
        _is_content(tokens, end, words) or (tokens.small[end] in DASHES and end > at)
    ):
        end += 1
    return at, end


def _before(tokens: Tokens, unit: UnitFound, words: FigureWords) -> Span:
    end = unit.first
    while end > max(unit.first - 8, 0) and not _is_content(tokens, end - 1, words):
        if tokens.small[end - 1] in _STOPS:
            return 0, 0
        end -= 1
    begin = end
    while begin > max(end - 5, 0) and (
        _is_content(tokens, begin - 1, words) or tokens.small[begin - 1] in DASHES
    ):
        begin -= 1
    return (begin, end) if end > begin else (0, 0)


def said_by(tokens: Tokens, words: FigureWords) -> Span:
    """The tokens that name who says the sentence; (0, 0) where it names nobody."""
    for i, small in enumerate(tokens.small):
        if words.has("according", small) and tokens.word(i + 1) == "to":
            end = i + 2
            while end < min(i + 10, len(tokens)) and tokens.small[end] not in '.;:,!?()“”"':
                end += 1
            return i + 2, end
        if words.has("said", small) and i and small != "according":
            begin = i
            while begin > 0 and tokens.written[begin - 1][0].isupper():
                begin -= 1
            if (
                begin < i
                and tokens.small[begin] not in words.months
                and not (i - begin == 1 and tokens.small[begin] in words.lists["small"])
            ):
                return begin, i
    return 0, 0


def context_words(
    tokens: Tokens, unit: UnitFound, about: Span, words: FigureWords
) -> list[tuple[int, bool]]:
    """The content words around a number, each once, as :func:`code`, ascending; with whether they
    stand next to it and don't name what is counted. The words of the unit are left out."""
    begin, end = max(unit.first - _CONTEXT, 0), min(unit.end + _CONTEXT, len(tokens))
    own = set() if unit.kind == "count" else set(tokens.small[unit.first : unit.end])
    counted = range(*about) if unit.kind == "count" else range(0)
    found: dict[int, bool] = {}
    for i in range(begin, end):
        small = tokens.small[i]
        if (
            _is_content(tokens, i, words)
            and len(small) > 2
            and not (small in own or small in words.months)
        ):
            near = unit.first - _NEAR <= i < unit.end + _NEAR and i not in counted
            word = code(small)
            found[word] = found.get(word, False) or near
    return sorted(found.items())


@lru_cache(maxsize=1 << 16)
def code(word: str) -> int:
    """CRC-32 of a word without its commonest endings."""
    return crc32(_stem(word).encode("utf-8", "surrogatepass"))


def _stem(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("’s")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word.removesuffix(ending)
    return word.removesuffix("e")


def wording(tokens: Tokens, unit: UnitFound) -> int:
    """CRC-32 of the words around a number in their order: who has the same has one text, not words
    of its own. 0 where they are so few that two may have chosen the same."""

    def said(side: slice) -> list[str]:
        return [small for small in tokens.small[side] if small[0].isalnum()]

    ahead, own = said(slice(0, unit.first)), said(slice(unit.first, unit.end))
    words = ahead[-_WORDING:] + own + said(slice(unit.end, None))[:_WORDING]
    if len(words) < _LEAST_WORDING:
        return 0
    return crc32(" ".join(words).encode("utf-8", "surrogatepass"))
