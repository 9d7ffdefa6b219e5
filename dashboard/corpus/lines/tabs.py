"""Tabs and contents of a page: short lines in a row, above or between the paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dashboard.corpus.lines import rules
from dashboard.corpus.lines.title import (
    can_be_title,
)
from dashboard.corpus.lines.units import Unit
from dashboard.corpus.parsing.bylines import names_alone
from dashboard.text.lines import unspaced_words

TAB_WORDS = 4
HEADLINE_WORDS = 25
_BARE_ROW = 4  # labels that need nothing of a page around them but the text right below
_ICONS = ("icon name", "said twice in a row")
_STEM = 4  # letters of a word, whatever its ending
_WORD = re.compile(r"[^\W\d_]+")


def judge_tabs(units: list[Unit], has_title: bool) -> None:
    """Three or more short labels in a row above the text are the tabs of a page.

    Set apart by blank lines it takes five; a label that comes again is a speaker's name, and
    one with a figure is a score or an ingredient. A title, its author and place are short
    too: a row is only a page's when ``_is_on_page`` says so.
    """
    times = Counter(unit.key for unit in units)
    head: list[tuple[int, Unit]] = []
    for i, unit in enumerate(units):
        if unit.label:
            continue
        if unit.is_paragraph:
            break
        head.append((i, unit))
    run: list[tuple[int, Unit]] = []
    for n, (i, unit) in enumerate(head):
        if (
            unit.is_short_label(TAB_WORDS)
            and times[unit.key] == 1
            and not any(char.isdecimal() for char in unit.text)
        ):
            run.append((i, unit))
            if n + 1 < len(head):
                continue
        below = n + (bool(run) and run[-1][0] == i)
        followed = any(can_be_title(other) for _, other in head[below : below + 2])
        tabs = [tab for _, tab in run]
        if run and run[-1] is head[-1] and not has_title and _ends_in_title(tabs):
            run.pop()
            tabs.pop()
            followed = True
        if len(tabs) >= (5 if any(tab.blank_above for tab in tabs[1:]) else 3) and _is_on_page(
            units, run[0][0], run[-1][0], has_title, followed
        ):
            _set_aside(tabs)
        elif tabs:
            _set_aside(_bare_row(units, run[0][0], run[-1][0]))
        run = []


def _set_aside(tabs: Sequence[Unit]) -> None:
    for tab in tabs:
        tab.set("boilerplate", "tab label")


def judge_icon_labels(units: Sequence[Unit]) -> None:
    """A short line between an icon, or another image's text said twice, and a paragraph is the
    label of that part of a house's page, unless the text is about it: then it is a subheading."""
    for i, unit in enumerate(units[1:-1], 1):
        if unit.label or not unit.is_short_label(TAB_WORDS) or units[i - 1].reason not in _ICONS:
            continue
        text = " ".join(other.text for other in units if other is not unit).casefold()
        if units[i + 1].is_paragraph and not _is_said(unit, text):
            unit.set("boilerplate", "label under an icon")


def _is_on_page(units: list[Unit], first: int, last: int, doubled: bool, followed: bool) -> bool:
    """True when the row of labels from ``first`` to ``last`` is by more than its shape a page's.

    ``doubled``: the text's title is known; ``followed``: what may be a title is below the row.
    """
    named = sum(
        unit.text.casefold().replace("’", "'").strip(" ?:") in rules.TAB_NAMES
        for unit in units[first : last + 1]
    )
    if named >= 2:
        return True
    if first == 0:
        return doubled  # or else its first line may be the title
    if units[first - 1].reason == "title" or not units[first - 1].label:
        return False
    if any(unit.label == "boilerplate" for unit in units[max(0, first - 2) : first]):
        return True
    return doubled or followed


def _bare_row(units: Sequence[Unit], first: int, last: int) -> Sequence[Unit]:
    """Return the labels from ``first`` to ``last`` that stand right above a text about none of
    them, without those that may be its title; none when they may be more than a page's.

    The title, the people and the ingredients above a text come in it again; "Summary" and
    "Why it matters" don't, in any language.
    """
    row = units[first : last + 1]
    below = [unit for unit in units[last + 1 :] if not unit.label]
    if len(row) < _BARE_ROW or not below or not below[0].is_paragraph:
        return ()
    text = " ".join(unit.text for unit in below).casefold()
    if _is_said(row[0], text):
        row = row[1:]
    if len(row) < _BARE_ROW or any(unit.blank_above for unit in row[1:]):
        return ()
    if below[0].blank_above and sum(_is_phrase(unit.text) for unit in row) < 2:
        return ()
    if all(names_alone(unit.text) for unit in row):
        return ()
    return row if 2 * sum(_is_said(unit, text) for unit in row) < len(row) else ()


def _is_phrase(text: str) -> bool:
    """True for several words that are nobody's name: one is in small letters, or it asks."""
    return text[-1] in "?؟？" or any(word.islower() for word in text.split()[1:])


def _is_said(unit: Unit, text: str) -> bool:
    """True when the longest word of a line is in a text below, whatever its ending there."""
    word = max(_WORD.findall(unit.text.casefold()), key=len, default="")
    stem = word if unspaced_words(word) else word[: max(_STEM, len(word) - 2)]
    before = "" if unspaced_words(word) else r"\b"
    return bool(word) and re.search(before + re.escape(stem), text) is not None


def _ends_in_title(run: list[Unit]) -> bool:
    """A last label set off by a blank line, under labels that aren't, is the title."""
    if len(run) < 4 or not run[-1].blank_above or run[-1].size < 2:
        return False
    return not any(tab.blank_above for tab in run[1:-1])
