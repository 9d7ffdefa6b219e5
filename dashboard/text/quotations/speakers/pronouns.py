"""Pronouns: whom “he” and “she” mean where they stand, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.text.quotations.sentences.clauses import MaskedSentence, tokens_of
from dashboard.text.quotations.sentences.lexicon import SpeechWords
from dashboard.text.quotations.speakers.names import RUN, Mention, People, Place
from dashboard.text.quotations.speakers.phrases import described_as
from dashboard.text.quotations.speakers.subjects import leading_subject

_BACK = 5  # sentences that are looked through
#: Of two whom a pronoun may mean the right one is found less than three times of four.
_DOUBT = 0.75


class Named(NamedTuple):
    """A speaker: who is meant, as written, the role, and by whom it is reported; ``sure``: how sure
    the meaning is, 1 for a name."""

    speaker: str
    written: str
    role: str
    through: str
    sure: float


class Spoken(NamedTuple):
    """Who spoke last, and who says something in the same sentence before a pronoun, "" for
    nobody."""

    before: Named | None = None
    says: str = ""


class _Passed(NamedTuple):
    """A sentence that was read, with who speaks in it, "" for nobody."""

    passage: int
    start: int
    end: int
    said: str
    quoted: Sequence[tuple[int, int]] = ()


class Pronouns:
    """Whom the pronouns of one article mean, from the first sentence on."""

    def __init__(self, passages: Sequence[str], words: SpeechWords, people: People) -> None:
        self.words, self.passages, self.people = words, passages, people
        self._passed: list[_Passed] = []

    def passed(self, passage: int, unit: MaskedSentence, speaker: str = "") -> None:
        """A sentence that was read, with who speaks in it."""
        quoted = [quote.outer for quote in unit.quotes]
        self._passed.append(_Passed(passage, unit.start, unit.end, speaker, quoted))

    def meant(
        self, low: str, spoken: Spoken, place: Place, unit: MaskedSentence
    ) -> tuple[str, float]:
        """Whom a pronoun means, "" for nobody, and how sure."""
        before, says = spoken
        sexes = self.people.sexes
        sex = "f" if low in self.words["she"] else "m" if low in self.words["he"] else ""
        if says and sexes.get(says, sex) == sex:
            others = self._others(says, (place[0], unit.start), place, sex, unit)
            return says, _DOUBT if others else 0.95
        speaker, is_subject = self._in_sentence(place, sex, unit)
        sure = 0.9
        if not speaker and (holder := self._office_before(place, sex, unit)):
            speaker, is_subject = holder, True
        if before is not None and before.role not in ("agency", "outlet", "document"):
            found = self._before(before, speaker, is_subject, sex)
            speaker, sure = found or (speaker, sure)
        own = self._known((place[0], unit.start), place, sex, unit)
        if own and not speaker:
            speaker, sure = own[0], 0.85  # “Smith, who won, was glad, he said”
        if not speaker:
            speaker, sure = self._further_back(sex)
        if speaker and sex and speaker not in sexes and sure > 0.85:
            sexes[speaker] = sex
        return speaker, sure

    def _before(
        self, before: Named, speaker: str, is_subject: bool, sex: str
    ) -> tuple[str, float] | None:
        """Who is meant where somebody spoke a sentence or more ago; None: as it is. ``speaker``:
        whom the sentence itself names."""
        sexes = self.people.sexes
        fits = self._is_one(before) and (not sex or sexes.get(before.speaker, sex) == sex)
        last = self._passed[-1] if self._passed else None
        silent = last if last and not last.said and not speaker else None
        newer = self._newer(before.speaker, sex) if silent else ""
        office, holder = self._in_office(silent) if silent and not newer else ("", "")
        if holder and not is_subject and (not sex or sexes.get(holder, sex) == sex):
            newer = holder
        if newer and newer.rpartition(" ")[2] != before.speaker.rpartition(" ")[2]:
            return newer, 0.9
        if fits and not is_subject and (not speaker or (last and last.said == before.speaker)):
            held = self.people.roles.get(before.speaker, "").casefold().split()
            known = any(office.startswith(word.strip(".,")) for word in held if len(word) > 2)
            return before.speaker, _DOUBT if office and not known else 0.95
        return None

    def _further_back(self, sex: str) -> tuple[str, float]:
        """Whom the nearest of the last sentences names or lets speak, if it does not begin with
        that pronoun itself. A doubt where it begins with none, and names two or one who does
        nothing there."""
        people = self.people
        for sentence in reversed(self._passed[-_BACK:]):
            passage, a, b, said, quoted = sentence
            if sex and people.sexes.get(said, "") == sex:
                return said, 0.85
            named = people.between((passage, a), (passage, b), sex, quoted)
            if not named or self._is_about_it(sentence, sex):
                continue
            known = [mention for mention in named if people.is_known(mention.name)]
            first = (known or named)[0]
            acts, begins = self._acts(first), self._begins(a, first.place)
            alone = len({mention.name for mention in known or named}) == 1
            sure = (begins or (alone and acts)) if known else (begins and alone and acts)
            return first.name, 0.85 if sure else _DOUBT
        return "", 0.6

    def _is_about_it(self, sentence: _Passed, sex: str) -> bool:
        """Whether a sentence begins with the pronoun: “But she named Smith”, who is another."""
        words = self.words
        same = words["she"] if sex == "f" else words["he"] - words["she"]
        begin = self.passages[sentence.passage][sentence.start : sentence.end].split(None, 4)[:3]
        return any(word.strip(",").casefold() in same for word in begin)

    def is_several(self, speaker: str) -> bool:
        """Whether a phrase means more than one: “officials”, “the police”."""
        words, last = self.words, speaker.rpartition(" ")[2]
        low = speaker.casefold()  # “Officials”
        if low in words["unnamed"] and low[-1:] == "s":
            return True
        return last.islower() and (last[-1:] == "s" or last in words["plurals"])

    def _is_one(self, before: Named) -> bool:
        """Whether the one who spoke last can be “he”: not several, not “the backlash”."""
        words, speaker = self.words, before.speaker
        if self.is_several(speaker) or speaker.casefold() in words["pronouns"]:
            return False
        if speaker.rpartition(" ")[2].casefold() in words["collectives"]:
            return False
        if before.role in ("person", "official", "expert") or speaker in self.people.roles:
            return True
        last = speaker.rpartition(" ")[2].casefold()
        one = words.one_person
        return last in one or last.endswith(("er", "or", "ist", "man", "woman", "ant", "ian"))

    def _known(self, start: Place, end: Place, sex: str, unit: MaskedSentence) -> list[str]:
        quoted = [quote.outer for quote in unit.quotes]
        return [mention.name for mention in self.people.between(start, end, sex, quoted)]

    def _others(
        self, says: str, start: Place, place: Place, sex: str, unit: MaskedSentence
    ) -> bool:
        """Whether a sentence names another whom the pronoun can mean after the one who speaks."""
        named = self._known(start, place, sex, unit)
        return says in named and any(name != says for name in named[named.index(says) :])

    def _in_sentence(
        self, place: tuple[int, int], sex: str, unit: MaskedSentence
    ) -> tuple[str, bool]:
        """Whom a pronoun means that stands before it in its sentence; "" for nobody. And whether
        begins the clause that the pronoun’s own is part of: “Smith praised the deal that she said
        …”, not “Smith would lose, she said”."""
        start = (place[0], unit.start)
        named = self.people.between(start, place, sex, [q.outer for q in unit.quotes])
        if not named:
            return "", False
        found = next((m for m in named if self.people.is_known(m.name)), named[0])
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
        office, holder = self._in_office(_Passed(place[0], unit.start, place[1], ""))
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
        return len(first) < 5 and (words["prepositions"] | words.verbs).isdisjoint(first)

    def _newer(self, before: str, sex: str) -> str:
        """Whom the sentences since the last speaker are about: the one that the nearest of them
        begins with, else the one whom a clause in it begins with. "" where they name nobody, or the
        speaker first."""
        for passage, start, end, said, quoted in reversed(self._passed[-4:]):
            if said:
                break
            named = self.people.between((passage, start), (passage, end), sex, quoted)
            if named and self._begins(start, named[0].place):
                return named[0].name
            named = [mention for mention in named if self.people.is_known(mention.name)]
            if any(mention.name == before for mention in named):
                break
            acting = {mention.name for mention in named if self._acts(mention)}
            if len(acting) == 1:
                return acting.pop()
            if named or self._in_office(_Passed(passage, start, end, said))[0]:
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
        return past or (low in words.verbs and low not in words["also_nouns"])

    def _in_office(self, passed: _Passed) -> tuple[str, str]:
        """The office that a sentence that was read is about, and who is meant by it, where the text
        tells: “Despite the defeat, the president goes on.”"""
        passage, start, end = passed[:3]
        tokens = tokens_of(self.passages[passage][start:end], start, self.words)
        phrase = leading_subject(tokens, 0, len(tokens), self.words)
        core = tokens[phrase[0] : phrase[1]] if phrase else []
        if not core or core[0].low not in self.words["the"]:
            return "", ""
        office = core[-1].low
        if office not in self.words["last_titles"] or office in self.words["parties"]:
            return "", ""
        return office, described_as(
            core, core, "", (passage, core[0].start), self.people, self.words
        )
