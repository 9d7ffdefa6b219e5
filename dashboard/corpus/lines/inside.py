"""Furniture inside a paragraph: a page's buttons and pointers that a cell runs into the text.

Only what can't be a sentence is taken: a button with its count, a pointer in brackets, the name
of an advertisement between two sentences.
"""

from __future__ import annotations

import re

from dashboard.corpus.lines.patterns import CAPTION_BUTTON, COUNT, FEED_FOOTER
from dashboard.corpus.lines.phrases import Verdict, phrases

_BUTTON = re.compile(rf"(?<!\w)(?:{CAPTION_BUTTON}){COUNT}(?!\w)", re.I)
_GALLERY = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases('gallery label')))}):", re.I)
_FAR = 600  # characters; a caption is no longer
# A single word may begin a sentence, so what comes after must begin one, and what precedes end it.
_ADS = "|".join(
    re.escape(phrase)
    for phrase in sorted(phrases("advertisement"), key=len, reverse=True)
    if len(phrase) > 6 and not phrase.startswith(("advertising", "sponsored", "promoted"))
)
# "10 a.m. ET", "15:40 GMT": a day's half or a zone goes with what isn't a plain number.
_TIME = r"\d{1,2}(?:[:.]\d\d(?: ?[ap]\.?m\b\.?)?| ?[ap]\.?m\b\.?)(?: (?-i:[A-Z]{2,4})\b)?+"
_POINTERS = "|".join(map(re.escape, phrases("pointer to another article")))
_PIECES: tuple[tuple[re.Pattern[str], Verdict], ...] = (
    (re.compile(rf"(?:^|(?<=\s))(?:{FEED_FOOTER})\s*$", re.I),
     Verdict("boilerplate", "footer of a feed")),
    (re.compile(rf"(?<=[.!?…\"”’)] )(?:{_ADS})(?=\s*$| [\"“‘(]?(?-i:[^\W\d_a-z]))", re.I),
     Verdict("boilerplate", "advertisement")),
    (re.compile(rf"[(\[](?:{_POINTERS})\s?: ?[^()\[\]]{{3,240}}[)\]]", re.I),
     Verdict("aside", "pointer to another article")),
    (re.compile(rf"^(?:last )?updated?(?: at| on)?:? {_TIME}"
                r"(?:(?=\s*$)|(?: ?[.:,—–-])?(?= ?(?-i:[A-Z“\"])))", re.I),
     Verdict("metadata", "relative date")),
    (re.compile(rf"^{_TIME}[.:—–-](?= (?-i:[A-Z“\"]))", re.I),
     Verdict("metadata", "relative date")),
)  # fmt: skip
_NAMES = ("caption button", "advertisement", "pointer to another article")
_PHRASES = [phrase for name in _NAMES for phrase in phrases(name) if len(phrase) > 6]
# A feed's footer by the words between the title and the site.
_FOOTERS = [phrase.split("…")[1] for phrase in phrases("footer of a feed")]
_MARKS = ("update", "p.m", "a.m", " pm", " am", *_PHRASES, *_FOOTERS)


def split_inside(raw: list[str]) -> tuple[list[str], dict[int, Verdict]]:
    """Return ``raw`` with furniture inside a line on lines of its own, and what those are.

    The positions are those in the new lines. Without any the lines are returned as they are.
    """
    whole = "\n".join(raw).casefold()
    if not any(map(whole.__contains__, _MARKS)):
        return raw, {}
    lines: list[str] = []
    verdicts: dict[int, Verdict] = {}
    for line in raw:
        end = 0
        for start, stop, verdict in _found(line):
            if start < end:
                continue
            if line[end:start].strip():
                lines.append(line[end:start].rstrip())
            verdicts[len(lines)] = verdict
            lines.append(line[start:stop])
            end = stop
        if not end or line[end:].strip():
            lines.append(line[end:].lstrip() if end else line)
    return lines, verdicts


def _found(line: str) -> list[tuple[int, int, Verdict]]:
    found = [
        (match.start(), match.end(), verdict)
        for pattern, verdict in _PIECES
        for match in pattern.finditer(line)
    ]
    buttons = list(_BUTTON.finditer(line))
    if buttons:
        label = _GALLERY.search(line, 0, buttons[0].start())
        start = label.start() if label else 0
        if buttons[0].start() - start > _FAR:
            start = buttons[0].start()
        found.append((start, buttons[-1].end(), Verdict("boilerplate", "gallery of pictures")))
    return sorted(found, key=lambda piece: piece[:2])
