"""The title among the lines of a text, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.corpus.lines import rules
from dashboard.corpus.lines.units import Unit
from dashboard.corpus.parsing import titles
from dashboard.corpus.parsing.bylines import is_office, names_alone
from dashboard.text.lines import MAX_CHARS, line_sketches

# The head of a text: a title said twice is looked for in this many blocks from the top.
HEAD = 24
_TITLE_WORDS = (3, 25)
_CONTACT = re.compile(r"(?:(?:media|press) )?contacts? ?:", re.I)  # above a press release
_SECTION_NAMES = 2  # more short lines above what may be the title are a list


def find_title(units: list[Unit], title: str) -> bool:
    """Label the known title, or a head line that is said twice; True when one was found."""
    if title:
        head = units[:HEAD]
        key = titles.title_key(title)
        (sketch,) = line_sketches(key)  # of a list's prefix only the end is left
        found = [unit for unit in head if not unit.label and len(unit.text) <= MAX_CHARS
                 and unit.sketch.endswith(sketch) and unit.title_key == key]  # fmt: skip
        for unit in found:
            unit.set("metadata", "title")
        return bool(found)
    low, high = _TITLE_WORDS
    seen = {unit.title_key: unit for unit in units[:HEAD] if unit.is_subject and unit.label}
    above_text = True
    for unit in [unit for unit in units if not unit.label][:HEAD]:
        above_text = above_text and not unit.is_paragraph
        if not low <= unit.size <= high or unit.is_paragraph or unit.is_bulleted:
            continue
        key = unit.title_key
        twin = seen.get(key) or next(
            (first for first in seen.values() if titles.site_of_page_title(first.text, unit.text)),
            None,
        )
        if twin is not None:
            for other in units:
                if other.title_key in (key, twin.title_key):
                    other.set("metadata", "title")
            _judge_above_title(units)
            return True
        if above_text:
            seen[key] = unit
    return False


def title_line(raw: Sequence[str], title: str) -> int | None:
    """The position of the first line with text, if it says the known title once more above a text;
    for texts that need no other rule."""
    first = next((i for i, line in enumerate(raw) if line and not line.isspace()), None)
    if first is None or not title or len(raw[first]) > MAX_CHARS:
        return None
    key = titles.title_key(title)
    is_title = bool(key) and titles.title_key(raw[first]) == key
    return first if is_title and any(line.strip() for line in raw[first + 1 :]) else None


def first_line_title(units: list[Unit]) -> None:
    """The first head line of 3 to 25 words that doesn't end like a sentence is the title."""
    low, high = _TITLE_WORDS
    head: list[Unit] = []
    for unit in units:
        if unit.label == "metadata" and unit.reason == "mail header" and unit.is_subject:
            unit.set("metadata", "title")
            return
        if unit.label:
            continue
        if unit.is_paragraph:
            break
        head.append(unit)
    usable = [unit for unit in head if _reads_as_title(unit)]
    for unit in usable:
        if low <= unit.size <= high:
            unit.set("metadata", "title")
            if head.index(unit) <= _SECTION_NAMES:
                _judge_above_title(units)
            return
    if len(head) == 1 and usable and usable[0].size >= 2:
        usable[0].set("metadata", "title")


def can_be_title(unit: Unit) -> bool:
    """True for a line of a title's length that reads like one."""
    low, high = _TITLE_WORDS
    return low <= unit.size <= high and _reads_as_title(unit)


def _reads_as_title(unit: Unit) -> bool:
    if unit.ends_sentence or unit.is_bulleted or rules.is_caption(unit.text):
        return False
    return not (unit.text.endswith((":", ",", ";")) or _CONTACT.match(unit.text))


def _judge_above_title(units: list[Unit]) -> None:
    for unit in units:
        if unit.reason == "title":
            return
        if not unit.label and unit.size < _TITLE_WORDS[0] + 1 and not unit.ends_sentence:
            unit.set("aside", "section name above the title")


def judge_names(units: list[Unit]) -> None:
    """Names next to the date, and the office under a byline, are who wrote it."""
    after_title = False
    for i, unit in enumerate(units):
        after_title = after_title or unit.reason == "title"
        if unit.is_paragraph and not unit.label:
            return
        if unit.label or not after_title:
            continue
        beside = [other.reason for other in (*units[max(0, i - 1) : i], *units[i + 1 : i + 2])]
        if ("date" in beside and names_alone(unit.text)) or (
            i and units[i - 1].reason == "byline" and is_office(unit.text)
        ):
            unit.set("metadata", "byline")


def title_of_short_lines(units: list[Unit]) -> None:
    """Over a poem or a list, a line set off by a blank line from an unbroken rest is its title."""
    lines = [unit for unit in units if not unit.label]
    if len(lines) < 4 or not lines[1].blank_above or lines[0].ends_sentence:
        return
    if not any(unit.blank_above for unit in lines[2:]) and lines[0].size <= _TITLE_WORDS[1]:
        lines[0].set("metadata", "title")
