"""Encodings from before UTF-8, and UTF-16 without its mark: told apart by what makes words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from dashboard.corpus.decoding.alphabets import (
    BORROWED,
    COMMON,
    ENCODINGS,
    LATIN,
    PRIOR,
    RARE,
    WEIGHTS,
)

_SAMPLE = 8_000
_LONGEST_LINE = 2000
_WORD = re.compile(r"[^\W\d_]+(?:[^\W\d_]|[\u0e31-\u0e4e])*")
_ASCII = bytes(range(128))
_PLAIN = b"abcdefghijklmnopqrstuvwxyz ,"
_WIDE_SHARE = 0.002  # of the bytes, NULs: line ends and digits alone are more in UTF-16
_NARROW_SHARE = 0.3  # Western UTF-16 is half NULs …
_PLAIN_SHARE = 0.4  # … and that of another script isn't mostly the bytes of ASCII
# Marks that people type beside words, never inside one but for the apostrophe.
_MARKS = frozenset(
    "“”‘’„‚«»‹›–—…•·¡¿§©®™°€£¥¢½¼¾²³±×÷µ†‡‰ªº№\u00a0\u00ad、。，：；？！「」『』（）《》〈〉【】・ー々"
)
_APOSTROPHES = frozenset("’'·\u00ad")
_QUOTES = frozenset("“”‘’„‚«»–—…€")
# What no encoding means: controls, and what can't be decoded. More than a few, and it is another.
_NO_TEXT = frozenset(map(chr, range(0x80, 0xA0))) | {"\ufffd"}
_LEAST = 0.5  # less than this and they aren't words
_MOST_BAD = 0.2
_MOST_KNOWN = 1.0
_FEWEST_KANA = 0.1
_FOREIGN, _STRANGE, _BROKEN, _NONE = 0.6, -0.5, -1.0, -3.0
_QUOTE, _SYMBOL = 1.5, 1.0  # a mark in its place says as much as a letter


def guess(data: bytes) -> str:
    """Return Python's name of the encoding in which the lines beyond ASCII read best as words.

    Of each encoding that ``data`` can be in, the letters are weighed by how usual they are in its
    languages, marks inside words and capitals behind small letters count against it, words of the
    language's stop list for it. "" when none of them gives words.
    """
    sample = _sample(data)
    best, score = "", _LEAST
    # A few letters may fit several encodings; many are told apart by the letters alone.
    prior = min(1.0, 10 / max(1, len(sample.translate(None, _ASCII))))
    for encoding, (_, languages) in ENCODINGS.items():
        text = sample.decode(encoding, "replace")
        around = _neighbours(text)
        number = around.total()
        if sum(n for (_, c, _), n in around.items() if c in _NO_TEXT) > _MOST_BAD * number:
            continue
        for language in languages:
            weighed = _weigh_all(around, language) + prior * PRIOR[encoding]
            if weighed + _MOST_KNOWN > score:
                weighed += _known_share(text, language)
            if weighed > score:
                best, score = encoding, weighed
    return best


def guess_wide(data: bytes) -> str:
    """Return "utf-16-le" or "utf-16-be" for UTF-16 without a byte order mark, else ""."""
    sample = data[: 2 * _SAMPLE]
    sample = sample[: len(sample) // 2 * 2]
    nuls = sample.count(0)
    plain = len(sample) - len(sample.translate(None, _PLAIN))
    if nuls < _WIDE_SHARE * len(sample) or (
        nuls < _NARROW_SHARE * len(sample) and plain > _PLAIN_SHARE * len(sample)
    ):
        return ""  # no NULs, or a table with stray ones
    if not sample.isascii() and _is_utf8(sample[: sample.rfind(b"\0")]):
        return ""  # UTF-8 with a NUL in it: no other encoding has such sequences by chance
    found = []
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        strange = sum(
            unicodedata.category(char) in ("Cc", "Cn", "Co") and not char.isspace() for char in text
        ) + text.count("\ufffd")
        found.append((strange, -sum(map(str.isascii, text)), encoding, len(text)))
    strange, _, encoding, length = min(found)
    return encoding if length > 3 and strange <= 0.01 * length else ""


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _sample(data: bytes) -> bytes:
    """Return some of the lines that aren't UTF-8: the others prove nothing."""
    found: list[bytes] = []
    size = 0
    for line in data[: 200 * _SAMPLE].splitlines():
        if not _is_utf8(line):
            found.append(line[:_LONGEST_LINE])
            size += len(found[-1])
            if size > _SAMPLE:
                break
    return b"\n".join(found)


def _weigh_all(around: Counter[tuple[str, str, str]], language: str) -> float:
    """Return how well characters read as ``language``: up to 2 a character beyond ASCII."""
    if not around:
        return 0.0
    total = kana = 0.0
    common, weights = COMMON.get(language), WEIGHTS.get(language, {})
    latin = language in LATIN
    for (before, char, after), times in around.items():
        if common is None:
            total += times * _weigh(before, char, after, weights, latin)
        elif _is_plain(before, after):
            total += times * _BROKEN
        else:
            kana += times * ("\u3040" <= char <= "\u30ff")
            total += times * _weigh_wide(char, language, common)
    mean = total / around.total()
    if language == "ja" and kana < _FEWEST_KANA * around.total():
        mean -= 0.3
    return mean + RARE.get(language, 0.0)


def _known_share(text: str, language: str) -> float:
    """Return up to ``_MOST_KNOWN`` for words that any text in the language has."""
    known = _stop_words(language)
    if language in COMMON or not known:
        return 0.0
    words = _WORD.findall(text)
    shares = []
    for chosen in (words, [word for word in words if not word.isascii()]):
        hits = sum(word.lower() in known and len(word) > 1 for word in chosen)
        shares.append(hits / max(len(chosen), 5))
    return sum(shares) / 2


@cache
def _stop_words(language: str) -> frozenset[str]:
    from stopwordsiso import has_lang, stopwords

    return frozenset(stopwords(language)) if has_lang(language) else frozenset()


def _neighbours(text: str) -> Counter[tuple[str, str, str]]:
    """Count the characters beyond ASCII, each with those beside it."""
    padded = f" {text} "
    return Counter(
        (padded[i - 1], char, padded[i + 1]) for i, char in enumerate(padded) if char > "\x7f"
    )


def _weigh(before: str, char: str, after: str, weights: dict[str, float], latin: bool) -> float:
    if char in _NO_TEXT:
        return _NONE
    if not (char.isalpha() or unicodedata.category(char) == "Mn"):
        if char not in _MARKS:
            return _NONE if before.isalpha() or after.isalpha() else _BROKEN
        inside = before.isalpha() and after.isalpha() and char not in _APOSTROPHES
        return _BROKEN if inside else _QUOTE if char in _QUOTES else _SYMBOL
    if char.isupper() and before.islower():
        return _BROKEN
    if not latin and _is_plain(before, after):
        return _BROKEN
    lower = char.lower() if char != "İ" else "ı"
    if char in "ªº":
        return _BROKEN if after.isalpha() else 0.0
    weight = weights.get(lower) or (_FOREIGN if latin and lower in BORROWED else _STRANGE)
    alone = char.isupper() and not before.isalpha() and not after.isalpha()
    return min(weight, _FOREIGN) if alone else weight  # a letter by itself is not a word


def _is_plain(before: str, after: str) -> bool:
    """True where a small letter of ASCII stands beside: other scripts don't mix with these."""
    return (before.isascii() and before.islower()) or (after.isascii() and after.islower())


def _weigh_wide(char: str, language: str, common: frozenset[str]) -> float:
    if char in _NO_TEXT or "\ue000" <= char <= "\uf8ff":
        return _NONE
    if char in common or (language == "ja" and "\u3040" <= char <= "\u30ff"):
        return 2.0
    if "\u4e00" <= char <= "\u9fff":
        return 0.2 if language == "ko" else 0.7
    if "\uac00" <= char <= "\ud7a3":
        return 0.8 if language == "ko" else _BROKEN
    if "\uff61" <= char <= "\uff9f":
        return 0.3
    return _SYMBOL if char in _MARKS or "\uff00" <= char <= "\uffef" else _BROKEN
