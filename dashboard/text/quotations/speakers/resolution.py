"""Resolution: whom a phrase means where it stands, and what part that one has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dashboard.text.quotations.sentences.clauses import MaskedSentence, Token, tokens_of
from dashboard.text.quotations.sentences.cues import find_cues
from dashboard.text.quotations.sentences.lexicon import SpeechWords
from dashboard.text.quotations.speakers.names import (
    RUN,
    Mention,
    People,
    is_outlet,
    is_person,
    split_titles,
)
from dashboard.text.quotations.speakers.phrases import whole, with_name, written_of
from dashboard.text.quotations.speakers.roles import role_of
from dashboard.text.quotations.speakers.subjects import Phrase, leading_subject, subject_before


class Named(NamedTuple):
    """A speaker: who is meant, as written, the role, and by whom it is reported; ``sure``: how sure
    the meaning is, 1 for a name."""

    speaker: str
    written: str
    role: str
    through: str
    sure: float


class Resolver:
    """Whom the phrases of one article mean, from the first sentence on."""

    def __init__(self, passages: Sequence[str], words: SpeechWords) -> None:
        self.words = words
        self.passages = passages
        self.people = People.of(passages, words)
        self._passed: list[tuple[int, int, int, str]] = []

    def passed(self, passage: int, start: int, end: int, speaker: str = "") -> None:
        """A sentence that was read, with who speaks in it."""
        self._passed.append((passage, start, end, speaker))

    def resolve(
        self, passage: int, text: str, unit: MaskedSentence, phrase: Phrase, through: Phrase | None,
        before: Named | None,
    ) -> Named | None:  # fmt: skip
        """Who a phrase of a sentence means; None for one that means nobody."""
        tokens = unit.tokens[phrase[0] : with_name(unit.tokens, phrase)]
        if len(tokens) > phrase[1] - phrase[0]:  # “said the headmistress, Joan Pryce”
            named = self._resolve(
                passage, text, tokens[phrase[1] - phrase[0] + 1 :], "", before, unit
            )
            written = " ".join(text[tokens[0].start : tokens[-1].end].split())
            return named._replace(written=written) if named else None
        reporter = ""
        if through is not None:
            reporter = self._through(passage, text, unit.tokens[through[0] : through[1]], unit)
        return self._resolve(passage, text, tokens, reporter, before, unit)

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
        return self._resolve(passage, text, tokens[phrase[0] : phrase[1]], "", None, line)

    def is_named(self, speaker: str) -> bool:
        """Whether a speaker is a person whom the article names in full, or by a title."""
        return any(mention.name == speaker for mention in self.people.mentions)

    def _through(
        self, passage: int, text: str, tokens: Sequence[Token], unit: MaskedSentence
    ) -> str:
        named = self._resolve(passage, text, tokens, "", None, unit)
        if named is None:
            return ""
        return named.speaker

    def _resolve(
        self, passage: int, text: str, tokens: Sequence[Token], reporter: str,
        before: Named | None, unit: MaskedSentence,
    ) -> Named | None:  # fmt: skip
        words = self.words
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
            return self._pronoun(low, written, reporter, before, place, unit)
        if low in words["it"]:
            several = before is not None and self._is_several(before.speaker)
            found = before
            if before is None or several or before.role in ("person", "official", "expert"):
                found = None
            speaker = found.speaker if found else self.people.outlet_before(place)
            role = found.role if found else "outlet" if speaker else "unknown"
            return Named(speaker or written, written, role, reporter, 0.85 if speaker else 0.6)
        if low in words["they"]:
            if before and before.role not in ("person", "official", "expert"):
                return Named(before.speaker, written, before.role, reporter, 0.85)
            return Named(written, written, "unknown", reporter, 0.8)
        if low in words["pronouns"]:
            return Named(written, written, "person", reporter, 0.8)
        speaker = self._name(tokens, written, place)
        described = self.people.roles.get(speaker, "")
        return Named(speaker, written, role_of(speaker, written, described, words), reporter, 1.0)

    def _pronoun(
        self, low: str, written: str, reporter: str, before: Named | None,
        place: tuple[int, int], unit: MaskedSentence,
    ) -> Named:  # fmt: skip
        sexes = self.people.sexes
        sex = "f" if low in self.words["she"] else "m" if low in self.words["he"] else ""
        speaker, is_subject = self._in_sentence(place, sex, unit)
        sure = 0.9
        if not speaker and (holder := self._office_before(place, sex, unit)):
            speaker, is_subject = holder, True
        if before is not None and before.speaker.casefold() in self.words["pronouns"]:
            before = None
        if before is not None and before.role not in ("agency", "outlet", "document"):
            several = self._is_several(before.speaker)
            fits = not sex or (sexes.get(before.speaker, sex) == sex and not several)
            last = self._passed[-1] if self._passed else None
            silent = last if last and not last[3] and not speaker else None
            newer = self._newer(before.speaker, sex) if silent else ""
            office, holder = self._in_office(silent) if silent and not newer else ("", "")
            if holder and not is_subject and (not sex or sexes.get(holder, sex) == sex):
                newer = holder
            if newer and newer.rpartition(" ")[2] != before.speaker.rpartition(" ")[2]:
                speaker, sure = newer, 0.9
            elif fits and not is_subject and (
                not speaker or (last and last[3] == before.speaker)
            ):  # fmt: skip
                held = self.people.roles.get(before.speaker, "").casefold().split()
                known = any(office.startswith(word.strip(".,")) for word in held if len(word) > 2)
                speaker, sure = before.speaker, 0.75 if office and not known else 0.95
        quoted = [quote.outer for quote in unit.quotes]
        own = self.people.first_between((place[0], unit.start), place, sex, quoted)
        if own is not None and not speaker:
            speaker, sure = own.name, 0.85  # “Smith, who won, was glad, he said”
        if not speaker:
            for passage, a, b, said in reversed(self._passed[-5:]):
                if said and sexes.get(said, sex or "") == sex and said in sexes:
                    speaker = said
                    break
                if found := self.people.first_between((passage, a), (passage, b), sex):
                    speaker = found.name
                    break
            sure = 0.85
        if speaker and sex and speaker not in sexes and sure > 0.85:
            sexes[speaker] = sex
        described = self.people.roles.get(speaker, "")
        role = role_of(speaker, speaker, described, self.words) if speaker else "unknown"
        return Named(speaker or written, written, role, reporter, sure if speaker else 0.6)

    def _is_several(self, speaker: str) -> bool:
        last = speaker.rpartition(" ")[2]
        return last.islower() and (last[-1:] == "s" or last in self.words["plurals"])

    def _in_sentence(
        self, place: tuple[int, int], sex: str, unit: MaskedSentence
    ) -> tuple[str, bool]:
        """Whom a pronoun means that stands before it in its sentence; "" for nobody. And whether
        begins the clause that the pronoun’s own is part of: “Smith praised the deal that she said
        …”, not “Smith would lose, she said”."""
        start = (place[0], unit.start)
        found = self.people.first_between(start, place, sex, [q.outer for q in unit.quotes])
        if found is None:
            return "", False
        at = next((i for i, t in enumerate(unit.tokens) if t.start == place[1]), 0)
        before = unit.tokens[at - 1] if at else None
        leads = self._begins(unit.start, found.place)
        if before is not None and before.text == ";":
            return found.name, leads
        if before is None or not before.is_word:
            first = unit.tokens[0].low if unit.tokens else ""
            intro = first in self.words["prepositions"] or first in self.words["openers"]
            return (found.name if intro and not leads else ""), False
        return found.name, leads

    def _office_before(self, place: tuple[int, int], sex: str, unit: MaskedSentence) -> str:
        """Whom the office means that a sentence begins with: “The mayor was calm when he said …”;
        "" for none."""
        at = next((i for i, t in enumerate(unit.tokens) if t.start == place[1]), 0)
        if not at or not unit.tokens[at - 1].is_word or not sex:
            return ""
        office, holder = self._in_office((place[0], unit.start, place[1], ""))
        fits = holder and self.people.sexes.get(holder, sex) == sex
        return holder if office and fits else ""

    def _begins(self, start: int, place: tuple[int, int]) -> bool:
        """Whether nothing but titles and small words stands in a sentence before a name: “But the
        former mayor Ada Roy …”."""
        words = self.words
        before = self.passages[place[0]][start : place[1]].split()
        if any(w[0].islower() and w.endswith(tuple(words["verb_endings"])) for w in before):
            return False  # “The cost surprised Mayor Ada Roy”
        first = [w.casefold() for w in before]
        small = words["fillers"] | words["and"] | words["the"] | words["a"]
        while first and first[0] in small:
            first.pop(0)
        return len(first) < 5 and (words["prepositions"] | words.finite).isdisjoint(first)

    def _newer(self, before: str, sex: str) -> str:
        """Whom the sentences since the last speaker are about: the one that the nearest of them
        begins with, else the one whom a clause in it begins with. "" where they name nobody, or the
        speaker first."""
        for passage, start, end, said in reversed(self._passed[-4:]):
            if said:
                break
            named = self.people.between((passage, start), (passage, end), sex)
            if named and self._begins(start, named[0].place):
                return named[0].name
            named = [mention for mention in named if self.people.is_known(mention.name)]
            if any(mention.name == before for mention in named):
                break
            acting = {mention.name for mention in named if self._acts(mention)}
            if len(acting) == 1:
                return acting.pop()
            if named or self._in_office((passage, start, end, said))[0]:
                break
        return ""

    def _acts(self, mention: Mention) -> bool:
        """Whether a verb follows a name: “… when Smith was asked”, “Smith, the mayor, went”."""
        words = self.words
        passage, at = mention.place
        run = RUN.match(self.passages[passage], at)
        text = self.passages[passage][run.end() : run.end() + 90] if run else ""
        after = (text.split(",", 2)[-1] if text.startswith(",") else text).split()
        low = after[0].casefold() if after and after[0].isalpha() else ""
        past = low.endswith(tuple(words["verb_endings"])) and len(low) > 4
        return past or (low in words.finite and low not in words["also_nouns"])

    def _in_office(self, passed: tuple[int, int, int, str]) -> tuple[str, str]:
        """The office that a sentence that was read is about, and who is meant by it, where the text
        tells: “Despite the defeat, the president goes on.”"""
        passage, start, end, _ = passed
        tokens = tokens_of(self.passages[passage][start:end], start, self.words)
        phrase = leading_subject(tokens, 0, len(tokens), self.words)
        core = tokens[phrase[0] : phrase[1]] if phrase else []
        if not core or core[0].low not in self.words["the"]:
            return "", ""
        office = core[-1].low
        if office not in self.words["last_titles"] or office in self.words["parties"]:
            return "", ""
        return office, self._described(core, core, "", (passage, core[0].start))

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
            return self._described(core, tokens, written, place)
        sex = "f" if run[0].casefold().rstrip(".") in words["women"] and len(run) > 1 else ""
        titles, parts = split_titles(" ".join(run), words)
        if not parts and len(run) == 1 and (full := people.full_name(run[0], place, sex)):
            return full  # “May”
        if not parts:
            return self._described(core, tokens, written, place)
        if len(parts) == 1 and titles and (full := people.full_name(parts[0], place, sex)):
            return full  # “Mrs. May”
        if titles and not words.no_names.isdisjoint(p.casefold() for p in parts):
            parts = [*run[run[0] in ("The", "the") :]]  # “The American Civil Liberties Union”
        name = " ".join(parts).removesuffix("'s").removesuffix("’s")
        if len(parts) == 1 and not is_outlet(name, words):
            return people.full_name(parts[0], place, sex) or whole(
                tokens, core, head, name, written, words
            )
        if len(parts) == 2 and parts[1].rstrip(".").casefold() in ("jr", "sr"):
            return people.full_name(parts[0], place, sex) or name
        titled = titles and titles[-1].casefold() in words["last_titles"]
        body = titles and not (titled and is_person(parts, words))
        if core[0].low == "the" and k == 1 and (body or is_outlet(name, words)):
            return written if not head else written_of(core)
        return whole(tokens, core, head, name, written, words)

    def _described(
        self, core: Sequence[Token], tokens: Sequence[Token], written: str,
        place: tuple[int, int],
    ) -> str:  # fmt: skip
        words, people = self.words, self.people
        last = core[-1].low
        definite = core[0].low in words["the"]
        if last in words["the_outlet"] and definite and len(core) <= 2:
            outlet = people.outlet_before(place)
            fits = last not in words["the_agency"] or outlet.casefold() in words.agencies
            return outlet if outlet and fits else written
        if definite or core[0].is_capital:
            lows = [t.low for t in core]
            rest = lows[1:] if definite else lows
            alone = rest[-1] if rest and last not in words["parties"] else ""
            for described in (" ".join(rest), " ".join(rest[-2:]), alone):
                if described and (name := people.titled_before(described, place)):
                    return name
        return written
