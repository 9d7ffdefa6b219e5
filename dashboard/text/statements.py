"""Statements: whole sentences that can be read by themselves, and what to cut before one."""

from __future__ import annotations

import re

from dashboard.text.word_lists import word_list

LEAST_WHOLE, LEAST_WORDS, MOST_WORDS = 6, 8, 48
_OPENING, _CLOSING = "\"'“‘„«‹「『（([", "\"'”’“»›」』）)]"
_ENDS = (".", "!", "。", "！", "।", "۔", "።", "។", "։")
# "SHANGHAI -- ", "BEIJING, China: ", "WASHINGTON (Reuters) - ", "PARIS, May 16 (AP) –", "(CNN) "
_CAPITAL = "A-ZÀ-ÖØ-ÞΑ-ΩА-Я"
_DATELINE = re.compile(
    rf"(?:[{_CAPITAL}][{_CAPITAL}.'’/ -]{{2,40}}(?:,[^—–:()\n]{{2,30}})?(?: ?\([^()\n]{{2,30}}\))?"
    r"|\([A-Z][^()\n]{1,30}\))\s?(?:--|[—–:]|-(?=\s))\s*(?=\S)"
    rf"|\([{_CAPITAL}]{{2,12}}\)\s+(?=\S)"
)
_WORD = re.compile(r"[^\W_][\w'’]*")
_CREDIT = re.compile(r"[(\[][^()\[\]\n]{2,60}[)\]]\.?")
_QUOTES = '"“”„«»「」『』'
_QUOTE = re.compile(f"[{_QUOTES}]")
_CREDIT_WORDS = 6
_SHOUTED = 0.4  # of the words in capitals
_STOPS = '.!?…。！？।۔።։:;,"”’»'
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"))


def dateline_end(text: str) -> int:
    """How many characters of a sentence are its dateline: place and agency in capitals before a
    dash or colon; 0 for none."""
    found = _DATELINE.match(text)
    return found.end() if found else 0


def is_whole(text: str, n_words: int) -> bool:
    """Whether it has the shape of a sentence: six words or more that end with a full stop, a
    question or exclamation mark; no heading, no label, no caption without one."""
    return n_words >= LEAST_WHOLE and text.rstrip(_CLOSING).endswith((*_ENDS, "?", "？", "؟"))


def is_statement(text: str, n_words: int, language: str = "en", follows: str = "") -> bool:
    """Whether a sentence can stand alone: whole, of 8 to 48 words (``n_words``, by the token rule),
    closed by a full stop, with quotation marks and brackets in pairs; not opened by a word that
    leans on the sentence before ("He", "However"), no quotation without its speaker, no caption.
    ``follows``: what comes after it on its line; a caption is followed by its credit in brackets.
    A language without a list is judged by shape alone."""
    if not LEAST_WORDS <= n_words <= MOST_WORDS or "\n" in text:
        return False
    if not text.rstrip(_CLOSING).endswith(_ENDS) or text.endswith(("...", "…")):
        return False
    bare = text.lstrip(_OPENING)
    if not bare or bare[0].islower() or not bare[0].isalnum():
        return False
    first, second = (*_WORD.findall(bare[:60].casefold().replace("’", "'")), "", "")[:2]
    leaning = word_list("needs_context", language)
    is_said = text[0] in _QUOTES  # "we" is then the speaker, who is named
    if not is_said and (first in leaning or f"{first}_{second}" in leaning):
        return False
    return not (_is_quotation(text) or _is_open(text) or _is_shouted(text) or is_caption(follows))


def is_caption(follows: str) -> bool:
    """Whether what stands after a sentence on its line is a credit: "(Sputnik via Reuters)", or a
    few words without a full stop."""
    rest = follows.strip()
    short = bool(rest) and len(rest.split()) <= _CREDIT_WORDS and rest[-1] not in _STOPS
    return short or _CREDIT.fullmatch(rest) is not None


def _is_open(text: str) -> bool:
    """Quotation marks or brackets that don't close, or close what was opened before."""
    if text.count('"') % 2:
        return True
    for left, right in _PAIRS:
        if left == "„" or (left == "“" and "„" in text):
            continue
        if text.count(left) != text.count(right):
            return True
    return False


def _is_quotation(text: str) -> bool:
    """Nothing but what somebody says: one pair of quotation marks around all of it."""
    first = _QUOTE.search(text, 1)
    return text[0] in _QUOTES and first is not None and first.end() >= len(text) - 1


def _is_shouted(text: str) -> bool:
    words = text.split()
    return sum(word.isupper() and len(word) > 1 for word in words) > len(words) * _SHOUTED
