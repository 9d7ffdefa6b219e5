"""What a sentence only alleges: "she accuses him of having taken bribes in 1993"."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.text.dates.grammar import Grammar, grammar_of
from dashboard.text.dates.words_before import BREAKS, WordsBefore, tokens_of, words_of

_LEFT, _RIGHT = 260, 200  # characters around a date that are read
_TO_OBJECT = 9  # tokens from "accused" to its "of"
_TO_DATE = 30  # tokens from a word of accusing to the date
_TO_NOUN = 6  # tokens after "the alleged" within which its noun stands
_TO_TELLING = 4  # tokens before a date among which a report is named
_TWO_VERBS = 2
_TO_ASIDE = 3  # words of a place between commas
_AT_END = 8  # tokens of an attribution that ends a sentence
#: Classes of words of which a sentence has one that alleges something.
CUES = ("accuse", "claim", "allegation", "alleged", "allegedly", "complaint")


def is_alleged(sentence: str, start: int, end: int, language: str = "en") -> bool:
    """Whether what happened on the date ``sentence[start:end]`` is only alleged there: the date
    stands in what somebody is accused of or claims, or the sentence ends in "she alleges". The day
    on which it was alleged is not. False in a language without a grammar, or words for it."""
    grammar = grammar_of(language)
    if grammar is None or "accuse" not in grammar.words:
        return False
    left = words_of(grammar, sentence[max(0, start - _LEFT) : start])
    behind = [token.casefold() for token in tokens_of(sentence[end : end + _RIGHT])]
    if _is_of_the_telling(left, behind):
        return False
    if end + _RIGHT >= len(sentence) and _is_attributed(grammar, behind):
        return True
    last = len(left.tokens) - 1
    for at in range(last, max(last - _TO_DATE, -1), -1):
        if left.small[at] in BREAKS and not _is_aside(left, at):
            return False
        if left.has("accuse", at):
            return _is_accused(left, at)
        if left.has("alleged", at) and not _is_verb_there(left, at):
            return _is_alleged_noun(left, at)
        if left.has("claim", at):
            return _is_claimed(left, at)
        if left.has("allegation", at):
            return _is_in_allegation(left, at)
        if left.has("allegedly", at):  # “who allegedly lied was arrested on Monday”
            return sum(map(left.is_verb, range(at + 1, len(left.tokens)))) < _TWO_VERBS
    return False


def _is_of_the_telling(left: WordsBefore, behind: Sequence[str]) -> bool:
    """Whether the date is that of the report or the suit, not of what they say: "in a lawsuit filed
    on Friday", "in a Friday interview", "since the 6 May election"."""
    words = left.grammar.words
    at = len(left.small) - 1
    if at >= 0 and (left.has("definite", at) or left.has("article", at)):
        if behind[:1] and behind[0].isalpha() and behind[0] not in words["preposition"]:
            return True
        at -= 1
    if any(left.has(name, at) for name in ("background", "sequel", "limit")):
        return True
    return any(left.has("telling", i) for i in range(at, at - _TO_TELLING, -1))


def _is_aside(left: WordsBefore, at: int) -> bool:
    """Whether a comma only parts places: "in Turin, Italy, in 2012"."""
    if left.small[at] != ",":
        return False

    def encloses(step: int) -> bool:
        other = at + step
        while 0 <= other < len(left.tokens) and left.tokens[other][:1].isupper():
            other += step
        is_over = other >= len(left.tokens) or left.small[other] == ","
        return is_over and 1 < abs(other - at) <= _TO_ASIDE + 1

    return encloses(1) or encloses(-1) or at == len(left.small) - 1


def _is_accused(left: WordsBefore, at: int) -> bool:
    """ "Accused her of", "is accused of", "charged with": the date is in what follows."""
    tokens = range(at + 1, min(at + _TO_OBJECT, len(left.small)))
    links = [i for i in tokens if left.has("accuse_link", i)]
    if left.has("suspect", at):
        links = [i for i in links if i == at + 1]
    if not links or any(left.small[i] in BREAKS for i in range(at, links[0])):
        return False
    follows = range(links[0] + 1, len(left.small))
    # “accused them of theft and left on Monday”, “accused of theft in a war that began in 2003”
    if any(
        left.is_verb(i) and (left.has("joining", i - 1) or left.has("opens", i - 1))
        for i in follows
    ):
        return False
    helpers = [i for i in (at - 1, at - 2) if left.has("passive", i)]
    is_past = any(left.is_past(i) for i in helpers)
    if is_past and not (follows and left.small[follows[0]].endswith("ing")):
        return False  # “was charged with murder in May”: then he was charged
    is_of_doing = any(left.small[i].endswith("ing") for i in follows)
    if not is_of_doing and not left.has("within", len(left.small) - 1):
        return False  # “accused him of racism on Sunday”: then she did
    is_said = links[0] > at + 1 or bool(helpers)
    # “A man accused of theft was arrested on Tuesday”: the verb after it tells.
    return bool(follows) and (is_said or not any(left.is_verb(i) for i in follows))


def _is_in_allegation(left: WordsBefore, at: int) -> bool:
    """ "Allegations that he took", "an allegation of theft"; not "allegations that ended his career
    in"."""
    verbs = [i for i in range(at + 1, len(left.small)) if left.is_verb(i)]
    if left.has("claim_link", at + 1):
        return bool(verbs) and verbs[0] > at + 2
    return left.has("accuse_link", at + 1) and not verbs


def _is_claimed(left: WordsBefore, at: int) -> bool:
    """ "Claims that he took", "she claims he took"; not "claimed on Friday", "jobless claims"."""
    follows = range(at + 1, len(left.small))
    if left.has("claimed_thing", at + 1) or not any(
        left.is_verb(i) or left.has("to", i) for i in follows
    ):
        return False
    return not left.has("claim_noun", at) or _is_verb_there(left, at)


def _is_verb_there(left: WordsBefore, at: int) -> bool:
    """Whether a word that is a noun or an adjective as well is a verb: a name, a pronoun or a suit
    before it, "that" or "he" behind it."""
    before = left.tokens[at - 1] if at > 1 else ""  # the first word has a capital anyway
    is_name = before[:1].isupper() and not (
        before.endswith(("'s", "’s")) or left.has("definite", at - 1) or left.has("article", at - 1)
    )
    is_subject = is_name or any(left.has(name, at - 1) for name in ("pronoun", "complaint"))
    return is_subject or left.has("claim_link", at + 1)


def _is_alleged_noun(left: WordsBefore, at: int) -> bool:
    """ "The alleged theft in 2012", "the alleged theft happened in"; not "the alleged thief was
    arrested in"."""
    verbs = [i for i in range(at + 1, len(left.small)) if left.is_verb(i)]
    if not verbs:
        return len(left.small) - at <= _TO_NOUN + 1
    return left.has("happened", verbs[-1])


def _is_attributed(grammar: Grammar, behind: Sequence[str]) -> bool:
    """Whether a sentence ends in who claims it: "…, she alleges", "…, according to the suit"."""
    words = grammar.words
    end = next((i for i in range(len(behind) - 1, -1, -1) if behind[i] == ","), None)
    if end is None or not 0 < len(behind) - end <= _AT_END:
        return False
    said = [token for token in behind[end:] if token[0].isalpha()]
    if not said:
        return False
    is_paper = said[0] in words["according"] and not words["complaint"].isdisjoint(said)
    return said[-1] in words["claim"] or is_paper
