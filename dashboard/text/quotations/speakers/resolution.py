"""Resolution: whom a phrase means where it stands, and what part that one has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.text.quotations.sentences.clauses import MaskedSentence, Token, tokens_of
from dashboard.text.quotations.sentences.cues import find_cues
from dashboard.text.quotations.sentences.lexicon import SpeechWords
from dashboard.text.quotations.speakers.names import (
    People,
    Place,
    is_outlet,
    is_person,
    split_titles,
)
from dashboard.text.quotations.speakers.noun_phrases import Phrase
from dashboard.text.quotations.speakers.phrases import described_as, whole, with_name, written_of
from dashboard.text.quotations.speakers.pronouns import Named, Pronouns, Spoken
from dashboard.text.quotations.speakers.roles import role_of
from dashboard.text.quotations.speakers.subjects import leading_subject, subject_before


class Resolver:
    """Whom the phrases of one article mean, from the first sentence on."""

    def __init__(self, passages: Sequence[str], words: SpeechWords) -> None:
        self.words = words
        self.passages = passages
        self.people = People.of(passages, words)
        self.pronouns = Pronouns(passages, words, self.people)

    def resolve(
        self, passage: int, text: str, unit: MaskedSentence, phrase: Phrase, through: Phrase | None,
        spoken: Spoken,
    ) -> Named | None:  # fmt: skip
        """Who a phrase of a sentence means; None for one that means nobody."""
        tokens = unit.tokens[phrase[0] : with_name(unit.tokens, phrase)]
        if len(tokens) > phrase[1] - phrase[0]:  # “said the headmistress, Joan Pryce”
            named = self._resolve(
                passage, text, tokens[phrase[1] - phrase[0] + 1 :], "", spoken, unit
            )
            written = " ".join(text[tokens[0].start : tokens[-1].end].split())
            return named._replace(written=written) if named else None
        reporter = ""
        if through is not None:
            reporter = self._through(passage, text, unit.tokens[through[0] : through[1]], unit)
        return self._resolve(passage, text, tokens, reporter, spoken, unit)

    def of_line(self, passage: int, text: str, start: int, end: int) -> Named | None:
        """Who the line that leads to a quotation begins with."""
        tokens = tokens_of(text[start:end], start, self.words)
        cues = [cue for cue in find_cues(tokens, self.words) if cue.kind == "speech"]
        if cues:
            phrase = subject_before(tokens, cues[-1].first, 0, self.words)
        else:
            phrase = leading_subject(tokens, 0, len(tokens), self.words)
        if phrase is None:
            return None
        line = MaskedSentence(start, end, text[start:end], tokens)
        return self._resolve(passage, text, tokens[phrase[0] : phrase[1]], "", Spoken(), line)

    def is_named(self, speaker: str) -> bool:
        """Whether a speaker is a person whom the article names in full, or by a title."""
        return any(mention.name == speaker for mention in self.people.mentions)

    def _through(
        self, passage: int, text: str, tokens: Sequence[Token], unit: MaskedSentence
    ) -> str:
        named = self._resolve(passage, text, tokens, "", Spoken(), unit)
        if named is None:
            return ""
        return named.speaker

    def _resolve(
        self, passage: int, text: str, tokens: Sequence[Token], reporter: str,
        spoken: Spoken, unit: MaskedSentence,
    ) -> Named | None:  # fmt: skip
        words, before = self.words, spoken.before
        written = text[tokens[0].start : tokens[-1].end]
        written = " ".join(re.sub(r"\s*[(\[][^)\]]*[)\]]?", "", written).split())
        if tokens[-1].is_possessive:
            written = written.rstrip("s").rstrip("'’") if written[-1] == "s" else written[:-1]
        place = (passage, tokens[0].start)
        if len(tokens) == 1:  # “I’ve”
            alone = re.split("['’]", written)[0]
            written = alone if alone.casefold() in words["pronouns"] else written
        low = written.casefold() if len(tokens) == 1 else ""
        if low in words["he"] or low in words["his"]:
            return self._pronoun(low, written, reporter, spoken, place, unit)
        if low in words["it"]:
            several = before is not None and self.pronouns.is_several(before.speaker)
            found = before
            if before is None or several or before.role in ("person", "official", "expert"):
                found = None
            speaker = found.speaker if found else self.people.outlet_before(place)
            role = found.role if found else "outlet" if speaker else "unknown"
            sure = 0.85 if found else 0.75 if speaker else 0.6  # the outlet named last: a guess
            return Named(speaker or written, written, role, reporter, sure)
        if low in words["they"]:
            several = before is not None and self.pronouns.is_several(before.speaker)
            if before and (several or before.role in ("agency", "outlet", "organisation")):
                return Named(before.speaker, written, before.role, reporter, 0.85)
            return Named(written, written, "unknown", reporter, 0.8)
        if low in words["pronouns"]:
            return Named(written, written, "person", reporter, 0.8)
        speaker = self._name(tokens, written, place)
        described = self.people.roles.get(speaker, "")
        return Named(speaker, written, role_of(speaker, written, described, words), reporter, 1.0)

    def _pronoun(
        self, low: str, written: str, reporter: str, spoken: Spoken, place: Place,
        unit: MaskedSentence,
    ) -> Named:  # fmt: skip
        speaker, sure = self.pronouns.meant(low, spoken, place, unit)
        described = self.people.roles.get(speaker, "")
        role = role_of(speaker, speaker, described, self.words) if speaker else "unknown"
        return Named(speaker or written, written, role, reporter, sure)

    def _name(self, tokens: Sequence[Token], written: str, place: tuple[int, int]) -> str:
        """The name that a phrase means; the phrase itself where there is none."""
        words, people = self.words, self.people
        joined = [
            i for i, t in enumerate(tokens) if t.low in words["and"] and 0 < i < len(tokens) - 1
        ]
        if joined and all(t.is_capital or i in joined for i, t in enumerate(tokens)):
            i = joined[0]
            left = self._name(tokens[:i], written_of(tokens[:i]), place)
            right = self._name(tokens[i + 1 :], written_of(tokens[i + 1 :]), place)
            return f"{left} and {right}"
        if any(token.text == "," for token in tokens[:-1]):
            return written  # a list: “Alcohol, Tobacco and Firearms”
        head = next(
            (i for i in range(1, len(tokens)) if tokens[i].low in words["prepositions"]), None
        )
        core = tokens[:head] if head else tokens
        for token in core:
            if token.is_capital and token.low in words.agencies:
                return words.agencies[token.low]
        k = len(core)
        while k and (core[k - 1].is_capital or core[k - 1].low in words["particles"]):
            k -= 1
        run = [t.text for t in core[k:]]
        if not run or core[-1].low in words["last_titles"]:
            return described_as(core, tokens, written, place, people, words)
        title = run[0].casefold().rstrip(".") if len(run) > 1 else ""
        sex = "f" if title in words["women"] else "m" if title in words["men"] else ""
        titles, parts = split_titles(" ".join(run), words)
        if not parts and len(run) == 1 and (full := people.full_name(run[0], place, sex)):
            return full  # “May”
        if not parts:
            return described_as(core, tokens, written, place, people, words)
        if len(parts) == 1 and titles and (full := people.full_name(parts[0], place, sex)):
            return full  # “Mrs. May”
        if titles and not words.no_names.isdisjoint(p.casefold() for p in parts):
            parts = [*run[run[0] in ("The", "the") :]]  # “The American Civil Liberties Union”
        name = " ".join(parts).removesuffix("'s").removesuffix("’s")
        if len(parts) == 1 and not is_outlet(name, words):
            several = any(token.low in words["and"] for token in core[:k])
            return people.full_name(parts[0], place, sex) or (
                written if several else whole(tokens, core, head, name, written, words)
            )  # “Democratic lawmakers and some Republicans”
        if len(parts) == 2 and parts[1].rstrip(".").casefold() in ("jr", "sr"):
            return people.full_name(parts[0], place, sex) or name
        titled = titles and titles[-1].casefold() in words["last_titles"]
        body = titles and not (titled and is_person(parts, words))
        if core[0].low == "the" and k == 1 and (body or is_outlet(name, words)):
            return written if not head else written_of(core)
        return whole(tokens, core, head, name, written, words)
