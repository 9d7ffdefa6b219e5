"""Which way a clause looks: back, ahead, or neither can be told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from dashboard.text.dates.grammar import Grammar
from dashboard.text.dates.letters import LETTER, finder

Tense = Literal["past", "future", "present", ""]
#: In the order of the numbers that the layer stores.
TENSES: tuple[Tense, ...] = ("", "past", "future", "present")
_TOKEN = finder(rf"{LETTER}+(?:['’](?:t|ve|ll|s|re|d|m)\b)?|[;:]|\d+")
_NEAR = 2  # words after a date within which a verb has it as its subject
_LEFT, _RIGHT = 140, 60  # characters of the sentence that are looked at
_BEGIN = 80  # characters in which most sentences have a verb
_STOPS = frozenset(";:")


def clause_tense(grammar: Grammar, sentence: str, start: int, end: int) -> Tense:
    """The tense of the clause around ``sentence[start:end]``: that of the nearest verb before it,
    or of the one after it where there is none before, or the date is the subject of what somebody
    said: "she said Thursday will be dry"."""
    words = grammar.words
    left = _tokens(sentence[max(0, start - _LEFT) : start])
    near = left[-1:]
    if near and near[0] in words.get("preposition", ()):
        near = left[-2:-1]
    if near and near[0] in words.get("participle", ()):
        return ""
    before, at = _nearest(grammar, left, range(len(left) - 1, -1, -1), _STOPS)
    is_said = at >= 0 and at < len(left) - 1 and left[at] in words.get("saying", ())
    if before and not is_said:
        return before
    right = _tokens(sentence[end : end + _RIGHT])
    opens = words.get("opens", frozenset())
    after, at = _nearest(grammar, right, range(len(right)), _STOPS | opens)
    return after if after and (not before or at < _NEAR) else before


def has_verb(grammar: Grammar, sentence: str) -> bool:
    """Whether a sentence says something: it has a finite verb."""
    finite, kinds = grammar.words.get("finite", frozenset()), grammar.kinds
    # Most say it in their first words; the last of these may lack what follows it.
    begin = sentence[: sentence.rfind(" ", 0, _BEGIN) + 1]
    for part, n_open in (begin, 1), (sentence, 0):
        tokens = _tokens(part)
        for i in range(len(tokens) - n_open):
            token = tokens[i]
            if not kinds[token]:
                continue
            if token.casefold() in finite or _tense(grammar, tokens, i) == "past":
                return True
    return False


def _tokens(text: str) -> list[str]:
    return _TOKEN(text.replace("’", "'"))


def _nearest(
    grammar: Grammar, tokens: Sequence[str], order: range, stops: Collection[str]
) -> tuple[Tense, int]:
    kinds = grammar.kinds
    for i in order:
        token = tokens[i]
        if token in stops:
            break
        if kinds[token]:
            found = _tense(grammar, tokens, i)
            if found:
                return found, i
    return "", -1


def _tense(grammar: Grammar, tokens: Sequence[str], i: int) -> Tense:
    """Of one word; "" for one that is no verb, or begins with a capital as names do."""
    kind = grammar.kinds[tokens[i]]
    if not kind:
        return ""
    if kind == "to come":
        follows = tokens[i + 1] if i + 1 < len(tokens) else ""
        if follows in grammar.words["to"]:
            return "future"
        kind = grammar.kinds_alone[tokens[i]]
    before = tokens[i - 1] if i else ""
    if kind == "be":
        return "future" if before in grammar.words["to"] else ""
    if kind == "past" and before in grammar.words.get("be", ()):
        return ""  # "will be held": the verb before it tells
    return kind  # type: ignore[return-value]
