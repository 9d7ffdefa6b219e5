"""Stretches of capitals: which may be a name, with what stands before and after them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.text.names.lexicon import NameWords
from dashboard.text.quotations.speakers.names import RUN

#: What is known of a use of a name, as bits: there is a title before it, a preposition of place, a
#: verb of saying or a word for people after it, a noun that it describes; it begins a sentence.
TITLED, PLACED, SPEAKS, DESCRIBES, UNSURE, THE = 1, 2, 4, 8, 16, 32

_WORD = re.compile(r"\S+")
_GAP = re.compile(r" (?:(of|for|für|on) (?:the )?|(and|&) )")
_AFTER = re.compile(
    r"[ \u00a0]([^\W\d_][\w-]*)|,? \(?(\d\d),|, (?:(?:the|a|an|its|his|her) )?([^\W\d_]+)"
)
_SMALL_BEFORE = re.compile(r"(?<![\w’'-])([a-zß-öø-ÿ][\w’'-]*) $")
_OPENING = frozenset("\"“„«‘'([:•*–—-")
_ADDRESS = frozenset("/@#_=\\")  # beside a stretch of an address or a handle
_MOST_WORDS = 8  # of an organisation's name


class Word(NamedTuple):
    """A word of a run: as written, and case folded without point and possessive ending."""

    text: str
    low: str
    start: int
    end: int
    ends: bool  # nothing of the same name follows


@dataclass(slots=True)
class Piece:
    """What may be a name. ``start`` and ``end``: characters of the passage; ``title``: what stands
    before it and says what it is, small; ``seen``: bits, see above."""

    passage: int
    start: int
    end: int
    words: list[str]
    title: str
    seen: int

    @property
    def text(self) -> str:
        """The name as written."""
        return " ".join(self.words)


def pieces_of(number: int, text: str, starts: Collection[int], words: NameWords) -> list[Piece]:
    """What may be a name in a passage, in order. ``number``: of the passage; ``starts``: where its
    sentences begin."""
    found: list[Piece] = []
    office: Word | None = None
    for match in RUN.finditer(text):
        if (
            text[match.start() - 1 : match.start()] in _ADDRESS
            or text[match.end() : match.end() + 1] in _ADDRESS
        ):
            continue
        run = match[0]
        if run.istitle() and run.casefold() in words.small:
            office = None
            continue
        tokens = _words_of(run, match.start(), words)
        if office and text[office.end : match.start()] != " of ":
            office = None
        own, office = _parted(tokens, words, office)
        for name, title in own:
            _join(found, _piece(number, text, name, title, starts, words), text, words)
    return [piece for piece in found if not _is_incomplete(piece, words)]


def _is_incomplete(piece: Piece, words: NameWords) -> bool:
    last = piece.words[-1].casefold()
    if last in words["things"]:
        return len(piece.words) == 1 or piece.words[0].casefold() not in words.given
    if len(piece.words) > 1 or piece.words[0].isupper():
        return False
    is_end = piece.seen & THE and last in words.ends - words["alone"]  # “the Agency”
    return bool(is_end) or last in words.incomplete


def _words_of(run: str, offset: int, words: NameWords) -> list[Word]:
    found = []
    for match in _WORD.finditer(run):
        text, start = match[0].rstrip("-'’"), match.start() + offset
        ends = len(text) < len(match[0])
        if text[-2:] in ("'s", "’s"):
            text, ends = text[:-2], True
        head, _, tail = text.rpartition("-")
        if head and tail[:1].islower() and (
            tail in words["based"] or tail.endswith("ed")
            or head.casefold() in words.demonyms | words.places
        ):  # fmt: skip
            text, ends = head, True  # “Moscow-based”
        if text:
            low = text.casefold().rstrip(".").replace("’", "'")
            found.append(Word(text, low, start, start + len(text), ends))
    return found


def _parted(
    tokens: Sequence[Word], words: NameWords, office: Word | None
) -> tuple[list[tuple[list[Word], list[Word]]], Word | None]:
    """A run as names, each with the titles before it; then the title that ends the run. ``office``:
    the title before “of” and the run."""
    found: list[tuple[list[Word], list[Word]]] = []
    titles = [office] if office else []
    name: list[Word] = []
    at = 0

    def close() -> None:
        nonlocal name, titles
        while name and name[-1].text.islower():
            name.pop()  # “von” before a title
        if name:
            found.append((name, titles))
        name, titles = [], []

    while at < len(tokens):
        word = tokens[at]
        if office and not name and word.low in words["offices"]:
            titles.append(word)
            at += 1
            continue
        office = None
        if not name and len(tokens) > at + 1 and word.text.casefold() in words.other_names:
            name.append(word)  # “U.S. | Supreme Court”
            at += 1
            close()
        elif not name and (end := _organisation_end(tokens, at, words)):
            name, at = list(tokens[at:end]), end
            close()
        elif end := _title_end(tokens, at, words, name):
            if name:
                close()
            titles = [*titles, *tokens[at:end]]
            at = end
        elif _is_nobody(tokens, at, words, [*name, *titles]):
            close()
            at += 1
        else:
            name.append(word)
            at += 1
            if word.ends:
                close()
    last = titles[-1] if titles and not name else None
    close()
    return found, last


def _organisation_end(tokens: Sequence[Word], at: int, words: NameWords) -> int:
    """Where a name ends that begins here and ends with a word such as “University”; else 0."""
    end = 0
    small = words.small
    for i in range(at, min(at + _MOST_WORDS, len(tokens))):
        word = tokens[i]
        is_end = i > at and word.low in words.ends
        if word.low in small and not word.text.isupper() and not is_end:
            break
        if word.low in words.breaks and i < len(tokens) - 1:
            break
        if is_end:
            end = i + 1
        if word.ends:
            break
    return end


def _title_end(tokens: Sequence[Word], at: int, words: NameWords, name: Sequence[Word]) -> int:
    """Where a title ends that begins here: “Senate Majority Leader”; 0 for none."""
    i = at
    while i < len(tokens) and (tokens[i].low in words.before or tokens[i].low in words["no_names"]):
        if tokens[i].low in words.roles and i + 1 < len(tokens):
            break
        i += 1
    if i == len(tokens) or tokens[i].low not in words.roles or tokens[i].ends:
        return 0
    is_surname = i == at and i == len(tokens) - 1 and name and name[0].low in words.given
    return 0 if is_surname else i + 1


def _is_nobody(tokens: Sequence[Word], at: int, words: NameWords, before: Sequence[object]) -> bool:
    word = tokens[at]
    if word.low[1:2] == "-":
        return True  # “R-Texas”
    if word.text.islower():
        return False  # “van der”
    if word.low == "may" and at == len(tokens) - 1 and before:
        return False  # “Theresa May”, “Mrs May”
    if word.low in words["no_names"] or word.low in words.demonyms or len(word.low) < 2:
        return not (len(word.low) == 1 and word.text.endswith("."))
    return word.low in words.small and not (word.text.isupper() and len(word.text) > 1)


def _piece(
    number: int,
    text: str,
    name: Sequence[Word],
    titles: Sequence[Word],
    starts: Collection[int],
    words: NameWords,
) -> Piece:
    start, end = name[0].start, name[-1].end
    first = titles[0].start if titles else start
    said = [t.low for t in titles if t.low not in words.demonyms]
    before = ""
    if text[first - 1 : first] == " ":
        before = text[text.rfind(" ", 0, first - 1) + 1 : first - 1].casefold()
    if before in words.roles:
        said = [*_put_before(text, first, words), *said]
    if titles and text[titles[0].end : titles[0].end + 4] == " of ":
        said.insert(said.index(titles[0].low) + 1, "of")  # “secretary of state”
    seen = TITLED * bool(said) | PLACED * (before in words["in"])
    if before.endswith(",") and before[:-1] in words.roles:
        seen |= SPEAKS  # “the mayor, Lena Brandt”
    seen |= THE * (before == "the" or before[-2:] in ("'s", "’s"))
    if first in starts or text[first - 1 : first] in _OPENING or text[:first].endswith(": "):
        seen |= UNSURE * (not titles)
    seen |= _seen_after(text, end + 2 * (text[end : end + 2] in ("'s", "’s")), words)
    return Piece(number, start, end, [w.text for w in name], " ".join(said), seen)


def _seen_after(text: str, end: int, words: NameWords) -> int:
    after = _AFTER.match(text, end)
    if after is None:
        return 0
    follows = (after[1] or "").casefold()
    apposed = (after[3] or "").casefold()
    if after[2] or apposed in words.roles or {apposed, follows} & words["people_words"]:
        return SPEAKS  # “Lena Brandt, 45,”, “Lena Brandt, the mayor”
    if follows in words.finite:
        return SPEAKS * (follows in words["speech"])
    is_noun = (
        follows and after[1].islower() and follows not in words.small
        and not follows.endswith(("ed", "ly", "ing"))
    )  # fmt: skip
    return DESCRIBES * bool(is_noun)


def _put_before(text: str, end: int, words: NameWords) -> list[str]:
    """The small words right before a name that say what somebody is: “former strongman”."""
    found: list[str] = []
    while (match := _SMALL_BEFORE.search(text, max(0, end - 24), end)) is not None:
        word = match[1].casefold()
        if word not in words.roles and not (found and word in words["before_roles"]):
            break
        found.insert(0, word)
        end = match.start()
    return found


def _join(found: list[Piece], piece: Piece, text: str, words: NameWords) -> None:
    """Add a piece, to the one before it where that goes on: “Bank of England”."""
    last = found[-1] if found else None
    if last is not None and not piece.title:
        gap = _GAP.fullmatch(text, last.end, piece.start)
        low = last.words[-1].casefold()
        goes_on = gap is not None and (
            (gap[1] in words["small_inside"] and low in words["heads"])
            or gap[2] == "&"
            or (
                gap[2] is not None and piece.words[-1].casefold() in words["fields"]
                and not words["small_inside"].isdisjoint(last.words)
            )
        )  # fmt: skip
        goes_on = goes_on or (text[last.end : piece.start] == "&")
        if goes_on:
            middle = text[last.end : piece.start].split()
            last.words += [*middle, *piece.words]
            last.end = piece.end
            last.seen = (last.seen & ~DESCRIBES & ~SPEAKS) | (piece.seen & (DESCRIBES | SPEAKS))
            return
    found.append(piece)
