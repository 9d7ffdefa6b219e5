"""Attribution: who says what stands in quotation marks, by where the verb and its subject stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.text.quotations.clauses_said import is_thing
from dashboard.text.quotations.cued import CuedSentence
from dashboard.text.quotations.sentences.clauses import Token, has_verb, only_marks
from dashboard.text.quotations.sentences.cues import Cue, is_adverb
from dashboard.text.quotations.sentences.lexicon import SpeechWords
from dashboard.text.quotations.speakers.noun_phrases import Phrase
from dashboard.text.quotations.speakers.subjects import leading_subject, subject_before

_FEW = 30  # characters of a quotation that may be anybody’s
_FURTHEST = 61  # tokens from a verb to the quotation that it introduces


class Said(NamedTuple):
    """A speaker as written (a phrase of the sentence's tokens; None: the one before goes on), the
    cue, and the rule that found it. ``through``: who reports that it was said."""

    phrase: Phrase | None
    cue: Cue | None
    rule: str
    through: Phrase | None = None


class Attribution(CuedSentence):
    """A sentence of which it is asked who says the quotations in it."""

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
        near = phrase[0] - first <= 1 or all(t.low not in words.verbs for t in lead)
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
            if phrase is None or phrase[0] > at or self._is_over(cue, at):
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

    def _is_over(self, cue: Cue, at: int) -> bool:
        """“Smith said the two would testify and would “…””: what the two would do is Smith’s words
        as well. “Smith read a sign that said “…””: the sign’s."""
        tokens, words = self.tokens, self.words
        inner = [c for c in self.cues if cue.last < c.first < at and c.kind == "speech"]
        if any(self._of_a_thing(c, at) for c in inner if self.subject(c) is None):
            return True
        goes_on = any(
            tokens[k].low in words["and"] and tokens[k + 1].low in words["modals"]
            for k in range(cue.last + 1, at - 1)
        )
        return goes_on and any(c.last < cue.first and c.kind == "speech" for c in self.cues)

    def _quoted(self, cue: Cue, at: int) -> Phrase | None:
        """“The report quoted Smith: “…””: Smith’s words, through the report."""
        found = self._object(cue) if self.tokens[at - 1].text in ":," else None
        return found if found and found[1] <= at else None

    def _rule(self, cue: Cue, at: int) -> str:
        if cue.passive:
            return "passive" if self._leads_from_agent(cue, at) else "passive by itself"
        if any(q < cue.first for q in self.quotes) and not cue.participle and cue.kind == "speech":
            phrase = self.subject(cue)
            before = max(q for q in self.quotes if q < cue.first)
            if phrase and phrase[0] - before <= 2:
                return "split"
        if (cue.kind == "act" and self._of_others(cue, at)) or self._of_a_thing(cue, at):
            return "act on another’s words"
        phrase = self.subject(cue)
        if phrase and is_thing(self, cue, phrase):
            return "name, thought, quote"
        if cue.participle:
            if any(c.last < cue.first and c.kind == "speech" for c in self.cues):
                return "participle"
            if self._leans(cue):
                return f"participle of a clause{' before' if self._is_far(cue) else ''}"
            return "participle by itself"
        return {"speech": "name, verb, quote", "act": "name, act, quote"}.get(
            cue.kind, "name, thought, quote"
        )

    def _leads_from_agent(self, cue: Cue, at: int) -> bool:
        """“Described by Roy as “…””, “told by Roy that”; not “an event led by Roy on the “…””."""
        tokens, words = self.tokens, self.words
        phrase = self.subject(cue)
        end = phrase[1] if phrase else cue.last + 1
        links = words["quoted_as_link"] | words["of"] | words["that"]
        return any(
            t.low in links or t.text == ":" for t in tokens[max(end - 2, 0) : min(end + 1, at)]
        )

    def _of_a_thing(self, cue: Cue, at: int) -> bool:
        """“Cars with signs that said “…””, “responds to the demand for “…””: not the words of the
        one who is the subject."""
        tokens, words = self.tokens, self.words
        first = cue.first
        while first > 1 and is_adverb(tokens[first - 1], words):
            first -= 1
        if at > 1 and tokens[at - 1].low in words["genitive"] and self._is_unowned(at - 2):
            return True  # “reports of “…””
        if first > 1 and tokens[first - 1].low in words["that_which"]:
            thing = tokens[first - 2]
            speaks = thing.low in words.speakers or thing.low in words["persons"]
            person = speaks or thing.is_capital or thing.low.endswith(("er", "ers", "or", "ors"))
            return thing.is_word and not person
        between = tokens[cue.last + 1 : at]
        answers = tokens[cue.last].low in words["answers"]
        to = between[:1] and between[0].low in words["to"]
        says = words["by"] | words["that"] | words["with"] - words["to"]
        return bool(answers and to) and all(t.is_word and t.low not in says for t in between)

    def _is_unowned(self, k: int) -> bool:
        """Whether a token is a noun of saying that is nobody’s: “at odds with reports of”."""
        tokens, words = self.tokens, self.words
        noun = (
            tokens[k].low.removesuffix("s") in words["nouns"] - words["speech"] | words["reported"]
        )
        owned = any(t.is_possessive or t.low in words["his"] for t in tokens[max(k - 2, 0) : k])
        return noun and tokens[k].low.endswith("s") and not owned

    def _is_far(self, cue: Cue) -> bool:
        """“Smith waited until Roy left, saying”: either of the two may say it."""
        tokens, words = self.tokens, self.words
        phrase = self.subject(cue)
        for k in range(phrase[1] if phrase else cue.first, cue.first - 2):
            named = tokens[k + 1].is_capital or tokens[k + 1].low in words["he"]
            if named and tokens[k].low in words["openers"] and has_verb(
                tokens, k + 2, min(k + 9, cue.first), words
            ):  # fmt: skip
                return True
        return False

    def _of_others(self, cue: Cue, at: int) -> bool:
        """“Rejected calls to “…””, “called for protecting the “…” law”: somebody else’s words, or
        a few of which nobody can tell."""
        tokens, words = self.tokens, self.words
        between = tokens[cue.last + 1 : at]
        low = tokens[cue.last].low
        if low in words["cites"] and any(t.low in words["relatives"] for t in between):
            return True  # “citing the treaty that guarantees “…””
        if low in words["rejects"]:
            return not any(t.low in words["quoted_as_link"] or t.text == ":" for t in between)
        few = tokens[at].end - tokens[at].start < _FEW
        wanted = low in words["asks_for"] and between[:1] and (
            between[0].low in words["to"] or between[0].low in words["genitive"]
        )  # fmt: skip
        return few and bool(wanted)

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
