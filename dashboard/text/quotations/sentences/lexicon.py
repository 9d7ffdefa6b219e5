"""The words of one language that the rules go by, from the files in ``words``."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import ClassVar

from dashboard.text.word_lists import DEMONYMS, TITLE_WORDS, word_list

_FOLDER = Path(__file__).parent.parent / "words"
#: Languages that are read well enough to be counted.
LANGUAGES = ("en",)


class SpeechWords(dict[str, frozenset[str]]):
    """The lists of one language: ``lexicon["NAME"]`` has the words of ``NAME.txt``, case folded,
    none where there is no such file. ``folders``: where it is looked for, the first one that has
    it counts."""

    folders: ClassVar[tuple[Path, ...]] = (_FOLDER,)

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, name: str) -> frozenset[str]:
        words = (word for line in self.lines(name) for word in line.split())
        self[name] = found = frozenset(word.casefold() for word in words)
        return found

    def lines(self, name: str) -> list[str]:
        """The lines of ``NAME.txt`` without comments, for entries of several words."""
        folders = (folder / self.language / f"{name}.txt" for folder in self.folders)
        path = next(filter(Path.is_file, folders), None)
        if path is None:
            return []
        lines = path.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line and not line.startswith("#")]

    @cached_property
    def finite(self) -> frozenset[str]:
        """Every verb that is known, in a form that makes a clause."""
        verbs = self["speech"] | self["acts"] | self["attitudes"]
        return verbs | self["auxiliaries"] | self["past"]

    @cached_property
    def verbs(self) -> frozenset[str]:
        """Those, and more of which a name may hold one."""
        return self.finite | self["more_verbs"]

    @cached_property
    def cues(self) -> frozenset[str]:
        """Verbs after or before which somebody's words may stand."""
        return self["speech"] | self["acts"] | self["attitudes"] | self["participles"]

    @cached_property
    def leads(self) -> frozenset[str]:
        """Words that a cue may begin with."""
        return self.cues | self["went"] | self.according.keys()

    @cached_property
    def reporting(self) -> frozenset[str]:
        """Words one of which is in every sentence that says what somebody said."""
        thought = self["attitudes"] & self["takes_clause"]
        return self["speech"] | self["participles"] | thought | self.according.keys()

    @cached_property
    def according(self) -> dict[str, list[list[str]]]:
        """Phrases after which the one who speaks is named, as words, by their first word."""
        found: dict[str, list[list[str]]] = {}
        for line in self.lines("according"):
            phrase = line.casefold().split()
            found.setdefault(phrase[0], []).append(phrase)
        return found

    @cached_property
    def agencies(self) -> dict[str, str]:
        """Names of news agencies as they are usually written, by the case folded one."""
        return {line.casefold(): line for line in self.lines("agencies")}

    @cached_property
    def titles(self) -> frozenset[str]:
        """What stands before a name without being part of it."""
        english = TITLE_WORDS | frozenset(DEMONYMS) if self.language == "en" else frozenset()
        return self["titles"] | english

    @cached_property
    def of_women(self) -> frozenset[str]:
        """Titles and given names of a woman."""
        return self["women"] | self["given_women"]

    @cached_property
    def of_men(self) -> frozenset[str]:
        """Titles and given names of a man."""
        return self["men"] | self["given_men"]

    @cached_property
    def named_after(self) -> frozenset[str]:
        """What a name follows: “Mrs. May”, “Theresa May”."""
        return self.titles | self["men"] | self["women"]

    @cached_property
    def offices(self) -> frozenset[str]:
        """What one person is, by office or by birth."""
        return self.titles | self["officials"] | self["persons"]

    @cached_property
    def one_person(self) -> frozenset[str]:
        """Last words of those whom “he” or “she” can mean."""
        return self.offices | self["unnamed"] | self["experts"] | self["last_titles"] | self["some"]

    @cached_property
    def speakers(self) -> frozenset[str]:
        """Last words of those who can say something, or in which something is said."""
        return (
            self["documents"] | self["unnamed"] | self["officials"] | self["experts"]
            | self["nouns"] | self["pronouns"] | self["some"] | self["last_titles"]
            | self["the_outlet"]
        )  # fmt: skip

    @cached_property
    def before_names(self) -> frozenset[str]:
        """What a sentence may write with a capital before a name."""
        return (
            self["fillers"] | self["prepositions"] | self["openers"] | self["determiners"]
            | self["empty"] | self["pronouns"]
        )  # fmt: skip

    @cached_property
    def no_names(self) -> frozenset[str]:
        """Words that no name of a person holds."""
        return (
            self["documents"] | self["officials"] | self["outlet_words"] | self["bodies"]
            | self["empty"]
        )  # fmt: skip

    @cached_property
    def shortened(self) -> frozenset[str]:
        """Abbreviations that keep their full stop."""
        return word_list("abbreviations_open", self.language) | {"jr", "sr"}


#: Tokens of a sentence: quotations (masked), initials, words, numbers, marks.
TOKEN = re.compile(
    r"\x01+|(?:[A-Z]\.){2,}|[^\W\d_][^\W_]*(?:[.'’&-][^\W_]+)*['’]?"
    r"|[$€£#@]?\d(?:[\d.,:%]*[\d%])?\w*|--+|[^\w\s]"  # a comma after a number parts
)
WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=8)
def lexicon(language: str) -> SpeechWords:
    """The lists of a language, by its ISO 639-1 code; empty ones where there is no folder."""
    return SpeechWords(language)
