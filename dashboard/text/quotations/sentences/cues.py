"""Cues: the verbs and phrases that say that somebody said something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.text.quotations.sentences.clauses import COMMAS, DASHES, Token
from dashboard.text.quotations.sentences.lexicon import SpeechWords

_KINDS = (("speech", "speech"), ("attitude", "attitudes"))


class Cue(NamedTuple):
    """A cue at the tokens ``first`` to ``last``. ``kind``: ``speech``, ``act``, ``attitude``,
    ``according``; ``passive``: the one who speaks follows, with “by”; ``participle``: it has the
    subject of the clause it leans on."""

    first: int
    last: int
    kind: str
    passive: bool = False
    participle: bool = False


def find_cues(tokens: Sequence[Token], words: SpeechWords) -> list[Cue]:
    """The cues of a sentence, in order."""
    found = []
    for i, token in enumerate(tokens):
        if token.low not in words.leads:
            continue
        if token.low in words["went"] and (cue := _phrasal(tokens, i, words)):
            found.append(cue)
        elif token.low in words.cues and not token.is_possessive:
            cue = _verb(tokens, i, words)
            if cue is not None:
                found.append(cue)
        for phrase in words.according.get(token.low, ()):
            if _starts(tokens, i, phrase):
                found.append(Cue(i, i + len(phrase) - 1, "according"))
                break
    return found


def _phrasal(tokens: Sequence[Token], i: int, words: SpeechWords) -> Cue | None:
    """“Smith went on: “…””, “went on to say that …”, “as Smith put it”."""
    rest = tokens[i + 1 : i + 4]
    if not rest or rest[0].low not in words["on"]:
        return None
    after = rest[1] if len(rest) > 1 else None
    if after is not None and after.low in words["to"] and rest[0].low not in words["it"]:
        low = rest[2].low if len(rest) > 2 else ""
        if low not in words["bare"] or low in words["attitudes"]:
            return None
        return Cue(i, i + 3, "speech" if low in words["speech"] else "act")
    quoted = any(token.is_quote for token in tokens)
    free = after is None or not after.is_word or rest[0].low in words["it"]  # not “on strike”
    return Cue(i, i + 1, "speech") if quoted and free else None


def _starts(tokens: Sequence[Token], i: int, phrase: Sequence[str]) -> bool:
    return [token.low for token in tokens[i : i + len(phrase)]] == phrase


def _verb(tokens: Sequence[Token], i: int, words: SpeechWords) -> Cue | None:
    token = tokens[i]
    low = token.low
    if token.is_capital and i > 0 and tokens[i - 1].is_word:
        return None  # part of a name
    before = i - 1
    while before >= 0 and is_adverb(tokens[before], words):
        before -= 1
    last = tokens[before] if before >= 0 else None
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if after in words["to"] and low in words["belongs"]:
        return None
    if low in words["participles"]:
        return _participle(tokens, i, before, words)
    kind = "speech" if low in words["speech"] else "act" if low in words["acts"] else "attitude"
    if (
        last is not None
        and before == i - 1
        and (last.is_possessive or last.low in words["determiners"] - words["some"])
    ):
        return None  # “his alleged crimes”
    if low in words["also_nouns"] and _is_noun(tokens, i, before, words):
        return None
    if low in words["quoted_as"] and any(
        t.low in words["participles"] for t in tokens[i + 1 : i + 9]
    ) and any(t.low in words["quoted_as_link"] for t in tokens[i + 1 : i + 8]):  # fmt: skip
        return None  # the participle is the cue
    by = i + 1 < len(tokens) and tokens[i + 1].low in words["by"]
    if by and i + 2 < len(tokens) and tokens[i + 2].low in words["participles"]:
        by = False  # “responded by saying”
    if last is not None and (
        last.low in words["being"] or (by and low.endswith(tuple(words["verb_endings"])))
    ):
        return _passive(tokens, i, kind, words)
    if low in words["bare"] and not _is_plural(last, words):
        # “lawyers for the family believe”
        of = [k for k in range(max(1, before - 6), before) if tokens[k].low in words["genitive"]]
        if last is None or not last.is_word or not (of and _is_plural(tokens[of[0] - 1], words)):
            return None
        if last.low in words["auxiliaries"] | words["openers"] | words["to"]:
            return None
    if low in words["names"] and _is_named_so(tokens, i):
        return None
    if low in words["needs_that"] and not _leads_to_clause(tokens, i, words):
        return None
    if last is not None and last.low in words["no_cue_after"]:
        return None
    if last is not None and last.low in words["and"] and any(
        t.low in words["no_cue_after"] - words["to"] for t in tokens[max(0, i - 16) : i]
    ) and last.low in words["nor"]:  # fmt: skip
        return None  # “has not apologized or conceded that”
    return Cue(i, i, kind)


def _is_named_so(tokens: Sequence[Token], i: int) -> bool:
    """“The bridge, dubbed the “Roy Crossing,” is old”: a name and nothing that is called by it."""
    at = next((k for k in range(i + 1, min(i + 4, len(tokens))) if tokens[k].is_quote), 0)
    bare = at and all(t.is_word and not t.is_capital for t in tokens[i + 1 : at])
    return bool(bare and at - i <= 2 and i and tokens[i - 1].text in COMMAS)


def _leads_to_clause(tokens: Sequence[Token], i: int, words: SpeechWords) -> bool:
    """Whether “that”, a quotation or a mark follows, not an object: “maintained a trajectory”."""
    if any(token.is_quote for token in tokens[max(0, i - 4) : i]):
        return True
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return after is None or after.is_quote or not after.is_word or after.low in words["that"]


def is_adverb(token: Token, words: SpeechWords) -> bool:
    """Whether a word may stand between subject and verb."""
    low = token.low
    if low in words["no_adverbs"]:
        return False
    return low in words["adverbs"] or (
        low.endswith(tuple(words["adverb_endings"])) and len(low) > 4 and not token.is_capital
    )


def _participle(tokens: Sequence[Token], i: int, before: int, words: SpeechWords) -> Cue | None:
    last = tokens[before] if before >= 0 else None
    low = tokens[i].low
    if last is not None and last.low in words["being"]:
        return Cue(i, i, _kind_of(low, words))  # “he was saying”
    if last is not None and last.low in words["quoted_as"] and low == "saying":
        return Cue(before, i, "speech")  # “can be heard saying”
    if last is not None and last.low in words["determiners"] | words["prepositions"] - {"as", "in"}:
        return None
    if last is not None and last.low in words["quoted_as_link"]:
        for start in range(before - 1, max(-1, before - 8), -1):
            if tokens[start].low in words["quoted_as"]:
                return Cue(start, i, "speech")  # “was quoted (by Tass) as saying”
        return None
    kind = _kind_of(low, words)
    named = last is not None and (last.is_capital or last.low in words["pronouns"])
    # “…, with officials saying”
    absolute = any(t.low in words["with"] for t in tokens[max(0, before - 6) : before])
    subject = named or (absolute and last is not None and last.is_word)
    return Cue(i, i, kind, participle=not subject)


def _kind_of(low: str, words: SpeechWords) -> str:
    """The kind of the verb that a participle is of."""
    return next((kind for kind, of in _KINDS if _stem_in(low, words[of])), "act")


def _stem_in(low: str, verbs: frozenset[str]) -> bool:
    """Whether a participle belongs to one of the verbs."""
    stem = low.removesuffix("ing")
    once = stem[:-1] if stem[-1:] == stem[-2:-1] else stem  # “admitting”
    return not {stem, stem + "e", stem + "s", stem + "es", once}.isdisjoint(verbs)


def _is_noun(tokens: Sequence[Token], i: int, before: int, words: SpeechWords) -> bool:
    if before < 0:
        return True
    last = tokens[before]
    if before < i - 1:  # an adverb between
        return False
    if last.text in DASHES and not any(token.is_quote for token in tokens[:i]):
        return True  # “the fears of some – fears that …”
    if before and tokens[before - 1].low in words["to"] and not last.is_capital:
        return True  # “to contradict reports”
    if _lacks_article(tokens, before, words):
        return True  # “misleading claims”
    if last.low in words["determiners"] or last.low in words["of"] or last.is_possessive:
        return True
    if last.low in words.titles and last.is_capital and tokens[i].low in words["states"]:
        return True  # “European states”
    if _is_described(tokens, i, before, words) or _is_listed(tokens, i, before, words):
        return True
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if after in words["examples"] and tokens[i].low in words["plain_objects"]:
        return True  # “Corvian estimates of the damage”, “use terms like”
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if (
        after == ","
        and not any(token.is_quote for token in tokens[:i])
        and (not last.is_capital and last.low not in words["pronouns"] and i + 4 < len(tokens))
    ):
        return True  # “after the news reports, he left”
    if after in words["being"] or last.low.endswith(tuple(words["verb_endings"])):
        return True  # “nuclear states are”, “accelerated calls”
    if after in words["auxiliaries"] - words["past"] and last.is_word and not last.is_capital:
        return last.low not in words["pronouns"]  # “the terror attack has”
    k = before
    while k > 0 and tokens[k].is_capital and before - k < 4:
        k -= 1
    if k < before and tokens[k].low in words["a"] and tokens[i].low in words["bare"]:
        return True  # “an NBC News report”
    # “a new report”, “police reports”, “Monday’s note”: an adjective or noun in small letters.
    small = last.is_word and not last.is_capital and last.low not in words["pronouns"]
    plain = small and before > 0 and tokens[before - 1].low in words["determiners"]
    if plain and tokens[i].low in words["bare"]:
        return True
    return last.text[0].isdigit() or last.low in words["prepositions"]


def _is_described(tokens: Sequence[Token], i: int, before: int, words: SpeechWords) -> bool:
    """“His old tweets”, “those harmless jokes”, “both states”: an adjective leads to it, or a word
    that makes it several, which takes no verb in “-s”."""
    last = tokens[before]
    if not last.is_word:
        return False
    if last.is_capital:  # “several US states”
        k = before
        while k > 0 and tokens[k].is_capital:
            k -= 1
        return tokens[k].low in words["of_several"] and tokens[i].low.endswith("s")
    small = words["unnamed"] | words["experts"] | words["officials"] | words["last_titles"]
    adjective = last.low in words["adjectives"] or last.low.endswith(("ous", "ful", "less", "ish"))
    if adjective and last.low not in small:
        return True
    if _is_owned(tokens, i, before, words):
        return True
    if not tokens[i].low.endswith("s"):
        return False
    for k in range(before, max(-1, before - 4), -1):
        low = tokens[k].low
        if low in words["of_several"]:
            return True
        if not tokens[k].is_word or low in words["determiners"] | words["prepositions"]:
            return False
        if low in words["openers"] | words["and"]:
            return False
    return False


def _is_listed(tokens: Sequence[Token], i: int, before: int, words: SpeechWords) -> bool:
    """“Her rival, state Sen. Ada Roy”; “journals, papers, and blogs.”"""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    bare = tokens[i].low in words["states"] & words["bare"]
    if bare and after is not None and after.is_capital:
        return True
    ends = after is None or not after.is_word
    return ends and tokens[before].low in words["and"] and tokens[max(before - 1, 0)].text == ","


def _is_owned(tokens: Sequence[Token], i: int, before: int, words: SpeechWords) -> bool:
    """“The mayor’s constant tweets about it”; not “the mayor’s lawyer claims that”."""
    last, owner = tokens[before], tokens[max(before - 1, 0)]
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    goes_on = after is not None and (
        after.low in words["prepositions"] or after.low.endswith("ing")
    )  # fmt: skip
    if not goes_on or not (owner.is_possessive or owner.low in words["his"]):
        return False
    able = words.speakers | words["persons"] | words["bodies"] | words["collectives"]
    speaks = last.low in able or last.low in words.titles or last.low in words["plurals"]
    return not (speaks or last.low.endswith(("s", "er", "or", "ist", "man", "woman")))


def _lacks_article(tokens: Sequence[Token], at: int, words: SpeechWords) -> bool:
    """Whether a small word can’t end a subject: it is singular, and nothing before it is its
    article."""
    low = tokens[at].low
    alone = (
        words["pronouns"] | words["it"] | words["some"] | words["plurals"] | words["openers"]
        | words["relatives"] | words["and"] | words["auxiliaries"]
    )  # fmt: skip
    if words.language != "en" or low in alone or low.endswith("s") or not tokens[at].is_word:
        return False
    for k in range(at, max(-1, at - 6), -1):
        token = tokens[k]
        if token.is_capital or token.is_possessive or token.low in words["determiners"]:
            return False
        small = token.low in words["prepositions"] - words["genitive"]
        if not token.is_word or token.is_quote or small:
            break  # “with high hopes”
    return True


def _passive(tokens: Sequence[Token], i: int, kind: str, words: SpeechWords) -> Cue | None:
    if i + 1 < len(tokens) and tokens[i + 1].low in words["by"]:
        return Cue(i, i + 1, kind, passive=True)
    for j in range(i + 1, min(i + 6, len(tokens))):
        if tokens[j].text in COMMAS:
            break
        if tokens[j].low in words["by"]:
            return Cue(i, j, kind, passive=True)
    return None


def _is_plural(last: Token | None, words: SpeechWords) -> bool:
    """Whether a bare form may follow: “critics say”, “I think”, “would say”, “does not say”."""
    if last is None:
        return False
    low = last.low
    if low in words["pronouns"]:
        return True
    if low in words["auxiliaries"]:
        return low in words["modals"]
    if last.text[0] in "$€£" or not last.is_word or low in words["openers"] - words["relatives"]:
        return last.text in COMMAS
    if low in words["some"] or low in words["plurals"]:
        return True
    plural = (low.endswith("s") and not last.is_possessive) or low in words["plurals"]
    return plural
