"""What a number is a number of: money, a share, a length of time, things that are counted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.text.figures.numbers import DASHES, Amount, Tokens
from dashboard.text.figures.words import FigureWords

KINDS = ("money", "percent", "points", "count", "duration", "measure", "multiple", "rank")
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW",
          "₺": "TRY", "₴": "UAH", "₦": "NGN", "₪": "ILS"}  # fmt: skip
_DETERMINERS = ("the", "these", "those", "his", "her", "its", "their", "our")
_MOST_WORDS = 4  # before the noun that is counted
_MOST_UNSCALED = 9  # a definite count up to here only refers: "the two countries"


@dataclass(frozen=True)
class UnitFound:
    """Kind and unit of a number, and the tokens of both. ``noun``: the tokens that say what is
    counted, empty for other kinds. ``sure``: 0 to 1."""

    kind: str
    unit: str
    first: int
    end: int
    noun: tuple[int, int] = (0, 0)
    sure: float = 0.9


def unit_of(tokens: Tokens, amount: Amount, words: FigureWords) -> UnitFound | None:
    """The unit of a number; None where it counts nothing, or names, dates or numbers something."""
    at, first = amount.end, amount.first
    if not amount.digits and tokens.word(at) in DASHES:
        at += 1
    money = _money(tokens, amount, words)
    if money is not None:
        return money
    share = _share(tokens, amount, words)
    if share is not None:
        return share
    if _is_joined(tokens, amount) or amount.fraction:
        return None
    hyphen = tokens.word(amount.end) in DASHES and tokens.touches(amount.end + 1)
    at = amount.end + 1 if hyphen else amount.end
    if _is_time_of_day(tokens, amount):
        return None
    measured = _measured(tokens, amount, at, words)
    if measured is not None:
        return measured if measured.kind else None
    if words.has("times", tokens.word(at)) and not hyphen:
        after = tokens.word(at + 1)
        if after in ("as", "more", "the", "higher", "larger", "greater", "bigger"):
            return UnitFound("multiple", "times", first, at + 1, sure=0.8)
        return None
    if hyphen or _is_name(tokens, amount, words) or _is_year(tokens, amount, words):
        return None
    return _counted(tokens, amount, words)


def _money(tokens: Tokens, amount: Amount, words: FigureWords) -> UnitFound | None:
    first, end = amount.first, amount.end
    sign = _SIGNS.get(tokens.word(first - 1))
    if sign is not None:
        start = first - 1
        nations = words.values.get("nations", {})
        before = tokens.word(start - 1)
        if tokens.word(first - 1) == "$" and tokens.touches(start) and before in nations:
            return UnitFound("money", nations[before], start - 1, end, sure=0.97)
        return UnitFound("money", sign, start, end, sure=0.97)
    if tokens.word(end) in _SIGNS:  # 5 €, 20 Mio. €
        return UnitFound("money", _SIGNS[tokens.word(end)], first, end + 1, sure=0.97)
    at = end
    while tokens.word(at) in DASHES or tokens.word(at) == ".":
        at += 1
    if tokens.word(at) in _SIGNS and at == end + 1:
        return UnitFound("money", _SIGNS[tokens.word(at)], first, at + 1, sure=0.97)
    currencies, nations = words.values["currencies"], words.values.get("nations", {})
    nation = ""
    if (
        tokens.word(at) in nations
        and len(tokens.word(at)) > 1
        and tokens.word(at + 1) in currencies
    ):
        nation, at = nations[tokens.word(at)], at + 1
    code = currencies.get(tokens.word(at), "")
    if code and not (code == "KRW" and tokens.written[at] == "won" and not amount.scaled):
        code = nation if nation and code in ("USD", "peso") else code
        return UnitFound("money", code, first, at + 1, sure=0.95)
    code = currencies.get(tokens.word(first - 1), "")
    if (code and tokens.written[first - 1].isupper()) or tokens.written[first - 1 : first] == [
        "Rs"
    ]:
        return UnitFound("money", code, first - 1, end, sure=0.95)
    return None


def _share(tokens: Tokens, amount: Amount, words: FigureWords) -> UnitFound | None:
    first, end = amount.first, amount.end
    at = end + 1 if tokens.word(end) in DASHES else end
    word, pair = tokens.word(at), f"{tokens.word(at)} {tokens.word(at + 1)}"
    if pair in ("percentage point", "percentage points"):
        return UnitFound("points", "percentage points", first, at + 2, sure=0.95)
    if pair in ("basis point", "basis points"):
        return UnitFound("points", "basis points", first, at + 2, sure=0.95)
    if words.has("points", word) and word not in ("point", "points", "percentage", "basis"):
        return UnitFound("points", "percentage points", first, at + 1, sure=0.95)
    if word == "%" or words.has("percent", word):
        if tokens.word(at + 1) in ("point", "points"):
            return UnitFound("points", "percentage points", first, at + 2, sure=0.9)
        return UnitFound("percent", "%", first, at + 1, sure=0.95)
    if words.has("percent_two", word) and words.has("percent_two", tokens.word(at + 1)):
        return UnitFound("percent", "%", first, at + 2, sure=0.95)
    if amount.fraction and words.has("out_of", tokens.word(end)):
        return UnitFound("percent", "%", first, end, sure=0.75)
    return None


def _is_joined(tokens: Tokens, amount: Amount) -> bool:
    """Whether letters or marks tie the number to something else: MH17, G-20, #1, 3:15, 9/11, 20s,
    24/7, 5-4, page.7."""
    first, end = amount.first, amount.end
    if not amount.digits:
        return tokens.word(first - 1) in DASHES and tokens.touches(first)
    if tokens.word(first - 1) in ("#", "№", "§", "@"):
        return True
    if tokens.touches(first) and tokens.word(first - 1) not in ("(", "[", "“", '"', "‘", "'", "—"):
        before = tokens.word(first - 1)
        if before in ("+", "~", "≈", ">", "<") and not tokens.touches(first - 1):
            return False
        return before not in _SIGNS
    if tokens.touches(end) and tokens.word(end):
        after = tokens.word(end)
        if after[0].isalpha():
            return True
        if after in "/:_@&=" or (after in DASHES and tokens.word(end + 1)[:1].isdigit()):
            return tokens.touches(end + 1)
    return False


def _is_time_of_day(tokens: Tokens, amount: Amount) -> bool:
    after = tokens.word(amount.end)
    if after in ("pm", "am", "o'clock", "o’clock", "uhr"):
        return True
    return after in ("p", "a") and tokens.word(amount.end + 1) == "." and tokens.word(
        amount.end + 2
    ) == "m"  # fmt: skip


def _measured(tokens: Tokens, amount: Amount, at: int, words: FigureWords) -> UnitFound | None:
    """A length of time or a measure. One without a kind: it is an age or a date."""
    square = tokens.word(at) if tokens.word(at) in ("square", "cubic", "metric", "nautical") else ""
    if square:
        at += 1
        at += tokens.word(at) in DASHES
    found = words.units.get(tokens.word(at))
    if found is None or "'" in tokens.word(at) or (tokens.written[at][0].isupper() and
        not words.nouns_capital and len(tokens.word(at)) > 3 and not amount.scaled):  # fmt: skip
        return None
    unit, kind = found
    one = UnitFound(kind, f"{square} {unit}".strip(), amount.first, at + 1, sure=0.85)
    if kind == "measure" and tokens.word(at) in ("second", "yard", "foot", "min"):
        one = replace(one, sure=0.7)
    if kind == "duration" and _is_no_length(tokens, amount, at, words):
        return UnitFound("", "", amount.first, at + 1)
    return one


def _is_no_length(tokens: Tokens, amount: Amount, at: int, words: FigureWords) -> bool:
    """Whether a length of time says an age or a date: 42 years old, aged 5 months, two days ago."""
    after = tokens.word(at + 1)
    after = tokens.word(at + 2) if after in DASHES else after
    if words.has("old", after) or words.has("ago", after) or after == "anniversary":
        return True
    before = tokens.word(amount.first - 1)
    if words.has("age_before", before) or words.has("ago_before", before):
        return True
    if tokens.word(at + 1) == "of" and tokens.word(at + 2) == "age":
        return True
    small = amount.value <= _MOST_UNSCALED and not amount.scaled
    return small and words.has("definite", before) and before not in ("past", "last", "next")


def _is_name(tokens: Tokens, amount: Amount, words: FigureWords) -> bool:
    """Whether the number names something: Flight 370, Apollo 13, May 16."""
    before = tokens.written[amount.first - 1] if amount.first else ""
    small = before.lower()
    if small in words.months or words.has("named_by_number", small):
        return not (amount.scaled or "," in tokens.written[amount.first])
    if small == "." and words.has("named_by_number", tokens.word(amount.first - 2)):
        return tokens.word(amount.first - 2) in ("no", "nos", "vol", "fig", "art")
    if tokens.word(amount.end) in words.months or (
        tokens.word(amount.end) == "." and tokens.word(amount.end + 1) in words.months
    ):
        return True
    plain = amount.digits and not amount.scaled and amount.value < 10_000
    named = before[:1].isupper() and not words.nouns_capital
    known = small in words.lists["small"] or _is_said(small, words)
    return plain and named and not known and words.group not in tokens.written[amount.first]


def _is_said(word: str, words: FigureWords) -> bool:
    return any(words.has(name, word) for name in ("up", "down", "people", "hedges", "said"))


def _is_year(tokens: Tokens, amount: Amount, words: FigureWords) -> bool:
    written = tokens.written[amount.first]
    if not (len(written) == 4 and written.isdecimal() and "1500" <= written <= "2100"):
        return False
    if amount.end != amount.first + 1:
        return False
    before, after = tokens.word(amount.first - 1), tokens.word(amount.end)
    unit = words.has("plurals", after) or words.has("people", after)
    return not unit or words.has("date_before", before)


def _counted(tokens: Tokens, amount: Amount, words: FigureWords) -> UnitFound | None:
    first, end = amount.first, amount.end
    before = tokens.word(first - 1)
    if words.has("age_before", before):
        return None
    if amount.value <= 1 or (amount.value != int(amount.value) and not amount.scaled):
        return None
    vague = amount.value <= _MOST_UNSCALED and not amount.scaled
    if vague and (words.has("definite", before) or before.endswith(("'s", "’s", "s'", "s’"))):
        return None
    sure = 0.85 if amount.digits or amount.scaled else 0.75
    if words.has("people", tokens.word(end)):
        return UnitFound("count", "people", first, end + 1, (end, end + 1), sure)
    noun = _noun(tokens, end, words)
    if noun is not None:
        unit = _singular(tokens.word(noun[1] - 1), words)
        if words.has("points", tokens.word(noun[1] - 1)):
            return UnitFound("points", "points", first, noun[1], sure=0.7)
        return UnitFound("count", unit, first, noun[1], noun, sure)
    if words.has("people", before) and not vague:  # killed 42
        if tokens.word(end) in ("", ".", ",", "and", "in", ";", "with", "after", "during"):
            return UnitFound("count", "people", first, end, (first - 1, first), 0.65)
        return None
    if amount.scaled and amount.value >= 1_000_000:
        return UnitFound("count", "", first, end, sure=0.6)
    return None


def _noun(tokens: Tokens, at: int, words: FigureWords) -> tuple[int, int] | None:
    """The tokens from the first adjective up to the noun that is counted."""
    begin = at
    if tokens.word(at) in _DETERMINERS:
        return None
    while tokens.word(begin) in ("more", "other", "additional", "new", "of", "such", *_DETERMINERS):
        begin += 1
    for i in range(begin, min(begin + _MOST_WORDS, len(tokens))):
        written, small = tokens.written[i], tokens.small[i]
        if small in DASHES and tokens.touches(i) and i > begin:
            continue
        if not written[0].isalpha() or "'" in small or "’" in small:
            return None
        capital = written[0].isupper()
        if words.nouns_capital:
            if capital:
                return None if words.has("numbers_name", small) else (begin, i + 1)
        elif _is_plural(small, words):
            following = tokens.written[i + 1][:1] if i + 1 < len(tokens) else ""
            if (
                capital
                and (following.isupper() or following in DASHES)
                and small not in (words.lists["plurals"])
            ):
                return None
            if words.has("numbers_name", small) or small in words.months:
                return None
            if capital and small in words.units and not written.isupper():
                return None  # “60 Minutes”: a name
            return begin, i + 1
        if small in words.lists["small"] or words.has("no_nouns", small):
            return None
        if words.has("numbers_name", small) or _is_said(small, words):
            return None
    return None


def _is_plural(word: str, words: FigureWords) -> bool:
    if words.has("plurals", word):
        return True
    if words.has("no_nouns", word) or len(word) < 4 or word in words.lists["small"]:
        return False
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _singular(word: str, words: FigureWords) -> str:
    """One form for all that count the same: "person" stays "people", "cities" is "city"."""
    if words.nouns_capital or words.has("plurals", word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word
