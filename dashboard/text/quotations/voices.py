"""Voices: the quotations and the indirect speech of an article, each with who says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from dashboard.text.boxes import without_boxes
from dashboard.text.quotations.attribution import Attribution, Said
from dashboard.text.quotations.channels import Way, way_of
from dashboard.text.quotations.indirect import indirect_speech
from dashboard.text.quotations.kinds import (
    is_direct,
    is_name,
    is_phrase,
    is_title,
    is_work,
    n_words,
)
from dashboard.text.quotations.rules import CONFIDENCE
from dashboard.text.quotations.sentences.clauses import MaskedSentence, units_of
from dashboard.text.quotations.sentences.lexicon import SpeechWords, lexicon
from dashboard.text.quotations.sentences.marks import Marked, marked_spans
from dashboard.text.quotations.signed import line_before, signed_by
from dashboard.text.quotations.speakers.noun_phrases import Phrase
from dashboard.text.quotations.speakers.pronouns import Named, Spoken
from dashboard.text.quotations.speakers.resolution import Resolver
from dashboard.text.quotations.speakers.subjects import leading_subject

_SURE = 0.7  # a speaker less sure says nothing of whom “he” means
#: Rules by which a name in quotation marks is called by it, and those by which nobody says one.
_OF_ACTS = ("name, act, quote", "act on another’s words")
_OF_THINGS = (*_OF_ACTS, "name: quote", "clause: quote", "possessive", "according to", "split")
KINDS = ("direct", "mixed", "indirect", "phrase", "title")


class Voice(NamedTuple):
    """Something that is said, at ``start`` to ``end`` of a passage, without the quotation marks.

    ``kind``: ``direct`` (a clause in quotation marks), ``mixed`` (words in quotation marks in the
    reporter’s sentence), ``indirect`` (the reporter’s words), ``phrase`` (a few words in quotation
    marks that nobody is said to have said), ``title`` (of a work). ``speaker``: who is meant,
    ``written``: as the sentence has it, "" for nobody. ``confidence``: how often the rule names the
    right one.
    """

    passage: int
    start: int
    end: int
    kind: str
    speaker: str
    written: str
    verb: str
    channel: str
    addressee: str
    role: str
    rule: str
    confidence: float


class _Before(NamedTuple):
    """What was said last: where, by whom, and how."""

    named: Named
    passage: int
    paragraph: int
    unit: int
    way: Way
    verb: str
    quoted: bool


def find_voices(
    passages: Sequence[str],
    sentences: Sequence[Sequence[tuple[int, int]]],
    language: str = "en",
) -> list[Voice]:
    """What is said in an article, in the order of the text. ``sentences``: start and end of those
    of each passage. ``[]`` for an article without passages."""
    words = lexicon(language)
    passages = without_boxes(passages)
    return _from_the_end(list(_Article(passages, sentences, words).read()), passages)


def _from_the_end(voices: list[Voice], passages: Sequence[str]) -> list[Voice]:
    """A quotation that the next paragraph goes on with is its speaker’s."""
    for i in range(len(voices) - 2, -1, -1):
        own, after = voices[i], voices[i + 1]
        text = passages[own.passage]
        is_open = own.end == len(text) or text[own.end : own.end + 1] == "\n"
        if is_open and not own.speaker and after.speaker and own.kind in KINDS[:2]:
            begins = passages[after.passage][: after.start - 1].rstrip(" ")
            if (not begins or begins.endswith("\n")) and after.kind in KINDS[:2]:
                voices[i] = own._replace(
                    speaker=after.speaker, written=after.written, role=after.role,
                    rule="next paragraph",
                    confidence=round(min(after.confidence, CONFIDENCE["next paragraph"]), 3),
                )  # fmt: skip
    return voices


class _Article:
    """One article as it is read, from the first sentence to the last."""

    def __init__(
        self,
        passages: Sequence[str],
        sentences: Sequence[Sequence[tuple[int, int]]],
        words: SpeechWords,
    ) -> None:
        self.words, self.passages = words, passages
        self.resolver = Resolver(passages, words)
        self.sentences = sentences
        self.before: _Before | None = None
        self.heard: tuple[int, Named] | None = None  # the sentence, who speaks in it
        self.title: int | None = None  # the end of the quotation before, if that was a title
        self.number = 0  # of the sentence
        self.paragraph = 0

    def read(self) -> Iterator[Voice]:
        """Sentence by sentence."""
        open_end = False
        for number, text in enumerate(self.passages):
            quotes = marked_spans(text)
            if open_end and quotes and not text[: quotes[0].outer[0]].strip():
                quotes[0] = replace(quotes[0], goes_on=True)
            open_end = bool(quotes) and quotes[-1].open and quotes[-1].outer[1] == len(text)
            last_end = 0
            self.paragraph += 1
            for unit in units_of(text, self.sentences[number], quotes, self.words):
                self.paragraph += text.count("\n", last_end, unit.start)
                last_end = unit.start
                self.number += 1
                yield from self._unit(number, text, unit)

    def _unit(self, passage: int, text: str, unit: MaskedSentence) -> Iterator[Voice]:
        if not unit.tokens:
            self.resolver.pronouns.passed(passage, unit)
            return
        reading = Attribution(unit, self.words)
        found: list[Voice] = [
            self._quotation(passage, text, reading, quote) for quote in unit.quotes
        ]
        for part in indirect_speech(reading):
            voice = self._indirect(passage, text, reading, part.first, part.end, part.said)
            if voice is not None:
                found.append(voice)
        sure = (v.speaker for v in found if v.speaker and v.confidence >= _SURE)
        said = next(sure, "") or self._heard(passage, text, reading)
        self.resolver.pronouns.passed(passage, unit, said)
        yield from sorted(found)

    def _heard(self, passage: int, text: str, reading: Attribution) -> str:
        """Who speaks in a sentence of which no words are kept: “While it rained, Smith says.” Whom
        “he” means after it; "" for nobody."""
        for cue in reversed(reading.cues):
            subject = reading.subject(cue)
            if cue.kind != "speech" or cue.passive or cue.participle or subject is None:
                continue
            named = self.resolver.resolve(passage, text, reading.unit, subject, None, Spoken())
            if named is not None and self.resolver.is_named(named.speaker):
                self.heard = self.number, named
                return named.speaker
        return ""

    def _quotation(self, passage: int, text: str, reading: Attribution, quote: Marked) -> Voice:
        unit, words = reading.unit, self.words
        inside = text[quote.start : quote.end]
        at = next((i for i in reading.quotes if reading.tokens[i].start == quote.outer[0]), None)
        said = reading.attribute(at) if at is not None else None
        titled = is_title(text, quote, words) or (
            self.title is not None and text[self.title : quote.outer[0]].strip() in words["and"]
            and is_work(inside, words)
        )  # fmt: skip
        self.title = quote.outer[1] if titled else None
        leads = said is not None and said.cue is not None and said.cue.last + 1 == at
        told = leads and at is not None and reading.tokens[at - 1].low in words["told"]
        if titled and (told or not leads):  # “told “Morning News” that”
            return self._voice(passage, quote, "title", None, "title")
        if said is None or said.rule == "subject":
            said, named, rule = self._fallback(passage, reading, quote, at, said)
        else:
            rule = said.rule
            named = self._resolve(passage, text, reading, said)
            if rule == "clause: quote" and named and self.resolver.is_named(named.speaker):
                whole = inside[:1].isupper() and self._is_whole(text, quote)
                rule = "person …: quote" if whole else rule
        short = n_words(inside) <= 3
        if is_phrase(text, quote, rule, short, words):
            return self._voice(passage, quote, "phrase", named if said else None, rule)
        direct = is_direct(text, quote, unit.start, words)
        kind = "direct" if direct else "mixed"
        if is_name(inside, words) and (not direct or rule in _OF_THINGS):
            if rule not in _OF_ACTS:
                self._heard(passage, text, reading)
                return self._voice(passage, quote, "phrase" if short else "title", None, "title")
            rule = "name of a thing"
        if short and rule == "end of sentence" and not direct:
            rule = "a few words, end of sentence"
        if named is None:
            return self._voice(passage, quote, kind, None, "nobody")
        way, verb = self._way(reading, said, text, rule)
        if named.through and not way.channel:
            way = way._replace(channel=named.through)
        if CONFIDENCE[rule] >= 0.8 or rule in _OF_ACTS:
            self.before = _Before(named, passage, self.paragraph, self.number, way, verb, True)
        return self._voice(passage, quote, kind, named, rule, way, verb)

    def _indirect(
        self, passage: int, text: str, reading: Attribution, first: int, end: int, said: Said
    ) -> Voice | None:
        named = self._resolve(passage, text, reading, said)
        if named is None:
            return None
        way, verb = self._way(reading, said, text, said.rule)
        if named.through and not way.channel:
            way = way._replace(channel=named.through)
        tokens = reading.tokens
        span = Marked(tokens[first].start, tokens[end - 1].end, (0, 0))
        self.before = _Before(named, passage, self.paragraph, self.number, way, verb, False)
        return self._voice(passage, span, "indirect", named, said.rule, way, verb)

    def _resolve(self, passage: int, text: str, reading: Attribution, said: Said) -> Named | None:
        if said.phrase is None:
            return None
        last = self.before if self.before and self._is_near(self.before) else None
        before = last.named if last else None
        if self.heard and self.heard[0] > max(self.number - 3, last.unit if last else 0):
            before = self.heard[1]
        spoken = Spoken(before, self._says(passage, text, reading, said.phrase))
        return self.resolver.resolve(passage, text, reading.unit, said.phrase, said.through, spoken)

    def _says(self, passage: int, text: str, reading: Attribution, phrase: Phrase) -> str:
        """Who says something in a sentence before the pronoun that stands in it: “Smith said that
        Roy was late though he said …”. "" for nobody, and where the phrase is no pronoun."""
        tokens, words = reading.tokens, reading.words
        if phrase[1] - phrase[0] > 1 or tokens[phrase[0]].low not in words["he"]:
            return ""
        for cue in reversed(reading.cues):
            subject = reading.subject(cue) if cue.last < phrase[0] and not cue.passive else None
            if subject and subject[1] <= cue.first and tokens[subject[0]].low not in words["he"]:
                named = self.resolver.resolve(passage, text, reading.unit, subject, None, Spoken())
                name = named.speaker if named else ""
                return name if self.resolver.is_named(name) else ""
        return ""

    def _is_near(self, before: _Before) -> bool:
        return self.number - before.unit <= 4

    def _way(
        self, reading: Attribution, said: Said | None, text: str, rule: str
    ) -> tuple[Way, str]:
        if said is None and rule == "quote: name":
            return Way("", ""), ""
        if said is None:
            before = self.before
            return (before.way, before.verb) if before else (Way("", ""), "")
        if said.cue is None:
            return Way("", ""), ""
        tokens = reading.tokens
        verb = text[tokens[said.cue.first].start : tokens[said.cue.last].end]
        return way_of(tokens, said.cue, said.phrase, text, self.words), re.sub(r"\s+", " ", verb)

    def _fallback(
        self, passage: int, reading: Attribution, quote: Marked, at: int | None, said: Said | None
    ) -> tuple[Said | None, Named | None, str]:
        """A quotation whose sentence doesn’t say whose it is: the sentences around tell."""
        before, unit = self.before, reading.unit
        alone = not any(token.is_word for token in reading.tokens)
        text = self.passages[passage]
        if (
            said is None
            and alone
            and (named := line_before(passage, unit, self.passages, self.sentences, self.resolver))
        ):
            return None, named, "line before"
        ends = text[: quote.end].rstrip("’' ")[-1:] in (*".?!…,",)
        if (
            said is None
            and ends
            and (named := signed_by(passage, reading, at, self.passages, self.resolver))
        ):
            return None, named, "quote: name"
        if before is not None:
            if quote.goes_on and before.quoted:
                return None, before.named, "next paragraph"
            near = self.number - before.unit == 1
            same = before.paragraph == self.paragraph
            if alone and same and near:
                return None, before.named, "continued" if before.quoted else "after a report"
            intro = text[: unit.start].rstrip() or (
                self.passages[passage - 1].rstrip() if passage else ""
            )
            if alone and near and intro.endswith(":"):
                return None, before.named, "line before"
        long = n_words(text[quote.start : quote.end]) >= 4
        if before is not None and long:
            cut = self.paragraph - before.paragraph == 1 and "\n" not in text[: unit.start]
            close = cut and not alone and self.number - before.unit <= 3
            if before.paragraph == self.paragraph or close:
                return None, before.named, "same paragraph"
            if alone and self.paragraph - before.paragraph == 1:
                whole = near and self._is_paragraph(text, unit.start, quote)
                if before.quoted:
                    return None, before.named, "paragraph alone" if whole else "paragraph before"
                if whole:
                    return None, before.named, "paragraph after a report"
        if said is None and at is not None and long:
            phrase = leading_subject(reading.tokens, 0, at, self.words)
            said = Said(phrase, None, "subject") if phrase else None
        if said is not None:
            named = self._resolve(passage, text, reading, said)
            if named is not None:
                return said, named, "subject"
        return None, None, "nobody"

    def _is_paragraph(self, text: str, start: int, quote: Marked) -> bool:
        """Whether a quotation begins its paragraph and is of whole sentences: no heading, and no
        number of a list before it."""
        leads = not text[text.rfind("\n", 0, start) + 1 : quote.outer[0]].strip()
        return leads and self._is_whole(text, quote)

    def _is_whole(self, text: str, quote: Marked) -> bool:
        return quote.open or text[quote.end - 1] in ".?!…"

    def _voice(
        self, passage: int, span: Marked, kind: str, named: Named | None, rule: str,
        way: Way | None = None, verb: str = "",
    ) -> Voice:  # fmt: skip
        way = way or Way("", "")
        speaker, written, role, sure = (
            (named.speaker, named.written, named.role, named.sure) if named
            else ("", "", "unknown", 1.0)
        )  # fmt: skip
        confidence = CONFIDENCE.get(rule, 0.0) * sure if named else 0.0
        return Voice(
            passage, span.start, span.end, kind, speaker, written, verb, way.channel,
            way.addressee, role, rule, round(confidence, 3),
        )  # fmt: skip
