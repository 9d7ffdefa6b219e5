"""Furniture inside a paragraph: a page's buttons and pointers that a cell runs into the text.

Only what can't be a sentence is taken: a button with its count, a pointer in brackets, the name
of an advertisement between two sentences.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from dashboard.corpus.lines.house_openings import opening_of
from dashboard.corpus.lines.patterns import FEED_FOOTER
from dashboard.corpus.lines.phrases import Verdict, phrases
from dashboard.corpus.lines.phrases.galleries import CAPTION_BUTTON, COUNT
from dashboard.corpus.lines.units import is_wrapped, may_wrap
from dashboard.text.lines import ascii_lines

_BUTTON = re.compile(rf"(?<!\w)(?:{CAPTION_BUTTON}){COUNT}(?!\w)", re.I)
_GALLERY = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases('gallery label')))}):", re.I)
_FAR = 600  # characters; a caption is no longer
# A single word may begin a sentence, so what comes after must begin one, and what precedes end it.
_AD_PHRASES = [
    phrase
    for phrase in sorted(phrases("advertisement"), key=len, reverse=True)
    if len(phrase) > 6 and not phrase.startswith(("advertising", "sponsored", "promoted"))
]
_ADS = "|".join(map(re.escape, _AD_PHRASES))
# "10 a.m. ET", "15:40 GMT": a day's half or a zone goes with what isn't a plain number.
_TIME = r"\d{1,2}(?:[:.]\d\d(?: ?[ap]\.?m\b\.?)?| ?[ap]\.?m\b\.?)(?: (?-i:[A-Z]{2,4})\b)?+"
# A sentence within a line: what precedes it ends one.
_AFTER = r"(?<=[.!?…\"”’»)] )(?=(?-i:[^\W\d_a-z]))"
_CALLS = "|".join(
    re.escape(phrase).replace("\\ …\\ ", r"\b[^.!?]{0,80}\b")
    for phrase in phrases("newsletter call")
)
_POINTERS = "|".join(map(re.escape, phrases("pointer to another article")))
# A pattern, what it means, and of what a line that it is in has one, by ``ascii_lines``; without
# any it stands at the line's beginning.
_PIECES: tuple[tuple[re.Pattern[str], Verdict, Sequence[str]], ...] = (
    (re.compile(rf"(?:^|(?<=\s))(?:{FEED_FOOTER})\s*$", re.I),
     Verdict("boilerplate", "footer of a feed"),
     # by the words between the title and the site
     [phrase.split("…")[1] for phrase in phrases("footer of a feed")]),
    (re.compile(rf"(?<=[.!?…\"”’)] )(?:{_ADS})(?=\s*$| [\"“‘(]?(?-i:[^\W\d_a-z]))", re.I),
     Verdict("boilerplate", "advertisement"), _AD_PHRASES),
    (re.compile(rf"^(?:{_ADS})(?= (?-i:[^\W\d_a-z])\S* (?-i:[^\W\d_A-Z]).{{40,}}"
                r"[.!?…\"”’»]\s*$)", re.I),
     Verdict("boilerplate", "advertisement"), _AD_PHRASES),
    (re.compile(rf"{_AFTER}(?:{_CALLS})\b[^.!?]{{0,80}}(?:[.!?]+(?=\s|$)|\s*$)", re.I),
     Verdict("boilerplate", "account or subscription"),
     [phrase.split("… ")[1] for phrase in phrases("newsletter call")]),
    (re.compile(rf"{_AFTER}(?:{_POINTERS})\s?: ?(?=[\"“‘«]?(?-i:[^\W\d_a-z]))[^.!?…]{{8,200}}"
                r"(?:[.!?…]+[\"”’»]?(?=\s|$)|\s*$)", re.I),
     Verdict("aside", "pointer to another article"),
     [phrase + colon for phrase in phrases("pointer to another article")
      # What has no ASCII letters would be looked for at each colon.
      if phrase.encode("ascii", "ignore").strip()
      for colon in (":", " :")]),
    (re.compile(rf"[(\[](?:{_POINTERS})\s?: ?[^()\[\]]{{3,240}}[)\]]", re.I),
     Verdict("aside", "pointer to another article"), ["(", "["]),
    (re.compile(rf"^(?:last )?updated?(?: at| on)?:? {_TIME}"
                r"(?:(?=\s*$)|(?: ?[.:,—–-])?(?= ?(?-i:[A-Z“\"])))", re.I),
     Verdict("metadata", "relative date"), []),
    (re.compile(rf"^{_TIME}[.:—–-](?= (?-i:[A-Z“\"]))", re.I),
     Verdict("metadata", "relative date"), []),
)  # fmt: skip
_OPENING = Verdict("boilerplate", "before other articles too")
_BUTTONS = len(_PIECES)  # stands for the pattern of galleries
_AT_START = [number for number, (_, _, marks) in enumerate(_PIECES) if not marks]
_STARTS = tuple("0123456789uUlL")  # of lines that begin with such a piece
_LENGTH = 7  # of needles


def _by_needle() -> dict[bytes, list[tuple[bytes, int]]]:
    """Return few pieces of text, one of which is in each mark, each with marks and their pieces."""
    left = {(ascii_lines(mark), n) for n, (_, _, marks) in enumerate(_PIECES) for mark in marks}
    left |= {(ascii_lines(phrase), _BUTTONS) for phrase in phrases("caption button")}
    holders: dict[bytes, set[tuple[bytes, int]]] = defaultdict(set)
    for mark in left:
        for start in range(max(1, len(mark[0]) - _LENGTH + 1)):
            holders[mark[0][start : start + _LENGTH]].add(mark)
    chosen: dict[bytes, list[tuple[bytes, int]]] = {}
    while left:
        needle = max(sorted(holders), key=lambda piece: len(holders[piece] & left))
        marks = sorted(holders[needle] & left)
        chosen[needle if len(marks) > 1 else marks[0][0]] = marks
        left -= holders[needle]
    return chosen


_NEEDLES = _by_needle()


class SplitLines(NamedTuple):
    """Lines of a text, the numbers (from 1) of those that they were in, and what of them, by
    position, is furniture."""

    lines: list[str]
    numbers: Sequence[int]
    verdicts: dict[int, Verdict]


def split_inside(raw: list[str], openings: Collection[str] = ()) -> SplitLines:
    """Return ``raw`` with furniture inside a line on lines of its own, and what those are.

    ``openings`` are what a house puts before its articles (``house_openings``). Text wrapped at
    a fixed width is returned as it is: its lines begin anywhere.
    """
    suspects = sorted(_suspects(raw).items())
    found = {i: pieces for i, kinds in suspects if (pieces := _found(raw[i], kinds))}
    opening = opening_of(raw, openings)
    if opening is not None:
        i, end = opening
        found[i] = [(0, end, _OPENING), *found.get(i, ())]
    if not found or (may_wrap(raw) and is_wrapped(raw)):
        return SplitLines(raw, range(1, len(raw) + 1), {})
    lines: list[str] = []
    numbers: list[int] = []
    verdicts: dict[int, Verdict] = {}
    for i, line in enumerate(raw):
        end = 0
        for start, stop, verdict in found.get(i, ()):
            if start < end:
                continue
            if line[end:start].strip():
                lines.append(line[end:start].rstrip())
            verdicts[len(lines)] = verdict
            lines.append(line[start:stop])
            end = stop
        if not end or line[end:].strip():
            lines.append(line[end:].lstrip() if end else line)
        numbers += [i + 1] * (len(lines) - len(numbers))
    return SplitLines(lines, numbers, verdicts)


def _suspects(raw: list[str]) -> dict[int, set[int]]:
    """Return the positions of lines that may have a piece, with the numbers of those pieces:
    looking for each in each line takes much longer."""
    ascii_text = ascii_lines("\n".join(raw))
    suspects: dict[int, set[int]] = defaultdict(set)
    for i, line in enumerate(raw):
        if line.startswith(_STARTS):
            suspects[i].update(_AT_START)
    for marks in [marks for needle, marks in _NEEDLES.items() if needle in ascii_text]:
        for mark, piece in marks:
            at = ascii_text.find(mark)
            while at >= 0:
                suspects[ascii_text.count(b"\n", 0, at)].add(piece)
                at = ascii_text.find(mark, at + 1)
    return suspects


def _found(line: str, pieces: set[int]) -> list[tuple[int, int, Verdict]]:
    found = [
        (match.start(), match.end(), _PIECES[number][1])
        for number in sorted(pieces - {_BUTTONS})
        for match in _PIECES[number][0].finditer(line)
    ]
    buttons = list(_BUTTON.finditer(line)) if _BUTTONS in pieces else []
    if buttons:
        label = _GALLERY.search(line, 0, buttons[0].start())
        start = label.start() if label else 0
        if buttons[0].start() - start > _FAR:
            start = buttons[0].start()
        found.append((start, buttons[-1].end(), Verdict("boilerplate", "gallery of pictures")))
    return sorted(found, key=lambda piece: piece[:2])
