"""Tabs and contents of a page: short lines in a row, above or between the paragraphs."""

from __future__ import annotations

from collections import Counter

from dashboard.corpus.lines import rules
from dashboard.corpus.lines.title import (
    can_be_title,
)
from dashboard.corpus.lines.units import Unit

TAB_WORDS = 4
HEADLINE_WORDS = 25


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
            for tab in tabs:
                tab.set("boilerplate", "tab label")
        run = []


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


def _ends_in_title(run: list[Unit]) -> bool:
    """A last label set off by a blank line, under labels that aren't, is the title."""
    if len(run) < 4 or not run[-1].blank_above or run[-1].size < 2:
        return False
    return not any(tab.blank_above for tab in run[1:-1])
