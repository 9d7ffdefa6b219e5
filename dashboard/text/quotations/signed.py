"""Signed quotations: “…” — Ada Roy, mayor of Osterhaven; “…” Ada Roy, Osterhaven Post; and those
that a line leads to: “Ada Roy, in Rome:”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.text.quotations.cued import CuedSentence
from dashboard.text.quotations.sentences.clauses import DASHES, MaskedSentence, Token, tokens_of
from dashboard.text.quotations.sentences.lexicon import SpeechWords
from dashboard.text.quotations.speakers.names import is_person, split_titles
from dashboard.text.quotations.speakers.noun_phrases import Phrase
from dashboard.text.quotations.speakers.pronouns import Named
from dashboard.text.quotations.speakers.resolution import Resolver

_LINE = 90  # characters of a line that may sign a quotation
_SURNAME = re.compile(r" [^\W\d_a-z][\w’'-]+")
_MOST_WORDS = 5  # of the paper that a name is followed by


def signature(tokens: Sequence[Token], first: int, words: SpeechWords) -> Phrase | None:
    """The full name that what was quoted is signed with, where ``tokens[first:]`` begin with one
    after a dash; or are nothing but a name, a comma and a paper."""
    dash = first < len(tokens) and tokens[first].text in DASHES
    first += dash
    if dash and first < len(tokens) and tokens[first].text[0].isdigit():
        ahead = range(first, min(first + 5, len(tokens)))  # “— 68-year-old Ada Roy”
        first = next((k for k in ahead if tokens[k].is_capital), first)
    end = first
    while end < len(tokens) and tokens[end].is_capital:
        end += 1
    _, parts = split_titles(" ".join(token.text for token in tokens[first:end]), words)
    if not is_person(parts, words):
        return None
    rest = tokens[end:]
    if dash:
        near = words["prepositions"]  # “— Ek of Ely”, “— Ek, speaking in Ely”
        goes_on = rest and rest[0].is_word and not rest[0].low.endswith("ing")
        goes_on = goes_on and rest[0].low not in near
        return None if goes_on else (first, end)
    paper = len(rest) > 1 and rest[0].text == "," and len(rest) <= _MOST_WORDS
    return (first, end) if paper and all(token.is_capital for token in rest[1:]) else None


def signed_by(
    passage: int, reading: CuedSentence, at: int | None, passages: Sequence[str], resolver: Resolver
) -> Named | None:
    """Who signs a quotation that its sentence, or its line, begins with."""
    tokens, text = reading.tokens, passages[passage]
    if at is None or any(token.is_word for token in tokens[:at]):
        return None
    first, where = at + 1, passage
    if first >= len(tokens):
        start = reading.unit.end
        if not text[start:].strip() and passage + 1 < len(passages):
            where, start = passage + 1, 0
        text = passages[where]
        line = text[start : start + _LINE].lstrip().split("\n", 1)[0]
        first, tokens = 0, tokens_of(line, text.index(line, start), reading.words)
    found = signature(tokens, first, reading.words)
    if found is None:
        return None
    a, b = found
    end = tokens[b - 1].end
    if tokens[b - 1].text[-1] == "." and (rest := _SURNAME.match(text, end)):
        end = rest.end()  # “— Ada E.”, where a sentence seems to end
    return resolver.of_line(where, text, tokens[a].start, end)


def line_before(
    passage: int,
    unit: MaskedSentence,
    passages: Sequence[str],
    sentences: Sequence[Sequence[tuple[int, int]]],
    resolver: Resolver,
) -> Named | None:
    """Whom a line before a sentence names that ends with a colon: “Smith, in Rome:”."""
    head = passages[passage][: unit.start].rstrip()
    where = passage
    if not head and passage:
        where, head = passage - 1, passages[passage - 1].rstrip()
    if not head.endswith(":"):
        return None
    line = head[head.rfind("\n") + 1 :]
    offset = len(head) - len(line)
    begin = max((a for a, b in sentences[where] if a < len(head)), default=offset)
    return resolver.of_line(where, passages[where], max(begin, offset), len(head))
