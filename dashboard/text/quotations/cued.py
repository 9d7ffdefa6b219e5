"""A sentence with its cues: the verbs and phrases of saying, each with its subject."""

from __future__ import annotations

from dashboard.text.quotations.sentences.clauses import MaskedSentence, has_verb, only_marks
from dashboard.text.quotations.sentences.cues import Cue, find_cues, is_adverb
from dashboard.text.quotations.sentences.lexicon import SpeechWords
from dashboard.text.quotations.speakers.noun_phrases import Phrase
from dashboard.text.quotations.speakers.subjects import (
    leading_subject,
    subject_after,
    subject_before,
)


class CuedSentence:
    """A sentence with its cues and their subjects, each looked for once."""

    def __init__(self, unit: MaskedSentence, words: SpeechWords) -> None:
        self.unit, self.words = unit, words
        self.tokens = unit.tokens
        self.cues = find_cues(unit.tokens, words)
        self.quotes = [i for i, token in enumerate(self.tokens) if token.is_quote]
        self._subjects: dict[Cue, Phrase | None] = {}

    def subject(self, cue: Cue) -> Phrase | None:
        """Who does what the cue says."""
        if cue not in self._subjects:
            self._subjects[cue] = self._find(cue)
        return self._subjects[cue]

    def _find(self, cue: Cue) -> Phrase | None:
        tokens, words = self.tokens, self.words
        if cue.passive or cue.kind == "according":
            return subject_after(tokens, cue.last + 1, words)
        low = max((q + 1 for q in self.quotes if q < cue.first), default=0)
        quoting = cue.last - cue.first > 2 and tokens[cue.first].low in words["quotes"]
        if quoting and not (cue.first and tokens[cue.first - 1].low in words["being"]):
            named = subject_after(tokens, cue.first + 1, words)
            if named and named[1] < cue.last:
                return named  # “the report quoted Smith as saying”
        if cue.participle:
            return self._of_participle(cue)
        and_so = self._goes_on(cue, low)
        if and_so and (found := self._of_participle(cue)):
            return found
        found = subject_before(tokens, cue.first, self._absolute(cue, low), words)
        found = self._inverted(cue) or found
        if found is not None:
            return found
        if only_marks(tokens, low, cue.first):
            found = subject_after(tokens, cue.last + 1, words)
            if found is not None or not low:
                return found
        if tokens[cue.first - 1].low in words["and"]:
            return self._of_participle(cue)
        return subject_before(tokens, cue.first, 0, words) if low else None

    def _goes_on(self, cue: Cue, low: int) -> bool:
        """“Smith wept, and criticized”, “blamed Roy -- her aide -- for it and said”: the verb has
        the subject of the clauses before, and no other stands between."""
        tokens, words = self.tokens, self.words
        k = cue.first - 1
        while k > low and is_adverb(tokens[k], words):
            k -= 1
        if k <= low or tokens[k].low not in words["and"]:
            return False
        if tokens[k - 1].text == ",":
            return has_verb(tokens, low, k, words)
        begin = k
        while begin > low and tokens[begin - 1].is_word:
            begin -= 1
        segment = begin > low and tokens[begin].low in words["prepositions"]
        return bool(segment) and not has_verb(tokens, begin, k, words)

    def _absolute(self, cue: Cue, low: int) -> int:
        """Where the subject of “…, with Smith saying” may begin; ``low`` for another cue."""
        tokens, words = self.tokens, self.words
        noun = tokens[cue.first - 1].low  # not “left with a statement saying”
        written = noun.removesuffix("s") in words["documents"] | words["nouns"]
        if tokens[cue.last].low in words["participles"] and not written:
            for k in range(cue.first - 1, max(low, cue.first - 8), -1):
                if tokens[k].low in words["with"] - words["to"]:
                    return k + 1
                if not tokens[k].is_word:
                    break
        return low

    def _inverted(self, cue: Cue) -> Phrase | None:
        """Who follows a verb that stands between commas: “If it rains, said Smith, we stay.”"""
        tokens, words = self.tokens, self.words
        end = cue.last + 1
        while end < len(tokens) and tokens[end].is_capital:
            end += 1
        between = cue.first > 2 and tokens[cue.first - 1].text == ","
        closed = end > cue.last + 1 and (end == len(tokens) or tokens[end].text == ",")
        clause = tokens[0].low in words["openers"] | words["prepositions"]
        clause = clause or has_verb(tokens, 0, cue.first - 1, words)
        told = tokens[cue.last].low in words["told"]  # “Smith, the mayor, told ABC News, “…””
        if told or not (between and closed and clause):
            return None
        return subject_after(tokens, cue.last + 1, words)

    def _of_participle(self, cue: Cue) -> Phrase | None:
        """Of the clause that the participle leans on."""
        for before in reversed([c for c in self.cues if c.last < cue.first]):
            if cue.kind == "speech" and (named := self._object(before)):
                return named  # “the paper quotes Smith, the mayor, saying”
            if before.kind in ("speech", "act") and (found := self.subject(before)):
                return found
        start = 0
        for k in range(cue.first - 1, -1, -1):
            if self.tokens[k].text == ";" or (
                self.tokens[k].low in self.words["but"] and k + 2 < cue.first
            ):
                start = k + 1
                break
        found = leading_subject(self.tokens, start, cue.first, self.words)
        if found is None and start:
            found = leading_subject(self.tokens, 0, start - 1, self.words)
        if found is None:  # “Calling it “…”, Smith left”
            comma = next(
                (k for k in range(cue.last, len(self.tokens)) if self.tokens[k].text == ","), None
            )
            if comma is not None and only_marks(self.tokens, 0, cue.first):
                return leading_subject(self.tokens, comma + 1, len(self.tokens), self.words)
        return found

    def _object(self, cue: Cue) -> Phrase | None:
        """Who is quoted, where the verb is one of quoting and a name follows."""
        if self.tokens[cue.last].low not in self.words["quotes"]:
            return None
        found = subject_after(self.tokens, cue.last + 1, self.words)
        return found if found and self.tokens[found[1] - 1].is_capital else None
