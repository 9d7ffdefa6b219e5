"""The names of one article: which stretches of capitals are names, and who is meant."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from dashboard.text.names.lexicon import NameWords, name_words
from dashboard.text.names.pieces import DESCRIBES, SPEAKS, TITLED, UNSURE, Piece, pieces_of

_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL = re.compile(r"(?<![\w’'-])[a-zß-öø-ÿ][\w’'-]*")
_EXPLAINED = re.compile(r" \([“\"]?([A-Z][A-Za-z]*[A-Z])[”\"]?[);,]")
_LONG_LINE = 180
_MOST_CAPITALS = 0.75  # of the long words of a line: above, the line is a headline
_LEAST_PAIRS = 3
_PARTICLES = ("al-", "el-", "de ", "von ", "van ")
_SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV)\.?$")


class NameUse(NamedTuple):
    """A name where it stands: ``passage`` (its number), ``start`` and ``end`` in characters of it,
    ``name`` as the article has it in full, ``written`` as it stands there, ``title`` what is put
    before it in small letters, ``seen`` what is known of it (bits, see ``pieces``)."""

    passage: int
    start: int
    end: int
    name: str
    written: str
    title: str
    seen: int


def find_names(
    passages: Sequence[str],
    sentences: Sequence[Sequence[tuple[int, int]]],
    language: str = "en",
    small: Collection[str] | None = None,
) -> list[NameUse]:
    """The uses of names in an article, in the order of the text. ``sentences``: their spans in each
    passage. A name at the beginning of a sentence that stands nowhere else in the article has the
    bit ``UNSURE``. ``small``: the ``small_words``, where they are known. ``[]`` for an article
    without text."""
    words = name_words(language)
    pieces: list[Piece] = []
    heads: list[Piece] = []
    for number, (text, spans) in enumerate(zip(passages, sentences, strict=True)):
        starts = {_first_letter(text, a) for a, _ in spans}
        lines = _headlines(text)
        for piece in pieces_of(number, text, starts, words):
            is_head = any(a <= piece.start < b for a, b in lines)
            (heads if is_head else pieces).append(piece)
    if words.has_capital_nouns:
        pieces = _without_nouns(pieces, passages, words)
    pieces = _pairs_joined(pieces, passages, words)
    known = _Known(pieces, passages, small_words(passages) if small is None else small, words)
    uses = [use for piece in pieces for use in known.uses(piece)]
    uses += known.in_headlines(heads)
    return sorted(uses)


def small_words(passages: Sequence[str]) -> Counter[str]:
    """How often each word stands in an article with a small first letter."""
    found: list[str] = []
    for text in passages:
        found += _SMALL.findall(text)
    return Counter(found)


def _first_letter(text: str, at: int) -> int:
    while at < len(text) and not text[at].isalnum():
        at += 1
    return at


def _headlines(text: str) -> list[tuple[int, int]]:
    """The lines most of whose words have a capital: there it tells nothing."""
    found = []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if len(line) < _LONG_LINE and not line.rstrip().endswith((".", "!", "?", "”", '"', ",")):
            long = [w for w in _LETTERS.findall(line) if len(w) > 3]
            if sum(w[0].isupper() for w in long) > _MOST_CAPITALS * len(long):
                found.append((at, end))
        at = end + 1
    return found


def _pairs_joined(
    pieces: Sequence[Piece], passages: Sequence[str], words: NameWords
) -> list[Piece]:
    """“Belt and Road”: two words that stand together only are one name."""
    pairs: Counter[tuple[str, str]] = Counter()
    firsts: Counter[str] = Counter(p.words[0] for p in pieces)
    at: dict[int, tuple[str, str]] = {}
    for i, (a, b) in enumerate(pairwise(pieces)):
        if (
            a.passage == b.passage and len(a.words) == 1 and not a.title + b.title
            and passages[a.passage][a.end : b.start] == " and "
            and words.places.isdisjoint((a.text.casefold(), b.words[0].casefold()))
        ):  # fmt: skip
            at[i] = a.words[0], b.words[0]
            pairs[at[i]] += 1
    joined: list[Piece] = []
    skip = -1
    for i, piece in enumerate(pieces):
        pair = at.get(i)
        if i == skip:
            continue
        if pair and pairs[pair] >= _LEAST_PAIRS and all(firsts[w] == pairs[pair] for w in pair):
            other, skip = pieces[i + 1], i + 1
            parts = [*piece.words, "and", *other.words]
            seen = piece.seen & ~(SPEAKS | DESCRIBES) | other.seen & (SPEAKS | DESCRIBES)
            piece = Piece(piece.passage, piece.start, other.end, parts, "", seen)
        joined.append(piece)
    return joined


def _without_nouns(
    pieces: Sequence[Piece], passages: Sequence[str], words: NameWords
) -> list[Piece]:
    """Where every noun has a capital: stretches of several words, acronyms, and what follows a
    title or, without a word before a noun, a preposition of place; and these words elsewhere."""
    sure = []
    for piece in pieces:
        text = passages[piece.passage]
        before = text[: piece.start].split()[-1:]
        after = text[piece.end :].split()[:1]
        several = len(piece.words) > 1 and not piece.seen & UNSURE
        placed = bool(before) and before[0].casefold() in words["in"]
        placed = placed and words["of"].isdisjoint(after)  # “nach Angaben von”
        acronym = len(piece.text) > 1 and piece.text.isupper()
        if piece.title or several or placed or acronym:
            sure.append(piece)
    parts = {part for piece in sure for part in piece.words}
    return [p for p in pieces if p in sure or parts.issuperset(p.words)]


class _Known:
    """What an article names, and by which short forms."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        passages: Sequence[str],
        small: Collection[str],
        words: NameWords,
    ) -> None:
        self.words, self.small = words, small
        self.full: Counter[str] = Counter()
        self.sure: set[str] = set()
        for piece in pieces:
            if not piece.seen & UNSURE:
                self.sure.add(piece.text.casefold())
                self.sure.update(w.casefold() for w in piece.words if len(piece.words) > 1)
        for piece in pieces:
            parts = piece.words[self._begins_with_word(piece) :]
            if len(parts) > 1:
                self.full[self._name(parts)] += 1
        self.parts: dict[str, list[str]] = defaultdict(list)
        for name in self.full:
            parts = _SUFFIX.sub("", name).split()
            if words.may_be_person(parts) and words.ends.isdisjoint(
                {parts[-1].casefold()} - words.given
            ):
                for part in dict.fromkeys((parts[-1], parts[0])):
                    self.parts[plain(part)].append(name)
        self.short = self._acronyms(passages)

    def _name(self, parts: Sequence[str]) -> str:
        """A name without its article and what a company’s name ends with."""
        kept = [*parts]
        if len(kept) > 1 and kept[-1].casefold().rstrip(".") in self.words["legal"]:
            kept.pop()
        return " ".join(kept).rstrip(",")

    def _acronyms(self, passages: Sequence[str]) -> dict[str, str]:
        """Acronyms that the article explains: “World Health Organization (WHO)”."""
        by_letters: dict[str, list[str]] = defaultdict(list)
        for name in self.full:
            for initials in {_initials(name, small=True), _initials(name, small=False)}:
                if len(initials) > 1:
                    by_letters[initials].append(name)
        found = {}
        for text in passages:
            for match in _EXPLAINED.finditer(text):
                names = by_letters.get(match[1].upper(), ())
                for name in names:
                    if text.endswith(name, 0, match.start()):
                        found[match[1]] = name
        for letters, names in by_letters.items():
            if len(letters) > 2 and len(names) == 1 and letters.casefold() in self.sure:
                found.setdefault(letters, names[0])
        return found

    def _begins_with_word(self, piece: Piece) -> bool:
        """Whether the first word is one that only begins the sentence: “Asked Obama”."""
        if not piece.seen & UNSURE or len(piece.words) < 2:
            return False
        first = piece.words[0].casefold()
        is_word = first in self.small or first in self.words["modals"]
        if first in self.words.given:  # “Will Trump win?”
            rest = " ".join(piece.words[1:]).casefold()
            return is_word and rest in self.sure and piece.text.casefold() not in self.sure
        return is_word

    def uses(self, piece: Piece) -> list[NameUse]:
        """A piece as the uses of names that it has; none where it is none."""
        parts = [*piece.words]
        start, seen = piece.start, piece.seen
        if self._begins_with_word(piece):
            start += len(parts[0]) + 1  # “Asked Obama”
            parts, seen = parts[1:], seen & ~UNSURE
        if len(parts) == 1:
            return self._single(piece, parts[0], start, seen)
        again = piece.text.casefold() in self.sure or self.full[self._name(parts)] > 1
        if again or parts[0].casefold() in self.words.given:
            seen &= ~UNSURE
        return [self._use(piece, start, piece.end, self._name(parts), seen)]

    def _single(self, piece: Piece, part: str, start: int, seen: int) -> list[NameUse]:
        head, dash, tail = part.partition("-")
        words = self.words
        if dash:  # “China-Russia” is two, “Ocasio-Cortez” one
            halves = [h.casefold() for h in (head, tail)]
            if all(h in self.sure or h in words.places or h in words.demonyms for h in halves):
                spans = ((head, start), (tail, start + len(head) + 1))
                return [
                    use for half, at in spans
                    if half.casefold() not in words.demonyms
                    for use in self._single(piece, half, at, seen & ~UNSURE)
                ]  # fmt: skip
        low = part.casefold()
        is_word = low in self.small and not piece.title and not part.isupper()
        if is_word and (seen & UNSURE or low in words.ends):
            return []
        if low.endswith("s") and low[:-1] in self.parts and low not in self.parts:
            return []  # “the Castros”
        name = self.short.get(part.replace(".", "")) or self.meant(part)
        if name or low in self.sure or part.isupper():
            seen &= ~UNSURE
        return [self._use(piece, start, start + len(part), name or self._name([part]), seen)]

    def _use(self, piece: Piece, start: int, end: int, name: str, seen: int) -> NameUse:
        written = piece.text if start == piece.start and end == piece.end else ""
        written = written or piece.text[start - piece.start : end - piece.start]
        title = piece.title if start == piece.start else ""
        return NameUse(
            piece.passage, start, end, name, written, title, seen & ~(TITLED * (not title))
        )

    def meant(self, part: str) -> str:
        """The full name that most of the article means by a surname or else a given name; “” for
        none."""
        names = self.parts.get(plain(part), [])
        last = [n for n in names if plain(_SUFFIX.sub("", n).split()[-1]) == plain(part)]
        names = last or names
        return max(names, key=lambda name: (self.full[name], -names.index(name)), default="")

    def in_headlines(self, pieces: Sequence[Piece]) -> list[NameUse]:
        """The names of the text where a headline has them."""
        longest = sorted(self.full, key=len, reverse=True)
        keys = {name.casefold(): name for name in longest}
        found = []
        for piece in pieces:
            lows = [word.casefold() for word in piece.words]
            at, start = 0, piece.start
            while at < len(lows):
                step = 1
                for end in range(len(lows), at, -1):
                    text = " ".join(lows[at:end])
                    name = keys.get(text, "")
                    if not name and end == at + 1 and text in self.sure:
                        name = self.meant(piece.words[at]) or piece.words[at]
                        if text in self.small and name == piece.words[at]:
                            name = ""
                    if name:
                        length = len(" ".join(piece.words[at:end]))
                        use = self._use(piece, start, start + length, name, piece.seen & ~UNSURE)
                        found.append(use)
                        step = end - at
                        break
                start += len(" ".join(piece.words[at : at + step])) + 1
                at += step
        return found


@lru_cache(maxsize=1 << 16)
def plain(part: str) -> str:
    """A part of a name as it is compared: “al-Assad” is “assad”."""
    low = part.casefold().replace("’", "'").rstrip("'.,")
    for particle in _PARTICLES:
        low = low.removeprefix(particle)
    return low


def _initials(name: str, *, small: bool) -> str:
    parts = re.split(r"[ -]", name)
    return "".join(p[0].upper() for p in parts if p and (p[0].isupper() or small))
