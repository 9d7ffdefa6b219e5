"""Sentences that never end inside a quotation, and their tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dashboard.text.quotations.sentences.lexicon import TOKEN, WORD, SpeechWords
from dashboard.text.quotations.sentences.marks import Marked

MASK = "\x01"
#: Marks that part a sentence.
COMMAS = frozenset(",;:—–-()") | {"--", "---"}
DASHES = frozenset(("-", "–", "—", "--"))
LONGEST = 4_000  # characters of a sentence; what is longer is none, and would take its square


class Token(NamedTuple):
    """A word, mark or masked quotation; ``low`` is case folded, without a possessive ending."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_quote(self) -> bool:
        """Whether it stands for words in quotation marks."""
        return self.text[0] == MASK

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter."""
        return self.text[0].isalpha()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_possessive(self) -> bool:
        """“Xi’s”, “the workers’”."""
        return len(self.text) > 2 and (self.text[-2:] in ("'s", "’s") or self.text[-1] in "'’")


@dataclass(frozen=True)
class MaskedSentence:
    """A sentence with the quotations in it: ``text`` has them masked, ``tokens`` are its tokens,
    without what stands in brackets. Places are characters of the passage."""

    start: int
    end: int
    text: str
    tokens: list[Token]
    quotes: list[Marked] = field(default_factory=list)
    last_letters: dict[int, str] = field(default_factory=dict)


def units_of(
    text: str, sentences: Sequence[tuple[int, int]], quotes: Sequence[Marked], words: SpeechWords
) -> list[MaskedSentence]:
    """The sentences of a passage, joined where a quotation runs on over their ends."""
    masked = text
    for quote in quotes:
        a, b = quote.outer
        masked = masked[:a] + MASK * (b - a) + masked[b:]
    spans: list[list[int]] = []
    at = 0
    for start, end in sentences:
        while at < len(quotes) and quotes[at].outer[1] <= start:
            at += 1
        inside = at < len(quotes) and quotes[at].outer[0] < start < quotes[at].outer[1]
        if spans and (inside or _goes_on(masked, spans[-1][1], start)):
            spans[-1][1] = end
        else:
            spans.append([start, end])
    return [_unit(text, masked, a, b, quotes, words) for a, b in spans]


def _goes_on(masked: str, end: int, start: int) -> bool:
    """“Really?” he asked: a small letter after a quotation goes on with its sentence."""
    return masked[end - 1 : end] == MASK and masked[start : start + 1].islower()


def _unit(
    whole: str, masked: str, a: int, b: int, quotes: Sequence[Marked], words: SpeechWords
) -> MaskedSentence:
    text = masked[a:b]
    own = [quote for quote in quotes if a <= quote.outer[0] < b]
    needed = len(text) <= LONGEST and (
        bool(own) or not words.reporting.isdisjoint(WORD.findall(text.lower()))
    )
    last = {q.outer[0]: whole[q.start : q.end].rstrip(" '’")[-1:] or "x" for q in own}
    return MaskedSentence(a, b, text, tokens_of(text, a, words) if needed else [], own, last)


def tokens_of(text: str, offset: int, words: SpeechWords) -> list[Token]:
    """The tokens of a text without what stands in brackets; ``offset`` is added to their places."""
    tokens: list[Token] = []
    depth = 0
    short = words.shortened
    for match in TOKEN.finditer(text):
        found = match[0]
        if found in "([":
            depth += 1
        elif found in ")]":
            depth = max(0, depth - 1)
        elif not depth:
            start, end = match.span()
            low = found.casefold()
            marked = "’" in low or "'" in low
            if marked:
                low = low.replace("’", "'")
            if text.startswith(".", end) and (
                low in short or (len(found) == 1 and found.isupper())
            ) and text[end + 1 : end + 2] in " ,\u00a0":  # fmt: skip
                found, end = found + ".", end + 1
            elif found == "." and tokens and tokens[-1].end > start + offset:
                continue  # the full stop of an abbreviation
            if marked:
                low = (low.removesuffix("'s") if len(low) > 2 else low).rstrip("'")
            tokens.append(Token(found, low, start + offset, end + offset))
    return tokens


def only_marks(tokens: Sequence[Token], a: int, b: int) -> bool:
    """Whether no word is among ``tokens[a:b]``."""
    return all(not token.is_word for token in tokens[a:b])


def has_verb(tokens: Sequence[Token], a: int, b: int, words: SpeechWords) -> bool:
    """Whether ``tokens[a:b]`` have a verb that makes a clause, of those that are known."""
    return any(
        (low in words.verbs and low not in words["also_nouns"])
        or (low.endswith(tuple(words["verb_endings"])) and len(low) > 4)
        for low in (tokens[k].low for k in range(a, b) if not tokens[k].is_capital)
    )
