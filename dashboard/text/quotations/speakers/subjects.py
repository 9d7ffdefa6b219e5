"""Subjects: who stands before or after a verb of saying."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.text.quotations.sentences.clauses import COMMAS, DASHES, Token, has_verb
from dashboard.text.quotations.sentences.cues import is_adverb
from dashboard.text.quotations.sentences.lexicon import SpeechWords
from dashboard.text.quotations.speakers.can_speak import is_speaker
from dashboard.text.quotations.speakers.noun_phrases import (
    MOST_WORDS,
    Phrase,
    has_relative,
    head_of,
    is_named_in,
    is_placed,
    last_noun_phrase,
    leading,
    noun_phrase,
    relative_without,
    skip_back,
    trim,
    whole_list,
)


def subject_before(
    tokens: Sequence[Token], verb: int, low: int, words: SpeechWords
) -> Phrase | None:
    """The subject of ``tokens[verb]`` among those from ``low`` on: “Smith, the mayor, said”."""
    j = skip_back(tokens, verb - 1, low, words)
    if j < low:
        return None
    if tokens[j].text in COMMAS:
        if tokens[j].text in ";:":
            return None
        return _before_apposition(tokens, low, j, words)
    if tokens[j].is_quote:
        return None
    k = j
    while k >= low and tokens[k].text not in COMMAS and not tokens[k].is_quote:
        k -= 1
    found = _in_segment(tokens, k + 1, j + 1, words)
    if found is not None and found[0] == k + 1:
        return whole_list(tokens, found, low, words)
    if found is None and k >= low and tokens[k].text in COMMAS:
        if leading(tokens, k + 1, j + 1, words) >= j + 1 or tokens[k + 1].low in words["and"]:
            return _before_apposition(tokens, low, k, words)
        if tokens[k + 1].low in words["relatives"]:
            return _antecedent(tokens, low, k, words) or _before_apposition(tokens, low, k, words)
        # “Smith, in a speech on Monday, …” and “Smith, speaking in Rome, said”.
        if tokens[k + 1].low in words["prepositions"] or tokens[k + 1].low.endswith("ing"):
            return _before_apposition(tokens, low, k, words)
    return found


def subject_after(tokens: Sequence[Token], start: int, words: SpeechWords) -> Phrase | None:
    """The subject that follows a verb: “said John Smith, the mayor”, “according to Tass”."""
    i = start
    while i < len(tokens) and is_adverb(tokens[i], words) and not tokens[i].is_capital:
        i += 1
    if i >= len(tokens) or not tokens[i].is_word or tokens[i].low in words["prepositions"]:
        return None
    j = i
    while j < len(tokens) and j - i < MOST_WORDS and _may_go_on(tokens, i, j, words):
        j += 1
    while j > i and not tokens[j - 1].is_word and tokens[j - 1].text[-1:] != ".":
        j -= 1
    return (i, j) if j > i and is_speaker(tokens, i, j, words) else None


def _may_go_on(tokens: Sequence[Token], i: int, j: int, words: SpeechWords) -> bool:
    token = tokens[j]
    if token.is_quote or (not token.is_word and not token.text[0].isdigit() and token.text != "&"):
        return False
    if j == i:
        return True
    low = token.low
    if low in words["pronouns"] or tokens[i].low in words["pronouns"]:
        return low in words["and"]
    if low in words["of"]:
        after = tokens[j + 1] if j + 1 < len(tokens) else None
        return after is not None and (
            after.is_capital or after.low in words["determiners"] or low in words["genitive"]
        )
    if low in words["phrases_of_time"] or low in words["openers"]:
        return False
    if low in words["and"]:
        return j + 1 < len(tokens) and (tokens[j + 1].is_capital or not tokens[i].is_capital)
    if low in words["prepositions"] or (j - i > 1 and is_placed(tokens, j, words)):
        return False
    verb = low in words.verbs and low not in words["also_nouns"]
    return not (is_adverb(token, words) or (verb and not token.is_capital))


def leading_subject(
    tokens: Sequence[Token], low: int, high: int, words: SpeechWords
) -> Phrase | None:
    """The subject that a clause begins with: what precedes its first verb."""
    start = low
    for _ in range(6):
        start = leading(tokens, start, high, words)
        if start >= high:
            return None
        first = tokens[start]
        dash = next((k for k in range(start, min(start + 4, high)) if tokens[k].text in DASHES), 0)
        if dash and first.text.isupper() and len(first.text) > 2:
            start = dash + 1  # “WASHINGTON — ”
            continue
        comma = next((k for k in range(start, high) if tokens[k].text in COMMAS), high)
        intro = (
            first.low in words["prepositions"] or first.low in words["openers"]
            or first.low.endswith("ing") or first.low in words["relatives"]
            or first.text[0].isdigit()
            or first.text[1:2] == "-"  # “After Smith, R-Ohio, left, …”
            or (first.low in words.verbs and not first.is_capital and start > low)
        )  # fmt: skip
        if not intro:
            break
        if comma >= high:
            return None
        start = comma + 1
    end = start
    while end < high and tokens[end].is_word and not _ends_subject(tokens, start, end, words):
        end += 1
    end = min(end, start + MOST_WORDS)
    return trim(tokens, start, end, words)


def _ends_subject(tokens: Sequence[Token], start: int, k: int, words: SpeechWords) -> bool:
    low = tokens[k].low
    if k == start:
        return False
    if low in words["openers"]:
        return True
    if tokens[k].is_capital:
        return False
    verb = low in words.verbs and low not in words["also_nouns"]
    after = tokens[k + 1] if k + 1 < len(tokens) else None
    if after is not None and low.endswith("s") and not tokens[k].is_possessive:
        verb = verb or after.is_capital or after.low in words["determiners"] | words["that"]
    return (
        verb
        or is_adverb(tokens[k], words)
        or (low.endswith(tuple(words["verb_endings"])) and len(low) > 4)
    )


def _in_segment(tokens: Sequence[Token], a: int, b: int, words: SpeechWords) -> Phrase | None:
    """The subject at the end of ``tokens[a:b]``, which holds no mark."""
    begin, own = a, False
    for i in range(a, b):
        low = tokens[i].low
        if low in words["relatives"] and not tokens[i].is_capital:
            after_cue = i > a and tokens[i - 1].low in words.cues
            in_which = i > a and tokens[i - 1].low in words["prepositions"]
            if after_cue or in_which or low in words["that"]:
                begin = i + 1
            elif i == begin and i + 1 >= b:
                return None  # “, who said”
            elif i == begin or _says_itself(tokens, begin, i, b, words):
                begin = i + 1  # “, whom the mayor called”, “it is the town where aides (said)”
            else:
                own = True  # a relative clause of the subject itself
        elif low in words["openers"]:  # “the mayor who is seen as a challenger”
            begin = begin if own and low in words["prepositions"] else i + 1
        elif low in words["and"] and not (own and i + 1 < b) and has_verb(tokens, begin, i, words):
            if i + 1 >= b:  # not of “Smith, who left and said”
                described = tokens[a].low in words["relatives"]
                return None if described else leading_subject(tokens, begin, i, words)
            begin = i + 1
        elif low in words["takes_clause"] and i + 1 < b and i > begin:
            also = low in words["also_nouns"] or tokens[i].is_capital
            if not (also or has_relative(tokens, begin, i, words)):
                begin = i + 1
    if b - begin > 1 and tokens[b - 1].low in words["relatives"]:
        b -= 1  # “to ignore the science which (suggests)”
        begin = noun_phrase(tokens, begin, b, words)
    begin = leading(tokens, begin, b, words)
    begin = max(begin, relative_without(tokens, begin, b, words, own=own))
    if begin >= b:
        return None
    if tokens[begin].low in words["prepositions"] or tokens[begin].low.endswith("ing"):
        begin = last_noun_phrase(tokens, begin, b, words)
    return trim(tokens, begin, b, words)


def _says_itself(
    tokens: Sequence[Token], begin: int, relative: int, b: int, words: SpeechWords
) -> bool:
    """Whether the verb after ``b`` is that of the relative clause: the clause around it has one,
    and the relative clause has no other."""
    if relative + 1 >= b or any(tokens[k].low in words["and"] for k in range(relative, b)):
        return False
    return has_verb(tokens, begin, relative, words) and not has_verb(tokens, relative + 1, b, words)


def _before_apposition(
    tokens: Sequence[Token], low: int, comma: int, words: SpeechWords
) -> Phrase | None:
    """The subject before “, the mayor of Rome,”: the nearest one to the left that has a name."""
    mark = tokens[comma].text
    if mark in DASHES:  # “The bank — whose head is Smith, a baker — said”
        dash = next((k for k in range(comma - 1, low, -1) if tokens[k].text == mark), low)
        if dash > low and (found := _before_apposition(tokens, low, dash, words)):
            return found
    ends = [k for k in range(low, comma + 1) if tokens[k].text in COMMAS]
    starts = [low, *(k + 1 for k in ends[:-1])]
    segments = [(a, b) for a, b in zip(starts, ends, strict=True) if b > a]
    best: Phrase | None = None
    for number in range(len(segments) - 1, -1, -1):
        a, b = segments[number]
        if any(tokens[k].is_quote for k in range(a, b)) and best is not None:
            break
        if number < len(segments) - 1 and tokens[segments[number][1]].text in ";:":
            break
        first = tokens[a].low
        if number and (first in words["prepositions"] or first in words["relatives"]):
            continue
        if number and b - a == 1 and tokens[a - 2].is_capital and tokens[a].is_capital:
            continue  # “in Rome, Italy,”
        phrase = _in_segment(tokens, a, b, words)
        if phrase is None or tokens[phrase[0]].low in words["empty"]:
            continue
        if not number and first in words["quoted_as_link"] and tokens[b - 1].low in words.cues:
            continue  # “As the Post notes, …”
        a, b = phrase
        if has_verb(tokens, a, b, words) and best is not None:
            break
        named = is_named_in(tokens, a, b, words)
        party = (
            number == len(segments) - 1
            and number
            and head_of(tokens, a, b, words).low
            in words.titles | words["bodies"] | words["parties"]
        )  # “Mr. Coons, Delaware Democrat, said”, “Ms. Roy, Labour MP for Ely, said”
        if party:
            best = best or phrase
            continue
        described = tokens[a].low in words["determiners"] or not tokens[a].is_capital
        pronoun = tokens[a].low in words["pronouns"]
        if named and (pronoun or not (described and number)):
            return phrase
        if best is None or not named:
            best = phrase if best is None or number or not described else best
            if number == 0 and described:
                best = phrase
    return best


def _antecedent(tokens: Sequence[Token], low: int, comma: int, words: SpeechWords) -> Phrase | None:
    """The name right before “, who said”, not that of an apposition or a place."""
    if comma - low > 2 and tokens[comma - 2].text == "," and tokens[comma - 1].text[1:2] == "-":
        comma -= 2  # “Roy, R-Ohio, who”
    a = comma
    while a > low and tokens[a - 1].is_word and tokens[a - 1].is_capital:
        a -= 1
    before = tokens[a - 1] if a > low else None
    if a == comma or before is None or not before.is_word or before.low in words["determiners"]:
        return None
    place = before.low in words["prepositions"] and comma - a < 2
    return None if place or before.low in words["and"] else trim(tokens, a, comma, words)
