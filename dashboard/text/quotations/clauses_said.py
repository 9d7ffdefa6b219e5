"""Clauses: whether what stands beside a verb of saying is what somebody says."""

from __future__ import annotations

from dashboard.text.quotations.cued import CuedSentence
from dashboard.text.quotations.sentences.clauses import COMMAS, has_verb
from dashboard.text.quotations.sentences.cues import Cue
from dashboard.text.quotations.speakers.noun_phrases import Phrase, head_of


def is_thing(reading: CuedSentence, cue: Cue, phrase: Phrase) -> bool:
    """“Past incidents suggest that …”: nobody speaks; “officials suggest”, “a report suggests”."""
    words = reading.words
    if reading.tokens[cue.last].low not in words["shows"]:
        return False
    head = head_of(reading.tokens, *phrase, words)
    return not head.is_capital and head.low not in words.speakers


def is_clause(reading: CuedSentence, first: int, that: int) -> bool:
    """Whether “that” begins what is said: not “opposed that law”, “the attack that killed”."""
    tokens, words = reading.tokens, reading.words
    end = next((k for k in range(that + 1, len(tokens)) if tokens[k].text in COMMAS), len(tokens))
    leads = that + 1 < len(tokens) and tokens[that + 1].low in words["prepositions"]
    if end - that <= 3 and not leads and not has_verb(tokens, that + 1, end, words):
        return False  # “said that in 1993, …” is one
    told = tokens[first - 1].low in words["told"]
    if that == first:
        return True
    after = tokens[first].low
    if after in words["takes_object"]:
        return False
    if tokens[first - 1].low in words["adds"]:
        return after in words["prepositions"] | words["phrases_of_time"] | words["adverbs"]
    return told or after not in words["determiners"] | words["his"] | words["him"]


def is_relative(reading: CuedSentence, first: int, that: int) -> bool:
    """“Says in a spot that recounts how …”, “insists on a path is that …”: no clause is said."""
    tokens, words = reading.tokens, reading.words
    low = tokens[first - 1].low
    after = tokens[that + 1] if that + 1 < len(tokens) else None
    if after is None or (that == first and low in words["takes_no_clause"]):
        return True  # “cited that preference”
    if that == first:
        return low in words["repeats"] and after.low in words["prepositions"]  # “echoed that in”
    if tokens[that - 1].low in words["being"] or tokens[first].low in words["auxiliaries"]:
        return True
    # “in a spot that recounts how”: a verb follows that no subject precedes
    verb = after.low in words.verbs and after.low not in words["also_nouns"]
    noun = not tokens[that - 1].is_capital and tokens[that - 1].low not in words["phrases_of_time"]
    asks = tokens[that + 2].low if that + 2 < len(tokens) else ""
    leads = asks in words["questions"] | words["determiners"] | words["that"] | words["his"]
    return noun and not after.is_capital and (verb or (after.low.endswith("s") and leads))


def after_addressee(reading: CuedSentence, first: int) -> int:
    tokens, words = reading.tokens, reading.words
    k = first
    asked = next((i for i in range(first + 1, len(tokens)) if tokens[i].low in words["to"]), None)
    if asked is not None and asked + 1 < len(tokens) and not (
        has_verb(tokens, first, asked, words) or tokens[asked + 1].is_capital
        or tokens[asked + 1].low in words["determiners"]
    ):  # fmt: skip
        return len(tokens)  # “told members of the board to wait”
    article = tokens[first].low in words["determiners"] if first < len(tokens) else False
    begins = words["determiners"] | words["pronouns"] | words["it"] | words["his"] | words["asks"]
    while k < len(tokens) and k - first < 7 and tokens[k].is_word:
        before = tokens[k - 1]  # “told Fox News”, “told the Post”
        inside = tokens[k].is_capital and (before.is_capital or before.low in words["the"])
        when = tokens[k].low in words["openers"] - words["asks"]
        inside = (
            inside or before.low in words["prepositions"] | words["determiners"]
        )  # “told the Post in the interview”
        inside = inside or (k + 1 < len(tokens) and tokens[k + 1].text == ",")
        if k > first and when and not inside:
            break  # “told the Post before the order was out”
        if article and tokens[k].low not in begins and not tokens[k].is_capital:
            k += 1  # “told the cheering crowd”
            continue
        if k > first and not inside and begins_clause(reading, k) and (
            tokens[k].low not in words["of"]
        ):  # fmt: skip
            return k
        k += 1
    return len(tokens)


def begins_clause(reading: CuedSentence, first: int) -> bool:
    """Whether a clause follows, with a subject and a verb; not “said on Tuesday”."""
    tokens, words = reading.tokens, reading.words
    if first >= len(tokens):
        return False
    token = tokens[first]
    low = token.low
    if low in words["prepositions"] and low not in words["may_begin_clause"]:
        return False
    if not (token.is_word or token.text[0].isdigit() or token.text[0] in "$€£"):
        return False
    if low in words["and"] or low in words["to"] or low in words["questions"]:
        return False
    before = tokens[first - 1].low if first else ""
    if low.endswith("ing") and before in words["takes_gerund"]:
        return False  # “reported using”
    then = tokens[first + 1].low if first + 1 < len(tokens) else ""
    if low in words["amounts"] and then in words["prepositions"]:
        return False
    works = words["works"] | words["documents"] | words["channel_nouns"]
    if before in words["writes"] and low in words["determiners"] and not works.isdisjoint(
        t.low.removesuffix("s") for t in tokens[first + 1 : first + 4]
    ):  # fmt: skip
        return False  # “wrote a long article for”
    adds = before in words["adds"]
    if adds and not (token.is_capital or low in words["pronouns"] | words["it"]):
        return False
    if low in words["openers"]:  # not “said while holding”, “said when asked”
        after = tokens[first + 1].low if first + 1 < len(tokens) else ""
        return not after.endswith(("ing", *words["verb_endings"]))
    comma = False
    for i, token in enumerate(tokens[first + 1 : first + 16], first + 1):
        if token.text == ";":
            return False
        comma = comma or token.text == ","
        of_it = token.low in words["relatives"] or token.low in words["to"]
        if (comma or of_it) and before in words["takes_thing"]:
            return False  # “announced his resignation, which …”
        if comma and token.low in words["speech"]:
            return False  # “announced four cases, the Post reported”
        if token.low in words["and"] and low in words["determiners"] | words["his"]:
            return False  # “noted his record and left”
        if tokens[i - 1].low in words["to"]:
            continue  # “announced a plan to cut”
        if token.low.endswith(tuple(words["verb_endings"])) or (
            token.low in words.verbs and token.low not in words["also_nouns"]
        ):
            return True
    return False


def is_compound(reading: CuedSentence, cue: Cue, phrase: Phrase) -> bool:
    """“…, the receiver of stolen Labour Party emails”: the verb is a noun."""
    tokens, words = reading.tokens, reading.words
    also = tokens[cue.first].low in words["also_nouns"] and phrase[1] == cue.first
    inside = any(tokens[k].low in words["prepositions"] for k in range(phrase[0], phrase[1]))
    return also and inside


def is_only_where(reading: CuedSentence, end: int) -> bool:
    """“In an interview with the Herald, Smith said of …”: nothing that could be said."""
    tokens, words = reading.tokens[:end], reading.words
    return tokens[0].low in words["prepositions"] and not any(
        token.text in COMMAS or token.low in words.verbs - words["also_nouns"] for token in tokens
    )


def is_object(reading: CuedSentence, at: int) -> bool:
    """“…, their meeting underscores the resilience”: the verb has an object, it says nothing."""
    token, words = reading.tokens[at], reading.words
    if not token.is_word or token.low in words["prepositions"] | words["phrases_of_time"]:
        return False
    if token.low in words["amounts"]:
        return True
    return not (token.low in words["openers"] or token.low in words["and"] | words["adverbs"]
                or token.low.endswith(("ly", "ing")))  # fmt: skip


def may_be_cited(reading: CuedSentence, cue: Cue, phrase: Phrase) -> bool:
    """Not “seats are dealt out according to the results of the districts”: where no mark parts
    them, somebody who can say something has to follow; nor “at will and according to its whims”."""
    tokens, words = reading.tokens, reading.words
    if not cue.first or not tokens[cue.first - 1].is_word:
        return True
    if tokens[cue.first - 1].low in words["and"]:
        return cue.first == 1 or tokens[cue.first - 1].low in words["but"]
    head = head_of(tokens, *phrase, words)
    body = words["plurals"] | words["bodies"] | words["outlet_words"] | words["channel_nouns"]
    speaks = head.low in words.speakers or head.low in body
    return head.is_capital or speaks or head.low.endswith(("ers", "ors", "ists"))
