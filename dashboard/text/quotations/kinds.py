"""Kinds of words in quotation marks: said outright, woven in, a phrase at a distance, a title."""

from __future__ import annotations

import re

from dashboard.text.quotations.sentences.lexicon import SpeechWords
from dashboard.text.quotations.sentences.marks import Marked
from dashboard.text.quotations.speakers.names import is_outlet

_LINKS = ("as", "the", "a", "an")
_LONGEST_TITLE = 16  # words
_WORD = re.compile(r"[^\W_][\w'’-]*")


def n_words(text: str) -> int:
    """How many words a quotation has; a hyphen joins two."""
    return len(_WORD.findall(text))


def is_direct(text: str, quote: Marked, start: int, words: SpeechWords) -> bool:
    """Whether a quotation is a clause of its own: it begins the sentence (at ``start``) or follows
    a mark, and doesn’t stand in the reporter’s grammar."""
    inside = text[quote.start : quote.end].strip()
    before = text[start : quote.outer[0]].rstrip()
    if n_words(inside) <= 1 and not inside.endswith(("!", "?", ".", ",")):
        return False
    if not before or before[-1] in ":":
        ends = inside[-1:] in ",.?!…—-" or text[quote.outer[1] : quote.outer[1] + 1] == ","
        return ends or quote.open or n_words(inside) > 5
    if before[-1] in ',—–-”"’':
        return inside[:1].isupper() or inside[-1:] in ",.?!" or n_words(inside) > 5
    last = _WORD.findall(before[-40:])
    said = bool(last) and last[-1].casefold() in words["speech"]
    return said and inside[:1].isupper() and n_words(inside) > 2


def is_title(text: str, quote: Marked, words: SpeechWords) -> bool:
    """Whether a quotation is the title of a work: every longer word has a capital, and a noun such
    as “film” precedes it, or nothing is said around it."""
    inside = text[quote.start : quote.end]
    capital, found = is_work(inside, words), _WORD.findall(inside)
    stretch = text[max(0, quote.outer[0] - 40) : quote.outer[0]]
    before = [re.sub("['’]s$", "", word.casefold()) for word in _WORD.findall(stretch)]
    if capital and before and not words["works"].isdisjoint(before[-2:]):
        return True
    named = is_name(inside, words) and bool(before) and stretch[-1:].isspace()
    if named and before[-1] in words["where_works_are"] and stretch.rstrip()[-1].isalpha():
        return True  # “said on “Morning News.””, “who wrote “Gulls of the North,””
    left = text[max(0, quote.outer[0] - 30) : quote.outer[0]].split()
    owner = re.sub("['’]s?$", "", left[-1]) if left and left[-1][-1] in "'’s" else ""
    if capital and owner and owner != left[-1] and is_outlet(owner, words):
        return True  # “CNN’s “Newsroom””
    after = text[quote.outer[1] : quote.outer[1] + 1]
    ends = text[quote.end - 1 : quote.end]
    return (
        capital and len(found) >= 2 and ends not in ",.?!" and after not in ","
        and bool(before) and (before[-1] in words["before_titles"] | words["told"])
    )  # fmt: skip


def is_work(inside: str, words: SpeechWords) -> bool:
    """Whether words are written as a title is: every longer one has a capital."""
    found = _WORD.findall(inside)
    longer = [w for w in found if len(w) > 4 or w.casefold() not in words["small_in_titles"]]
    begins = 0 < len(found) <= _LONGEST_TITLE and (found[0][0].isupper() or found[0][0].isdigit())
    return begins and all(w[0].isupper() or w[0].isdigit() for w in longer)


def is_name(inside: str, words: SpeechWords) -> bool:
    """Whether words are written as the name of a thing is, not as anybody speaks: “Clean Harbour
    Act”, “Medicare for All”; not “GO HOME NOW”, which is shouted."""
    bare = inside.strip(" .,;")
    capitals = [word for word in _WORD.findall(bare) if word[0].isupper()]
    shouted = bare.isupper() and len(bare) > 12
    return len(capitals) > 1 and bare[-1:] not in "!?" and not shouted and is_work(bare, words)


def is_phrase(text: str, quote: Marked, rule: str, short: bool, words: SpeechWords) -> bool:
    """Whether a few words in quotation marks are held at a distance and not quoted from anybody: no
    verb of saying leads to them, or they describe a noun: the “no limits” partnership."""
    if not short:
        return False
    inside = text[quote.start : quote.end].rstrip()
    before = _WORD.findall(text[max(0, quote.outer[0] - 40) : quote.outer[0]])
    last = before[-1].casefold() if before else ""
    led = [word.casefold() for word in before[-3:] if word.casefold() not in _LINKS]
    if led and led[-1] in words["so_called"] and last in (*_LINKS, led[-1]):
        return True  # “known as the “…””
    after = text[quote.outer[1] : quote.outer[1] + 2]
    in_noun = (
        last in words["determiners"] and after[:1] == " " and after[1:2].isalpha()
        and inside[-1:] not in ",.?!"
    )  # fmt: skip
    if rule == "name, thought, quote":
        return True
    if in_noun and rule in ("name, act, quote", "that … said", "participle", "end of sentence"):
        return True
    return rule in ("nobody", "subject", "same paragraph", "paragraph before", "that … said") and (
        inside[-1:] not in "?!," or rule == "nobody"
    )
