"""Statements: whole sentences that can be read by themselves, and what to cut before one."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
#: A name of two to four words, what may stand between commas, the word behind it, and six more.
_WHO = re.compile(
    rf"[—–-]?\s*(?:[Bb]y )?(?P<name>[{_CAPITAL}][\w'’.-]*"
    rf"(?: (?:[{_CAPITAL}][\w'’.-]*|d[aeiu]|del?r?|v[ao]n|bin|al|el|la|ter?n?)){{0,2}}"
    rf" [{_CAPITAL}][\w'’-]+)(?:, [^,]{{2,60}},)? (?P<is>\w+) (?P<post>\S+(?: \S+){{0,5}})"
)
_LONGEST_NOTE = 500  # characters
_EDGE_LINES = 4  # first and last ones, a third at most, among which an author's note stands
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
    return n_words >= LEAST_WHOLE and _closes(text)


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
    if text[0] in "([" and text.rstrip(".")[-1:] in (")", "]"):  # a note of the editors
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


def is_author_note(text: str, article: Sequence[str], authors: str, language: str = "en") -> bool:
    """Whether a sentence says what the article's author is, or somebody who is named nowhere else
    in it, or goes on behind one that does: at the beginning or end a name, a word such as "is" or
    "writes", and a post. ``article``: its lines; ``authors``: as the article names them. False in a
    language without a list."""
    edge = min(_EDGE_LINES, len(article) // 3)
    edges = [*article[:edge], *article[len(article) - edge :]]
    own = [line for line in edges if text in line]
    name = _name_with_post(text, language)
    if not name and own and len(own[0]) <= _LONGEST_NOTE:
        name = _name_with_post(own[0], language)
    if not name:
        return False
    if name.casefold() in authors.casefold():
        return True
    # A headline or a caption may name who writes.
    told = [line for line in article if text not in line and _closes(line)]
    last = re.compile(rf"\b{re.escape(name.split()[-1])}\b")
    return edge > 1 and bool(own) and not any(last.search(line) for line in told)


def _name_with_post(text: str, language: str) -> str:
    """The name with which a text begins, where what its bearer is follows; else ""."""
    found = _WHO.match(text)
    if found is None or found["is"].casefold() not in word_list("says_what_one_is", language):
        return ""
    first, *others = found["post"].casefold().split()
    links = word_list("before_a_post", language)
    named = first in links or any(w.endswith(("'s", "’s")) for w in (first, *others[:2]))
    if not named and (first.endswith(("ing", "ed")) or links.isdisjoint(others)):
        return ""
    name = found["name"]
    return "" if name.split()[0].casefold() in word_list("sentence_openers", language) else name


def _closes(text: str) -> bool:
    return text.rstrip().rstrip(_CLOSING).endswith((*_ENDS, "?", "？", "؟"))


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
