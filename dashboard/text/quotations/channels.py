"""Channels: where something was said or written, and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.text.quotations.sentences.clauses import COMMAS, Token
from dashboard.text.quotations.sentences.cues import Cue
from dashboard.text.quotations.sentences.lexicon import SpeechWords
from dashboard.text.quotations.speakers.names import is_outlet
from dashboard.text.quotations.speakers.noun_phrases import Phrase
from dashboard.text.quotations.speakers.subjects import subject_after


class Way(NamedTuple):
    """The channel and the one who is spoken to, as written; "" where the text tells neither."""

    channel: str
    addressee: str


def way_of(
    tokens: Sequence[Token], cue: Cue, phrase: Phrase | None, text: str, words: SpeechWords
) -> Way:
    """How something was said: “told Tass”, “wrote in The New York Times”, “said in a statement”."""
    channel = addressee = ""
    start = cue.last + 1
    if phrase is not None and phrase[0] >= start:
        start = phrase[1]
    if tokens[cue.first].low in words["told"] and not cue.passive:
        found = subject_after(tokens, start, words)
        if found is not None:
            found = _cut(tokens, found, words)
            name = _text(tokens, found, text)
            if _carries(tokens, found, text, words):
                channel = name
            else:
                addressee = name
            start = found[1]
    for k in range(start, min(start + 14, len(tokens))):
        token = tokens[k]
        if token.is_quote or token.text in COMMAS - {","} or token.low in words["that"]:
            break
        if token.low in words["channel_prepositions"] and (
            found := _place(tokens, k + 1, text, words)
        ):
            channel = channel or _text(tokens, found, text)
            break
    for k in range(cue.first, min(cue.last + 2, len(tokens))):
        as_saying = cue.last > cue.first and not cue.passive and tokens[k].low in words["by"]
        if as_saying and (found := subject_after(tokens, k + 1, words)):
            channel = _text(tokens, (found[0], min(found[1], k + 6)), text)
    if not channel and phrase is not None:
        channel = _between(tokens, phrase, cue, text, words)
    return Way(channel, addressee)


def _cut(tokens: Sequence[Token], found: Phrase, words: SpeechWords) -> Phrase:
    a, b = found
    for k in range(a + 1, b):
        low = tokens[k].low
        if low in words["prepositions"] and low not in words["genitive"]:
            return a, k
        pronoun = low in words["pronouns"] | words["it"] | words["determiners"]
        if pronoun and tokens[k - 1].low not in words["of"]:
            return a, k
        if tokens[a].low in words["him"]:
            return a, k
        plain = not tokens[a].is_capital and tokens[k].is_capital
        if plain and tokens[k - 1].low not in words["of"] and tokens[a].low in words["audience"]:
            return a, k
    return found


def _place(tokens: Sequence[Token], k: int, text: str, words: SpeechWords) -> Phrase | None:
    """A phrase that names an outlet, a platform or a statement."""
    if k >= len(tokens) or not tokens[k].is_word or tokens[k].low in words["openers"]:
        return None
    end = k
    noun = 0
    while end < len(tokens) and end - k < 9 and tokens[end].is_word:
        low = tokens[end].low
        if end > k and (
            low in words["openers"] or low in words["finite_stop"]
            or (low in words["prepositions"] and not noun)
            or low in words["phrases_of_time"]
        ):  # fmt: skip
            break
        if low in words["channel_nouns"] or is_outlet(tokens[end].text, words):
            noun = end + 1
        if noun and low in words["prepositions"]:
            with_ = low in words["with"]
            if not with_:
                break
            after = subject_after(tokens, end + 1, words)
            if after is not None and tokens[after[0]].is_capital:
                return after
            break
        end += 1
    if not noun:
        return None
    return k, noun


def _between(
    tokens: Sequence[Token], phrase: Phrase, cue: Cue, text: str, words: SpeechWords
) -> str:
    """“Smith, in a statement, said”, “in an interview with Tass, Smith said”."""
    spans = [(phrase[1], cue.first), (max(0, phrase[0] - 14), phrase[0])]
    for a, b in spans:
        for k in range(a, b):
            if tokens[k].is_quote:
                continue
            if (
                tokens[k].low in words["channel_prepositions"] | words["by"]
                and (found := _place(tokens, k + 1, text, words))
                and found[1] <= b
            ):
                return _text(tokens, found, text)
    return ""


def _carries(tokens: Sequence[Token], found: Phrase, text: str, words: SpeechWords) -> bool:
    last = tokens[found[1] - 1].low
    name = _text(tokens, found, text)
    return (
        is_outlet(name, words)
        or last in words["the_outlet"]
        or (last in words["outlet_words"] and tokens[found[0]].low in words["determiners"])
    )


def _text(tokens: Sequence[Token], found: Phrase, text: str) -> str:
    written = " ".join(text[tokens[found[0]].start : tokens[found[1] - 1].end].split())
    return written[:-2] if written.endswith(("'s", "’s")) else written
