"""The words of one language that names go by, from the files in ``words``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import ClassVar

from dashboard.text.quotations.sentences.lexicon import SpeechWords
from dashboard.text.quotations.speakers.names import is_person
from dashboard.text.word_lists import DATE_WORDS, DEMONYMS, TITLE_WORDS, word_list

#: Languages that are read well enough to be counted.
LANGUAGES = ("en",)


class NameWords(SpeechWords):
    """The lists of one language; what is not in ``words`` here is taken from ``quotations``."""

    folders: ClassVar[tuple[Path, ...]] = (
        Path(__file__).parent / "words",
        *SpeechWords.folders,
    )

    @cached_property
    def demonyms(self) -> frozenset[str]:
        """Adjectives of a place and its people, in singular and plural."""
        if self.language != "en":
            return frozenset()
        return frozenset((*DEMONYMS, *(f"{word}s" for word in DEMONYMS)))

    @cached_property
    def roles(self) -> frozenset[str]:
        """Nouns that say what somebody is, before the name."""
        english = TITLE_WORDS if self.language == "en" else frozenset()
        honorifics = frozenset(
            "mr mrs ms mx sir dame dr prof sen sens rep reps gov lt col gen sgt".split()
        )
        return self["roles"] | self["last_titles"] | english | honorifics

    @cached_property
    def incomplete(self) -> frozenset[str]:
        """Words that are a name with others only: “University”, “North”."""
        return (self["heads"] | self["directions"]) - self["alone"]

    @cached_property
    def breaks(self) -> frozenset[str]:
        """Titles that no name of an organisation holds."""
        return self["last_titles"] - self["before_roles"] - self["offices"]

    @cached_property
    def before(self) -> frozenset[str]:
        """What may stand before such a noun and belongs to it."""
        return self["before_roles"] | self.demonyms

    @cached_property
    def ends(self) -> frozenset[str]:
        """Last words of the name of an organisation or a place."""
        return self["organisations"] | self["places"]

    @cached_property
    def given(self) -> frozenset[str]:
        """Given names; none of them is a title or an office."""
        return (self["men"] | self["women"] | self["nicknames"]) - self.roles

    @cached_property
    def small(self) -> frozenset[str]:
        """Words that are no part of a name though a sentence begins with them."""
        openers = word_list("sentence_openers", self.language)
        dates = DATE_WORDS if self.language == "en" else frozenset()
        auxiliary = self["auxiliaries"] - self.given
        return (
            (self.before_names | self["relatives"] | openers | dates | auxiliary)
            - {"new"}
            - self["nicknames"]
        )

    @cached_property
    def nobody(self) -> frozenset[str]:
        """Words with a capital that name nobody: parted from the names beside them."""
        return self.small | self["no_names"]

    @cached_property
    def nicknames(self) -> dict[str, frozenset[str]]:
        """Of each given name the others for the same."""
        found: dict[str, frozenset[str]] = {}
        for line in self.lines("nicknames"):
            for name in (same := line.split()):
                found[name] = found.get(name, frozenset()).union(same) - {name}
        return found

    def may_be_person(self, parts: Sequence[str]) -> bool:
        """Whether a name of several words may be a person’s; a given name may be a word, too,
        as “Bill”, and a surname a month, as “May”."""
        if any(len(p) > 1 and p.isupper() and "." not in p for p in parts) and not all(
            p.isupper() for p in parts
        ):
            return False  # “CNN Correspondent”
        if parts and parts[0].casefold() in self.given:
            parts = ["N.", *("N." if p.casefold() in DATE_WORDS else p for p in parts[1:])]
        return is_person(parts, self)

    @cached_property
    def has_capital_nouns(self) -> bool:
        """Whether all nouns of the language begin with a capital."""
        return bool(self["nouns_with_capitals"])

    @cached_property
    def other_names(self) -> dict[str, str]:
        """Names that everybody knows by another one, case folded, and that one."""
        found: dict[str, str] = {}
        for line in self.lines("aliases"):
            name, _, others = line.partition(": ")
            found |= {other.strip().casefold(): name for other in others.split("|")}
        return found

    @cached_property
    def places(self) -> frozenset[str]:
        """Countries, capitals and regions."""
        english = DEMONYMS.values() if self.language == "en" else ()
        known = frozenset(line.casefold() for line in self.lines("known_places"))
        return self["capitals"] | known | frozenset(english)


@lru_cache(maxsize=8)
def name_words(language: str) -> NameWords:
    """The lists of a language, by its ISO 639-1 code; empty ones where there is no folder."""
    return NameWords(language)
