"""Indirect speech: what somebody is said to have said, in the words of the reporter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dashboard.text.quotations.attribution import Said
from dashboard.text.quotations.clauses_said import (
    after_addressee,
    begins_clause,
    is_clause,
    is_compound,
    is_object,
    is_only_where,
    is_relative,
    is_thing,
    may_be_cited,
)
from dashboard.text.quotations.cued import CuedSentence
from dashboard.text.quotations.sentences.clauses import COMMAS, has_verb
from dashboard.text.quotations.sentences.cues import Cue, is_adverb
from dashboard.text.quotations.speakers.noun_phrases import Phrase, is_placed
from dashboard.text.quotations.speakers.subjects import leading_subject

_LEAST_WORDS = 3
_BEGINS = 6  # tokens of a sentence before its subject, at most


class Indirect(NamedTuple):
    """What is said, from token ``first`` to before ``end``, and who says it."""

    first: int
    end: int
    said: Said


def indirect_speech(reading: CuedSentence) -> Iterator[Indirect]:
    """What a sentence says that somebody said, without quotation marks; each part once."""
    taken = 0
    by = next((c for c in reading.cues if c.kind == "according"), None)
    speech = [c for c in reading.cues if c.kind != "according" and _reports(reading, c)]
    for cue in speech:
        if cue.first < taken:
            continue
        found = _after(reading, cue, by)
        if found is not None:
            through = reading.subject(by) if by else None
            inner = _inner(reading, found, cue)
            if inner is not None and found.said.through is None:
                yield inner
            else:
                yield found._replace(said=found.said._replace(through=through))
            taken = found.end
    if not taken:
        for cue in reversed(speech):
            found = _before(reading, cue)
            if found is not None:
                yield found
                return
        if by is not None and (phrase := reading.subject(by)):
            found = _according(reading, by, phrase)
            if found is not None:
                yield found


def _reports(reading: CuedSentence, cue: Cue) -> bool:
    words, tokens = reading.words, reading.tokens
    if cue.passive:
        return False
    after = tokens[cue.last + 1].low if cue.last + 1 < len(tokens) else ""
    thought = cue.kind == "attitude" and tokens[cue.first].low not in words["takes_clause"]
    return not thought and (cue.kind != "act" or after in words["that"])


def _after(reading: CuedSentence, cue: Cue, by: Cue | None) -> Indirect | None:
    """Smith said (that) …; Smith told reporters that …"""
    tokens, words = reading.tokens, reading.words
    phrase = reading.subject(cue)
    if phrase is None or phrase[0] > cue.last:
        return None
    if cue.kind != "speech" and phrase[0] and tokens[phrase[0] - 1].low in words["supposed"]:
        return None  # “unless voters believe that …”, “nor did they think …”
    if phrase[0] and tokens[phrase[0] - 1].low in words["what"]:
        return None  # “what Roy said last year”
    low = tokens[cue.first].low
    first = cue.last + 1
    that = next(
        (k for k in range(first, min(first + 9, len(tokens)))
         if tokens[k].is_quote or (tokens[k].low in words["that"] and (
             k == first or tokens[k - 1].low not in words["prepositions"]))), None,
    )  # fmt: skip
    if that is not None and tokens[that].is_quote:
        return None
    if that is not None and that > first and tokens[first].low in words["pronouns"] | words["it"]:
        that = None  # “said they would not go to a party that …”
    if that is not None and not any(
        tokens[k].text in COMMAS and not tokens[k + 1].text[0].isdigit() for k in range(first, that)
    ):  # fmt: skip
        parted = any(
            tokens[k].low in words["openers"] and has_verb(tokens, k, that, words)
            for k in range(first, that)
        )  # “wrote after news broke that …”
        if parted or not is_clause(reading, first, that) or is_relative(reading, first, that):
            return None
        first = that + 1
    elif low in words["told"] and low in words["takes_clause"]:
        first = after_addressee(reading, first)
    elif low not in words["takes_clause"] or not begins_clause(reading, first):
        return None
    end = len(tokens)
    if by is not None and by.first > first:
        end = by.first
    opens = words["openers"] - words["relatives"] - words["fillers"]
    if tokens[0].low in opens and phrase[0] < 8:
        comma = next((k for k in range(first + 3, end) if tokens[k].text == ","), end)
        end = comma if has_verb(tokens, comma, end, words) else end  # “After he said …, they left”
    for k in range(first, end):
        if tokens[k].is_quote:
            return None  # the quotation stands for it
        if tokens[k].text == ";":
            end = k
            break
        if k > first + 2 and _takes_over(reading, k):
            end = k
            break
        other = next((c for c in reading.cues if c.first == k and c.participle), None)
        if other is not None and k > first and tokens[k - 1].text == ",":
            end = k
            break
    return _made(reading, first, end, Said(phrase, cue, _rule(reading, cue, phrase)))


def _rule(reading: CuedSentence, cue: Cue, phrase: Phrase) -> str:
    tokens, words = reading.tokens, reading.words
    k = cue.first - 1
    while k > 0 and (tokens[k].low in words["auxiliaries"] or is_adverb(tokens[k], words)):
        k -= 1
    if phrase[0] < _BEGINS and tokens[k].low in words["relatives"]:
        # “Those who said they would vote for it have rejected it”: where it ends none can tell.
        return "clause of a relative"
    shown = cue.kind == "attitude" or is_thing(reading, cue, phrase)
    return "thought" if shown else "clause"


def _takes_over(reading: CuedSentence, k: int) -> bool:
    """“…, but Roy said that …”: somebody else speaks from there on."""
    tokens, words = reading.tokens, reading.words
    also = tokens[k].low in words["and"] and tokens[k - 1].text == ","  # “, and Tass reported”
    if tokens[k].low not in words["but"] and not also:
        return False
    after = tokens[k + 1].low if k + 1 < len(tokens) else ""
    if after in words["some"] and tokens[k].low in words["while"]:
        return True  # “…, while others saw him as a loss”
    cue = next((c for c in reading.cues if c.first > k and c.kind == "speech"), None)
    subject = reading.subject(cue) if cue and not cue.participle else None
    return subject is not None and subject[0] == k + 1 and subject[1] <= (cue.first if cue else 0)


def _before(reading: CuedSentence, cue: Cue) -> Indirect | None:
    """Trade has grown, Smith said; Trade has grown, said Smith."""
    tokens = reading.tokens
    phrase = reading.subject(cue)
    if phrase is None or cue.participle:
        return None
    after = phrase[1]
    after += after < cue.first and is_placed(tokens, after, reading.words)  # “an aide named in it”
    if has_verb(tokens, after, cue.first, reading.words):
        return None  # “Seconds later, Roy turned and asked a question”
    begins = min(phrase[0], cue.first)
    k = begins - 1
    while k > 0 and (tokens[k].low in reading.words["and"] and tokens[k - 1].text == ","):
        k -= 1
    if tokens[-1].text == ":" or k < begins - 1:
        return None  # what is said follows; “Smith, Roy, and others said”
    if k < 3 or (tokens[k].text != "," and tokens[k].text not in ("--", "—", "–")):
        return None
    rest = [t for t in tokens[max(cue.last + 1, phrase[1]) :] if t.is_word]
    told = tokens[cue.first].low in reading.words["told"]
    if told and not has_verb(tokens, 0, k, reading.words):
        return None  # “His deputy, Ada Roy, advised him against it”
    if len(rest) > 14 and not told:
        return None
    if any(tokens[i].is_quote for i in range(k)):
        return None
    if (
        tokens[0].low
        in reading.words["openers"] - reading.words["relatives"] - reading.words["fillers"]
    ):
        return None
    after = max(cue.last + 1, phrase[1])
    if after < len(tokens) and tokens[after].low in reading.words["that"]:
        return None
    after = max(cue.last + 1, phrase[1])
    if not has_verb(tokens, 0, k, reading.words) and has_verb(
        tokens, after, len(tokens), reading.words
    ):  # fmt: skip
        return None  # “Such pledges, Smith said, have to be kept”
    if is_only_where(reading, k) or is_compound(reading, cue, phrase):
        return None
    if any(token.is_quote for token in tokens[after:]):
        return None
    if not told and after < len(tokens) and is_object(reading, after):
        return None
    if told and any(t.low in reading.words["to"] for t in tokens[after : after + 5]):
        return None  # “On the slowdown, Smith urged investors to wait”
    return _made(reading, 0, k, Said(phrase, cue, "clause, name, verb"))


def _according(reading: CuedSentence, cue: Cue, phrase: Phrase) -> Indirect | None:
    tokens = reading.tokens
    if any(t.low in reading.words["not_cited"] for t in tokens[phrase[0] : phrase[1]]):
        return None  # “according to plan”
    if not may_be_cited(reading, cue, phrase):
        return None
    said = Said(phrase, cue, "according to")
    ends = all(
        not t.is_word or t.low in reading.words["phrases_of_time"] for t in tokens[phrase[1] :]
    )
    if cue.first > 0 and (cue.first < 6 and not ends):
        subject = leading_subject(tokens, 0, cue.first, reading.words)
        verbs = (t.low in reading.words["speech"] for t in tokens[phrase[1] : phrase[1] + 4])
        if subject and any(verbs):
            said = Said(subject, None, "according to", phrase)
        return _made(reading, 0, len(tokens), said)
    if cue.first >= 4 and tokens[cue.first - 1].text != ";":
        return _made(reading, 0, cue.first, said)
    comma = next((k for k in range(phrase[1], len(tokens)) if tokens[k].text in COMMAS), None)
    if comma is None:
        return None
    return _made(reading, comma + 1, len(tokens), said)


def _inner(reading: CuedSentence, outer: Indirect, cue: Cue) -> Indirect | None:
    """Tass reported that Smith said …: Smith’s words, through Tass."""
    for other in reading.cues:
        if outer.first < other.first < outer.end and other.kind == "speech" and other != cue:
            phrase = reading.subject(other)
            if phrase is None or phrase[0] != outer.first or other.participle:
                return None
            found = _after(reading, other, None)
            if found is not None:
                return found._replace(said=found.said._replace(through=outer.said.phrase))
    return None


def _made(reading: CuedSentence, first: int, end: int, said: Said) -> Indirect | None:
    tokens = reading.tokens
    while end > first and tokens[end - 1].text in COMMAS:
        end -= 1
    words = sum(token.is_word for token in tokens[first:end])
    if words < _LEAST_WORDS or any(token.is_quote for token in tokens[first:end]):
        return None
    return Indirect(first, end, said)
