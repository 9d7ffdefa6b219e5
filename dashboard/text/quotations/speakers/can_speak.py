"""Speakers: whether a phrase can be somebody who says something."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.text.quotations.sentences.clauses import Token
from dashboard.text.quotations.sentences.cues import is_adverb
from dashboard.text.quotations.sentences.lexicon import SpeechWords


def is_speaker(tokens: Sequence[Token], a: int, b: int, words: SpeechWords) -> bool:
    """Whether a phrase can be somebody: not “there”, not “the next day”, nobody’s possession."""
    head = next((k for k in range(a + 1, b) if tokens[k].low in words["of"]), b) - 1
    last = tokens[head]
    if last.is_possessive and head + 1 >= b:
        return last.text[-2:] not in ("'s", "’s")
    if last.low in words["his"] and not last.is_possessive and b - a > 1:
        return False
    named = head > a and tokens[head - 1].low.rstrip(".") in words.named_after  # “Mrs. May”
    if not last.is_word or last.low in words["prepositions"]:
        return False
    month = last.is_capital and head == a and last.low in words["empty"] & words["auxiliaries"]
    if last.low in words["empty"] and not ((last.is_capital and named) or month):
        return False
    if month:
        return True  # “May said”
    if tokens[a].low in words["empty"] and (
        b - a == 1 or tokens[a].low not in words["determiners"]
    ):
        return False
    gerund = tokens[a].low.endswith("ing") and tokens[a].low not in words["ing_names"]
    if gerund and not a and b > 1 and not last.low.endswith("s"):
        return False  # “Combining data of 2000, …”; “leading doctors” may speak
    article = b - a > 2 and tokens[a + 2].low in words["the"] | words["a"]
    plain = not tokens[a].is_capital and not tokens[a].low.endswith("s")
    if article and plain and tokens[a + 1].low.endswith("ing"):
        return False  # “far surpassing the number of 2020”
    contracted = tokens[a].is_possessive and tokens[a].low in words["pronouns"] | words["it"]
    if b - a > 1 and contracted:
        return False  # “It’s unlikely to happen, admitted Smith”
    if all(tokens[k].low in words["captions"] for k in range(a, b)):
        return False
    if tokens[a].low in words["auxiliaries"] or tokens[b - 1].low in words["and"]:
        return False
    if any(tokens[k].low in words["you"] for k in range(a, b)):
        return False
    if b - a == 1 and last.low in words["determiners"]:
        return last.low in words["some"]
    if _is_bare(tokens, a, head, words) or _has_object(tokens, a, head, words):
        return False
    return not (last.low in words.verbs and not last.is_capital
                and last.low not in words["also_nouns"])  # fmt: skip


def _is_bare(tokens: Sequence[Token], a: int, head: int, words: SpeechWords) -> bool:
    """Whether a phrase is a singular noun or adjective without article: “disruptive (claims)”."""
    alone = words["plurals"] | words["pronouns"] | words["it"] | words["some"]
    if words.language != "en" or tokens[head].low in alone:
        return False
    return not tokens[head].low.endswith("s") and all(
        tokens[k].is_word and not tokens[k].is_capital and not tokens[k].is_possessive
        and tokens[k].low not in words["determiners"] | words["his"]
        for k in range(a, head + 1)
    )  # fmt: skip


def _has_object(tokens: Sequence[Token], a: int, head: int, words: SpeechWords) -> bool:
    """Whether a phrase begins with a verb: “posted a letter”, “(publicly) criticized witnesses”."""
    first = tokens[a]
    if head == a or first.is_capital:
        return False
    if first.low.endswith(tuple(words["verb_endings"])) and a and is_adverb(tokens[a - 1], words):
        return True
    past = first.low.endswith(tuple(words["verb_endings"])) or first.low in words["more_verbs"]
    if past and first.low in words.verbs:
        return True  # “blasted Democrats”
    article = tokens[a + 1].low in words["the"] | words["a"]
    return article and first.low not in words["some"] | words["and"] | words["determiners"]
