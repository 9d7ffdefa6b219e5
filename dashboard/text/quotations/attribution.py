"""Attribution: who says what stands in quotation marks, by where the verb and its subject stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.text.quotations.sentences.clauses import MaskedSentence, Token, has_verb, only_marks
from dashboard.text.quotations.sentences.cues import Cue, find_cues, is_adverb
from dashboard.text.quotations.sentences.lexicon import SpeechWords
from dashboard.text.quotations.speakers.subjects import (
    Phrase,
    leading_subject,
    subject_after,
    subject_before,
)

_FURTHEST = 61  # tokens from a verb to the quotation that it introduces


class Said(NamedTuple):
    """A speaker as written (a phrase of the sentence's tokens; None: the one before goes on), the
    cue, and the rule that found it. ``through``: who reports that it was said."""

    phrase: Phrase | None
    cue: Cue | None
    rule: str
    through: Phrase | None = None


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
        if not (between and closed and clause):
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

    def attribute(self, at: int) -> Said | None:
        """Who says the quotation at token ``at``, as far as its sentence tells."""
        after = self._after(at)
        if after is not None:
            return after
        before = self._before(at)
        by = self._according()
        if before is not None and before.rule != "possessive":
            return before._replace(through=by) if by and not before.through else before
        if by is not None:
            cue = next(c for c in self.cues if c.kind == "according" and self.subject(c))
            return Said(by, cue, "according to")
        return before or self._introduced(at) or self._at_end(at)

    def _according(self) -> Phrase | None:
        for cue in self.cues:
            if cue.kind == "according" and (found := self.subject(cue)):
                return found
        return None

    def _after(self, at: int) -> Said | None:
        """“…,” Smith said; “…,” said Smith; “…” that both of them proclaimed."""
        tokens, words = self.tokens, self.words
        stop = next((q for q in self.quotes if q > at), len(tokens))
        cue = next((c for c in self.cues if at < c.first < stop and c.kind != "according"), None)
        if cue is None or cue.participle:
            return None
        opening = at == 0 or tokens[at - 1].text in ";:" or all(
            not t.is_word for t in tokens[:at]
        )  # fmt: skip
        first = at + 1
        while first < stop and not tokens[first].is_word and not tokens[first].is_quote:
            first += 1
        comma = self._ends_with_comma(at) or any(
            tokens[k].text == "," for k in range(at + 1, first)
        )
        if not (comma or opening):
            return self._proclaimed(at, cue)
        phrase = self.subject(cue)
        if phrase is None or cue.kind == "attitude":
            return None
        if phrase[0] > cue.last:
            if cue.passive and comma:
                return Said(phrase, cue, "passive")
            if first == cue.first or opening:
                return Said(phrase, cue, "quote, verb, name")
            return None
        lead = tokens[first : phrase[0]]
        if phrase[0] <= at:
            return None
        if any(t.low in words["and"] or t.low in words["openers"] for t in lead[:1]):
            return None
        near = phrase[0] - first <= 1 or all(t.low not in words.finite for t in lead)
        if near and (comma or phrase[0] == first):
            return Said(phrase, cue, "quote, name, verb", self._according())
        return None

    def _ends_with_comma(self, at: int) -> bool:
        """Whether the quotation ends with a mark that hands over to its sentence."""
        return self.unit.last_letters.get(self.tokens[at].start, "x") in ",?!.…-—–"

    def _proclaimed(self, at: int, cue: Cue) -> Said | None:
        tokens, words = self.tokens, self.words
        for k in range(at + 1, min(at + 5, cue.first)):
            if tokens[k].low in words["relatives"]:
                phrase = subject_before(tokens, cue.first, k + 1, words)
                return Said(phrase, cue, "that … said") if phrase else None
            if not tokens[k].is_word:
                break
        return None

    def _before(self, at: int) -> Said | None:
        """Smith said: “…”; Smith called it “…”; Tass reported that Smith said “…”."""
        tokens = self.tokens
        cues = [c for c in self.cues if c.last < at and c.kind != "according"]
        cues = [c for c in cues if not self._cut_off(c, at)]
        found: Said | None = None
        through: Phrase | None = None
        for cue in reversed(cues):
            phrase = self.subject(cue)
            if phrase is None or phrase[0] > at:
                continue
            if found is None and (quoted := self._quoted(cue, at)):
                return Said(quoted, cue, "name, verb, quote", phrase)
            if found is None:
                rule = self._rule(cue, at)
                found = Said(phrase, cue, rule)
                outer = self._outer(cues, cue) if cue.kind == "act" else None
                if outer and tokens[phrase[1] - 1].low in self.words["documents"]:
                    # “Smith claimed that the report detailed “…””: Smith’s words.
                    return Said(outer, cue, rule)
                several = _is_pronoun_of_several(tokens, phrase, self.words)
                if cue.kind != "attitude" and not several:
                    through = self._outer(cues, cue)
                    break
            elif (
                cue.kind == "speech"
                and not cue.participle
                and found.phrase is not None
                and cue.last < found.phrase[0]
            ):
                # “Smith said they agreed that “…””: Smith’s words.
                found = Said(phrase, cue, self._rule(cue, at))
                through = self._outer(cues, cue)
                break
        if found is not None:
            return found._replace(through=through)
        return self._possessive(at)

    def _quoted(self, cue: Cue, at: int) -> Phrase | None:
        """“The report quoted Smith: “…””: Smith’s words, through the report."""
        found = self._object(cue) if self.tokens[at - 1].text in ":," else None
        return found if found and found[1] <= at else None

    def _object(self, cue: Cue) -> Phrase | None:
        """Who is quoted, where the verb is one of quoting and a name follows."""
        if self.tokens[cue.last].low not in self.words["quotes"]:
            return None
        found = subject_after(self.tokens, cue.last + 1, self.words)
        return found if found and self.tokens[found[1] - 1].is_capital else None

    def _rule(self, cue: Cue, at: int) -> str:
        if cue.passive:
            return "passive"
        if any(q < cue.first for q in self.quotes) and not cue.participle and cue.kind == "speech":
            phrase = self.subject(cue)
            before = max(q for q in self.quotes if q < cue.first)
            if phrase and phrase[0] - before <= 2:
                return "split"
        if cue.participle:
            if any(c.last < cue.first and c.kind == "speech" for c in self.cues):
                return "participle"
            return "participle of a clause" if self._leans(cue) else "participle by itself"
        return {"speech": "name, verb, quote", "act": "name, act, quote"}.get(
            cue.kind, "name, thought, quote"
        )

    def _leans(self, cue: Cue) -> bool:
        """“Smith left, saying”, “left and even accused”, “a statement saying”; not “a sign
        reading”, which nobody says."""
        tokens, words = self.tokens, self.words
        k = cue.first - 1
        while k > 0 and is_adverb(tokens[k], words):
            k -= 1
        low = tokens[k].low if k >= 0 else ","
        return low in words["and"] or low in words["nouns"] or not tokens[max(k, 0)].is_word

    def _outer(self, cues: Sequence[Cue], inner: Cue) -> Phrase | None:
        """Who reports that somebody said it: an outlet, or somebody else."""
        subject = self.subject(inner)
        for cue in cues:
            if cue.last < inner.first and cue.kind == "speech" and not cue.participle:
                phrase = self.subject(cue)
                near = subject and 0 < subject[0] - cue.last <= 2
                that = subject and self.tokens[subject[0] - 1].low in self.words["that"]
                if phrase and subject and phrase != subject and (near or that):
                    return phrase
        return None

    def _cut_off(self, cue: Cue, at: int) -> bool:
        """Whether another clause begins between the cue and the quotation."""
        tokens, words = self.tokens, self.words
        if at - cue.last > _FURTHEST:
            return True
        for k in range(cue.last + 1, at):
            if tokens[k].text == ";" or (tokens[k].is_quote and self._closes(k)):
                return True
        gap = tokens[cue.last + 1 : at]
        # “Smith, who said little, won the “golden” boot”: the clause of the cue is over.
        relative = cue.first and tokens[cue.first - 1].low in words["relatives"]
        return bool(relative) and any(t.text == "," for t in gap)

    def _closes(self, k: int) -> bool:
        """A quotation between, after which somebody else takes over."""
        nxt = self.tokens[k + 1] if k + 1 < len(self.tokens) else None
        return nxt is not None and nxt.low in self.words["while"]

    def _possessive(self, at: int) -> Said | None:
        """His description of the ties as a “…”; Smith’s warning that “…”; Smith’s “…”."""
        tokens, words = self.tokens, self.words
        for k in range(at - 1, max(-1, at - 12), -1):
            if tokens[k].is_quote or tokens[k].text in ";":
                break
            if not tokens[k].is_possessive and tokens[k].low not in words["his"]:
                continue
            noun = [t.low for t in tokens[k + 1 : min(k + 4, at)]]
            if k + 1 < at and words["nouns"].isdisjoint(noun):
                continue
            a = k
            while a > 0 and (tokens[a - 1].is_capital and tokens[a - 1].is_word) and k - a < 5:
                a -= 1
            if a == k and k > 0 and tokens[k - 1].low in words["determiners"]:
                a -= 1
            return Said((a, k + 1), None, "possessive" if k + 1 < at else "subject")
        return None

    def _introduced(self, at: int) -> Said | None:
        """Smith: “…”; Smith was blunt: “…”."""
        tokens = self.tokens
        if not at or tokens[at - 1].text != ":":
            return None
        low = max((q + 1 for q in self.quotes if q < at), default=0)
        phrase = leading_subject(tokens, low, at - 1, self.words)
        if phrase is None:
            return None
        whole = only_marks(tokens, phrase[1], at)
        return Said(phrase, None, "name: quote" if whole else "clause: quote")

    def _at_end(self, at: int) -> Said | None:
        """“…” and “…”, the paper wrote: the verb at the end is said of all of it."""
        for cue in reversed(self.cues):
            if cue.first > at and cue.kind == "speech" and not cue.participle:
                rest = self.tokens[cue.last + 1 :]
                if sum(t.is_word for t in rest) <= 6 and not any(t.is_quote for t in rest):
                    phrase = self.subject(cue)
                    comma = cue.first and phrase and (
                        phrase[0] == 0 or self.tokens[min(phrase[0], cue.first) - 1].text == ","
                        or self.tokens[min(phrase[0], cue.first) - 1].is_quote
                    )  # fmt: skip
                    if comma:
                        return Said(phrase, cue, "end of sentence")
                break
        return None


def _is_pronoun_of_several(tokens: Sequence[Token], phrase: Phrase, words: SpeechWords) -> bool:
    return phrase[1] - phrase[0] == 1 and tokens[phrase[0]].low in words["they"]
