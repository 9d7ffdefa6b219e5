"""Noun phrases: where one begins and ends among the tokens of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.text.quotations.sentences.clauses import Token
from dashboard.text.quotations.sentences.cues import is_adverb
from dashboard.text.quotations.sentences.lexicon import SpeechWords
from dashboard.text.quotations.speakers.can_speak import is_speaker

Phrase = tuple[int, int]  # first token, and the one after the last
MOST_WORDS = 14


def skip_back(tokens: Sequence[Token], j: int, low: int, words: SpeechWords) -> int:
    while j >= low and (
        is_adverb(tokens[j], words)
        or (tokens[j].low in words["auxiliaries"] and not tokens[j].is_capital)
    ):
        j -= 1
    return j


def leading(tokens: Sequence[Token], i: int, high: int, words: SpeechWords) -> int:
    """The first token that is no “but”, no adverb and no mark."""
    while i < high and (
        tokens[i].low in words["and"] or tokens[i].low in words["fillers"]
        or is_adverb(tokens[i], words) or _is_leading_adverb(tokens, i, words)
        or not (tokens[i].is_word or tokens[i].text[0].isdigit())
    ):  # fmt: skip
        i += 1
    return i


def _is_leading_adverb(tokens: Sequence[Token], i: int, words: SpeechWords) -> bool:
    """“Finally, Smith said”, “Apparently the mayor said”: not “Kelly said”, “Emily Roy”."""
    low = tokens[i].low
    if not low.endswith(tuple(words["adverb_endings"])) or low in words["men"] | words["women"]:
        return False
    if i and (tokens[i - 1].is_word or tokens[i - 1].text == ","):
        return not tokens[i].is_capital  # “, O’Reilly also said”
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return after is not None and not (after.low in words.verbs and not after.is_capital)


def whole_list(tokens: Sequence[Token], found: Phrase, low: int, words: SpeechWords) -> Phrase:
    """“Roy, Ek and Sato”, of which the last comma parts “Ek and Sato”; “the Bureau of Alcohol,
    Tobacco and Firearms”."""
    a, b = found
    joined = next((k for k in range(a + 1, b) if tokens[k].low in words["and"]), 0)
    if not tokens[joined].is_word:
        return found  # “Roy, founder & head of the firm”
    if not joined or not tokens[a].is_capital or not tokens[joined - 1].is_capital:
        return found
    while a - 2 >= low and tokens[a - 1].text == "," and tokens[a - 2].is_capital:
        a -= 2
        while a > low and tokens[a - 1].is_capital and tokens[a - 1].is_word:
            a -= 1
    if a - 2 >= low and tokens[a - 1].low in words["genitive"] and tokens[a - 2].is_capital:
        a -= 2
        a -= a > low and tokens[a - 1].low in words["the"]
    first, before = tokens[a].low, tokens[a - 1].low if a > low else ""
    other = words["prepositions"] | words["openers"] | words["phrases_of_time"] | words["fillers"]
    return (a, b) if first not in other and before not in other else found  # “in Ely, Roy and Ek”


def relative_without(
    tokens: Sequence[Token], a: int, b: int, words: SpeechWords, *, own: bool
) -> int:
    """Where the subject of a clause begins that no “that” leads to: “the party he (accused)”, “the
    row his staff (calls)”; ``a`` for another. ``own``: the subject has a relative clause, and what
    is “his” in it belongs there."""
    if b - a > 1 and tokens[b - 1].low in words["pronouns"]:
        return a if tokens[b - 2].low in words["and"] else b - 1
    before = words["prepositions"] | words["and"] | words["openers"]
    for k in range(b - 1, a, -1):
        if own or tokens[k].low in before:
            return a
        if tokens[k].low in words["his"] and not tokens[k].is_possessive:
            return k if tokens[k - 1].is_word and tokens[k - 1].low not in before else a
    return a


def noun_phrase(tokens: Sequence[Token], a: int, b: int, words: SpeechWords) -> int:
    """Where the words before a relative begin: “the science” of “to ignore the science which”."""
    k = b - 1
    heads = words["unnamed"] | words["officials"] | words["documents"] | words["last_titles"]
    while k > a and not (
        tokens[k].low in words["determiners"] or tokens[k - 1].low in words["openers"]
        or is_verb_of(tokens, k - 1, words)
    ):  # fmt: skip
        if tokens[k - 1].low in words["prepositions"]:
            head = tokens[k - 2] if k - 2 >= a else tokens[k - 1]
            if not (tokens[k - 1].low in words["of"] and (head.is_capital or head.low in heads)):
                break  # “on behalf of students who”; not “the head of the office who”
        k -= 1
    return k


def has_relative(tokens: Sequence[Token], a: int, i: int, words: SpeechWords) -> bool:
    return any(tokens[k].low in words["relatives"] for k in range(a, i))


def last_noun_phrase(tokens: Sequence[Token], a: int, b: int, words: SpeechWords) -> int:
    """Where “Smith” begins in “on Tuesday Smith”, “the spokesman” in “at noon the spokesman”."""
    k = b - 1
    if tokens[k].low in words["pronouns"] | words["it"]:
        return k
    while k > a and not (
        tokens[k].low in words["determiners"] or tokens[k - 1].low in words["prepositions"]
        or tokens[k - 1].low in words["empty"]
    ):  # fmt: skip
        if tokens[k].is_capital and not tokens[k - 1].is_capital:
            break
        k -= 1
    if k - 2 > a and tokens[k - 1].low in words["of"] and not tokens[k - 2].is_capital:
        found = last_noun_phrase(tokens, a, k - 1, words)  # “in 2006 the consul to Ruria”
        return found if found < k - 1 else b
    return b if tokens[k - 1].low in words["prepositions"] else k


def is_named_in(tokens: Sequence[Token], a: int, b: int, words: SpeechWords) -> bool:
    """Whether a phrase holds a name before its first preposition, or is a pronoun."""
    if tokens[a].low in words["pronouns"]:
        return True
    head = head_of(tokens, a, b, words)
    return head.is_capital and not head.is_possessive


def head_of(tokens: Sequence[Token], a: int, b: int, words: SpeechWords) -> Token:
    """The last word of a phrase before its first preposition."""
    end = next((k for k in range(a + 1, b) if tokens[k].low in words["prepositions"]), b)
    return tokens[end - 1]


def trim(tokens: Sequence[Token], a: int, b: int, words: SpeechWords) -> Phrase | None:
    """A phrase without what says when and where; None if nobody is left."""
    for k in range(a + 1, b):
        low = tokens[k].low
        day = low in words["phrases_of_time"] and not (tokens[k].is_capital and k == a)
        other = low in words["prepositions"] and low not in words["of"]
        if day or other or low in words["relatives"] or is_verb_of(tokens, k, words):
            b = k
            break
    b -= b - a > 2 and is_placed(tokens, b - 1, words)
    while b > a and (
        is_adverb(tokens[b - 1], words)
        or (tokens[b - 1].low in words["auxiliaries"] and not tokens[b - 1].is_capital)
    ):
        b -= 1
    if b - a > 1 and tokens[b - 1].low in words["pronouns"] and tokens[b - 2].is_word:
        b -= tokens[b - 2].low not in words["and"]  # “the people they (asked)”
    if b <= a or b - a > MOST_WORDS:
        return None
    return (a, b) if is_speaker(tokens, a, b, words) else None


def is_placed(tokens: Sequence[Token], k: int, words: SpeechWords) -> bool:
    """Whether ``tokens[k]`` only says that something was: “a poll taken in May”."""
    token, after = tokens[k], tokens[k + 1].low if k + 1 < len(tokens) else ""
    if token.is_capital or after in words["of"]:
        return False
    past = len(token.low) > 4 and token.low.endswith(tuple(words["verb_endings"]))
    return (past or token.low in words["past_participles"]) and (
        after in words["prepositions"] or after in words["phrases_of_time"]
    )


def is_verb_of(tokens: Sequence[Token], k: int, words: SpeechWords) -> bool:
    """Whether it is the verb of a clause that a phrase begins: “Sessions remained”."""
    token, at = tokens[k], k - 1
    while at > 0 and is_adverb(tokens[at], words) and not tokens[at].is_capital:
        at -= 1  # “Roy often interrupted her”
    before = tokens[at]
    if token.is_capital or not token.is_word or before.is_possessive:
        return False
    if token.low in words.verbs and token.low not in words["also_nouns"]:
        return before.low not in words["determiners"]
    past = token.low.endswith(tuple(words["verb_endings"])) and len(token.low) > 4
    return past and (
        before.is_capital or before.low in words["pronouns"] or before.low.endswith("s")
    ) and before.low not in words["determiners"]  # fmt: skip
