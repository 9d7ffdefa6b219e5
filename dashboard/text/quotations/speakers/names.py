"""Names: who is meant by a surname, a title, a pronoun or “the paper”, in one article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dashboard.text.quotations.sentences.lexicon import SpeechWords

Place = tuple[int, int]  # passage, character

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w’'-]*(?:\.[A-Z]\.?)*"
_SHORT = (
    r"(?:[A-Z]\.(?:[A-Z]\.)*"
    r"|(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|Jr|Sr|St|Prof|Rev|Capt)\.)"
)
_PARTICLE = r"(?:(?:de|van|von|bin|al|el|da|del|la|der|den|ibn|dos|di|ter|af|bint|binti)[ -])"
_PART = rf"(?:{_SHORT}|{_CAPITAL})"
#: Words with capitals in a row. The first part rules out what begins small, which most words do.
RUN = re.compile(rf"(?=[^\W\d_a-zß-öø-ÿ]){_PART}(?:[ \u00a0]{_PARTICLE}{{0,2}}{_PART})*")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_SEVERAL = re.compile("[A-Z]{2,}s$")  # “Remain MPs”
_CONTRACTED = re.compile("['’](?:re|ve|ll|m|d)$")  # “We’re America”
_ROLE = re.compile(r"\s*(?:,|\(|—|–|--)\s*(?:(?:the|a|an|who is|former)\s+)?([^,.;:()\n]{3,90})")


_Run = tuple[Place, list[str], list[str], str]  # titles, names, and what follows


class Mention(NamedTuple):
    """A person’s full name in the text; ``sex`` is ``f``, ``m`` or unknown, ""."""

    place: Place
    name: str
    sex: str


@dataclass
class People:
    """Those whom an article names in full, with their titles."""

    words: SpeechWords
    mentions: list[Mention] = field(default_factory=list)
    by_part: dict[str, list[str]] = field(default_factory=dict)
    sexes: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    titled: dict[str, list[tuple[Place, str]]] = field(default_factory=dict)
    outlets: list[tuple[Place, str]] = field(default_factory=list)
    called: set[str] = field(default_factory=set)  # whom a title or the surname alone names as well

    @classmethod
    def of(cls, passages: Sequence[str], words: SpeechWords) -> People:
        """The people of an article; nobody for one without full names."""
        people = cls(words)
        runs: list[_Run] = []
        singles: list[tuple[Place, str]] = []
        for number, text in enumerate(passages):
            for match in RUN.finditer(text):
                if match[0].startswith("The ") and is_outlet(match[0], words):
                    people.outlets.append(((number, match.start()), match[0]))
                    continue
                if " " not in match[0] and "\u00a0" not in match[0]:
                    singles.append(((number, match.start()), match[0]))
                    continue
                titles, parts = split_titles(match[0], words)
                after = text[match.end() : match.end() + 110] if parts else ""
                runs.append(((number, match.start()), titles, parts, after))
        people._read(passages, runs, singles)
        return people

    def _read(
        self,
        passages: Sequence[str],
        runs: Sequence[_Run],
        singles: Sequence[tuple[Place, str]],
    ) -> None:
        """The mentions of everybody in the runs of capital words, full names first."""
        words = self.words
        houses = {" ".join(parts) for place, _, parts, after in runs
                  if _is_called_paper(passages[place[0]], place[1], after, words)}  # fmt: skip
        for place, titles, parts, after in runs:
            shouted = all(part.isupper() for part in parts) and after[:1] not in (":", ",")
            named = is_person(parts, words) and not _is_passing(parts, words)
            if named and not shouted and " ".join(parts) not in houses:
                self._add(place, titles, parts, after)
        small = ""
        for place, titles, parts, after in runs:
            if _is_surname(titles, parts, words) and _plain(parts[0]) not in self.by_part:
                small = small or f" {' '.join(passages)} "
                if f" {parts[0].casefold()} " not in small:  # a name is not written small
                    self._add(place, titles, parts, after)
        for place, titles, parts, _ in runs:
            if _is_surname(titles, parts, words) and self._is_another(titles[-1], parts[0]):
                self._add(place, titles, parts, "")
        for place, single in singles:
            if _plain(single) in self.by_part:
                full = self.full_name(single)
                self._mention(place, [], full)
                if _plain(_surname(full)) == _plain(single):
                    self.called.add(full)
            elif is_outlet(single, words):
                self.outlets.append((place, single))
        for place, titles, parts, _ in runs:
            if len(parts) == 1 and (name := self.full_name(parts[0])):
                self._mention(place, titles, name)
                self.called.add(name)
            elif parts and is_outlet(" ".join(parts), words):
                self.outlets.append((place, " ".join(parts)))
        self.mentions.sort()
        self.outlets.sort()

    def _is_another(self, title: str, surname: str) -> bool:
        """Whether a title and surname name nobody of those whose full names the text has: they
        are women, and this is a man: “President Ek” beside “Mara Ek”."""
        names = self.by_part.get(_plain(surname), [])
        low = title.casefold().rstrip(".")
        man = low in self.words["men"] or low in self.words["mostly_men"]
        women = all(self.sexes.get(name) == "f" for name in names)
        return bool(names) and man and women and not any(
            low in self.roles.get(name, "").casefold() for name in names
        )  # fmt: skip

    def _add(self, place: Place, titles: list[str], parts: list[str], after: str) -> None:
        name = " ".join(parts)
        names = [p for p in parts if p.rstrip(".").casefold() not in _SUFFIXES]
        for part in dict.fromkeys((names[-1], names[0])):
            known = self.by_part.setdefault(_plain(part), [])
            if name not in known:
                known.append(name)
        self._mention(place, titles, name)
        role = " ".join(titles)
        if match := _ROLE.match(after):
            described = match[1].strip()
            if not self.words["speech"].isdisjoint(described.casefold().split()[:8]):
                described = ""  # “– Smith’s aide, a police official said”
            role = f"{role}, {described}" if role and described else role or described
            if described:
                self._entitle(described, place, name)
        if role and len(role) > len(self.roles.get(name, "")):
            self.roles[name] = role
        if titles:
            self._entitle(" ".join(titles), place, name)

    def _entitle(self, described: str, place: Place, name: str) -> None:
        lows = [w.casefold().strip(".,’'\"“”") for w in described.split()[:8]]
        head: list[str] = []
        for low in lows:
            if low in self.words["prepositions"] or low in self.words["who"]:
                break
            head.append(low)
        for start in range(len(head)):
            if start and head[start - 1] in self.words["under"]:
                break  # a vice president is not “the president”
            self.titled.setdefault(" ".join(head[start:]), []).append((place, name))

    def _mention(self, place: Place, titles: Sequence[str], name: str) -> None:
        lows = {low for t in titles if (low := t.casefold().rstrip(".")) in self.words.titles}
        lows.add(name.split()[0].casefold().rstrip("."))  # the title is “Mayor”, not “St. Louis”
        sex = "f" if lows & self.words.of_women else "m" if lows & self.words.of_men else ""
        if sex and name not in self.sexes:
            self.sexes[name] = sex
        self.mentions.append(Mention(place, name, self.sexes.get(name, "")))

    def full_name(self, part: str, before: Place | None = None, sex: str = "") -> str:
        """The full name that a surname, or else a given name, stands for; "" for none. Of several
        the one named last before ``before``."""
        names = self.by_part.get(_plain(part), [])
        last = [n for n in names if _plain(_surname(n)) == _plain(part)]
        names = last or names
        if sex != "f" and part in names:
            return part  # “President Ek” and “Ek” are not “Mara Ek”
        if sex:
            names = [n for n in names if self.sexes.get(n, sex) == sex] or names
        if len(names) < 2 or before is None:
            return names[0] if names else ""
        at = bisect_left(self.mentions, (before,))
        earlier = [m.name for m in self.mentions[:at] if m.name in names]
        return earlier[-1] if earlier else names[0]

    def titled_before(self, described: str, place: Place) -> str:
        """Whom “the mayor” means: the one described so last; "" for nobody."""
        found = self.titled.get(described, [])
        if " " not in described and len({name for _, name in found}) > 1:
            return ""  # which president?
        earlier = [name for at, name in found if at < place]
        return earlier[-1] if earlier else ""

    def outlet_before(self, place: Place) -> str:
        """The outlet named last before a place; "" for none."""
        earlier = [name for at, name in self.outlets if at < place]
        return earlier[-1] if earlier else ""

    def is_known(self, name: str) -> bool:
        """Whether a name is likely a person’s: it tells the sex, has a title or office, or the
        surname stands alone as well; not “Sandy Road”."""
        if name in self.sexes or name in self.called:
            return True
        role = {word.casefold().strip(".,’'") for word in self.roles.get(name, "").split()[:6]}
        return not role.isdisjoint(self.words.offices)

    def between(
        self, start: Place, end: Place, sex: str, without: Sequence[tuple[int, int]] = ()
    ) -> list[Mention]:
        """The people named in a stretch of text whom a pronoun of that ``sex`` can mean;
        ``without`` the characters of the passage that are quoted."""
        at, last = (bisect_left(self.mentions, (place,)) for place in (start, end))
        return [
            mention for mention in self.mentions[at:last]
            if (not sex or self.sexes.get(mention.name, sex) == sex)
            and not any(a <= mention.place[1] < b for a, b in without)
        ]  # fmt: skip


def _is_called_paper(text: str, start: int, after: str, words: SpeechWords) -> bool:
    """Whether the word before a name, or after it, says that it is a paper’s: “the satirical
    magazine Charlie Hebdo”."""
    before, behind = text[max(start - 40, 0) : start].split(), after.split()
    called = before and text[start - 1].isspace() and before[-1] in words["papers"]
    goes_on = behind and after[0].isspace() and behind[0].rstrip(".,;:") in words["papers"]
    return bool(called) or bool(goes_on)


def _is_passing(parts: Sequence[str], words: SpeechWords) -> bool:
    """Whether capitals that a sentence or a caption begins with only look like a name: “Leaving
    Corvia”, “Another Democrat”, “Play Video”."""
    lows = [part.casefold() for part in parts]
    gerund = lows[0].endswith("ing") and lows[0] not in words["ing_names"]
    last = parts[-1]
    short = last.isupper() and last.isalpha() and not parts[0].isupper()  # “Past GOP”
    short = short and lows[-1] not in _SUFFIXES
    listed = (words["captions"], words["no_persons"])
    begins = words["some"] | words["adverbs"]  # “Perhaps Yang”
    return gerund or short or lows[0] in begins or not all(
        some.isdisjoint(lows) for some in listed
    )  # fmt: skip


def _is_surname(titles: Sequence[str], parts: Sequence[str], words: SpeechWords) -> bool:
    """Whether a title and one word name a person: “President Ek”, not “Justice League”."""
    if len(parts) != 1 or not titles or not parts[0][1:].islower():
        return False
    title, low = titles[-1].casefold().rstrip("."), parts[0].casefold()
    known = title in words["last_titles"] and not {low, low.removesuffix("s")} & words.no_names
    return known and low not in words.before_names and low not in words.titles


def is_person(parts: Sequence[str], words: SpeechWords) -> bool:
    """Whether a name of several words may be a person’s."""
    names = [p for p in parts if p.rstrip(".").casefold() not in _SUFFIXES]
    if not 2 <= len(names) <= 4:
        return False
    lows = [_CONTRACTED.split(name.casefold())[0].rstrip(".") for name in names]
    if any(len(low) < 2 and name[-1] != "." for low, name in zip(lows, names, strict=True)):
        return False
    if lows[-1] in words["empty"] and lows[0] in words["men"] | words["women"]:
        lows.pop()  # “Theresa May”
    verbs = any(
        low in words.finite
        or low in words["participles"]
        or (low.endswith(tuple(words["verb_endings"])) and len(low) > 5)
        for low in lows
    )
    several = _SEVERAL.match(names[-1]) is not None
    free = words.before_names.isdisjoint(lows) and words.no_names.isdisjoint(lows)
    return not verbs and not several and free


def _plain(part: str) -> str:
    low = part.casefold().replace("’", "'")
    return low.removesuffix("'s").rstrip("'.")


def _surname(name: str) -> str:
    parts = [p for p in name.split() if p.rstrip(".,").casefold() not in _SUFFIXES]
    return parts[-1] if parts else name


def split_titles(run: str, words: SpeechWords) -> tuple[list[str], list[str]]:
    """A run of capital words as titles and name: “Chinese President | Xi Jinping”."""
    parts = re.split(r"['’]s?\s", run)[-1].split()  # “Russia’s President”, “Fox News’ John Roe”
    cut = 0
    for i, part in enumerate(parts):
        low = _plain(part)
        first = i == 0 and (
            low in words.before_names or low in words.agencies or low in words["platforms"]
        )
        known = low in words.titles or (low in words["more_titles"] and i + 2 < len(parts))
        titled = first or (known and not _is_middle(parts, i))
        if titled and (i == cut or low in words["last_titles"]):
            cut = i + 1
    titles = [p for p in parts[:cut] if _plain(p) in words.titles or p.isupper() or cut > 1]
    name = parts[cut:]
    if name and name[-1].endswith(("'s", "’s")):
        name[-1] = name[-1][:-2]
    if name and len(name[-1]) > 3:
        name[-1] = name[-1].rstrip("'’")  # “Pat Roberts’ seat”
    return titles, [p.rstrip(",") for p in name]


def _is_middle(parts: Sequence[str], i: int) -> bool:
    return i == len(parts) - 1 and i > 0 and parts[i].casefold() in _SUFFIXES


def is_outlet(name: str, words: SpeechWords) -> bool:
    """Whether a name is that of a news agency or an outlet."""
    low = name.casefold().removeprefix("the ")
    return low in words.agencies or _plain(low.rpartition(" ")[2]) in words["outlet_words"]
